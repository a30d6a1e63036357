"""File online: a list of the parts, and a page for each question. Each page saves, also what is faulty, and
each can be left: for the list, for the page before, for another device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from motcua.catalogue.enums import Channel
from motcua.catalogue.rules import eforms
from motcua.catalogue.rules.agreeing import CASE
from motcua.catalogue.rules.eforms import FormSection
from motcua.dossiers import queries
from motcua.dossiers.enums import PartKind, Verb
from motcua.dossiers.errors import Stale
from motcua.dossiers.rules.behalf import tray_owner
from motcua.dossiers.rules.completeness import judged_with
from motcua.kernel.errors import Refusal
from motcua.portal import drafts, filing_steps, filing_tasks, filings, outages, paper_pages, papers, who
from motcua.portal.drafts import Draft
from motcua.portal.filing_page import agency_form, contact_form, person_form, step_page, typed
from motcua.portal.forms import details as forms
from motcua.portal.forms.eform import EFormForm
from motcua.theme.access import access
from motcua.theme.camera import with_camera
from motcua.theme.errors_on_page import PageError
from motcua.theme.forms import FaceForm


# --- The list -----------------------------------------------------------------------------------------------
@access("citizen")
def tasks(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Where one goes on, on whichever device: what is done, what is left."""
    draft = drafts.open_draft(request, dossier_id)
    if draft is None:
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    found = filing_steps.preparation(draft)
    context = {
        "nav": "own",
        "sheet": draft.view.sheet,
        "principal": forms.principal_of(draft.view.state.behalf),
        "lapsed": drafts.why_lapsed(request, draft),
        "saved_at": draft.view.state.last_at,
        "groups": filing_tasks.groups_of(draft, found, filings.unjoined(draft, who.actor(request))),
        "next": filing_tasks.task_of(draft, found, found.next),
        "is_ready": found.is_ready,
        "left": len(found.open),
        "dossier_id": dossier_id,
        "may_be_dropped": any(offer.verb is Verb.WITHDRAW for offer in draft.view.verbs),
        "outages": outages.notices(draft.target.agency_id),
    }
    return render(request, "portal/filing/tasks.html", context)


# --- The questions about people and place -------------------------------------------------------------------
@access("citizen")
def whom(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """For oneself or for somebody else; another answer begins the person anew."""

    def form_of(draft: Draft) -> FaceForm | None:
        if draft.view.state.behalf is not None:
            return None
        chosen = forms.SOMEBODY if draft.contents.submitter_name else forms.MYSELF
        lost = forms.lost_by_turning(draft.contents, who.card(request))
        return forms.WhomForm(
            typed(request), chosen=chosen, hints=forms.whom_hints(draft.view.sheet), lost=lost
        )

    def change(draft: Draft, form: FaceForm) -> dict[str, Any]:
        is_for_another = form.cleaned_data["whose"] == forms.SOMEBODY
        card = who.card(request)
        return {"contents": forms.turned_over(draft.contents, card, is_for_another=is_for_another)}

    return _choice(request, dossier_id, PartKind.WHOM, form_of, change)


@access("citizen")
def case(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Which case of the procedure."""

    def form_of(draft: Draft) -> FaceForm | None:
        sheet = draft.view.sheet
        if not sheet.variants:
            return None
        return forms.CaseForm(typed(request), sheet=sheet, chosen=sheet.case_of(draft.target.variant))

    def change(draft: Draft, form: FaceForm) -> dict[str, Any]:
        return {"variant": draft.view.sheet.variant_of(form.cleaned_data["variant"])}

    return _choice(request, dossier_id, PartKind.CASE, form_of, change)


@access("citizen")
def agency(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """To which agency."""

    def form_of(draft: Draft) -> FaceForm | None:
        offers, chosen = filings.offers_of(draft.target.procedure_version_id), draft.target.agency_id
        if [offer.agency_id for offer in offers] in ([], [chosen]):
            return None
        back_to_check = filing_steps.BACK_TO_CHECK if filing_steps.is_from_check(request) else {}
        return agency_form(request, offers, back_to_check, chosen=str(chosen))

    def change(draft: Draft, form: FaceForm) -> dict[str, Any]:
        return {"agency_id": int(form.cleaned_data["agency"])}

    return _choice(request, dossier_id, PartKind.AGENCY, form_of, change)


@access("citizen")
def person(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Whose dossier it is."""

    def form_of(draft: Draft) -> forms.AskingForm | None:
        principal = forms.principal_of(draft.view.state.behalf)
        if principal and principal.is_organisation:
            return None
        return person_form(request, draft.contents, principal)

    return _question(request, dossier_id, PartKind.PERSON, form_of)


@access("citizen")
def capacity(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """As what one files for somebody else, and by which paper."""

    def form_of(draft: Draft) -> forms.AskingForm | None:
        if draft.view.state.behalf is not None or not draft.contents.submitter_name:
            return None
        return forms.CapacityForm(
            typed(request), contents=draft.contents, no_mandate=draft.view.sheet.no_mandate
        )

    return _question(request, dossier_id, PartKind.CAPACITY, form_of)


@access("citizen")
def contact(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """How whoever files is reached."""

    def form_of(draft: Draft) -> forms.AskingForm:
        return contact_form(request, draft.contents, forms.principal_of(draft.view.state.behalf))

    return _question(request, dossier_id, PartKind.CONTACT, form_of)


@access("citizen")
def delivery(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """How and where the result is wanted."""

    def form_of(draft: Draft) -> forms.AskingForm:
        ways = queries.return_ways(draft.view.sheet, Channel.ONLINE, who.now().date())
        is_asked = draft.contents.delivery.receipt_asked
        return forms.DeliveryForm(
            typed(request),
            ways=ways,
            desk=filings.desk_of(draft),
            contents=draft.contents,
            must_come=draft.view.sheet.must_come,
            with_receipt=is_asked
            or queries.is_receipt_on_request(draft.view.state, draft.view.sheet, who.now().date()),
        )

    return _question(request, dossier_id, PartKind.DELIVERY, form_of)


def _choice(
    request: HttpRequest,
    dossier_id: str,
    kind: PartKind,
    form_of: Callable[[Draft], FaceForm | None],
    change: Callable[[Draft, FaceForm], dict[str, Any]],
) -> HttpResponse:
    """A question that is answered by choosing. Nothing chosen is nothing to keep."""
    draft = drafts.open_draft(request, dossier_id)
    form = form_of(draft) if draft else None
    if draft is None or form is None:
        return redirect("portal:file_tasks", dossier_id=dossier_id)
    errors: list[PageError] = []
    if request.method == "POST":
        is_leaving = "later" in request.POST or "back" in request.POST
        try:
            if form.is_valid():
                drafts.save(request, draft, **change(draft, form))
        except Refusal as refusal:
            errors = [PageError(filings.said(refusal))]
        else:
            if form.is_valid() or is_leaving:
                return _gone_on(request, dossier_id, kind)
    return step_page(request, str(kind), draft=draft, form=form, errors=errors)


def _question(
    request: HttpRequest,
    dossier_id: str,
    kind: PartKind,
    form_of: Callable[[Draft], forms.AskingForm | None],
) -> HttpResponse:
    """A question that is answered by typing. Everything is kept, what is faulty too."""
    draft = drafts.open_draft(request, dossier_id)
    form = form_of(draft) if draft else None
    if draft is None or form is None:
        return redirect("portal:file_tasks", dossier_id=dossier_id)
    errors: list[PageError] = []
    version = draft.view.version
    if request.method != "POST" and filing_steps.shows_faults(request):
        form.judge_kept()
    if request.method == "POST":
        try:
            version = drafts.save(request, draft, contents=form.kept())
        except Refusal as refusal:
            errors = [PageError(filings.said(refusal))]
        else:
            if form.is_valid() or "later" in request.POST or "back" in request.POST:
                return _gone_on(request, dossier_id, kind)
    return step_page(
        request, str(kind), draft=draft, form=form, errors=errors, version=version,
        principal=forms.principal_of(draft.view.state.behalf),
    )  # fmt: skip


def _gone_on(request: HttpRequest, dossier_id: str, kind: PartKind, section: int = 0) -> HttpResponse:
    """Where one comes now that the page is saved."""
    draft = drafts.open_draft(request, dossier_id)
    if draft is None:
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    return redirect(filing_steps.onwards(request, draft, kind, section))


# --- The form and the papers --------------------------------------------------------------------------------
@access("citizen")
def form(request: HttpRequest, dossier_id: str, number: int) -> HttpResponse:
    """One section of the procedure's e-form. What is typed is saved even where it is faulty."""
    draft = drafts.open_draft(request, dossier_id)
    if draft is None:
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    sections, answers = draft.view.sheet.eform, draft.contents.form_data
    if not 1 <= number <= len(sections):
        raise Http404
    section = sections[number - 1]
    beside = _counting(draft)
    if eforms.asked(sections, beside).isdisjoint(each.key for each in section.fields):
        return redirect("portal:file_tasks", dossier_id=dossier_id)
    eform = EFormForm([section], typed(request), initial=filings.shown_of(draft, section), beside=beside)
    errors: list[PageError] = []
    version = draft.view.version
    if request.method == "POST":
        is_right = eform.check(who.now().date())
        try:
            kept = replace(draft.contents, form_data=eform.kept(answers))
            contested: dict[str, Any] = {}
            try:
                version = drafts.save(request, draft, contents=kept)
            except Stale:
                draft, eform, contested = _sorted_out(request, draft, section, eform)
                version = draft.view.version
                is_right = not eform.tell_contested(contested) and eform.check(who.now().date())
        except Refusal as refusal:
            errors = [PageError(filings.said(refusal))]
        else:
            is_leaving = "later" in request.POST or "back" in request.POST
            if is_right or (is_leaving and not contested):
                return _gone_on(request, dossier_id, PartKind.QUESTIONS, number)
    asked = [part.section for part in filing_steps.preparation(draft).parts if part.section]
    return step_page(
        request, "form", draft=draft, form=eform, errors=errors, version=version,
        group=eform.groups()[0], case=_case_shown(draft, section),
        place=asked.index(number) + 1, places=len(asked),
    )  # fmt: skip


def _case_shown(draft: Draft, section: FormSection) -> str:
    """The case, on a page where it has answered a question already; it is not asked a second time."""
    hangs = any(each.depends_on and each.depends_on[0] == CASE for each in section.fields)
    return filings.case_of(draft) if hangs else ""


def _sorted_out(
    request: HttpRequest, draft: Draft, section: FormSection, typed_form: EFormForm
) -> tuple[Draft, EFormForm, dict[str, Any]]:
    """After another page saved the same section: what both of them say, and what they contradict each other
    in. The form is given back with the answers of both; of contested questions, with what was typed."""
    given = {each: typed_form.answers.get(each) for each in typed_form.fields}
    prefill = {key: value for key, value in filings.prefill(draft).items() if key in given}
    draft, contested = drafts.sort_out_answers(request, draft, given, prefill)
    now = draft.contents.form_data
    data = request.POST.copy()
    for key in given:
        if key not in contested:
            data[key] = eforms.as_typed(typed_form.question(key), now.get(key, ""))
    return draft, EFormForm([section], data, beside=_counting(draft)), contested


def _counting(draft: Draft) -> dict[str, Any]:
    """The answers that count, and what is known of the dossier."""
    known = judged_with(draft.contents.form_data, draft.contents.applicant, draft.target.variant)
    return eforms.counting(draft.view.sheet.eform, known)


@access("citizen")
@with_camera
def attach(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """The papers: several files for each, taken back one by one."""
    draft = drafts.open_draft(request, dossier_id)
    if draft is None:
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    wanted = filings.papers_of(draft)
    purpose, kept = paper_pages.purpose_of_draft(dossier_id), draft.contents.documents
    owner = tray_owner(who.actor(request), draft.view.state.behalf)
    pages = paper_pages.of_papers(owner, "portal:file_pages", dossier_id, purpose, kept)
    if request.method != "POST":
        lines = papers.rows(wanted, kept, pages=pages, forms=filings.forms_of(draft.view.sheet))
        return step_page(
            request, "papers", draft=draft, lines=lines, stays_behind=filings.stays_behind(draft),
            mandate_paper=filings.mandate_paper(draft),
        )  # fmt: skip
    brought, shown = papers.take(request, wanted), draft.papers_shown()
    taken = papers.Taken(kept, dict(brought.errors))
    errors: list[PageError] = []
    version = draft.view.version

    def put(now: drafts.Papers) -> drafts.Papers:
        nonlocal taken
        taken = brought.onto(now, shown)
        return taken.documents

    try:
        version = drafts.put_papers(request, draft, put)
    except Refusal as refusal:
        taken = papers.Taken(kept, dict(brought.errors))  # what is shown is what is kept
        errors = [PageError(filings.said_of_papers(refusal))]
    forms_to_fill = filings.forms_of(draft.view.sheet)
    found = papers.rows(wanted, taken.documents, taken.errors, pages, forms_to_fill)
    lines = papers.with_typed(found, taken.typed)
    if not errors and not taken.errors:
        if "later" in request.POST or "back" in request.POST:
            if taken.removed:  # from the last page, which shows it no more
                taken.say(request)
            return _gone_on(request, dossier_id, PartKind.PAPERS)
        if "go_on" in request.POST:
            missing = {row.paper.key: (filings.missing_paper(row),) for row in papers.lacking(lines)}
            if not missing:
                papers.tell_unjoined(request, lines)
                return _gone_on(request, dossier_id, PartKind.PAPERS)
            lines = papers.with_errors(lines, missing)
    errors += taken.page_errors(lines)
    if not errors:
        return redirect(request.get_full_path() + taken.say(request))
    return step_page(
        request, "papers", draft=draft, lines=lines, errors=errors, version=version,
        stays_behind=filings.stays_behind(draft, taken.documents), mandate_paper=filings.mandate_paper(draft),
    )  # fmt: skip
