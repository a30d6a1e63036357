"""Several dossiers of a list steered at once: urged on, or given to another officer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk import clock, lists, several
from motcua.desk.forms.steering import GiveSeveral, SteerSeveral, UrgeSeveral
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, must_answer
from motcua.desk.views.outcomes import outcomes_page
from motcua.dossiers import labels, services
from motcua.dossiers.enums import Box
from motcua.dossiers.services import Steered
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors

_OUTCOMES = "desk_steered"


@dataclass(frozen=True, slots=True)
class _Way:
    """One of the two things that are done: its words, and how it is done to one dossier."""

    title: str
    button: str
    consequences: tuple[str, ...]
    why: str
    form: type[SteerSeveral]
    act: Callable[[Actor, Steered, int, SteerSeveral], several.Outcome]


@access("officer")
@require_http_methods(["GET", "POST"])
def urge_dossiers(request: HttpRequest) -> HttpResponse:
    """Remind those with whom the dossiers lie that were ticked, their ids in the address."""
    return _steer(request, URGING)


@access("officer")
@require_http_methods(["GET", "POST"])
def give_dossiers(request: HttpRequest) -> HttpResponse:
    """Give the dossiers that were ticked to one officer, each by an act of its own."""
    return _steer(request, GIVING)


@access("officer")
@require_safe
def steered_done(request: HttpRequest) -> HttpResponse:
    """What was done and what was refused, dossier by dossier."""
    must_answer(request)
    return outcomes_page(
        request,
        request.session.get(_OUTCOMES, []),
        current=_came_from(request).value,
        title=gettext("Kết quả đôn đốc, giao hồ sơ"),
        back=(lists.list_href(_came_from(request), ""), gettext("Về danh sách")),
    )


def _came_from(request: HttpRequest) -> Box:
    """The list on which the dossiers were ticked, as the address says."""
    return lists.BOX_OF_SLUG.get(request.GET.get("ds", ""), Box.PRESSING)


def _href(name: str, box: Box, found: Collection[Steered] = ()) -> str:
    """A page of steering that leads back to this list; unsaid, to what is pressing."""
    came = [] if box is Box.PRESSING else [("ds", lists.SLUGS[box])]
    asked = urlencode([*came, *((several.PICKED, each.id) for each in found)])
    return reverse(name) + (f"?{asked}" if asked else "")


def _steer(request: HttpRequest, way: _Way) -> HttpResponse:
    must_answer(request)
    box = _came_from(request)
    is_sent = request.method == "POST"
    typed = request.POST.getlist("pick") if is_sent else request.GET.getlist(several.PICKED)
    picks = several.read_picks(typed)
    if not picks:
        messages.warning(request, gettext("Bạn chưa chọn hồ sơ nào."))
        return redirect(lists.list_href(box, ""))
    actor = actor_of(request)
    ids = [each.dossier_id for each in picks]
    found = services.steered(actor=actor, at=clock.now(), dossier_ids=ids, why=gettext(way.why))
    form = way.form(request.POST if is_sent else None, found=found, at=clock.now())
    if is_sent and found and form.is_valid():
        by_id = {each.id: each for each in found}
        gone = [each for each in picks if each.dossier_id not in by_id]
        became = several.what_became(actor, clock.now(), gone, gettext(way.why))
        outcomes = [
            way.act(actor, by_id[pick.dossier_id], pick.version, form)
            if pick.dossier_id in by_id
            else several.gone(pick, became.get(pick.dossier_id))
            for pick in picks
        ]
        request.session[_OUTCOMES] = [each.to_json() for each in outcomes]
        if (said := form.said_beside()) and any(each.is_done for each in outcomes):
            messages.warning(request, said)
        return redirect(_href("desk:steered_done", box))
    context = frame(request, box.value) | {
        "title": gettext(way.title),
        "button": gettext(way.button),
        "consequences": [gettext(each) for each in way.consequences],
        "form": form,
        "cards": found,
        "missing": len(picks) - len(found),
        "is_urging": way is URGING,
        "urge_href": _href("desk:urge_dossiers", box, found),
        "back": lists.list_href(box, ""),
        "back_text": gettext(labels.BOX[box]),
        "page_errors": [] if form.dead_end else page_errors(form),
    }
    return render(request, "desk/steer_several.html", context, status=422 if form.errors else 200)


def _urge(actor: Actor, each: Steered, version: int, form: SteerSeveral) -> several.Outcome:
    return several.urge(actor, clock.now(), each, form.cleaned_data["reason"])


def _give(actor: Actor, each: Steered, version: int, form: SteerSeveral) -> several.Outcome:
    data = form.cleaned_data
    return several.give(actor, clock.now(), each, version, data["officer"], data["reason"])


URGING = _Way(
    N_("Đôn đốc hồ sơ"),
    N_("Gửi đôn đốc"),
    (
        N_("Người đang giữ việc nhận được tin trong hộp thư của họ; người thay nhận thêm nếu người ấy vắng."),
        N_("Mỗi người chỉ được đôn đốc một lần trong ngày về một hồ sơ."),
        N_("Việc đôn đốc có trong lịch sử hồ sơ và nhật ký quản trị; người nộp không được báo."),
    ),
    N_("Đôn đốc hồ sơ"),
    UrgeSeveral,
    _urge,
)
GIVING = _Way(
    N_("Giao nhiều hồ sơ cho người khác"),
    N_("Giao hồ sơ"),
    (
        N_("Mỗi hồ sơ được giao riêng; người nhận và lý do được ghi vào lịch sử của hồ sơ ấy."),
        N_("Thời hạn giải quyết không thay đổi; người nộp không được báo."),
        N_("Hồ sơ nào không giao được thì giữ nguyên và trang sau nói rõ vì sao."),
    ),
    N_("Giao hồ sơ cho người khác"),
    GiveSeveral,
    _give,
)
