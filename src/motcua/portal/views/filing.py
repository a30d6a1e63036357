"""File online: a list of the parts, and a page for each question. Each page saves, also what is faulty, and
each can be left: for the list, for the page before, for another device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from motcua.accounts.queries import acting
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.catalogue.rules import eforms
from motcua.catalogue.rules.cards import Offer
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.documents import queries as documents
from motcua.dossiers import queries, services
from motcua.dossiers.enums import ENDED, PartKind, Verb
from motcua.dossiers.errors import (
    ConsentRequired,
    DeliveryNotChosen,
    DetailsUnfinished,
    Incomplete,
    WayNotOffered,
)
from motcua.dossiers.rules.preparation import QUESTIONS
from motcua.dossiers.rules.receipt import is_acknowledged, reply_awaited
from motcua.dossiers.rules.state import NOT_CHOSEN, Applicant, Contents
from motcua.kernel.errors import Refusal
from motcua.portal import (
    consents,
    drafts,
    filing_steps,
    filing_tasks,
    filings,
    outages,
    paper_pages,
    papers,
    who,
)
from motcua.portal.drafts import Draft
from motcua.portal.filing_steps import Begun
from motcua.portal.forms import details as forms
from motcua.portal.forms.eform import EFormForm
from motcua.theme import wording
from motcua.theme.access import access
from motcua.theme.errors_on_page import PageError, page_errors
from motcua.theme.forms import FaceForm
from motcua.theme.refusals import sentence


# --- The beginning: answered in the address, until there is something to keep -------------------------------
@access("citizen")
def start(request: HttpRequest, code: str) -> HttpResponseBase:
    """The questions before there is a draft: for whom, which case, where; then the page that makes it.

    What was chosen on the sheet is not asked again. The address holds a key, so that whoever goes back to
    these pages and sends them again goes on with the same draft.
    """
    sheet = catalogue.by_code(code, who.now().date())
    offers = filings.offers_of(sheet.version_id)
    if Channel.ONLINE not in sheet.channels() or not offers:
        return redirect("portal:sheet", code=code)
    principals = services.principals(actor=who.actor(request), at=who.now(), procedure_code=sheet.code)
    begun = filing_steps.begun(request.GET, sheet, offers, principals)
    if begun.key is None and request.method != "POST":
        return redirect(begun.with_new_key(request.path))
    back = filing_steps.back_from(begun, request.path, sheet, offers)
    if begun.pending is PartKind.WHOM:
        asked = begun.asked
        return step_page(request, "for_whom", sheet=sheet, back=back, principals=principals, asked=asked)
    if begun.pending is not None:
        return _choose(request, begun, sheet, offers, back)
    made = begun.key and services.draft_of(actor=who.actor(request), submission_key=begun.key)
    return _again(request, begun, made) if made else _first_page(request, begun, sheet, back)


def _again(request: HttpRequest, begun: Begun, dossier_id: str) -> HttpResponseBase:
    """The first page once more, after it has made a draft: on with that, and with what is typed now.

    Another answer to an earlier question is changed on its own page, which says what that means. What is by
    the right of somebody else, or comes after the draft was thrown away, is a new beginning.
    """
    view = services.open_dossier(actor=who.actor(request), at=who.now(), dossier_id=dossier_id)
    draft = drafts.open_draft(request, dossier_id)
    if view.status in ENDED or (draft and not begun.is_by_the_right_of(draft)):
        return redirect(begun.with_new_key(request.path))
    if draft is None:
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    principal = forms.principal_of(draft.view.state.behalf)
    kind = PartKind.CONTACT if principal and principal.is_organisation else PartKind.PERSON
    differing = begun.differs_from(draft)
    if differing is None and request.method == "POST":
        return contact(request, dossier_id) if kind is PartKind.CONTACT else person(request, dossier_id)
    return redirect(f"portal:{filing_steps.PAGES[differing or kind]}", dossier_id=dossier_id)


def _choose(
    request: HttpRequest, begun: Begun, sheet: ProcedureSheet, offers: tuple[Offer, ...], back: str
) -> HttpResponse:
    """A question whose answer goes into the address."""
    form: FaceForm
    name, key = (
        ("case", filing_steps.CASE) if begun.pending is PartKind.CASE else ("agency", filing_steps.PLACE)
    )
    if name == "case":
        form = forms.CaseForm(_typed(request), variants=sheet.variants)
    else:
        form = forms.AgencyForm(_typed(request), offers=offers)
    if request.method == "POST" and form.is_valid():
        (answer,) = form.cleaned_data.values()
        return redirect(begun.address(request.path, **{key: answer}))
    return step_page(request, name, sheet=sheet, form=form, back=back)


def _first_page(request: HttpRequest, begun: Begun, sheet: ProcedureSheet, back: str) -> HttpResponse:
    """The first page on which something is typed. Sent, it makes the draft, also of what is faulty."""
    contents = _beginning(request, begun)
    grant = begun.grant
    principal = forms.Principal(grant.name, grant.number, bool(grant.organisation_id)) if grant else None
    form: forms.AskingForm
    if principal and principal.is_organisation:
        kind, form = PartKind.CONTACT, forms.ContactForm(_typed(request), contents=contents)
    else:
        kind, form = PartKind.PERSON, _person_form(request, contents, principal)
    errors: list[PageError] = []
    if request.method == "POST":
        if "back" in request.POST and not form.has_changed():
            return redirect(back)
        try:
            act = _make(request, begun, sheet, kind, form)
        except Refusal as refusal:
            errors = [PageError(sentence(refusal))]
        else:
            draft = drafts.open_draft(request, act.dossier_id)
            if draft is not None and (form.is_valid() or {"later", "back"} & set(request.POST)):
                return redirect(filing_steps.onwards(request, draft, kind))
            address = reverse(f"portal:{filing_steps.PAGES[kind]}", args=[act.dossier_id])
            return redirect(filing_steps.with_faults(address))  # the draft is made: its own page goes on
    return step_page(
        request, str(kind), sheet=sheet, form=form, errors=errors, principal=principal, back=back, is_new=True
    )


def _beginning(request: HttpRequest, begun: Begun) -> Contents:
    """What is known beforehand: of oneself or of an organisation; nothing of another person."""
    account, grant = who.card(request), begun.grant
    if grant is not None and grant.organisation_id:
        card = acting.organisation(account.id, int(grant.organisation_id))
        return Contents(forms.applicant_of_organisation(card), delivery=NOT_CHOSEN)
    if grant is not None:
        return Contents(Applicant(grant.name), delivery=NOT_CHOSEN)
    if begun.is_for_another:
        return Contents(Applicant(""), delivery=NOT_CHOSEN, submitter_name=account.full_name)
    return Contents(forms.applicant_of_account(account), delivery=NOT_CHOSEN)


def _make(
    request: HttpRequest, begun: Begun, sheet: ProcedureSheet, kind: PartKind, form: forms.AskingForm
) -> services.Act:
    contents = form.kept()
    if kind is PartKind.PERSON:
        contents = forms.awaiting_contact(contents)
    return services.save_draft(
        actor=who.actor(request),
        at=who.now(),
        procedure_version_id=sheet.version_id,
        agency_id=begun.offer.agency_id if begun.offer else 0,
        variant=begun.variant,
        applicant=contents.applicant,
        form_data={},
        delivery=contents.delivery,
        submitter_name=contents.submitter_name,
        unfinished=contents.unfinished,
        acting_by=begun.whose if begun.grant else "",
        submission_key=begun.key,
    )


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
        "saved_at": draft.view.state.last_at,
        "groups": filing_tasks.groups_of(draft, found),
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
        return forms.WhomForm(_typed(request), chosen=chosen, lost=lost)

    def change(draft: Draft, form: FaceForm) -> dict[str, Any]:
        is_for_another = form.cleaned_data["whose"] == forms.SOMEBODY
        card = who.card(request)
        return {"contents": forms.turned_over(draft.contents, card, is_for_another=is_for_another)}

    return _choice(request, dossier_id, PartKind.WHOM, form_of, change)


@access("citizen")
def case(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Which case of the procedure."""

    def form_of(draft: Draft) -> FaceForm | None:
        variants = draft.view.sheet.variants
        if not variants:
            return None
        return forms.CaseForm(_typed(request), variants=variants, chosen=draft.target.variant)

    def change(draft: Draft, form: FaceForm) -> dict[str, Any]:
        chosen = form.cleaned_data["variant"]
        return {"variant": "" if chosen == forms.NO_CASE else chosen}

    return _choice(request, dossier_id, PartKind.CASE, form_of, change)


@access("citizen")
def agency(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """To which agency."""

    def form_of(draft: Draft) -> FaceForm | None:
        offers, chosen = filings.offers_of(draft.target.procedure_version_id), draft.target.agency_id
        if [offer.agency_id for offer in offers] in ([], [chosen]):
            return None
        return forms.AgencyForm(_typed(request), offers=offers, chosen=str(chosen))

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
        return _person_form(request, draft.contents, principal)

    return _question(request, dossier_id, PartKind.PERSON, form_of)


@access("citizen")
def capacity(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """As what one files for somebody else, and by which paper."""

    def form_of(draft: Draft) -> forms.AskingForm | None:
        if draft.view.state.behalf is not None or not draft.contents.submitter_name:
            return None
        return forms.CapacityForm(_typed(request), contents=draft.contents)

    return _question(request, dossier_id, PartKind.CAPACITY, form_of)


@access("citizen")
def contact(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """How whoever files is reached."""

    def form_of(draft: Draft) -> forms.AskingForm:
        return forms.ContactForm(_typed(request), contents=draft.contents)

    return _question(request, dossier_id, PartKind.CONTACT, form_of)


@access("citizen")
def delivery(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """How and where the result is wanted."""

    def form_of(draft: Draft) -> forms.AskingForm:
        ways = queries.return_ways(draft.view.sheet, Channel.ONLINE, who.now().date())
        return forms.DeliveryForm(_typed(request), ways=ways, contents=draft.contents)

    return _question(request, dossier_id, PartKind.DELIVERY, form_of)


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _person_form(
    request: HttpRequest, contents: Contents, principal: forms.Principal | None
) -> forms.PersonForm:
    return forms.PersonForm(
        _typed(request),
        contents=contents,
        today=who.now().date(),
        own_id=who.card(request).personal_id or "",
        principal=principal,
    )


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
    if not any(eforms.is_asked(each, answers) for each in section.fields):
        return redirect("portal:file_tasks", dossier_id=dossier_id)
    eform = EFormForm([section], _typed(request), initial=filings.shown_of(draft, section), beside=answers)
    errors: list[PageError] = []
    version = draft.view.version
    if request.method == "POST":
        is_right = eform.check(who.now().date())
        try:
            kept = replace(draft.contents, form_data=eform.kept(answers))
            version = drafts.save(request, draft, contents=kept)
        except Refusal as refusal:
            errors = [PageError(filings.said(refusal))]
        else:
            if is_right or "later" in request.POST or "back" in request.POST:
                return _gone_on(request, dossier_id, PartKind.QUESTIONS, number)
    asked = [part.section for part in filing_steps.preparation(draft).parts if part.section]
    return step_page(
        request, "form", draft=draft, form=eform, errors=errors, version=version,
        group=eform.groups()[0], place=asked.index(number) + 1, places=len(asked),
    )  # fmt: skip


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
    lines = papers.with_typed(papers.rows(wanted, taken.documents, taken.errors, pages), taken.typed)
    if not errors and not taken.errors:
        if "later" in request.POST or "back" in request.POST:
            return _gone_on(request, dossier_id, PartKind.PAPERS)
        if "go_on" in request.POST:
            missing = {row.paper.key: filings.missing_paper(row) for row in papers.lacking(lines)}
            if not missing:
                return _gone_on(request, dossier_id, PartKind.PAPERS)
            lines = papers.with_errors(lines, missing)
    errors += taken.page_errors(lines)
    if not errors:
        return redirect(request.get_full_path())
    return step_page(request, "papers", draft=draft, lines=lines, errors=errors, version=version)


# --- Sending ------------------------------------------------------------------------------------------------
@access("citizen")
def check(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Everything once more, consent and declaration, then send. Pressed twice, it is one dossier."""
    draft = drafts.open_draft(request, dossier_id)
    if draft is None:
        return redirect("portal:file_sent", dossier_id=dossier_id)
    declaration = forms.DeclarationForm(_typed(request), contents=draft.contents)
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
    }
    return render(request, "portal/filing/sent.html", context)


TEMPLATES = {
    name: f"portal/filing/{name}.html"
    for name in (
        *("for_whom", "whom", "case", "agency", "person", "capacity", "contact"),
        *("form", "papers", "delivery", "check"),
    )
}
CHAPTER_OF = {"form": "form", "papers": "papers", "delivery": "papers", "check": "send"}


def step_page(
    request: HttpRequest,
    name: str,
    *,
    draft: Draft | None = None,
    version: int | None = None,
    errors: list[PageError] | None = None,
    **context: Any,
) -> HttpResponse:
    """One page of the way, with its place, its errors and the version it is made from."""
    sheet = draft.view.sheet if draft else context["sheet"]
    chapters = filing_steps.chapters(sheet)
    chapter = next(each for each in chapters if each.key == CHAPTER_OF.get(name, "whose"))
    form = context.get("form")
    found = (errors or []) + (page_errors(form) if form is not None and form.is_bound else [])
    context |= {
        "outages": outages.notices(draft.target.agency_id if draft else None),
        "sheet": sheet,
        "draft": draft,
        "dossier_id": draft.view.id if draft else "",
        "version": version if version is not None else draft.view.version if draft else 0,
        "chapter": chapter,
        "step": chapters.index(chapter) + 1,
        "steps": len(chapters),
        "page_errors": found,
        "limits": documents.limits(),
        "nav": "own",
    }
    return render(
        request, TEMPLATES[name], context, status=422 if found and request.method == "POST" else 200
    )


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
