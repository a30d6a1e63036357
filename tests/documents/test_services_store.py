"""Taking files in, and what is left when it goes wrong."""

from __future__ import annotations

import hashlib
import io
import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import override_settings
from tests.documents import samples

from motcua.documents import errors, queries, services
from motcua.documents.models import Blob, StoredFile
from motcua.documents.rules.limits import MEGABYTE
from motcua.documents.services import folder as folders
from motcua.documents.services import sweeping
from motcua.kernel.actors import SYSTEM


def store(content: bytes, name: str = "đơn.pdf"):
    return services.store(upload=io.BytesIO(content), name=name, actor=samples.AN, at=samples.AT)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_store_document_keeps_bytes_and_says_what_they_are(folder):
    content = samples.pdf()
    card = store(content, "Giấy khai sinh.pdf")
    assert (card.name, card.media_type, card.size) == ("Giấy khai sinh.pdf", "application/pdf", len(content))
    assert card.sha256 == hashlib.sha256(content).hexdigest()
    assert queries.card(card.id) == card
    with queries.open_content(card.id) as file:
        assert file.read() == content
    assert [path.relative_to(folder).parts[-1] for path in files_in(folder)] == [card.sha256]


@pytest.mark.django_db
def test_store_upload_of_django_is_read_as_it_comes():
    upload = SimpleUploadedFile("ảnh.png", samples.picture("PNG"), content_type="text/html")
    card = services.store(upload=upload, name=upload.name, actor=samples.AN, at=samples.AT)
    assert (card.name, card.media_type) == ("ảnh.png", "image/png")


@pytest.mark.django_db
def test_store_same_bytes_twice_keeps_them_once_under_both_names(folder):
    first, second = store(samples.pdf(), "một.pdf"), store(samples.pdf(), "hai.pdf")
    assert first.sha256 == second.sha256
    assert first.id != second.id
    assert (Blob.objects.count(), StoredFile.objects.count(), len(files_in(folder))) == (1, 2, 1)
    assert queries.cards((first.id, second.id)) == {first.id: first, second.id: second}


@pytest.mark.django_db
def test_store_bytes_lost_from_the_store_are_written_again(folder):
    card = store(samples.pdf())
    files_in(folder)[0].unlink()
    with pytest.raises(errors.BytesLost):
        queries.open_content(card.id)
    store(samples.pdf())
    with queries.open_content(card.id) as file:
        assert file.read() == samples.pdf()


@pytest.mark.django_db
def test_every_content_is_read_again_and_what_is_gone_or_altered_is_named(folder):
    whole, gone, altered = (store(samples.pdf(pages=each)) for each in (1, 2, 3))
    seen: list[int] = []
    assert services.check_contents(progress=seen.append) == services.Checked(3, (), ())
    assert seen == [1, 2, 3]
    by_name = {path.name: path for path in files_in(folder)}
    by_name[gone.sha256].unlink()
    by_name[altered.sha256].write_bytes(by_name[altered.sha256].read_bytes()[:-1] + b"!")
    assert services.check_contents() == services.Checked(3, (gone.sha256,), (altered.sha256,))
    assert queries.files_of(altered.sha256) == (altered.id,)
    with queries.open_content(whole.id) as file:
        assert file.read() == samples.pdf(pages=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "đơn.pdf", errors.Empty),
        (samples.EXECUTABLE, "đơn.pdf", errors.TypeNotAllowed),
        (samples.pdf(), "đơn.exe", errors.TypeMismatch),
        (samples.pdf()[:80], "đơn.pdf", errors.Broken),
    ],
)
def test_store_bad_file_is_refused_and_leaves_nothing(folder, content, name, refusal):
    with pytest.raises(refusal):
        store(content, name)
    assert (Blob.objects.count(), StoredFile.objects.count(), files_in(folder)) == (0, 0, [])


class Endless:
    """An upload that never ends, and counts how far it was read."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int) -> bytes:
        self.given += size
        return b"%PDF-1.7\n".ljust(size, b"x")


@pytest.mark.django_db
@override_settings(DOCUMENTS_MAX_MEGABYTES=1)
def test_store_upload_over_the_limit_is_read_no_further_than_the_limit(folder):
    upload = Endless()
    with pytest.raises(errors.TooLarge) as refusal:
        services.store(upload=upload, name="đơn.pdf", actor=samples.AN, at=samples.AT)
    assert refusal.value.params == {"name": "đơn.pdf", "limit": "1 MB"}
    assert upload.given <= MEGABYTE + 256 * 1024
    assert files_in(folder) == []


@pytest.mark.django_db
def test_limits_shown_beforehand_are_those_that_are_checked():
    with override_settings(DOCUMENTS_MAX_MEGABYTES=7):
        assert queries.limits().size_text == "7 MB"


@pytest.mark.django_db
@pytest.mark.parametrize("file_id", ["", "không có", "018d0000-0000-7000-8000-000000000000"])
def test_card_of_unknown_file_is_refused(file_id):
    with pytest.raises(errors.NoSuchFile):
        queries.card(file_id)


@pytest.mark.django_db
def test_folder_interrupted_write_leaves_no_file(folder, monkeypatch):
    def power_cut(source: str, target: str) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(folders.os, "replace", power_cut)
    with pytest.raises(OSError, match="no space left"):
        store(samples.pdf())
    assert files_in(folder) == []


class Away(Exception):
    pass


def store_and_roll_back(content: bytes) -> None:
    with transaction.atomic():
        store(content)
        raise Away


@pytest.mark.django_db(transaction=True)
def test_store_in_act_that_is_rolled_back_leaves_only_bytes_that_are_swept(folder):
    with pytest.raises(Away):
        store_and_roll_back(samples.pdf())
    assert StoredFile.objects.count() == 0
    assert len(files_in(folder)) == 1
    _age(folder, days=2)
    assert services.sweep(at=samples.AT) == 1
    assert files_in(folder) == []


@pytest.mark.django_db
def test_sweep_bytes_with_a_row_young_ones_and_strangers_are_left_alone(folder):
    kept = store(samples.pdf())
    young = folder / "ab" / "cd" / ("abcd" + "0" * 60)
    young.parent.mkdir(parents=True)
    young.write_bytes(b"being sent")
    stranger = folder / "ab" / "cd" / "README"
    stranger.write_text("not ours")
    unfinished = folder / "ab" / "cd" / ".incoming-x1"
    unfinished.write_bytes(b"half")
    _age(folder, days=2)
    _touch(young, days=0)
    assert services.sweep(at=samples.AT) == 1
    assert {path.name for path in files_in(folder)} == {kept.sha256, young.name, "README"}


@pytest.mark.django_db
def test_sweep_store_that_was_never_written_to_deletes_nothing(folder):
    assert services.sweep(at=samples.AT) == 0


@pytest.mark.django_db(transaction=True)
def test_sweep_waits_for_file_that_is_being_sent_and_spares_it(folder):
    """The bytes lie there, old and without a row, while somebody sends the same bytes again."""
    content = samples.pdf()
    with pytest.raises(Away):
        store_and_roll_back(content)
    _age(folder, days=2)
    swept: list[int] = []

    def sweeper() -> None:
        swept.append(services.sweep(at=samples.AT))
        connection.close()

    with transaction.atomic():
        card = store(content)
        _age(folder, days=2)
        thread = threading.Thread(target=sweeper)
        thread.start()
        thread.join(timeout=0.5)
        assert thread.is_alive()  # waits for our lock
    thread.join(timeout=20)
    assert swept == [0]
    with queries.open_content(card.id) as file:
        assert file.read() == content


@pytest.mark.django_db(transaction=True)
def test_store_sends_new_bytes_before_its_transaction_begins(folder, monkeypatch):
    sent: list[bool] = []
    real = folders.FolderStorage._save

    def save(self: folders.FolderStorage, name: str, content: object) -> str:
        sent.append(connection.in_atomic_block)
        return real(self, name, content)

    monkeypatch.setattr(folders.FolderStorage, "_save", save)
    store(samples.pdf())
    store(samples.pdf())
    assert sent == [False]


@pytest.mark.django_db(transaction=True)
def test_sweep_spares_bytes_that_were_sent_anew_after_it_had_listed_them(folder, monkeypatch):
    """Swept by another and sent again, but not yet recorded: old in the list, young under the lock."""
    with pytest.raises(Away):
        store_and_roll_back(samples.pdf())
    _age(folder, days=2)
    real = sweeping.lock_content

    def lock(hashes: list[str]) -> None:
        real(hashes)
        _age(folder, days=0)

    monkeypatch.setattr(sweeping, "lock_content", lock)
    assert services.sweep(at=samples.AT) == 0
    assert len(files_in(folder)) == 1


@pytest.mark.django_db
def test_sweep_never_takes_bytes_younger_than_an_hour(folder):
    with pytest.raises(Away):
        store_and_roll_back(samples.pdf())
    _age(folder, days=0)
    assert services.sweep(at=samples.AT + timedelta(minutes=59), grace=timedelta()) == 0
    assert services.sweep(at=samples.AT + timedelta(minutes=61), grace=timedelta()) == 1


@pytest.mark.django_db(transaction=True)
def test_store_same_bytes_by_eight_people_at_once_keeps_one_copy(folder):
    content, failures = samples.pdf(), []
    start = threading.Barrier(8)

    def send() -> None:
        try:
            start.wait(20)
            store(content)
        except Exception as error:  # noqa: BLE001 - told to the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    assert (Blob.objects.count(), StoredFile.objects.count(), len(files_in(folder))) == (1, 8, 1)


@pytest.mark.django_db
def test_keep_what_the_house_made_is_recorded_as_produced():
    card = services.keep(
        content=b"%PDF-", name="Phiếu.pdf", media_type="application/pdf", actor=SYSTEM, at=samples.AT
    )
    row = StoredFile.objects.get(pk=card.id)
    assert (row.origin, row.actor_kind, row.actor_id, row.at) == ("produced", "system", "", samples.AT)


def _age(folder: Path, *, days: int) -> None:
    for path in files_in(folder):
        _touch(path, days=days)


def _touch(path: Path, *, days: int) -> None:
    moment = (samples.AT - timedelta(days=days)).timestamp()
    os.utime(path, (moment, moment))
