"""Files sent in ways that go wrong, through the pages."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings
from tests.documents import samples
from tests.dossiers.world import World
from tests.resilience import scenery
from tests.resilience.conftest import world_with_clocks

from motcua.documents.models import StoredFile
from motcua.dossiers import services
from motcua.dossiers.models import IssuedSlip
from motcua.dossiers.rules.state import Applicant
from motcua.dossiers.services import Act

PDF = samples.pdf()
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def store(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "store"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "incoming")
    (tmp_path / "incoming").mkdir()
    return tmp_path


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def papers_page(act: Act) -> str:
    return reverse("portal:file_papers", args=[act.dossier_id])


def kept(world: World, act: Act) -> list[str | None]:
    return [paper.file_id for paper in world.state(act).contents.documents]


def attach(client: Client, act: Act, *contents: tuple[str, bytes]) -> Any:
    uploads = [scenery.upload(name, content) for name, content in contents]
    return client.post(papers_page(act), {"version": str(act.version), "file-paper": uploads})


@pytest.mark.django_db
def test_file_over_the_limit_is_refused_and_those_beside_it_are_kept(
    world: World, settings: Settings, store: Path
) -> None:
    settings.DOCUMENTS_MAX_MEGABYTES = 1
    act = world.draft(with_papers=False)
    client = scenery.browser(world.people["an"])
    huge = PDF.ljust(3 * MEGABYTE, b"\n")
    answer = attach(client, act, ("một.pdf", PDF), ("hai.pdf", huge), ("ba.pdf", PDF + b"\n"))
    assert answer.status_code == 422
    assert "lớn hơn 1 MB" in answer.content.decode()
    assert len(kept(world, act)) == 2
    assert len(files_below(store)) == 2  # nothing of the huge one, nothing half taken in


@pytest.mark.django_db
def test_request_larger_than_any_is_refused_unread(world: World, settings: Settings, store: Path) -> None:
    settings.MAX_REQUEST_BYTES = MEGABYTE
    act = world.draft(with_papers=False)
    client = scenery.browser(world.people["an"])
    answer = attach(client, act, ("một.pdf", PDF.ljust(2 * MEGABYTE, b"\n")))
    page = answer.content.decode()
    assert answer.status_code == 413
    for language in ("vi", "en"):  # the very sentence that stands beside the form for whoever sends by script
        with translation.override(language):
            said = get_template("theme/components/too_large.html").render().strip()
            assert said in page
            assert said in get_template("theme/components/sending.html").render()
    assert (kept(world, act), files_below(store)) == ([], [])


@pytest.mark.django_db
def test_upload_that_breaks_off_leaves_nothing(world: World, store: Path) -> None:
    act = world.draft(with_papers=False)
    client = scenery.browser(world.people["an"])
    wsgi: dict[str, Any] = {
        "wsgi.input": scenery.BreaksOff(b"x" * 3 * MEGABYTE),
        "CONTENT_LENGTH": str(9 * MEGABYTE),
    }
    answer = client.post(papers_page(act), {}, **wsgi, CONTENT_TYPE="multipart/form-data; boundary=x")
    assert answer.status_code == 400
    assert (kept(world, act), StoredFile.objects.count(), files_below(store)) == ([], 0, [])
    assert world.state(act).version == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\An\\đơn.pdf", "đơn.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ('đơn "mới"; filename=x.exe.pdf', "đơn -mới-; filename=x.exe.pdf"),
        ("đ" * 400 + ".pdf", "đ" * 146 + ".pdf"),
        ("con.pdf", "_con.pdf"),
    ],
)
def test_file_with_a_treacherous_name_comes_back_under_a_harmless_one(
    world: World, sent: str, shown: str
) -> None:
    act = world.draft(with_papers=False)
    client = scenery.browser(world.people["an"])
    assert attach(client, act, (sent, PDF)).status_code == 302
    (file_id,) = kept(world, act)
    assert StoredFile.objects.get(pk=file_id).name == shown
    answer = client.get(reverse("portal:own_file", args=[act.dossier_id, file_id]))
    assert b"".join(answer.streaming_content) == PDF
    header = answer.headers["Content-Disposition"]
    assert header.startswith("attachment")
    assert header.isascii()
    assert "\n" not in header


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "😀 Nguyễn Văn An",
        "สมชาย 田中 محمد",
        "\u202eNguyễn\u202c An",
        "A" * 200,
        "#set page() *An* \\ $x$",
        "<b>An</b>",
    ],
)
def test_receipt_for_an_unusual_name_is_printed(world: World, name: str) -> None:
    act = world.accept(world.register(applicant=Applicant(name, "066090000001")))
    answer = scenery.browser(world.people["chi"]).get(
        reverse("desk:slip", args=[act.dossier_id, act.version])
    )
    assert (answer.status_code, b"".join(answer.streaming_content)[:5]) == (200, b"%PDF-")


# --- at once: real threads, real transactions --------------------------------------------------------------
@pytest.fixture
def committed(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    return world_with_clocks(monkeypatch)


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    barrier = threading.Barrier(count)

    def run(number: int) -> Any:
        barrier.wait(10)
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_same_file_sent_twice_at_once_is_attached_once(committed: World, store: Path) -> None:
    """The button pressed twice: what is brought is put onto what stands there, so the file is there once."""
    act = committed.draft(with_papers=False)
    clients = [scenery.browser(committed.people["an"]) for _ in range(3)]
    answers = at_once(3, lambda number: attach(clients[number], act, ("đơn.pdf", PDF)))
    assert sorted(answer.status_code for answer in answers) == [302, 302, 302]
    assert len(kept(committed, act)) == 1
    assert len(files_below(store)) == 1
    assert services.verify().difference is None


def test_slip_printed_by_many_at_once_is_one_file(committed: World) -> None:
    act = committed.accept(committed.register())
    chi, at = committed.actor("chi"), committed.now
    ids = at_once(
        4, lambda _: services.slip_file(actor=chi, at=at, dossier_id=act.dossier_id, event=act.version)
    )
    assert len(set(ids)) == 1
    assert str(IssuedSlip.objects.get().file_id) == ids[0]
