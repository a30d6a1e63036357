"""The approval list: read several, compare with the proposals, decide once, see what came of each."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk import clock, lists
from motcua.desk import several as acts
from motcua.desk.approval_cards import card_of
from motcua.desk.forms.approvals import DecideSeveral
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, seat_of
from motcua.desk.pages_of_verbs import BY_VERB
from motcua.desk.views.outcomes import outcomes_page
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box, Decision, Verb
from motcua.dossiers.services import Waiting
from motcua.kernel.errors import Forbidden
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors

WHY = "Phê duyệt hồ sơ"
_OUTCOMES = "desk_outcomes"


@access("officer")
@require_http_methods(["GET", "POST"])
def several(request: HttpRequest) -> HttpResponse:
    """What was ticked, its ids in the address, with its proposals and nothing chosen; sent, does each."""
    if not seat_of(request).roles & acts.DECIDING:
        raise Forbidden
    is_sent = request.method == "POST"
    picks = acts.read_picks(request.POST.getlist("pick") if is_sent else request.GET.getlist(acts.PICKED))
    if not picks:
        messages.warning(request, gettext("Bạn chưa chọn hồ sơ nào."))
        return HttpResponseRedirect(lists.list_href(Box.APPROVALS, ""))
    waiting = services.waiting_for_decision(
        actor=actor_of(request), at=clock.now(), dossier_ids=[pick.dossier_id for pick in picks], why=WHY
    )
    ids = dict.fromkeys([*(each.id for each in waiting), *(pick.dossier_id for pick in picks)])
    form = DecideSeveral(request.POST if is_sent else None, dossier_ids=ids)
    if is_sent and form.is_valid():
        request.session[_OUTCOMES] = [each.to_json() for each in _decided(request, form, picks, waiting)]
        return HttpResponseRedirect(reverse("desk:several_done"))
    return _choosing(request, form, picks, waiting)


@access("officer")
@require_safe
def outcome(request: HttpRequest) -> HttpResponse:
    """What was done and what was refused, dossier by dossier."""
    return outcomes_page(
        request,
        request.session.get(_OUTCOMES, []),
        current=Box.APPROVALS.value,
        title=gettext("Kết quả quyết định nhiều hồ sơ"),
        back=(lists.list_href(Box.APPROVALS, ""), gettext("Về danh sách chờ phê duyệt")),
    )


def _decided(
    request: HttpRequest, form: DecideSeveral, picks: Sequence[acts.Pick], waiting: Sequence[Waiting]
) -> list[acts.Outcome]:
    actor, by_id = actor_of(request), {each.id: each for each in waiting}
    late = [each for each in picks if each.dossier_id not in by_id and form.decided.get(each.dossier_id)]
    became = acts.what_became(actor, clock.now(), late, WHY)
    return [
        acts.decide(
            actor,
            clock.now(),
            what,
            form.text_for(what, pick.dossier_id),
            by_id[pick.dossier_id],
            pick.version,
        )
        if pick.dossier_id in by_id
        else acts.gone(pick, became.get(pick.dossier_id), what)
        for pick in picks
        if (what := form.decided.get(pick.dossier_id))
    ]


def _fitting(each: Waiting) -> Verb:
    """The decision that fits what was proposed."""
    if each.is_supplement:
        return Verb.RELEASE_SUPPLEMENT
    return Verb.REFUSE if each.state.proposal is Decision.REFUSE else Verb.APPROVE


def _choosing(
    request: HttpRequest, form: DecideSeveral, picks: Sequence[acts.Pick], waiting: Sequence[Waiting]
) -> HttpResponse:
    now = clock.now()
    leading_on = services.next_steps(
        actor=actor_of(request), at=now, acts=[(each.state, _fitting(each), each.task) for each in waiting]
    )
    cards = [
        (
            card_of(each, queries.calendar_of(each.state, now), now, steps),
            form.of(each.id),
            form.own_text_of(each.id),
        )
        for each, steps in zip(waiting, leading_on, strict=True)
    ]
    context = frame(request, Box.APPROVALS.value) | {
        "form": form,
        "cards": cards,
        "follows": [
            (gettext(page.title), [gettext(text) for text in page.consequences])
            for page in (BY_VERB[Verb.APPROVE], BY_VERB[Verb.REFUSE])
            if any(page.verb.value in card.offered for card, *_ in cards)
        ],
        "has_requests": any(each.is_supplement for each in waiting),
        "unreached": sum(each.unreached is not None for each in waiting),
        "missing": len(picks) - len(waiting),
        "back": lists.list_href(Box.APPROVALS, ""),
        "page_errors": page_errors(form),
    }
    return render(request, "desk/several.html", context, status=422 if form.errors else 200)
