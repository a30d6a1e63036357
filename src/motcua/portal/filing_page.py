"""What the pages of a filing share: how one is drawn, and the forms that more than one of them ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.catalogue.rules.cards import Offer
from motcua.documents import queries as documents
from motcua.dossiers.rules.state import Contents
from motcua.portal import drafts, filing_steps, outages, who
from motcua.portal.agency_choice import SEARCH
from motcua.portal.drafts import Draft
from motcua.portal.forms import details as forms
from motcua.theme.errors_on_page import PageError, page_errors

TEMPLATES = {
    name: f"portal/filing/{name}.html"
    for name in (
        *("for_whom", "whom", "case", "agency", "person", "capacity", "contact"),
        *("form", "papers", "delivery", "check"),
    )
}
CHAPTER_OF = {"form": "form", "papers": "papers", "delivery": "papers", "check": "send"}


def step_page(
    request: HttpRequest,
    name: str,
    *,
    draft: Draft | None = None,
    version: int | None = None,
    errors: list[PageError] | None = None,
    **context: Any,
) -> HttpResponse:
    """One page of the way, with its place, its errors and the version it is made from."""
    sheet = draft.view.sheet if draft else context["sheet"]
    context |= {
        "outages": outages.notices(draft.target.agency_id if draft else None),
        "sheet": sheet,
        "draft": draft,
        "dossier_id": draft.view.id if draft else "",
        "version": version if version is not None else draft.view.version if draft else 0,
        "is_saved": draft is not None,
        "lapsed": drafts.why_lapsed(request, draft) if draft else "",
    }
    chapters = filing_steps.chapters(sheet)
    return drawn(request, TEMPLATES[name], chapters, CHAPTER_OF.get(name, "whose"), errors=errors, **context)


def drawn(
    request: HttpRequest,
    template: str,
    chapters: Sequence[filing_steps.Chapter],
    key: str,
    *,
    errors: list[PageError] | None = None,
    **context: Any,
) -> HttpResponse:
    """One page of a way through `chapters`, with its place in the chapter `key` and its errors."""
    form = context.get("form")
    found = (errors or []) + (page_errors(form) if form is not None and form.is_bound else [])
    chapter = next(each for each in chapters if each.key == key)
    context |= {
        "chapter": chapter,
        "step": chapters.index(chapter) + 1,
        "steps": len(chapters),
        "page_errors": found,
        "limits": documents.limits(),
        "nav": "own",
    }
    return render(request, template, context, status=422 if found and request.method == "POST" else 200)


def typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def person_form(
    request: HttpRequest, contents: Contents, principal: forms.Principal | None
) -> forms.PersonForm:
    return forms.PersonForm(
        typed(request),
        contents=contents,
        today=who.now().date(),
        own=who.card(request),
        principal=principal,
    )


def agency_form(
    request: HttpRequest, offers: Sequence[Offer], carried: Mapping[str, str], chosen: str = ""
) -> forms.AgencyForm:
    """Where it is filed; a search for it leaves `carried` in the address."""
    return forms.AgencyForm(
        typed(request),
        offers=offers,
        chosen=chosen,
        asked=request.GET.get(SEARCH, ""),
        address=who.card(request).address,
        carried=carried,
    )


def contact_form(
    request: HttpRequest, contents: Contents, principal: forms.Principal | None
) -> forms.ContactForm:
    return forms.ContactForm(
        typed(request),
        contents=contents,
        account_id=who.card(request).id,
        is_organisation=principal is not None and principal.is_organisation,
    )
