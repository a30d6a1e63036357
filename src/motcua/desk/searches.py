"""What was searched for, under a short key that stands in the address: words of people stand in none.

The last searches lie in the session, each for the page it was made on and under a name of its own, so that
the way back, the other language and several tabs each find theirs. Who logs out leaves none behind.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.http import urlencode

from motcua.theme import entries

KEPT = "desk_search"
KEY = "lan"  # in the address
MOST = 10
LONGEST = 200  # characters; a field may take more, for a scanner types a whole card into it


def keep(request: HttpRequest, words: str, also: Mapping[str, str] | None = None) -> str:
    """The address of this page with the key of these words; without one if there are none.

    `also` is what else was chosen and may stand in an address.
    """
    words, others_chosen = words.strip()[:LONGEST], {k: v for k, v in (also or {}).items() if v}
    if not words:
        return f"{request.path}?{urlencode(others_chosen)}" if others_chosen else request.path
    kept = entries.of(request.session, KEPT)
    known = next((key for key, search in kept.items() if search == [request.path, words]), None)
    key = known or secrets.token_urlsafe(6)
    entries.put(request.session, KEPT, key, [request.path, words], most=MOST)
    return f"{request.path}?{urlencode({KEY: key} | others_chosen)}"


def words_of(request: HttpRequest) -> str | None:
    """What is searched for on this page; empty if nothing is, None if it is no longer known."""
    key = request.GET.get(KEY, "")
    if not key:
        return ""
    path, words = entries.of(request.session, KEPT).get(key, ("", ""))
    return words if path == request.path else None
