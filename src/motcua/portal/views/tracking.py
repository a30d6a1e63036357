"""Public tracking: where a dossier stands, for whoever has its number. Nothing personal."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from motcua.dossiers import queries, services
from motcua.dossiers.enums import ENDED, Status
from motcua.dossiers.queries import Tracking
from motcua.dossiers.rules.lookup_channels import LookupChannel, further_channels
from motcua.portal import collecting, outages, province, standing, who
from motcua.theme import ledgers, stops
from motcua.theme.access import access
from motcua.theme.errors_on_page import PageError

_CODE = re.compile(r"[0-9A-Z]+(?:[.-][0-9A-Z]+)+", re.ASCII)
_LONG_ROW = re.compile(r"\d{9}")  # as in numbers of cards and telephones
DIGITS_OF_A_CODE = 10
KIOSK_MINUTES = 3  # until the screen in the hall forgets who asked; a press gives as much again
FORM_MINUTES = 5  # the same while somebody types


@access("public")
def ask(request: HttpRequest) -> HttpResponse:
    """The page with the one field. The number goes into the address of the answer, so it can be kept.

    It is sent in a form and looked at first: a name, a mailbox, the number of a person or a telephone, typed
    by mistake, must not come to stand in addresses and histories.
    """
    if request.method != "POST":
        return ask_page(request, "", [])
    code = reference_in(request.POST.get("ma", ""))
    without_code = gettext("Nếu không có mã, hãy xem mục “Không có mã hồ sơ?” ở dưới.")
    fault = fault_of(code, without_code)
    return ask_page(request, "", [fault]) if fault else redirect("portal:track", code=code)


def fault_of(code: str, without_code: str) -> PageError | None:
    """Why this cannot be the number of a dossier, and what to do instead; None where it can be one."""
    if not code:
        return PageError(gettext("Hãy nhập mã hồ sơ."), "#ma")
    if is_number_of_a_person(code):
        text = gettext(
            "Đây là số định danh hoặc số điện thoại, không phải mã hồ sơ. Mã hồ sơ in trên giấy hẹn."
        )
        return PageError(text, "#ma")
    if may_be_a_number(code):
        return None
    text = gettext(
        "Đây không phải mã hồ sơ. Mã hồ sơ in trên giấy hẹn, gồm chữ cái, chữ số, dấu chấm và gạch ngang."
    )
    return PageError(f"{text} {without_code}".strip(), "#ma")


def may_be_a_number(code: str) -> bool:
    """Whether this can be the number of a dossier: of the usual form, or as a province may write it, in
    groups with marks between. Nothing with blanks, accents or signs, nor a long row of figures: names,
    mailboxes and numbers of people are none.
    """
    if queries.is_of_usual_form(code):
        return True
    return _CODE.fullmatch(code) is not None and any(map(str.isdecimal, code)) and not _LONG_ROW.search(code)


def is_number_of_a_person(code: str) -> bool:
    """Nine or twelve digits of a card, ten or eleven of a telephone; no code of a dossier is all digits."""
    digits = code.translate({ord(sign): None for sign in " .-+"})
    return digits.isdecimal() and 9 <= len(digits) <= 12


def dossier_code_in(asked: str) -> str:
    """The code of a dossier that somebody typed where something else is looked for; empty if it is none.

    Whether there is such a dossier is not asked. A code has a day and a number, so ten digits at least; those
    of procedures are shorter, and those of people and telephones are not led into an address.
    """
    code = reference_in(asked)
    digits = sum(char.isdecimal() for char in code)
    is_code = _CODE.fullmatch(code) is not None and digits >= DIGITS_OF_A_CODE
    return code if is_code and not is_number_of_a_person(code) else ""


@access("public")
def track(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.tracking(code)
    if found is None:
        return ask_page(request, code, [unknown_code()], status=404)
    own = _own(request, found.reference)
    awaits = found.status is Status.AWAITING_SUPPLEMENT
    context = {"own": own, "awaits": awaits, "path": request.path, **told_of(found)}
    return render(request, "portal/tracking/found.html", {"nav": "tracking", **context})


def _own(request: HttpRequest, code: str) -> str:
    """The id of the dossier for whoever has it among their own, empty for anybody else."""
    if who.card_if_known(request) is None:
        return ""
    return services.own_dossier(actor=who.actor(request), at=who.now(), number=code)


@access("public")
def kiosk(request: HttpRequest) -> HttpResponse:
    """The same for a screen in a hall that everybody uses: nothing of the last person stays.

    The code is sent in a form, so that neither addresses nor histories keep it, and the page goes back to its
    start by itself, without script, by a header that every browser follows. A code that is not found stands
    there until then to be looked through; what can be no code, such as the number of a person, does not.
    """
    code = reference_in(request.POST.get("ma", ""))
    if request.method != "POST":
        return render(request, "portal/tracking/kiosk_ask.html", {"outages": outages.notices()})
    without_code = gettext("Nếu không có mã, hãy bấm “Tìm hồ sơ khi không có mã” ở dưới.")
    fault = fault_of(code, "" if stops.current() else without_code)  # that search is stopped, this one is not
    found = None if fault else queries.tracking(code)
    context: dict[str, object]
    if found is None:
        context = {"page_errors": [fault or unknown_code()], "code": "" if fault else code}
        context |= {"minutes": FORM_MINUTES, "outages": outages.notices()}
        response = render(request, "portal/tracking/kiosk_ask.html", context, status=422)
        return brief(response, FORM_MINUTES)
    language = request.POST.get("language", "")
    is_chosen = language in dict(settings.LANGUAGES)
    if is_chosen:
        translation.activate(language)  # until the middleware, which chose another, has its turn again
    context = {"code": found.reference, "minutes": KIOSK_MINUTES, **told_of(found)}
    response = brief(render(request, "portal/tracking/kiosk_found.html", context), KIOSK_MINUTES)
    if is_chosen:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
        response.headers["Content-Language"] = language
    return response


def brief(response: HttpResponse, minutes: int) -> HttpResponse:
    """The page goes back to the start by itself, without script, by a header that every browser follows.

    It says after how long, and what is lost by it can be had again by a press (WCAG 2.2.1).
    """
    response.headers["Refresh"] = f"{minutes * 60}; url={reverse('portal:kiosk')}"
    return response


def reference_in(typed: str) -> str:
    """The code in what was typed or read by a scanner: the QR of a slip holds the whole tracking address."""
    text = typed.strip()[:400].partition("#")[0].strip().rstrip("/")
    _, is_address, code = text.rpartition("/tra-cuu/")
    return (code if is_address else text).upper()


def unknown_code() -> PageError:
    text = gettext("Không có hồ sơ nào mang mã này. Hãy xem lại từng chữ số trên giấy hẹn.")
    return PageError(text, "#ma")


def told_of(found: Tracking) -> dict[str, object]:
    """What the pages tell: status, term with its reasons, the way so far; nothing personal.

    Basis: DL24-8.2#2, DL24-12.7, PT24-9.2bis#2, PT24-11.2, PT24-14.2, KT22-11.1, QN20-14.1 (A22)
    """
    now = who.now()
    is_over = found.status in ENDED
    is_on_its_way = found.status is Status.RESULT_ISSUED and found.finished_at is None
    why = ledgers.explained(found.due, found.arrived_at, renewed=found.due_at if found.promised_at else None)
    term = found.due and standing.Term(
        found.measured_due_at,
        found.due.calendar,
        promised_at=found.promised_at,
        finished_at=found.finished_at,
        stands_still=found.stands_still,
        stopped_late=found.stopped_late,
        is_over=is_over,
        is_on_its_way=is_on_its_way,
        broken_off_at=found.broken_off_at,
    )
    return {
        "outages": outages.notices(found.agency_id),
        "is_settled": is_over,
        "found": found,
        "lateness": term and standing.lateness(term, now),
        "standing": standing.of(found.status, comes=found.comes, is_on_its_way=is_on_its_way),
        "receipt": standing.receipt(found.counted, found.status, was_moved=found.is_receipt_moved),
        "reply_by": found.reply_by,
        "pill": term and standing.pill(term, now),
        "collecting": collecting.of(
            found.collect_at,
            found.to_bring,
            now,
            signs_form=found.signs_form,
            is_refusal=found.is_refused,
        ),
        "apologies": standing.apologies(
            found.apologies, promised_at=found.promised_at, finished_at=found.finished_at, is_over=is_over
        ),
        "way": standing.way(
            [standing.Happened(step.kind, step.at, step.is_entered_late) for step in found.steps],
            now,
            is_over=is_over,
            due_at=None if found.is_date_open else found.due_at,
        ),
        "is_broken_off": is_over and found.finished_at is None,
        "why": why,
        "tells_closed": why and why.tells_closed(found.status, is_fetched=found.is_fetched, at=now),
    }


def _further_channels() -> tuple[LookupChannel, ...]:
    """Ways beside this page that the province has added.

    Basis: QN20-14.1.đ.
    """
    return further_channels(settings.LOOKUP_CHANNELS, province.regulation(who.now().date()))


def _told_channel(channel: LookupChannel) -> dict[str, str]:
    """In the reader's language, where it has words in it."""
    is_english = (translation.get_language() or "").startswith("en")
    return {
        "name": (is_english and channel.name_english) or channel.name,
        "hint": (is_english and channel.hint_english) or channel.hint,
        "address": channel.address,
        "href": channel.href,
    }


def ask_page(request: HttpRequest, code: str, errors: list[PageError], status: int = 200) -> HttpResponse:
    context = {
        "nav": "tracking",
        "code": code,
        "page_errors": errors,
        "outages": outages.notices(),
        "channels": [_told_channel(each) for each in _further_channels()],
    }
    shown = 422 if errors and status == 200 else status
    return render(request, "portal/tracking/ask.html", context, status=shown)
