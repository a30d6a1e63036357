"""Letters of apology for several dossiers that a closure touches: chosen, written once, sent one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import ClosureCard
from motcua.desk import apologies as letters
from motcua.desk import clock, previews, several
from motcua.desk.forms.apologies import ApologiseForSeveral
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of
from motcua.desk.views.closures import closure_of, writes_letters
from motcua.desk.views.outcomes import outcomes_page
from motcua.dossiers import services
from motcua.dossiers.services import NotOwed, Owed
from motcua.kernel.errors import Forbidden, Refusal
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.refusals import sentence
from motcua.theme.wording import closed_span

WHY = "Xin lỗi, hẹn lại khi cơ quan nghỉ"
_OUTCOMES = "desk_apologies"  # of the closure for which letters were sent last, by its id


@access("officer")
@require_http_methods(["GET", "POST"])
def apologise(request: HttpRequest, closure_id: int) -> HttpResponse:
    """Letters of apology for the dossiers that were ticked, their ids in the address; sent, does each.

    `preview` shows the letter of one of them, ticked or not, and leaves nothing behind.
    """
    found, now = closure_of(request, closure_id), clock.now()
    if not writes_letters(request, agencies.agency(found.agency_id)):
        raise Forbidden()
    if not found.stands(now):
        messages.warning(request, gettext("Lần nghỉ này đã qua hoặc đã hủy. Chưa gửi phiếu nào."))
        return redirect("desk:closure", closure_id)
    asked = _asked(request, found, now)
    if not asked.ids:
        messages.warning(request, gettext("Bạn chưa chọn hồ sơ nào."))
        return redirect("desk:closure", closure_id)
    form = _form(request, asked)
    if asked.shown is not None and form.is_valid():
        if letter := _previewed(request, form, asked.shown, now):
            return letter
    elif asked.is_sent and "preview" not in request.POST and form.is_valid():
        outcomes = _sent(request, form, asked)
        request.session[_OUTCOMES] = {str(closure_id): [each.to_json() for each in outcomes]}
        return redirect("desk:apologies_sent", closure_id)
    return _choosing(request, form, asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a page of letters is about: the dossiers that are owed one, those that are not, with why, the ids
    asked for, and, once sent, the versions that were `seen`. `shown` is the one to be looked at first."""

    closure: ClosureCard
    is_sent: bool
    seen: tuple[several.Pick, ...]
    ids: tuple[str, ...]
    owed: tuple[Owed, ...]
    others: tuple[NotOwed, ...]
    shown: Owed | None

    @property
    def ticked(self) -> frozenset[str]:
        return frozenset(each.dossier_id for each in self.seen) if self.is_sent else frozenset(self.ids)


def _asked(request: HttpRequest, closure: ClosureCard, now: datetime) -> _Asked:
    picks = several.read_picks(request.GET.getlist(several.PICKED))
    seen = several.read_picks(request.POST.getlist("pick"))
    ids = tuple(dict.fromkeys(each.dossier_id for each in (*picks, *seen)))
    owed, others = services.owed_for(
        actor=actor_of(request), at=now, closure=closure, dossier_ids=ids, why=WHY
    )
    shown = next((each for each in owed if each.id == request.POST.get("preview")), None)
    return _Asked(closure, request.method == "POST", tuple(seen), ids, owed, others, shown)


def _form(request: HttpRequest, asked: _Asked) -> ApologiseForSeveral:
    span = asked.closure.span
    return ApologiseForSeveral(
        request.POST if asked.is_sent else None,
        days={each.id: each.new_day for each in asked.owed},
        ticked=frozenset({asked.shown.id}) if asked.shown else asked.ticked,
        why=gettext("Cơ quan nghỉ làm việc %(span)s: %(reason)s.")
        % {"span": closed_span(span), "reason": span.reason.rstrip(".")},
    )


def _previewed(
    request: HttpRequest, form: ApologiseForSeveral, shown: Owed, now: datetime
) -> HttpResponse | None:
    """The letter of one dossier; None where it is refused, which the form says then."""
    day, reason = form.day_of(shown.id), form.cleaned_data["reason"]
    try:
        return previews.shown(letters.preview(actor_of(request), now, shown, day, reason))
    except Forbidden:
        raise
    except Refusal as refusal:
        form.add_error(ApologiseForSeveral.name_of(shown.id), sentence(refusal))
        return None


def _sent(request: HttpRequest, form: ApologiseForSeveral, asked: _Asked) -> list[several.Outcome]:
    """One letter after another; what of the chosen is owed none any more is said too."""
    actor, reason = actor_of(request), form.cleaned_data["reason"]
    named, by_id = {each.id: each for each in asked.others}, {each.id: each for each in asked.owed}
    return [
        letters.apologise(
            actor,
            clock.now(),
            by_id[pick.dossier_id],
            pick.version,
            form.day_of(pick.dossier_id),
            reason,
        )
        if pick.dossier_id in by_id
        else letters.apologised(actor, pick, named.get(pick.dossier_id))
        for pick in asked.seen
    ]


def _choosing(request: HttpRequest, form: ApologiseForSeveral, asked: _Asked) -> HttpResponse:
    context = frame(request, "closures") | {
        "card": agencies.agency(asked.closure.agency_id),
        "found": asked.closure,
        "form": form,
        "lines": [
            (each, form.of(each.id), each.id in asked.ticked, letters.said_of_reach(each))
            for each in asked.owed
        ],
        "unreached": sum(each.unreached is not None for each in asked.owed),
        "others": [(each, gettext(letters.NO_LETTER[each.why])) for each in asked.others],
        "missing": len(asked.ids) - len(asked.owed) - len(asked.others),
        "page_errors": page_errors(form),
    }
    return render(request, "desk/closures/apologise.html", context, status=422 if form.errors else 200)


@access("officer")
@require_safe
def apologies_sent(request: HttpRequest, closure_id: int) -> HttpResponse:
    """What was sent and what was refused, dossier by dossier."""
    closure_of(request, closure_id)
    return outcomes_page(
        request,
        request.session.get(_OUTCOMES, {}).get(str(closure_id), []),
        current="closures",
        title=gettext("Kết quả gửi phiếu xin lỗi"),
        back=(reverse("desk:closure", args=[closure_id]), gettext("Về thông báo nghỉ")),
    )
