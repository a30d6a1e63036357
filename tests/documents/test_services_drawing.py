"""Pages looked at: large enough to be read, and drawn in a time and memory that are bounded."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings
from tests.documents import samples
from tests.documents.samples import AN, AT

from motcua.documents import queries, services
from motcua.documents.errors import DrawingBusy, NoSuchFile, NotDrawn
from motcua.documents.models import Blob
from motcua.documents.rules.cards import FileCard
from motcua.documents.services import count_apart, draw_apart, drawing, pictures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_given_up() -> Iterator[None]:
    drawing._given_up.clear()
    yield
    drawing._given_up.clear()


def stored(content: bytes, name: str) -> FileCard:
    return services.store(upload=SimpleUploadedFile(name, content), name=name, actor=AN, at=AT)


def looked_at(card: FileCard, number: int = 1) -> Image.Image:
    return Image.open(io.BytesIO(services.view(card, number=number)))


def test_view_of_a_page_is_as_large_as_reading_needs() -> None:
    look = looked_at(stored(samples.pdf_of_size(595, 842), "a.pdf"))
    assert (look.format, look.size) == ("JPEG", (1272, pictures.VIEW))


def test_view_of_a_photograph_is_made_smaller_never_larger() -> None:
    photo = stored(samples.picture("JPEG", (4000, 2000)), "a.jpg")
    assert looked_at(photo).size == (pictures.VIEW, pictures.VIEW // 2)
    assert looked_at(stored(samples.picture("PNG", (40, 30)), "b.png")).size == (40, 30)


@pytest.mark.parametrize("size", [(1, 14400), (14400, 1), (100_000, 100_000), (0.001, 842)])
def test_view_of_a_page_of_absurd_size_is_bounded(size: tuple[float, float]) -> None:
    assert max(looked_at(stored(samples.pdf_of_size(*size), "a.pdf")).size) == pictures.VIEW


def test_page_that_takes_for_ever_is_given_up_and_its_process_ended(settings: Settings) -> None:
    settings.DOCUMENTS_DRAWING_SECONDS = 1
    endless = stored(samples.pdf_that_takes_for_ever(), "mai-mai.pdf")
    for draw in (services.view, services.thumbnail):
        with pytest.raises(NotDrawn) as refused:
            draw(endless)
        assert refused.value.params["name"] == "mai-mai.pdf"
    assert looked_at(stored(samples.pdf(), "a.pdf")).format == "JPEG"  # its place is free again


def test_page_that_took_too_long_is_not_tried_again_in_that_size(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DOCUMENTS_DRAWING_SECONDS = 1
    endless, other = stored(samples.pdf_that_takes_for_ever(), "a.pdf"), stored(samples.pdf(), "b.pdf")
    with pytest.raises(NotDrawn):
        services.thumbnail(endless)
    runs: list[list[str]] = []

    def broken(arguments: list[str], *_rest: object) -> int:
        runs.append(arguments)
        return 1

    monkeypatch.setattr(drawing, "_run", broken)
    for card, draw in ((endless, services.thumbnail), (endless, services.view), (other, services.thumbnail)):
        with pytest.raises(NotDrawn):
            draw(card)
    assert len(runs) == 2


def test_no_more_pages_are_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_MOST_REMEMBERED", 2)
    pages = [("a" * 64, number, 320) for number in (1, 2, 3)]
    for page in pages:
        drawing._given_up.add(page)
    assert [page in drawing._given_up for page in pages] == [False, True, True]
    monkeypatch.setattr(drawing, "_REMEMBERED_FOR", 0)
    assert pages[2] not in drawing._given_up


def test_drawing_that_finds_no_place_soon_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a drawing may take: who waits holds a thread that answers others."""
    assert drawing._PATIENCE <= 0.5
    monkeypatch.setattr(drawing, "_PATIENCE", 0)
    scan = stored(samples.pdf(), "a.pdf")
    with ExitStack() as held:
        for _ in range(drawing._AT_ONCE):
            held.enter_context(drawing._place(scan, for_office=True))
        with pytest.raises(DrawingBusy):
            services.view(scan)
    assert looked_at(scan).format == "JPEG"  # it was not remembered as one that cannot be drawn


def test_applicants_take_no_place_from_the_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_PATIENCE", 0)
    scan = stored(samples.pdf(), "a.pdf")
    with ExitStack() as held:
        for _ in range(drawing._FOR_APPLICANTS):
            held.enter_context(drawing._place(scan, for_office=False))
        with pytest.raises(DrawingBusy):
            services.thumbnail(scan)
        assert looked_at(scan).format == "JPEG"
        assert services.thumbnail(scan, for_office=True)
    assert services.thumbnail(scan)


def test_broken_drawer_is_told_in_the_log_and_a_hostile_file_is_not(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    scan = stored(samples.pdf(), "a.pdf")
    with pytest.raises(NoSuchFile):
        services.view(scan, number=2)
    settings.DOCUMENTS_DRAWING_SECONDS = 0
    with pytest.raises(NotDrawn):
        services.view(scan)
    assert not caplog.records
    settings.DOCUMENTS_DRAWING_SECONDS = 8
    drawing._given_up.clear()
    program = tmp_path / "broken.py"
    program.write_text("print('x' * 9000, file=__import__('sys').stderr)\nimport no_such_library\n")
    monkeypatch.setattr(drawing, "_DRAWER", program)
    with pytest.raises(NotDrawn):
        services.view(scan)
    (record,) = caplog.records
    said = record.getMessage()
    assert f"broken.py ended with 1 on {scan.sha256}" in said
    assert "ModuleNotFoundError: No module named" in said
    assert len(said) < 3000


def test_drawer_that_nobody_kills_ends_by_itself(tmp_path: Path) -> None:
    tmp_path.joinpath("paper.pdf").write_bytes(samples.pdf_that_takes_for_ever())
    done = subprocess.run(
        [sys.executable, "-I", draw_apart.__file__, str(tmp_path), "1", "1800", "1"],
        check=False,
        capture_output=True,
    )
    assert done.returncode < 0  # ended by the system, for its processor time was used up
    assert not tmp_path.joinpath("page.png").exists()


def test_view_of_what_has_no_such_page_is_not_there() -> None:
    scan, word = stored(samples.pdf(), "a.pdf"), stored(samples.docx(), "a.docx")
    photo = stored(samples.picture("JPEG"), "a.jpg")
    for card, number in ((scan, 2), (scan, 0), (word, 1), (photo, 2)):
        with pytest.raises(NoSuchFile):
            services.view(card, number=number)


def test_pages_are_counted_when_a_file_is_sent_in(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    scan = stored(samples.pdf(pages=3), "a.pdf")
    for card in (scan, queries.card(scan.id)):
        with django_assert_num_queries(0):
            assert services.count_shown(card) == 3


def uncounted(content: bytes) -> FileCard:
    card = stored(content, "a.pdf")
    Blob.objects.filter(pk=card.sha256).update(pages=None)
    return queries.card(card.id)


def test_file_of_before_is_counted_once_in_a_process_of_its_own(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scan = uncounted(samples.pdf(pages=3))
    started: list[str] = []
    run = drawing._run

    def seen(arguments: list[str], seconds: int, said: Path) -> int:
        started.append(Path(arguments[0]).name)
        return run(arguments, seconds, said)

    monkeypatch.setattr(drawing, "_run", seen)
    assert services.count_shown(scan) == 3
    again = queries.card(scan.id)
    with django_assert_num_queries(0):
        assert services.count_shown(again) == 3
    assert started == ["count_apart.py"]


@pytest.mark.parametrize("code", [-9, count_apart.UNCOUNTED])
def test_count_that_failed_is_kept_too(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    scan = uncounted(samples.pdf())
    monkeypatch.setattr(drawing, "_run", lambda *_given: code)
    assert services.count_shown(scan) == 0
    assert queries.card(scan.id).pages == 0


def test_fault_of_the_counter_is_not_held_against_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    scan = uncounted(samples.pdf())
    monkeypatch.setattr(drawing, "_run", lambda *_given: 1)
    with pytest.raises(NotDrawn):
        services.count_shown(scan)
    assert queries.card(scan.id).pages is None


def test_counter_that_nobody_kills_says_what_it_cannot_read(tmp_path: Path) -> None:
    tmp_path.joinpath("paper.pdf").write_bytes(b"%PDF-1.7 and no more")
    given = [sys.executable, "-I", count_apart.__file__, str(tmp_path), "5"]
    assert subprocess.run(given, check=False, capture_output=True).returncode == count_apart.UNCOUNTED
    assert not tmp_path.joinpath("pages").exists()


def test_what_cannot_be_looked_at_has_no_pages() -> None:
    word, photo = stored(samples.docx(), "a.docx"), stored(samples.picture("JPEG"), "a.jpg")
    assert [services.count_shown(each) for each in (word, photo)] == [0, 1]
    broken = stored(samples.pdf(), "a.pdf")
    Blob.objects.filter(pk=broken.sha256).update(pages=0)
    assert services.count_shown(queries.card(broken.id)) == 0
