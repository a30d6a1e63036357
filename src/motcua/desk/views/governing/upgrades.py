"""The register of requests about the system: of the kinds of which the regulation in force speaks; where it
speaks of none, there is no page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies import queries as agencies
from motcua.catalogue import labels, queries, services
from motcua.catalogue.enums import UpgradeKind, UpgradeState, UpgradeStep
from motcua.catalogue.errors import UpgradesNotGoverned
from motcua.catalogue.policy import Standing
from motcua.catalogue.queries import PastStep, UpgradeCard
from motcua.catalogue.rules import upgrades as rules
from motcua.desk import clock, governing
from motcua.desk.forms.refused import tell
from motcua.desk.forms.upgrades import (
    AnswerUpgrade,
    DecideUpgrade,
    DeployUpgrade,
    ProposeUpgrade,
    RequestUpgrade,
    ReviewUpgrade,
    StepForm,
)
from motcua.desk.frame import frame
from motcua.desk.law_pages.outside import forbidden
from motcua.desk.officers import actor_of
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.theme import wording
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors

TABS = {
    "": rules.OPEN,
    "da-quyet-dinh": rules.DECIDED,
    "da-rut": (UpgradeState.WITHDRAWN,),
    "tat-ca": tuple(UpgradeState),
}
_FORMS: dict[UpgradeStep, type[StepForm]] = {
    UpgradeStep.REVIEW: ReviewUpgrade,
    UpgradeStep.PROPOSE: ProposeUpgrade,
    UpgradeStep.APPROVE: DecideUpgrade,
    UpgradeStep.REFUSE: DecideUpgrade,
    UpgradeStep.DEPLOY: DeployUpgrade,
    UpgradeStep.ANSWER: AnswerUpgrade,
}


@access("officer")
@require_safe
def upgrades(request: HttpRequest) -> HttpResponse:
    """Requests of the officer's agencies, or of all for those who oversee the province.

    Basis: QN20-17.2, QN20-23.4, PT24-21.3.
    """
    standing, recorders = _must_take_part(request)
    tab = request.GET.get("loc", "")
    tab = tab if tab in TABS else ""
    before = governing.number(request.GET.get("truoc", ""))
    cards = queries.upgrades(
        settings.PROVINCE,
        states=TABS[tab],
        agency_ids=None if standing.oversees else standing.agency_ids,
        before=before,
        limit=governing.PAGE,
    )
    words = {
        "": gettext("Đang xem xét"),
        "da-quyet-dinh": gettext("Đã quyết định, trả lời"),
        "da-rut": gettext("Đã rút"),
        "tat-ca": gettext("Tất cả"),
    }
    bodies = {party: governing.body_name(party) for party in set(recorders.values())}
    context = frame(request, "upgrades") | {
        "lines": [_line(card) for card in cards],
        "tab": tab,
        "tabs": [(key, text, f"?loc={key}") for key, text in words.items()],
        "may_request": bool(standing.agency_ids),
        "kinds": [
            {"kind": kind.value, "body": bodies[party], "clauses": _clauses(request, kind)}
            for kind, party in recorders.items()
        ],
        "next": f"?loc={tab}&truoc={cards[-1].id}" if len(cards) == governing.PAGE else "",
        "previous": f"?loc={tab}" if before is not None else "",
    }
    return render(request, "desk/upgrades/list.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def new_upgrade(request: HttpRequest) -> HttpResponse:
    """An agency asks for a function, tells a problem, asks for support.

    Basis: QN20-17.2, QN20-23.4, QN20-28.1#2, PT24-21.3, DL24-18.4#2.
    """
    standing, recorders = _must_take_part(request)
    if not standing.agency_ids:
        raise forbidden("upgrades", clock.now())
    now = clock.now()
    form = RequestUpgrade(
        request.POST if request.method == "POST" else None,
        cards=governing.own_agencies(request),
        kinds=tuple(recorders),
        today=now.date(),
    )
    if form.is_bound and form.is_valid():
        try:
            made = services.request_upgrade(
                actor=actor_of(request),
                at=now,
                agency_id=form.agency_id,
                wish=form.wish(),
                paper=form.paper(),
            )
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã gửi yêu cầu."))
            return redirect("desk:upgrade", made)
    context = frame(request, "upgrades") | {
        "form": form,
        "bodies": sorted({governing.body_name(party) for party in recorders.values()}),
        "page_errors": page_errors(form),
    }
    return render(request, "desk/upgrades/new.html", context, status=422 if form.errors else 200)


@access("officer")
@require_safe
def upgrade(request: HttpRequest, upgrade_id: int) -> HttpResponse:
    """One request with its history, and what the officer may record of it."""
    return _page(request, _upgrade(request, upgrade_id))


@access("officer")
@require_http_methods(["GET", "POST"])
def review_upgrade(request: HttpRequest, upgrade_id: int) -> HttpResponse:
    """Its form stands on the page of the request, and whoever comes back is led there."""
    return _record(request, upgrade_id, ReviewUpgrade, gettext("Đã ghi nhận việc rà soát."))


@access("officer")
@require_http_methods(["GET", "POST"])
def answer_upgrade(request: HttpRequest, upgrade_id: int) -> HttpResponse:
    """Its form stands on the page of the request, and whoever comes back is led there."""
    return _record(request, upgrade_id, AnswerUpgrade, gettext("Đã ghi nhận trả lời."))


@access("officer")
@require_http_methods(["GET", "POST"])
def propose_upgrade(request: HttpRequest, upgrade_id: int) -> HttpResponse:
    """Its form stands on the page of the request, and whoever comes back is led there."""
    said = gettext("Đã ghi nhận đề xuất.")
    return _record(request, upgrade_id, ProposeUpgrade, said)


@access("officer")
@require_http_methods(["GET", "POST"])
def decide_upgrade(request: HttpRequest, upgrade_id: int) -> HttpResponse:
    """Its form stands on the page of the request, and whoever comes back is led there."""
    said = gettext("Đã ghi nhận quyết định của Ủy ban nhân dân tỉnh.")
    return _record(request, upgrade_id, DecideUpgrade, said)


@access("officer")
@require_http_methods(["GET", "POST"])
def deploy_upgrade(request: HttpRequest, upgrade_id: int) -> HttpResponse:
    """Its form stands on the page of the request, and whoever comes back is led there."""
    return _record(request, upgrade_id, DeployUpgrade, gettext("Đã ghi nhận việc triển khai."))


@access("officer")
@require_POST
def withdraw_upgrade(request: HttpRequest, upgrade_id: int) -> HttpResponse:
    card = _upgrade(request, upgrade_id)
    services.withdraw_upgrade(
        actor=actor_of(request),
        at=clock.now(),
        upgrade_id=card.id,
        version=governing.number(request.POST.get("version", "")) or 0,
    )
    messages.success(request, gettext("Đã rút yêu cầu."))
    return redirect("desk:upgrade", card.id)


def _record(request: HttpRequest, upgrade_id: int, kind: type[StepForm], said: str) -> HttpResponse:
    card = _upgrade(request, upgrade_id)
    if request.method == "GET":
        return redirect("desk:upgrade", card.id)
    form = kind(request.POST)
    if form.is_valid():
        try:
            services.record_upgrade(
                actor=actor_of(request),
                at=clock.now(),
                upgrade_id=card.id,
                version=form.cleaned_data["version"],
                step=form.step,
                paper=form.paper(),
            )
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, said)
            return redirect("desk:upgrade", card.id)
    return _page(request, card, form)


def _must_take_part(request: HttpRequest) -> tuple[Standing, dict[UpgradeKind, str]]:
    """For whom the officer acts; what may be asked, and the body that records it.

    Raises Forbidden, UpgradesNotGoverned.
    """
    standing = governing.must_take_part(request)
    recorders = governing.upgrade_recorders(request)
    if not recorders:
        raise UpgradesNotGoverned()
    return standing, recorders


def _clauses(request: HttpRequest, kind: UpgradeKind) -> tuple[str, ...]:
    regulation = governing.regulation_of(request)
    return rules.clauses_of(regulation, kind) if regulation else ()


def _upgrade(request: HttpRequest, upgrade_id: int) -> UpgradeCard:
    """Raises Forbidden, UpgradesNotGoverned, NotFound."""
    standing, _recorders = _must_take_part(request)
    card = queries.upgrade(settings.PROVINCE, governing.small(upgrade_id))
    if card is None:
        raise NotFound()
    if not (standing.oversees or standing.acts_for(card.agency_id)):
        raise forbidden("upgrades", clock.now())
    return card


def _line(card: UpgradeCard) -> dict[str, Any]:
    word, tone = labels.UPGRADE_STATE[card.state]
    papers = [
        _paper(words, step)
        for words, step in (
            (gettext("Đề xuất số %(number)s, ngày %(day)s"), card.proposed),
            (gettext("Quyết định số %(number)s, ngày %(day)s"), card.decided),
            (gettext("Trả lời ngày %(day)s"), card.step(UpgradeStep.ANSWER)),
        )
        if step
    ]
    kind = gettext(labels.UPGRADE_KIND[card.kind])
    return {"card": card, "kind": kind, "state": gettext(word), "tone": tone, "papers": papers}


def _records(standing: Standing, party: str) -> bool:
    body = agencies.agency_of_party(settings.PROVINCE, party, clock.now().date())
    return standing.acts_for(body.id if body else None, party)


def _page(request: HttpRequest, card: UpgradeCard, refused: StepForm | None = None) -> HttpResponse:
    standing, recorders = _must_take_part(request)
    party = recorders.get(card.kind)
    waiting = _waiting(request, card) if party and _records(standing, party) else ()
    kinds = dict.fromkeys(waiting) | ({type(refused): None} if refused else {})
    forms = [
        refused if refused and type(refused) is each else each(initial={"version": card.version})
        for each in kinds
    ]
    context = (
        frame(request, "upgrades")
        | _line(card)
        | {
            "forms": [(type(form).__name__, form) for form in forms],
            "may_withdraw": bool(party)
            and standing.acts_for(card.agency_id)
            and card.state is UpgradeState.REQUESTED,
            "entries": [
                {
                    "title": gettext(labels.UPGRADE_STEP[step.what]),
                    "at": step.at,
                    "who": step.by,
                    "body": _said(step),
                }
                for step in card.steps
            ],
            "page_errors": page_errors(refused) if refused else [],
        }
    )
    return render(request, "desk/upgrades/one.html", context, status=422 if refused else 200)


def _waiting(request: HttpRequest, card: UpgradeCard) -> tuple[type[StepForm], ...]:
    """The forms for what may be recorded next."""
    regulation = governing.regulation_of(request)
    steps = rules.next_steps(regulation, card.kind, card.state) if regulation else ()
    return tuple(dict.fromkeys(_FORMS[step] for step in steps))


def _paper(words: str, step: PastStep) -> str:
    return words % {"number": step.number, "day": wording.short_day(step.on)}


def _said(step: PastStep) -> str:
    """What the paper of a step says: `Số 12/UBND, ngày 04/03/2024, người ký: … . …`."""
    words = gettext("Số %(number)s, ngày %(day)s") if step.number else gettext("Vào ngày %(day)s")
    signed = gettext(", người ký: %(signer)s") % {"signer": step.signer} if step.signer else ""
    return f"{_paper(words, step)}{signed}.\n{step.note}".strip()
