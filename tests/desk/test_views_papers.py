"""Papers at the counter with their files: scanned or photographed, kept over errors, said where they lack."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from tests.desk.conftest import At
from tests.documents import samples
from tests.dossiers.world import World

from motcua.agencies import queries as agencies
from motcua.agencies.models import Position
from motcua.audit.models import ReadRecord
from motcua.desk.forms.papers import PaperRow
from motcua.documents import queries as documents
from motcua.documents.models import StoredFile
from motcua.documents.rules.pages import MOST_PAGES, Page, Pages
from motcua.documents.services import store

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


def test_each_file_that_cannot_be_taken_is_named(world: World, at_desk: At) -> None:
    bad = [SimpleUploadedFile(name, b"MZ" + bytes(300)) for name in ("mot.pdf", "hai.jpg")]
    answer = at_desk("chi").post(INTAKE, typed(world, paper_file_1=[bad[0], shot(), bad[1]]))
    told = [error.text for error in answer.context["page_errors"]]
    assert any("mot.pdf" in text and "hai.jpg" in text for text in told), told


def test_files_are_kept_over_an_error_and_over_a_look_up(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    first = chi.post(INTAKE, typed(world, name="", paper_file_1=SimpleUploadedFile("a.pdf", samples.pdf())))
    kept = first.context["form"].papers.rows[1].kept
    second = chi.post(INTAKE, typed(world, action="look", paper_kept_1=kept))
    assert [card.name for card in second.context["form"].papers.rows[1].files] == ["a.pdf"]
    last = chi.post(INTAKE, typed(world, paper_kept_1=second.context["form"].papers.rows[1].kept))
    assert [name for _key, name, _pages in files_of(world, last.headers["Location"])] == ["a.pdf"]


def photographed(world: World, chi: Client, *sizes: tuple[int, int], **changes: Any) -> PaperRow:
    """The row of the second paper after these photographs were laid there and nothing was made."""
    shots = [shot(size) for size in sizes]
    page = chi.post(INTAKE, typed(world, paper_file_1=shots, action="", add="1") | changes)
    return cast(PaperRow, page.context["form"].papers.rows[1])


def pressed(world: World, chi: Client, row: PaperRow, button: str, page: int) -> PaperRow:
    """The row after a button beside one of its pages (from 0) was pressed."""
    key = row.pages.pages[page].key
    answer = chi.post(INTAKE, typed(world, action="", paper_kept_1=row.kept) | {button: key})
    assert answer.status_code == 200
    return cast(PaperRow, answer.context["form"].papers.rows[1])


def shapes(file_id: str | None) -> list[str]:
    """How each page of a PDF lies, in order."""
    assert file_id is not None
    with documents.open_content(file_id) as content:
        boxes = [page.mediabox for page in PdfReader(io.BytesIO(content.read())).pages]
    return ["lying" if box.width > box.height else "standing" for box in boxes]


def test_photographs_are_ordered_and_turned_before_they_become_one_file(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    row = photographed(world, chi, (40, 30), (30, 40), (30, 40))
    assert [line.at for line in row.page_lines()] == [1, 2, 3]
    row = pressed(world, chi, row, "down", 0)  # standing, lying, standing
    row = pressed(world, chi, row, "turn", 2)  # standing, lying, lying
    made = chi.post(INTAKE, typed(world, paper_kept_1=row.kept))
    state = world.state(made.headers["Location"].rstrip("/").rpartition("/")[2])
    (paper,) = [each for each in state.contents.documents if each.file_id]
    assert (paper.key, shapes(paper.file_id)) == ("paper", ["standing", "lying", "lying"])


def test_photograph_is_taken_away_and_others_are_added(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    row = photographed(world, chi, (30, 40), (40, 30))
    row = pressed(world, chi, row, "drop", 0)
    row = photographed(world, chi, (30, 40), paper_kept_1=row.kept)
    made = chi.post(INTAKE, typed(world, paper_kept_1=row.kept))
    state = world.state(made.headers["Location"].rstrip("/").rpartition("/")[2])
    assert [shapes(each.file_id) for each in state.contents.documents if each.file_id] == [
        ["lying", "standing"]
    ]


def test_page_lies_there_to_be_looked_at_by_whoever_sent_it_only(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    (line,) = photographed(world, chi, (30, 40)).page_lines()
    assert chi.get(line.picture).headers["Content-Type"] == "image/jpeg"
    assert at_desk("dung").get(line.picture).status_code == 404


def test_single_photograph_stays_as_it_came_unless_it_was_turned(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    row = photographed(world, chi, (40, 30))
    for kept, is_as_it_came in ((row.kept, True), (pressed(world, chi, row, "turn", 0).kept, False)):
        filled = typed(world, request_key=uuid4().hex, paper_kept_1=kept)
        same = f"{filled['personal_id']}:{world.version.procedure.code}"  # said to be right a second time
        made = chi.post(INTAKE, filled | {"twice": same})
        state = world.state(made.headers["Location"].rstrip("/").rpartition("/")[2])
        (file_id,) = [each.file_id for each in state.contents.documents if each.file_id]
        assert documents.card(file_id).name.endswith(".jpg") is is_as_it_came


def test_scan_beside_photographs_stays_a_file_of_its_own(world: World, at_desk: At) -> None:
    scan = SimpleUploadedFile("b.pdf", samples.pdf())
    made = at_desk("chi").post(INTAKE, typed(world, paper_file_1=[shot(), scan, shot()]))
    assert [(key, count) for key, _name, count in files_of(world, made.headers["Location"])] == [
        ("paper", 2),
        ("paper", 1),
    ]


def test_photographs_sent_twice_make_one_dossier(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    row = photographed(world, chi, (30, 40), (40, 30))
    first, again = (chi.post(INTAKE, typed(world, paper_kept_1=row.kept)) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]


def test_preview_of_the_receipt_leaves_no_joined_file(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    row = photographed(world, chi, (30, 40), (40, 30))
    before = StoredFile.objects.count()
    answer = chi.post(INTAKE, typed(world, action="preview", paper_kept_1=row.kept))
    assert (answer.headers["Content-Type"], StoredFile.objects.count()) == ("application/pdf", before)


def test_more_photographs_than_a_paper_has_pages_are_refused(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    row = photographed(world, chi, (30, 40))
    full = replace(row, pages=Pages(tuple(Page(str(uuid4())) for _ in range(MOST_PAGES))))
    page = chi.post(INTAKE, typed(world, paper_kept_1=full.kept, paper_file_1=shot()))
    assert [error.href for error in page.context["page_errors"]] == ["#brought_1"]


def test_papers_brought_later_are_ordered_and_turned_too(world: World, at_desk: At) -> None:
    act, chi = world.register(documents=()), at_desk("chi")
    address = reverse("desk:verb", args=[act.dossier_id, "nhan-bo-sung"])
    sent = {"version": act.version, "paper_key_0": "form", "originals_0": "1", "copies_0": "0"}
    laid = chi.post(address, sent | {"add": "0", "paper_file_0": [shot((40, 30)), shot((30, 40))]})
    row = laid.context["form"].papers.rows[0]
    assert (laid.context["page_errors"], world.state(act).version) == ([], act.version)
    assert row.is_brought
    sent["brought_0"] = "on"
    moved = chi.post(address, sent | {"paper_kept_0": row.kept, "up": row.pages.pages[1].key})
    row = moved.context["form"].papers.rows[0]
    done = chi.post(address, sent | {"paper_kept_0": row.kept})
    assert done.status_code == 302
    (paper,) = world.state(act).contents.documents
    assert shapes(paper.file_id) == ["standing", "lying"]


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


def test_paper_is_read_through_its_dossier_once_there_is_one(world: World, at_desk: At) -> None:
    """Its rights are asked and the reading is recorded, also of whoever scanned it."""
    chi = at_desk("chi")
    alone = store(upload=shot(), name="1.jpg", actor=world.actor("chi"), at=world.now)
    assert b"".join(chi.get(f"/noi-bo/tep-da-gui/{alone.id}/").streaming_content)
    answer = chi.post(INTAKE, typed(world, paper_file_1=[shot()]))
    dossier_id = answer.headers["Location"].rstrip("/").rpartition("/")[2]
    (file_id,) = [each.file_id for each in world.state(dossier_id).contents.documents if each.file_id]
    reads = ReadRecord.objects.filter(what=f"file:{file_id}")
    assert b"".join(chi.get(f"/noi-bo/tep-da-gui/{file_id}/").streaming_content)
    assert reads.count() == 1
    yesterday = world.now.date() - timedelta(days=1)
    Position.objects.filter(account=world.people["chi"]).update(valid_to=yesterday)
    agencies.forget()
    for name in (file_id, alone.id):
        for page in ("", "trang/1/"):
            assert chi.get(f"/noi-bo/tep-da-gui/{name}/{page}").status_code == 403
    assert at_desk("dung").get(f"/noi-bo/tep-da-gui/{alone.id}/").status_code == 404
    assert reads.count() == 1
