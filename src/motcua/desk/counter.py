"""Looking up at the counter: who it is, who brings it, and the procedure by code or words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext, ngettext

from motcua.accounts import queries as accounts
from motcua.accounts.queries import acting
from motcua.accounts.queries.acting import Declared
from motcua.accounts.rules.acting import NumberKind, organisation_number
from motcua.accounts.rules.identifiers import personal_id
from motcua.accounts.rules.identity_cards import read_card
from motcua.agencies.enums import Role
from motcua.agencies.rules.cards import AgencyCard
from motcua.audit import services as audit
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.catalogue.rules.cards import ProcedureCard
from motcua.desk import clock
from motcua.desk.bringers import right_of
from motcua.desk.forms import filled
from motcua.desk.forms.applicants import NUMBER_KIND, ApplicantKind, applicant_in, kind_in
from motcua.desk.forms.intake import filled_in, read_bringer_off, read_off, where_empty
from motcua.desk.officers import Seat, actor_of, seat_of
from motcua.dossiers import queries as dossiers
from motcua.dossiers.rules.contracted import ENTER_BY_POST, RECEIVE
from motcua.kernel.errors import N_, Forbidden
from motcua.kernel.numbers import read_number
from motcua.kernel.text import fold

if TYPE_CHECKING:
    from motcua.catalogue.rules.sheets import ProcedureSheet

FOUND_AT_MOST = 8
LOOKED_AT = 24
BAD_NUMBER = N_("Số định danh cá nhân gồm đúng 12 chữ số. Hãy xóa ô này rồi gõ hoặc quét lại.")


@dataclass(frozen=True, slots=True)
class Counter:
    """What somebody may do at the counter: by which channels they enter, whether they accept and look up,
    and whether they take in for other agencies of the province too."""

    desks: tuple[AgencyCard, ...]
    channels: tuple[str, ...]
    may_accept: bool
    may_look_up: bool
    is_for_all: bool = False


def counter_of(request: HttpRequest) -> Counter:
    """The counter of the logged-in officer. Staff under contract look nobody up, and enter what they are
    given to enter. Raises Forbidden from whoever takes in nothing.

    Basis: KT22-1.2.g, QN20-28.2.
    """
    seat, both = seat_of(request), (Channel.COUNTER.value, Channel.POSTAL.value)
    if desks := seat.receives_at():
        is_for_all = all(dossiers.takes_for_others(desk, clock.now().date()) for desk in desks)
        return Counter(desks, both, may_accept=True, may_look_up=True, is_for_all=is_for_all)
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


Entries = dict[str, Any]
_ABOUT = ("name", "date_of_birth", "address", "phone", "email")  # of an applicant, as a look-up fills it in


def applicant_known(request: HttpRequest, typed: Entries, *, may_look_up: bool) -> tuple[Entries, str]:
    """The entries with what a card, an account or a declaration says of the applicant, and a word about it.

    What was filled in for another number goes. Nothing is looked up once a name stands there, and nobody by
    whoever may only read the card.
    """
    return applicants_known(request, [typed], may_look_up=may_look_up)[0]


def applicants_known(
    request: HttpRequest, lines: Sequence[Entries], *, may_look_up: bool
) -> list[tuple[Entries, str]]:
    """The same for several applicants at once, in their order: as many queries as for one.

    Whoever has no account is known from the newest dossier at the officer's own desks. Every account and
    every dossier whose data are shown is kept as a reading of personal data, once.
    """
    asked = [_Asked.of(typed, may_look_up=may_look_up) for typed in lines]
    people = accounts.find_citizens(each.person for each in asked if each.person)
    declared = acting.organisations_of_numbers(each.organisation for each in asked if each.organisation)
    numbers = {each.person for each in asked if not each.is_scanned} - people.keys()
    strangers = {number for each in numbers if (number := personal_id(each))}
    desks = (desk.desk_unit_id for desk in seat_of(request).receives_at()) if strangers else ()
    earlier = dossiers.earlier_applicants(strangers, (desk for desk in desks if desk is not None))
    found, read = [], list[str]()
    for each in asked:
        card = people.get(each.person)
        firms = declared.get(each.organisation, ()) if each.organisation else ()
        entries, word, shown = _told(each, card, firms, earlier.get(personal_id(each.person) or ""))
        found.append((each.noted(entries), each.said(word)))
        read += shown
    if read:
        record_readings(request, read)
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a line asks: the number of a person, or of an organisation of some kind; neither if it asks
    nothing. Its entries hold what a scanned card said."""

    typed: Entries
    before: Entries
    is_emptied: bool = False
    is_scanned: bool = False
    person: str = ""
    organisation: tuple[NumberKind, str] | None = None
    is_organisation: bool = False

    @classmethod
    def of(cls, typed: Entries, *, may_look_up: bool) -> _Asked:
        note, number = str(typed.get("filled", "")), str(typed.get("personal_id", ""))
        mark = filled.whose(kind_in(typed).value, number)
        if note and not filled.is_of_another(note, mark) and (card := read_card(number)) is not None:
            number = card.personal_id  # it was read by a look-up that left the field as it was
            typed = typed | {"personal_id": number}
        fresh = filled.without(typed, note, mark)
        asks = partial(cls, before=fresh, is_emptied=_said(typed, "name") != _said(fresh, "name"))
        scanned = read_off(fresh)
        if scanned is not None:
            person = str(scanned["personal_id"]) if may_look_up else ""
            return asks(scanned, is_scanned=True, person=person)
        if not may_look_up or not number.strip() or _said(fresh, "name"):
            return asks(fresh)
        kind = kind_in(fresh)
        if kind.is_organisation:
            known = organisation_number(NUMBER_KIND[kind], number)
            asked = (NUMBER_KIND[kind], known) if known else None
            return asks(fresh, organisation=asked, is_organisation=True)
        return asks(fresh, person=number if kind is ApplicantKind.PERSON else "")

    def noted(self, entries: Entries) -> Entries:
        """The entries with the note of what was filled in for the number that stands there now."""
        mark = filled.whose(kind_in(entries).value, str(entries.get("personal_id", "")))
        about = {name: entries.get(name, "") for name in _ABOUT}
        return entries | {
            "filled": filled.note_of(self.before, about, str(self.typed.get("filled", "")), mark)
        }

    def said(self, word: str) -> str:
        gone = gettext("Thông tin của số trước đã được xóa khỏi trang.") if self.is_emptied else ""
        return " ".join(part for part in (word, gone) if part)


def _told(
    asked: _Asked,
    card: accounts.AccountCard | None,
    declared: tuple[Declared, ...],
    earlier: dossiers.Earlier | None,
) -> tuple[Entries, str, tuple[str, ...]]:
    """The entries with what was found, a word about it, and of which accounts and dossiers that is."""
    if asked.is_scanned:
        # Of the account, if it was compared with a card, phone and e-mail; the card goes before in all else.
        filled = filled_in(asked.typed, card) if card else asked.typed
        word = gettext("Đã đọc thẻ căn cước. Hãy đối chiếu với thẻ.")
        return filled, word, _accounts([card.id] if card else [])
    if asked.is_organisation:
        return _organisation_told(asked.typed, declared)
    if card is not None:
        return filled_in(asked.typed, card), _word_of(card), _accounts([card.id])
    if asked.person and personal_id(asked.person) is None:
        return asked.typed, gettext(BAD_NUMBER), ()
    if earlier is not None:
        return _as_before(asked.typed, earlier)
    nobody = gettext("Chưa có tài khoản với số này. Hãy nhập thông tin theo giấy tờ của người nộp.")
    return asked.typed, nobody if asked.person else "", ()


def _as_before(typed: Entries, earlier: dossiers.Earlier) -> tuple[Entries, str, tuple[str, ...]]:
    """Filled in as the newest dossier says. Its mailbox is left to be asked: letters go there."""
    born = earlier.date_of_birth
    known = {
        "name": earlier.name,
        "date_of_birth": born.strftime("%d/%m/%Y") if born else "",
        "phone": earlier.phone,
        "address": earlier.address,
    }
    text = gettext(
        "Chưa có tài khoản với số này. Đã điền theo hồ sơ gần nhất nộp tại đây (%(reference)s). Hãy đối "
        "chiếu với giấy tờ và hỏi lại số điện thoại."
    )
    word = text % {"reference": earlier.reference}
    return where_empty(typed, known), word, (f"dossier:{earlier.dossier_id}",)


def _word_of(card: accounts.AccountCard) -> str:
    if card.is_identity_checked:
        return gettext("Đã điền thông tin theo tài khoản. Hãy đối chiếu với giấy tờ.")
    return gettext(
        "Có tài khoản mang số này, chưa đối chiếu với thẻ. Hãy hỏi số điện thoại và thư điện tử; muốn hồ sơ "
        "vào thẳng tài khoản, hãy đối chiếu căn cước trước."
    )


def _organisation_told(typed: Entries, found: tuple[Declared, ...]) -> tuple[Entries, str, tuple[str, ...]]:
    """Name and address of an organisation that one declared under this number, and who declared it.

    How to reach it is left to who brings it: whoever declares an organisation has proved nothing.
    """
    if not found:
        return typed, gettext("Chưa có tổ chức nào khai số này trên Cổng. Hãy nhập theo giấy tờ."), ()
    count, owners = len(found), ", ".join(found[0].owners)
    if count > 1 and not found[0].is_proved:
        text = ngettext(
            "Có %(count)d tổ chức khai số này trên Cổng. Hãy nhập theo giấy tờ.",
            "Có %(count)d tổ chức khai số này trên Cổng. Hãy nhập theo giấy tờ.",
            count,
        )
        return typed, text % {"count": count}, ()
    text = gettext(
        "Đã điền theo tổ chức khai trên Cổng (người đại diện: %(names)s). Hãy đối chiếu với giấy tờ."
    )
    filled = where_empty(typed, {"name": found[0].name, "address": found[0].address})
    return filled, text % {"names": owners}, _accounts(found[0].owner_ids)


def bringer_known(
    request: HttpRequest, typed: dict[str, Any], sheet: ProcedureSheet | None
) -> tuple[dict[str, Any], str]:
    """The entries with the name of who brings it, and by which right on the portal they do.

    The look-up is kept as a reading of personal data.
    """
    note, mark = str(typed.get("filled_bringer", "")), _mark_of_bringer(typed)
    fresh = filled.without(typed, note, mark)
    typed, word = _bringer_told(request, read_bringer_off(fresh), sheet)
    name = {"submitter_name": typed.get("submitter_name", "")}
    return typed | {"filled_bringer": filled.note_of(fresh, name, note, mark)}, word


def _mark_of_bringer(typed: Entries) -> str:
    return filled.whose(ApplicantKind.PERSON.value, str(typed.get("submitter_number", "")))


def _bringer_told(request: HttpRequest, typed: Entries, sheet: ProcedureSheet | None) -> tuple[Entries, str]:
    """The same of entries of which nothing is of another number."""
    number = _said(typed, "submitter_number")
    if number and personal_id(number) is None:
        return typed, gettext(BAD_NUMBER)
    card = accounts.find_citizen(number) if number else None
    if number and card is None:
        return typed, gettext("Chưa có tài khoản với số này. Hãy ghi giấy tờ chứng minh tư cách.")
    if card is None:
        return typed, ""
    record_readings(request, _accounts([card.id]))
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


def settled_here(
    asked: str, desks: tuple[AgencyCard, ...], *, is_for_all: bool = False
) -> tuple[ProcedureCard, ...]:
    """The best hits among the procedures that the agencies of this desk settle, or (`is_for_all`) any
    agency of its province."""
    return settled_each([asked], desks, is_for_all=is_for_all)[asked]


def settled_each(
    asked: Iterable[str], desks: tuple[AgencyCard, ...], *, is_for_all: bool = False
) -> dict[str, tuple[ProcedureCard, ...]]:
    """The same for each of several questions: three queries at most, however many they are."""
    texts = set(asked)
    hits = catalogue.named(texts, LOOKED_AT)
    all_hits = {card.version_id for cards in hits.values() for card in cards}
    settled = frozenset[int]()
    if all_hits and is_for_all:
        settled = catalogue.settled_in(all_hits, desks[0].province)
    elif all_hits:
        settled = catalogue.settled_at(all_hits, [desk.id for desk in desks])
    return {
        text: tuple(card for card in hits.get(text, ()) if card.version_id in settled)[:FOUND_AT_MOST]
        for text in texts
    }


def version_in(typed: str) -> int | None:
    """The number of a procedure version as a page sends it; None for anything else."""
    return read_number(typed, digits=14)


def _said(typed: dict[str, Any], name: str) -> str:
    return " ".join(str(typed.get(name) or "").split())


def _accounts(ids: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"account:{each}" for each in ids)


def record_readings(request: HttpRequest, things: Iterable[str]) -> None:
    """Keep that these accounts and dossiers were read, each once however often it was met; one INSERT."""
    audit.record_reads(
        actor=actor_of(request), what=dict.fromkeys(things), why="Nhận hồ sơ tại quầy", at=clock.now()
    )
