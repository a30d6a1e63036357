"""Counter intake: one page from the person to the printed receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.accounts.rules.identity_cards import read_card
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.cards import Offer, ProcedureCard
from motcua.catalogue.rules.sheets import OTHER_PAPERS, ProcedureSheet
from motcua.desk import clock, previews
from motcua.desk.counter import Counter, applicant_known, bringer_known, counter_of, settled_here, version_in
from motcua.desk.dossier_page import page_of
from motcua.desk.forms.incidents import PaperEntry, entering, paper_entry
from motcua.desk.forms.intake import Intake, Sent
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, opened, seat_of
from motcua.desk.twins import Warned, twins_of
from motcua.documents import queries as documents
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services
from motcua.dossiers.enums import Status, Verb
from motcua.dossiers.errors import Incomplete, KeyTaken
from motcua.dossiers.rules.state import State
from motcua.dossiers.services import Act
from motcua.incidents import queries as incidents
from motcua.kernel.errors import Forbidden, Refusal
from motcua.theme.access import access
from motcua.theme.camera import with_camera
from motcua.theme.errors_on_page import PageError, page_errors

MAKING = ("accept", "register", "preview")


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up brought: procedures to choose from, a word about the applicant and who brings it, and
    the warning that the same lies there already."""

    procedures: tuple[ProcedureCard, ...] = ()
    asked: str = ""
    person: str = ""
    bringer: str = ""
    warned: Warned | None = None


@access("officer", again={"action": "look"}, stands=True)
@require_http_methods(["GET", "POST"])
@with_camera
def intake(request: HttpRequest) -> HttpResponse:
    """Look-ups show the page again with what was found; `accept` and `register` make the dossier, once.

    `preview` shows the receipt that `accept` would give, and leaves nothing behind.
    """
    counter = counter_of(request)
    action = request.POST.get("action", "look")
    if request.method == "POST" and action in MAKING and "pick" not in request.POST:
        return _made(request, counter, action)
    return _looked_up(request, counter)


@access("officer")
@require_safe
def registered(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """What comes next after an intake: print, hand over, or the next person."""
    now = clock.now()
    view = opened(request, dossier_id, at=now, why="Nhận hồ sơ tại quầy")
    page = page_of(view, now)
    context = frame(request, "intake") | {
        "page": page,
        "promised_for": view.state.due_at,
        "receipt": next(iter(page.slips), None),
        "next_verbs": page.main_verbs,
        "later_receipt": next(
            (each for each in page.other_verbs if each.page.verb is Verb.ISSUE_RECEIPT), None
        ),
        "links": links_of(view.state) if page.is_of_office else "",
        "fees": dossiers.fees_of(view.state, view.sheet, now.date()),
    }
    return render(request, "desk/registered.html", context)


def links_of(state: State) -> str:
    """To whose account on the portal the dossier is linked, as the officer tells it."""
    behalf, person = state.behalf, state.contents.applicant
    if behalf is not None and behalf.organisation_id:
        text = gettext("Hồ sơ được gắn với %(name)s trên Cổng; những người của tổ chức xem được ở đó.")
        return text % {"name": behalf.name}
    if behalf is not None:
        return gettext(
            "Hồ sơ được gắn với tài khoản của chủ hồ sơ và của người được ủy quyền; "
            "cả hai xem được trên Cổng."
        )
    if state.owner_id:
        return gettext("Hồ sơ được gắn với tài khoản của chủ hồ sơ trên Cổng; chủ hồ sơ xem được ở đó.")
    if person.organisation_number:
        return gettext(
            "Hồ sơ không gắn với tổ chức nào trên Cổng: người mang đến không có vai trò ở một tổ chức "
            "đã khai số này. Tổ chức tra cứu bằng mã hồ sơ."
        )
    return gettext(
        "Hồ sơ không gắn với tài khoản nào: chưa có tài khoản đã đối chiếu căn cước khớp số định danh, họ "
        "tên và ngày sinh. Chủ hồ sơ tra cứu bằng mã hồ sơ, hoặc tự thêm vào tài khoản."
    )


def _looked_up(request: HttpRequest, counter: Counter) -> HttpResponse:
    desks = counter.desks
    typed: dict[str, Any] = _card_in_its_place(request.POST.dict())
    version = version_in(str(typed.get("pick") or typed.get("version_id") or ""))
    if typed.get("action") == "other_procedure":
        version, typed["procedure_text"] = None, ""
    typed["version_id"] = version or ""
    person = bringer = ""
    is_searching = typed.get("action") == "search"  # letters of a procedure: nobody is looked up at each
    if not is_searching:
        typed, person = applicant_known(request, typed, may_look_up=counter.may_look_up)
    asked = str(typed.get("procedure_text", "")).strip() if version is None else ""
    procedures = settled_here(asked, desks, is_for_all=counter.is_for_all)
    if len(procedures) == 1 and not _is_typing(request):  # the only one that can be meant
        version, asked = procedures[0].version_id, ""
        typed["version_id"], procedures = version, ()
    sheet = catalogue.sheet(version) if version else None
    if counter.may_look_up and not is_searching:
        typed, bringer = bringer_known(request, typed, sheet)
    form = _intake(request, counter, sheet, initial=typed)
    warned = None if is_searching else _warned(request, counter, typed, sheet)
    found = Found(procedures, asked, person, bringer, warned)
    focus = _focus(form, typed, sheet is not None)
    return _page(request, counter, form, found, _paper_entry(request, desks), focus)


def _card_in_its_place(typed: dict[str, Any]) -> dict[str, Any]:
    """The entries; a card that was scanned into the search of procedures stands where the person does."""
    scanned = str(typed.get("procedure_text", ""))
    if read_card(scanned) is None:
        return typed
    return typed | {"procedure_text": "", "personal_id": scanned}


def _warned(
    request: HttpRequest, counter: Counter, typed: Mapping[str, Any], sheet: ProcedureSheet | None
) -> Warned | None:
    """Whoever may look nobody up is told of nobody's dossiers."""
    desks = counter.desks if counter.may_look_up else ()
    return twins_of(request, desks, typed, sheet, key=request.POST.get("request_key", ""))


def _intake(request: HttpRequest, counter: Counter, sheet: ProcedureSheet | None, **entries: Any) -> Intake:
    return Intake(
        **entries,
        agencies=counter.desks,
        sheet=sheet,
        today=clock.now().date(),
        sent=_sent(request),
        channels=counter.channels,
        may_look_up=counter.may_look_up,
        blank_forms=catalogue.forms_of(sheet.version_id) if sheet else None,
        settling=_settling(counter, sheet),
    )


def _settling(counter: Counter, sheet: ProcedureSheet | None) -> tuple[Offer, ...]:
    """The agencies for which this procedure may be taken in, where there are others than the desk's own."""
    if sheet is None or not counter.is_for_all:
        return ()
    return catalogue.offers_of(sheet.version_id, province=counter.desks[0].province, on=clock.now().date())


def _focus(form: Intake, typed: dict[str, Any], has_sheet: bool) -> str:
    """Where the officer goes on: the card, the procedure, then the papers. Who chose a kind stays there."""
    if typed.get("action") == "kind":
        return "kind"
    if not str(typed.get("name", "")).strip():
        return "personal_id" if form.has_number else "name"
    if form.is_organisation and not str(typed.get("submitter_name", "")).strip():
        return "submitter_number" if form.may_look_up else "submitter_name"
    if not has_sheet:
        return "procedure_text"
    first = next(iter(form.papers.rows), None)
    if first is None:
        return "no-papers-asked"
    return first.field if first.wanted.key == OTHER_PAPERS.key else "all_papers"


def _is_typing(request: HttpRequest) -> bool:
    """A look-up while letters are typed: nothing may be chosen before the officer says so."""
    return request.headers.get("HX-Request") == "true"


def _made(request: HttpRequest, counter: Counter, action: str) -> HttpResponse:
    desks = counter.desks
    version = version_in(request.POST.get("version_id", ""))
    sheet = catalogue.sheet(version) if version else None
    form = _intake(request, counter, sheet, data=request.POST)
    on_paper, now = _paper_entry(request, desks), clock.now()
    entered = entering(on_paper, now)
    warned = _warned(request, counter, request.POST, sheet)
    is_doubted = warned is not None and not warned.is_waved and action != "preview"
    if form.is_valid() and action != "register":
        form.judge_unknown_papers()
    if form.is_valid() and entered is not None and not is_doubted:
        try:
            with entered.context(now):
                at_once = action != "register"
                make = partial(_register, request, form, entered.at, accept_at_once=at_once)
                if action == "preview":
                    return previews.shown(services.preview_of(make, after=0))
                act = make()
        except Forbidden:
            raise
        except KeyTaken as refusal:
            form.renew_key()
            tell(form, refusal)
        except Incomplete as refusal:
            marked = form.papers.mark_missing(cast(tuple[str, ...], refusal.params["documents"]))
            for text in marked:
                form.add_error(None, text)
            if not marked or refusal.params["fields"]:
                tell(form, refusal)
        except Refusal as refusal:
            if not entered.tells(refusal):
                tell(form, refusal)
        else:
            return HttpResponseRedirect(reverse("desk:registered", args=[act.dossier_id]))
    return _page(request, counter, form, Found(warned=warned), on_paper, is_doubted=is_doubted)


def _paper_entry(request: HttpRequest, desks: tuple[AgencyCard, ...]) -> PaperEntry | None:
    """The form of what was taken in on paper, while the log of an incident is open that hit whoever asks, for
    the dossiers of one of these desks."""
    now, posts = clock.now(), seat_of(request).posts
    windows = {
        card.window.id: card for desk in desks for card in incidents.windows_at(desk.id, posts, at=now)
    }
    return paper_entry(_posted(request), tuple(windows.values()))


def _sent(request: HttpRequest) -> Sent:
    """Files are taken in at every look-up too: a page that is shown again cannot choose them again."""
    return Sent(request.FILES, actor_of(request), clock.now(), request.POST)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _register(request: HttpRequest, form: Intake, at: datetime, *, accept_at_once: bool) -> Act:
    """Register and, if wished, accept in one transaction: a refused acceptance leaves nothing behind."""
    actor, data = actor_of(request), form.cleaned_data
    filing: dict[str, Any] = {"actor": actor, "at": at, **form.filing()}
    with transaction.atomic():
        register = services.register_by_post if form.is_by_post else services.register_at_counter
        act = register(**filing)
        if accept_at_once and act.status == Status.SUBMITTED:
            act = services.accept(
                actor=actor,
                at=at,
                dossier_id=act.dossier_id,
                expected_version=act.version,
                receipt_asked=data["receipt_asked"],
            )
    return act


def _page(
    request: HttpRequest,
    counter: Counter,
    form: Intake,
    found: Found,
    on_paper: PaperEntry | None,
    focus: str = "",
    *,
    is_doubted: bool = False,
) -> HttpResponse:
    doubted = [PageError(found.warned.refusal, "#id_twice")] if found.warned and is_doubted else []
    if focus in form.fields:
        form.fields[focus].widget.attrs["autofocus"] = True
    context = frame(request, "intake") | {
        "form": form,
        "counter": counter,
        "found": found,
        "focus": focus,
        "paper_entry": on_paper,
        "limits": documents.limits(),
        "page_errors": doubted
        + form.papers.linked(page_errors(*(each for each in (form, on_paper) if each is not None))),
    }
    return render(request, "desk/intake.html", context)
