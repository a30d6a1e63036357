"""Telling every process that the tree or a calendar has changed."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from motcua.agencies import queries
from motcua.agencies.models import Edition


def wait_for_the_page() -> None:
    """Let whoever changes the tree or a calendar now end first: what one checks of it the other could break.

    Asked before a row of an agency or a unit is locked, for a file of agencies locks many of them.
    """
    Edition.objects.select_for_update().filter(id=1).first()


def turn_page() -> None:
    """Raise the edition number in the current transaction; this process forgets at once and after commit."""
    if not Edition.objects.filter(id=1).update(number=F("number") + 1):
        Edition.objects.create(id=1, number=1)
    queries.forget()
    transaction.on_commit(queries.forget)
