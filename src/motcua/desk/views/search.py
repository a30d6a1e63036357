"""Find a dossier. The question is posted: names and identity numbers do not belong in an address.

What it finds is a page to go back to, whose address holds the key of the question (`desk.searches`).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.audit import services as audit
from motcua.desk import clock, scanning, searches
from motcua.desk import labels as desk_labels
from motcua.desk.frame import frame
from motcua.desk.lines import calendar_at, ended_pill, promised_words
from motcua.desk.officers import actor_of, seat_of
from motcua.dossiers import labels, queries
from motcua.theme.access import access

AT_MOST = 20
WHY = "Tìm hồ sơ theo tên hoặc số"


@access("officer")
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """One hit by its full number opens at once. A card that is scanned finds the dossiers of its person.

    So the desk tells whoever comes to it how their dossier stands.

    Basis: KT22-11.1.d, QN20-14.1.d, DL24-12.7.b, PT24-11.1.b.
    """
    if request.method == "POST":
        return redirect(searches.keep(request, scanning.searched_in(request.POST.get("asked", ""))))
    kept = searches.words_of(request)
    asked, now = kept or "", clock.now()
    hits = queries.find(actor_of(request), asked, at=now, limit=AT_MOST) if asked else ()
    if len(hits) == 1 and hits[0].reference == asked.upper():
        return redirect("desk:dossier", hits[0].id)
    if hits:
        audit.record_read(actor=actor_of(request), what="search", why=WHY, at=now)
    calendar = calendar_at(seat_of(request), now) if hits else None
    found = [
        {
            "hit": hit,
            "status": gettext(labels.STATUS[hit.status]),
            "tone": desk_labels.STATUS_TONE.get(hit.status, ""),
            "promised": promised_words(
                hit.promised_at if hit.renewed_at else hit.due_at, hit.renewed_at, hit.of_pause(now)
            ),
            "ended": calendar
            and ended_pill(
                hit.finished_at,
                hit.due_at,
                calendar,
                promised_at=hit.promised_at,
                broken_off_at=hit.broken_off_at,
            ),
        }
        for hit in hits
    ]
    context = frame(request, "search") | {
        "asked": asked,
        "asked_dossier": asked,
        "found": found,
        "is_full": len(hits) == AT_MOST,
        "elsewhere": _elsewhere(request, asked) if asked and not hits else None,
        "is_forgotten": kept is None,
    }
    return render(request, "desk/search.html", context)


def _elsewhere(request: HttpRequest, number: str) -> queries.Tracking | None:
    """Of another agency's dossier what everybody may know, so that the desk can tell whoever asks there."""
    found = queries.tracking(number)
    own = {post.agency_id for post in seat_of(request).posts}
    return found if found is not None and found.agency_id not in own else None
