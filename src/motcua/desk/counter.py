"""Looking up at the counter: who it is, who brings it, and the procedure by code or words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext, ngettext

from motcua.accounts import queries as accounts
from motcua.accounts.queries import acting
from motcua.accounts.rules.acting import organisation_number
from motcua.agencies.rules.cards import AgencyCard
from motcua.audit import services as audit
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.cards import ProcedureCard
from motcua.desk import clock
from motcua.desk.bringers import right_of
from motcua.desk.forms.applicants import NUMBER_KIND, ApplicantKind, applicant_in, kind_in
from motcua.desk.forms.intake import filled_in, read_bringer_off, read_off, where_empty
from motcua.desk.officers import actor_of
from motcua.kernel.text import fold

if TYPE_CHECKING:
    from motcua.catalogue.rules.sheets import ProcedureSheet

FOUND_AT_MOST = 8
LOOKED_AT = 24


def applicant_known(request: HttpRequest, typed: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The entries with what a card, an account or a declaration says of the applicant, and a word about it.

    Nothing is looked up once a name stands there.
    """
    scanned = read_off(typed)
    if scanned is not None:
        return card_known(request, scanned), gettext("Đã đọc thẻ căn cước. Hãy đối chiếu với thẻ.")
    if not _said(typed, "personal_id") or _said(typed, "name"):
        return typed, ""
    kind = kind_in(typed)
    if kind.is_organisation:
        return organisation_known(typed)
    return person_known(request, typed) if kind is ApplicantKind.PERSON else (typed, "")


def person_known(request: HttpRequest, typed: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Fill in a person who has an account, and say so; the look-up is kept as a reading of personal data."""
    card = accounts.find_citizen(str(typed["personal_id"]))
    if card is None:
        return typed, gettext("Chưa có tài khoản với số này. Hãy nhập thông tin theo giấy tờ của người nộp.")
    _record_reading(request, card)
    return filled_in(typed, card), gettext("Đã điền thông tin theo tài khoản. Hãy đối chiếu với giấy tờ.")


def card_known(request: HttpRequest, typed: dict[str, Any]) -> dict[str, Any]:
    """Phone and e-mail of the person's account, if there is one; the card goes before in all else."""
    card = accounts.find_citizen(str(typed["personal_id"]))
    if card is None:
        return typed
    _record_reading(request, card)
    return filled_in(typed, card)


def organisation_known(typed: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Name and address of an organisation that one declared under this number, and who declared it.

    How to reach it is left to who brings it: whoever declares an organisation has proved nothing.
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
    _record_reading(request, card)
    typed = where_empty(typed, {"submitter_name": card.full_name})
    if fold(_said(typed, "submitter_name")) != fold(card.full_name):
        return typed, gettext("Họ tên không khớp tài khoản có số này. Hãy ghi giấy tờ chứng minh tư cách.")
    right = right_of(
        number=number,
        name=_said(typed, "submitter_name"),
        applicant=applicant_in(typed),
        procedure_code=sheet.code if sheet else "",
        on=clock.now().date(),
    )
    if right is not None:
        return typed, right.words()
    if sheet is None:
        return typed, ""
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


def _record_reading(request: HttpRequest, card: accounts.AccountCard) -> None:
    audit.record_read(
        actor=actor_of(request), what=f"account:{card.id}", why="Nhận hồ sơ tại quầy", at=clock.now()
    )
