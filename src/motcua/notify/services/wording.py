"""Writing the province's own words, around letters and in them.

A version is never changed: another one takes its place.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from motcua.accounts import policy
from motcua.audit import services as audit
from motcua.kernel.actors import Actor
from motcua.kernel.locks import Lock
from motcua.kernel.text import visible
from motcua.law.services import rests_on
from motcua.notify.errors import WordsChangedMeanwhile, WordsTooLong, WordsUnchanged, WordsWithoutReason
from motcua.notify.models import LetterWording, ProvinceWords
from motcua.notify.queries.rewordings import letter_history
from motcua.notify.queries.stock import title_of
from motcua.notify.queries.words import words_history
from motcua.notify.rules.letters import Words
from motcua.notify.rules.rewording import OURS, LetterText, checked, kind_of

LENGTHS = {"header": 200, "closing": 500, "header_english": 200, "closing_english": 500, "hotline": 40}
WHY = 500


@rests_on()
@transaction.atomic
def write_words(*, actor: Actor, at: datetime, words: Words, why: str, seen: int) -> int:
    """Put these words into every letter and slip from now on; the number of the version.

    `seen` is the version that whoever writes has seen, 0 for none. Raises Forbidden unless the actor
    administers the province; WordsWithoutReason, WordsTooLong, WordsUnchanged, WordsChangedMeanwhile.

    Basis: KT18-4.3.
    """
    policy.must_administer(actor)
    clean = Words(**{name: " ".join(text.split()) for name, text in asdict(words).items()})
    reason = _reason(why)
    if any(len(getattr(clean, name)) > most for name, most in LENGTHS.items()):
        raise WordsTooLong
    _one_at_a_time()
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


@rests_on()
@transaction.atomic
def reword_letter(*, actor: Actor, at: datetime, key: str, text: LetterText, why: str, seen: int) -> int:
    """Send letters of this kind in these words from now on; the number of the version. An empty text gives
    our own letter back, as another version.

    `seen` is the version of this letter that whoever writes has seen, 0 for none. Raises Forbidden unless
    the actor administers the province; what `rewording.checked` refuses; WordsWithoutReason, WordsTooLong,
    WordsUnchanged, WordsChangedMeanwhile.

    Basis: KT18-4.3.
    """
    policy.must_administer(actor)
    kind_of(key)
    clean = OURS if text == OURS else checked(key, text, site=settings.PUBLIC_URL)
    reason = _reason(why)
    _one_at_a_time()
    newest = next(iter(letter_history(key, 1)), None)
    if (newest.number if newest else 0) != seen:
        raise WordsChangedMeanwhile
    if clean == (newest.text if newest else OURS):
        raise WordsUnchanged
    row = LetterWording.objects.create(
        key=key, **asdict(clean), why=reason, written_at=at, written_by=actor.name[:200]
    )
    act = "letter_given_back" if clean == OURS else "letter_reworded"
    facts = asdict(clean) | {"name": f"{title_of(key)}, phiên bản {row.pk}", "why": reason}
    audit.record_act(actor=actor, act=act, what=f"letter:{key}", at=at, facts=facts)
    return row.pk


def _reason(why: str) -> str:
    reason = visible(why)
    if not reason:
        raise WordsWithoutReason
    if len(reason) > WHY:
        raise WordsTooLong
    return reason


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [Lock.WORDING.value])
