"""Ids in addresses: `<uid:dossier_id>` takes a UUID and hands it to the view as text."""

from __future__ import annotations

from django.urls import is_valid_path, register_converter
from django.urls.converters import UUIDConverter


class TextId(UUIDConverter):
    def to_python(self, value: str) -> str:  # type: ignore[override]
        return value

    def to_url(self, value: object) -> str:
        return str(value)


register_converter(TextId, "uid")


def page_above(path: str) -> str:
    """The nearest address above this one that is known here; the first page at last."""
    while (path := path.rstrip("/").rpartition("/")[0] + "/") != "/":
        if is_valid_path(path):
            return path
    return path
