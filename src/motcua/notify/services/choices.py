"""Choosing what to be told by e-mail."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.notify.models import MutedTopic
from motcua.notify.rules.messages import Topic, topics_for


def choose_topics(*, actor: Actor, wanted: Collection[Topic]) -> None:
    """From now on the actor gets e-mails of the `wanted` topics only, and in-app messages as before.

    Letters without a topic are always sent, and topics that are not for the actor stay as they are. Raises
    Forbidden for an actor without an account.
    """
    if not actor.id.isdigit():
        raise Forbidden
    offered = topics_for(officers=actor.is_officer)
    unusual = [topic for topic in offered if (topic in wanted) == topic.is_on_request]
    account_id = int(actor.id)
    with transaction.atomic():
        MutedTopic.objects.filter(account_id=account_id).exclude(topic__in=unusual).delete()
        MutedTopic.objects.bulk_create(
            [
                MutedTopic(account_id=account_id, topic=topic.value, is_wanted=topic in wanted)
                for topic in unusual
            ],
            ignore_conflicts=True,
        )
