"""Keeping templates of reasons: the province's for everybody, an agency's for its own officers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from motcua.agencies import queries as agencies
from motcua.audit import services as audit
from motcua.dossiers import policy, queries
from motcua.dossiers.enums import Verb
from motcua.dossiers.errors import (
    BadReasonTemplate,
    ReasonTemplateChanged,
    ReasonTemplateTaken,
    TooManyReasonTemplates,
)
from motcua.dossiers.models import ReasonTemplate
from motcua.dossiers.rules import reasons
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound
from motcua.kernel.text import visible, visible_line
from motcua.law.services import rests_on

TITLE, TEXT, MOST = 80, 2000, 30


@rests_on(policy.may_keep_reasons)
@transaction.atomic
def add_reason(
    *, actor: Actor, at: datetime, agency_id: int | None, verb: Verb, title: str, text: str
) -> int:
    """A new template for a verb, of an agency or (None) of the province; its id.

    Raises Forbidden, UnknownAgency, BadReasonTemplate, TooManyReasonTemplates, ReasonTemplateTaken.
    """
    _must_keep(actor, agency_id, at)
    if agency_id is not None:
        agencies.agency(agency_id)
    words = _words(verb, title, text)
    if sum(card.verb is verb for card in queries.reasons_of(agency_id)) >= MOST:
        raise TooManyReasonTemplates(most=MOST)
    row = ReasonTemplate(agency_id=agency_id, verb=verb.value)
    _write(row, actor, at, words)
    _record(actor, "reason_added", row, at)
    return row.pk


@rests_on(policy.may_keep_reasons)
@transaction.atomic
def change_reason(
    *, actor: Actor, at: datetime, template_id: int, version: int, title: str, text: str
) -> None:
    """Other words for a template. What was written with the old ones stays as it was.

    Raises NotFound, Forbidden, BadReasonTemplate, ReasonTemplateChanged, ReasonTemplateTaken.
    """
    row = _locked(actor, template_id, version, at)
    words = _words(Verb(row.verb), title, text)
    row.version += 1
    _write(row, actor, at, words)
    _record(actor, "reason_changed", row, at)


@rests_on(policy.may_keep_reasons)
@transaction.atomic
def drop_reason(*, actor: Actor, at: datetime, template_id: int, version: int) -> None:
    """Offer a template no more. Raises NotFound, Forbidden, ReasonTemplateChanged."""
    row = _locked(actor, template_id, version, at)
    row.dropped_at = at
    row.save(update_fields=["dropped_at"])
    _record(actor, "reason_dropped", row, at)


def _locked(actor: Actor, template_id: int, version: int, at: datetime) -> ReasonTemplate:
    row = ReasonTemplate.objects.select_for_update().filter(id=template_id).first()
    if row is None:
        raise NotFound()
    _must_keep(actor, row.agency_id, at)
    if row.dropped_at is not None or row.version != version:
        raise ReasonTemplateChanged()
    return row


def _must_keep(actor: Actor, agency_id: int | None, at: datetime) -> None:
    if not policy.may_keep_reasons(actor, agency_id, at):
        raise Forbidden()


def _words(verb: Verb, title: str, text: str) -> tuple[str, str]:
    name, words = visible_line(title), visible(text)
    if verb not in reasons.VERBS or not 0 < len(name) <= TITLE or not 0 < len(words) <= TEXT:
        raise BadReasonTemplate(title=TITLE, text=TEXT)
    return name, words


def _write(row: ReasonTemplate, actor: Actor, at: datetime, words: tuple[str, str]) -> None:
    row.title, row.text = words
    row.changed_at, row.changed_by = at, actor.name[:200]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise ReasonTemplateTaken() from None


def _record(actor: Actor, act: str, row: ReasonTemplate, at: datetime) -> None:
    name = agencies.agency(row.agency_id).name if row.agency_id else ""
    facts: dict[str, Any] = {
        "name": row.title,
        "unit_name": name,
        "verb": row.verb,
        "text": row.text,
        "version": row.version,
    }
    audit.record_act(actor=actor, act=act, what=f"reason:{row.pk}", at=at, facts=facts)
