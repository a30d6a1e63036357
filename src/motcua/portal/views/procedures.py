"""Find a procedure: by words, by sector, or in the list of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.cards import Note, ProcedureCard
from motcua.portal import life_events, province, who, words
from motcua.portal.views import tracking
from motcua.theme.access import access, by_script

FOUND_AT_MOST = 30
NEAR_AT_MOST = 3


@access("public")
def procedures(request: HttpRequest) -> HttpResponse:
    """All procedures by sector, or those that answer a question.

    The code of a dossier leads to where that stands; the number of a person, which no address shall keep, to
    where dossiers are found by it.
    """
    asked = request.GET.get("q", "").strip()
    code = tracking.dossier_code_in(asked)
    if code and not by_script(request):
        return redirect("portal:track", code=code)
    if tracking.is_number_of_a_person(asked):
        return redirect("portal:lookup")
    today = who.now().date()
    answers = catalogue.answers(asked, FOUND_AT_MOST, on=today)
    found = answers.cards if asked else catalogue.published(today)
    context = {
        "nav": "procedures",
        "asked": asked,
        "dossier_code": code,
        "notes": [in_language(note) for note in catalogue.notes(asked)],
        "events": life_events.tiles_answering(asked),
        "count": len(found),
        "is_whole": answers.is_whole,
        "is_sure": bool(answers.is_whole and found),  # then the ways by what happens come after
        "found": [row(card, today) for card in found] if asked else (),
        "groups": () if asked else by_sector(found, today),
        **({} if found or not asked else ways_on(asked, today)),
    }
    return render(request, "portal/procedures/list.html", context)


def in_language(note: Note) -> str:
    return note.english if (get_language() or "").startswith("en") else note.vietnamese


def ways_on(asked: str, today: date) -> dict[str, object]:
    """Where nothing fits: the likely procedures, the names of those that are not here, what else there is."""
    named = catalogue.likely(asked, on=today)
    likely = tuple(dict.fromkeys(card for cards in named.values() for card in cards))
    near = [card for card in catalogue.near(asked, NEAR_AT_MOST, on=today) if card not in likely]
    return {
        "likely": [row(card, today) for card in likely],
        "missing_names": [name for name, cards in named.items() if not cards],
        "near": [row(card, today) for card in near],
        "sectors": [
            {"name": each.sector, "slug": words.slug(each.sector), "count": each.procedures}
            for each in catalogue.sectors(today)
        ],
    }


@access("public")
def sector(request: HttpRequest, slug: str) -> HttpResponse:
    """The procedures of one sector, and no others.

    Basis: KT18-5.1.a#2.
    """
    today = who.now().date()
    name = next((each.sector for each in catalogue.sectors(today) if words.slug(each.sector) == slug), None)
    if name is None:
        raise Http404
    rows = [row(card, today) for card in catalogue.by_sector(name, today)]
    return render(
        request, "portal/procedures/sector.html", {"nav": "procedures", "sector": name, "found": rows}
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A procedure in a list."""

    code: str
    national_code: str
    title: str
    sector: str
    level: words.Text


def row(card: ProcedureCard, on: date) -> Row:
    level = province.level_name(card.online_level, on)
    return Row(card.code, card.national_code, card.title, card.sector, level)


def by_sector(cards: Sequence[ProcedureCard], on: date) -> list[dict[str, object]]:
    groups: dict[str, list[Row]] = {}
    for card in cards:
        groups.setdefault(card.sector, []).append(row(card, on))
    return [
        {"name": name, "slug": words.slug(name), "rows": rows}
        for name, rows in sorted(groups.items(), key=lambda group: -len(group[1]))
    ]
