"""Reading stored files. Who may open one is asked before, from the policy of the app that links to it."""

from __future__ import annotations

from typing import BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.core.files.storage import Storage, storages

from motcua.documents.errors import NoSuchFile
from motcua.documents.models import StoredFile
from motcua.documents.rules import addresses
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.limits import DEFAULT, MEGABYTE, Limits


def limits() -> Limits:
    """The limits of this installation: what the pages show beforehand and `store` checks."""
    return Limits(settings.DOCUMENTS_MAX_MEGABYTES * MEGABYTE, DEFAULT.types)


def content_storage() -> Storage:
    """The folder or S3 bucket that holds the bytes: `STORAGES["default"]`."""
    return storages["default"]


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

    Raises NoSuchFile, also if the row is there and the bytes are not.
    """
    address = addresses.key_of(card(file_id).sha256)
    try:
        return cast(BinaryIO, content_storage().open(address, "rb"))
    except FileNotFoundError:
        raise NoSuchFile from None


def card_of(row: StoredFile) -> FileCard:
    return FileCard(str(row.pk), row.blob_id, row.blob.size, row.media_type, row.name)
