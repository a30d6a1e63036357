"""A dossier before the leader, in words: what was applied for, what was proposed, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from motcua.desk.dossier_page import contents, sent_back_before
from motcua.desk.dossier_page.values import Paper, Row, SentBack
from motcua.desk.lines import first_pill
from motcua.desk.prospects import named, stop_at
from motcua.desk.several import to_tell
from motcua.dossiers import labels
from motcua.dossiers.enums import Decision
from motcua.dossiers.services import NextStep, Waiting
from motcua.theme.wording import Pill
from motcua.worktime.rules import Calendar


@dataclass(frozen=True, slots=True)
class ApprovalCard:
    """`offered` are the decisions that fit what was proposed: who proposes to refuse is not approved.
    `as_proposed` is the one that follows the proposal, None where there is none to follow.
    `asked` are the papers of a supplement request that waits for an agreement; `to_tell` how the applicant is
    told of it, where nothing that the system sends reaches them. `next_steps` name what the decision that
    fits leads to, `stops` are sentences on those that nobody could take.
    """

    id: str
    pick: str
    href: str
    reference: str
    name: str
    title: str
    pill: Pill | None
    due_at: datetime | None
    proposal: str
    proposed_by: str
    text: str
    back_to: str
    form: tuple[tuple[str, tuple[Row, ...]], ...]
    papers: tuple[Paper, ...]
    is_refusal: bool
    offered: tuple[str, ...]
    as_proposed: str | None
    asked: tuple[str, ...] = ()
    guidance: str = ""
    to_tell: str = ""
    sent_back: tuple[SentBack, ...] = ()
    next_steps: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()


def card_of(
    each: Waiting, calendar: Calendar, now: datetime, leading_on: tuple[NextStep, ...] = ()
) -> ApprovalCard:
    state = each.state
    asked = state.proposed_supplement
    is_refusal = not each.is_supplement and state.proposal is Decision.REFUSE
    return ApprovalCard(
        id=each.id,
        pick=f"{each.id}:{each.version}",
        href=reverse("desk:dossier", args=[each.id]),
        reference=state.reference,
        name=state.contents.applicant.name,
        title=each.sheet.title,
        pill=first_pill(each.task.due_at, state.measured_due_at, calendar, now, is_paused=state.stands_still),
        due_at=state.due_at,
        proposal=_proposal(each),
        proposed_by=each.proposed_by,
        text=each.proposal_text,
        back_to=gettext(each.back_to.name) if each.back_to else "",
        form=contents.answers(each.sheet.eform, state.contents.form_data),
        papers=contents.papers_of(
            each.id, each.sheet, state.contents.documents, each.file_names, channel=state.target.channel
        ),
        is_refusal=is_refusal,
        offered=(*_offered(each, is_refusal=is_refusal), ""),
        as_proposed=_as_proposed(each, is_refusal=is_refusal),
        asked=tuple(item.what for item in asked.items) if asked else (),
        guidance=asked.guidance if asked else "",
        to_tell=to_tell(each.unreached) if each.unreached else "",
        sent_back=sent_back_before(state, each.task),
        next_steps=tuple(named(step) for step in leading_on),
        stops=tuple(stop_at(step) for step in leading_on if step.is_nobodys),
    )


def _proposal(each: Waiting) -> str:
    if each.is_supplement:
        return gettext("Yêu cầu bổ sung hồ sơ")
    return gettext(labels.DECISION[each.state.proposal]) if each.state.proposal else ""


def _offered(each: Waiting, *, is_refusal: bool) -> tuple[str, str]:
    if each.is_supplement:
        return "release", "return_request"
    return ("refuse" if is_refusal else "approve"), "send_back"


def _as_proposed(each: Waiting, *, is_refusal: bool) -> str | None:
    """A refusal without a text is not followed in one press: the applicant is owed a reason."""
    if each.is_supplement:
        return "release"
    if is_refusal:
        return "refuse" if each.proposal_text else None
    return "approve" if each.state.proposal else None
