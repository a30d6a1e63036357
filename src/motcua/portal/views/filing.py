"""File online: details, form, papers, check, send. Each page saves; one can leave and go on later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.catalogue.rules.cards import Offer
from motcua.documents import queries as documents
from motcua.dossiers import services
from motcua.dossiers.errors import Incomplete, Stale
from motcua.kernel.errors import Refusal
from motcua.portal import drafts, papers, who, words
from motcua.portal.drafts import Draft
from motcua.portal.forms import filing as forms
from motcua.theme import wording
from motcua.theme.access import access
from motcua.theme.errors_on_page import PageError, page_errors
from motcua.theme.refusals import sentence


@access("citizen")
def start(request: HttpRequest, code: str) -> HttpResponse:
    """The first page of a new filing; the draft is made when it is sent."""
    sheet = catalogue.by_code(code, who.now().date())
    offers = offers_of(sheet.version_id)
    if Channel.ONLINE not in sheet.channels() or not offers:
        return redirect("portal:sheet", code=code)
    account = who.card(request)
    form = forms.DetailsForm(
        request.POST or None, sheet=sheet, offers=offers, initial=forms.initial_of_account(account)
    )
    errors: list[PageError] = []
    if request.method == "POST" and form.is_valid():
        applicant = form.applicant()
        try:
            act = services.save_draft(
                actor=who.actor(request),
                at=who.now(),
                procedure_version_id=sheet.version_id,
                agency_id=int(form.cleaned_data["agency"]),
                variant=form.cleaned_data.get("variant", ""),
                applicant=applicant,
                form_data={},
                delivery=form.result_delivery(),
                submitter_name=submitter(request, applicant.personal_id),
            )
        except Refusal as refusal:
            errors = [PageError(sentence(refusal))]
        else:
            return redirect("portal:file_form", dossier_id=act.dossier_id)
    return step_page(request, "details", sheet=sheet, form=form, version=0, errors=errors)


@access("citizen")
def details(request: HttpRequest, dossier_id: str) -> HttpResponse:
    draft = drafts.open_draft(request, dossier_id)
    if draft is None:
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    sheet = draft.view.sheet
    form = forms.DetailsForm(
        request.POST or None,
        sheet=sheet,
        offers=offers_of(sheet.version_id),
        initial=forms.initial_of_state(draft.view.state),
    )
    errors: list[PageError] = []
    if request.method == "POST" and form.is_valid():
        applicant = form.applicant()
        contents = replace(
            draft.contents,
            applicant=applicant,
            delivery=form.result_delivery(),
            submitter_name=submitter(request, applicant.personal_id),
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
            errors = [PageError(said(refusal))]
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
    eform = forms.EFormForm(sections, typed, initial=draft.contents.form_data or prefill(draft))
    errors: list[PageError] = []
    if request.method == "POST":
        is_right = eform.check(who.now().date())
        try:
            act = drafts.save(request, draft, contents=replace(draft.contents, form_data=eform.answers))
        except Refusal as refusal:
            errors = [PageError(said(refusal))]
        else:
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
    wanted = papers_of(draft)
    if request.method != "POST":
        lines = papers.rows(wanted, draft.contents.documents, draft.view.file_names)
        return step_page(request, "papers", draft=draft, lines=lines)
    taken = papers.take(request, wanted, draft.contents.documents)
    errors: list[PageError] = []
    version = draft.view.version
    try:
        version = drafts.save(
            request, draft, contents=replace(draft.contents, documents=taken.documents)
        ).version
    except Refusal as refusal:
        errors = [PageError(said(refusal))]
    names = {key: card.name for key, card in documents.cards(file_ids(taken.documents)).items()}
    lines = papers.rows(wanted, taken.documents, names, taken.errors)
    if not errors and not taken.errors and "go_on" in request.POST:
        missing = {row.paper.key: missing_paper(row) for row in papers.lacking(lines)}
        if not missing:
            return redirect("portal:file_check", dossier_id=dossier_id)
        lines = papers.with_errors(lines, missing)
    errors += taken.page_errors(lines)
    if not errors:
        return redirect("portal:file_papers", dossier_id=dossier_id)
    return step_page(request, "papers", draft=draft, lines=lines, errors=errors, version=version)


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
        except Refusal as refusal:
            errors = [PageError(said(refusal))]
        else:
            return redirect("portal:file_sent", dossier_id=dossier_id)
    return step_page(
        request,
        "check",
        draft=draft,
        form=declaration,
        errors=errors,
        summary=summary_of(draft),
        answers=answers_of(draft),
        worth_showing=read_back(draft),
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
    context = {"nav": "own", "view": view, "state": state, "facts": facts}
    return render(request, "portal/filing/sent.html", context)


STEPS = ("details", "form", "papers", "check")
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
        "sheet": sheet,
        "draft": draft,
        "dossier_id": draft.view.id if draft else "",
        "version": version if version is not None else draft.view.version if draft else 0,
        "step": steps.index(name) + 1,
        "steps": len(steps),
        "page_errors": found,
        "limits": documents.limits(),
        "nav": "own",
    }
    return render(request, TEMPLATES[name], context, status=422 if found else 200)


def offers_of(version_id: int) -> tuple[Offer, ...]:
    return catalogue.offers_of(version_id, province=settings.PROVINCE, on=who.now().date())


def papers_of(draft: Draft) -> tuple[Any, ...]:
    components = draft.view.sheet.components_for(Channel.ONLINE, draft.target.variant or None)
    return papers.asked(components)


def read_back(draft: Draft) -> list[papers.PaperRow]:
    lines = papers.rows(papers_of(draft), draft.contents.documents, draft.view.file_names)
    return papers.worth_showing(lines)


def submitter(request: HttpRequest, personal_id: str) -> str:
    """The name of who files, where it is somebody else's matter."""
    account = who.card(request)
    return "" if personal_id == account.personal_id else account.full_name


def prefill(draft: Draft) -> dict[str, Any]:
    """Answers that the details already gave."""
    person = draft.contents.applicant
    known = {
        "full_name": person.name,
        "personal_id": person.personal_id,
        "date_of_birth": forms.day_text(person.date_of_birth),
        "phone": person.phone,
        "email": person.email,
        "address": person.address,
    }
    questions = (question for section in draft.view.sheet.eform for question in section.fields)
    return {each.key: known[each.prefill] for each in questions if each.prefill in known}


def said(refusal: Refusal) -> str:
    """The sentence of a refusal; for a stale draft, what to do about it."""
    if isinstance(refusal, Stale):
        return gettext(
            "Bản soạn này vừa được lưu ở một trang khác. Nội dung bạn gõ vẫn còn dưới đây; "
            "xem lại rồi bấm lần nữa để lưu."
        )
    return sentence(refusal)


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


def missing_paper(row: papers.PaperRow) -> str:
    if row.may_be_left_out:
        return gettext("Hãy gửi “%(paper)s”, hoặc ghi lý do không phải nộp.") % {"paper": row.paper.name}
    return gettext("Hãy gửi “%(paper)s”.") % {"paper": row.paper.name}


def file_ids(references: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(each.file_id for each in references if each.file_id)


def summary_of(draft: Draft) -> list[dict[str, str]]:
    person, delivery = draft.contents.applicant, draft.contents.delivery
    how = str(dict(forms.DELIVERIES).get(delivery.how, delivery.how))
    facts = [
        (gettext("Trường hợp"), draft.target.variant),
        (gettext("Cơ quan giải quyết"), draft.view.agency_name),
        (gettext("Họ và tên"), person.name),
        (gettext("Số định danh cá nhân"), person.personal_id),
        (gettext("Ngày sinh"), forms.day_text(person.date_of_birth)),
        (gettext("Số điện thoại"), person.phone),
        (gettext("Thư điện tử"), person.email),
        (gettext("Địa chỉ liên hệ"), person.address),
        (gettext("Người nộp thay"), draft.contents.submitter_name),
        (gettext("Nhận kết quả"), f"{how}\n{delivery.address}".strip()),
    ]
    return [{"key": key, "value": value} for key, value in facts if value]


def answers_of(draft: Draft) -> list[dict[str, Any]]:
    """The e-form read back: by section, choices by their words, only what was answered."""
    data = draft.contents.form_data
    return [
        {
            "title": section.title,
            "rows": [
                {"key": each.label, "value": words.answer(each, data[each.key])}
                for each in section.fields
                if data.get(each.key)
            ],
        }
        for section in draft.view.sheet.eform
    ]
