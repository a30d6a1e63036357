"""Find a procedure, and read what it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.catalogue.rules.cards import ProcedureCard
from motcua.catalogue.rules.sheets import Fee, OfferedLimit, ProcedureSheet, RequiredDocument
from motcua.dossiers import labels, queries
from motcua.kernel.text import fold
from motcua.portal import who, words
from motcua.theme.access import access

FOUND_AT_MOST = 30


@access("public")
def procedures(request: HttpRequest) -> HttpResponse:
    """All procedures by sector, or those that answer a question."""
    asked = request.GET.get("q", "").strip()
    today = who.now().date()
    found = catalogue.search(asked, FOUND_AT_MOST, on=today) if asked else catalogue.published(today)
    context = {
        "nav": "procedures",
        "asked": asked,
        "count": len(found),
        "found": [row(card) for card in found] if asked else (),
        "groups": () if asked else by_sector(found),
    }
    return render(request, "portal/procedures/list.html", context)


@access("public")
def sector(request: HttpRequest, slug: str) -> HttpResponse:
    today = who.now().date()
    name = next((each.sector for each in catalogue.sectors(today) if words.slug(each.sector) == slug), None)
    if name is None:
        raise Http404
    rows = [row(card) for card in catalogue.by_sector(name, today)]
    return render(
        request, "portal/procedures/sector.html", {"nav": "procedures", "sector": name, "found": rows}
    )


@access("public")
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    today = who.now().date()
    read = catalogue.by_code(code, today)
    offers = catalogue.offers_of(read.version_id, province=settings.PROVINCE, on=today)
    context = {
        "nav": "procedures",
        "sheet": read,
        "level": words.ONLINE_LEVELS[read.online_level],
        "level_note": words.ONLINE_LEVEL_NOTES[read.online_level],
        "offers": offers,
        "can_file_online": Channel.ONLINE in read.channels() and bool(offers),
        "papers": papers_of(read),
        "terms": terms_of(read),
        "remarks": remarks_of(read),
        "fees": fees_of(read),
        "money": money_of(read),
        "sector_slug": words.slug(read.sector),
        "is_unverified": is_unverified(read),
    }
    return render(request, "portal/procedures/sheet.html", context)


@dataclass(frozen=True, slots=True)
class Money:
    """Paying and getting back, in words; `refunds` is empty where the regulation says nothing of its own."""

    ways: tuple[str, ...]
    refunds: tuple[str, ...]
    is_owed: bool
    none_when_settled: bool


def money_of(read: ProcedureSheet) -> Money | None:
    """What people should know beforehand; None for a procedure without fees."""
    offer = queries.money_offer(read, who.now().date()) if read.fees else None
    if offer is None:
        return None
    return Money(
        tuple(gettext(labels.PAYMENT[way]) for way in offer.payment.ways),
        tuple(gettext(labels.REFUND_GROUND[ground]) for ground in offer.refund.grounds),
        offer.refund.is_owed,
        offer.refund.none_when_settled,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A procedure in a list."""

    code: str
    title: str
    sector: str
    level: words.Text
    can_be_filed: bool


def row(card: ProcedureCard) -> Row:
    level = words.ONLINE_LEVELS[card.online_level]
    return Row(card.code, card.title, card.sector, level, card.online_level != "none")


def by_sector(cards: Sequence[ProcedureCard]) -> list[dict[str, object]]:
    groups: dict[str, list[Row]] = {}
    for card in cards:
        groups.setdefault(card.sector, []).append(row(card))
    return [
        {"name": name, "slug": words.slug(name), "rows": rows}
        for name, rows in sorted(groups.items(), key=lambda group: -len(group[1]))
    ]


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of the fee and time tables: for which case, by which channel."""

    variant: str
    channel: words.Text
    value: object
    note: str
    printed: str = ""


def terms_of(read: ProcedureSheet) -> list[Cell]:
    return [
        Cell(each.variant or "", channel_name(each.channel), each.limit, same_day(each), printed(each))
        for each in read.limits
    ]


def same_day(offered: OfferedLimit) -> str:
    """What the hour of receipt means for a result of the same day."""
    if offered.cutoff is None:
        return ""
    return gettext(
        "Nhận trước %(hour)s giờ thì trả trong ngày, sau đó thì trả trong ngày làm việc tiếp theo."
    ) % {"hour": offered.cutoff.hour}


def remarks_of(read: ProcedureSheet) -> list[str]:
    """What those who gathered the data noted about times, fees and the procedure, each once."""
    notes = [*(each.note for each in read.limits), *(fee.note for fee in read.fees), *read.notes]
    return [note for note in dict.fromkeys(notes) if note]


def printed(offered: OfferedLimit) -> str:
    """What stands in the publication where the law's arithmetic does not know the unit."""
    return "" if offered.limit else f"{offered.printed_value} {offered.printed_unit}".strip()


def fees_of(read: ProcedureSheet) -> list[dict[str, object]]:
    return [
        {
            "name": fee.name,
            "where": ", ".join(str(part) for part in (fee.variant, short_channel(fee)) if part),
            "amount": fee.amount,
        }
        for fee in read.fees
    ]


def short_channel(fee: Fee) -> words.Text:
    return words.CHANNELS[fee.channel] if fee.channel else ""


def channel_name(channel: str | None) -> words.Text:
    return words.CHANNELS[channel] if channel else ""


def papers_of(read: ProcedureSheet) -> list[dict[str, object]]:
    """Papers with the channels they are asked on; a condition that only names these is left out."""
    return [
        {
            "paper": each,
            "channels": ", ".join(str(words.BY_CHANNEL[channel]) for channel in each.channels),
            "condition": "" if each.channels and fold(each.condition).startswith("nop ") else each.condition,
        }
        for each in sorted(read.components, key=weight)
    ]


def weight(document: RequiredDocument) -> tuple[bool, bool]:
    """Forms first, then what everybody needs, then what some need."""
    return (not document.required, not document.is_form)


def is_unverified(read: ProcedureSheet) -> bool:
    return any(mark not in {"found", "derived"} for mark in read.provenance.values())
