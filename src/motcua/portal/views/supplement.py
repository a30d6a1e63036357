"""Bring what the agency asked for: a list of it, a page for each thing, everything once more, then sent.

What was taken in waits with us until it is sent, on any device.
"""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from motcua.catalogue.rules import eforms
from motcua.catalogue.rules.sheets import EFORM
from motcua.dossiers import queries, services
from motcua.dossiers.enums import ENDED, PartKind
from motcua.dossiers.errors import SupplementSent, SupplementTakenBack
from motcua.dossiers.queries import DossierView
from motcua.dossiers.rules.answering import asks_for_form, sent_online
from motcua.dossiers.rules.preparation import Part
from motcua.dossiers.rules.receipt import reply_awaited
from motcua.dossiers.rules.state import SupplementRequest
from motcua.kernel.errors import Refusal
from motcua.portal import answer_tasks, filing_steps, filings, who
from motcua.portal.answers import Answer, is_taken_back, open_answer, too_late
from motcua.portal.filing_page import drawn, typed
from motcua.portal.forms.details import VouchingForm, leaving_of
from motcua.portal.papers import PaperRow, tell_unjoined, unjoined_in
from motcua.portal.views.paper_pages import paper_of
from motcua.theme import wording
from motcua.theme.access import access
from motcua.theme.camera import with_camera
from motcua.theme.downloads import made_pdf
from motcua.theme.errors_on_page import PageError, page_errors


# --- The list -----------------------------------------------------------------------------------------------
@access("citizen")
def supplement(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """What was asked for, how far each has come, and where one goes on.

    Basis: KT22-26.3, QN20-27.2, KT18-6.2#2.
    """
    answer = open_answer(request, dossier_id)
    if answer is None:
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    found = answer.preparation()
    context = {
        "nav": "own",
        "dossier": answer.view,
        "awaited": answer.awaited,
        "groups": answer_tasks.groups_of(answer, found),
        "next": answer_tasks.task_of(answer, found, found.next),
        "is_ready": found.is_ready,
        "is_begun": bool(answer.waiting),
        "is_shared": answer.is_shared,
        "left": len(found.open),
    }
    return render(request, "portal/supplement/tasks.html", context)


# --- One thing a page ---------------------------------------------------------------------------------------
@access("citizen")
def section(request: HttpRequest, dossier_id: str, number: int) -> HttpResponse:
    """One section of the e-form, as it was answered before. What is typed is saved, also what is faulty."""
    answer = open_answer(request, dossier_id)
    if answer is None:
        return too_late(request, dossier_id)
    sections = answer.view.sheet.eform
    if not (answer.has_form and 1 <= number <= len(sections)):
        raise Http404
    if eforms.asked(sections, answer.answers).isdisjoint(each.key for each in sections[number - 1].fields):
        return redirect("portal:supplement", dossier_id=dossier_id)
    form = answer.form_of(number, typed(request))
    if request.method == "POST":
        try:
            form = answer.save(number)
        except (SupplementSent, SupplementTakenBack):
            return too_late(request, dossier_id)
        if not answer.tells(form):
            is_right = form.check(who.now().date())
            if is_right or {"later", "back"} & set(request.POST):
                return _gone_on(request, answer)
    return _page(
        request, answer, "portal/filing/form.html", form=form, group=form.groups()[0],
        drawn_with=answer.drawn_with(form), is_named=number in answer.sections_named,
        said=answer_tasks.said_of_form(answer), last_by=answer.last_by(f"form-{number}"),
    )  # fmt: skip


@access("citizen")
@with_camera
def paper(request: HttpRequest, dossier_id: str, key: str) -> HttpResponse:
    """One paper: several files of it, taken back one by one."""
    answer = open_answer(request, dossier_id)
    if answer is None:
        return too_late(request, dossier_id)
    wanted = paper_of(answer.wanted, key)
    if request.method != "POST":
        return _paper_page(request, answer, _row_of(answer, key))
    try:
        taken = answer.take(wanted)
    except (SupplementSent, SupplementTakenBack):
        return too_late(request, dossier_id)
    errors = taken.errors
    row = _row_of(answer, key, errors)
    if not errors and {"later", "back"} & set(request.POST):
        return _gone_on(request, answer)
    if not errors and "go_on" in request.POST:
        if row.sent:
            tell_unjoined(request, [row])
            return _gone_on(request, answer)
        row = _row_of(answer, key, {key: (filings.missing_paper(row),)})
    if not row.errors:
        return redirect(request.get_full_path() + taken.say(request))
    return _paper_page(request, answer, row)


def _row_of(answer: Answer, key: str, errors: dict[str, tuple[str, ...]] | None = None) -> PaperRow:
    return next(row for row in answer.rows(errors) if row.paper.key == key)


def _paper_page(request: HttpRequest, answer: Answer, row: PaperRow) -> HttpResponse:
    return _page(
        request, answer, "portal/supplement/paper.html", row=row, lines=[row],
        errors=row.page_errors,
        said=answer_tasks.said_of(answer, {row.paper.key}), last_by=answer.last_by(f"paper-{row.paper.key}"),
    )  # fmt: skip


def _page(
    request: HttpRequest,
    answer: Answer,
    template: str,
    *,
    chapter: str = "asked",
    errors: list[PageError] | None = None,
    **context: object,
) -> HttpResponse:
    context |= {"sheet": answer.view.sheet, "awaited": answer.awaited, "dossier": answer.view}
    return drawn(request, template, answer_tasks.chapters(), chapter, errors=errors, is_saved=True, **context)


def _gone_on(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Where one comes now that the page is saved: to what is still to do, and then to the last page."""
    found = answer.preparation()
    is_from_check = filing_steps.is_from_check(request)
    if "later" in request.POST or ("back" in request.POST and not is_from_check):
        return redirect("portal:supplement", dossier_id=answer.view.id)
    if "back" in request.POST or found.is_ready:
        return redirect("portal:supplement_check", dossier_id=answer.view.id)
    return redirect(answer_tasks.page(answer, found.next, back_to_check=is_from_check))


# --- Everything once more, and sent -------------------------------------------------------------------------
@access("citizen")
def check(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """What would be sent, then send. However often it is pressed, it is sent once.

    Answers that take the place of those of the filing are vouched for as those were.

    Basis: KT22-26.3, QN20-27.2, KT18-6.2#2.
    """
    answer = open_answer(request, dossier_id)
    if answer is None:
        return _closed(request, dossier_id)
    errors: list[PageError] = []
    form = VouchingForm(typed(request)) if answer.waiting.get("answers") else None
    rows = answer.rows()
    unjoined = unjoined_in(rows)
    leaving = leaving_of(typed(request), unjoined)
    if request.method == "POST":
        errors = _lacking(answer)
        if not errors and leaving is not None:
            errors = page_errors(leaving)
        if not errors and (form is None or form.is_valid()):
            try:
                answer.send(request.POST.get("seen", ""))
            except Refusal as refusal:
                if open_answer(request, dossier_id) is None:  # pressed twice: the first press has sent it
                    return _closed(request, dossier_id)
                errors = [PageError(filings.said(refusal))]
            else:
                return _closed(request, dossier_id)
    found, stored = answer.preparation(), answer.stored
    sections = [
        filings.section_of(
            answer.view.sheet.eform[part.section - 1],
            stored,
            answer_tasks.page(answer, part, back_to_check=True),
        )
        for part in found.parts
        if part.section and (part.section in answer.sections_named or _is_saved(answer, part.section))
    ]
    pages = {part.paper: answer_tasks.page(answer, part, back_to_check=True) for part in found.parts}
    return _page(
        request, answer, "portal/supplement/check.html", chapter="send", errors=errors,
        left=len(found.open), answers=sections, has_others=len(sections) < len(_sections_of(found.parts)),
        worth_showing=[replace(row, href=pages[row.paper.key]) for row in rows],
        version=answer.view.version, seen=answer.mark, form=form, to_pay=answer.fees(),
        unjoined=unjoined, leaving=leaving,
    )  # fmt: skip


def _sections_of(parts: tuple[Part, ...]) -> list[Part]:
    return [part for part in parts if part.section]


def _is_saved(answer: Answer, number: int) -> bool:
    saved = answer.waiting.get("answers", {})
    return any(each.key in saved for each in answer.view.sheet.eform[number - 1].fields)


def _lacking(answer: Answer) -> list[PageError]:
    """Each thing that is not there yet, with its page."""
    found: list[PageError] = []
    faults = answer.faults
    for part in answer.preparation().open:
        address = answer_tasks.page(answer, part, back_to_check=True)
        if part.kind is PartKind.PAPER:
            row = _row_of(answer, part.paper)
            found.append(PageError(filings.missing_paper(row), f"{address}#{row.field}"))
            continue
        keys = [each.key for each in answer.view.sheet.eform[part.section - 1].fields if each.key in faults]
        found += [PageError(faults[key], f"{address}#id_{key}") for key in keys]
        if not keys:
            told = gettext("Chưa xong: %(part)s.") % {"part": answer_tasks.title_of(answer, part)}
            found.append(PageError(told, address))
    return found


def _closed(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Nothing is asked any more: to the acknowledgement of what was sent last, if it was sent here."""
    view = services.open_dossier(actor=who.actor(request), at=who.now(), dossier_id=dossier_id)
    if request.method == "POST":
        services.must_act(actor=who.actor(request), at=who.now(), view=view)
    if is_taken_back(view.state):
        return too_late(request, dossier_id)
    number = len(view.state.supplements)
    if number in _sent_here(view):
        return redirect("portal:supplement_sent", dossier_id=dossier_id, number=number)
    return redirect("portal:own_dossier", dossier_id=dossier_id)


def _sent_here(view: DossierView) -> dict[int, int]:
    return sent_online((entry.kind, entry.actor_kind) for entry in view.history)


@access("citizen")
def sent(request: HttpRequest, dossier_id: str, number: int) -> HttpResponse:
    """The acknowledgement of what was sent for the request of this number: when, what, what comes next."""
    view = services.open_dossier(actor=who.actor(request), at=who.now(), dossier_id=dossier_id)
    here = _sent_here(view)
    if number not in here:
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    state, answered = view.state, view.state.supplements[number - 1]
    facts = [
        {"key": gettext("Thủ tục"), "value": view.sheet.title},
        {"key": gettext("Nơi giải quyết"), "value": view.agency_name},
        {"key": gettext("Gửi lúc"), "value": wording.long_moment(answered.answered_at or who.now())},
    ]
    is_last = number == len(state.supplements)
    reply_by = reply_awaited(state) if is_last else None
    if reply_by:
        facts.append({"key": gettext("Trả lời chậm nhất"), "value": wording.long_moment(reply_by)})
    elif is_last and state.due_at and not state.is_paused and view.status not in ENDED:
        facts.append({"key": gettext("Hẹn trả kết quả"), "value": wording.long_moment(state.due_at)})
    context = {
        "nav": "own",
        "dossier": view,
        "facts": facts,
        "items": answered.items,
        "brought": _brought(view, answered, here[number]),
        "number": number,
        "before_acceptance": answered.before_acceptance,
        "receipt_on_request": queries.is_receipt_on_request(state, view.sheet, who.now().date()),
    }
    return render(request, "portal/supplement/sent.html", context)


def _brought(view: DossierView, answered: SupplementRequest, place: int) -> list[str]:
    """What was sent, by name; `place` is that of the answer in the history."""
    form = [gettext(EFORM)] if asks_for_form(view.sheet, answered) else []
    return form + [text for field, text in view.history[place].details if field == "brought"]


@access("citizen")
def acknowledgement(request: HttpRequest, dossier_id: str, number: int) -> HttpResponse:
    """The same as PDF to keep."""
    made = services.supplement_acknowledgement(
        actor=who.actor(request), at=who.now(), dossier_id=dossier_id, number=number
    )
    return made_pdf(made.content, name=made.name)
