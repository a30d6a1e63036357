"""The bodies that regulations name, and the agencies of the province that are meant by them on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import AgencyCard
from motcua.law.rules import Regulation
from motcua.portal.publicity import Kind
from motcua.portal.words import Text

_NAMES: dict[str, Text] = {
    "office": _("Văn phòng Ủy ban nhân dân tỉnh"),
    "agency": _("Cơ quan giải quyết thủ tục"),
    "dttt": _("Sở Thông tin và Truyền thông"),
    "ict_centre": _("Trung tâm Công nghệ thông tin và Truyền thông"),
}
# Where the data of a kind that has none here yet are: the value of the regulation that names who holds them.
_HOLDERS: dict[str, tuple[str, ...]] = {"evaluation": ("survey.organiser",)}


@dataclass(frozen=True, slots=True)
class Body:
    """A body that the regulation names, and the agency that is meant by it on the day; None if there is none
    of the province's that took over its tasks: then `name` is what the text calls it."""

    name: Text
    agency: AgencyCard | None


def body(party: str | None, on: date) -> Body | None:
    """Who is meant by a body of the regulations; None for what is none."""
    if party not in _NAMES:
        return None
    card = agencies.agency_of_party(settings.PROVINCE, party, on)
    return Body(card.name if card else _NAMES[party], card)


def operator_of(rules: Regulation | None, on: date) -> Body | None:
    """Who runs the system, as the regulation says."""
    return body(rules.choice("operator.agency"), on) if rules else None


def holder_of(kind: Kind, rules: Regulation | None, on: date) -> Body | None:
    """Which agency to ask for information that is not here yet: the one the regulation names, else the one
    that runs the system; None where neither is known."""
    if rules is None:
        return None
    named = (body(rules.choice(key), on) for key in _HOLDERS.get(kind.key, ()))
    return next((each for each in named if each), None) or operator_of(rules, on)


def names_of(parties: Iterable[str], on: date) -> list[Text]:
    """What the bodies are called on the day."""
    found = (body(each, on) for each in parties)
    return [each.name for each in found if each]
