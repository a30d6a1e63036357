"""A dossier as one package: folders that explain themselves, and a list of what is in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.documents import services as documents
from motcua.documents.rules import packing
from motcua.dossiers.enums import PackedAs
from motcua.dossiers.services import Package
from motcua.theme.wording import file_size, short_moment

FOLDERS = {
    PackedAs.PAPER: format_lazy("1 {name}", name=_("Giấy tờ đã nộp")),
    PackedAs.SLIP: format_lazy("2 {name}", name=_("Giấy của cơ quan")),
    PackedAs.RESULT: format_lazy("3 {name}", name=_("Kết quả")),
}


def stream(package: Package, at: datetime) -> Iterator[bytes]:
    """The bytes of the package, its list last."""
    paths = packing.paths((str(FOLDERS[each.kind]), each.card.name) for each in package.files)
    lines = [
        _line(path, file_size(each.card.size), each.about)
        for path, each in zip(paths, package.files, strict=True)
    ]
    name = gettext("Danh sách.txt")
    head = [package.procedure, package.reference, f"{gettext('Lập lúc')}: {short_moment(at)}", ""]

    lost = gettext("Chưa đọc được, hãy báo bộ phận một cửa:")

    def listing(missing: Sequence[str]) -> tuple[str, str]:
        return name, "\n".join([*head, *lines, *(f"{lost} {path}" for path in missing)]) + "\n"

    files = [(path, each.card) for path, each in zip(paths, package.files, strict=True)]
    return documents.pack(files, listing=listing, at=at)


def _line(path: str, size: str, about: str) -> str:
    return f"{path} ({size}){': ' if about else ''}{about}"
