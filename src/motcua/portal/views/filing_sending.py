"""The end of a filing: everything once more, then sent, and the acknowledgement."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from motcua.dossiers import services
from motcua.dossiers.enums import PartKind
from motcua.dossiers.errors import (
    ConsentRequired,
    DeliveryNotChosen,
    DetailsUnfinished,
    Incomplete,
    WayNotOffered,
)
from motcua.dossiers.rules.preparation import QUESTIONS
from motcua.dossiers.rules.receipt import is_acknowledged, reply_awaited
from motcua.kernel.errors import Refusal
from motcua.portal import by_post, drafts, filing_steps, filing_tasks, filings, paper_pages, paying, who
from motcua.portal.drafts import Draft
from motcua.portal.filing_page import step_page, typed
from motcua.portal.forms import details as forms
from motcua.theme import consents, wording
from motcua.theme.access import access
from motcua.theme.errors_on_page import PageError


@access("citizen")
def check(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Everything once more, consent and declaration, then send. Pressed twice, it is one dossier.

    Basis: QN20-9.2, KT18-6.2#1, KT18-16.2, DL24-24.7, PT24-24.3.
    """
    draft = drafts.open_draft(request, dossier_id)
    if draft is None:
        return redirect("portal:file_sent", dossier_id=dossier_id)
    declaration = forms.DeclarationForm(typed(request), contents=draft.contents)
    errors: list[PageError] = []
    if request.method == "POST" and declaration.is_valid():
        try:
            services.submit(
                actor=who.actor(request),
                at=who.now(),
                dossier_id=dossier_id,
                expected_version=draft.expected,
                submission_key=f"online-{dossier_id}",
                consent=request.POST.get("words", ""),
            )
        except Incomplete as refusal:
            errors = incomplete(draft, refusal)
        except (DeliveryNotChosen, WayNotOffered) as refusal:
            errors = [PageError(filings.said(refusal), reverse("portal:file_delivery", args=[dossier_id]))]
        except DetailsUnfinished:
            errors = unfinished(draft)
        except ConsentRequired as refusal:
            errors = [PageError(filings.said(refusal), "#id_consented")]
        except Refusal as refusal:
            errors = [PageError(filings.said(refusal))]
        else:
            paper_pages.forget_draft(request, dossier_id)
            return redirect("portal:file_sent", dossier_id=dossier_id)
    found = filing_steps.preparation(draft)
    change = filing_steps.changes(draft, found)
    return step_page(
        request,
        "check",
        draft=draft,
        form=declaration,
        errors=errors,
        summary=filings.summary_of(draft, change),
        answers=filings.answers_of(draft, change),
        worth_showing=filings.read_back(draft),
        wish=filings.wish_of(draft.contents),
        consent=consents.NOW,
        to_pay=paying.of(draft.view, who.now()),
        by_post=by_post.of(draft.view, who.now().date()),
        left=len(found.open),
        back=filing_steps.page(dossier_id, found.before(found.parts[-1]) or found.parts[-1]),
        papers_page=change(PartKind.PAPERS, 0),
        delivery_page=change(PartKind.DELIVERY, 0),
    )


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
    if state.received_at and state.filed_at and state.received_at - state.filed_at >= timedelta(minutes=1):
        text = wording.long_moment(state.received_at)
        facts.append({"key": gettext("Được tính là nộp lúc"), "value": text})
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
    }
    return render(request, "portal/filing/sent.html", context)


def incomplete(draft: Draft, refusal: Incomplete) -> list[PageError]:
    """What is missing, with the page where it can be given."""
    fields: dict[str, str] = refusal.params.get("fields", {})  # type: ignore[assignment]
    missing: tuple[str, ...] = refusal.params.get("documents", ())  # type: ignore[assignment]
    sections = {
        question.key: number
        for number, section in enumerate(draft.view.sheet.eform, start=1)
        for question in section.fields
    }
    papers_page = reverse("portal:file_papers", args=[draft.view.id]) + filing_steps.FROM_CHECK

    def at(key: str) -> str:
        address = reverse("portal:file_form", args=[draft.view.id, sections[key]])
        return f"{address}{filing_steps.FROM_CHECK}#id_{key}"

    found = [PageError(text, at(key)) for key, text in fields.items()]
    return found + [
        PageError(gettext("Chưa có: %(paper)s.") % {"paper": name}, papers_page) for name in missing
    ]


def unfinished(draft: Draft) -> list[PageError]:
    """The parts about people and the result that are not finished, each with its page."""
    parts = [each for each in filing_steps.preparation(draft).open if each.kind in QUESTIONS]
    return [
        PageError(
            gettext("Chưa xong: %(part)s.") % {"part": filing_tasks.title_of(draft, part)},
            filing_steps.with_faults(filing_steps.page(draft.view.id, part, back_to_check=True)),
        )
        for part in parts
    ]
