"""Writing the province's own words. A version is never changed: another one takes its place."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import connection, transaction

from motcua.accounts import policy
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.notify.errors import WordsChangedMeanwhile, WordsTooLong, WordsUnchanged, WordsWithoutReason
from motcua.notify.models import ProvinceWords
from motcua.notify.queries.words import words_history
from motcua.notify.rules.letters import Words

LENGTHS = {"header": 200, "closing": 500, "header_english": 200, "closing_english": 500, "hotline": 40}
WHY = 500
_ONE_AT_A_TIME = 7_201_120  # key of an advisory lock


@transaction.atomic
def write_words(*, actor: Actor, at: datetime, words: Words, why: str, seen: int) -> int:
    """Put these words into every letter and slip from now on; the number of the version.

    `seen` is the version that whoever writes has seen, 0 for none. Raises Forbidden unless the actor
    administers the province; WordsWithoutReason, WordsTooLong, WordsUnchanged, WordsChangedMeanwhile.

    Basis: KT18-4.3, KT22-22.6.
    """
    policy.must_administer(actor)
    clean = Words(**{name: " ".join(text.split()) for name, text in asdict(words).items()})
    reason = why.strip()
    if not reason:
        raise WordsWithoutReason
    too_long = any(len(getattr(clean, name)) > most for name, most in LENGTHS.items())
    if too_long or len(reason) > WHY:
        raise WordsTooLong
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    newest = next(iter(words_history(1)), None)
    if (newest.number if newest else 0) != seen:
        raise WordsChangedMeanwhile
    if clean == (newest.words if newest else Words()):
        raise WordsUnchanged
    row = ProvinceWords.objects.create(
        **asdict(clean), why=reason, written_at=at, written_by=actor.name[:200]
    )
    facts = asdict(clean) | {"name": f"Phiên bản {row.pk}", "why": reason}
    audit.record_act(actor=actor, act="words_written", what=f"words:{row.pk}", at=at, facts=facts)
    return row.pk
