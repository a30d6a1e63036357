"""Ways to a procedure beside the search: what happens in a life, and who settles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.agencies import queries as agencies
from motcua.agencies.enums import AgencyLevel
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import queries as catalogue
from motcua.portal import agency_choice, life_events, maps, opening, who
from motcua.portal.views.procedures import Row, row
from motcua.theme.access import access


@dataclass(frozen=True, slots=True)
class Need:
    """A procedure of an event, after when somebody needs it."""

    why: str
    row: Row


@access("public")
def life_event(request: HttpRequest, slug: str) -> HttpResponse:
    found = next((event for event in catalogue.life_events() if event.key == slug), None)
    if found is None:
        raise Http404
    today = who.now().date()
    is_english = life_events.is_english()
    why = {each.code: each.why_english if is_english else each.why for each in found.calls_for}
    needs = [Need(why[card.code], row(card, today)) for card in catalogue.with_codes(why, today)]
    context = {"nav": "procedures", "event": life_events.tile(found), "needs": needs}
    return render(request, "portal/browse/event.html", context)


@dataclass(frozen=True, slots=True)
class AgencyRow:
    id: int
    name: str
    address: str
    procedures: int


@access("public")
def agency_list(request: HttpRequest) -> HttpResponse:
    """Agencies that settle procedures; `q` picks those whose name holds the words, without accents too."""
    asked = request.GET.get("q", "").strip()[:100]
    counts = catalogue.settling_agencies(settings.PROVINCE, who.now().date())
    cards = list(agencies.cards(counts))
    found = agency_choice.answering((card.name for card in cards), asked)
    cards = [card for card in cards if card.name in found]
    context = {
        "nav": "procedures",
        "asked": asked,
        "provincial": rows_of(cards, counts, AgencyLevel.PROVINCE, AgencyLevel.CENTRAL),
        "districts": rows_of(cards, counts, AgencyLevel.DISTRICT),
        "communal": rows_of(cards, counts, AgencyLevel.COMMUNE),
    }
    return render(request, "portal/browse/agencies.html", context)


def rows_of(cards: list[AgencyCard], counts: dict[int, int], *levels: AgencyLevel) -> list[AgencyRow]:
    return [
        AgencyRow(card.id, card.name, card.address, counts[card.id]) for card in cards if card.level in levels
    ]


@access("public")
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    card = agencies.agency(agency_id)
    if card.province != settings.PROVINCE:
        raise Http404
    now = who.now()
    ended = card.validity.end is not None and card.validity.end < now.date()
    context = {
        "nav": "procedures",
        "agency": card,
        "gone_since": card.validity.end + timedelta(days=1) if ended and card.validity.end else None,
        "successors": agencies.successors(card.id, now.date()) if ended else None,
        "map": maps.searches_of(card),
        "opening": opening.of(agencies.calendar_of(card.id, now.date()), now),
        "contacts": agencies.contacts({card.id}).get(card.id, ()),
        "found": []
        if ended
        else [row(each, now.date()) for each in catalogue.settled_by(card.id, now.date())],
    }
    return render(request, "portal/browse/agency.html", context)
