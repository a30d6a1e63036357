"""One procedure: everything the law wants shown, and what it means for the one who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel, OnlineLevel
from motcua.catalogue.labels import OTHER_CASES, case_names
from motcua.catalogue.rules import legal_basis
from motcua.catalogue.rules.cards import Offer
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.dossiers import queries as dossiers
from motcua.kernel.limits import TimeLimit
from motcua.portal import maps, opening, province, sheets, who, words
from motcua.portal.agency_choice import SEARCH, districts_of, picker
from motcua.portal.forms.eform import when_asked
from motcua.portal.opening import Opening
from motcua.theme.access import access
from motcua.theme.downloads import stored_file
from motcua.worktime.rules import Calendar


@access("public")
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet; `kenh`, `truong-hop`, `noi`, `phi-n` and `ban-n` are the choices of the little calculator.

    Basis: QN20-8.3, KT18-5.1.b#1, KT18-6.1.
    """
    now = who.now()
    today = now.date()
    read = catalogue.by_code(code, today)
    offers = catalogue.offers_of(read.version_id, province=settings.PROVINCE, on=today)
    chosen = sheets.choice_of(read, offers, request.GET.dict())
    place = place_of(chosen.offer, now)
    calendar = place.calendar if place else None
    counts_from = dossiers.receipt_if_sent(now, str(chosen.channel), calendar) if calendar else now
    told = sheets.answer(read, chosen, calendar, counts_from, promise_of(read, chosen, today))
    context = {
        "nav": "procedures",
        "page_errors": sheets.faults_of(told),
        "sheet": read,
        "level": province.level_name(read.online_level, today),
        "level_note": words.ONLINE_LEVEL_NOTES[read.online_level],
        "offers": offers,
        "has_many_offers": sheets.has_many(offers),
        "can_file_online": Channel.ONLINE in sheets.doors_of(read, offers),
        "doors": [(str(door), words.CHANNELS[door]) for door in sheets.doors_of(read, offers)],
        "cases": case_names(read, gettext(OTHER_CASES)),
        "chosen": chosen,
        "was_asked": "kenh" in request.GET,
        "carried": sheets.carried(read, chosen, request.GET.dict()),
        "answer": told,
        "place": place,
        "papers": sheets.papers_of(read, catalogue.forms_of(read.version_id)),
        "online_forms": sheets.online_forms(read),
        "online_papers": sheets.online_papers(read, read.variant_of(chosen.case)),
        "terms": sheets.terms_of(read),
        "real_time": sheets.real_time_words(real := dossiers.real_time(read.code, today)),
        "dossiers_done": real.dossiers if real else 0,
        "use": use_this_year(read, today),
        "fees": sheets.fees_of(read),
        "results": sheets.results_of(read),
        "return_ways": sheets.return_ways_of(read),
        "legal_basis": legal_basis.in_order(read.legal_basis),
        "money": sheets.charging_of(read, today),
        "provenance": catalogue.provenance(settings.PROVINCE, read.code),
        "edition": catalogue.edition_of(read.version_id),
        "sector_slug": words.slug(read.sector),
        "is_unverified": sheets.is_unverified(read),
    }
    return render(request, "portal/procedures/sheet.html", context)


def use_this_year(read: ProcedureSheet, today: date) -> dossiers.Use | None:
    """How often the service was used this year; None for what is not offered online.

    Basis: KT18-5.1.b#2, DL24-5.6.
    """
    if read.online_level == OnlineLevel.NONE:
        return None
    found = dossiers.use_by_year([read.code], today.year, today.year)
    return found.get(read.code, {}).get(today.year, dossiers.Use())


def promise_of(read: ProcedureSheet, chosen: sheets.Choice, today: date) -> TimeLimit | None:
    """The shorter term of the agency that was chosen; asked only of what is filed online."""
    if chosen.offer is None or chosen.channel != Channel.ONLINE:
        return None
    return catalogue.promise_for(read.version_id, chosen.offer.agency_id, today)


@dataclass(frozen=True, slots=True)
class Place:
    """The agency that was chosen, or the only one: where it is and when it is open."""

    agency: AgencyCard
    map: tuple[maps.Search, ...]
    calendar: Calendar
    opening: Opening


def place_of(offer: Offer | None, at: datetime) -> Place | None:
    if offer is None:
        return None
    card = agencies.agency(offer.agency_id)
    calendar = agencies.calendar_of(card.id, at.date())
    return Place(card, maps.searches_of(card), calendar, opening.of(calendar, at))


@access("public")
def sheet_agency(request: HttpRequest, code: str) -> HttpResponse:
    """Which of many agencies the sheet is about: what was chosen there already comes along and goes back."""
    today = who.now().date()
    read = catalogue.by_code(code, today)
    offers = catalogue.offers_of(read.version_id, province=settings.PROVINCE, on=today)
    if not sheets.has_many(offers):
        return redirect("portal:sheet", code=read.code)
    asked = request.GET.dict()
    account = who.card_if_known(request)
    context = {
        "nav": "procedures",
        "sheet": read,
        "carried": sheets.kept_choices(read, asked),
        "picker": picker(
            offers,
            districts=districts_of(offers),
            name="noi",
            first_id="noi",
            asked=asked.get(SEARCH, ""),
            chosen=asked.get("noi", ""),
            address=account.address if account else "",
        ),
    }
    return render(request, "portal/procedures/agency.html", context)


@access("public")
def blank_form(request: HttpRequest, form_id: int) -> HttpResponseBase:
    """A blank form, under its own name.

    Basis: KT18-5.2#2.
    """
    form = catalogue.blank_form(form_id)
    return stored_file(form.file_id, name=form.name)


@access("public")
def questions(request: HttpRequest, code: str) -> HttpResponse:
    """The questions of the e-form on paper, to have the answers ready."""
    read = catalogue.by_code(code, who.now().date())
    if not read.eform:
        raise Http404
    sections = [
        {
            "title": section.title,
            "hint": section.hint,
            "questions": [(each, when_asked(each, read.eform)) for each in section.fields],
        }
        for section in read.eform
    ]
    context = {"nav": "procedures", "sheet": read, "sections": sections}
    return render(request, "portal/procedures/questions.html", context)
