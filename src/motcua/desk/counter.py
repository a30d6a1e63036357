"""Looking up at the counter: the person by their number or card, the procedure by code or words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from motcua.accounts import queries as accounts
from motcua.agencies.rules.cards import AgencyCard
from motcua.audit import services as audit
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.cards import ProcedureCard
from motcua.desk import clock
from motcua.desk.forms.intake import filled_in
from motcua.desk.officers import actor_of

FOUND_AT_MOST = 8
LOOKED_AT = 24


def person_known(request: HttpRequest, typed: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Fill in a person who has an account, and say so; the look-up is kept as a reading of personal data."""
    card = accounts.find_citizen(str(typed["personal_id"]))
    if card is None:
        return typed, gettext("Chưa có tài khoản với số này. Hãy nhập thông tin theo giấy tờ của người nộp.")
    _record_reading(request, card)
    filled = filled_in(typed, card)
    if card.is_identity_checked:
        return filled, gettext("Đã điền thông tin theo tài khoản. Hãy đối chiếu với giấy tờ.")
    return filled, gettext(
        "Có tài khoản mang số này, chưa đối chiếu với thẻ. Hãy hỏi số điện thoại và thư điện tử; muốn hồ sơ "
        "vào thẳng tài khoản, hãy đối chiếu căn cước trước."
    )


def card_known(request: HttpRequest, typed: dict[str, Any]) -> dict[str, Any]:
    """Phone and e-mail of the person's account, if it was compared with a card; the card goes before in all
    else."""
    card = accounts.find_citizen(str(typed["personal_id"]))
    if card is None:
        return typed
    _record_reading(request, card)
    return filled_in(typed, card)


def settled_here(asked: str, desks: tuple[AgencyCard, ...]) -> tuple[ProcedureCard, ...]:
    """The best hits among the procedures that the agencies of this desk settle."""
    found: list[ProcedureCard] = []
    by_code = catalogue.by_end_of_code(asked, LOOKED_AT) if asked.isdigit() and 3 <= len(asked) <= 6 else ()
    for card in by_code or (catalogue.search(asked, LOOKED_AT) if asked else ()):
        if any(catalogue.settling_unit(card.version_id, desk.id) for desk in desks):
            found.append(card)
        if len(found) == FOUND_AT_MOST:
            break
    return tuple(found)


def version_in(typed: str) -> int | None:
    """The number of a procedure version as a page sends it; None for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 15 else None


def _record_reading(request: HttpRequest, card: accounts.AccountCard) -> None:
    audit.record_read(
        actor=actor_of(request), what=f"account:{card.id}", why="Nhận hồ sơ tại quầy", at=clock.now()
    )
