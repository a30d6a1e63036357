"""Internal processes on a screen: a draft is written step by step, checked, compared, sent, put in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import queries as catalogue
from motcua.desk import clock, governing
from motcua.desk.forms.process_drafts import ApproveDraft, BeginDraft, ReturnDraft, SubmitDraft
from motcua.desk.forms.process_steps import DraftHead, StepForm, initial_of, rearranged
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of
from motcua.kernel import provinces
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.law import queries as law
from motcua.law.errors import NoRegulation
from motcua.process import labels, queries, services
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import ProcessDefinition, Step
from motcua.process.rules.drafts import Difference, StepEntry
from motcua.process.services import DraftView
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.forms import FaceForm
from motcua.worktime.rules import local


@access("officer")
@require_http_methods(["GET", "POST"])
def processes(request: HttpRequest) -> HttpResponse:
    """Drafts of the officer's agencies, or of all for those who oversee; a new one is begun here."""
    standing = governing.must_take_part(request)
    form = BeginDraft(request.POST if request.method == "POST" else None, cards=_writers(request))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.begin_draft(
                actor=actor_of(request),
                at=clock.now(),
                agency_id=int(data["agency"]),
                code=data["code"],
                variant=data["variant"],
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            return redirect("desk:process_steps", made)
    before = governing.number(request.GET.get("truoc", ""))
    ids = None if standing.oversees else standing.agency_ids
    cards = queries.drafts(settings.PROVINCE, agency_ids=ids, before=before, limit=governing.PAGE)
    context = frame(request, "processes") | {
        "lines": [(card, *_state(labels.DRAFT[card.state])) for card in cards],
        "form": form,
        "next": f"?truoc={cards[-1].id}" if len(cards) == governing.PAGE else "",
        "previous": "?" if before is not None else "",
        "page_errors": page_errors(form),
    }
    return render(request, "desk/governing/processes.html", context, status=422 if form.errors else 200)


@access("officer")
@require_safe
def process_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The draft beside the process in force, what is odd about it, and what may be done with it."""
    return _page(request, _draft(request, draft_id))


@access("officer")
@require_http_methods(["GET", "POST"])
def process_steps(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The editor. Each button keeps what was typed; nothing is sent to anybody."""
    view = _draft(request, draft_id)
    if not view.may_write:
        return redirect("desk:process_draft", view.id)
    choices = _choices(view)
    if request.method != "POST":
        return _editor(request, view, choices, view.name, view.steps, view.version)
    head = DraftHead(request.POST)
    count = head.cleaned_data["count"] if head.is_valid() else 0
    forms = [StepForm(request.POST, prefix=f"s{n}", **choices) for n in range(1, count + 1)]
    found = [form.is_valid() for form in forms]  # each is looked at, so that all errors are shown at once
    if not head.is_valid() or not all(found):
        return _editor_again(request, view, head, forms)
    act = request.POST.get("act", "")
    steps = rearranged([form.entry() for form in forms], act)
    kept = [step for step in steps if step.action]
    try:
        version = services.write_draft(
            actor=actor_of(request),
            at=clock.now(),
            draft_id=view.id,
            version=head.cleaned_data["version"],
            name=head.cleaned_data["name"],
            steps=kept,
        )
    except (Forbidden, NotFound):
        raise
    except Refusal as refusal:
        tell(head, refusal)
        return _editor_again(request, view, head, forms)
    if act == "save":
        return redirect("desk:process_draft", view.id)
    return _editor(request, view, choices, head.cleaned_data["name"], steps, version)


def _choices(view: DraftView) -> dict[str, Any]:
    """What the form of a step offers: units of the agency, and agencies elsewhere with those that stand
    there already, such as a division of another agency."""
    places = agencies.places(settings.PROVINCE, clock.now().date())
    known = {key for key, _ in places} | {"", "above:province"}
    kept = sorted({step.at for step in view.steps} - known)
    units = [unit.name for unit in agencies.agency(view.agency_id).units]
    return {"units": units, "places": [*places, *((each, each) for each in kept)]}


@access("officer")
@require_safe
def draft_of_decision(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The paper that would announce the procedure together with its process, drawn up for whoever signs.

    Number, day and signature stay open: what is signed elsewhere is recorded afterwards.

    Basis: QN20-5.3.
    """
    view = _draft(request, draft_id)
    if view.after is None:
        return redirect("desk:process_draft", view.id)
    today = local(clock.now()).date()
    context = frame(request, "processes") | {
        "view": view,
        "agency": agencies.agency(view.agency_id),
        "province": provinces.PROVINCES[settings.PROVINCE],
        "sheet": catalogue.by_code(view.procedure_code, today),
        "year": str(today.year),
    }
    with translation.override("vi"):  # what is signed is Vietnamese, whoever reads the page
        context["total"] = _time(view.total["value"], view.total["unit"]) if view.total else ""
        context["steps"] = [_step(step, view.after, view.agency_id) for step in view.after.steps]
    return render(request, "desk/governing/draft_of_decision.html", context)


@access("officer")
@require_POST
def submit_process(request: HttpRequest, draft_id: int) -> HttpResponse:
    def act(view: DraftView, data: dict[str, Any]) -> str:
        services.submit_draft(
            actor=actor_of(request),
            at=clock.now(),
            draft_id=view.id,
            version=data["version"],
            override=data["override"],
        )
        return gettext("Đã gửi dự thảo để phê duyệt.")

    return _do(request, draft_id, "submit", SubmitDraft(request.POST), act)


@access("officer")
@require_POST
def return_process(request: HttpRequest, draft_id: int) -> HttpResponse:
    def act(view: DraftView, data: dict[str, Any]) -> str:
        services.return_draft(actor=actor_of(request), at=clock.now(), draft_id=view.id, **data)
        return gettext("Đã trả lại dự thảo để sửa.")

    return _do(request, draft_id, "give_back", ReturnDraft(request.POST), act)


@access("officer")
@require_POST
def approve_process(request: HttpRequest, draft_id: int) -> HttpResponse:
    form = ApproveDraft(request.POST)

    def act(view: DraftView, data: dict[str, Any]) -> str:
        services.approve_draft(
            actor=actor_of(request),
            at=clock.now(),
            draft_id=view.id,
            version=data["version"],
            approval=form.approval(),
        )
        return gettext("Quy trình đã được ban hành. Hồ sơ đang giải quyết giữ quy trình cũ.")

    return _do(request, draft_id, "approve", form, act)


@access("officer")
@require_POST
def drop_process(request: HttpRequest, draft_id: int) -> HttpResponse:
    view = _draft(request, draft_id)
    version = governing.number(request.POST.get("version", "")) or 0
    services.drop_draft(actor=actor_of(request), at=clock.now(), draft_id=view.id, version=version)
    messages.success(request, gettext("Đã bỏ dự thảo."))
    return redirect("desk:processes")


def _do(
    request: HttpRequest,
    draft_id: int,
    name: str,
    form: FaceForm,
    act: Callable[[DraftView, dict[str, Any]], str],
) -> HttpResponse:
    """Do what the form asks for; what was refused is told on the page of the draft."""
    view = _draft(request, draft_id)
    if form.is_valid():
        try:
            said = act(view, form.cleaned_data)
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, said)
            return redirect("desk:process_draft", view.id)
    return _page(request, _draft(request, draft_id), **{name: form})


def _draft(request: HttpRequest, draft_id: int) -> DraftView:
    """Raises NotFound, Forbidden."""
    return services.open_draft(actor=actor_of(request), at=clock.now(), draft_id=governing.small(draft_id))


def _page(request: HttpRequest, view: DraftView, **given: FaceForm) -> HttpResponse:
    word, tone = _state(labels.DRAFT[view.state])
    at = {"version": view.version}
    form = next(iter(given.values()), None)
    submit = SubmitDraft(initial=at) if view.may_write and not view.broken else None
    context = frame(request, "processes") | {
        "view": view,
        "agency": agencies.agency(view.agency_id),
        "state": word,
        "tone": tone,
        "total": _time(view.total["value"], view.total["unit"]) if view.total else "",
        "is_unassigned": _is_unassigned(
            str(each.after.kind) for each in view.differences if each.after is not None
        ),
        "rows": [_difference(each, view) for each in view.differences],
        "changes": sum(1 for each in view.differences if not each.is_same),
        "submit": given.get("submit") or submit,
        "approve": given.get("approve") or (ApproveDraft(initial=at) if view.may_decide else None),
        "give_back": given.get("give_back") or (ReturnDraft(initial=at) if view.may_decide else None),
        "page_errors": page_errors(form) if form is not None else [],
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "desk/governing/process_draft.html", context, status=status)


def _editor(
    request: HttpRequest,
    view: DraftView,
    choices: dict[str, Any],
    name: str,
    steps: Sequence[StepEntry],
    version: int,
) -> HttpResponse:
    head = DraftHead(initial={"name": name, "version": version, "count": len(steps)})
    forms = [
        StepForm(initial=initial_of(step), prefix=f"s{n}", **choices) for n, step in enumerate(steps, start=1)
    ]
    return _editor_page(request, view, head, forms, 200)


def _editor_again(
    request: HttpRequest, view: DraftView, head: DraftHead, forms: Sequence[StepForm]
) -> HttpResponse:
    return _editor_page(request, view, head, forms, 422)


def _editor_page(
    request: HttpRequest, view: DraftView, head: DraftHead, forms: Sequence[StepForm], status: int
) -> HttpResponse:
    errors = [error for form in (head, *forms) for error in page_errors(form)]
    context = frame(request, "processes") | {
        "view": view,
        "agency": agencies.agency(view.agency_id),
        "total": _time(view.total["value"], view.total["unit"]) if view.total else "",
        "head": head,
        "forms": forms,
        "is_unassigned": _is_unassigned(str(form["kind"].value()) for form in forms),
        "page_errors": errors,
    }
    return render(request, "desk/governing/process_steps.html", context, status=status)


def _is_unassigned(kinds: Iterable[str]) -> bool:
    """Whether no step assigns although the regulation says who does: officers then take the work themselves
    unless the head assigns it.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, KT18-15.0; reading A71.
    """
    found = set(kinds)
    if not found or StepKind.ASSIGN.value in found:
        return False
    try:
        regulation = law.regulation_in_force(settings.PROVINCE, local(clock.now()).date())
    except NoRegulation:
        return False
    return regulation.choice("assignment.by") is not None


def _difference(each: Difference, view: DraftView) -> Mapping[str, Any]:
    if each.is_same:
        word, tone = "", ""
    elif each.before is None:
        word, tone = gettext("bước mới"), "good"
    elif each.after is None:
        word, tone = gettext("bỏ bước này"), "bad"
    else:
        word, tone = gettext("đổi"), "wait"
    step = each.after or each.before
    assert step is not None
    return {
        "number": each.after.order if each.after else "–",
        "step": _step(step, view.after if each.after else view.before, view.agency_id),
        "was": _step(each.before, view.before, view.agency_id)
        if each.before and each.after and not each.is_same
        else None,
        "word": word,
        "tone": tone,
        "fields": ", ".join(gettext(labels.FIELD[name]) for name in each.fields),
        "is_gone": each.after is None,
    }


def _step(step: Step, definition: ProcessDefinition | None, agency_id: int) -> dict[str, str]:
    """How a step of the definition is told: the time that several share stands at the first of them."""
    shared = definition.shared_time(step) if definition else None
    time = _time(shared.printed_value, shared.printed_unit) if shared else ""
    if shared and definition and definition.shares_time(step):
        time = gettext("chung với bước trên")
    return {
        "name": step.name,
        "kind": gettext(labels.STEP[step.kind]),
        "who": ", ".join(filter(None, (step.actor_text, _elsewhere(step, agency_id)))),
        "time": time or _time(step.printed_value, step.printed_unit),
        "only_if": definition.condition_of(step) if definition else "",
    }


def _elsewhere(step: Step, agency_id: int) -> str:
    """The name of the other agency that does the step; its key if there is none of it."""
    found = agencies.place(agency_id, step.place) if step.place else None
    return found[0].name if found else step.place


def _time(value: str, unit: str) -> str:
    if not value or unit == "none":
        return ""
    return f"{value.replace('.', ',')} {gettext(labels.TIME_UNIT.get(unit, unit))}"


def _state(pair: tuple[str, str]) -> tuple[str, str]:
    return gettext(pair[0]), pair[1]


def _writers(request: HttpRequest) -> tuple[AgencyCard, ...]:
    """The agencies for which the officer may write drafts; all for the one who decides for all."""
    own = governing.own_agencies(request)
    if services.may_decide(actor_of(request), clock.now(), 0):
        return agencies.agencies(settings.PROVINCE, clock.now().date(), limit=400)
    return own
