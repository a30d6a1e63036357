"""Reading stored files. Who may open one is asked before, from the policy of the app that links to it."""

from __future__ import annotations

import os
import shutil
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import connection
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from motcua.documents.errors import BytesLost, NoSuchFile
from motcua.documents.models import Blob, StoredFile, Tray
from motcua.documents.rules import addresses, forms, pages, wording
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.limits import DEFAULT, MEGABYTE, Limits
from motcua.kernel.actors import Actor, ActorKind

_SENT_BY = "SELECT id FROM documents_storedfile WHERE id = ANY(%s) AND actor_kind = %s AND actor_id = %s"
_FORM_SETS = Path(__file__).resolve().parent / "data" / "slips" / "sets.toml"


def limits() -> Limits:
    """The limits of this installation: what the pages show beforehand and `store` checks.

    Basis: QN20-17.3: docs/ops/devices.md tells them to whoever buys devices.
    """
    return Limits(settings.DOCUMENTS_MAX_MEGABYTES * MEGABYTE, DEFAULT.types)


def forms_on(at: datetime) -> forms.FormSet:
    """The set of forms that is printed at that moment."""
    return forms.in_force(form_sets(), wording.local(at).date())


@cache
def form_sets() -> tuple[forms.FormSet, ...]:
    """All sets that ship with the system, the oldest first."""
    return forms.read(tomllib.loads(_FORM_SETS.read_text(encoding="utf-8")))


def content_storage() -> Storage:
    """The folder or S3 bucket that holds the bytes: `STORAGES["default"]`."""
    return storages["default"]


@dataclass(frozen=True, slots=True)
class StoreState:
    """Whether files can be kept now; disk figures only where the store is a folder of this machine."""

    is_usable: bool
    free_bytes: int | None = None
    total_bytes: int | None = None


def store_state() -> StoreState:
    """Ask the store itself: a folder that can be written to, or a bucket that answers."""
    storage = content_storage()
    try:
        folder = Path(storage.path(""))
    except NotImplementedError:
        return StoreState(_answers(storage))
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    usage = shutil.disk_usage(existing)
    is_usable = existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
    return StoreState(is_usable, usage.free, usage.total)


def _answers(storage: Storage) -> bool:
    try:
        storage.exists("health")
    except Exception:  # noqa: BLE001 - whatever keeps the bucket from answering
        return False
    return True


def card(file_id: str | UUID) -> FileCard:
    """The card of one file. Raises NoSuchFile."""
    try:
        return card_of(StoredFile.objects.select_related("blob").get(pk=UUID(str(file_id))))
    except (StoredFile.DoesNotExist, ValueError):
        raise NoSuchFile from None


def cards(file_ids: tuple[str, ...]) -> dict[str, FileCard]:
    """The cards of several files by id, in one query; ids that are not known are left out."""
    rows = StoredFile.objects.select_related("blob").filter(pk__in=[UUID(each) for each in file_ids])
    return {str(row.pk): card_of(row) for row in rows}


def open_content(file_id: str | UUID) -> BinaryIO:
    """The bytes of one file, open for reading; the caller closes it.

    Raises NoSuchFile, and BytesLost if the row is there and the bytes are not.
    """
    return open_card(card(file_id))


def open_card(found: FileCard) -> BinaryIO:
    """The bytes of a file whose card is at hand; no query. Raises BytesLost if they are not there."""
    address = addresses.key_of(found.sha256)
    try:
        return cast(BinaryIO, content_storage().open(address, "rb"))
    except FileNotFoundError:
        raise BytesLost(name=found.name) from None


def card_of(row: StoredFile) -> FileCard:
    return FileCard(str(row.pk), row.blob_id, row.blob.size, row.media_type, row.name, row.blob.pages)


def how_many_contents() -> int:
    """How many different contents the store should hold; counts a table, so for commands only."""
    return Blob.objects.count()


def files_of(sha256: str, limit: int = 5) -> tuple[str, ...]:
    """The ids of the first files with this content."""
    found = StoredFile.objects.filter(blob_id=sha256).order_by("pk").values_list("pk", flat=True)[:limit]
    return tuple(str(pk) for pk in found)


def sent_by(actor: Actor, file_ids: Iterable[str]) -> frozenset[str]:
    """Those of the files that this actor sent in; ids that are no ids are left out.

    Asked at every act that brings papers, so it is plain SQL.
    """
    wanted = [identity for identity in map(_identity, file_ids) if identity is not None]
    if not wanted:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_SENT_BY, [wanted, actor.kind.value, actor.id])
        return frozenset(str(pk) for (pk,) in cursor)


def tray(actor: Actor, purpose: str) -> dict[str, Any]:
    """What the actor has laid ready for this purpose; empty if nothing is."""
    mine = Tray.objects.filter(actor_kind=actor.kind.value, actor_id=actor.id, purpose=purpose)
    found = mine.values_list("contents", flat=True).first()
    return dict(found) if found else {}


def trays(actor: Actor, purpose: str) -> dict[str, dict[str, Any]]:
    """All that the actor has laid ready for a purpose and for parts of it (`purpose:part`), by its purpose.
    One query."""
    mine = Tray.objects.filter(actor_kind=actor.kind.value, actor_id=actor.id)
    rows = mine.filter(Q(purpose=purpose) | Q(purpose__startswith=f"{purpose}:"))
    return {name: dict(contents) for name, contents in rows.values_list("purpose", "contents")}


def lying_ready(owners: Collection[str], file_ids: Iterable[str]) -> frozenset[str]:
    """Those of the files that lie in a tray of citizens with these ids. One query."""
    wanted = {str(identity) for identity in map(_identity, file_ids) if identity is not None}
    if not wanted or not owners:
        return frozenset()
    named = reduce(or_, (Q(text__contains=each) for each in wanted))
    rows = Tray.objects.filter(actor_kind=ActorKind.CITIZEN.value, actor_id__in=owners)
    found = rows.annotate(text=Cast("contents", TextField())).filter(named).values_list("text", flat=True)
    texts = list(found)
    return frozenset(each for each in wanted if any(each in text for text in texts))


def pages_of(actor: Actor, purpose: str) -> pages.Pages:
    """The pages that the actor is putting together for this purpose."""
    return pages.from_wire(tray(actor, purpose))


def all_pages(actor: Actor, purpose: str) -> dict[str, pages.Pages]:
    """The pages that lie ready, by all purposes that begin so, in one query."""
    mine = Tray.objects.filter(actor_kind=actor.kind.value, actor_id=actor.id)
    rows = mine.filter(purpose__startswith=purpose).values_list("purpose", "contents")
    return {found: pages.from_wire(contents) for found, contents in rows}


def _identity(text: str) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
