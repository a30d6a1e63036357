"""A dossier before the leader, in words: what was applied for, what was proposed, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from motcua.desk.dossier_page import contents
from motcua.desk.dossier_page.values import Paper, Row
from motcua.desk.lines import first_pill
from motcua.dossiers import labels
from motcua.dossiers.enums import Decision
from motcua.dossiers.services import Waiting
from motcua.theme.wording import Pill
from motcua.worktime.rules import Calendar


@dataclass(frozen=True, slots=True)
class ApprovalCard:
    """`is_refusal`: what was proposed is to refuse, so it is refused or sent back, and not approved."""

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


def card_of(each: Waiting, calendar: Calendar, now: datetime) -> ApprovalCard:
    state = each.state
    return ApprovalCard(
        id=each.id,
        pick=f"{each.id}:{each.version}",
        href=reverse("desk:dossier", args=[each.id]),
        reference=state.reference,
        name=state.contents.applicant.name,
        title=each.sheet.title,
        pill=first_pill(each.task.due_at, state.measured_due_at, calendar, now, is_paused=state.is_paused),
        due_at=state.due_at,
        proposal=gettext(labels.DECISION[state.proposal]) if state.proposal else "",
        proposed_by=each.proposed_by,
        text=each.proposal_text,
        back_to=gettext(each.back_to.name) if each.back_to else "",
        form=contents.answers(each.sheet.eform, state.contents.form_data),
        papers=contents.papers_of(
            each.id, each.sheet, state.contents.documents, each.file_names, channel=state.target.channel
        ),
        is_refusal=each.state.proposal is Decision.REFUSE,
    )
