"""The pages of one paper: by camera or from files, in order, turned, joined to one. Without script, too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.documents import queries as stored
from motcua.documents.rules.pages import MOST_PAGES
from motcua.dossiers import services
from motcua.dossiers.rules.behalf import tray_owner
from motcua.dossiers.rules.state import DocumentRef
from motcua.kernel.errors import NotFound, Refusal
from motcua.portal import drafts, filings, who
from motcua.portal.answers import open_answer, too_late
from motcua.portal.paper_pages import FILES, PaperPages, purpose_of_draft
from motcua.theme.access import access
from motcua.theme.camera import with_camera
from motcua.theme.downloads import page_picture, stored_file
from motcua.theme.errors_on_page import PageError
from motcua.theme.said import say

PaperChange = Callable[[tuple[DocumentRef, ...]], tuple[DocumentRef, ...]]


@access("citizen")
@with_camera
def file_pages(request: HttpRequest, dossier_id: str, key: str) -> HttpResponse:
    """The pages of a paper of a filing."""
    draft = drafts.open_draft(request, dossier_id)
    if draft is None:
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    paper = paper_of(filings.papers_of(draft), key)
    owner = tray_owner(who.actor(request), draft.view.state.behalf)
    pages = PaperPages(request, purpose_of_draft(dossier_id, key), paper, draft.contents.documents, owner)

    def put(change: PaperChange) -> None:
        drafts.put_papers(request, draft, change)

    return page(request, pages, put, back=reverse("portal:file_papers", args=[dossier_id]))


@access("citizen")
@with_camera
def supplement_pages(request: HttpRequest, dossier_id: str, key: str) -> HttpResponse:
    """The pages of a paper that the agency asked for."""
    answer = open_answer(request, dossier_id)
    if answer is None:
        return too_late(request, dossier_id)
    paper = paper_of(answer.wanted, key)
    pages = PaperPages(request, answer.purpose_of(key), paper, answer.documents, answer.owner)

    def put(change: PaperChange) -> None:
        answer.keep(change, key)

    return page(request, pages, put, back=reverse("portal:supplement_paper", args=[dossier_id, key]))


def page(
    request: HttpRequest,
    pages: PaperPages,
    put: Callable[[PaperChange], None],
    *,
    back: str,
) -> HttpResponse:
    """Show the pages, or do what was pressed; `put` is given how joining them changes the papers."""
    if request.method == "POST":
        done = pages.press()
        if pages.has_dropped:
            _take_back(pages, put)
        if "use" in request.POST and not pages.errors and used(request, pages, put):
            return redirect(back)
        if not pages.errors:
            say(request, done.told)
            return redirect(request.path + (f"#{done.place}" if done.place else ""))
    context = {
        "nav": "own",
        "paper": pages.paper,
        "lines": pages.lines(),
        "back": back,
        "limits": stored.limits(),
        "most_pages": MOST_PAGES,
        "page_errors": pages.errors,
        "file_error": " ".join(error.text for error in pages.errors if error.href == f"#{FILES[-1]}"),
    }
    return render(request, "portal/filing/pages.html", context, status=422 if pages.errors else 200)


def _take_back(pages: PaperPages, put: Callable[[PaperChange], None]) -> None:
    """A file whose last page was dropped stands for the paper no more, whether the rest is joined or not."""
    try:
        put(pages.without_dropped)
    except Refusal as refusal:
        pages.errors.append(PageError(filings.said(refusal)))


def used(request: HttpRequest, pages: PaperPages, put: Callable[[PaperChange], None]) -> bool:
    """Join the pages and put the paper in place of them; False with the reason noted."""
    made = pages.join()
    if made is None:
        return False
    try:
        put(partial(pages.in_place, made))
    except Refusal as refusal:
        pages.errors.append(PageError(filings.said(refusal)))
        return False
    pages.note_joined(made)
    messages.success(request, pages.said(len(pages.pages.pages)))
    return True


def paper_of(wanted: Iterable[RequiredDocument], key: str) -> RequiredDocument:
    """The paper of this key, if it is one that is asked for. Raises NotFound."""
    for each in wanted:
        if each.key == key:
            return each
    raise NotFound


@access("citizen")
def own_picture(request: HttpRequest, file_id: str, number: int) -> HttpResponse:
    """A small picture of one page of a file that I sent. Raises NotFound for anybody else's."""
    mine(request, file_id)
    return page_picture(file_id, number, request.GET.get("xoay", ""))


@access("citizen")
def own_upload(request: HttpRequest, file_id: str) -> HttpResponseBase:
    """A file that I sent, or that lies ready where I act, as it is kept."""
    mine(request, file_id)
    return stored_file(file_id, inline=True)


def mine(request: HttpRequest, file_id: str) -> None:
    """Nobody may see a file here but who sent it, and whoever files for the organisation for which it lies
    ready; what a dossier shows is asked of the dossier."""
    actor = who.actor(request)
    if stored.sent_by(actor, [file_id]):
        return
    if not services.is_laid_ready_for(actor=actor, at=who.now(), file_id=file_id):
        raise NotFound
