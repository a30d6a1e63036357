"""Mandates: whom I let act for me, and for whom I may act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters

from motcua.accounts import services
from motcua.accounts.queries import acting
from motcua.accounts.queries.acting import MandateCard
from motcua.accounts.rules.acting import years_after
from motcua.accounts.rules.limits import limit
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.cards import ProcedureCard
from motcua.documents import queries as documents
from motcua.kernel.errors import Refusal
from motcua.portal import procedure_choice, who, words
from motcua.portal.forms.acting import ALL, SOME, MandateForm
from motcua.portal.forms.eform import day_text
from motcua.portal.procedure_choice import FIND, ProcedureChoice
from motcua.portal.views.account import show
from motcua.theme.access import access
from motcua.theme.camera import with_camera
from motcua.theme.downloads import stored_file
from motcua.theme.errors_on_page import page_errors
from motcua.theme.one_paper import OnePaper
from motcua.theme.paper_pages import Stack, is_page_press
from motcua.theme.refusals import sentence

FILES = ("camera", "paper")  # the fields of the page in the order in which what they bring is added
JOINED_LATER = "-"  # in the place of a file that is made of the pages


@access("citizen")
def mandates(request: HttpRequest) -> HttpResponse:
    """What waits for my answer on top, then what I gave, then what I was given."""
    today = who.now().date()
    cards = acting.mandates_of(who.card(request).id, today)
    names = catalogue.titles({code for card in cards for code in card.procedures})
    found = [_row(card, names) for card in cards]
    context = {
        "nav": "account",
        "waiting": [row for row in found if not row.card.is_given and row.card.standing == "waiting"],
        "given": [row for row in found if row.card.is_given],
        "received": [row for row in found if not row.card.is_given and row.card.standing != "waiting"],
    }
    return render(request, "portal/acting/mandates.html", context)


@dataclass(frozen=True, slots=True)
class Row:
    """One mandate in a list: its standing in words, and its procedures by name; none for all."""

    card: MandateCard
    tag: str
    tone: str
    procedures: tuple[str, ...]


def _row(card: MandateCard, names: Mapping[str, str]) -> Row:
    tag, tone = words.MANDATE_STANDING[card.standing]
    return Row(card, str(tag), tone, tuple(names.get(code, code) for code in card.procedures))


@access("citizen", again={FIND: "yes"}, stands=True)
@with_camera
@sensitive_post_parameters("password", "number")
def new_mandate(request: HttpRequest) -> HttpResponse:
    """Entrust my matters to somebody. The pages of the paper lie ready while other entries are mended, while
    one looks for procedures, and until the offer is sent."""
    choice = procedure_choice.choice(request, who.now().date())
    left_out = catalogue.not_by_mandate(who.now().date())
    choice = replace(choice, found=tuple(each for each in choice.found if each not in left_out))
    is_sent = request.method == "POST"
    form = MandateForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        choice=choice,
        initial=_first(choice),
    )
    held = _held(request)
    if is_sent and (choice.is_search or is_page_press(request.POST)):
        held.press(request.POST)
        form.unjudged()
    elif is_sent:
        is_right = form.is_valid()
        for text in held.faults:
            form.add_error("paper", text)
        _judge_procedures(form, left_out)
        if not is_right or form.errors:
            _judge_rest(request, form, held)
        elif _offered(request, form, held):
            messages.success(
                request, gettext("Đã gửi lời ủy quyền. Ủy quyền có hiệu lực khi người đó đồng ý.")
            )
            return redirect("portal:mandates")
    errors = page_errors(form) if form.is_bound else []
    context = {
        "nav": "account",
        "form": form,
        "choice": choice,
        "held": held,
        "paper_error": _fault_of_paper(form) if form.is_bound else " ".join(held.faults),
        "limits": documents.limits(),
        "left_out": left_out,
        "page_errors": errors,
    }
    return render(request, "portal/acting/new_mandate.html", context, status=422 if errors else 200)


def _held(request: HttpRequest) -> OnePaper:
    """The paper with what came now, by camera or from files."""
    stack = Stack(
        actor=who.actor(request),
        at=who.now(),
        purpose="mandate",
        picture="portal:own_picture",
        file="portal:own_upload",
    )
    held = OnePaper(stack, kept=request.POST.get("kept", ""))
    files = cast("MultiValueDict[str, UploadedFile[bytes]]", request.FILES)
    held.take_in([upload for name in FILES for upload in files.getlist(name)])
    return held


def _fault_of_paper(form: MandateForm) -> str:
    return next(map(str, form.errors.get("paper", ())), "")


def _first(choice: ProcedureChoice) -> dict[str, str]:
    """A year from today; only some procedures for who comes from the page of one."""
    today = who.now().date()
    last = years_after(today, limit("mandate.offered_years")) - timedelta(days=1)
    named = {"scope": SOME} if choice.chosen else {}
    return {"since": day_text(today), "until": day_text(last), **named}


def _offer(form: MandateForm, paper: str) -> services.Offer:
    """What was typed, as far as it could be read; `paper` is the id of the file."""
    data = form.cleaned_data
    return services.Offer(
        number=data.get("number", ""),
        name=data.get("name", ""),
        since=data.get("since"),
        until=data.get("until"),
        procedures=() if data.get("scope") == ALL else data.get("codes", ()),
        paper=paper,
    )


def _judge_procedures(form: MandateForm, left_out: Sequence[ProcedureCard]) -> None:
    """Name what nobody may be entrusted with, where it was chosen."""
    codes = form.cleaned_data.get("codes", ())
    named = [each for each in left_out if each.code in codes]
    if named:
        sentence_of_them = gettext("Không được ủy quyền thủ tục này, hãy bỏ dấu ở: %(names)s.")
        form.add_error("procedures", sentence_of_them % {"names": "; ".join(each.title for each in named)})


def _judge_rest(request: HttpRequest, form: MandateForm, held: OnePaper) -> None:
    """Say what else is wrong beside what the form has found, so that nobody mends one thing after another.
    The pages are joined only once all is right."""
    known = set(form.errors)
    offer, password = (
        _offer(form, JOINED_LATER if held.is_there else ""),
        form.cleaned_data.get("password", ""),
    )
    try:
        faults = services.faults_of_offer(
            actor=who.actor(request), offer=offer, password=password, at=who.now()
        )
    except Refusal as refusal:
        show(form, refusal)
    else:
        form.take_sentences({field: fault for field, fault in faults.items() if field not in known})


def _offered(request: HttpRequest, form: MandateForm, held: OnePaper) -> bool:
    try:
        paper = held.as_file()
    except Refusal as refusal:
        form.add_error("paper", sentence(refusal))
        return False
    offer, password = _offer(form, paper.id if paper else ""), form.cleaned_data["password"]
    try:
        services.offer_mandate(actor=who.actor(request), offer=offer, password=password, at=who.now())
    except Refusal as refusal:
        show(form, refusal)
        return False
    held.clear()
    return True


@access("citizen")
def mandate(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """One mandate: accept or decline it, end it, look at its paper."""
    today = who.now().date()
    card = acting.mandate(who.card(request).id, mandate_id, today)
    if request.method == "POST":
        return _answer(request, card)
    names, in_force = catalogue.titles(card.procedures), catalogue.with_codes(card.procedures, today)
    known = {each.code for each in in_force}
    context = {
        "nav": "account",
        "row": _row(card, names),
        "card": card,
        "paper": documents.cards((card.paper,)).get(card.paper),
        "procedures": in_force,
        "gone": [names.get(code, code) for code in card.procedures if code not in known],
        "may_end": card.standing in ("waiting", "ahead", "in_force"),
    }
    return render(request, "portal/acting/mandate.html", context)


def _answer(request: HttpRequest, card: MandateCard) -> HttpResponse:
    accepts = request.POST.get("act") == "accept"
    if not accepts and request.POST.get("act") != "end":
        return redirect("portal:mandate", mandate_id=card.id)
    act = services.accept_mandate if accepts else services.end_mandate
    try:
        act(actor=who.actor(request), mandate_id=card.id, at=who.now())
    except Refusal as refusal:
        messages.warning(request, sentence(refusal))
    else:
        messages.success(request, gettext("Bạn đã nhận ủy quyền.") if accepts else _ended(card))
    return redirect("portal:mandates")


def _ended(card: MandateCard) -> str:
    """What was done to it, by how it stood."""
    if card.standing != "waiting":
        return gettext("Ủy quyền đã chấm dứt.")
    return gettext("Đã rút lại lời ủy quyền.") if card.is_given else gettext("Bạn đã từ chối ủy quyền.")


@access("citizen")
def mandate_paper(request: HttpRequest, mandate_id: int) -> HttpResponseBase:
    """The power of attorney, for who gave the mandate, was offered or holds it."""
    card = acting.mandate(who.card(request).id, mandate_id, who.now().date())
    return stored_file(card.paper)
