"""The register of requests to upgrade or extend the system; it is there under a regulation that asks for
the approval of the provincial committee, and under no other."""

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
from motcua.catalogue.enums import UpgradeState
from motcua.catalogue.errors import UpgradesNotGoverned
from motcua.catalogue.policy import Standing
from motcua.catalogue.queries import PastStep, UpgradeCard
from motcua.catalogue.rules import upgrades as rules
from motcua.desk import clock, governing
from motcua.desk.forms.refused import tell
from motcua.desk.forms.upgrades import DecideUpgrade, DeployUpgrade, ProposeUpgrade, RequestUpgrade, StepForm
from motcua.desk.frame import frame
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
# The form that a request waits for, where it is sent, its heading and its button.
_NEXT: dict[UpgradeState, type[StepForm]] = {
    UpgradeState.REQUESTED: ProposeUpgrade,
    UpgradeState.PROPOSED: DecideUpgrade,
    UpgradeState.APPROVED: DeployUpgrade,
}


@access("officer")
@require_safe
def upgrades(request: HttpRequest) -> HttpResponse:
    """Requests of the officer's agencies, or of all for those who oversee the province.

    Basis: QN20-17.2.
    """
    standing, party = _must_take_part(request)
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
        "da-quyet-dinh": gettext("Đã quyết định"),
        "da-rut": gettext("Đã rút"),
        "tat-ca": gettext("Tất cả"),
    }
    context = frame(request, "upgrades") | {
        "lines": [_line(card) for card in cards],
        "tab": tab,
        "tabs": [(key, text, f"?loc={key}") for key, text in words.items()],
        "may_request": bool(standing.agency_ids),
        "body": governing.body_name(party),
        "clauses": _clauses(request),
        "next": f"?loc={tab}&truoc={cards[-1].id}" if len(cards) == governing.PAGE else "",
        "previous": f"?loc={tab}" if before is not None else "",
    }
    return render(request, "desk/upgrades/list.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def new_upgrade(request: HttpRequest) -> HttpResponse:
    """An agency asks for a function that the system does not have.

    Basis: QN20-17.2.
    """
    standing, party = _must_take_part(request)
    if not standing.agency_ids:
        raise Forbidden()
    now = clock.now()
    form = RequestUpgrade(
        request.POST if request.method == "POST" else None,
        cards=governing.own_agencies(request),
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
        "body": governing.body_name(party),
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
def propose_upgrade(request: HttpRequest, upgrade_id: int) -> HttpResponse:
    """Its form stands on the page of the request, and whoever comes back is led there."""
    said = gettext("Đã ghi nhận đề xuất với Ủy ban nhân dân tỉnh.")
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


def _must_take_part(request: HttpRequest) -> tuple[Standing, str]:
    """For whom the officer acts, and the body through which requests go.

    Raises Forbidden, UpgradesNotGoverned.
    """
    standing = governing.must_take_part(request)
    party = governing.upgrades_through(request)
    if party is None:
        raise UpgradesNotGoverned()
    return standing, party


def _clauses(request: HttpRequest) -> tuple[str, ...]:
    regulation = governing.regulation_of(request)
    return regulation.clauses("change.control") if regulation else ()


def _upgrade(request: HttpRequest, upgrade_id: int) -> UpgradeCard:
    """Raises Forbidden, UpgradesNotGoverned, NotFound."""
    standing, _party = _must_take_part(request)
    card = queries.upgrade(settings.PROVINCE, governing.small(upgrade_id))
    if card is None:
        raise NotFound()
    if not (standing.oversees or standing.acts_for(card.agency_id)):
        raise Forbidden()
    return card


def _line(card: UpgradeCard) -> dict[str, Any]:
    word, tone = labels.UPGRADE_STATE[card.state]
    papers = [
        _paper(words, step)
        for words, step in (
            (gettext("Đề xuất số %(number)s, ngày %(day)s"), card.proposed),
            (gettext("Quyết định số %(number)s, ngày %(day)s"), card.decided),
        )
        if step
    ]
    return {"card": card, "state": gettext(word), "tone": tone, "papers": papers}


def _records(standing: Standing, party: str) -> bool:
    body = agencies.agency_of_party(settings.PROVINCE, party, clock.now().date())
    return standing.acts_for(body.id if body else None, party)


def _page(request: HttpRequest, card: UpgradeCard, refused: StepForm | None = None) -> HttpResponse:
    standing, party = _must_take_part(request)
    kind = _NEXT.get(card.state) if _records(standing, party) else None
    waiting = kind(initial={"version": card.version}) if kind else None
    form = refused or waiting
    context = (
        frame(request, "upgrades")
        | _line(card)
        | {
            "form": form,
            "what": type(form).__name__ if form else "",
            "body": governing.body_name(party),
            "may_withdraw": standing.acts_for(card.agency_id) and card.state is UpgradeState.REQUESTED,
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


def _paper(words: str, step: PastStep) -> str:
    return words % {"number": step.number, "day": wording.short_day(step.on)}


def _said(step: PastStep) -> str:
    """What the paper of a step says: `Số 12/UBND, ngày 04/03/2024, người ký: … . …`."""
    words = gettext("Số %(number)s, ngày %(day)s") if step.number else gettext("Vào ngày %(day)s")
    signed = gettext(", người ký: %(signer)s") % {"signer": step.signer} if step.signer else ""
    return f"{_paper(words, step)}{signed}.\n{step.note}".strip()
