"""Public information: one page for each kind that the regulation lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from motcua.agencies import queries as agencies
from motcua.agencies.enums import AgencyLevel
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel, OnlineLevel
from motcua.catalogue.labels import SERVICE
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import Counts, Use
from motcua.kernel.numbers import read_number
from motcua.law.rules import Regulation
from motcua.notify import queries as notify
from motcua.portal import bodies, figures, outages, province, publicity, sheets, who, words
from motcua.process import labels as process_labels
from motcua.process import queries as process
from motcua.process.errors import UnknownProcess
from motcua.process.rules.definitions import ProcessDefinition, Step
from motcua.theme.access import access

MONTHS_BACK = 12
YEARS_BACK = 5
DECISIONS = 10
Context = dict[str, object]


@access("public")
def overview(request: HttpRequest) -> HttpResponse:
    today = who.now().date()
    context = {"kinds": publicity.kinds_in_force(today), "regulation": province.regulation(today)}
    return render(request, "portal/information/overview.html", context)


@access("public")
def information(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of one kind; what has no data yet says so, and which agency holds them.

    Basis: PT24-5.4, PT24-5.9.
    """
    today = who.now().date()
    kind = publicity.kind_at(slug, today)
    if kind is None:
        raise Http404
    rules = province.regulation(today)
    template, build = PAGES.get(kind.key, ("nothing", no_data))
    context = {
        "kind": kind,
        "regulation": rules,
        "clauses": kind.clauses(rules) if rules else (),
        "items": catalogue.public_items(settings.PROVINCE, kind=kind.key),
        "holder": bodies.holder_of(kind, rules, today),
        **build(request, today, rules),
    }
    return render(request, f"portal/information/{template}.html", context)


def no_data(request: HttpRequest, today: date, rules: Regulation | None) -> Context:
    return {}


# --- Procedures, a sector at a time ------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Line:
    """A procedure in a table of one sector."""

    sheet: ProcedureSheet
    level: words.Text
    terms: tuple[sheets.Cell, ...]
    fees: tuple[dict[str, object], ...]
    is_postal: bool


@dataclass(frozen=True, slots=True)
class Sector:
    """The sector that a table shows, by its address and name, and all there are."""

    slug: str
    name: str
    all: list[tuple[str, str]]
    lines: list[Line]

    def context(self) -> Context:
        return {
            "sectors": self.all,
            "sector_slug": self.slug,
            "sector": self.name,
            "lines": self.lines,
        }


def by_sector(request: HttpRequest, today: date, rules: Regulation | None) -> Context:
    return sector_asked(request, today).context()


def sector_asked(request: HttpRequest, today: date) -> Sector:
    """One sector's procedures: all of a province on one page would be too long to read."""
    sectors = [(words.slug(each.sector), each.sector) for each in catalogue.sectors(today)]
    asked = request.GET.get("linh-vuc", "")
    slug, name = next((pair for pair in sectors if pair[0] == asked), sectors[0] if sectors else ("", ""))
    cards = catalogue.by_sector(name, today) if name else ()
    lines = [line(read, today) for read in catalogue.sheets(card.version_id for card in cards)]
    return Sector(slug, name, sectors, lines)


def line(read: ProcedureSheet, today: date) -> Line:
    return Line(
        read,
        province.level_name(read.online_level, today),
        tuple(sheets.terms_of(read)),
        tuple(sheets.fees_of(read)),
        Channel.POSTAL in read.channels(),
    )


@dataclass(frozen=True, slots=True)
class StepLine:
    number: int
    name: str
    kind: str
    who: str
    time: str
    only_if: str


def steps_of(request: HttpRequest, today: date, rules: Regulation | None) -> Context:
    """The steps of one procedure that was asked for, else the procedures of a sector.

    Basis: KT18-5.2#3, KT18-13.4#1, DL24-11.3.
    """
    asked = request.GET.get("thu-tuc", "")
    if not asked:
        return by_sector(request, today, rules)
    read = catalogue.by_code(asked, today)
    try:
        found = process.definition_for(read.code, None, today)
    except UnknownProcess:
        found = None
    return {
        "sheet": read,
        "process": found,
        "steps": [step_line(n, step, found) for n, step in enumerate(found.steps, start=1)] if found else [],
    }


def step_line(number: int, step: Step, definition: ProcessDefinition) -> StepLine:
    """A step of the process; the time that several share stands at the first of them."""
    timed = definition.shared_time(step) or step
    unit = process_labels.TIME_UNIT.get(timed.printed_unit, timed.printed_unit)
    is_timed = bool(timed.printed_value) and timed.printed_unit != "none"
    time = f"{timed.printed_value.replace('.', ',')} {gettext(unit)}" if is_timed else ""
    return StepLine(
        number,
        step.name,
        gettext(process_labels.STEP[step.kind]),
        step.actor_text,
        gettext("chung với bước trên") if definition.shares_time(step) else time,
        definition.condition_of(step),
    )


def online_list(request: HttpRequest, today: date, rules: Regulation | None) -> Context:
    """What was decided to be provided online, decision by decision.

    Basis: KT22-18.2, QN20-15.2, DL24-11.1#2, PT24-18.1.0, KT18-5.1.a#1, PT24-2.2.
    """
    before = request.GET.get("truoc", "")
    number = read_number(before)
    found = catalogue.online_decisions(settings.PROVINCE, before=number, limit=DECISIONS)
    lines = [
        (
            decision,
            decision.effective_on > today,
            [
                (each, province.level_name(each.level, today), gettext(SERVICE[each.service_kind]))
                for each in listed
            ],
        )
        for decision, listed in found
    ]
    return {
        "decisions": lines,
        "next": f"?truoc={found[-1][0].id}" if len(found) == DECISIONS else "",
        "previous": "?" if number is not None else "",
    }


# --- Figures -----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class AgencyLine:
    id: int
    name: str
    counts: Counts
    overdue: int = 0  # open at this moment and past its date, whenever it was filed


def statistics(request: HttpRequest, today: date, rules: Regulation | None) -> Context:
    """A month of the last year: the picture, and a table by agency.

    Basis: DL24-5.6, PT24-5.2.
    """
    months = months_back(today)
    asked = request.GET.get("thang", "")
    first = next((month for month in months if f"{month:%Y-%m}" == asked), months[0])
    last = min(last_of(first), today)
    return {
        "months": [(f"{month:%Y-%m}", month) for month in months],
        "month": figures.month(first, last, dossiers.figures_by_day(settings.PROVINCE, first, last)),
        "lines": agency_lines(first, last),
        "overdue": sum(dossiers.overdue_by_agency(settings.PROVINCE, who.now()).values()),
        "overdue_at": publicity.address_of("apologies", today),
    }


def agency_lines(first: date, last: date, overdue: Mapping[int, int] | None = None) -> list[AgencyLine]:
    """The agencies at which something happened, and those at which something is overdue."""
    counts = dossiers.figures_by_agency(settings.PROVINCE, first, last)
    late = overdue or {}
    return [
        AgencyLine(card.id, card.name, counts.get(card.id, Counts()), late.get(card.id, 0))
        for card in agencies.cards({*counts, *late})
    ]


def months_back(today: date) -> list[date]:
    """First days of this month and of those before it."""
    months = [today.replace(day=1)]
    while len(months) < MONTHS_BACK:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months


def last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UseLine:
    """A service that is offered online, and how often it was used in the year that is shown."""

    sheet: ProcedureSheet
    level: words.Text
    use: Use


def use(request: HttpRequest, today: date, rules: Regulation | None) -> Context:
    """How often the online services of a sector were used, or one of them that was asked for: the picture of
    some years with its table, and for a sector a table of its services.

    Basis: KT18-5.1.b#2, DL24-5.6.
    """
    asked = request.GET.get("thu-tuc", "")
    first = today.year - YEARS_BACK + 1
    if asked:
        read = catalogue.by_code(asked, today)
        found = dossiers.use_by_year([read.code], first, today.year)
        return {
            "sheet": read,
            "sector_slug": words.slug(read.sector),
            "years": figures.years(found.get(read.code, {}), first, today.year),
        }
    sector = sector_asked(request, today)
    online = [each for each in sector.lines if each.sheet.online_level != OnlineLevel.NONE]
    found = dossiers.use_by_year([each.sheet.code for each in online], first, today.year)
    shown = read_number(request.GET.get("nam", "")) or today.year
    shown = shown if first <= shown <= today.year else today.year
    return {
        **sector.context(),
        "years": figures.years(summed(found), first, today.year),
        "year": shown,
        "lines": [
            UseLine(each.sheet, each.level, found.get(each.sheet.code, {}).get(shown, Use()))
            for each in online
        ],
    }


def summed(found: Mapping[str, Mapping[int, Use]]) -> dict[int, Use]:
    total: dict[int, Use] = {}
    for years in found.values():
        for year, each in years.items():
            total[year] = total.get(year, Use()) + each
    return total


def apologies(request: HttpRequest, today: date, rules: Regulation | None) -> Context:
    """The letters, the newest first, with the applicant hidden; how many dossiers were late this month,
    and how many are past their date and open.

    Basis: DL24-5.10 (A23)
    """
    first, now = today.replace(day=1), who.now()
    letters, older = dossiers.public_apologies(settings.PROVINCE, now, after=request.GET.get("tu"))
    lines = agency_lines(first, today, dossiers.overdue_by_agency(settings.PROVINCE, now))
    return {
        "letters": letters,
        "older": f"?{urlencode({'tu': older})}" if older else "",
        "days": settings.APOLOGIES_PUBLIC_DAYS,
        "lines": [each for each in lines if each.counts.late or each.overdue],
        "first": first,
    }


# --- What the regulation says ------------------------------------------------------------------------
def payment(request: HttpRequest, today: date, rules: Regulation | None) -> Context:
    """By which means fees are paid, as the regulation has it; the fees themselves have a page of their own.

    Basis: DL24-5.8.
    """
    full = rules.words("payment.ways_full") if rules else ()
    partial = rules.words("payment.ways_partial") if rules else ()
    return {
        "full": [publicity.PAYMENT_WAYS[way] for way in full],
        "partial": [publicity.PAYMENT_WAYS[way] for way in partial],
        "is_same": set(full) == set(partial),
    }


@dataclass(frozen=True, slots=True)
class Level:
    """A part of the agencies: all of a province on one page would be too long to read."""

    slug: str
    name: words.Text
    levels: frozenset[AgencyLevel]


LEVELS = (
    Level("tinh", _("Cơ quan cấp tỉnh"), frozenset({AgencyLevel.PROVINCE, AgencyLevel.CENTRAL})),
    Level("huyen", _("Cơ quan cấp huyện"), frozenset({AgencyLevel.DISTRICT})),
    Level("xa", _("Xã, phường"), frozenset({AgencyLevel.COMMUNE})),
)


def petitions(request: HttpRequest, today: date, rules: Regulation | None) -> Context:
    """How to send petitions, and to whom: address, mailbox and number of every agency that settles
    procedures, as the agencies are recorded. What the regulation names and nobody can do here yet is said so.

    Basis: DL24-21.1.
    """
    slug = request.GET.get("cap", "")
    asked = next((each for each in LEVELS if each.slug == slug), LEVELS[0])
    known = agencies.cards(catalogue.settling_agencies(settings.PROVINCE, today))
    there = {each.level for each in known}
    named = rules.words("petition.channels") if rules else ()
    return {
        "channels": [publicity.PETITION_CHANNELS[each] for each in named if each != "system"],
        "is_not_here_yet": "system" in named,
        "receivers": bodies.names_of(rules.words("petition.receiver"), today) if rules else [],
        "limit": rules.limit("petition.limit") if rules else None,
        "levels": [each for each in LEVELS if there & each.levels],
        "level": asked,
        "agencies": [card for card in known if card.level in asked.levels],
    }


def contacts(request: HttpRequest, today: date, rules: Regulation | None) -> Context:
    """Who runs the system, and whom to ask at each agency of the province; communes have pages of their own.

    Basis: DL24-5.7, DL24-11.3, QN20-18.
    """
    counts = catalogue.settling_agencies(settings.PROVINCE, today)
    cards = [card for card in agencies.cards(counts) if card.level not in ("commune", "district")]
    known = agencies.contacts({card.id for card in cards})
    reached = {card.id for card in cards if known.get(card.id) or card.phones or card.email}
    return {
        "operator": bodies.operator_of(rules, today),
        "reachable": [(card, known.get(card.id, ())) for card in cards if card.id in reached],
        "unreachable": [card for card in cards if card.id not in reached],
    }


def notices(request: HttpRequest, today: date, rules: Regulation | None) -> Context:
    now = who.now()
    given = notify.shown_notices(now, language=get_language() or "vi")
    return {"notices": given, "outages": outages.notices(), "now": now}


PAGES: dict[str, tuple[str, Callable[[HttpRequest, date, Regulation | None], Context]]] = {
    "services": ("services", by_sector),
    "procedures": ("services", by_sector),
    "levels": ("services", by_sector),
    "online_list": ("online_list", online_list),
    "process": ("process", steps_of),
    "time_limits": ("time_limits", by_sector),
    "fees": ("fees", by_sector),
    "postal": ("postal", by_sector),
    "guidance": ("guidance", no_data),
    "notices": ("notices", notices),
    "statistics": ("statistics", statistics),
    "use": ("use", use),
    "petitions": ("petitions", petitions),
    "contacts": ("contacts", contacts),
    "hotline": ("hotline", no_data),
    "payment": ("payment", payment),
    "apologies": ("apologies", apologies),
}
