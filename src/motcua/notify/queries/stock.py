"""The messages of the house to look at, with sample facts: none was ever sent to anybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from motcua.notify.queries.wording import Wording, wording
from motcua.notify.rules import messages, samples
from motcua.notify.rules.letters import Words
from motcua.notify.rules.messages import KEYS, MessageKind


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """One message: its kind, and its subject without any number or code."""

    kind: MessageKind
    subject: str


def stock() -> tuple[TemplateCard, ...]:
    """All messages, by their keys."""
    return tuple(TemplateCard(messages.kind(key), _title(key)) for key in KEYS)


def sample_of(
    key: str, *, language: str = "vi", by_mail: bool = False, words: Words | None = None
) -> Wording:
    """A message as somebody could get it, in this language; `by_mail` as its e-mail, which may say less.

    Raises UnknownMessage.
    """
    return wording(
        key,
        samples.facts(key, hotline=settings.HOTLINE),
        recipient=samples.RECIPIENT,
        language=language,
        by_mail=by_mail,
        words=words or Words(),
    )


def _title(key: str) -> str:
    facts = samples.facts(key, hotline="") | {"code": ""}
    return wording(key, facts, recipient=samples.RECIPIENT).subject
