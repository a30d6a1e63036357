"""Papers at the counter with their files: scanned or photographed, kept over errors, said where they lack."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader
from tests.desk.conftest import At
from tests.documents import samples
from tests.dossiers.world import World

from motcua.documents import queries as documents

pytestmark = pytest.mark.django_db
INTAKE = "/noi-bo/tiep-nhan/"


def shot(size: tuple[int, int] = (400, 300)) -> SimpleUploadedFile:
    return SimpleUploadedFile("1.jpg", samples.picture("JPEG", size), "image/jpeg")


def typed(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "action": "accept",
        "request_key": "0" * 32,
        "personal_id": "066090000001",
        "name": "Nguyễn Văn An",
        "version_id": str(world.version.pk),
        "agency": str(world.agency.pk),
        "channel": "counter",
        "delivery": "counter",
        "all_papers": "on",
        "paper_key_0": "form",
        "originals_0": "1",
        "copies_0": "0",
        "paper_key_1": "paper",
        "originals_1": "1",
        "copies_1": "0",
    } | changes


def files_of(world: World, location: str) -> list[tuple[str, str, int]]:
    state = world.state(location.rstrip("/").rpartition("/")[2])
    cards = [(each.key, documents.card(each.file_id)) for each in state.contents.documents if each.file_id]
    return [(key, card.name, pages(card.id)) for key, card in cards]


def pages(file_id: str) -> int:
    with documents.open_content(file_id) as content:
        return len(PdfReader(io.BytesIO(content.read())).pages) if content else 0


def test_photographs_of_a_paper_are_one_file_with_a_page_each(world: World, at_desk: At) -> None:
    answer = at_desk("chi").post(INTAKE, typed(world, paper_file_1=[shot(), shot((300, 400)), shot()]))
    assert answer.status_code == 302
    ((key, name, count),) = files_of(world, answer.headers["Location"])
    assert (key, name.endswith(".pdf"), count) == ("paper", True, 3)


def test_paper_of_which_a_file_has_come_needs_no_tick(world: World, at_desk: At) -> None:
    sent = typed(world, brought_0="on", paper_file_1=SimpleUploadedFile("a.pdf", samples.pdf()))
    del sent["all_papers"]
    answer = at_desk("chi").post(INTAKE, sent)
    assert answer.status_code == 302
    assert [key for key, _name, _pages in files_of(world, answer.headers["Location"])] == ["paper"]


def test_files_are_kept_over_an_error_and_over_a_look_up(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    first = chi.post(INTAKE, typed(world, name="", paper_file_1=SimpleUploadedFile("a.pdf", samples.pdf())))
    kept = first.context["form"].papers.rows[1].kept
    second = chi.post(INTAKE, typed(world, action="look", paper_kept_1=kept))
    assert [card.name for card in second.context["form"].papers.rows[1].files] == ["a.pdf"]
    last = chi.post(INTAKE, typed(world, paper_kept_1=second.context["form"].papers.rows[1].kept))
    assert [name for _key, name, _pages in files_of(world, last.headers["Location"])] == ["a.pdf"]


@pytest.mark.parametrize("kept", ["x", "W10:1", "{}"])
def test_token_that_is_not_ours_stands_for_nothing(world: World, at_desk: At, kept: str) -> None:
    answer = at_desk("chi").post(INTAKE, typed(world, action="look", paper_kept_1=kept))
    assert answer.context["form"].papers.rows[1].files == ()


def test_file_that_cannot_be_taken_is_said_beside_its_paper(world: World, at_desk: At) -> None:
    bad = SimpleUploadedFile("a.pdf", b"nothing")
    page = at_desk("chi").post(INTAKE, typed(world, paper_file_1=bad))
    (error,) = page.context["page_errors"]
    assert (error.href, "a.pdf" in error.text) == ("#brought_1", True)


def test_broken_photograph_spoils_the_paper_and_is_said(world: World, at_desk: At) -> None:
    bad = SimpleUploadedFile("2.jpg", b"\xff\xd8\xff\xe0 cut", "image/jpeg")
    page = at_desk("chi").post(INTAKE, typed(world, paper_file_1=[shot(), bad]))
    assert [error.href for error in page.context["page_errors"]] == ["#brought_1"]


def test_control_characters_in_a_note_are_refused_where_they_stand(world: World, at_desk: At) -> None:
    page = at_desk("chi").post(INTAKE, typed(world, paper_note_1="xấu\x07"))
    assert [error.href for error in page.context["page_errors"]] == ["#brought_1"]


def test_errors_of_papers_brought_later_lead_to_their_row(world: World, at_desk: At) -> None:
    act = world.register(documents=())
    address = reverse("desk:verb", args=[act.dossier_id, "nhan-bo-sung"])
    sent = {"version": act.version, "paper_key_0": "form", "brought_0": "on"}
    page = at_desk("chi").post(address, sent | {"originals_0": "x", "copies_0": "0"})
    assert [error.href for error in page.context["page_errors"]] == ["#brought_0"]


def test_papers_brought_later_may_be_photographed(world: World, at_desk: At) -> None:
    act = world.register(documents=())
    address = reverse("desk:verb", args=[act.dossier_id, "nhan-bo-sung"])
    sent = {"version": act.version, "paper_key_0": "form", "originals_0": "1", "copies_0": "0"}
    answer = at_desk("chi").post(address, sent | {"paper_file_0": [shot(), shot()]})
    assert answer.status_code == 302
    assert [(key, count) for key, _name, count in files_of(world, f"/{act.dossier_id}/")] == [("form", 2)]


def test_camera_is_allowed_on_pages_that_use_it_and_on_no_other(world: World, at_desk: At) -> None:
    act, chi = world.register(), at_desk("chi")
    with_camera = [INTAKE, INTAKE + "nhieu-nguoi/", INTAKE + "nhieu-thu-tuc/"]
    with_camera.append(reverse("desk:verb", args=[act.dossier_id, "nhan-bo-sung"]))
    without = ["/noi-bo/viec-cua-don-vi/", reverse("desk:verb", args=[act.dossier_id, "tiep-nhan"])]
    policies = [chi.get(address).headers["Permissions-Policy"] for address in (*with_camera, *without)]
    assert ["camera=(self)" in each for each in policies] == [True] * 4 + [False] * 2
    assert ["camera=()" in each for each in policies] == [False] * 4 + [True] * 2
