"""Dossiers brought in one visit: each taken in by itself, found again together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from motcua.documents import services as documents
from motcua.dossiers import policy, queries
from motcua.dossiers.enums import Status
from motcua.dossiers.errors import KeyTaken, NoSlipYet
from motcua.dossiers.models import Bundle, Dossier
from motcua.dossiers.queries import BundleView
from motcua.dossiers.rules.footing import Footing
from motcua.dossiers.services.filing import register_at_counter, register_by_post
from motcua.dossiers.services.intake import accept
from motcua.dossiers.services.record import Act
from motcua.dossiers.services.slips import files_of_slips, slips_named
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.kernel.ids import uuid7

# In the order of the sheet; what lies there already stays where it is.
_LAID_IN = """
INSERT INTO dossiers_bundleddossier (dossier_id, bundle_id, number)
SELECT %(dossier)s, %(bundle)s, count(*) + 1 FROM dossiers_bundleddossier WHERE bundle_id = %(bundle)s
ON CONFLICT (dossier_id) DO NOTHING"""
MOST_AT_ONCE = 40  # on one sheet, each in a transaction of its own: a press takes a few seconds at most


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet on which a visit is entered: `key` is the same however often the sheet is sent."""

    key: str
    brought_by: str


def take_in(
    *,
    actor: Actor,
    at: datetime,
    sheet: Sheet,
    filing: Mapping[str, Any],
    accept_at_once: bool,
    receipt_asked: bool = False,
) -> Act:
    """Register one dossier of a visit, accept it if wished, and lay it into the bundle: all or nothing.

    `filing` is what `register_at_counter` takes; with a `postal_number` it is what came by post. The same
    `submission_key` gives the same dossier, so a sheet that is sent again makes nothing twice. Raises what
    registering and accepting refuse, and KeyTaken for the sheet of somebody else.
    """
    with transaction.atomic():
        register = register_by_post if filing.get("postal_number") else register_at_counter
        act = register(actor=actor, at=at, **filing)
        if accept_at_once and act.status == Status.SUBMITTED:
            act = accept(
                actor=actor,
                at=at,
                dossier_id=act.dossier_id,
                expected_version=act.version,
                receipt_asked=receipt_asked,
            )
        _lay_in(actor, at, sheet, act.dossier_id)
    return act


def bundle_by_key(*, actor: Actor, at: datetime, key: str) -> BundleView | None:
    """What of a sheet has been taken in so far; None while nothing has. Raises Forbidden."""
    row = Bundle.objects.filter(key=key).values_list("id", flat=True).first()
    return bundle_of(actor=actor, at=at, bundle_id=str(row)) if row else None


def bundle_of(*, actor: Actor, at: datetime, bundle_id: str) -> BundleView:
    """A bundle with those of its dossiers that are at the desk still. Raises NotFound, Forbidden."""
    return _readable(actor, policy.footing_of(actor, at), bundle_id)


def _readable(actor: Actor, footing: Footing, bundle_id: str) -> BundleView:
    found = queries.bundle(bundle_id)
    if not policy.may_read_bundle(actor, footing, found.unit_id):
        raise Forbidden()
    return found


def receipts_of(*, actor: Actor, at: datetime, bundle_id: str) -> bytes:
    """The intake receipts of a bundle as one PDF, in the order of the sheet, each starting on its own page.

    Each is read like a single one, and recorded so; all of them by as many queries as one. Raises NotFound,
    Forbidden, NoSlipYet if there is none.
    """
    footing = policy.footing_of(actor, at)
    lines = _readable(actor, footing, bundle_id).lines
    wanted = [(line.dossier_id, line.receipt) for line in lines if line.receipt is not None]
    if not wanted:
        raise NoSlipYet()
    files = files_of_slips(actor=actor, at=at, footing=footing, slips=slips_named(wanted))
    return documents.one_after_another(files)


def _lay_in(actor: Actor, at: datetime, sheet: Sheet, dossier_id: str) -> None:
    desk = Dossier.objects.values_list("desk_unit_id", flat=True).get(pk=UUID(dossier_id))
    known = {
        "id": uuid7(at),
        "unit_id": desk,
        "officer_id": int(actor.id),
        "brought_by": sheet.brought_by[:200],
        "at": at,
    }
    bundle, _is_new = Bundle.objects.get_or_create(key=sheet.key, defaults=known)
    if (bundle.officer_id, bundle.unit_id) != (int(actor.id), desk):
        raise KeyTaken()
    with connection.cursor() as cursor:
        cursor.execute(_LAID_IN, {"dossier": UUID(dossier_id), "bundle": bundle.pk})
