"""One page for each verb: says what will happen, takes what must be said, and does it once."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.desk import clock, lists, previews
from motcua.desk.dossier_page import entry_of, page_of, sent_back_before
from motcua.desk.dossier_page.preview import preview_of
from motcua.desk.forms.incidents import PaperEntry, entering, paper_entry
from motcua.desk.forms.refused import tell
from motcua.desk.forms.verbs import FORMS, Occasion, VerbForm
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, opened, seat_of
from motcua.desk.pages_of_verbs import BY_SLUG, WITH_SLIP, VerbPage, page_on
from motcua.desk.prospects import prospect_of
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box, Verb
from motcua.dossiers.errors import NoSuchTask, Stale, WrongState
from motcua.dossiers.queries import DossierView, HistoryEntry, ReasonCard, VerbOffer
from motcua.dossiers.rules.decide.table import is_outcome
from motcua.dossiers.services import reading
from motcua.incidents import queries as incidents
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.kernel.numbers import read_number
from motcua.theme.access import access
from motcua.theme.camera import allow_camera
from motcua.theme.errors_on_page import page_errors
from motcua.theme.refusals import sentence

Reasons = tuple[ReasonCard, ...]
WHY = "Xử lý hồ sơ"
# What a leader does with a dossier that was opened from the list of approvals; then the next one may open.
DECIDING = frozenset(
    {Verb.APPROVE, Verb.REFUSE, Verb.SEND_BACK, Verb.RELEASE_SUPPLEMENT, Verb.RETURN_SUPPLEMENT}
)


@access("officer")
@require_http_methods(["GET", "POST"])
def verb(request: HttpRequest, dossier_id: UUID, slug: str) -> HttpResponse:
    page = BY_SLUG.get(slug)
    if page is None:
        raise Http404
    actor, at = actor_of(request), clock.now()
    view = opened(request, dossier_id, at=at, why=WHY)
    key = request.POST.get("task_key") or request.GET.get("viec") or ""
    offer = _offer(view, page, key)
    occasion = Occasion(actor, view, offer.task if offer else view.state.task(key), at)
    page = page_on(page, occasion.task)
    if offer is None:
        return _not_open(request, page, occasion)
    form = FORMS[page.verb](_posted(request), request.FILES or None, occasion=occasion)
    on_paper = _paper_entry(request, view)
    offered = queries.reasons_for(page.verb, view.state.target.agency_id)
    if "fill" in request.POST and offered:
        return _filled_page(request, page, form, on_paper, offered)
    if form.arranged(request.POST):
        if on_paper is not None:
            on_paper.unjudged()
        return _form_page(request, page, form, on_paper, offered)
    entered = entering(on_paper, at) if request.method == "POST" else None
    if form.is_bound and form.is_valid() and entered is not None:
        done = prospect_of(page, occasion).done
        form.occasion = replace(occasion, at=entered.at)
        try:
            with entered.context(at):
                if "preview" in request.POST and page.verb in WITH_SLIP:
                    return previews.shown(services.preview_of(form.send, after=view.state.version))
                act = form.send()
        except (Stale, NoSuchTask, WrongState) as refusal:
            fresh = reading.open_dossier(actor=actor, at=clock.now(), dossier_id=view.id, why=WHY)
            return _stale(request, page, form, fresh, refusal)
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            if not entered.tells(refusal):
                tell(form, refusal, form.field_of(refusal))
        else:
            form.finished()
            messages.success(request, " ".join(filter(None, (done, form.said_beside()))))
            going_on = _next_to_decide(request, page, view.id) if "tiep" in request.POST else ""
            return HttpResponseRedirect(going_on or _afterwards(request, view, act))
    return _form_page(request, page, form, on_paper, offered)


def _filled_page(
    request: HttpRequest, page: VerbPage, form: VerbForm, on_paper: PaperEntry | None, offered: Reasons
) -> HttpResponse:
    """The form with the chosen template in it; nothing is done, nothing that was typed is lost."""
    chosen = request.POST.get("reason_template", "")
    text = next((each.text for each in offered if str(each.id) == chosen), "")
    form.fill(text, request.POST["fill"])
    if on_paper is not None:
        on_paper.unjudged()
    return _form_page(request, page, form, on_paper, offered)


def _paper_entry(request: HttpRequest, view: DossierView) -> PaperEntry | None:
    """The form of what was done on paper, if an incident hit the place of whoever asks since the dossier was
    filed: also one during which something was recorded already, which need not bear on what is entered
    (ADR 0106)."""
    agency_id, posts = view.state.target.agency_id, seat_of(request).posts
    windows = incidents.windows_at(agency_id, posts, at=clock.now(), since=view.state.filed_at)
    return paper_entry(_posted(request), windows)


def _afterwards(request: HttpRequest, before: DossierView, act: services.Act) -> str:
    """Back to the dossier, or to the officer's work where the act has closed it to them; who hands out
    results goes on with the next number."""
    if request.POST.get("ve") == lists.SLUGS[Box.RETURNS]:
        return lists.list_href(Box.RETURNS, "")
    is_open = reading.stays_open(actor=actor_of(request), view=before, after=act.state)
    return reverse("desk:dossier", args=[before.id]) if is_open else reverse("desk:home")


def _next_to_decide(request: HttpRequest, page: VerbPage, dossier_id: str) -> str:
    """Where the next one of the leader's list opens, if this one was opened from there; else nothing."""
    place = lists.place_of(request, dossier_id) if page.verb in DECIDING else None
    return place.next_href if place and place.box is Box.APPROVALS else ""


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _offer(view: DossierView, page: VerbPage, key: str) -> VerbOffer | None:
    """The offer of this verb; for verbs on a task that of the named task, or the only one there is."""
    offers = [offer for offer in view.verbs if offer.verb is page.verb]
    if page.on_task and key:
        return next((offer for offer in offers if offer.task and offer.task.key == key), None)
    return offers[0] if offers else None


def _form_page(
    request: HttpRequest, page: VerbPage, form: VerbForm, on_paper: PaperEntry | None, offered: Reasons
) -> HttpResponse:
    occasion = form.occasion
    shown_above = page_of(occasion.dossier, occasion.at)
    context = frame(request, "") | {
        "page": page,
        "title": gettext(page.title),
        "prospect": prospect_of(page, occasion),
        "form": form,
        "task": occasion.task,
        "in_place_of": services.in_place_of(
            actor=occasion.actor, view=occasion.dossier, verb=page.verb, task=occasion.task
        ),
        "own_reasons": [each for each in offered if each.agency_id is not None],
        "reasons": [each for each in offered if each.agency_id is None],
        "goes_on": bool(_next_to_decide(request, page, occasion.dossier.id)),
        "then": request.POST.get("ve") or request.GET.get("ve") or "",
        "dossier": shown_above,
        "sent_back": sent_back_before(occasion.state, occasion.task)
        if occasion.task
        else shown_above.sent_back,
        "looking": services.look(actor=occasion.actor, at=clock.now(), dossier_id=occasion.dossier.id),
        "paper_entry": on_paper,
        "preview": preview_of(occasion.dossier, request.GET, or_first=True)
        if page.is_beside_papers
        else None,
        "page_errors": form.linked(page_errors(*(each for each in (form, on_paper) if each is not None))),
    }
    shown = render(request, ["desk/verbs/" + page.slug + ".html", "desk/verb.html"], context)
    return allow_camera(shown) if page.verb is Verb.SUPPLEMENT else shown


def _not_open(request: HttpRequest, page: VerbPage, occasion: Occasion) -> HttpResponse:
    """The verb is not open to this officer now: somebody was quicker, or it never was theirs."""
    form = FORMS[page.verb](_posted(request), occasion=occasion)
    if request.method == "POST" and request.POST.get("version") != str(occasion.dossier.version):
        return _stale(request, page, form, occasion.dossier, Stale())
    context = frame(request, "") | {
        "title": gettext(page.title),
        "dossier": page_of(occasion.dossier, occasion.at),
        "typed": form.typed() if form.is_bound else [],
    }
    return render(request, "desk/verb_not_open.html", context, status=409)


def _again(request: HttpRequest, fresh: DossierView) -> list[tuple[str, str]]:
    """What was typed, to be sent once more by somebody who has now seen the dossier as it is."""
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    kept = [(name, str(value)) for name, value in typed if name not in ("csrfmiddlewaretoken", "version")]
    return [*kept, ("version", str(fresh.version))]


def _stale(
    request: HttpRequest, page: VerbPage, form: VerbForm, fresh: DossierView, refusal: Refusal
) -> HttpResponse:
    """409: what happened meanwhile, the way to the fresh page, and what was typed.

    What this very page has done already (its button was pressed twice) is told as done.
    """
    seen = read_number(request.POST.get("version", ""), digits=9)
    seen_version = fresh.version if seen is None else seen
    offer = _offer(fresh, page, form.task_key)
    actor = form.occasion.actor
    is_done = _is_done(page, actor, fresh, seen_version)
    by_others = None if is_done or offer else _done_by_others(page, actor, fresh, seen_version)
    context = frame(request, "") | {
        "title": gettext(page.title),
        "sentence": sentence(Stale() if seen_version != fresh.version else refusal),
        "is_done": is_done,
        "by_others": by_others,
        "news": [entry_of(entry, fresh) for entry in fresh.history if entry.seq > seen_version],
        "dossier": page_of(fresh, clock.now()),
        "typed": form.typed(),
        "again": _again(request, fresh) if offer is not None else (),
        "button": gettext(page.button),
    }
    return render(request, "desk/stale.html", context, status=409)


def _done_by_others(
    page: VerbPage, actor: Actor, fresh: DossierView, seen_version: int
) -> HistoryEntry | None:
    """The same act by a colleague since the page was made, where nothing of it is left to do."""
    since = (entry for entry in fresh.history if entry.seq > seen_version and entry.actor_id != actor.id)
    return next((entry for entry in since if is_outcome(entry.kind, page.verb)), None)


def _is_done(page: VerbPage, actor: Actor, fresh: DossierView, seen_version: int) -> bool:
    """Whether what came right after the page is this officer's act by this verb.

    Only one sending of a version is recorded, so it came from the page, or from another that showed the same.
    """
    first = next((entry for entry in fresh.history if entry.seq > seen_version), None)
    if first is None or (first.actor_kind, first.actor_id) != (actor.kind.value, actor.id):
        return False
    return is_outcome(first.kind, page.verb)
