"""Storing versions of processes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.utils.translation import gettext as _

from motcua.agencies.services.rows import BadRow, Done
from motcua.kernel.actors import Actor
from motcua.kernel.canonical import canonical_json
from motcua.process.models import Process
from motcua.process.rules import wire
from motcua.process.rules.definitions import ProcessDefinition
from motcua.worktime.rules import local


def store(
    key: str,
    definition: ProcessDefinition,
    actor: Actor,
    at: datetime,
    valid_from: date | None,
    *,
    valid_to: date | None = None,
    province: str = "",
    overrides: Sequence[dict[str, str]] = (),
) -> Done:
    """Publish the definition as the next version of its key; unchanged if the newest says the same.

    A first version begins on `valid_from`, else today; a later one then too if that is after the newest
    began, else today. Raises BadRow if even that is not after the newest began.
    """
    body = wire.to_json(definition)
    content_hash = sha256(canonical_json(body)).digest()
    versions = Process.objects.select_for_update(no_key=True).filter(
        key=key, procedure_code=definition.procedure_code
    )
    newest = versions.order_by("-number").first()
    if newest is not None and bytes(newest.content_hash) == content_hash and newest.valid_to == valid_to:
        return Done.UNCHANGED
    today = local(at).date()
    starts = valid_from or today
    if newest is not None:
        starts = starts if starts > newest.valid_from else today
        _end(newest, starts)
    Process.objects.create(
        key=key,
        number=1 if newest is None else newest.number + 1,
        procedure_code=definition.procedure_code,
        variant=definition.variant or "",
        province=province,
        name=definition.name,
        body=body,
        content_hash=content_hash,
        is_sample=definition.is_sample,
        is_generated=definition.is_generated,
        overrides=list(overrides),
        valid_from=starts,
        valid_to=valid_to,
        published_at=at,
        published_by=actor.name,
    )
    return Done.CREATED if newest is None else Done.UPDATED


def _end(newest: Process, starts: date) -> None:
    if starts <= newest.valid_from:
        reason = _("phiên bản mới phải có hiệu lực sau ngày %(date)s, ngày bắt đầu phiên bản đang áp dụng")
        raise BadRow("valid_from", reason % {"date": newest.valid_from.strftime("%d/%m/%Y")})
    if newest.valid_to is None or newest.valid_to >= starts:
        newest.valid_to = starts - timedelta(days=1)
        newest.save(update_fields=["valid_to"])
