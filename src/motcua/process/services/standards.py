"""Generating standard processes where no table was approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.catalogue.rules.reading import slug
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.kernel.actors import Actor
from motcua.process.models import Process
from motcua.process.rules import standard, wire
from motcua.process.rules.definitions import ProcessDefinition
from motcua.process.services.versions import store
from motcua.worktime.rules import local


@transaction.atomic
def generate_standards(*, actor: Actor, at: datetime, valid_from: date | None = None) -> int:
    """Give a standard process to every procedure without an approved one for all cases; how many procedures.

    Each case that has a time of its own gets its own, so that its steps add up to its time.
    """
    starts = valid_from or local(at).date()
    approved = Process.objects.filter(Q(variant=""), valid_to__isnull=True, is_generated=False)
    covered = set(approved.values_list("procedure_code", flat=True))
    cards = [card for card in catalogue.published() if card.code not in covered]
    for card in cards:
        sheet = catalogue.sheet(card.version_id)
        for variant in (None, *_timed_variants(sheet)):
            generate_standard(sheet=sheet, actor=actor, at=at, valid_from=starts, variant=variant)
    return len(cards)


@transaction.atomic
def generate_standard(
    *, sheet: ProcedureSheet, actor: Actor, at: datetime, valid_from: date, variant: str | None = None
) -> ProcessDefinition:
    """Publish the standard process of a procedure (of one case of it); the definition with its id."""
    made = standard.generate(sheet, sheet.limit_for(Channel.COUNTER, variant))
    made = replace(made, variant=variant)
    key = f"chuan-{slug(sheet.code)}" + (f"-{slug(variant)}" if variant else "")
    store(key[:110], made, actor, at, valid_from)
    row = Process.objects.get(key=key[:110], procedure_code=sheet.code, valid_to=None)
    return wire.from_json(row.body, id=row.pk)


def _timed_variants(sheet: ProcedureSheet) -> tuple[str, ...]:
    timed = {offered.variant for offered in sheet.limits}
    return tuple(variant for variant in sheet.variants if variant in timed)
