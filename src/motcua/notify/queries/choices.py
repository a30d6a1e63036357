"""What people want to be told by e-mail."""

from __future__ import annotations

from collections.abc import Collection

from motcua.notify.models import MutedTopic
from motcua.notify.rules.messages import Topic


def wanted_topics(account_id: int | str) -> frozenset[Topic]:
    """The topics of which the account gets e-mails: what is usual, but for what it has chosen otherwise."""
    chosen = dict(MutedTopic.objects.filter(account_id=account_id).values_list("topic", "is_wanted"))
    return frozenset(topic for topic in Topic if chosen.get(topic.value, not topic.is_on_request))


def without_emails(topic: Topic, account_ids: Collection[int]) -> frozenset[int]:
    """Those of the accounts that get no e-mails of the topic. One query."""
    rows = MutedTopic.objects.filter(account_id__in=account_ids, topic=topic.value)
    chosen = dict(rows.values_list("account_id", "is_wanted"))
    return frozenset(each for each in account_ids if not chosen.get(each, not topic.is_on_request))
