"""Looking up at the counter: the person by their number or card, the procedure by code or words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from motcua.accounts import queries as accounts
from motcua.agencies.enums import Role
from motcua.agencies.rules.cards import AgencyCard
from motcua.audit import services as audit
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.catalogue.rules.cards import ProcedureCard
from motcua.desk import clock
from motcua.desk.forms.intake import filled_in
from motcua.desk.officers import Seat, actor_of, seat_of
from motcua.dossiers import queries as dossiers
from motcua.dossiers.rules.contracted import ENTER_BY_POST, RECEIVE
from motcua.kernel.errors import Forbidden

FOUND_AT_MOST = 8
LOOKED_AT = 24


@dataclass(frozen=True, slots=True)
class Counter:
    """What somebody may do at the counter: by which channels they enter, whether they accept and look up."""

    desks: tuple[AgencyCard, ...]
    channels: tuple[str, ...]
    may_accept: bool
    may_look_up: bool


def counter_of(request: HttpRequest) -> Counter:
    """The counter of the logged-in officer. Staff under contract look nobody up, and enter what they are
    given to enter. Raises Forbidden from whoever takes in nothing.

    Basis: KT22-1.2.g, QN20-28.2.
    """
    seat, both = seat_of(request), (Channel.COUNTER.value, Channel.POSTAL.value)
    if desks := seat.receives_at():
        return Counter(desks, both, may_accept=True, may_look_up=True)
    found = contracted_counter(seat)
    if found is None:
        raise Forbidden
    return found


def contracted_counter(seat: Seat) -> Counter | None:
    """What staff under contract may enter today; None if nothing."""
    if Role.POSTAL_STAFF not in seat.roles:
        return None
    acts = dossiers.contracted_acts(clock.now().date())
    if RECEIVE in acts:
        return Counter(seat.contracted_at(), ("counter", "postal"), may_accept=True, may_look_up=False)
    if ENTER_BY_POST in acts:
        return Counter(seat.contracted_at(), ("postal",), may_accept=False, may_look_up=False)
    return None


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
