"""What people want to be told by e-mail."""

from __future__ import annotations

from motcua.notify.models import MutedTopic
from motcua.notify.rules.messages import Topic


def wanted_topics(account_id: int | str) -> frozenset[Topic]:
    """The topics of which the account gets e-mails: all but those it has switched off."""
    muted = set(MutedTopic.objects.filter(account_id=account_id).values_list("topic", flat=True))
    return frozenset(topic for topic in Topic if topic.value not in muted)
