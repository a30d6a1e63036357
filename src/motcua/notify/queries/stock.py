"""The messages of the house to look at, with sample facts: none was ever sent to anybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from motcua.notify.queries.wording import Wording, wording
from motcua.notify.rules import messages, samples
from motcua.notify.rules.letters import Words
from motcua.notify.rules.messages import KEYS, MessageKind
from motcua.notify.rules.rewording import OURS, LetterText, kind_of


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """One message: its kind, and its subject without any number or code."""

    kind: MessageKind
    subject: str


def stock() -> tuple[TemplateCard, ...]:
    """All messages, by their keys."""
    return tuple(TemplateCard(messages.kind(key), title_of(key)) for key in KEYS)


def sample_of(
    key: str,
    *,
    language: str = "vi",
    by_mail: bool = False,
    words: Words | None = None,
    own: LetterText = OURS,
    least: bool = False,
) -> Wording:
    """A message as somebody could get it, in this language; `by_mail` as its e-mail, which may say less;
    `least` with nothing that may be missing in a letter of the province's own.

    Raises UnknownMessage.
    """
    facts = samples.facts(key, hotline=settings.HOTLINE)
    if least:
        may_miss = {each.fact for each in kind_of(key).places if not each.is_always}
        facts = {name: "" if name in may_miss else fact for name, fact in facts.items()} | {"due_at": ""}
        facts |= {each.fact: "" for each in kind_of(key).places if each.is_part and not each.is_always}
    return wording(
        key,
        facts,
        recipient=samples.RECIPIENT,
        language=language,
        by_mail=by_mail,
        words=words or Words(),
        own=own,
    )


def title_of(key: str) -> str:
    """The subject of our own letter without any number or code: what its kind is called.

    Raises UnknownMessage.
    """
    facts = samples.facts(key, hotline="") | {"code": ""}
    return wording(key, facts, recipient=samples.RECIPIENT).subject
