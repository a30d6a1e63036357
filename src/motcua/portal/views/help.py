"""Help: the guide for citizens, questions that are often asked, and finding an answer in both."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from motcua.portal import asked_often
from motcua.theme.access import access
from motcua.theme.guides import drawn, library

LONGEST = 100  # letters of a question


@access("public")
def help_page(request: HttpRequest) -> HttpResponse:
    """All tasks of the guide by part, the questions, and a search in both.

    Basis: QN20-8.3, DL24-5.3, PT24-5.7#1.
    """
    guide, language = library.in_language("nguoi-dan", get_language() or "vi")
    asked = request.GET.get("q", "").strip()[:LONGEST]
    context = {
        "nav": "help",
        "guide": guide,
        "guide_language": language,
        "asked": asked,
        "found": library.find(guide.sections, asked),
        "found_questions": asked_often.find(asked),
        "questions": asked_often.questions(),
    }
    return render(request, "portal/about/help.html", context)


@access("public")
def guide_page(request: HttpRequest) -> HttpResponse:
    """The whole guide on one page, to read, to print, and for other pages to link into.

    Basis: QN20-8.3, DL24-5.3, PT24-5.7#1.
    """
    guide, language = library.in_language("nguoi-dan", get_language() or "vi")
    context = {
        "nav": "help",
        "guide": guide,
        "guide_language": language,
        "body": drawn.body("nguoi-dan", get_language() or "vi"),
    }
    return render(request, "portal/about/guide.html", context)
