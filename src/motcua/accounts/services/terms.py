"""The terms of use: asked at registration and at the first log-in under each regulation, and recorded."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest

from motcua.accounts import queries
from motcua.accounts.errors import TermsChanged
from motcua.accounts.models import Account, TermsAcknowledgement
from motcua.accounts.rules.terms import TermsVersion
from motcua.kernel.actors import Actor
from motcua.law import queries as law
from motcua.worktime.rules import local

TERMS_DUE = "terms_due"


def terms_in_force(on: date) -> TermsVersion | None:
    """The version of the terms of this province on that day; None where no regulation is in force.

    A version is a regulation in one period: when another comes into force, or the same anew, all are asked.
    """
    found = law.period_in_force(settings.PROVINCE, on)
    if found is None:
        return None
    period, regulation = found
    return TermsVersion(regulation.short_name, period.start or date.min)


def acknowledge(*, actor: Actor, version: str, at: datetime, request: HttpRequest | None = None) -> None:
    """Record that the actor has read the terms in force and will follow them.

    `version` is the one that was shown. Raises TermsChanged if another is in force meanwhile: nobody
    acknowledges what they have not seen. With `request`, that session is let through.

    Basis: KT22-26.1, KT22-26.2, KT22-23.5, KT22-6.2#3, QN20-21.6, QN20-27.1#1, KT18-16.1, DL24-10.1,
    DL24-12.1, DL24-24.5, PT24-23.5, PT24-24.1.
    """
    current = terms_in_force(local(at).date())
    if current is None or str(current) != version:
        raise TermsChanged()
    record(int(actor.id), current, at)
    if request is not None:
        request.session.pop(TERMS_DUE, None)


def record(account_id: int, version: TermsVersion, at: datetime) -> None:
    """Write one acknowledgement, in the transaction of the caller."""
    TermsAcknowledgement.objects.create(
        account_id=account_id, regulation=version.regulation, since=version.since, at=at
    )


def note_what_is_due(request: HttpRequest, account: Account, at: datetime) -> None:
    """At log-in: mark the session if the terms in force were not acknowledged; the gate reads the mark."""
    current = terms_in_force(local(at).date())
    if current is None or queries.acknowledged_at(account.pk, current) is not None:
        request.session.pop(TERMS_DUE, None)
    else:
        request.session[TERMS_DUE] = str(current)
