"""Who is away and who stands in: recorded by the heads, for their own people."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from motcua.agencies import queries, services
from motcua.agencies.enums import Role
from motcua.agencies.errors import StandsInForOthers
from motcua.agencies.rules.cards import Officer
from motcua.agencies.rules.standing_in import HEADS
from motcua.desk import clock
from motcua.desk.forms.absences import FIELD_OF, RecordAbsence
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.law_pages.outside import forbidden
from motcua.desk.officers import actor_of, seat_of
from motcua.kernel.errors import Refusal
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.refusals import sentence


@access("officer")
@require_http_methods(["GET", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """Absences that go on or are to come, and a form for one more."""
    today = clock.now().date()
    officers = services.answered_for(actor=actor_of(request), on=today)
    if not officers:
        raise forbidden("absences", clock.now())
    colleagues = queries.colleagues_of({agency.id for agency in seat_of(request).agencies}, today)
    form = RecordAbsence(
        request.POST if request.method == "POST" else None,
        officers=_names(officers),
        colleagues=_by_rank(colleagues),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, form)
        except StandsInForOthers as refusal:
            form.tell_of_others(sentence(refusal))
        except Refusal as refusal:
            tell(form, refusal, FIELD_OF.get(type(refusal)))
        else:
            messages.success(request, gettext("Đã ghi nhận vắng mặt và người thay."))
            return redirect("desk:absences")
    absences = queries.absences([each.account_id for each in officers], today)
    away = queries.absences({each.substitute_id for each in absences}, today)
    context = frame(request, "absences") | {
        "form": form,
        "page_errors": page_errors(form),
        "today": today,
        "absences": [(each, [other for other in away if each.leaves_open(other)]) for each in absences],
    }
    return render(request, "desk/absences.html", context)


@access("officer")
@require_POST
def end_absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    """The officer is back before the recorded day, or does not go at all."""
    if absence_id > 2**62:
        raise Http404
    if services.end_absence(actor=actor_of(request), at=clock.now(), absence_id=absence_id):
        messages.success(request, gettext("Từ hôm nay không còn ai thay."))
    else:
        messages.success(request, gettext("Đã hủy lần vắng mặt chưa bắt đầu; không ai thay ngày nào."))
    return redirect("desk:absences")


def _record(request: HttpRequest, form: RecordAbsence) -> None:
    data = form.cleaned_data
    services.record_absence(
        actor=actor_of(request),
        at=clock.now(),
        account_id=int(data["officer"]),
        substitute_id=int(data["substitute"]),
        first_day=data["first_day"],
        last_day=data["last_day"],
        reason=data["reason"],
        leaves_others=data["leaves_others"],
        authority=form.paper,
    )


def _names(officers: tuple[Officer, ...]) -> list[tuple[str, str]]:
    return list({str(officer.account_id): officer.full_name for officer in officers}.items())


def _by_rank(colleagues: tuple[Officer, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The colleagues in groups by the highest that they hold: whom they may stand in for hangs on it."""
    leaders = {each.account_id for each in colleagues if each.role is Role.APPROVER}
    heads = {each.account_id for each in colleagues if each.role in HEADS} - leaders
    groups = (
        (gettext("Lãnh đạo cơ quan"), [each for each in colleagues if each.account_id in leaders]),
        (
            gettext("Người phụ trách đơn vị (thay lãnh đạo phải có văn bản ủy quyền)"),
            [each for each in colleagues if each.account_id in heads],
        ),
        (
            gettext("Cán bộ khác (không thay lãnh đạo)"),
            [each for each in colleagues if each.account_id not in leaders | heads],
        ),
    )
    return [(name, _names(tuple(people))) for name, people in groups if people]
