"""The parts of a filing being prepared: its rule is in `dossiers`, here are the words and the pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext, ngettext

from motcua.dossiers import labels
from motcua.dossiers.enums import PartKind, PartStanding
from motcua.dossiers.rules.preparation import Part, Preparation
from motcua.portal import filing_steps, filings, words
from motcua.portal.drafts import Draft
from motcua.portal.papers import Unjoined
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


def groups_of(draft: Draft, found: Preparation, unjoined: Sequence[Unjoined] = ()) -> list[Group]:
    """All parts in their order, under what they belong to; at the papers also what of them is `unjoined`."""
    tasks = {part: task_of(draft, found, part) for part in found.parts}
    for part in tasks:
        if part.kind is PartKind.PAPERS:
            tasks[part] = with_unjoined(tasks[part], unjoined)
    groups = [
        Group(
            each.key,
            each.title,
            [task for part, task in tasks.items() if part.kind in each.kinds],
        )
        for each in filing_steps.chapters(draft.view.sheet)
    ]
    return [group for group in groups if group.tasks]


def with_unjoined(task: Task, unjoined: Iterable[Unjoined]) -> Task:
    """The row with the pages that are not sent as long as nobody joins them."""
    return replace(
        task, hint=" ".join(each for each in (task.hint, *(page.said for page in unjoined)) if each)
    )


def task_of(draft: Draft, found: Preparation, part: Part) -> Task:
    """The row of one part."""
    key = f"{part.kind}-{part.section}" if part.section else str(part.kind)
    hint = sentence(part.refusal) if part.refusal else _HINTS[part.kind](draft, found, part)
    href = "" if part.standing is PartStanding.NOT_YET else filing_steps.page(draft.view.id, part)
    return Task(key, title_of(draft, part), href, hint, part.standing)


def title_of(draft: Draft, part: Part) -> str:
    if part.kind is PartKind.QUESTIONS:
        return draft.view.sheet.eform[part.section - 1].title
    return str(words.PARTS[part.kind])


def _whom(draft: Draft, found: Preparation, part: Part) -> str:
    return gettext("Cho người khác") if draft.contents.submitter_name else gettext("Cho tôi")


def _case(draft: Draft, found: Preparation, part: Part) -> str:
    return filings.case_of(draft) or gettext("Không thuộc trường hợp riêng nào")


def _agency(draft: Draft, found: Preparation, part: Part) -> str:
    return draft.view.agency_name


def _person(draft: Draft, found: Preparation, part: Part) -> str:
    return left_of(part) or draft.contents.applicant.name


def _capacity(draft: Draft, found: Preparation, part: Part) -> str:
    chosen = draft.contents.capacity
    return left_of(part) or (gettext(labels.CAPACITY[chosen]) if chosen else "")


def _contact(draft: Draft, found: Preparation, part: Part) -> str:
    person = draft.contents.applicant
    return left_of(part) or " · ".join(each for each in (person.phone, person.address) if each)


def left_of(part: Part, filled_in: Collection[str] = ()) -> str:
    """How many questions still want something, but for those that are `filled_in` already and want no more
    than a look; empty when none does."""
    count = sum(label not in filled_in for label in part.left)
    if not count:
        return ""
    text = ngettext("Còn %(count)s câu chưa xong.", "Còn %(count)s câu chưa xong.", count)
    return text % {"count": count}


def _questions(draft: Draft, found: Preparation, part: Part) -> str:
    """What is left to be typed. What the page fills in when it is opened is no question that is open, though
    nobody has saved it yet."""
    section = draft.view.sheet.eform[part.section - 1]
    shown = filings.shown_of(draft, section)
    filled_in = {each.label for each in section.fields if shown.get(each.key)}
    left = left_of(part, filled_in)
    if left or not part.left:
        return left
    return gettext("Đã điền sẵn từ thông tin bạn đã khai. Hãy xem lại rồi lưu.")


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
    return left_of(part) or ", ".join(each["value"] for each in filings.wish_of(draft.contents))


def _sending(draft: Draft, found: Preparation, part: Part) -> str:
    return hint_of_sending(found)


def hint_of_sending(found: Preparation) -> str:
    """Why sending has to wait; empty when it need not."""
    count = len(found.open)
    if not count:
        return ""
    text = ngettext("Còn %(count)s phần phải làm trước.", "Còn %(count)s phần phải làm trước.", count)
    return text % {"count": count}


_HINTS = {
    PartKind.WHOM: _whom,
    PartKind.CASE: _case,
    PartKind.AGENCY: _agency,
    PartKind.PERSON: _person,
    PartKind.CAPACITY: _capacity,
    PartKind.CONTACT: _contact,
    PartKind.QUESTIONS: _questions,
    PartKind.PAPERS: _papers,
    PartKind.DELIVERY: _delivery,
    PartKind.SENDING: _sending,
}
