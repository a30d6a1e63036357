"""Sample blank forms to take home: the questions of our own e-forms on paper, and they say so."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime

import typst

from motcua.catalogue import queries, services
from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules.eforms import FormField
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.kernel.actors import Actor

CODES = ("1.001193", "1.001612")  # birth, household business
MARK = "Bản in thử các câu hỏi của tờ khai"
SOURCE = "câu hỏi của tờ khai trực tuyến, không phải mẫu do văn bản nào quy định"
_HEAD = """#set page(paper: "a4", margin: 20mm, numbering: "1/1")
#set text(size: 12pt, lang: "vi")
#set par(leading: 0.7em, spacing: 1em)
"""


def keep_samples(administrator: Actor, at: datetime) -> None:
    """One form for each of these procedures that is in force and asks for one on paper."""
    for code in CODES:
        card = next((card for card in queries.published(at.date()) if card.code == code), None)
        sheet = queries.sheet(card.version_id) if card is not None else None
        paper = (
            next((each for each in sheet.components if each.is_form and each.takes_form), None)
            if sheet
            else None
        )
        if sheet is None or paper is None or not sheet.eform:
            continue
        services.put_up_form(
            actor=administrator,
            at=at,
            version_id=sheet.version_id,
            component=paper.key,
            entry=services.FormEntry(
                title=f"{paper.name} ({MARK.lower()})"[:200],
                source=SOURCE,
                file=io.BytesIO(_pdf(paper.name, sheet)),
                file_name=f"cau-hoi-cua-to-khai-{code}.pdf",
            ),
            seen=(),
        )


def _pdf(title: str, sheet: ProcedureSheet) -> bytes:
    return bytes(typst.compile((_HEAD + "\n\n".join(_lines(title, sheet))).encode()))


def _lines(title: str, sheet: ProcedureSheet) -> Iterator[str]:
    yield f"#align(center)[#text(size: 10pt)[{_plain(MARK)}. Không dùng để nộp.]]"
    yield f'#align(center)[#text(size: 15pt, weight: "bold")[{_plain(title)}]]'
    for section in sheet.eform:
        yield f"*{_plain(section.title)}*"
        for field in section.fields:
            yield _line(field)
    yield "#v(8mm)#align(right)[......, ngày ...... tháng ...... năm ......]"
    yield "#align(right)[Người khai ký, ghi rõ họ tên#h(12mm)]"


def _line(field: FormField) -> str:
    label = _plain(field.label if field.label.endswith("?") else f"{field.label}:")
    choices = [each.label for each in field.options] or (
        ["Có", "Không"] if field.kind is FieldKind.YES_NO else []
    )
    if choices:
        return f"{label}\\ {'#h(6mm) '.join(map(_tick, choices))}"
    return f"{label} #box(width: 1fr, repeat[.])"


def _tick(choice: str) -> str:
    """A box to tick with its words, which stay on one line."""
    return f"#box[#box(width: 3.5mm, height: 3.5mm, stroke: 0.5pt) {_plain(choice)}]"


def _plain(text: str) -> str:
    """Text that the typesetter takes as it is."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'#text("{quoted}")'
