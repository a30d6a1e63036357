"""The regulations of this province for its administrators: to read, to compare, never to change here."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from motcua.accounts import policy as accounts_policy
from motcua.desk import clock
from motcua.desk.frame import frame
from motcua.desk.law_pages import comparison, drawn
from motcua.desk.law_pages import conformity as statements
from motcua.desk.law_pages import regulation as pages
from motcua.desk.officers import actor_of
from motcua.dossiers import queries, services
from motcua.kernel.errors import Forbidden, Refusal
from motcua.law import queries as law
from motcua.law.errors import UnknownRegulation
from motcua.law.rules import Regulation
from motcua.theme.access import access
from motcua.theme.errors_on_page import PageError
from motcua.theme.refusals import sentence


@access("officer")
@require_safe
def regulation(request: HttpRequest, short_name: str = "") -> HttpResponse:
    """A regulation of this province with every value; the one in force today unless another is named."""
    accounts_policy.must_administer(actor_of(request))
    stretches = pages.timeline(settings.PROVINCE, clock.now().date())
    wanted = _here(short_name) if short_name else pages.shown_first(stretches)
    if wanted is None:
        raise UnknownRegulation(short_name=short_name)
    context = frame(request, "regulation") | {
        "stretches": stretches,
        "shown": wanted,
        "values": drawn.values(wanted, get_language() or "vi"),
    }
    return render(request, "desk/administration/regulation.html", context)


@access("officer")
@require_safe
def conformity(request: HttpRequest, short_name: str) -> HttpResponse:
    """What the laws ask to which a regulation of this province points, and how far the system does it."""
    accounts_policy.must_administer(actor_of(request))
    wanted = _here(short_name)
    context = frame(request, "regulation") | {
        "regulation": wanted,
        "statement": statements.statement(wanted),
    }
    return render(request, "desk/administration/conformity.html", context)


@access("officer")
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The chosen regulations side by side, what differs first; without a choice, all that there are."""
    accounts_policy.must_administer(actor_of(request))
    known = law.law().regulations
    chosen = [known[name] for name in request.GET.getlist("quy-che") if name in known]
    regulations = chosen if len(chosen) > 1 else list(known.values())
    context = frame(request, "compare") | {
        "known": comparison.columns(known.values(), settings.PROVINCE),
        "chosen": {each.short_name for each in regulations},
        "sides": drawn.sides(tuple(regulations), settings.PROVINCE, get_language() or "vi"),
    }
    return render(request, "desk/administration/compare.html", context)


@access("officer")
@require_safe
def under(request: HttpRequest) -> HttpResponse:
    """One dossier under its own regulation and under another, for officers who may read the dossier."""
    actor, known = actor_of(request), law.law().regulations
    number, wanted = request.GET.get("ma", "").strip()[:60], request.GET.get("theo", "")
    context = frame(request, "compare") | {
        "known": known.values(),
        "number": number,
        "wanted": wanted,
        "may_compare": accounts_policy.may_administer(actor),
    }
    if number and wanted in known:
        try:
            own, other = services.explain_under(actor=actor, at=clock.now(), number=number, short_name=wanted)
        except Refusal as refusal:
            context["page_errors"] = [PageError(_why_not(refusal, number), "number")]
        else:
            points = comparison.points(own, other)
            context |= {
                "dossier_id": queries.id_of(number),
                "own": known[own.regulation],
                "other": known[other.regulation],
                "points": points,
                "objections": comparison.objections(other.objections),
                "clauses": comparison.clauses_of(points, other.objections),
            }
    return render(request, "desk/administration/under.html", context)


def _here(short_name: str) -> Regulation:
    """The regulation of that name. Raises UnknownRegulation, also if it is another province's."""
    found = law.regulation(short_name)
    if found.province != settings.PROVINCE:
        raise UnknownRegulation(short_name=short_name)
    return found


def _why_not(refusal: Refusal, number: str) -> str:
    """The refusal; of a dossier that is another's to read, whose it is, which the public may know too."""
    found = queries.tracking(number) if isinstance(refusal, Forbidden) else None
    if found is None:
        return sentence(refusal)
    words = gettext(
        "Hồ sơ này do %(agency)s giải quyết. Chỉ người có việc ở hồ sơ hoặc theo dõi việc giải quyết ở đó "
        "mới xem được, kể cả theo quy chế khác; quyền quản trị hệ thống không cho xem hồ sơ."
    )
    return words % {"agency": found.agency_name}


@access("officer")
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what by which clause, and what a regulation of the province gives to each party: the one in
    force unless another is named, for dossiers stay under the one by which they were received."""
    accounts_policy.must_administer(actor_of(request))
    stretches = pages.timeline(settings.PROVINCE, clock.now().date())
    named = request.GET.get("theo", "")
    regulation = _here(named) if named else pages.shown_first(stretches)
    if regulation is None:
        raise UnknownRegulation(short_name="")
    context = frame(request, "roles") | {
        "regulation": regulation,
        "others": [each.regulation for each in stretches if each.regulation != regulation],
        "rights": drawn.rights(regulation, get_language() or "vi"),
    }
    return render(request, "desk/administration/roles.html", context)
