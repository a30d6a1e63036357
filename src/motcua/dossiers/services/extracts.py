"""Writing out, day by day, how dossiers were received and handled; the files stay in the store."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from motcua.accounts import policy
from motcua.audit import services as audit
from motcua.documents import services as documents
from motcua.dossiers import queries
from motcua.dossiers.models import DailyExtract
from motcua.dossiers.rules.extracts import days_due, written
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.errors import NotFound
from motcua.worktime.rules import local

CSV = "text/csv"


def make_extracts(*, at: datetime) -> int:
    """Write out every day that is over and was not written out yet; answers how many were.

    Each day is a file and a row of its own: who is stopped between two of them goes on with the next one, and
    a day of which the file was kept and the row was not is written again, which keeps the same bytes once.

    Basis: QN20-23.7#2.
    """
    last = queries.last_extracted(settings.PROVINCE)
    made = 0
    for day in days_due(last, local(at).date()):
        made += _make(day, at)
    return made


def _make(day: date, at: datetime) -> bool:
    """Whether this run wrote the day; False if another one was quicker."""
    sheet = written(queries.lines_of(settings.PROVINCE, day))
    name = f"tiep-nhan-giai-quyet-{settings.PROVINCE}-{day:%Y-%m-%d}.csv"
    card = documents.keep(content=sheet.content(), name=name, media_type=CSV, actor=SYSTEM, at=at)
    figures = sheet.figures
    try:
        with transaction.atomic():
            DailyExtract.objects.create(
                province=settings.PROVINCE, day=day, file_id=card.id, sha256=card.sha256, made_at=at,
                events=figures.events, filed=figures.filed, accepted=figures.accepted,
                settled=figures.settled,
            )  # fmt: skip
    except IntegrityError:
        return False
    return True


def extract_file(*, actor: Actor, at: datetime, day: date) -> str:
    """The id of the file of a day; that it was taken along is recorded. Raises Forbidden unless the actor
    administers the province, NotFound for a day that was not written out.

    Basis: QN20-23.7#2.
    """
    policy.must_administer(actor)
    found = queries.extract(settings.PROVINCE, day)
    if found is None:
        raise NotFound()
    facts = {"day": day.isoformat(), "sha256": found.sha256}
    audit.record_act(actor=actor, act="extract_taken", what=f"extract:{day}", at=at, facts=facts)
    return found.file_id
