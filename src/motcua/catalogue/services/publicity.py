"""Putting up pieces of public information, each with who answers for it. Every act is in the chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.agencies import queries as agencies
from motcua.audit import services as audit
from motcua.catalogue import policy
from motcua.catalogue.errors import BadItem, ItemChanged
from motcua.catalogue.models import PublicItem
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_, Forbidden, NotFound
from motcua.kernel.text import visible, visible_line
from motcua.law import queries as law
from motcua.law.errors import UnknownKey
from motcua.law.services import rests_on
from motcua.worktime.rules import local

BODY = 8000


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """A piece of information as it is entered; `source` is the paper by which it is made public."""

    kind: str
    agency_id: int
    title: str
    body: str
    source: str


@rests_on()
@transaction.atomic
def publish_item(*, actor: Actor, at: datetime, entry: ItemEntry) -> int:
    """Put up something of a kind that the regulation in force names. Raises Forbidden, BadItem.

    Basis: PT24-5.4, PT24-5.9, KT22-4.2#1, DL24-3.3#1.
    """
    _must_act_for(actor, at, entry.agency_id)
    faults = _faults(entry)
    if not _is_named(entry.kind, at):
        faults["kind"] = N_("Quy chế của tỉnh không có loại thông tin này.")
    if faults:
        raise BadItem(faults)
    row = PublicItem.objects.create(
        province=settings.PROVINCE,
        kind=entry.kind,
        agency_id=entry.agency_id,
        published_at=at,
        published_by=actor.name[:200],
        changed_at=at,
        **_texts(entry),
    )
    _record(actor, "item_published", row, at)
    return row.pk


@rests_on(publish_item)
@transaction.atomic
def change_item(*, actor: Actor, at: datetime, item_id: int, version: int, entry: ItemEntry) -> None:
    """Other words for what is up; kind and agency stay. Raises NotFound, Forbidden, ItemChanged, BadItem.

    Basis: KT22-4.2#1, DL24-3.3#1, PT24-3.3.
    """
    row = _locked(item_id, version)
    _must_act_for(actor, at, row.agency_id)
    faults = _faults(entry)
    if faults:
        raise BadItem(faults)
    for field, text in _texts(entry).items():
        setattr(row, field, text)
    row.changed_at, row.version = at, row.version + 1
    row.save()
    _record(actor, "item_changed", row, at)


@rests_on(publish_item)
@transaction.atomic
def withdraw_item(*, actor: Actor, at: datetime, item_id: int, version: int) -> None:
    """Take it down. Raises NotFound, Forbidden, ItemChanged."""
    row = _locked(item_id, version)
    _must_act_for(actor, at, row.agency_id)
    row.withdrawn_at, row.version = at, row.version + 1
    row.save()
    _record(actor, "item_withdrawn", row, at)


def _must_act_for(actor: Actor, at: datetime, agency_id: int) -> None:
    standing = policy.standing_of(actor, at, settings.PROVINCE)
    if agencies.agency(agency_id).province != settings.PROVINCE:
        raise Forbidden()
    if not (standing.is_province or standing.acts_for(agency_id)):
        raise Forbidden()


def _is_named(kind: str, at: datetime) -> bool:
    try:
        return law.regulation_in_force(settings.PROVINCE, local(at).date()).flag(f"publicity.{kind}") is True
    except UnknownKey:
        return False


def _faults(entry: ItemEntry) -> dict[str, str]:
    lengths = {"title": (entry.title, 200), "body": (entry.body, BODY), "source": (entry.source, 200)}
    missing = N_("Nội dung này còn thiếu hoặc quá dài.")
    return {name: missing for name, (text, most) in lengths.items() if not 0 < len(visible(text)) <= most}


def _texts(entry: ItemEntry) -> dict[str, str]:
    return {
        "title": visible_line(entry.title),
        "body": visible(entry.body),
        "source": visible_line(entry.source),
    }


def _locked(item_id: int, version: int) -> PublicItem:
    rows = PublicItem.objects.select_for_update().filter(
        province=settings.PROVINCE, withdrawn_at__isnull=True
    )
    row = rows.filter(id=item_id).first()
    if row is None:
        raise NotFound()
    if row.version != version:
        raise ItemChanged()
    return row


def _record(actor: Actor, act: str, row: PublicItem, at: datetime) -> None:
    facts = {"name": row.title, "kind": row.kind, "source": row.source, "version": row.version}
    audit.record_act(actor=actor, act=act, what=f"public_item:{row.pk}", at=at, facts=facts)
