"""Choosing several procedures: found by words, ticked, and taken along while one looks for the next.

Boxes in the form, no script needed: whoever searches sends the form, and what is ticked comes with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.cards import ProcedureCard

CHOSEN, SEARCH, SEARCHED, FIND = "procedures", "tim", "was-tim", "find"  # names of fields, and of the button
FROM_SHEET = "thu-tuc"  # in an address: the procedure from whose page one came
FOUND_AT_MOST = 8
NEAR_AT_MOST = 4
MOST_READ = 200  # codes of one form; more are not asked for


@dataclass(frozen=True, slots=True)
class ProcedureChoice:
    """What the page offers. `found` are procedures that are not chosen yet; `left_out` counts the others that
    answer the words; `is_near`: nothing answers them, and what is found only has to do with them.

    `is_search`: this sending looks for words, and asks for nothing else.
    """

    asked: str
    chosen: tuple[ProcedureCard, ...]
    found: tuple[ProcedureCard, ...]
    left_out: int
    is_near: bool
    is_search: bool


def choice(request: HttpRequest, today: date) -> ProcedureChoice:
    """What is chosen and looked for in what was sent. Words that were not looked for yet are looked for
    first, whatever was pressed: Enter in their field presses the first button of the form.
    """
    sent = request.POST if request.method == "POST" else request.GET
    asked = " ".join(sent.get(SEARCH, "").split())[:100]
    is_search = request.method == "POST" and (FIND in sent or asked != sent.get(SEARCHED, asked))
    ticked = [*sent.getlist(CHOSEN), *sent.getlist(FROM_SHEET)]  # an address is no part of what was sent
    codes = [each[:40] for each in ticked[:MOST_READ] if each.isprintable()]
    chosen = catalogue.with_codes(codes, today) if codes else ()
    found, is_near = _found(asked, today)
    others = [card for card in found if card not in chosen]
    shown = tuple(others[:FOUND_AT_MOST])
    return ProcedureChoice(asked, chosen, shown, len(others) - len(shown), is_near, is_search)


def _found(asked: str, today: date) -> tuple[Sequence[ProcedureCard], bool]:
    """What answers the words; else what is near them, and that it is."""
    found = catalogue.search(asked, 50, on=today) if asked else ()
    if found or not asked:
        return found, False
    return catalogue.near(asked, NEAR_AT_MOST, on=today), True
