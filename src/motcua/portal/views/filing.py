"""File online: a list of the parts, and a page for each. Each page saves; one can leave and go on later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from motcua.accounts.queries import AccountCard, acting
from motcua.accounts.rules.acting import Grant
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.documents import queries as documents
from motcua.dossiers import queries, services
from motcua.dossiers.errors import DeliveryNotChosen, Incomplete, NotEntrusted, WayNotOffered
from motcua.dossiers.rules.receipt import is_acknowledged, reply_awaited
from motcua.dossiers.rules.state import NOT_CHOSEN
from motcua.kernel.errors import Refusal
from motcua.portal import drafts, filing_tasks, filings, outages, paper_pages, papers, who
from motcua.portal.drafts import Draft
from motcua.portal.forms import details as forms
from motcua.portal.forms.eform import EFormForm
from motcua.theme import wording
from motcua.theme.access import access
from motcua.theme.errors_on_page import PageError, page_errors
from motcua.theme.refusals import sentence


@access("citizen")
def start(request: HttpRequest, code: str) -> HttpResponse:
    """The first page of a new filing; the draft is made when it is sent."""
    sheet = catalogue.by_code(code, who.now().date())
    offers = filings.offers_of(sheet.version_id)
    if Channel.ONLINE not in sheet.channels() or not offers:
        return redirect("portal:sheet", code=code)
    account, key = who.card(request), request.GET.get("cho", "")
    principals = services.principals(actor=who.actor(request), at=who.now(), procedure_code=sheet.code)
    if principals and not key:
        context = {"nav": "own", "sheet": sheet, "principals": principals}
        return render(request, "portal/filing/for_whom.html", context)
    acting_by = "" if key in ("", "toi", "khac") else key
    grant = next((each for each in principals if each.key == acting_by), None)
    if acting_by and grant is None:
        raise NotEntrusted
    form = forms.DetailsForm(
        request.POST or None,
        sheet=sheet,
        offers=offers,
        initial=_initial(account, key, grant),
        today=who.now().date(),
        own_id=account.personal_id or "",
        principal=forms.Principal(grant.name, grant.number, bool(grant.organisation_id)) if grant else None,
    )
    errors: list[PageError] = []
    if request.method == "POST" and form.is_valid():
        try:
            act = services.save_draft(
                actor=who.actor(request),
                at=who.now(),
                procedure_version_id=sheet.version_id,
                agency_id=int(form.cleaned_data["agency"]),
                variant=form.cleaned_data.get("variant", ""),
                applicant=form.applicant(),
                form_data={},
                delivery=NOT_CHOSEN,
                acting_by=acting_by,
                **form.submitter(account.full_name),
            )
        except Refusal as refusal:
            errors = [PageError(sentence(refusal))]
        else:
            return redirect("portal:file_tasks", dossier_id=act.dossier_id)
    return step_page(request, "details", sheet=sheet, form=form, version=0, errors=errors)


def _initial(account: AccountCard, key: str, grant: Grant | None) -> dict[str, Any]:
    """What is known beforehand: of oneself or of an organisation; nothing of another person."""
    if grant is not None and grant.organisation_id:
        return forms.initial_of_organisation(acting.organisation(account.id, int(grant.organisation_id)))
    return {} if grant is not None or key == "khac" else forms.initial_of_account(account)


@access("citizen")
def tasks(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Where one goes on, on whichever device: what is done, what is left."""
    draft = drafts.open_draft(request, dossier_id)
    if draft is None:
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    found = queries.preparation_of(draft.view.state, draft.view.sheet, who.now().date())
    context = {
        "nav": "own",
        "sheet": draft.view.sheet,
        "saved_at": draft.view.state.last_at,
        "groups": filing_tasks.groups_of(draft, found),
        "next": filing_tasks.task_of(draft, found, found.next),
        "is_ready": found.is_ready,
        "left": len(found.open),
        "outages": outages.notices(draft.target.agency_id),
    }
    return render(request, "portal/filing/tasks.html", context)


@access("citizen")
def details(request: HttpRequest, dossier_id: str) -> HttpResponse:
    draft = drafts.open_draft(request, dossier_id)
    if draft is None:
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    sheet, account = draft.view.sheet, who.card(request)
    form = forms.DetailsForm(
        request.POST or None,
        sheet=sheet,
        offers=filings.offers_of(sheet.version_id),
        initial=forms.initial_of_state(draft.view.state),
        today=who.now().date(),
        own_id=account.personal_id or "",
        principal=forms.principal_of(draft.view.state.behalf),
    )
    errors: list[PageError] = []
    if request.method == "POST" and form.is_valid():
        contents = replace(
            draft.contents,
            applicant=form.applicant(),
            **form.submitter(account.full_name),
        )
        try:
            drafts.save(
                request,
                draft,
                contents=contents,
                agency_id=int(form.cleaned_data["agency"]),
                variant=form.cleaned_data.get("variant", ""),
            )
        except Refusal as refusal:
            errors = [PageError(filings.said(refusal))]
        else:
            return redirect("portal:file_form", dossier_id=dossier_id)
    return step_page(request, "details", draft=draft, form=form, errors=errors)


@access("citizen")
def form(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """The procedure's e-form. What is typed is saved even where it is faulty."""
    draft = drafts.open_draft(request, dossier_id)
    if draft is None:
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    sections = draft.view.sheet.eform
    if not sections:
        return redirect("portal:file_papers", dossier_id=dossier_id)
    typed = request.POST if request.method == "POST" else None
    eform = EFormForm(sections, typed, initial=draft.contents.form_data or filings.prefill(draft))
    errors: list[PageError] = []
    if request.method == "POST":
        is_right = eform.check(who.now().date())
        try:
            act = drafts.save(request, draft, contents=replace(draft.contents, form_data=eform.answers))
        except Refusal as refusal:
            errors = [PageError(filings.said(refusal))]
        else:
            if "later" in request.POST:
                return redirect("portal:file_tasks", dossier_id=dossier_id)
            if is_right:
                return redirect("portal:file_papers", dossier_id=dossier_id)
            return step_page(request, "form", draft=draft, form=eform, version=act.version)
    return step_page(request, "form", draft=draft, form=eform, errors=errors)


@access("citizen")
def attach(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """The papers: several files for each, taken back one by one."""
    draft = drafts.open_draft(request, dossier_id)
    if draft is None:
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    wanted = filings.papers_of(draft)
    purpose, kept = paper_pages.purpose_of_draft(dossier_id), draft.contents.documents
    pages = paper_pages.of_papers(request, "portal:file_pages", dossier_id, purpose, kept)
    if request.method != "POST":
        lines = papers.rows(wanted, kept, pages=pages)
        return step_page(request, "papers", draft=draft, lines=lines)
    taken = papers.take(request, wanted, kept)
    errors: list[PageError] = []
    version = draft.view.version
    try:
        version = drafts.save(
            request, draft, contents=replace(draft.contents, documents=taken.documents)
        ).version
    except Refusal as refusal:
        errors = [PageError(filings.said(refusal))]
    lines = papers.rows(wanted, taken.documents, taken.errors, pages)
    if not errors and not taken.errors and "go_on" in request.POST:
        missing = {row.paper.key: filings.missing_paper(row) for row in papers.lacking(lines)}
        if not missing:
            return redirect("portal:file_delivery", dossier_id=dossier_id)
        lines = papers.with_errors(lines, missing)
    errors += taken.page_errors(lines)
    if not errors:
        return redirect("portal:file_papers", dossier_id=dossier_id)
    return step_page(request, "papers", draft=draft, lines=lines, errors=errors, version=version)


@access("citizen")
def delivery(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """How and where the result is wanted."""
    draft = drafts.open_draft(request, dossier_id)
    if draft is None:
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    ways = queries.return_ways(draft.view.sheet, Channel.ONLINE, who.now().date())
    form = forms.DeliveryForm(request.POST or None, ways=ways, contents=draft.contents)
    errors: list[PageError] = []
    if request.method == "POST" and form.is_valid():
        try:
            drafts.save(request, draft, contents=replace(draft.contents, delivery=form.result_delivery()))
        except Refusal as refusal:
            errors = [PageError(filings.said(refusal))]
        else:
            return redirect("portal:file_check", dossier_id=dossier_id)
    return step_page(request, "delivery", draft=draft, form=form, errors=errors)


@access("citizen")
def check(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Everything once more, then send. Pressed twice, it is one dossier."""
    draft = drafts.open_draft(request, dossier_id)
    if draft is None:
        return redirect("portal:file_sent", dossier_id=dossier_id)
    declaration = forms.DeclarationForm(request.POST or None)
    errors: list[PageError] = []
    if request.method == "POST" and declaration.is_valid():
        try:
            services.submit(
                actor=who.actor(request),
                at=who.now(),
                dossier_id=dossier_id,
                expected_version=draft.expected,
                submission_key=f"online-{dossier_id}",
            )
        except Incomplete as refusal:
            errors = incomplete(draft, refusal)
        except (DeliveryNotChosen, WayNotOffered) as refusal:
            errors = [PageError(filings.said(refusal), reverse("portal:file_delivery", args=[dossier_id]))]
        except Refusal as refusal:
            errors = [PageError(filings.said(refusal))]
        else:
            paper_pages.forget_draft(request, dossier_id)
            return redirect("portal:file_sent", dossier_id=dossier_id)
    return step_page(
        request,
        "check",
        draft=draft,
        form=declaration,
        errors=errors,
        summary=filings.summary_of(draft),
        wish=filings.wish_of(draft.contents),
        answers=filings.answers_of(draft),
        worth_showing=filings.read_back(draft),
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
    }
    return render(request, "portal/filing/sent.html", context)


STEPS = ("details", "form", "papers", "delivery", "check")
TEMPLATES = {name: f"portal/filing/{name}.html" for name in STEPS}


def step_page(
    request: HttpRequest,
    name: str,
    *,
    draft: Draft | None = None,
    version: int | None = None,
    errors: list[PageError] | None = None,
    **context: Any,
) -> HttpResponse:
    """One page of the way, with its number, its errors and the version it is made from."""
    sheet = draft.view.sheet if draft else context["sheet"]
    steps = [each for each in STEPS if each != "form" or sheet.eform]
    form = context.get("form")
    found = (errors or []) + (page_errors(form) if form is not None and form.is_bound else [])
    context |= {
        "outages": outages.notices(draft.target.agency_id if draft else None),
        "sheet": sheet,
        "draft": draft,
        "principal": getattr(form, "principal", None),
        "dossier_id": draft.view.id if draft else "",
        "version": version if version is not None else draft.view.version if draft else 0,
        "step": steps.index(name) + 1,
        "steps": len(steps),
        "page_errors": found,
        "limits": documents.limits(),
        "nav": "own",
    }
    return render(request, TEMPLATES[name], context, status=422 if found else 200)


def incomplete(draft: Draft, refusal: Incomplete) -> list[PageError]:
    """What is missing, with the page where it can be given."""
    fields: dict[str, str] = refusal.params.get("fields", {})  # type: ignore[assignment]
    missing: tuple[str, ...] = refusal.params.get("documents", ())  # type: ignore[assignment]
    form_page = reverse("portal:file_form", args=[draft.view.id])
    papers_page = reverse("portal:file_papers", args=[draft.view.id])
    found = [PageError(text, f"{form_page}#id_{key}") for key, text in fields.items()]
    return found + [
        PageError(gettext("Chưa có: %(paper)s.") % {"paper": name}, papers_page) for name in missing
    ]
