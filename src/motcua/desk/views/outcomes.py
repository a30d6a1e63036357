"""What came of several dossiers, one by one: decided, apologised for, urged on or given away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.desk.frame import frame
from motcua.desk.several import Outcome


def outcomes_page(
    request: HttpRequest,
    kept: Iterable[dict[str, Any]],
    *,
    current: str,
    title: str,
    back: tuple[str, str],
) -> HttpResponse:
    """What was done and what was refused; `kept` as the session has it, `back` an address with its words."""
    outcomes = [Outcome(**each) for each in kept]
    context = frame(request, current) | {
        "title": title,
        "done": [each for each in outcomes if each.is_done],
        "refused": [each for each in outcomes if not each.is_done],
        "unnamed": sum(not each.dossier_id for each in outcomes),
        "back": back[0],
        "back_text": back[1],
    }
    return render(request, "desk/several_done.html", context)
