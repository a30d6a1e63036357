"""The page of one dossier, its papers and its slips."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk import clock, lists
from motcua.desk.dossier_page import earlier_page, next_of, older_of, page_of, timeline_of
from motcua.desk.dossier_page.preview import asked_for, preview_of
from motcua.desk.dossier_page.timeline import BEFORE, LETTERS, PARAMETER, SIDES
from motcua.desk.forms.notes import WriteNote
from motcua.desk.forms.thread import Answer
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, opened
from motcua.dossiers import labels, services
from motcua.dossiers.errors import EmptyNote
from motcua.dossiers.services import reading
from motcua.kernel.numbers import read_number
from motcua.theme import downloads
from motcua.theme.access import access
from motcua.theme.downloads import made_pdf, stored_file
from motcua.theme.errors_on_page import page_errors
from motcua.theme.refusals import sentence


@access("officer")
@require_safe
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    return whole_page(request, dossier_id)


def whole_page(
    request: HttpRequest,
    dossier_id: UUID,
    *,
    note: WriteNote | None = None,
    answer: Answer | None = None,
    seen: int | None = None,
) -> HttpResponse:
    """The page of the dossier; a note or an answer that was refused stands in its box again (422).

    `seen` is the last message that was on the page from which the answer came: later ones are marked.
    """
    note, answer, now = note or WriteNote(), answer or Answer(), clock.now()
    view = opened(request, dossier_id, at=now, why="Mở hồ sơ", tells_stuck=True)
    place = lists.place_of(request, view.id)
    beside = services.beside(actor=actor_of(request), at=now, view=view)
    thread = services.thread_of(actor=actor_of(request), view=view, written=beside.written)
    context = frame(request, place.box.value if place else "") | {
        "page": page_of(view, now),
        "place": place,
        "urging": services.urging_of(view),
        "preview": preview_of(view, request.GET),
        "beside": beside,
        "bundle_id": view.bundle_id,
        "looking": services.look(actor=actor_of(request), at=now, dossier_id=view.id),
        "related": [(each, gettext(labels.STATUS[each.status])) for each in beside.related],
        "note": note,
        "thread": thread,
        "seen_before": seen,
        "timeline": timeline_of(view, beside, thread, request.GET),
        "older": {each.side: each for each in older_of(view, beside)},
        "answer": answer,
        "page_errors": page_errors(note, answer),
    }
    return render(request, "desk/dossier.html", context, status=422 if context["page_errors"] else 200)


def back_to(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Where a refused form showed the page under its own address, a look at that leads to the page itself.

    Raises NotFound, Forbidden: who may not open the dossier is not led to it either.
    """
    opened(request, dossier_id, at=clock.now(), why="Mở hồ sơ")
    asked = request.GET.urlencode()
    page = reverse("desk:dossier", args=[dossier_id])
    return HttpResponseRedirect(f"{page}?{asked}" if asked else page)


@access("officer")
@require_safe
def history(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Letters, messages or notes of the dossier, page by page: its own page shows the newest only."""
    view = opened(request, dossier_id, at=clock.now(), why="Xem lịch sử hồ sơ")
    asked, before = request.GET.get(PARAMETER, ""), request.GET.get(BEFORE, "")
    side = asked if asked in SIDES else LETTERS
    number = read_number(before)
    found = services.earlier(view=view, side=SIDES[side], before=number)
    context = frame(request, "") | {
        "view": view,
        "reference": view.state.reference,
        "timeline": earlier_page(view, side, found),
        "next": next_of(side, found),
        "is_first": number is None,
    }
    return render(request, "desk/history.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def add_note(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """A note for the office; the applicant never sees it."""
    if request.method == "GET":
        return back_to(request, dossier_id)
    form = WriteNote(request.POST)
    typed = form.cleaned_data["text"] if form.is_valid() else ""  # the right is asked all the same
    try:
        services.add_note(actor=actor_of(request), at=clock.now(), dossier_id=str(dossier_id), text=typed)
    except EmptyNote as refusal:
        if not form.errors:
            form.add_error("text", sentence(refusal))
        return whole_page(request, dossier_id, note=form)
    return HttpResponseRedirect(reverse("desk:dossier", args=[dossier_id]) + "#notes")


@access("officer")
@require_safe
def paper(request: HttpRequest, dossier_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A file of the dossier, only through the right to read the dossier; `?xem=1` shows it in the browser."""
    allowed = reading.file_of(
        actor=actor_of(request), at=clock.now(), dossier_id=str(dossier_id), file_id=str(file_id)
    )
    return stored_file(allowed, inline=request.GET.get("xem") == "1")


@access("officer")
@require_safe
def papers(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The papers of a dossier by themselves: the chosen one large, page by page.

    The viewer beside a form takes itself from here when another paper or page is chosen.
    """
    held = reading.papers_of(
        actor=actor_of(request), at=clock.now(), dossier_id=str(dossier_id), file_id=asked_for(request.GET)
    )
    context = frame(request, "") | {"held": held, "preview": preview_of(held, request.GET, or_first=True)}
    return render(request, "desk/papers.html", context)


@access("officer")
@require_safe
def paper_page(request: HttpRequest, dossier_id: UUID, file_id: UUID, number: int) -> HttpResponse:
    """One page of a paper as a picture. Whoever may have the file may see it; it is recorded as that is."""
    allowed = reading.file_of(
        actor=actor_of(request), at=clock.now(), dossier_id=str(dossier_id), file_id=str(file_id)
    )
    return downloads.page_view(allowed, number)


@access("officer")
@require_safe
def sent_file(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """A file that this officer sent, beside the form it is for. Raises NotFound for anybody else's."""
    return stored_file(_sent(request, file_id), inline=True)


@access("officer")
@require_safe
def page_picture(request: HttpRequest, file_id: UUID, number: int) -> HttpResponse:
    """A small picture of one page of a file that this officer sent. Raises NotFound for anybody else's."""
    turn = request.GET.get("xoay", "")
    return downloads.page_picture(_sent(request, file_id), number, turn, for_office=True)


def _sent(request: HttpRequest, file_id: UUID) -> str:
    return reading.file_sent(actor=actor_of(request), at=clock.now(), file_id=str(file_id))


@access("officer")
@require_safe
def slip(request: HttpRequest, dossier_id: UUID, event: int) -> HttpResponseBase:
    """A slip as PDF, to look at and print."""
    file_id = services.slip_file(
        actor=actor_of(request), at=clock.now(), dossier_id=str(dossier_id), event=event
    )
    return stored_file(file_id, inline=True)


@access("officer")
@require_safe
def acknowledgement(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """What the applicant was told when the dossier was sent online, as PDF."""
    made = services.acknowledgement(actor=actor_of(request), at=clock.now(), dossier_id=str(dossier_id))
    return made_pdf(made.content, name=made.name)
