"""The parts of an answer to a supplement request: its rule is in `dossiers`, here are words and pages."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext

from motcua.dossiers.enums import PartKind, PartStanding
from motcua.dossiers.rules.preparation import Part, Preparation
from motcua.portal.answers import Answer
from motcua.portal.filing_steps import FROM_CHECK, Chapter
from motcua.portal.filing_tasks import Group, Task, hint_of_sending, left_of, with_unjoined
from motcua.portal.papers import unjoined_in
from motcua.portal.words import PARTS

PAGES = {
    PartKind.QUESTIONS: "supplement_form",
    PartKind.PAPER: "supplement_paper",
    PartKind.SENDING: "supplement_check",
}


def chapters() -> list[Chapter]:
    """What the pages count: what is asked for, and the end."""
    return [
        Chapter("asked", gettext("Phần cần bổ sung"), frozenset({PartKind.QUESTIONS, PartKind.PAPER})),
        Chapter("send", gettext("Gửi phần bổ sung"), frozenset({PartKind.SENDING})),
    ]


def page(answer: Answer, part: Part, *, back_to_check: bool = False) -> str:
    """The address of a part's page."""
    about = [part.section] if part.section else [part.paper] if part.paper else []
    address = reverse(f"portal:{PAGES[part.kind]}", args=[answer.view.id, *about])
    return f"{address}{FROM_CHECK}" if back_to_check else address


def title_of(answer: Answer, part: Part) -> str:
    if part.kind is PartKind.QUESTIONS:
        return answer.view.sheet.eform[part.section - 1].title
    if part.kind is PartKind.PAPER:
        return next(each.called for each in answer.wanted if each.key == part.paper)
    return str(PARTS[part.kind])


def said_of(answer: Answer, keys: Collection[str]) -> str:
    """What the agency wrote of these components; empty where it wrote no more than what they are called."""
    components = answer.view.sheet.components
    names = {each.key: (each.called, each.name) for each in components}  # requests of before have the latter
    said = []
    for item in answer.awaited.items:
        own = names.get(item.key, ())
        if item.key in keys and item.what not in own:
            start = next((f"{name}: " for name in own if item.what.startswith(f"{name}: ")), "")
            said.append(item.what.removeprefix(start))
    return "; ".join(said)


def said_of_form(answer: Answer) -> str:
    sheet = answer.view.sheet
    return said_of(answer, {each.key for each in sheet.components if sheet.is_answered(each)})


def key_in_tray(part: Part) -> str:
    """Under which name is kept who changed a part last."""
    return f"form-{part.section}" if part.section else f"paper-{part.paper}"


def task_of(answer: Answer, found: Preparation, part: Part) -> Task:
    """The row of one part."""
    about = str(part.section or part.paper)
    key = f"{part.kind}-{about}" if about else str(part.kind)
    if part.kind is PartKind.PAPER:
        hint = said_of(answer, {part.paper})
    else:
        hint = hint_of_sending(found) if part.kind is PartKind.SENDING else left_of(part)
    hint = " · ".join(each for each in (hint, answer.last_by(key_in_tray(part))) if each)
    href = "" if part.standing is PartStanding.NOT_YET else page(answer, part)
    return Task(key, title_of(answer, part), href, hint, part.standing)


def groups_of(answer: Answer, found: Preparation) -> list[Group]:
    """What was asked for, what else may be put right, and the end."""
    named = answer.sections_named

    def key_of(part: Part) -> str:
        if part.kind is PartKind.SENDING:
            return "send"
        return "others" if part.section and part.section not in named else "asked"

    titles = {
        "asked": gettext("Cơ quan yêu cầu"),
        "others": gettext("Mục khác của tờ khai, chỉ sửa khi cần"),
        "send": gettext("Gửi phần bổ sung"),
    }
    unjoined = unjoined_in(answer.rows())

    def row_of(part: Part) -> Task:
        return with_unjoined(
            task_of(answer, found, part), (each for each in unjoined if each.key == part.paper)
        )

    made = [
        Group(key, title, [row_of(part) for part in found.parts if key_of(part) == key])
        for key, title in titles.items()
    ]
    return [group for group in made if group.tasks]
