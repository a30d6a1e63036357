"""Words for who does not see the page: what a press has done where the page itself shows it to the eye."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

SAID = "said"  # the tag of such messages; `theme/components/messages.html` hides them from the eye


def say(request: HttpRequest, words: str) -> None:
    """Have this read out on the next page that is shown, once the focus has found its place."""
    if words:
        messages.info(request, words, extra_tags=SAID)
