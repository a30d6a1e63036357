"""Reading one raw TOML value as the kind that the schema asks for."""

from __future__ import annotations

import datetime as dt
import re

from motcua.kernel.limits import TimeLimit
from motcua.law.rules.key_spec import KeySpec, Kind
from motcua.law.rules.values import Plain

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def read_plain(spec: KeySpec, raw: object) -> Plain:
    """The value in its own type. Raises ValueError whose message tells what is wrong with it."""
    match spec.kind:
        case Kind.LIMIT:
            return TimeLimit.parse(_string(raw))
        case Kind.CHOICE:
            return _one_of(spec, _string(raw))
        case Kind.FLAG:
            return _flag(raw)
        case Kind.NUMBER:
            return _number(raw)
        case Kind.LIST:
            return _words(spec, raw)
        case Kind.TEXT:
            return _checked(spec, _string(raw))
        case Kind.TIME:
            return _time(_string(raw))
        case Kind.DATE:
            return _date(raw)
        case Kind.DAY_OF_YEAR:
            return _day_of_year(_string(raw))


def _string(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError(f"expected a text, not {raw!r}")
    return raw


def _checked(spec: KeySpec, text: str) -> str:
    if spec.check is not None:
        spec.check(text)
    return text


def _one_of(spec: KeySpec, word: str) -> str:
    if word not in spec.allowed:
        raise ValueError(f"expected one of {', '.join(spec.allowed)}, not {word!r}")
    return word


def _flag(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise ValueError(f"expected true or false, not {raw!r}")
    return raw


def _number(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
        raise ValueError(f"expected a whole number, not negative, not {raw!r}")
    return raw


def _words(spec: KeySpec, raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or not raw:
        raise ValueError(f"expected a list that is not empty, not {raw!r}")
    found = tuple(_one_of(spec, _string(one)) if spec.allowed else _string(one) for one in raw)
    if len(set(found)) < len(found):
        raise ValueError(f"a word stands twice in {raw!r}")
    return found


def _time(text: str) -> dt.time:
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise ValueError(f"expected a time such as 15:00, not {text!r}")
    return dt.time(int(match[1]), int(match[2]))


def _date(raw: object) -> dt.date:
    if isinstance(raw, dt.datetime) or not isinstance(raw, dt.date):
        raise ValueError(f"expected a date such as 2024-01-29, not {raw!r}")
    return raw


def _day_of_year(text: str) -> str:
    try:
        dt.date.fromisoformat(f"2024-{text}")
    except ValueError:
        raise ValueError(f"expected month and day such as 11-30, not {text!r}") from None
    return text
