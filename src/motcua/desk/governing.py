"""What the pages of governing the catalogue share: for whom the officer acts, numbers, labels."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import labels, policy
from motcua.catalogue.enums import OnlineLevel, UpgradeKind
from motcua.catalogue.policy import Standing
from motcua.catalogue.queries import DutyCard
from motcua.catalogue.rules import upgrades
from motcua.desk import clock
from motcua.desk.law_pages.outside import forbidden
from motcua.desk.officers import actor_of, once, scope_of, seat_of
from motcua.kernel.numbers import read_number
from motcua.law.rules import Regulation
from motcua.law.rules.grounding import Grounds

PAGE = 40
BIGGEST = 2**62


def standing_of(request: HttpRequest) -> Standing:
    """For which bodies the logged-in officer acts; asked once per request."""
    return once(
        request,
        "standing",
        lambda: policy.standing_of(actor_of(request), clock.now(), settings.PROVINCE),
    )


def must_take_part(request: HttpRequest) -> Standing:
    """Raise Forbidden from whoever acts for no body."""
    standing = standing_of(request)
    if standing.is_empty:
        raise forbidden(Grounds((policy.standing_of,)), clock.now())
    return standing


def regulation_of(request: HttpRequest) -> Regulation | None:
    return once(request, "regulation", lambda: policy.regulation_of(settings.PROVINCE, clock.now()))


def own_agencies(request: HttpRequest) -> tuple[AgencyCard, ...]:
    """The agencies for which the officer acts, in Vietnamese order."""
    return agencies.cards(standing_of(request).agency_ids)


def body_name(party: str) -> str:
    """The agency that a body of the regulation is today, else its name in the regulation."""
    card = agencies.agency_of_party(settings.PROVINCE, party, clock.now().date())
    return card.name if card else gettext(labels.PARTY[party])


def upgrade_recorders(request: HttpRequest) -> dict[UpgradeKind, str]:
    """What agencies may ask about the system, and the body that records what becomes of it."""
    regulation = regulation_of(request)
    return upgrades.recorders(regulation) if regulation else {}


def number(text: str) -> int | None:
    """A number from an address; None for anything else."""
    return read_number(text)


def small(value: int) -> int:
    """The number of a row. Raises Http404 for one that no table holds."""
    if value > BIGGEST:
        raise Http404
    return value


def level_names(regulation: Regulation | None) -> dict[OnlineLevel, str]:
    """The levels as the regulation calls them, in the reader's language."""
    names = labels.level_names(regulation.words("levels.scale") if regulation else ())
    return {level: gettext(name) for level, name in names.items()}


def duty_line(card: DutyCard) -> dict[str, Any]:
    """A duty as lists show it."""
    word, tone = labels.DUTY_STATE[card.state]
    return {
        "card": card,
        "what": gettext(labels.DUTY[card.kind]),
        "who": card.agency or gettext(labels.PARTY[card.party]),
        "party": gettext(labels.PARTY[card.party]),
        "change": gettext(labels.CHANGE[card.change]),
        "state": gettext(word),
        "tone": tone,
    }


def has_part(request: HttpRequest) -> bool:
    """Whether the rail shows these pages. Asked on every page of the desk, so only of what is at hand."""
    if scope_of(request).is_province:
        return True
    return bool(seat_of(request).roles & policy.acting_roles(settings.PROVINCE, clock.now()))
