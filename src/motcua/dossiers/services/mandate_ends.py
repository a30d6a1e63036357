"""Telling both sides of a mandate some days before its last one: then what was filed under it closes to one
of them, and the other has to see to it alone.

The system does so by itself, once for each mandate: what was told stands in the outbox.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.accounts.queries import acting
from motcua.accounts.queries.acting import RunningOut
from motcua.accounts.rules.limits import limit
from motcua.notify import queries as notified
from motcua.notify import services as notify
from motcua.worktime.rules import local

KEY = "mandate.ending"


@transaction.atomic
def tell_of_ends(*, at: datetime) -> int:
    """Tell giver and receiver of each mandate that ends soon; of how many.

    Basis: KT22-1.2.c, PT24-8.2.
    """
    found = acting.running_out(local(at).date(), limit("mandate.told_days_before"))
    known = notified.told_about(KEY, [_about(each) for each in found])
    new = [each for each in found if _about(each) not in known]
    for each in new:
        _tell(each, each.giver_id, each.giver, each.receiver, at, is_given="1")
        _tell(each, each.receiver_id, each.receiver, each.giver, at, is_given="")
    return len(new)


def _about(mandate: RunningOut) -> str:
    return f"mandate:{mandate.id}"


def _tell(
    mandate: RunningOut, account_id: int, name: str, other: str, at: datetime, *, is_given: str
) -> None:
    notify.post(
        key=KEY,
        recipients=[notify.Recipient(account_id, None, name)],
        context={
            "other": other,
            "until": mandate.until.isoformat(),
            "is_given": is_given,
            "link": f"{settings.PUBLIC_URL}/tai-khoan/uy-quyen/{mandate.id}/",
        },
        about=_about(mandate),
        at=at,
    )
