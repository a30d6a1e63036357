"""The parts of a filing being prepared: its rule is in `dossiers`, here are the words and the pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from motcua.dossiers.enums import PartKind, PartStanding
from motcua.dossiers.rules.preparation import Part, Preparation
from motcua.portal import filings, words
from motcua.portal.drafts import Draft
from motcua.theme.refusals import sentence

NAMED_AT_MOST = 3  # papers that are lacking, by name; more are counted


@dataclass(frozen=True, slots=True)
class Task:
    """One row. `hint` says what is there or what is left; without `href` it cannot be begun yet."""

    key: str
    title: str
    href: str
    hint: str
    standing: PartStanding

    @property
    def said(self) -> str:
        return str(words.PART_STANDING[self.standing])

    @property
    def has_tag(self) -> bool:
        """What is done is written plainly, so that what is left stands out."""
        return self.standing in words.PART_TONES

    @property
    def tone(self) -> str:
        return words.PART_TONES.get(self.standing, "")


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    title: str
    tasks: list[Task]


def groups_of(draft: Draft, found: Preparation) -> list[Group]:
    """All parts in their order, under what they belong to."""
    headings = (
        ("whose", gettext("Người nộp và nơi giải quyết"), {PartKind.DETAILS}),
        ("form", gettext("Tờ khai"), {PartKind.QUESTIONS}),
        ("papers", gettext("Giấy tờ và kết quả"), {PartKind.PAPERS, PartKind.DELIVERY}),
        ("send", gettext("Gửi hồ sơ"), {PartKind.SENDING}),
    )
    groups = [
        Group(key, title, [task_of(draft, found, part) for part in found.parts if part.kind in kinds])
        for key, title, kinds in headings
    ]
    return [group for group in groups if group.tasks]


def task_of(draft: Draft, found: Preparation, part: Part) -> Task:
    """The row of one part."""
    key = f"{part.kind}-{part.section}" if part.section else str(part.kind)
    hint = sentence(part.refusal) if part.refusal else _HINTS[part.kind](draft, found, part)
    href = "" if part.standing is PartStanding.NOT_YET else _page(draft, part)
    return Task(key, _title(draft, part), href, hint, part.standing)


def _title(draft: Draft, part: Part) -> str:
    if part.kind is PartKind.QUESTIONS:
        return draft.view.sheet.eform[part.section - 1].title
    return str(words.PARTS[part.kind])


def _page(draft: Draft, part: Part) -> str:
    page = reverse(f"portal:{_PAGES[part.kind]}", args=[draft.view.id])
    return f"{page}#phan-{part.section}" if part.section > 1 else page


_PAGES = {
    PartKind.DETAILS: "file_details",
    PartKind.QUESTIONS: "file_form",
    PartKind.PAPERS: "file_papers",
    PartKind.DELIVERY: "file_delivery",
    PartKind.SENDING: "file_check",
}


def _whose(draft: Draft, found: Preparation, part: Part) -> str:
    return " · ".join(each for each in (draft.contents.applicant.name, draft.view.agency_name) if each)


def _questions(draft: Draft, found: Preparation, part: Part) -> str:
    count = len(part.left)
    if not count:
        return ""
    text = ngettext(
        "Còn %(count)s câu phải trả lời hoặc sửa lại.", "Còn %(count)s câu phải trả lời hoặc sửa lại.", count
    )
    return text % {"count": count}


def _papers(draft: Draft, found: Preparation, part: Part) -> str:
    if not part.wanted:
        return ""
    ready = gettext("Đã có %(ready)s trên %(wanted)s giấy tờ phải nộp.") % {
        "ready": part.wanted - len(part.left),
        "wanted": part.wanted,
    }
    if not part.left:
        return ready
    named = "; ".join(part.left[:NAMED_AT_MOST]) + ("…" if len(part.left) > NAMED_AT_MOST else ".")
    return f"{ready} {gettext('Còn thiếu:')} {named}"


def _delivery(draft: Draft, found: Preparation, part: Part) -> str:
    return ", ".join(each["value"] for each in filings.wish_of(draft.contents))


def _sending(draft: Draft, found: Preparation, part: Part) -> str:
    """Why it has to wait."""
    count = len(found.open)
    if not count:
        return ""
    text = ngettext("Còn %(count)s phần phải làm trước.", "Còn %(count)s phần phải làm trước.", count)
    return text % {"count": count}


_HINTS = {
    PartKind.DETAILS: _whose,
    PartKind.QUESTIONS: _questions,
    PartKind.PAPERS: _papers,
    PartKind.DELIVERY: _delivery,
    PartKind.SENDING: _sending,
}
