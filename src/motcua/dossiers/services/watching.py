"""Following agencies, and urging them: for the body that the regulation names; heads follow their own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.audit import services as audit
from motcua.dossiers import policy
from motcua.dossiers.errors import ReasonRequired
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import visible
from motcua.law.services import rests_on
from motcua.notify import services as notify
from motcua.worktime.rules import local

_ANSWERING = (Role.APPROVER, Role.DESK_HEAD, Role.UNIT_HEAD)


@rests_on(policy.watched_by, names="oversight.by")
def watched(*, actor: Actor, at: datetime) -> Collection[int] | None:
    """The agencies that the actor may follow; None for the whole province. Raises Forbidden for none."""
    found = policy.watched_by(actor, policy.footing_of(actor, at), at)
    if found is not None and not found:
        raise Forbidden()
    return found


@rests_on(names="oversight.by")
@transaction.atomic
def urge(*, actor: Actor, at: datetime, agency_id: int, text: str) -> int:
    """Tell the leaders and heads of an agency to keep their terms; how many were told. In the chain of acts.

    Only who follows all of the province urges. Raises Forbidden, ReasonRequired, UnknownAgency.

    Basis: KT22-22.4#1, QN20-22.3#1, DL24-14.2, KT18-9.6, PT24-20.3#1.
    """
    if policy.watched_by(actor, policy.footing_of(actor, at), at) is not None:
        raise Forbidden()
    card = agencies.agency(agency_id)
    if card.province != settings.PROVINCE:
        raise Forbidden()
    if not visible(text):
        raise ReasonRequired()
    found = agencies.colleagues_of([agency_id], local(at).date())
    names = {each.account_id: each.full_name for each in found if each.role in _ANSWERING}
    told = [notify.Recipient(account_id, None, name) for account_id, name in names.items()]
    notify.post(
        key="desk.urged",
        recipients=told,
        context={
            "agency": card.name,
            "reason": visible(text),
            "link": f"{settings.PUBLIC_URL}/noi-bo/theo-doi/",
        },
        about=f"agency:{agency_id}",
        at=at,
    )
    audit.record_act(
        actor=actor,
        act="agency_urged",
        what=f"agency:{agency_id}",
        at=at,
        facts={"name": card.name, "text": visible(text), "told": len(told)},
    )
    return len(told)
