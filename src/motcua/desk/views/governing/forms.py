"""Blank forms of the papers of a procedure: which can be had, putting up another, taking one down."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.accounts.errors import FieldErrors
from motcua.catalogue import policy, queries, services
from motcua.catalogue.errors import FormsChanged, UnknownProcedure
from motcua.catalogue.policy import Standing
from motcua.catalogue.rules.blank_forms import BlankFormCard
from motcua.catalogue.rules.cards import VersionCard
from motcua.catalogue.rules.sheets import ProcedureSheet, RequiredDocument
from motcua.desk import clock, governing
from motcua.desk.forms.blank_forms import PutUpForm
from motcua.desk.forms.competences import FindProcedure
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.law_pages.outside import forbidden
from motcua.desk.officers import actor_of
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.refusals import sentence

FOUND_AT_MOST = 30


@access("officer")
@require_safe
def blank_forms(request: HttpRequest) -> HttpResponse:
    """Find a procedure; below, what was put up last."""
    governing.must_take_part(request)
    asked, today = request.GET.get("q", "").strip()[:100], clock.now().date()
    before = governing.number(request.GET.get("truoc", ""))
    latest = () if asked else queries.latest_forms(before=before, limit=governing.PAGE)
    context = frame(request, "forms") | {
        "form": FindProcedure(initial={"q": asked}),
        "asked": asked,
        "found": queries.search(asked, FOUND_AT_MOST, on=today) if asked else (),
        "latest": latest,
        "next": f"?truoc={latest[-1][0].id}" if len(latest) == governing.PAGE else "",
        "previous": "?" if before is not None else "",
    }
    return render(request, "desk/governing/forms.html", context)


@access("officer")
@require_safe
def procedure_forms(request: HttpRequest, code: str) -> HttpResponse:
    """The papers of a procedure, each with its forms."""
    here = _here(request, code)
    forms = queries.forms_of(here.sheet.version_id)
    context = _context(request, here) | {
        "with_history": queries.papers_with_history(here.sheet.version_id),
        "lines": [(paper, forms.get(paper.key, ())) for paper in here.sheet.components if paper.takes_form],
        "past": queries.forms_of_past(here.sheet.code, here.versions[0].id),
        "tabs": _tabs(here),
    }
    return render(request, "desk/governing/procedure_forms.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def paper_forms(request: HttpRequest, code: str, component: str) -> HttpResponse:
    """The forms of one paper, and what stood there before. Sent, it puts another one up."""
    here = _here(request, code)
    paper = _paper(here.sheet, component)
    history = queries.form_history(here.sheet.version_id, paper.key)
    seen = request.POST.get("seen", "") if request.method == "POST" else _numbers(history)
    form = None
    if here.may_keep:
        posted = (request.POST, request.FILES) if request.method == "POST" else ()
        form = PutUpForm(*posted, initial=_known(paper, history))
    elif request.method == "POST":
        raise forbidden("forms", clock.now())
    if form is not None and form.is_bound and form.is_valid():
        try:
            if _put_up(request, here, paper, form, seen):
                return redirect(_address(here, "procedure_forms", code))
        except FormsChanged as refusal:  # what stands there now is shown, and is what the next try has seen
            form.add_error(None, sentence(refusal))
            history = queries.form_history(here.sheet.version_id, paper.key)
            seen = _numbers(history)
    context = _context(request, here) | {
        "paper": paper,
        "standing": [card for card in history if card.ended_at is None],
        "over": [card for card in history if card.ended_at is not None],
        "form": form,
        "seen": seen,
        "page_errors": page_errors(form) if form else [],
    }
    status = 422 if form and form.errors else 200
    return render(request, "desk/governing/paper_forms.html", context, status=status)


@access("officer")
@require_http_methods(["GET", "POST"])
def drop_form(request: HttpRequest, form_id: int) -> HttpResponse:
    """Take a form down, after being told what that means."""
    governing.must_take_part(request)
    card = queries.blank_form(governing.small(form_id))
    sheet = queries.sheet(card.version_id)
    here = _of_version(request, sheet.code, card.version_id)
    if not here.may_keep:
        raise forbidden("forms", clock.now())
    if request.method == "POST":
        services.take_down_form(actor=actor_of(request), at=clock.now(), form_id=card.id)
        messages.success(request, gettext("Đã gỡ mẫu. Trang thủ tục không còn cho tải mẫu này."))
        return redirect("desk:blank_forms" if here.is_over else _address(here, "procedure_forms", sheet.code))
    paper = sheet.component(card.component)
    context = _context(request, here) | {"card": card, "paper": paper}
    return render(request, "desk/governing/drop_form.html", context)


@dataclass(frozen=True, slots=True)
class Here:
    """The version that is looked at, those that follow it, and whether the officer keeps its forms."""

    sheet: ProcedureSheet
    version: VersionCard
    versions: tuple[VersionCard, ...]
    may_keep: bool
    answering: str  # the agency that answers for the content; empty where no decision was recorded
    is_over: bool = False  # a version before the one in force, or of a procedure without one

    @property
    def query(self) -> str:
        """What the address carries, empty for the version in force."""
        return f"?ban={self.version.number}" if self.version != self.versions[0] else ""


def _here(request: HttpRequest, code: str) -> Here:
    """By the number of the version in the address, else the one in force.

    Raises UnknownProcedure, NotFound.
    """
    standing = governing.must_take_part(request)
    versions = queries.versions_from(code, queries.version_in_force(code, clock.now().date()))
    wanted = governing.number(request.GET.get("ban", "")) or versions[0].number
    found = next((each for each in versions if each.number == wanted), None)
    if found is None:
        raise NotFound()
    return _looked_at(standing, found, versions, is_over=False)


def _of_version(request: HttpRequest, code: str, version_id: int) -> Here:
    """Of any version, also of one that is over. Raises NotFound."""
    standing = governing.must_take_part(request)
    try:
        versions = queries.versions_from(code, queries.version_in_force(code, clock.now().date()))
    except UnknownProcedure:
        versions = ()
    is_over = version_id not in {each.id for each in versions}
    if is_over:
        versions = queries.versions_from(code, version_id)
    found = next((each for each in versions if each.id == version_id), None)
    if found is None:
        raise NotFound()
    return _looked_at(standing, found, versions, is_over=is_over)


def _looked_at(
    standing: Standing, version: VersionCard, versions: tuple[VersionCard, ...], *, is_over: bool
) -> Here:
    sheet = queries.sheet(version.id)
    known = queries.provenance(settings.PROVINCE, sheet.code)
    may_keep = policy.may_keep_forms(standing, known.agency_id if known else None)
    return Here(sheet, version, versions, may_keep, known.agency if known else "", is_over)


def _paper(sheet: ProcedureSheet, component: str) -> RequiredDocument:
    paper = sheet.component(component)
    if paper is None or not paper.takes_form:
        raise Http404
    return paper


def _known(paper: RequiredDocument, history: tuple[BlankFormCard, ...]) -> dict[str, str]:
    """What the form begins with: another file of a form mostly has the name of the one that is there."""
    last = next((card for card in history if card.ended_at is None), None)
    return {"title": last.title, "source": last.source} if last else {"title": paper.name[:200]}


def _numbers(history: tuple[BlankFormCard, ...]) -> str:
    """The forms that stand, as the page sends them along: `7.12`."""
    return ".".join(str(card.id) for card in history if card.ended_at is None)


def _put_up(request: HttpRequest, here: Here, paper: RequiredDocument, form: PutUpForm, seen: str) -> bool:
    """Whether it was put up; else the form says why not. Raises Forbidden, NotFound, FormsChanged."""
    try:
        services.put_up_form(
            actor=actor_of(request),
            at=clock.now(),
            version_id=here.sheet.version_id,
            component=paper.key,
            entry=form.entry(),
            seen={number for each in seen.split(".") if (number := governing.number(each)) is not None},
        )
    except (Forbidden, NotFound, FormsChanged):
        raise
    except FieldErrors as refusal:
        tell(form, refusal)
        return False
    except Refusal as refusal:  # of the store, which says what is wrong with the file
        form.add_error("file", sentence(refusal))
        return False
    messages.success(request, gettext("Đã đăng mẫu. Mọi người tải được ngay trên trang thủ tục."))
    return True


def _context(request: HttpRequest, here: Here) -> dict[str, object]:
    return frame(request, "forms") | {"here": here, "sheet": here.sheet}


def _address(here: Here, name: str, *parts: str) -> str:
    return reverse(f"desk:{name}", args=parts) + here.query


def _tabs(here: Here) -> list[tuple[str, str, str]]:
    """The version in force and those that follow; none where there is only one."""
    if len(here.versions) < 2:
        return []
    address = reverse("desk:procedure_forms", args=[here.sheet.code])
    first, *later = here.versions
    return [
        (str(first.number), gettext("Đang áp dụng"), address),
        *(
            (
                str(each.number),
                gettext("Áp dụng từ %(day)s") % {"day": each.valid_from.strftime("%d/%m/%Y")},
                f"{address}?ban={each.number}",
            )
            for each in later
        ),
    ]
