"""Choosing what to be told by e-mail."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.notify.models import MutedTopic
from motcua.notify.rules.messages import Topic


def choose_topics(*, actor: Actor, wanted: Collection[Topic]) -> None:
    """From now on the actor gets e-mails of the `wanted` topics only, and in-app messages as before.

    Letters without a topic are always sent. Raises Forbidden for an actor without an account.
    """
    if not actor.id.isdigit():
        raise Forbidden
    muted = [topic for topic in Topic if topic not in wanted]
    with transaction.atomic():
        MutedTopic.objects.filter(account_id=int(actor.id)).exclude(topic__in=muted).delete()
        MutedTopic.objects.bulk_create(
            [MutedTopic(account_id=int(actor.id), topic=topic.value) for topic in muted],
            ignore_conflicts=True,
        )
