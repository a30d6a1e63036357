"""What a serving process has loaded stays: the collector of cycles need not look at it again and again."""

from __future__ import annotations

import gc

from django.urls import get_resolver

from motcua.law import queries as law

_YOUNG = 10_000  # new objects until the youngest are looked at; a page makes some thousands


def settle() -> None:
    """Load what every page needs, and take all that is there out of the sight of the collector.

    The modules, forms and address patterns of the application are 140,000 objects: a full collection takes
    0.1 to 0.3 s with them, in the middle of somebody's page, and frees nothing of them. What pages make
    themselves is collected as before, in larger portions.
    """
    assert get_resolver().url_patterns
    law.law()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 20)
