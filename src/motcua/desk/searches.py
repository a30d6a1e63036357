"""What was searched for, under a short key that stands in the address: words of people stand in none.

The last searches lie in the session, each for the page it was made on, so that the way back, the other
language and several tabs each find theirs. Who logs out leaves none behind.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.http import urlencode

KEPT = "desk_searches"
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
    others = [each for each in _kept(request) if each[1:] != [request.path, words]]
    known = next((key for key, *rest in _kept(request) if rest == [request.path, words]), None)
    key = known or secrets.token_urlsafe(6)
    request.session[KEPT] = [*others, [key, request.path, words]][-MOST:]
    return f"{request.path}?{urlencode({KEY: key} | others_chosen)}"


def words_of(request: HttpRequest) -> str | None:
    """What is searched for on this page; empty if nothing is, None if it is no longer known."""
    key = request.GET.get(KEY, "")
    if not key:
        return ""
    return next((words for kept, path, words in _kept(request) if (kept, path) == (key, request.path)), None)


def _kept(request: HttpRequest) -> list[list[str]]:
    return list(request.session.get(KEPT, []))
