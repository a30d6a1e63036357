"""The end of a filing: everything once more, then sent, and the acknowledgement."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from motcua.dossiers import labels, queries, services
from motcua.dossiers.enums import PartKind, Status
from motcua.dossiers.errors import ConsentRequired
from motcua.dossiers.rules.behalf import tray_owner
from motcua.dossiers.rules.preparation import QUESTIONS, Part, Preparation
from motcua.dossiers.rules.receipt import is_acknowledged, reply_awaited
from motcua.kernel.errors import Refusal
from motcua.portal import by_post, drafts, filing_steps, filing_tasks, filings, paper_pages, paying, who
from motcua.portal.drafts import Draft
from motcua.portal.filing_page import step_page, typed
from motcua.portal.forms import details as forms
from motcua.theme import consents, wording
from motcua.theme.access import access
from motcua.theme.errors_on_page import PageError, page_errors


@access("citizen")
def check(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Everything once more, consent and declaration, then send. Pressed twice, it is one dossier.

    While a part is unfinished nothing can be sent here: the parts are named instead.

    Basis: QN20-9.2, KT18-6.2#1, KT18-16.2, DL24-24.7, PT24-24.3, DL24-7.3#2.
    """
    draft = drafts.open_draft(request, dossier_id)
    if draft is None:
        return redirect("portal:file_sent", dossier_id=dossier_id)
    found = filing_steps.preparation(draft)
    left = unfinished(draft, found)
    sent = None if left else typed(request)
    declaration = forms.DeclarationForm(sent, contents=draft.contents)
    unjoined = filings.unjoined(draft, who.actor(request))
    leaving = forms.leaving_of(sent, unjoined)
    errors = left if request.method == "POST" else []
    if leaving is not None and leaving.is_bound:
        errors = page_errors(leaving)
    if declaration.is_valid() and (leaving is None or leaving.is_valid()):
        errors = _submitted(request, draft)
        if not errors:
            return redirect("portal:file_sent", dossier_id=dossier_id)
    return step_page(
        request,
        "check",
        draft=draft,
        form=declaration,
        errors=errors,
        left=left,
        unjoined=unjoined,
        leaving=leaving,
        **_read_back(draft, found),
        **_ways_on(draft, found),
    )


def _submitted(request: HttpRequest, draft: Draft) -> list[PageError]:
    """Send it, and forget what lay ready for it; else why it was refused."""
    actor, dossier_id = who.actor(request), draft.view.id
    try:
        services.submit(
            actor=actor,
            at=who.now(),
            dossier_id=dossier_id,
            expected_version=draft.expected,
            submission_key=f"online-{dossier_id}",
            consent=request.POST.get("words", ""),
        )
    except ConsentRequired as refusal:
        return [PageError(filings.said(refusal), "#id_consented")]
    except Refusal as refusal:
        return [PageError(filings.said(refusal))]
    paper_pages.forget_draft(tray_owner(actor, draft.view.state.behalf), dossier_id)
    return []


def _read_back(draft: Draft, found: Preparation) -> dict[str, Any]:
    """What is about to be sent, what it costs, and what is asked besides."""
    view, now = draft.view, who.now()
    change = filing_steps.changes(draft, found)
    return {
        "summary": filings.summary_of(draft, change),
        "answers": filings.answers_of(draft, change),
        "worth_showing": filings.read_back(draft),
        "mandate_paper": filings.mandate_paper(draft),
        "stays_behind": filings.stays_behind(draft),
        "wish": filings.wish_of(draft.contents),
        "consent": consents.NOW,
        "to_pay": paying.of(view, now, filings.sent_of(draft).form_data),
        "by_post": by_post.of(view, now.date()),
        "receipt_on_request": queries.is_receipt_on_request(view.state, view.sheet, now.date()),
        "papers_page": change(PartKind.PAPERS, 0),
        "delivery_page": change(PartKind.DELIVERY, 0),
    }


def _ways_on(draft: Draft, found: Preparation) -> dict[str, Any]:
    """What is still to be done, with its page, and the way back."""
    dossier_id = draft.view.id
    return {
        "parts_left": len(found.open),
        "next": filing_tasks.task_of(draft, found, found.next),
        "next_page": filing_steps.page(dossier_id, found.next, back_to_check=True),
        "back": filing_steps.page(dossier_id, found.before(found.parts[-1]) or found.parts[-1]),
    }


@access("citizen")
def sent(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """The acknowledgement: the number to keep, and what comes next."""
    view = services.open_dossier(actor=who.actor(request), at=who.now(), dossier_id=dossier_id)
    if view.state.filed_at is None:
        return redirect("portal:file_check", dossier_id=dossier_id)
    state = view.state
    facts = [
        {"key": gettext("Thủ tục"), "value": view.sheet.title},
        {"key": gettext("Nơi giải quyết"), "value": view.agency_name},
        {"key": gettext("Gửi lúc"), "value": wording.long_moment(state.filed_at or who.now())},
    ]
    # QN20-11.1: the confirmation tells when the dossier is officially received
    received = _receipt(queries.counted(state))
    facts.append({"key": gettext("Thời điểm tiếp nhận chính thức"), "value": received})
    if reply_by := reply_awaited(state):
        facts.append({"key": gettext("Trả lời chậm nhất"), "value": wording.long_moment(reply_by)})
    context = {
        "nav": "own",
        "view": view,
        "state": state,
        "facts": facts,
        "is_acknowledged": is_acknowledged(state),
        "to_pay": paying.of(view, who.now()),
        "by_post": by_post.of(view, who.now().date()),
        "receipt_on_request": queries.is_receipt_on_request(state, view.sheet, who.now().date()),
        "has_moved_on": state.status is not Status.SUBMITTED,
    }
    return render(request, "portal/filing/sent.html", context)


def _receipt(counted: queries.Counted) -> str:
    """When the filing counts as received, as its PDF and its letter say it too.

    Basis: QN20-11.1#2, DL24-8.1.c#1, PT24-9.2.c#1, KT18-14.3#1.
    """
    if not counted.is_stated or counted.received_at is None:
        return gettext(labels.RECEIPT_ON_ACCEPTANCE)
    words = labels.RECEIPT_OFF_HOURS if counted.off_hours_at else labels.RECEIPT_IF_VALID
    return gettext(words) % {"at": wording.long_moment(counted.received_at)}


def unfinished(draft: Draft, found: Preparation) -> list[PageError]:
    """The parts that have to be done before sending, each named, with its page."""
    return [PageError(text, _place(draft, part)) for part in found.open for text in _lacking(draft, part)]


def _place(draft: Draft, part: Part) -> str:
    """The page of a part, at the first question that wants something."""
    address = filing_steps.page(draft.view.id, part, back_to_check=True)
    if part.kind is PartKind.QUESTIONS:
        fields = draft.view.sheet.eform[part.section - 1].fields
        keys = [each.key for each in fields if each.label in part.left]
        return f"{address}#id_{keys[0]}" if keys else address
    return filing_steps.with_faults(address) if part.left and part.kind in QUESTIONS else address


def _lacking(draft: Draft, part: Part) -> list[str]:
    """What is told of one part: papers by their names, of questions the part in which they stand."""
    if part.kind is PartKind.PAPERS:
        return [gettext("Chưa có: %(paper)s.") % {"paper": name} for name in part.left]
    if part.refusal is not None:
        return [filings.said(part.refusal)]
    return [gettext("Chưa xong: %(part)s.") % {"part": filing_tasks.title_of(draft, part)}]
