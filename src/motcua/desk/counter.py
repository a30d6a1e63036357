"""Looking up at the counter: who it is, who brings it, and the procedure by code or words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext, ngettext

from motcua.accounts import queries as accounts
from motcua.accounts.queries import acting
from motcua.accounts.rules.acting import organisation_number
from motcua.agencies.enums import Role
from motcua.agencies.rules.cards import AgencyCard
from motcua.audit import services as audit
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.catalogue.rules.cards import ProcedureCard
from motcua.desk import clock
from motcua.desk.bringers import right_of
from motcua.desk.forms.applicants import NUMBER_KIND, ApplicantKind, applicant_in, kind_in
from motcua.desk.forms.intake import filled_in, read_bringer_off, read_off, where_empty
from motcua.desk.officers import Seat, actor_of, seat_of
from motcua.dossiers import queries as dossiers
from motcua.dossiers.rules.contracted import ENTER_BY_POST, RECEIVE
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import fold

if TYPE_CHECKING:
    from motcua.catalogue.rules.sheets import ProcedureSheet

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


def applicant_known(
    request: HttpRequest, typed: dict[str, Any], *, may_look_up: bool
) -> tuple[dict[str, Any], str]:
    """The entries with what a card, an account or a declaration says of the applicant, and a word about it.

    Nothing is looked up once a name stands there, and nobody by whoever may only read the card.
    """
    scanned = read_off(typed)
    if scanned is not None:
        found = card_known(request, scanned) if may_look_up else scanned
        return found, gettext("Đã đọc thẻ căn cước. Hãy đối chiếu với thẻ.")
    if not may_look_up or not _said(typed, "personal_id") or _said(typed, "name"):
        return typed, ""
    kind = kind_in(typed)
    if kind.is_organisation:
        return organisation_known(request, typed)
    return person_known(request, typed) if kind is ApplicantKind.PERSON else (typed, "")


def person_known(request: HttpRequest, typed: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Fill in a person who has an account, and say so; the look-up is kept as a reading of personal data."""
    card = accounts.find_citizen(str(typed["personal_id"]))
    if card is None:
        return typed, gettext("Chưa có tài khoản với số này. Hãy nhập thông tin theo giấy tờ của người nộp.")
    _record_readings(request, [card.id])
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
    _record_readings(request, [card.id])
    return filled_in(typed, card)


def organisation_known(request: HttpRequest, typed: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Name and address of an organisation that one declared under this number, and who declared it.

    How to reach it is left to who brings it: whoever declares an organisation has proved nothing. The names
    of its representatives are kept as a reading of personal data.
    """
    kind = NUMBER_KIND[kind_in(typed)]
    number = organisation_number(kind, str(typed["personal_id"]))
    found = acting.organisations_numbered(kind, number) if number else ()
    if not found:
        return typed, gettext("Chưa có tổ chức nào khai số này trên Cổng. Hãy nhập theo giấy tờ.")
    count, owners = len(found), ", ".join(found[0].owners)
    if count > 1 and not found[0].is_proved:
        text = ngettext(
            "Có %(count)d tổ chức khai số này trên Cổng. Hãy nhập theo giấy tờ.",
            "Có %(count)d tổ chức khai số này trên Cổng. Hãy nhập theo giấy tờ.",
            count,
        )
        return typed, text % {"count": count}
    text = gettext(
        "Đã điền theo tổ chức khai trên Cổng (người đại diện: %(names)s). Hãy đối chiếu với giấy tờ."
    )
    _record_readings(request, found[0].owner_ids)
    filled = where_empty(typed, {"name": found[0].name, "address": found[0].address})
    return filled, text % {"names": owners}


def bringer_known(
    request: HttpRequest, typed: dict[str, Any], sheet: ProcedureSheet | None
) -> tuple[dict[str, Any], str]:
    """The entries with the name of who brings it, and by which right on the portal they do.

    The look-up is kept as a reading of personal data.
    """
    typed = read_bringer_off(typed)
    number = _said(typed, "submitter_number")
    card = accounts.find_citizen(number) if number else None
    if number and card is None:
        return typed, gettext("Chưa có tài khoản với số này. Hãy ghi giấy tờ chứng minh tư cách.")
    if card is None:
        return typed, ""
    _record_readings(request, [card.id])
    typed = where_empty(typed, {"submitter_name": card.full_name})
    if fold(_said(typed, "submitter_name")) != fold(card.full_name):
        return typed, gettext("Họ tên không khớp tài khoản có số này. Hãy ghi giấy tờ chứng minh tư cách.")
    if not card.is_identity_checked:
        return typed, gettext(
            "Có tài khoản mang số này, chưa đối chiếu với thẻ. Hãy ghi giấy tờ chứng minh tư cách; muốn hồ "
            "sơ gắn theo ủy quyền hay vai trò trên Cổng, hãy đối chiếu căn cước trước."
        )
    applicant = applicant_in(typed)
    right = right_of(
        number=number,
        name=_said(typed, "submitter_name"),
        applicant=applicant,
        procedure_code=sheet.code if sheet else "",
        on=clock.now().date(),
    )
    if right is not None:
        return typed, right.words()
    if sheet is None:
        return typed, ""
    if applicant.personal_id:
        return typed, gettext(
            "Người này không có ủy quyền hay vai trò trên Cổng cho chủ hồ sơ này, hoặc tài khoản của chủ hồ "
            "sơ chưa đối chiếu với thẻ. Hãy ghi giấy tờ chứng minh tư cách."
        )
    return typed, gettext(
        "Người này không có ủy quyền hay vai trò trên Cổng cho chủ hồ sơ này. "
        "Hãy ghi giấy tờ chứng minh tư cách."
    )


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


def _said(typed: dict[str, Any], name: str) -> str:
    return " ".join(str(typed.get(name) or "").split())


def _record_readings(request: HttpRequest, account_ids: Iterable[int]) -> None:
    """Keep that these accounts were read, each once however often it was met; one INSERT."""
    things = [f"account:{each}" for each in dict.fromkeys(account_ids)]
    audit.record_reads(actor=actor_of(request), what=things, why="Nhận hồ sơ tại quầy", at=clock.now())
