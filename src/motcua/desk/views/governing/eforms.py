"""Designing e-forms: the form in force as lines, tried out on the spot, taken along for the import."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue import queries
from motcua.catalogue.rules import eform_designs, wire
from motcua.desk import clock, governing
from motcua.desk.forms.competences import FindProcedure
from motcua.desk.forms.eform_designs import DesignForm, TriedForm
from motcua.desk.frame import frame
from motcua.documents.rules.headers import safe_headers
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors

FOUND_AT_MOST = 30


@access("officer")
@require_safe
def eforms(request: HttpRequest) -> HttpResponse:
    """Find a procedure whose e-form is to be designed."""
    governing.must_take_part(request)
    asked = request.GET.get("q", "").strip()[:100]
    context = frame(request, "eforms") | {
        "form": FindProcedure(initial={"q": asked}),
        "asked": asked,
        "found": queries.search(asked, FOUND_AT_MOST, on=clock.now().date()) if asked else (),
    }
    return render(request, "desk/governing/eforms.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def eform_design(request: HttpRequest, code: str) -> HttpResponse:
    """The form in force as lines to be changed; tried out or taken along, nothing of it is kept here.

    Basis: DL24-14.5.
    """
    governing.must_take_part(request)
    sheet = queries.by_code(code, clock.now().date())
    form = DesignForm(
        request.POST if request.method == "POST" else None,
        initial={"lines": eform_designs.written(sheet.eform)},
        known=sheet.eform,
    )
    is_whole = form.is_bound and form.is_valid()
    if is_whole and "tai" in request.POST:
        return _as_file(sheet.code, sheet.title, form)
    context = frame(request, "eforms") | {
        "sheet": sheet,
        "form": form,
        "tried": TriedForm(form.design.sections) if is_whole else None,
        "changes": eform_designs.changes(form.design.sections, sheet.eform) if is_whole else None,
        "kinds": [*eform_designs.KINDS, f"{eform_designs.CHOICE}: …; …"],
        "page_errors": page_errors(form) if form.is_bound else [],
    }
    return render(request, "desk/governing/eform_design.html", context, status=422 if form.errors else 200)


def _as_file(code: str, title: str, form: DesignForm) -> HttpResponse:
    """In the form in which e-forms are imported with their procedures."""
    body = {
        "title": title,
        "source": gettext("Bản thiết kế trên Hệ thống"),
        "sections": [wire.section_to_json(each) for each in form.design.sections],
    }
    content = json.dumps(body, ensure_ascii=False, indent=1).encode()
    response = HttpResponse(content)
    for key, value in safe_headers(name=f"{code}.json", media_type="", size=len(content)).items():
        response.headers[key] = value
    return response
