"""Online services: the yearly review, proposals, their assessment, decisions, what agencies sent in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import labels, queries, services
from motcua.catalogue.enums import ProposalState
from motcua.catalogue.policy import Standing
from motcua.catalogue.queries import ProposalCard
from motcua.catalogue.rules import online as rules
from motcua.catalogue.rules import reminding
from motcua.desk import clock, governing
from motcua.desk.forms.governing import Assess, ProposeLevel, RecordOnlineDecision, SendRoadmap, known_of
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.law_pages import conformity
from motcua.desk.law_pages.outside import forbidden
from motcua.desk.officers import actor_of
from motcua.dossiers import queries as dossiers
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.law import queries as law
from motcua.law.errors import NoRegulation
from motcua.law.rules import Regulation
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.regulations import value_text

TABS = {
    "": rules.OPEN,
    "quyet-dinh": (ProposalState.APPROVED, ProposalState.REJECTED),
    "da-rut": (ProposalState.WITHDRAWN,),
}


@access("officer")
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Proposals of the officer's agencies, or of all for those who oversee the province."""
    standing = governing.must_take_part(request)
    regulation = _regulation(request)
    tab = request.GET.get("loc", "")
    tab = tab if tab in TABS else ""
    before = governing.number(request.GET.get("truoc", ""))
    cards = queries.proposals(
        settings.PROVINCE,
        states=TABS[tab],
        agency_ids=None if standing.oversees else standing.agency_ids,
        before=before,
        limit=governing.PAGE,
    )
    words = {"": gettext("Đang xem xét"), "quyet-dinh": gettext("Đã quyết định"), "da-rut": gettext("Đã rút")}
    context = frame(request, "online") | {
        "lines": [_line(request, card) for card in cards],
        "tab": tab,
        "tabs": [(key, text, f"?loc={key}") for key, text in words.items()],
        "own": governing.own_agencies(request),
        "assesses": _assesses(standing, regulation),
        "oversees": standing.oversees,
        "next": f"?loc={tab}&truoc={cards[-1].id}" if len(cards) == governing.PAGE else "",
        "previous": f"?loc={tab}" if before is not None else "",
    }
    return render(request, "desk/governing/proposals.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, agency_id: int) -> HttpResponse:
    """The yearly review of an agency: what it settles, at which level, what it lacks there, how often; its
    roadmap is sent here.

    Basis: KT22-18.1, QN20-5.1, QN20-15.1, QN20-21.1, KT18-17.3#2, DL24-11.1#1, PT24-18.1.0, QN20-3.3,
    DL24-3.1.
    """
    card, regulation, now = _agency(request, agency_id), _regulation(request), clock.now()
    year = _year(request, now)
    form = SendRoadmap(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.send_roadmap(
                actor=actor_of(request), at=now, agency_id=card.id, year=year, note=form.cleaned_data["note"]
            )
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã gửi kết quả rà soát và lộ trình."))
            return redirect(f"{request.path}?nam={year}")
    lines = queries.review_list(settings.PROVINCE, card.id, now.date())
    uses = dossiers.settled_in_a_year({line.code for line in lines}, now.date())
    names = governing.level_names(regulation)
    judged = conformity.judged([line.version_id for line in lines], regulation)
    context = frame(request, "online") | {
        "card": card,
        "year": year,
        "years": [now.year, now.year + 1],
        "lines": [
            (line, names[line.level], judged.lacks.get(line.version_id, ()), uses.get(line.code, 0))
            for line in lines
        ],
        "judged": judged,
        "sent": next((each for each in _sent(year) if each.agency_id == card.id), None),
        **_last_day(regulation, year, now.date()),
        "receivers": [governing.body_name(each) for each in rules.receivers(regulation)],
        "form": form,
        "may_act": governing.standing_of(request).acts_for(card.id),
        "page_errors": page_errors(form),
    }
    return render(request, "desk/governing/review.html", context, status=422 if form.errors else 200)


@access("officer")
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, agency_id: int, code: str) -> HttpResponse:
    card, regulation, now = _agency(request, agency_id), _regulation(request), clock.now()
    sheet = queries.by_code(code, now.date())
    names = governing.level_names(regulation)
    form = ProposeLevel(
        request.POST if request.method == "POST" else None,
        regulation=regulation,
        today=now.date(),
        was=sheet.online_level,
        level_names=names,
    )
    if form.is_bound and form.is_valid():
        try:
            made = services.propose(
                actor=actor_of(request), at=now, code=sheet.code, agency_id=card.id, wish=form.wish()
            )
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã gửi đề xuất."))
            return redirect("desk:proposal", made)
    context = frame(request, "online") | {
        "card": card,
        "sheet": sheet,
        "level": names[sheet.online_level],
        "form": form,
        "uses": dossiers.settled_in_a_year({sheet.code}, now.date()).get(sheet.code, 0),
        "page_errors": page_errors(form),
    }
    return render(request, "desk/governing/propose.html", context, status=422 if form.errors else 200)


@access("officer")
@require_safe
def proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """One proposal with its history, and what the officer may do about it."""
    card = _proposal(request, proposal_id)
    return _page(request, card)


@access("officer")
@require_http_methods(["GET", "POST"])
def assess_proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Its form stands on the page of the proposal, and whoever comes back is led there."""
    card = _proposal(request, proposal_id)
    if request.method == "GET":
        return redirect("desk:proposal", card.id)
    form = _assess_form(card, request.POST)
    if form.is_valid():
        try:
            services.assess(
                actor=actor_of(request),
                at=clock.now(),
                proposal_id=card.id,
                version=form.cleaned_data["version"],
                what=form.cleaned_data["what"],
                text=form.cleaned_data["text"],
                solution=form.solution(),
            )
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã ghi ý kiến thẩm định."))
            return redirect("desk:proposal", card.id)
    return _page(request, card, assess=form)


@access("officer")
@require_http_methods(["GET", "POST"])
def change_proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Its form stands on the page of the proposal, and whoever comes back is led there."""
    card = _proposal(request, proposal_id)
    if request.method == "GET":
        return redirect("desk:proposal", card.id)
    form = _change_form(request, card, request.POST)
    if form.is_valid():
        try:
            services.change_proposal(
                actor=actor_of(request),
                at=clock.now(),
                proposal_id=card.id,
                version=form.cleaned_data["version"] or 0,
                wish=form.wish(),
            )
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã bổ sung và gửi lại đề xuất."))
            return redirect("desk:proposal", card.id)
    return _page(request, card, change=form)


@access("officer")
@require_POST
def withdraw_proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    card = _proposal(request, proposal_id)
    services.withdraw_proposal(
        actor=actor_of(request),
        at=clock.now(),
        proposal_id=card.id,
        version=governing.number(request.POST.get("version", "")) or 0,
        note="",
    )
    messages.success(request, gettext("Đã rút đề xuất."))
    return redirect("desk:proposal", card.id)


@access("officer")
@require_http_methods(["GET", "POST"])
def new_online_decision(request: HttpRequest) -> HttpResponse:
    """Record what was decided on the proposals that are assessed."""
    standing, regulation = governing.must_take_part(request), _regulation(request)
    if not _assesses(standing, regulation):
        raise forbidden("online_decisions", clock.now())
    cards = queries.proposals(settings.PROVINCE, states=rules.ASSESSED, limit=200)
    form = RecordOnlineDecision(request.POST if request.method == "POST" else None, cards=cards)
    if form.is_bound and form.is_valid():
        try:
            services.record_online_decision(actor=actor_of(request), at=clock.now(), entry=form.entry())
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(
                request, gettext("Đã ghi nhận quyết định. Danh mục đã được công khai trên Cổng Dịch vụ công.")
            )
            return redirect("desk:proposals")
    names = governing.level_names(regulation)
    rows = [
        (card, names[card.level], bound, card.state is ProposalState.SUPPORTED) for card, bound in form.rows()
    ]
    context = frame(request, "online") | {"form": form, "rows": rows, "page_errors": page_errors(form)}
    return render(
        request, "desk/governing/new_online_decision.html", context, status=422 if form.errors else 200
    )


@access("officer")
@require_safe
def roadmaps(request: HttpRequest) -> HttpResponse:
    """Which agencies sent in their roadmap for a year, which did not, and which came too late.

    Where the regulation asks for none, nobody is missing: the page says how the list is reviewed instead.

    Basis: KT18-17.3#2, QN20-21.1, KT22-18.1, DL24-11.1#1, PT24-18.1.
    """
    standing, regulation, now = governing.must_take_part(request), _regulation(request), clock.now()
    if not standing.oversees:
        raise forbidden("roadmap", clock.now())
    year = _year(request, now)
    sent = _sent(year)
    is_asked = reminding.is_asked(regulation)
    review = None if is_asked else regulation.get("catalogue.review")
    asked = queries.settling_agencies(settings.PROVINCE, now.date()) if is_asked else ()
    came = {each.agency_id for each in sent}
    cards = agencies.cards({*asked, *came})
    known = {card.id: card for card in cards if card.id in came or now.date() in card.validity}
    context = frame(request, "online") | {
        "year": year,
        "years": [now.year, now.year + 1],
        "is_asked": is_asked,
        "review": review,
        "review_when": value_text(review.key, review.value) if review else "",
        **_last_day(regulation, year, now.date()),
        "sent": [(known[each.agency_id], each) for each in sent],
        "missing": [card for card in known.values() if card.id not in came],
    }
    return render(request, "desk/governing/roadmaps.html", context)


def _last_day(regulation: Regulation, year: int, today: date) -> dict[str, Any]:
    """The last day for a year, whether the text gives it, and whether it is over."""
    last = reminding.roadmap_last_day(regulation, year)
    is_over = last is not None and today > last
    return {"due_on": last and rules.roadmap_due(regulation, year), "last_day": last, "is_over": is_over}


def _sent(year: int) -> tuple[queries.RoadmapCard, ...]:
    return queries.roadmaps(settings.PROVINCE, year)


def _year(request: HttpRequest, now: datetime) -> int:
    """This year or the next, which is the one roadmaps are made for."""
    asked = governing.number(request.GET.get("nam", ""))
    return asked if asked in (now.year, now.year + 1) else now.year + 1


def _regulation(request: HttpRequest) -> Regulation:
    """Raises NoRegulation where the province has none today: then nothing can be decided under one."""
    found = governing.regulation_of(request)
    if found is None:
        raise NoRegulation(province=settings.PROVINCE, on=clock.now().date())
    return found


def _assesses(standing: Standing, regulation: Regulation) -> bool:
    party = rules.assessed_by(regulation)
    body = agencies.agency_of_party(settings.PROVINCE, party, clock.now().date())
    return standing.acts_for(body.id if body else None, party)


def _agency(request: HttpRequest, agency_id: int) -> AgencyCard:
    """Raises NotFound, Forbidden."""
    standing = governing.must_take_part(request)
    card = agencies.agency(governing.small(agency_id))
    if not (standing.oversees or standing.acts_for(card.id)):
        raise forbidden("propose", clock.now())
    return card


def _proposal(request: HttpRequest, proposal_id: int) -> ProposalCard:
    """Raises NotFound, Forbidden."""
    standing = governing.must_take_part(request)
    card = queries.proposal(settings.PROVINCE, governing.small(proposal_id))
    if card is None:
        raise NotFound()
    if not (standing.oversees or standing.acts_for(card.agency_id)):
        raise forbidden("propose", clock.now())
    return card


def _line(request: HttpRequest, card: ProposalCard) -> dict[str, Any]:
    names = governing.level_names(governing.regulation_of(request))
    word, tone = labels.PROPOSAL_STATE[card.state]
    return {
        "card": card,
        "level": names[card.level],
        "was": names[card.was_level],
        "state": gettext(word),
        "tone": tone,
        "service": gettext(labels.SERVICE[card.service_kind]),
        "solution": [(gettext(labels.SOLUTION[part]), text) for part, text in card.solution.items()],
    }


def _assess_form(card: ProposalCard, data: Any = None) -> Assess:
    return Assess(
        data,
        regulation=law.regulation(card.regulation),
        is_assessed=card.state in rules.ASSESSED,
        initial={"version": card.version, "text": card.assessment, **card.solution},
    )


def _change_form(request: HttpRequest, card: ProposalCard, data: Any = None) -> ProposeLevel:
    regulation = law.regulation(card.regulation)
    return ProposeLevel(
        data,
        regulation=regulation,
        today=clock.now().date(),
        was=card.was_level,
        level_names=governing.level_names(regulation),
        initial=known_of(card),
    )


def _page(
    request: HttpRequest,
    card: ProposalCard,
    *,
    assess: Assess | None = None,
    change: ProposeLevel | None = None,
) -> HttpResponse:
    standing = governing.standing_of(request)
    is_proposer = standing.acts_for(card.agency_id)
    assesses = _assesses(standing, law.regulation(card.regulation))
    may_assess = assesses and card.state in (ProposalState.SUBMITTED, *rules.ASSESSED)
    may_change = is_proposer and card.state is ProposalState.RETURNED
    acts = queries.acts_of_proposal(card.id)
    form = assess or change
    context = (
        frame(request, "online")
        | _line(request, card)
        | {
            "assess": assess or (_assess_form(card) if may_assess else None),
            "change": change or (_change_form(request, card) if may_change else None),
            "may_withdraw": is_proposer and card.state in (ProposalState.SUBMITTED, ProposalState.RETURNED),
            "entries": [
                {
                    "title": gettext(labels.PROPOSAL_ACT[act.what]),
                    "at": act.at,
                    "who": act.by,
                    "body": act.note,
                }
                for act in acts
            ],
            "page_errors": page_errors(form) if form else [],
        }
    )
    status = 422 if form is not None and form.errors else 200
    return render(request, "desk/governing/proposal.html", context, status=status)
