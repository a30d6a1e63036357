"""The store as a folder: whole files or none, even when the power goes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage

INCOMING = ".incoming-"


class FolderStorage(FileSystemStorage):
    """Writes beside the target, syncs, then renames over it: readers see the old bytes or the new ones.

    Names are content addresses, so writing one again writes the same bytes and needs no other name.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: Any) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(self.directory_permissions_mode or 0o700, parents=True, exist_ok=True)
        descriptor, incoming = tempfile.mkstemp(prefix=INCOMING, dir=target.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fchmod(file.fileno(), self.file_permissions_mode or 0o600)
                os.fsync(file.fileno())
            os.replace(incoming, target)
        except BaseException:
            Path(incoming).unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
        return name


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
