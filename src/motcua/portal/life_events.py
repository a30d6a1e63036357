"""What happens in a life or a business, as ways to procedures, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.cards import LifeEvent


@dataclass(frozen=True, slots=True)
class EventTile:
    key: str
    name: str
    about: str


def tile(event: LifeEvent) -> EventTile:
    """The event in the reader's language."""
    if is_english():
        return EventTile(event.key, event.english, event.about_english)
    return EventTile(event.key, event.name, event.about)


def is_english() -> bool:
    return (get_language() or "").startswith("en")


def tiles_for(whose: str) -> list[EventTile]:
    return [tile(event) for event in catalogue.life_events() if event.whose == whose]


def tiles_answering(text: str) -> list[EventTile]:
    return [tile(event) for event in catalogue.events(text)]
