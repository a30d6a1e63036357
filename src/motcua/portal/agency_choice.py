"""Choosing one of a hundred agencies: found by a word, near one's address, or in groups that fold.

No list of all of them at once, and no script: a page with a search, and radios.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.utils.translation import gettext

from motcua.agencies import queries as agencies
from motcua.agencies.enums import AgencyLevel
from motcua.catalogue.rules import searching
from motcua.catalogue.rules.cards import Offer
from motcua.kernel.errors import N_
from motcua.kernel.text import fold, one_spelling, sort_key

LONG = 20  # more are found or grouped; so many stand in one list
NEAR_AT_MOST = 3
SEARCH = "tim"  # in an address: the words that are looked for
COMMITTEE = "Ủy ban nhân dân "
PLACES = (N_("Phường"), N_("Xã"), N_("Thị trấn"), N_("Đặc khu"))


@dataclass(frozen=True, slots=True)
class Option:
    """One agency as a radio; `id` is that of its field."""

    value: str
    label: str
    id: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Agencies that fold away under a name."""

    title: str
    options: tuple[Option, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Picker:
    """What the page offers. `first` stand on top: what was chosen, and what one's address names.

    `left_out` counts what a search found besides; `groups` are all agencies, where nothing was looked for.
    """

    name: str
    asked: str
    first: tuple[Option, ...]
    is_near: bool  # the address named one of them
    found: tuple[Option, ...]
    left_out: int
    groups: tuple[Group, ...]


def picker(
    offers: Sequence[Offer],
    *,
    districts: Mapping[int, str],
    name: str,
    first_id: str,
    asked: str = "",
    chosen: str = "",
    address: str = "",
    is_open: bool = False,
) -> Picker:
    """The choice among these agencies; `districts` names the place above each commune that has one.

    `first_id` is the id of the first radio, to which errors lead; `is_open`: the first group is unfolded, so
    that they lead to something that is seen.
    """
    asked = " ".join(asked.split())[:100]
    close = [] if asked else near(offers, address)
    on_top = [offer for offer in offers if str(offer.agency_id) == chosen or offer in close]
    on_top.sort(key=lambda offer: str(offer.agency_id) != chosen)
    found = [each for each in matching(offers, asked) if each not in on_top] if asked else []
    number = iter(range(len(offers) * 2 + 1))

    def option(offer: Offer) -> Option:
        value = str(offer.agency_id)
        field = first_id if next(number) == 0 else f"{first_id}-{value}"
        return Option(value, place_name(offer.agency_name), field, value == chosen)

    top = tuple(map(option, on_top))
    shown = tuple(map(option, found[:LONG]))
    grouped = [] if asked else list(groups(offers, districts))
    return Picker(
        name=name,
        asked=asked,
        first=top,
        is_near=bool(close),
        found=shown,
        left_out=len(found) - len(shown),
        groups=tuple(
            Group(
                title,
                tuple(option(each) for each in members if each not in on_top),
                is_open=is_open and place == 0 and not top,
            )
            for place, (title, members) in enumerate(grouped)
            if any(each not in on_top for each in members)
        ),
    )


def place_name(name: str) -> str:
    """A committee by its place, as people say it: `Ủy ban nhân dân xã Ea Kao` is `Xã Ea Kao`."""
    place = name.removeprefix(COMMITTEE)
    return place[:1].upper() + place[1:]


def matching(offers: Iterable[Offer], asked: str) -> list[Offer]:
    """Those whose names answer what is asked; those where a word begins with each of the words first."""
    named = [(offer, offer.agency_name) for offer in offers]
    found = answering((name for _, name in named), asked)
    wanted = _words(_as_written(asked))
    kept = [offer for offer, name in named if name in found]
    return sorted(kept, key=lambda offer: not _begins(_words(offer.agency_name), wanted))


def answering(names: Iterable[str], asked: str) -> frozenset[str]:
    """Of these names those that hold all words, accent-blind, the words read as places are called today.

    Where none does, those that hold them but for a slip of the keyboard in a word: "buôn ma thuộc".
    """
    wanted = _words(_as_written(asked))
    said = {name: _said(name) for name in names}
    found = frozenset(name for name, words in said.items() if all(word in words for word in wanted))
    return found or frozenset(name for name, words in said.items() if _holds_nearly(words.split(), wanted))


def _holds_nearly(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Each word, or one a slip away from it; at least one is there as it was typed."""
    exact = [word in words for word in wanted]
    return any(exact) and all(
        is_there or any(searching.is_a_slip_away(word, other) for other in words)
        for word, is_there in zip(wanted, exact, strict=True)
    )


def _as_written(asked: str) -> str:
    said = f" {_said(asked)} "
    for spoken, name in _spoken():
        said = said.replace(f" {spoken} ", f" {name} ")
    return said.strip()


@cache
def _spoken() -> tuple[tuple[str, str], ...]:
    return tuple((_said(spoken), _said(name)) for spoken, name in agencies.spoken_names().items())


def _begins(words: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(any(word.startswith(each) for word in words) for each in wanted)


def near(offers: Iterable[Offer], address: str) -> list[Offer]:
    """Those whose place an address names: with its kind (`xã Ea Kao`) if any does, else by its name alone.

    None where an address fits too many to be of help.
    """
    said = f" {_said(address)} "
    places = [(offer, _said(place_name(offer.agency_name))) for offer in offers if _is_place(offer)]
    exact = [offer for offer, place in places if f" {place} " in said]
    loose = [offer for offer, place in places if f" {_own(place)} " in said]
    found = exact or loose
    return found if len(found) <= NEAR_AT_MOST else []


def groups(offers: Sequence[Offer], districts: Mapping[int, str]) -> Iterator[tuple[str, list[Offer]]]:
    """(title, agencies): those of the province, those of districts, communes by their district.

    Where there are no districts, communes stand by their kind, many of a kind by the letters they begin with.
    """
    for levels, title in (
        ((AgencyLevel.CENTRAL, AgencyLevel.PROVINCE), gettext("Cơ quan cấp tỉnh")),
        ((AgencyLevel.DISTRICT,), gettext("Cơ quan cấp huyện")),
    ):
        if members := [offer for offer in offers if offer.agency_level in levels]:
            yield title, members
    communal = [offer for offer in offers if offer.agency_level == AgencyLevel.COMMUNE]
    by_district: dict[str, list[Offer]] = {}
    for offer in communal:
        by_district.setdefault(districts.get(offer.agency_id, ""), []).append(offer)
    without = by_district.pop("", [])
    for title in sorted(by_district, key=sort_key):
        yield title, by_district[title]
    for kind in (*PLACES, ""):
        members = [offer for offer in without if _kind_of(offer) == kind]
        yield from _by_letters(gettext(kind) if kind else gettext("Nơi khác"), members)


def _by_letters(title: str, members: Sequence[Offer]) -> Iterator[tuple[str, list[Offer]]]:
    """Cut between two letters, so that no part is long, unless one letter is."""
    if len(members) <= LONG:
        if members:
            yield title, list(members)
        return
    letters = [(letter, list(those)) for letter, those in groupby(members, key=_letter)]
    part: list[Offer] = []
    first = last = letters[0][0]
    for letter, those in letters:
        if part and len(part) + len(those) > LONG:
            yield f"{title}: {_span(first, last)}", part
            part, first = [], letter
        part, last = [*part, *those], letter
    yield f"{title}: {_span(first, last)}", part


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"


def districts_of(offers: Sequence[Offer]) -> dict[int, str]:
    """The place of the district above each commune; those without one are left out."""
    communal = [offer.agency_id for offer in offers if offer.agency_level == AgencyLevel.COMMUNE]
    parents = {card.id: card.parent_id for card in agencies.cards(communal) if card.parent_id is not None}
    above = {card.id: card for card in agencies.cards(set(parents.values()))}
    return {
        child: place_name(above[parent].name)
        for child, parent in parents.items()
        if parent in above and above[parent].level == AgencyLevel.DISTRICT
    }


def _said(text: str) -> str:
    """Words for comparing: without accents, marks and double spellings."""
    folded = one_spelling(fold(text))
    return " ".join("".join(char if char.isalnum() else " " for char in folded).split())


def _words(text: str) -> list[str]:
    return _said(text).split()


def _is_place(offer: Offer) -> bool:
    return bool(_kind_of(offer))


def _kind_of(offer: Offer) -> str:
    place = place_name(offer.agency_name)
    return next((kind for kind in PLACES if place.startswith(f"{kind} ")), "")


def _own(place: str) -> str:
    """The name of a place without its kind, both as `_said`."""
    kind = next((each for each in map(_said, PLACES) if place.startswith(f"{each} ")), "")
    return place.removeprefix(kind).strip()


def _letter(offer: Offer) -> str:
    """The letter by which a place stands in a list; Đ is one of its own."""
    own = place_name(offer.agency_name).removeprefix(_kind_of(offer)).strip()
    first = own[:1].upper()
    return first if first == "Đ" else fold(first).upper()
