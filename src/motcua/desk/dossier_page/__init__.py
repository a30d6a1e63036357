"""The dossier page in words: everything the template prints, worked out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from motcua.catalogue import labels as catalogue_labels
from motcua.desk import labels as desk_labels
from motcua.desk.dossier_page import contents, course
from motcua.desk.dossier_page.course import entry_of, sent_back_before
from motcua.desk.dossier_page.timeline import earlier_page, next_of, older_of, timeline_of
from motcua.desk.dossier_page.values import DossierPage
from motcua.desk.dossier_page.verbs import verb_links
from motcua.dossiers import labels, queries
from motcua.dossiers.enums import Decision
from motcua.dossiers.queries import DossierView
from motcua.dossiers.rules.receipt import is_acknowledged
from motcua.dossiers.rules.state import Term
from motcua.kernel.limits import TimeLimit
from motcua.theme.ledgers import explained
from motcua.theme.wording import time_limit


def page_of(view: DossierView, now: datetime) -> DossierPage:
    links = verb_links(view)
    return DossierPage(
        id=view.id,
        is_cover=view.is_cover,
        is_of_office=view.is_of_office,
        **_head(view),
        **_term_of(view, now),
        **_course(view, now),
        **_contents(view),
        main_verbs=tuple(link for link in links if link.page.tone == "primary"),
        other_verbs=tuple(link for link in links if link.page.tone != "primary"),
    )


def _head(view: DossierView) -> dict[str, Any]:
    """Which dossier it is, and where it stands."""
    state, sheet = view.state, view.sheet
    return {
        "reference": state.reference,
        "is_accepted": bool(state.code),
        "is_acknowledged": is_acknowledged(state),
        "title": sheet.title,
        "procedure_code": sheet.code,
        "is_sample": sheet.is_sample,
        "applicant_name": state.contents.applicant.name,
        "status": gettext(labels.STATUS[state.status]),
        "tone": desk_labels.STATUS_TONE.get(state.status, ""),
        "decision": course.decision(view),
        "decision_tone": "bad" if state.decision is Decision.REFUSE else "good",
        "decided_otherwise": course.decided_otherwise(view),
    }


def _term_of(view: DossierView, now: datetime) -> dict[str, Any]:
    """By when it is due, why, and whether a date was kept."""
    state = view.state
    why = explained(
        view.due,
        view.arrived_at,
        renewed=state.due_at if state.promised_at else None,
        broken_off=state.ended_at if state.finished_at is None else None,
    )
    is_fetched = queries.goes_back(state) == "counter"
    is_told = why is not None and why.tells_closed(state.status, is_fetched=is_fetched, at=now)
    return {
        "pill": course.pill(view, now),
        "due_line": course.due_line(view),
        "term": _term(state.term) if state.accepted_at is not None else "",
        "calendar_name": queries.calendar_of(state, now).name,
        "why": why,
        "closed_then": why.closed_then if why and is_told else "",
        "apologies": course.apologies(view),
        "letter": None if view.is_cover else course.letter(view, now),
        "late_in_index": course.late_in_index(view),
    }


def _course(view: DossierView, now: datetime) -> dict[str, Any]:
    """What goes on with it: what is open, awaited, proposed and sent back."""
    awaited = view.state.supplement_awaited()
    return {
        "tasks": course.tasks(view, now),
        "consultations": course.consultations(view, now),
        "verifications": course.verifications(view),
        "waits_for_payment": course.waits_for_payment(view),
        "proposal": course.proposal(view),
        "sent_back": course.sent_back(view),
        "asked": tuple(item.what for item in awaited.items) if awaited else (),
        "guidance": awaited.guidance if awaited else "",
        "proposed": course.proposed_supplement(view),
        "to_tell": course.to_tell(view),
    }


def _contents(view: DossierView) -> dict[str, Any]:
    """What is in it: people, form, papers, results and slips."""
    return {
        "people": contents.people(view),
        "delivery": contents.delivery(view),
        "facts": contents.facts(view),
        "form": contents.form(view),
        "agreement": contents.agreement(view),
        "papers": contents.papers(view),
        "earlier_papers": contents.earlier_papers(view),
        "attached": course.attached(view),
        "results": contents.results(view),
        "fetched": contents.fetched(view),
        "slips": contents.slip_links(view),
    }


__all__ = ["earlier_page", "entry_of", "next_of", "older_of", "page_of", "sent_back_before", "timeline_of"]


def _term(term: Term) -> str:
    if not term.limit:
        return catalogue_labels.printed_term(term.printed, gettext) or gettext("Không quy định")
    return time_limit(TimeLimit.parse(term.limit))
