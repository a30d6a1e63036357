"""What is kept of a person: gathered for the page and for the file they take along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from motcua.accounts.queries import AccountCard, acting, sharing
from motcua.accounts.queries.acting import MandateCard, OrganisationCard
from motcua.audit import queries as audit
from motcua.audit.queries import Read
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import DossierSummary
from motcua.notify import queries as notify
from motcua.notify.queries import InboxMessage
from motcua.portal import standing, words
from motcua.portal.forms.eform import day_text
from motcua.theme import consents
from motcua.theme.consents import Consent
from motcua.theme.wording import short_moment

MOST_READS, MOST_MESSAGES = 1000, 200


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody of an agency looked at a dossier of mine, or at what the account holds (without reference)."""

    by: str
    at: datetime
    why: str
    reference: str
    procedure: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """Consent to the use of data that was given when a dossier was sent, the newest change first."""

    dossier_id: str
    reference: str
    procedure: str
    at: datetime | None
    by_another: bool
    words: str


@dataclass(frozen=True, slots=True)
class PersonalData:
    """All moments are Vietnam's; `seen` and `messages` are the newest, in that order. `wordings` are the
    words that were agreed to, each once."""

    card: AccountCard
    dossiers: tuple[DossierSummary, ...]
    seen: tuple[Seen, ...]
    messages: tuple[InboxMessage, ...]
    mandates: tuple[MandateCard, ...]
    organisations: tuple[OrganisationCard, ...]
    at: datetime
    agreed: tuple[Agreed, ...] = ()
    shared: tuple[sharing.Said, ...] = ()  # what the owner said of sharing, the newest first

    @property
    def wordings(self) -> tuple[Consent, ...]:
        return _wordings(self.agreed)


@dataclass(frozen=True, slots=True)
class Glance:
    """What the page shows: who looked last, and what was agreed to last. `has_more`: to more than that."""

    seen: tuple[Seen, ...]
    agreed: tuple[Agreed, ...]
    wordings: tuple[Consent, ...]
    has_more: bool
    shared: tuple[sharing.Said, ...]


def gather(card: AccountCard, language: str, at: datetime) -> PersonalData:
    """Everything the house keeps of this account but the papers, which lie with each dossier."""
    own = dossiers.own_dossiers(str(card.id))
    return PersonalData(
        card,
        own,
        _seen_of(card, own, MOST_READS),
        notify.inbox(card.id, language=language, limit=MOST_MESSAGES),
        acting.mandates_of(card.id, at.date()),
        acting.organisations_of(card.id),
        at,
        _agreed_of(own),
        sharing.sharing_said(card.id),
    )


def glance(card: AccountCard, *, most: int) -> Glance:
    """The part of it that the page shows, `most` of each kind; nothing else is read."""
    own = dossiers.own_dossiers(str(card.id))
    agreed = _agreed_of(own)
    said = sharing.sharing_said(card.id, limit=1)
    return Glance(_seen_of(card, own, most), agreed[:most], _wordings(agreed), len(agreed) > most, said)


def _seen_of(card: AccountCard, own: tuple[DossierSummary, ...], most: int) -> tuple[Seen, ...]:
    by_thing = {f"dossier:{each.id}": each for each in own}
    found = audit.reads_of(*by_thing, f"account:{card.id}", limit=most)
    return tuple(_seen(read, by_thing.get(read.what)) for read in found)


def _agreed_of(own: tuple[DossierSummary, ...]) -> tuple[Agreed, ...]:
    return tuple(_agreed(each) for each in own if each.consent)


def _wordings(agreed: tuple[Agreed, ...]) -> tuple[Consent, ...]:
    used = {each.words for each in agreed}
    return tuple(words for key, words in consents.WORDINGS.items() if key in used)


def _agreed(each: DossierSummary) -> Agreed:
    return Agreed(each.id, each.reference, each.procedure, each.filed_at, each.is_for_another, each.consent)


def _seen(read: Read, dossier: DossierSummary | None) -> Seen:
    if dossier is None:
        return Seen(read.actor_name, read.at, read.why, "", gettext("Thông tin tài khoản"))
    return Seen(read.actor_name, read.at, read.why, dossier.reference, dossier.procedure)


def as_text(data: PersonalData) -> str:
    """The file: plain text, which every device opens and everybody can print."""
    parts = [
        [gettext("DỮ LIỆU CÁ NHÂN CỦA BẠN TRÊN CỔNG DỊCH VỤ CÔNG"), _row(gettext("Lập lúc"), _when(data.at))],
        [gettext("THÔNG TIN TÀI KHOẢN"), *_account(data.card)],
        [gettext("ỦY QUYỀN VÀ TỔ CHỨC"), *_or_none(_acting(data))],
        [gettext("HỒ SƠ CỦA BẠN"), *_or_none([_dossier(each) for each in data.dossiers])],
        [gettext("BẠN ĐÃ ĐỒNG Ý CHO DÙNG DỮ LIỆU"), *_or_none(_agreeing(data))],
        [gettext("CHO PHÉP CHIA SẺ THÔNG TIN ĐÃ ĐĂNG KÝ"), *_or_none(_sharing(data))],
        [gettext("AI ĐÃ XEM HỒ SƠ VÀ THÔNG TIN CỦA BẠN"), *_or_none([_reading(each) for each in data.seen])],
        [gettext("THƯ TRÊN CỔNG"), *_or_none([_letter(each) for each in data.messages])],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _account(card: AccountCard) -> list[str]:
    return [
        _row(gettext("Họ và tên"), card.full_name),
        _row(gettext("Số định danh cá nhân"), card.personal_id or ""),
        _row(gettext("Ngày sinh"), day_text(card.date_of_birth)),
        _row(gettext("Số điện thoại di động"), card.phone),
        _row(gettext("Thư điện tử"), card.email),
        _row(gettext("Địa chỉ liên hệ"), card.address),
        _row(gettext("Mở tài khoản lúc"), _when(card.registered_at)),
        _row(
            gettext("Đối chiếu với thẻ căn cước lúc"),
            _when(card.identity_checked_at) if card.identity_checked_at else "",
        ),
    ]


def _acting(data: PersonalData) -> list[str]:
    rows = []
    for each in data.mandates:
        who = gettext("Bạn ủy quyền cho") if each.is_given else gettext("Bạn được ủy quyền bởi")
        days = f"{day_text(each.since)} – {day_text(each.until)}"
        rows.append(f"- {who} {each.other}: {days}, {words.MANDATE_STANDING[each.standing][0]}")
    return rows + [f"- {each.name} ({each.number})" for each in data.organisations]


def _dossier(each: DossierSummary) -> str:
    tag = standing.of(each.status, for_owner=True).tag
    what = " – ".join(filter(None, (each.reference, each.procedure, each.agency_name, tag)))
    return f"- {what} ({_when(each.updated_at)})"


def _agreeing(data: PersonalData) -> list[str]:
    """When, for which dossiers, and the words themselves, each once."""
    rows = []
    for each in data.agreed:
        what = " – ".join(filter(None, (each.reference, each.procedure)))
        by = gettext(" (người làm thay đồng ý)") if each.by_another else ""
        rows.append(f"- {_when(each.at) if each.at else '–'}: {what}{by}")
    for words_agreed in data.wordings:
        rows += ["", gettext("Lời đã đồng ý:")]
        rows += [f"  {point.question} {point.answer}" for point in words_agreed.points]
    return rows


def _sharing(data: PersonalData) -> list[str]:
    words_of = {True: gettext("cho phép"), False: gettext("thôi cho phép")}
    return [f"- {_when(each.at)}: {words_of[each.is_allowed]}" for each in data.shared]


def _reading(each: Seen) -> str:
    what = " – ".join(filter(None, (each.by, each.reference or each.procedure, each.why)))
    return f"- {_when(each.at)}: {what}"


def _letter(each: InboxMessage) -> str:
    return f"- {_when(each.posted_at)}: {each.subject}"


def _row(key: str, value: str) -> str:
    return f"{key}: {value or '–'}"


def _or_none(lines: list[str]) -> list[str]:
    return lines or [gettext("Không có.")]


def _when(at: datetime) -> str:
    return short_moment(at)
