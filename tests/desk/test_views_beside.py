"""What stands beside a dossier: papers, notes, other dossiers of the person."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.desk.conftest import At
from tests.documents import samples
from tests.dossiers.world import World

from motcua.documents import services as documents
from motcua.dossiers import services
from motcua.dossiers.models import OfficeNote
from motcua.dossiers.rules.state import Applicant, DocumentRef
from motcua.dossiers.services import Act

pytestmark = pytest.mark.django_db


def page(act: Act) -> str:
    return reverse("desk:dossier", args=[act.dossier_id])


def with_paper(world: World, content: bytes, name: str) -> tuple[Act, str]:
    upload = SimpleUploadedFile(name, content)
    card = documents.store(upload=upload, name=name, actor=world.actor("chi"), at=world.now)
    papers = (DocumentRef("form", originals=1), DocumentRef("paper", originals=1, file_id=card.id))
    return world.register(documents=papers), card.id


def test_picture_is_shown_beside_the_form_turned_and_enlarged(world: World, at_desk: At) -> None:
    act, file_id = with_paper(world, samples.picture("PNG"), "anh.png")
    shown = at_desk("chi").get(page(act), {"giay": file_id, "xoay": "90", "to": "2"})
    preview = shown.context["preview"]
    assert (preview.is_image, preview.turn, preview.size) == (True, 90, 2)
    assert "mc-preview__image--turn-90 mc-preview__image--size-2" in shown.content.decode()
    assert "xoay=180" in preview.right


def test_pdf_is_framed_and_may_be_by_our_pages_only(world: World, at_desk: At) -> None:
    act, file_id = with_paper(world, samples.pdf(), "don.pdf")
    chi = at_desk("chi")
    shown = chi.get(page(act), {"giay": file_id})
    paper = chi.get(shown.context["preview"].src)
    assert not shown.context["preview"].is_image
    assert b"".join(paper.streaming_content).startswith(b"%PDF-")
    assert paper.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in paper.headers["Content-Security-Policy"]
    assert shown.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in shown.headers["Content-Security-Policy"]


@pytest.mark.parametrize("asked", ["", "x", "018f0000-0000-7000-8000-000000000000"])
def test_paper_of_nowhere_is_not_shown(world: World, at_desk: At, asked: str) -> None:
    assert at_desk("chi").get(page(world.register()), {"giay": asked}).context["preview"] is None


def test_paper_of_another_dossier_is_not_shown_here(world: World, at_desk: At) -> None:
    _other, file_id = with_paper(world, samples.pdf(), "don.pdf")
    assert at_desk("chi").get(page(world.register()), {"giay": file_id}).context["preview"] is None


def test_note_is_read_in_the_office_and_by_nobody_else(world: World, at_desk: At) -> None:
    act = world.submit(world.draft())
    at_desk("chi").post(
        reverse("desk:add_note", args=[act.dossier_id]), {"text": " Đã gọi điện cho người nộp "}
    )
    (note,) = at_desk("dung").get(page(act)).context["beside"].notes
    assert (note.text, note.author_name) == ("Đã gọi điện cho người nộp", "Chi")
    portal = at_desk("an").get(reverse("portal:own_dossier", args=[act.dossier_id]))
    assert portal.status_code == 200
    assert "Đã gọi điện" not in portal.content.decode()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_officenote SET text = 'x'",
        "DELETE FROM dossiers_officenote",
        "TRUNCATE dossiers_officenote",
    ],
)
@pytest.mark.clause("KT18-4.3")
def test_note_once_left_is_kept_by_the_database_as_it_is(world: World, statement: str) -> None:
    given = {"actor": world.actor("chi"), "at": world.now, "dossier_id": world.register().dossier_id}
    services.add_note(**given, text="Đã gọi điện")
    refused = pytest.raises(IntegrityError, match="of dossiers_officenote refused")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
    assert OfficeNote.objects.get().text == "Đã gọi điện"


@pytest.mark.parametrize(
    ("who", "text", "status"), [("giang", "Ghi", 403), ("an", "Ghi", 403), ("chi", " ", 302)]
)
def test_note_of_a_stranger_or_without_words_is_not_kept(
    world: World, at_desk: At, who: str, text: str, status: int
) -> None:
    act = world.register()
    answer = at_desk(who).post(reverse("desk:add_note", args=[act.dossier_id]), {"text": text})
    assert (answer.status_code, OfficeNote.objects.count()) == (status, 0)


def test_other_dossiers_of_the_person_are_shown_and_of_nobody_else(world: World, at_desk: At) -> None:
    earlier, now = world.register(), world.register()
    world.register(applicant=Applicant("Người Khác", "066090000009"))
    related = at_desk("chi").get(page(now)).context["related"]
    assert [(each.id, status) for each, status in related] == [(earlier.dossier_id, "Chờ tiếp nhận")]


@pytest.mark.parametrize(
    ("known", "others"),
    [
        (
            {"passport": "M1234567", "nationality": "Anh"},
            [
                {"passport": "M1234567", "nationality": "Pháp"},
                {"passport": "M12345678", "nationality": "Anh"},
            ],
        ),
        (
            {"organisation_number": "0100109106"},
            [{"organisation_number": "0100109106-001"}, {"personal_id": "010010910600"}],
        ),
        ({"organisation_number": "12/QĐ-UBND"}, [{"organisation_number": "112/QĐ-UBND"}]),
    ],
)
def test_other_dossiers_are_found_by_passport_and_by_the_number_of_an_organisation(
    world: World, at_desk: At, known: dict[str, str], others: list[dict[str, str]]
) -> None:
    earlier = world.register(applicant=Applicant("John", **known))
    for each in others:
        world.register(applicant=Applicant("John", **each))
    world.register(applicant=Applicant("John"))  # known by nothing
    now = world.register(applicant=Applicant("John S.", **known))
    related = at_desk("chi").get(page(now)).context["related"]
    assert [each.id for each, _ in related] == [earlier.dossier_id]


def test_of_who_is_known_by_no_number_nothing_else_is_shown(world: World, at_desk: At) -> None:
    world.register(applicant=Applicant("Bé Mẫu"))
    assert at_desk("chi").get(page(world.register(applicant=Applicant("Bé Mẫu")))).context["related"] == []


def test_draft_of_the_person_is_shown_to_nobody(world: World, at_desk: At) -> None:
    world.draft()
    assert at_desk("chi").get(page(world.register())).context["related"] == []


def test_dossier_with_everything_beside_it_asks_little(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    act, file_id = with_paper(world, samples.picture("PNG"), "anh.png")
    for _ in range(3):
        world.register()
    chi = at_desk("chi")
    chi.get(page(act))
    with django_assert_max_num_queries(20):
        chi.get(page(act), {"giay": file_id})
