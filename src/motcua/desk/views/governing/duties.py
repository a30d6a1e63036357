"""What has to be done after a decision announced procedures: lists, the decision, recording what was done."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies import queries as agencies
from motcua.agencies.enums import AgencyLevel
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import labels, policy, queries, services
from motcua.catalogue.enums import DutyKind
from motcua.catalogue.policy import Standing
from motcua.catalogue.queries import DutyCard
from motcua.catalogue.rules.duties import correctors_of
from motcua.desk import clock, governing
from motcua.desk.forms.governing import AskCorrection, FulfilDuty, RecordAnnouncement
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.law_pages.outside import forbidden
from motcua.desk.officers import actor_of
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.law import queries as law
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors

SHOWN = ("", "qua-han", "da-xong", "xong-tre")


@access("officer")
@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """The duties of the officer's agencies, or of the province for those who oversee it.

    Basis: KT22-23.1#2, DL24-11.1#3, PT24-23.1#2, QN20-6.3, KT18-11.
    """
    standing, now = governing.must_take_part(request), clock.now()
    of_all = standing.oversees and request.GET.get("cua") != "toi"
    ids = None if of_all else standing.agency_ids
    shown = request.GET.get("loc", "")
    shown = shown if shown in SHOWN else ""
    cards = queries.duties(
        settings.PROVINCE,
        now,
        agency_ids=ids,
        is_done=shown in ("da-xong", "xong-tre"),
        only_late=shown in ("qua-han", "xong-tre"),
        after=request.GET.get("sau", ""),
        limit=governing.PAGE,
    )
    whose = "" if of_all else "toi"
    context = frame(request, "duties") | {
        "lines": [governing.duty_line(card) for card in cards],
        "shown": shown,
        "whose": whose,
        "may_see_all": standing.oversees and bool(standing.agency_ids),
        "of_all": of_all,
        "overdue": queries.count_overdue(settings.PROVINCE, now, ids),
        "filters": _filters(whose),
        "next": _next(cards, {"loc": shown, "cua": whose}),
        "previous": "?" + urlencode({"loc": shown, "cua": whose}) if request.GET.get("sau") else "",
    }
    return render(request, "desk/governing/duties.html", context)


def _filters(whose: str) -> list[tuple[str, str, str]]:
    words = {
        "": gettext("Chưa xong"),
        "qua-han": gettext("Quá hạn"),
        "da-xong": gettext("Đã xong"),
        "xong-tre": gettext("Xong trễ hạn"),
    }
    return [(key, text, "?" + urlencode({"loc": key, "cua": whose})) for key, text in words.items()]


def _next(cards: tuple[DutyCard, ...], asked: dict[str, str]) -> str:
    if len(cards) < governing.PAGE:
        return ""
    return "?" + urlencode(asked | {"sau": cards[-1].cursor})


@access("officer")
@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest, duty_id: int) -> HttpResponse:
    """One duty, why it is due when it is, and the form by which it is recorded as done.

    Whoever checks what was published also asks here to have it put right.
    """
    standing, now = governing.must_take_part(request), clock.now()
    card = queries.duty(settings.PROVINCE, governing.small(duty_id), now)
    if card is None:
        raise NotFound()
    may = card.done_on is None and standing.acts_for(card.agency_id, card.party)
    if not _opens(card, standing):
        raise forbidden("duties", clock.now())
    is_seen = card.kind in (DutyKind.PUBLISH, DutyKind.CORRECT)
    is_asking = request.method == "POST" and "ask" in request.POST
    asking = _asking(request, card, is_asking=is_asking, may=standing.acts_for(card.agency_id, card.party))
    if is_asking and asking is not None and asking.is_valid():
        made = _asked(request, asking, card)
        if made is not None:
            messages.success(request, gettext("Đã gửi kiến nghị; cơ quan cập nhật lại đã được báo."))
            return redirect("desk:duty", made)
    posted = request.POST if request.method == "POST" and not is_asking else None
    form = FulfilDuty(posted, asks_day=not is_seen)
    if form.is_bound and form.is_valid():
        try:
            services.fulfil_duty(
                actor=actor_of(request),
                at=now,
                duty_id=card.id,
                done_on=form.cleaned_data.get("done_on") or now.date(),
                proof=form.cleaned_data["proof"],
            )
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã ghi nhận việc hoàn thành."))
            return redirect("desk:duty", card.id)
    context = frame(request, "duties") | {
        "line": governing.duty_line(card),
        "card": card,
        "counted_from": gettext(labels.COUNTED_FROM[card.counted_from]),
        "form": form,
        "asking": asking,
        "may": may,
        "is_seen": is_seen,
        "page_errors": page_errors(form, *([asking] if asking else [])),
    }
    status = 422 if context["page_errors"] else 200
    return render(request, "desk/governing/duty.html", context, status=status)


def _asking(request: HttpRequest, card: DutyCard, *, is_asking: bool, may: bool) -> AskCorrection | None:
    """The form by which whoever checks asks for a correction; None for everybody else."""
    if not may or card.kind is not DutyKind.CHECK:
        return None
    found = queries.announcement(settings.PROVINCE, card.announcement_id)
    assert found is not None
    bodies = [
        (party, found.lead_agency if party == policy.AGENCY else governing.body_name(party))
        for party in correctors_of(law.regulation(found.regulation))
    ]
    initial = {"to": bodies[0][0]} if len(bodies) == 1 else {}
    return AskCorrection(request.POST if is_asking else None, bodies=bodies, initial=initial)


def _asked(request: HttpRequest, form: AskCorrection, card: DutyCard) -> int | None:
    try:
        return services.ask_correction(
            actor=actor_of(request), at=clock.now(), duty_id=card.id, **form.cleaned_data
        )
    except (Forbidden, NotFound):
        raise
    except Refusal as refusal:
        tell(form, refusal)
        return None


@access("officer")
@require_safe
def announcements(request: HttpRequest) -> HttpResponse:
    standing = governing.must_take_part(request)
    before = governing.number(request.GET.get("truoc", ""))
    cards = queries.announcements(settings.PROVINCE, before=before, limit=governing.PAGE)
    context = frame(request, "announcements") | {
        "cards": cards,
        "may_record": bool(_leads(request)),
        "standing": standing,
        "next": f"?truoc={cards[-1].id}" if len(cards) == governing.PAGE else "",
        "previous": "?" if before is not None else "",
    }
    return render(request, "desk/governing/announcements.html", context)


@access("officer")
@require_safe
def announcement(request: HttpRequest, announcement_id: int) -> HttpResponse:
    """A decision with its duties, procedure by procedure."""
    standing = governing.must_take_part(request)
    card = queries.announcement(settings.PROVINCE, governing.small(announcement_id))
    if card is None:
        raise NotFound()
    found = queries.duties_of_announcement(card.id, clock.now())
    context = frame(request, "announcements") | {"card": card, "groups": _by_procedure(found, standing)}
    return render(request, "desk/governing/announcement.html", context)


def _by_procedure(
    cards: tuple[DutyCard, ...], standing: Standing
) -> list[tuple[DutyCard, list[dict[str, Any]]]]:
    """`opens`: whether its own page is open to the reader."""
    groups: dict[str, list[DutyCard]] = {}
    for card in cards:
        groups.setdefault(card.code, []).append(card)
    return [
        (found[0], [governing.duty_line(card) | {"opens": _opens(card, standing)} for card in found])
        for found in groups.values()
    ]


def _opens(card: DutyCard, standing: Standing) -> bool:
    return standing.oversees or standing.acts_for(card.agency_id, card.party)


@access("officer")
@require_http_methods(["GET", "POST"])
def new_announcement(request: HttpRequest) -> HttpResponse:
    """Record a decision: what follows from it is shown on its page at once."""
    leads = _leads(request)
    if not leads:
        raise forbidden("announce", clock.now())
    form = RecordAnnouncement(request.POST if request.method == "POST" else None, leads=leads)
    if form.is_bound and form.is_valid():
        try:
            made = services.record_announcement(
                actor=actor_of(request), at=clock.now(), decision=form.decision()
            )
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(
                request, gettext("Đã ghi nhận quyết định. Các việc phải làm theo quy chế ở dưới đây.")
            )
            return redirect("desk:announcement", made)
    context = frame(request, "announcements") | {"form": form, "page_errors": page_errors(form)}
    return render(
        request, "desk/governing/new_announcement.html", context, status=422 if form.errors else 200
    )


def _leads(request: HttpRequest) -> tuple[AgencyCard, ...]:
    """The agencies in whose name the officer records decisions."""
    standing, today = governing.must_take_part(request), clock.now().date()
    if standing.is_province or standing.parties & {"office", "dttt"}:
        return _of_the_province(today)
    return governing.own_agencies(request)


def _of_the_province(today: date) -> tuple[AgencyCard, ...]:
    return agencies.agencies(settings.PROVINCE, today, level=AgencyLevel.PROVINCE)
