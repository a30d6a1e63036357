"""What stands beside a dossier: papers, notes, other dossiers of the person."""

from __future__ import annotations

import io
from datetime import timedelta
from threading import BoundedSemaphore

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings
from tests.desk.conftest import At
from tests.documents import samples
from tests.documents.test_services_slips import text_of
from tests.dossiers.wards import ward
from tests.dossiers.world import World
from tests.resilience.scenery import ask

from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position, Unit
from motcua.agencies.queries.memory import forget
from motcua.audit import queries as recorded
from motcua.audit.models import ReadRecord
from motcua.audit.services import record_read
from motcua.desk.pages_of_verbs import PAGES
from motcua.documents import queries as stored
from motcua.documents import services as documents
from motcua.documents.services import drawing
from motcua.dossiers import services
from motcua.dossiers.enums import Verb
from motcua.dossiers.models import OfficeNote
from motcua.dossiers.rules.state import Applicant, DocumentRef
from motcua.dossiers.services import Act, reading
from motcua.kernel.errors import Forbidden

pytestmark = pytest.mark.django_db


def page(act: Act) -> str:
    return reverse("desk:dossier", args=[act.dossier_id])


def with_paper(world: World, content: bytes, name: str) -> tuple[Act, str]:
    upload = SimpleUploadedFile(name, content)
    card = documents.store(upload=upload, name=name, actor=world.actor("chi"), at=world.now)
    papers = (DocumentRef("form", originals=1), DocumentRef("paper", originals=1, file_id=card.id))
    return world.register(documents=papers), card.id


def papers(act: Act) -> str:
    return reverse("desk:papers", args=[act.dossier_id])


def form(act: Act, verb: Verb) -> str:
    slug = next(each.slug for each in PAGES if each.verb is verb)
    return reverse("desk:verb", args=[act.dossier_id, slug])


def test_paper_is_shown_beside_the_dossier_page_by_page(world: World, at_desk: At) -> None:
    act, file_id = with_paper(world, samples.pdf(pages=3), "don.pdf")
    chi = at_desk("chi")
    shown = chi.get(page(act), {"giay": file_id}).context["preview"]
    assert (shown.file_id, shown.number, shown.pages, shown.previous) == (file_id, 1, 3, "")
    second = chi.get(shown.next.partition("#")[0])
    assert (second.context["preview"].number, second.context["preview"].src) == (
        2,
        reverse("desk:paper_page", args=[act.dossier_id, file_id, 2]),
    )
    last = chi.get(second.context["preview"].next.partition("#")[0]).context["preview"]
    assert (last.number, last.next) == (3, "")


@pytest.mark.parametrize(
    ("typed", "number"), [("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("4", 3), ("9" * 9, 1)]
)
def test_page_that_is_not_there_gives_one_that_is(world: World, at_desk: At, typed: str, number: int) -> None:
    act, file_id = with_paper(world, samples.pdf(pages=3), "don.pdf")
    shown = at_desk("chi").get(papers(act), {"giay": file_id, "trang": typed})
    assert shown.context["preview"].number == number


@pytest.mark.parametrize(
    ("content", "name"), [(samples.pdf(), "don.pdf"), (samples.picture("PNG"), "anh.png")]
)
def test_pages_of_pdf_and_picture_come_as_pictures_nobody_frames(
    world: World, at_desk: At, content: bytes, name: str
) -> None:
    act, file_id = with_paper(world, content, name)
    answer = at_desk("chi").get(reverse("desk:paper_page", args=[act.dossier_id, file_id, 1]))
    assert Image.open(io.BytesIO(answer.content)).format == "JPEG"
    assert (answer.headers["Content-Type"], answer.headers["X-Frame-Options"]) == ("image/jpeg", "DENY")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_paper_itself_is_framed_by_nobody(world: World, at_desk: At) -> None:
    act, file_id = with_paper(world, samples.pdf(), "don.pdf")
    paper = at_desk("chi").get(reverse("desk:paper", args=[act.dossier_id, file_id]), {"xem": "1"})
    assert b"".join(paper.streaming_content).startswith(b"%PDF-")
    assert paper.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in paper.headers["Content-Security-Policy"]


def test_looking_at_a_page_is_recorded_as_the_download_is(world: World, at_desk: At) -> None:
    act, file_id = with_paper(world, samples.pdf(), "don.pdf")
    chi = at_desk("chi")
    for address in (
        reverse("desk:paper", args=[act.dossier_id, file_id]),
        reverse("desk:paper_page", args=[act.dossier_id, file_id, 1]),
        papers(act) + f"?giay={file_id}",
    ):
        b"".join(chi.get(address))
    of_the_paper = ReadRecord.objects.filter(what__startswith="file:")
    assert list(of_the_paper.values_list("what", "actor_name")) == [(f"file:{file_id}", "Chi")] * 3


def test_owner_is_told_who_looked_at_the_papers_once_for_a_leaf_through_them(world: World) -> None:
    act, file_id = with_paper(world, samples.pdf(pages=2), "don.pdf")
    what = f"dossier:{act.dossier_id}"
    record_read(actor=world.actor("dung"), what=what, why="Xem", at=world.now)
    for minutes in (0, 1, 29, 45):
        at = world.now + timedelta(minutes=minutes)
        reading.papers_of(actor=world.actor("chi"), at=at, dossier_id=act.dossier_id, file_id=file_id)
    told = [(read.actor_name, read.at - world.now) for read in recorded.reads_of(what)]
    assert told == [("Chi", timedelta(minutes=45)), ("Chi", timedelta()), ("Dung", timedelta())]


@pytest.mark.parametrize("who", ["giang", "an"])
def test_who_may_not_have_a_paper_sees_no_page_of_it(world: World, at_desk: At, who: str) -> None:
    act, file_id = with_paper(world, samples.pdf(), "don.pdf")
    stranger = at_desk(who)
    for address in (papers(act), reverse("desk:paper_page", args=[act.dossier_id, file_id, 1])):
        assert stranger.get(address).status_code == 403
    assert not ReadRecord.objects.exists()


@pytest.mark.parametrize("who", ["giang", "an"])
def test_papers_are_shown_to_officers_of_the_dossier_only(world: World, who: str) -> None:
    """Not to its owner either: what the office wrote lies among them."""
    act, file_id = with_paper(world, samples.pdf(), "don.pdf")
    with pytest.raises(Forbidden):
        reading.papers_of(actor=world.actor(who), at=world.now, dossier_id=act.dossier_id, file_id=file_id)


def test_page_of_a_paper_of_another_dossier_is_not_there(world: World, at_desk: At) -> None:
    _other, file_id = with_paper(world, samples.pdf(), "don.pdf")
    here = world.register()
    answer = at_desk("chi").get(reverse("desk:paper_page", args=[here.dossier_id, file_id, 1]))
    assert answer.status_code == 404


def test_page_that_takes_for_ever_to_draw_is_refused_and_said(
    world: World, at_desk: At, settings: Settings
) -> None:
    settings.DOCUMENTS_DRAWING_SECONDS = 1
    act, file_id = with_paper(world, samples.pdf_that_takes_for_ever(), "mai-mai.pdf")
    answer = at_desk("chi").get(reverse("desk:paper_page", args=[act.dossier_id, file_id, 1]))
    assert answer.status_code == 409
    assert "Chưa hiện được trang này" in answer.content.decode()


def test_page_for_which_there_is_no_place_now_is_to_be_asked_for_again(
    world: World, at_desk: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "_PATIENCE", 0)
    act, file_id = with_paper(world, samples.pdf(), "don.pdf")
    chi, address = at_desk("chi"), reverse("desk:paper_page", args=[act.dossier_id, file_id, 1])
    monkeypatch.setattr(drawing, "_places", BoundedSemaphore(1))
    with drawing._place(stored.card(file_id), for_office=True):
        answer = chi.get(address)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Hãy thử lại sau ít giây" in answer.content.decode()
    assert chi.get(address).status_code == 200


def test_paper_without_pages_is_offered_to_download(world: World, at_desk: At) -> None:
    act, file_id = with_paper(world, samples.docx(), "don.docx")
    answer = at_desk("chi").get(papers(act), {"giay": file_id})
    assert (answer.context["preview"].pages, answer.context["preview"].on_paper) == (0, ("Tờ khai",))
    assert "Tệp don.docx không xem được ngay tại đây" in answer.content.decode()


def test_dossier_without_files_has_nothing_to_look_at(world: World, at_desk: At) -> None:
    act, chi = world.register(), at_desk("chi")
    assert chi.get(form(act, Verb.ACCEPT)).context["preview"] is None
    answer = chi.get(papers(act))
    assert answer.context["preview"] is None
    assert "không có giấy tờ nào kèm tệp" in answer.content.decode()


def test_papers_lie_beside_the_forms_of_acts_that_rest_on_them(world: World, at_desk: At) -> None:
    act, file_id = with_paper(world, samples.pdf(), "don.pdf")
    chi = at_desk("chi")
    for verb in (Verb.ACCEPT, Verb.REQUEST_SUPPLEMENT, Verb.DECLINE):
        assert chi.get(form(act, verb)).context["preview"].file_id == file_id
    assert chi.get(form(act, Verb.WITHDRAW)).context["preview"] is None
    act = world.hand_over(world.accept(act))
    assert at_desk("lan").get(form(act, Verb.ASSIGN)).context["preview"].file_id == file_id
    act = world.assign(act)
    assert at_desk("dung").get(form(act, Verb.PROPOSE)).context["preview"].file_id == file_id
    act = world.propose(act)
    assert at_desk("hanh").get(form(act, Verb.APPROVE)).context["preview"].file_id == file_id


def test_papers_stay_beside_a_form_with_an_error(world: World, at_desk: At) -> None:
    act, file_id = with_paper(world, samples.pdf(), "don.pdf")
    answer = at_desk("chi").post(form(act, Verb.DECLINE), {"version": act.version})
    assert answer.context["page_errors"]
    assert answer.context["preview"].file_id == file_id


def test_papers_of_one_name_are_told_apart(world: World, at_desk: At) -> None:
    uploads = [
        SimpleUploadedFile(name, samples.pdf(pages=pages)) for name, pages in (("a.pdf", 1), ("b.pdf", 2))
    ]
    cards = [
        documents.store(upload=each, name=str(each.name), actor=world.actor("chi"), at=world.now)
        for each in uploads
    ]
    refs = [DocumentRef("paper", originals=1, file_id=each.id) for each in cards]
    act = world.register(documents=(DocumentRef("form", originals=1), *refs))
    shown = at_desk("chi").get(papers(act)).context["preview"]
    names = [each.name for each in shown.choices]
    assert names == [names[0], f"{names[0]} (2)"]


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


def test_note_is_not_read_by_another_agency_that_was_asked(world: World, at_desk: At) -> None:
    act = world.until("assign")
    at_desk("chi").post(reverse("desk:add_note", args=[act.dossier_id]), {"text": "Đã gọi điện"})
    other = ward(world)
    unit = Unit.objects.get(agency=other, kind=UnitKind.DIVISION.value)
    Position.objects.create(account=world.people["hue"], unit=unit, role=Role.CASE_OFFICER.value)
    forget()
    services.consult(**world._on(act, "dung"), unit_id=unit.pk, question="Có tranh chấp không", limit="2wd")
    hue = at_desk("hue")
    shown = hue.get(page(act))
    assert shown.status_code == 200
    assert shown.context["beside"].notes == ()
    assert "Đã gọi điện" not in shown.content.decode()
    refused = hue.post(reverse("desk:add_note", args=[act.dossier_id]), {"text": "Chào"})
    assert refused.status_code == 403
    within = ask(world, world.until("assign"))  # another unit of the same agency is of the office
    at_desk("chi").post(reverse("desk:add_note", args=[within.dossier_id]), {"text": "Đã hẹn lại"})
    assert [note.text for note in at_desk("quang").get(page(within)).context["beside"].notes] == [
        "Đã hẹn lại"
    ]


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
    ("who", "text", "status"), [("giang", "Ghi", 403), ("an", "Ghi", 403), ("chi", " ", 422)]
)
def test_note_of_a_stranger_or_without_words_is_not_kept(
    world: World, at_desk: At, who: str, text: str, status: int
) -> None:
    act = world.register()
    answer = at_desk(who).post(reverse("desk:add_note", args=[act.dossier_id]), {"text": text})
    assert (answer.status_code, OfficeNote.objects.count()) == (status, 0)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("\r\n ", "Hãy viết ghi chú."),
        (
            "x" * 2012,
            "“Ghi chú mới” dài hơn cho phép 12 ký tự (nhiều nhất 2.000 ký tự). Hãy viết ngắn lại.",
        ),
        ("a\x07b", "Nội dung có ký tự lạ không in được. Hãy xóa rồi gõ lại."),
    ],
)
def test_refused_note_stands_in_its_box_again(world: World, at_desk: At, typed: str, said: str) -> None:
    act = world.register()
    answer = at_desk("chi").post(reverse("desk:add_note", args=[act.dossier_id]), {"text": typed})
    assert [(each.text, each.href) for each in answer.context["page_errors"]] == [(said, "#id_text")]
    assert answer.context["note"]["text"].value() == typed.replace("\r\n", "\n")
    assert "<title>Lỗi: Hồ sơ" in answer.content.decode()
    assert not answer.context["answer"].is_bound
    assert not OfficeNote.objects.exists()


def test_note_that_fitted_its_box_is_kept_whole(world: World, at_desk: At) -> None:
    typed = "\n".join(["dòng"] * 400)
    act = world.register()
    sent = typed.replace("\n", "\r\n")  # as browsers send it: 2398 characters
    at_desk("chi").post(reverse("desk:add_note", args=[act.dossier_id]), {"text": sent})
    assert OfficeNote.objects.get().text == typed


def test_address_of_a_refused_note_leads_to_the_dossier(world: World, at_desk: At) -> None:
    """So does whoever changes the language there, or follows one of the links for what else it shows."""
    act = world.register()
    answer = at_desk("chi").get(reverse("desk:add_note", args=[act.dossier_id]), {"muc": "ghi-chu"})
    assert answer.headers["Location"] == page(act) + "?muc=ghi-chu"


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


def test_number_of_a_decision_that_founded_two_organisations_tells_them_apart_by_their_names(
    world: World, at_desk: At
) -> None:
    """Every commune has a decision number 12; a tax code is one organisation's, however it is written."""
    known = {"organisation_number": "12/QĐ-UBND"}
    earlier = world.register(applicant=Applicant("Hội Người cao tuổi xã Ea Kao", **known))
    for name, number in (("Hội Người cao tuổi xã Tân Lợi", "12/QĐ-UBND"), ("Hội", "112/QĐ-UBND")):
        world.register(applicant=Applicant(name, organisation_number=number))
    now = world.register(applicant=Applicant("hội người cao tuổi  xã Ea Kao", **known))
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


def test_dossier_and_receipt_say_alike_that_a_scanned_original_was_handed_in(
    world: World, at_desk: At
) -> None:
    registered, _ = with_paper(world, samples.pdf(), "giay.pdf")
    act = world.accept(registered)
    chi = at_desk("chi")
    page = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    (slip,) = world.state(act).slips
    receipt = text_of(chi.get(reverse("desk:slip", args=[act.dossier_id, slip.event])).getvalue())
    assert page.count("1 bản chính") == 2
    assert "Giấy chứng minh 01 01" in receipt  # one original, and one file beside it


def test_owner_is_told_of_whoever_fetched_a_paper_without_opening_the_dossier(
    world: World, at_desk: At
) -> None:
    act, file_id = with_paper(world, samples.pdf(), "don.pdf")
    what = f"dossier:{act.dossier_id}"
    chi = at_desk("chi")
    for _ in range(2):  # one look
        b"".join(chi.get(reverse("desk:paper", args=[act.dossier_id, file_id])))
    assert [read.actor_name for read in recorded.reads_of(what)] == ["Chi"]
