"""A dossier as one package: folders that explain themselves, and a list of what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.documents import services as documents
from motcua.documents.rules import packing
from motcua.documents.rules.packing import Drawn
from motcua.dossiers.enums import PackedAs
from motcua.dossiers.queries import DossierView
from motcua.dossiers.rules.answering import answers_before
from motcua.dossiers.services import Package, PackedFile
from motcua.portal import filings
from motcua.portal.drafts import Draft
from motcua.theme.wording import file_size, short_moment

FOLDERS = {
    PackedAs.PAPER: format_lazy("1 {name}", name=_("Giấy tờ đã nộp")),
    PackedAs.SLIP: format_lazy("2 {name}", name=_("Giấy của cơ quan")),
    PackedAs.RESULT: format_lazy("3 {name}", name=_("Kết quả")),
    PackedAs.MESSAGE: format_lazy("4 {name}", name=_("Tin nhắn")),
}


def stream(package: Package, view: DossierView, at: datetime) -> Iterator[bytes]:
    """The bytes of the package, its list last. What was declared and written is drawn as plain text."""
    packed = [*_form_of(view), *_earlier_forms_of(view), *package.files, *_messages_of(package, view)]
    paths = packing.paths((str(FOLDERS[each.kind]), _name_of(each)) for each in packed)
    lines = [
        _line(path, file_size(each.card.size), _told_of(each))
        for path, each in zip(paths, packed, strict=True)
    ]
    name = gettext("Danh sách.txt")
    head = [package.procedure, package.reference, f"{gettext('Lập lúc')}: {short_moment(at)}", ""]

    read_back = filings.read_back(Draft(view, view.version))
    if on_paper := [row for row in read_back if row.on_paper and not row.sent]:
        lines += ["", gettext("Nộp bản giấy, không có tệp trong gói này:")]
        lines += [f"{row.paper.name}: {row.on_paper}" for row in on_paper]
    lost = gettext("Chưa đọc được, hãy báo bộ phận một cửa:")

    def listing(missing: Sequence[str]) -> tuple[str, str]:
        return name, "\n".join([*head, *lines, *(f"{lost} {path}" for path in missing)]) + "\n"

    files = [(path, each.card) for path, each in zip(paths, packed, strict=True)]
    return documents.pack(files, listing=listing, at=at)


def _form_of(view: DossierView) -> list[PackedFile]:
    """What was declared in the e-form, by whom, and how the result is wanted; nothing without a form."""
    draft = Draft(view, view.version)
    groups = [group for group in filings.answers_of(draft) if group["rows"]]
    if not groups:
        return []
    text = [*_head(view), *_rows(gettext("Người nộp và nơi giải quyết"), filings.summary_of(draft))]
    for group in groups:
        text += _rows(str(group["title"]), group["rows"])
    if wish := filings.wish_of(draft.contents):
        text += _rows(gettext("Cách nhận kết quả"), wish)
    return [_text(PackedAs.PAPER, gettext("Tờ khai điện tử"), text)]


def _earlier_forms_of(view: DossierView) -> list[PackedFile]:
    """The answers of the e-form in each version that a supplement replaced, the newest first."""
    found, answers = [], dict(view.state.contents.form_data)
    for entry in reversed(view.history):
        if not entry.changed:
            continue
        answers = answers_before(answers, entry.changed)
        replaced = _replaced(entry.at)
        text = [*_head(view), gettext("Bản trước của tờ khai, %(replaced)s") % {"replaced": replaced}, ""]
        for section in view.sheet.eform:
            group = filings.section_of(section, answers, "")
            if group["rows"]:
                text += _rows(str(group["title"]), group["rows"])
        found.append(_text(PackedAs.PAPER, gettext("Tờ khai điện tử, bản trước"), text, replaced))
    return found


def _messages_of(package: Package, view: DossierView) -> list[PackedFile]:
    if not package.said:
        return []
    text = _head(view)
    for each in package.said:
        writer = (view.desk_name or gettext("Bộ phận một cửa")) if each.is_from_desk else each.author_name
        text += [f"{short_moment(each.at)}, {writer}:", each.text, ""]
    return [_text(PackedAs.MESSAGE, gettext("Tin nhắn với bộ phận một cửa"), text)]


def _head(view: DossierView) -> list[str]:
    return [view.sheet.title, view.state.reference, ""]


def _rows(title: str, rows: Iterable[dict[str, str]]) -> list[str]:
    return [title.upper(), *(f"{row['key']}: {row['value']}" for row in rows), ""]


def _text(kind: PackedAs, name: str, lines: Iterable[str], about: str = "") -> PackedFile:
    """With the mark by which simple editors know that it is Unicode, as the list of the package has it."""
    return PackedFile(kind, Drawn(f"{name}.txt", ("\ufeff" + "\n".join(lines)).encode()), about)


def _name_of(file: PackedFile) -> str:
    """Its own name, of a paper that was replaced with a mark, so that nobody hands in the wrong one."""
    if file.replaced_at is None:
        return file.card.name
    stem, dot, extension = file.card.name.rpartition(".")
    marked = gettext("%(name)s, bản trước") % {"name": stem or file.card.name}
    return f"{marked}.{extension}" if dot and stem else marked


def _told_of(file: PackedFile) -> str:
    told = _replaced(file.replaced_at) if file.replaced_at else ""
    return ", ".join(part for part in (file.about, told) if part)


def _replaced(at: datetime) -> str:
    return gettext("được thay lúc %(at)s") % {"at": short_moment(at)}


def _line(path: str, size: str, about: str) -> str:
    return f"{path} ({size}){': ' if about else ''}{about}"
