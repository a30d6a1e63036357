"""Letters of apology for several dossiers that a closure touches: chosen, written once, sent one by one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies import queries as agencies
from motcua.desk import apologies as letters
from motcua.desk import clock, previews, several
from motcua.desk.forms.apologies import ApologiseForSeveral
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of
from motcua.desk.views.closures import closure_of, writes_letters
from motcua.desk.views.outcomes import outcomes_page
from motcua.dossiers import services
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
    card = agencies.agency(found.agency_id)
    if not writes_letters(request, card):
        raise Forbidden()
    if not found.stands(now):
        messages.warning(request, gettext("Lần nghỉ này đã qua hoặc đã hủy. Chưa gửi phiếu nào."))
        return redirect("desk:closure", closure_id)
    is_sent = request.method == "POST"
    picks = several.read_picks(request.GET.getlist(several.PICKED))
    seen = several.read_picks(request.POST.getlist("pick"))
    if not picks and not seen:
        messages.warning(request, gettext("Bạn chưa chọn hồ sơ nào."))
        return redirect("desk:closure", closure_id)
    actor, ids = actor_of(request), dict.fromkeys(each.dossier_id for each in (*picks, *seen))
    owed, others = services.owed_for(actor=actor, at=now, closure=found, dossier_ids=ids, why=WHY)
    ticked = frozenset(each.dossier_id for each in seen) if is_sent else frozenset(ids)
    shown = next((each for each in owed if each.id == request.POST.get("preview")), None)
    form = ApologiseForSeveral(
        request.POST if is_sent else None,
        days={each.id: each.new_day for each in owed},
        ticked=frozenset({shown.id}) if shown else ticked,
        why=gettext("Cơ quan nghỉ làm việc %(span)s: %(reason)s.")
        % {"span": closed_span(found.span), "reason": found.span.reason.rstrip(".")},
    )
    if shown is not None and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            return previews.shown(letters.preview(actor, now, shown, form.day_of(shown.id), reason))
        except Forbidden:
            raise
        except Refusal as refusal:
            form.add_error(ApologiseForSeveral.name_of(shown.id), sentence(refusal))
    elif is_sent and "preview" not in request.POST and form.is_valid():
        named = {each.id: each for each in others}
        by_id, reason = {each.id: each for each in owed}, form.cleaned_data["reason"]
        outcomes = [
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
            for pick in seen
        ]
        request.session[_OUTCOMES] = {str(closure_id): [each.to_json() for each in outcomes]}
        return redirect("desk:apologies_sent", closure_id)
    context = frame(request, "closures") | {
        "card": card,
        "found": found,
        "form": form,
        "lines": [
            (
                each,
                form.of(each.id),
                each.id in ticked,
                letters.said_of_reach(each),
            )
            for each in owed
        ],
        "unreached": sum(each.unreached is not None for each in owed),
        "others": [(each, gettext(letters.NO_LETTER[each.why])) for each in others],
        "missing": len(ids) - len(owed) - len(others),
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
