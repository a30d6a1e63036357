"""The beginning of a filing: answered in the address, until there is something to keep."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from motcua.accounts.queries import acting
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.catalogue.rules.cards import Offer
from motcua.catalogue.rules.sheets import ORGANISATION, ProcedureSheet
from motcua.dossiers import services
from motcua.dossiers.enums import ENDED, PartKind
from motcua.dossiers.rules.state import NOT_CHOSEN, Applicant, Contents
from motcua.kernel.errors import Refusal
from motcua.portal import drafts, filing_steps, filings, who
from motcua.portal.filing_page import agency_form, contact_form, person_form, step_page, typed
from motcua.portal.filing_steps import Begun
from motcua.portal.forms import details as forms
from motcua.portal.views.filing import contact, person
from motcua.theme.access import access
from motcua.theme.errors_on_page import PageError
from motcua.theme.forms import FaceForm
from motcua.theme.refusals import sentence


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
    if sheet.no_mandate:
        others = {forms.SOMEBODY, *(each.key for each in principals)}
        if request.GET.get(filing_steps.WHOSE) in others:  # the page that asks for whom says why not
            return redirect("portal:file_start", code=code)
        principals = ()
    if not sheet.is_for(ORGANISATION):
        firms = {each.key for each in principals if each.organisation_id}
        if request.GET.get(filing_steps.WHOSE) in firms:  # the sheet says whose dossier it can be
            return redirect("portal:file_start", code=code)
        principals = tuple(each for each in principals if each.key not in firms)
    begun = filing_steps.begun(request.GET, sheet, offers, principals)
    if begun.key is None and request.method != "POST":
        return redirect(begun.with_new_key(request.path))
    back = filing_steps.back_from(begun, request.path, sheet, offers)
    if begun.pending is PartKind.WHOM:
        drafts_here = services.drafts_of(actor=who.actor(request), at=who.now(), procedure_code=sheet.code)
        unsaid = PageError(gettext("Hãy chọn bạn nộp hồ sơ cho ai."), "#for-me")
        return step_page(
            request, "for_whom", sheet=sheet, back=back, principals=principals, asked=begun.asked,
            begun_before=drafts_here, hints=forms.whom_hints(sheet),
            is_within=any(each.organisation_id for each in principals),  # then neither answer is the usual
            errors=[unsaid] if filing_steps.ANSWERED in request.GET else [],
        )  # fmt: skip
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
        form = forms.CaseForm(typed(request), sheet=sheet)
    else:
        form = agency_form(request, offers, begun.asked)
    if request.method == "POST" and form.is_valid():
        (answer,) = form.cleaned_data.values()
        return redirect(begun.address(request.path, **{key: answer}))
    return step_page(request, name, sheet=sheet, form=form, back=back)


def _first_page(request: HttpRequest, begun: Begun, sheet: ProcedureSheet, back: str) -> HttpResponse:
    """The first page on which something is typed. Sent, it makes the draft, also of what is faulty."""
    contents = _beginning(request, begun)
    grant = begun.grant
    principal = forms.Principal(grant.name, grant.number, grant.organisation_id) if grant else None
    form: forms.AskingForm
    if principal and principal.is_organisation:
        kind, form = PartKind.CONTACT, contact_form(request, contents, principal)
    else:
        kind, form = PartKind.PERSON, person_form(request, contents, principal)
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
