"""Words of the catalogue."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a dossier comes in. National codes: counter 1, online 2, postal 3."""

    COUNTER = "counter"
    ONLINE = "online"
    POSTAL = "postal"


class OnlineLevel(StrEnum):
    FULL = "full"  # toàn trình
    PARTIAL = "partial"  # một phần
    NONE = "none"


class FieldKind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    WHOLE_NUMBER = "whole_number"
    DECIMAL = "decimal"
    MONEY = "money"
    CHOICE = "choice"
    YES_NO = "yes_no"
    PERSONAL_ID = "personal_id"
    PHONE = "phone"
    EMAIL = "email"


class Publication(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
