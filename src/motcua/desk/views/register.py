"""The register of dossiers: on the screen page by page, on paper and as a spreadsheet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.enums import Role
from motcua.agencies.rules.cards import UnitCard
from motcua.desk import clock
from motcua.desk.forms.refused import tell
from motcua.desk.forms.register import RegisterPeriod
from motcua.desk.frame import frame
from motcua.desk.officers import Seat, actor_of, seat_of
from motcua.documents.rules.headers import safe_headers
from motcua.documents.rules.limits import PDF, XLSX
from motcua.documents.rules.register import Line
from motcua.dossiers import services
from motcua.kernel.errors import Forbidden, Refusal
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.worktime.rules import local

LINES = 25


@access("officer")
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """One page of fifty lines; `?dang=pdf` and `?dang=xlsx` give the whole of the days asked for."""
    form = _form(request)
    kind = request.GET.get("dang", "")
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        try:
            if kind in _FILES:
                return _file(request, form, kind)
            context |= _page(request, form)
        except Forbidden:
            raise
        except Refusal as refusal:
            tell(form, refusal)
    return render(
        request,
        "desk/register.html",
        frame(request, "register") | context | {"page_errors": page_errors(form)},
    )


@access("officer")
@require_safe
def routing_slip(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The routing slip of a dossier as PDF, printed from its events up to now."""
    content = services.routing_slip(actor=actor_of(request), at=clock.now(), dossier_id=str(dossier_id))
    return _answer(content, "Phiếu kiểm soát quá trình giải quyết hồ sơ.pdf", PDF.media_type)


def desks_of(seat: Seat) -> tuple[UnitCard, ...]:
    """The desks whose register this officer may see: where they sit, and those of the agencies they lead."""
    found: list[UnitCard] = []
    for agency in seat.agencies:
        desk = agency.unit(agency.desk_unit_id) if agency.desk_unit_id else None
        roles = {post.role for post in seat.posts if post.agency_id == agency.id}
        if desk and roles & {Role.RECEIVER, Role.DESK_HEAD, Role.APPROVER}:
            found.append(desk)
    return tuple(found)


def _form(request: HttpRequest) -> RegisterPeriod:
    desks = desks_of(seat_of(request))
    if not desks:
        raise Forbidden()
    given = request.GET if "desk" in request.GET else None
    return RegisterPeriod(given, desks=desks, today=local(clock.now()).date())


def _asked(form: RegisterPeriod) -> dict[str, Any]:
    data = form.cleaned_data
    return {"desk_unit_id": int(data["desk"]), "first": data["first"], "last": data["last"]}


def _page(request: HttpRequest, form: RegisterPeriod) -> dict[str, Any]:
    after = request.GET.get("sau") or None
    page = services.register_of(
        actor=actor_of(request), at=clock.now(), **_asked(form), after=after, limit=LINES
    )
    query = request.GET.copy()
    for name in ("sau", "dang"):
        query.pop(name, None)
    here = query.urlencode()
    return {
        "asked": True,
        "rows": [{"line": line, "note": _beside_status(line)} for line in page.lines],
        "next": f"?{here}&sau={page.next_cursor}" if page.next_cursor else "",
        "is_first": after is None,
        "here": f"?{here}",
    }


def _beside_status(line: Line) -> str:
    """What the note of the printed form says beyond the status, which has a place of its own here."""
    return "; ".join(part for part in line.note.split("; ") if part != line.status)


_FILES = {"pdf": (services.register_pdf, PDF), "xlsx": (services.register_workbook, XLSX)}


def _file(request: HttpRequest, form: RegisterPeriod, kind: str) -> HttpResponse:
    make, file_type = _FILES[kind]
    asked = _asked(form)
    content = make(actor=actor_of(request), at=clock.now(), **asked)
    name = f"Sổ theo dõi hồ sơ {asked['first']:%d-%m-%Y} {asked['last']:%d-%m-%Y}.{kind}"
    return _answer(content, name, file_type.media_type)


def _answer(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content)
    for header, value in safe_headers(
        name=name, media_type=media_type, size=len(content), inline=True
    ).items():
        response[header] = value
    return response
