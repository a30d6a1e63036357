"""My dossiers: the list, one dossier with what I must do now, supplement, withdraw, downloads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.accounts.queries import acting
from motcua.agencies import queries as agencies
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.names import sanitise
from motcua.dossiers import labels, queries, services
from motcua.dossiers.enums import ENDED, Decision, RefundAnswer, Status, Verb
from motcua.dossiers.queries import DossierSummary, DossierView, HistoryEntry, OwnGroup, OwnPage
from motcua.dossiers.rules.answering import sent_online
from motcua.dossiers.rules.events import Paused
from motcua.dossiers.rules.receipt import is_acknowledged, reply_awaited
from motcua.dossiers.rules.state import Slip
from motcua.kernel.errors import Refusal
from motcua.portal import by_post, collecting, filings, outages, packages, paying, standing, unsent, who
from motcua.portal.drafts import Draft, version_of
from motcua.portal.forms.acting import ROLE_NAMES
from motcua.portal.forms.own import WithdrawForm
from motcua.theme import consents, ledgers, wording
from motcua.theme.access import access
from motcua.theme.downloads import made_pdf, package, stored_file
from motcua.theme.errors_on_page import PageError, page_errors
from motcua.worktime.rules import local

ACT_NOW = (Status.AWAITING_SUPPLEMENT, Status.AWAITING_PAYMENT, Status.READY)
UNFOLDED = 3  # drafts that are shown at once; older ones can wait behind a press


@dataclass(frozen=True, slots=True)
class Group:
    """A part of my dossiers: what waits for me, what is under way, what is over."""

    key: str
    title: str
    rows: list[dict[str, Any]]
    next: str

    @property
    def is_mine(self) -> bool:
        return self.key == "can-lam"

    @property
    def is_drafts(self) -> bool:
        return self.key == "dang-soan"

    @property
    def shown(self) -> list[dict[str, Any]]:
        """What is seen at once: everything, but of many drafts the newest."""
        return self.rows[:UNFOLDED] if self.is_drafts else self.rows

    @property
    def folded(self) -> list[dict[str, Any]]:
        return self.rows[UNFOLDED:] if self.is_drafts else []

    @property
    def is_over(self) -> bool:
        return self.key == "da-xong"


PAGE = 25
FEW = 10  # of each group, where all of them stand on one page
UNDER_WAY = frozenset(Status) - frozenset((*ACT_NOW, Status.DRAFT)) - ENDED
GROUPS: dict[str, tuple[Any, OwnGroup]] = {
    "can-lam": (_("Việc bạn cần làm"), OwnGroup(frozenset(ACT_NOW), fetched=False)),
    "dang-soan": (_("Hồ sơ đang soạn"), OwnGroup(frozenset({Status.DRAFT}))),
    "dang-lam": (_("Đang giải quyết"), OwnGroup(UNDER_WAY, fetched=True)),
    "da-xong": (_("Đã kết thúc"), OwnGroup(ENDED)),
}


@access("citizen")
def own_dossiers(request: HttpRequest) -> HttpResponse:
    """What waits for me on top, drafts, what is under way, what is over; further on, one of them alone."""
    whose, wanted = request.GET.get("cua", ""), request.GET.get("nhom", "")
    is_part = wanted in GROUPS
    keys = [wanted] if is_part else list(GROUPS)
    after = request.GET.get("sau") if is_part else None
    found = services.own_dossiers(
        actor=who.actor(request),
        at=who.now(),
        groups=[GROUPS[key][1] for key in keys],
        whose=whose,
        after=after,
        limit=PAGE if is_part else FEW,
    )
    groups = [
        _group(key, page, whose, found.lapsed, who.actor(request).id)
        for key, page in zip(keys, found.pages, strict=True)
        if page.items
    ]
    invitations = [] if whose or is_part else waiting_for(request)
    context = {
        "nav": "own",
        "groups": groups,
        "invitations": invitations,
        "has_work": any(group.is_mine for group in groups),
        "is_empty": not groups and after is None,
        "is_part": is_part,
        "whole": _address(whose),
        "whose": whose,
        "choices": _choices(found.choices, whose),
    }
    return render(request, "portal/own/list.html", context)


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody waits for my word: a mandate, or an organisation that would have me."""

    title: str
    about: str
    href: str


def waiting_for(request: HttpRequest) -> list[Invitation]:
    """The mandates and invitations that wait for my answer."""
    offered, invited = acting.offers_to(who.card(request).id, who.now().date())
    mandates = [
        Invitation(
            gettext("%(name)s muốn ủy quyền cho bạn") % {"name": each.other},
            gettext("Từ %(since)s đến hết %(until)s")
            % {"since": wording.short_day(each.since), "until": wording.short_day(each.until)},
            reverse("portal:mandate", args=(each.id,)),
        )
        for each in offered
    ]
    return mandates + [
        Invitation(
            gettext("%(name)s mời bạn") % {"name": each.name},
            str(ROLE_NAMES[each.own.role]),
            reverse("portal:invitation", args=(each.own.id,)),
        )
        for each in invited
    ]


def _standing_in_list(dossier: DossierSummary, lapsed: Collection[str], reader_id: str) -> standing.Standing:
    if dossier.id in lapsed:
        return standing.of_lapsed_draft()
    if dossier.fetched is not None:
        return standing.of_fetched(dossier.fetched, reader_id)
    return standing.of(
        dossier.status, for_owner=True, comes=dossier.comes, is_on_its_way=dossier.finished_at is None
    )


def _group(key: str, page: OwnPage, whose: str, lapsed: Collection[str], reader_id: str) -> Group:
    rows = [
        {
            "dossier": each,
            "standing": _standing_in_list(each, lapsed, reader_id),
            "is_draft": each.status is Status.DRAFT,
            "is_awaited": each.status is Status.AWAITING_SUPPLEMENT,
            "lateness": _lateness(each),
            "is_date_open": each.stands_still or (each.is_paused and each.renewed_at is not None),
        }
        for each in page.items
    ]
    more = _address(whose, nhom=key, sau=page.next_cursor) if page.next_cursor else ""
    return Group(key, str(GROUPS[key][0]), rows, more)


def _lateness(dossier: DossierSummary) -> standing.Lateness | None:
    """How late it is, as its own page says; the calendars of agencies are kept in memory."""
    at = who.now()
    if dossier.due_at is None or (dossier.finished_at or at) <= dossier.due_at:
        return None
    calendar = agencies.calendar_of(dossier.agency_id, local(dossier.received_at or at).date())
    term = standing.Term(
        dossier.due_at,
        calendar,
        finished_at=dossier.finished_at,
        stands_still=dossier.stands_still,
        stopped_late=dossier.is_paused and not dossier.stands_still,
        is_over=dossier.status in ENDED,
        is_on_its_way=dossier.status is Status.RESULT_ISSUED and dossier.finished_at is None,
        broken_off_at=dossier.broken_off_at,
    )
    return standing.lateness(term, at)


def _choices(found: Sequence[services.Whose], whose: str) -> list[dict[str, Any]]:
    """The filter, shown only to those who have anything but their own."""
    if len(found) == 1:
        return []
    names = {services.MINE: gettext("Của tôi"), services.FOR_OTHERS: gettext("Tôi nộp thay")}
    chosen = whose if whose in {each.key for each in found} else ""
    named = [("", gettext("Tất cả")), *((each.key, names.get(each.key, each.name)) for each in found)]
    return [{"href": _address(key), "name": name, "is_chosen": key == chosen} for key, name in named]


def _address(whose: str, **more: str) -> str:
    asked = ({"cua": whose} if whose else {}) | more
    return "?" + urlencode(asked) if asked else reverse("portal:own_dossiers")


@access("citizen")
def own_dossier(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """One dossier of mine: how it stands, what I must do, what was handed in, what the agency wrote. Of a
    draft that was thrown away, that it was, and never sent."""
    view = open_own(request, dossier_id)
    if view.status is Status.DRAFT:
        return redirect("portal:file_tasks", dossier_id=dossier_id)
    if view.state.filed_at is None and view.status is Status.WITHDRAWN:
        context = {"nav": "own", "view": view, "state": view.state, **_handed_in(view)}
        return render(request, "portal/own/thrown_away.html", context)
    actor, now = who.actor(request), who.now()
    context = {
        "nav": "own",
        "view": view,
        "state": view.state,
        **_standing(view, now, actor.id),
        **_to_do(view, now),
        **_handed_in(view),
        "is_principal": view.state.behalf is not None and view.state.behalf.account_id == actor.id,
        "thread": services.thread_of(actor=actor, view=view),
        "unasked": unsent.of(view, actor),
    }
    return render(request, "portal/own/one.html", context)


def _standing(view: DossierView, now: datetime, reader_id: str) -> dict[str, Any]:
    """How far it is, by when what comes next, and how it ended."""
    state, is_over = view.state, view.status in ENDED
    is_date_open = state.stands_still_for(state.due_at)
    term = standing.Term(
        state.measured_due_at,
        queries.calendar_of(state, now),
        promised_at=state.promised_at,
        finished_at=state.finished_at,
        stands_still=state.stands_still,
        stopped_late=state.stopped_late,
        is_over=is_over,
        is_on_its_way=state.is_on_its_way,
        broken_off_at=state.broken_off_at,
    )
    why = ledgers.explained(view.due, view.arrived_at, renewed=state.due_at if state.promised_at else None)
    comes = queries.goes_back(state)
    if view.fetched is not None and view.status is Status.READY and comes == "online":
        now_at = standing.of_fetched(view.fetched, reader_id)
    else:
        now_at = standing.of(
            view.status,
            for_owner=True,
            comes=comes,
            is_on_paper=not any(each.file_id for each in state.results),
            is_on_its_way=state.is_on_its_way,
        )
    return {
        "standing": now_at,
        "receipt": standing.receipt(
            queries.counted(state),
            view.status,
            was_moved=queries.was_receipt_moved(UUID(view.id), state),
        ),
        "reply_by": reply_awaited(state),
        "is_date_open": is_date_open,
        "lateness": standing.lateness(term, now),
        "pill": standing.pill(term, now),
        "apologies": standing.apologies(
            state.apologies, promised_at=state.promised_at, finished_at=state.finished_at, is_over=is_over
        ),
        "way": standing.way(
            standing.way_of(view.history, view.sheet.eform),
            now,
            is_over=is_over,
            due_at=None if is_date_open else state.due_at,
        ),
        "why": why,
        "tells_closed": why and why.tells_closed(view.status, is_fetched=comes == "counter", at=now),
        "declined": _declined(view),
        "is_refused": state.decision is Decision.REFUSE and state.ready_at is not None,
        "is_sent_online": state.target.channel == "online" and any(each.file_id for each in state.results),
        "is_broken_off": is_over and state.finished_at is None,
        "results": list(state.results) if state.ready_at or state.returned_at else [],
    }


def _to_do(view: DossierView, now: datetime) -> dict[str, Any]:
    """What whoever filed does: what is asked for, what is to be paid, brought and collected."""
    state, is_over = view.state, view.status in ENDED
    to_bring = queries.to_bring(state, view.sheet)
    is_at_desk = view.status is Status.READY and queries.goes_back(state) == "counter"
    return {
        "verbs": {offer.verb.value for offer in view.verbs},
        "outages": outages.notices(state.target.agency_id),
        "is_settled": is_over,
        "awaited": state.supplement_awaited(),
        "to_pay": paying.of(view, now),
        "by_post": by_post.of(view, now.date()),
        "waits_for_payment": _waits_for_payment(view),
        "refund": _refund(view, is_over),
        "to_bring": () if is_over or is_at_desk else to_bring,
        "collecting": collecting.of(
            state.target.posting.desk if is_at_desk else None,
            to_bring,
            now,
            signs_form=queries.signs_form(state, view.sheet),
            is_refusal=state.decision is Decision.REFUSE,
        ),
    }


def _handed_in(view: DossierView) -> dict[str, Any]:
    """What was handed in, who acted, and what the agency wrote and added."""
    state, draft = view.state, Draft(view, view.version)
    return {
        "acts": _acts(view),
        "letters": _letters(view),
        "attached": list(state.given),
        "summary": filings.summary_of(draft),
        "wish": filings.wish_of(draft.contents),
        "answers": filings.answers_of(draft),
        "is_form_on_paper": filings.is_form_on_paper(draft),
        "worth_showing": filings.read_back(draft),
        "consent_given": consents.WORDINGS.get(state.consent),
    }


def _acts(view: DossierView) -> list[HistoryEntry]:
    """Who did what on the applicant's side, where more than one may."""
    if view.state.behalf is None:
        return []
    return [entry for entry in view.history if entry.kind in OWN_ACTS and entry.actor_kind == "citizen"]


_SLIPS = {
    "intake_receipt": _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "apology": _("Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
    "decline": _("Phiếu từ chối tiếp nhận, giải quyết hồ sơ"),
    "stop_notice": _("Thông báo dừng giải quyết hồ sơ"),
}
_ASKS_FOR_MORE = _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")


@dataclass(frozen=True, slots=True)
class Letter:
    """Something that the agency sent to whoever filed."""

    name: str
    at: datetime
    address: str


def _letters(view: DossierView) -> list[Letter]:
    """What the agency sent, in the order of time."""
    found = [
        Letter(
            _name(slip),
            slip.issued_at,
            reverse("portal:own_slip", args=[view.id, slip.event]),
        )
        for slip in view.slips
    ]
    for number, at in _supplements_sent(view):
        address = reverse("portal:supplement_acknowledgement", args=[view.id, number])
        found.append(Letter(gettext("Xác nhận đã nhận phần bổ sung gửi trực tuyến"), at, address))
    if is_acknowledged(view.state) and view.state.filed_at is not None:
        address = reverse("portal:own_acknowledgement", args=[view.id])
        name = gettext("Xác nhận đã nhận hồ sơ gửi trực tuyến")
        found.append(Letter(name, view.state.filed_at, address))
    return sorted(found, key=lambda letter: letter.at)


def _name(slip: Slip) -> str:
    name = str(_SLIPS.get(slip.kind, _ASKS_FOR_MORE))
    return gettext("%(slip)s (đã thu hồi)") % {"slip": name} if slip.taken_back_at else name


def _supplements_sent(view: DossierView) -> list[tuple[int, datetime]]:
    """The supplements that were sent here: the number of the request, and when it was answered."""
    found = sent_online((entry.kind, entry.actor_kind) for entry in view.history)
    return [(number, view.history[place].at) for number, place in found.items()]


def _waits_for_payment(view: DossierView) -> str:
    """What must be paid, in the officer's words once the desk has told them; empty where nothing waits."""
    if view.status is not Status.AWAITING_PAYMENT:
        return ""
    if view.state.letter_on(Paused.KIND) is not None:
        return gettext("Bộ phận một cửa sẽ báo cho bạn phải nộp gì và nộp ở đâu.")
    return next((entry.note for entry in reversed(view.history) if entry.kind == Paused.KIND), "")


def _declined(view: DossierView) -> dict[str, Any] | None:
    """Where to turn with what was not accepted; None for anything else."""
    if view.status is not Status.DECLINED:
        return None
    is_elsewhere, known, written = queries.way_out(view.state, view.id)
    return {"is_elsewhere": is_elsewhere, "competent": (written,) if written else known}


@dataclass(frozen=True, slots=True)
class Refund:
    """What of the fees may be given back, in words: grounds that are owed, grounds that are considered."""

    owed: tuple[str, ...]
    considered: tuple[str, ...]
    is_lost: bool


def _refund(view: DossierView, is_over: bool) -> Refund | None:
    """Told once the matter is over or its result is there; None where nothing can have been paid: the case
    costs nothing, or the dossier was never accepted.

    Basis: KT18-8.2.c#1, KT18-8.2.c#2, DL24-9.4#1, DL24-9.4#2, QN20-13.4#1, QN20-13.4#2, PT24-12.3.
    """
    is_free = queries.costs_nothing(view.state, view.sheet)
    if is_free or view.state.accepted_at is None or not (is_over or view.state.results):
        return None
    offer = queries.refunds_of(view.state, local(who.now()).date())

    def said(wanted: RefundAnswer) -> tuple[str, ...]:
        return tuple(
            gettext(labels.REFUND_GROUND[ground])
            for ground, answer in offer.answers.items()
            if answer is wanted
        )

    refund = Refund(said(RefundAnswer.OWED), said(RefundAnswer.CONSIDERED), offer.is_lost)
    return refund if refund.owed or refund.considered or refund.is_lost else None


OWN_ACTS = frozenset({"submitted", "supplemented", "withdrawn"})


@access("citizen")
def withdraw(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Take the dossier back, or throw a draft away, after being told what that means."""
    view = open_own(request, dossier_id)
    if not has(view, Verb.WITHDRAW):
        if request.method == "POST":
            services.must_act(actor=who.actor(request), at=who.now(), view=view)
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    is_draft = view.status is Status.DRAFT
    form = WithdrawForm(request.POST or None, is_draft=is_draft)
    errors: list[PageError] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw(
                actor=who.actor(request),
                at=who.now(),
                dossier_id=dossier_id,
                expected_version=version_of(request, view.version),
                reason=form.cleaned_data.get("reason") or gettext("Người soạn bỏ bản đang soạn."),
            )
        except Refusal as refusal:
            errors = [PageError(filings.said(refusal))]
        else:
            said = gettext("Bản đang soạn đã được bỏ.") if is_draft else gettext("Hồ sơ đã được rút.")
            messages.success(request, said)
            return redirect("portal:own_dossiers")
    context = {
        "nav": "own",
        "view": view,
        "form": form,
        "is_draft": is_draft,
        "version": view.version,
        "page_errors": errors + (page_errors(form) if form.is_bound else []),
    }
    return render(request, "portal/own/withdraw.html", context, status=422 if context["page_errors"] else 200)


@access("citizen")
def own_file(request: HttpRequest, dossier_id: str, file_id: str) -> HttpResponseBase:
    """A paper or a result, if it is mine to read."""
    actor, now = who.actor(request), who.now()
    allowed = services.file_of(actor=actor, at=now, dossier_id=dossier_id, file_id=file_id)
    answer = stored_file(allowed)  # what cannot be opened was not fetched
    if request.method == "GET":
        services.note_fetched(actor=actor, at=now, dossier_id=dossier_id, file_ids=[allowed])
    return answer


@access("citizen")
def own_package(request: HttpRequest, dossier_id: str) -> HttpResponseBase:
    """Everything of one dossier that is mine to read, as one file."""
    actor, now = who.actor(request), who.now()
    found = services.package_of(actor=actor, at=now, dossier_id=dossier_id)
    name = sanitise(f"{gettext('ho-so')}-{found.reference}.zip")
    answer = package(packages.stream(found, open_own(request, dossier_id), now), name=name)
    packed = [each.card.id for each in found.files if isinstance(each.card, FileCard)]
    if request.method == "GET":
        services.note_fetched(actor=actor, at=now, dossier_id=dossier_id, file_ids=packed)
    return answer


@access("citizen")
def own_slip(request: HttpRequest, dossier_id: str, event: int) -> HttpResponseBase:
    """A slip that was issued to me, as PDF."""
    file_id = services.slip_file(actor=who.actor(request), at=who.now(), dossier_id=dossier_id, event=event)
    return stored_file(file_id, inline=True)


@access("citizen")
def own_acknowledgement(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """What was said when I sent it online, as PDF to keep."""
    made = services.acknowledgement(actor=who.actor(request), at=who.now(), dossier_id=dossier_id)
    return made_pdf(made.content, name=made.name)


def open_own(request: HttpRequest, dossier_id: str) -> DossierView:
    return services.open_dossier(actor=who.actor(request), at=who.now(), dossier_id=dossier_id)


def has(view: DossierView, verb: Verb) -> bool:
    return any(offer.verb is verb for offer in view.verbs)
