"""The wire form of frozen dataclasses: plain JSON values out, typed values in.

Readers and writers are built once per type, from its annotations: an act reads a dossier's whole state and
writes it again, so nothing is looked up twice. A field that the stored form lacks takes its default, so an
event written before the field existed is still read; a field the type does not know is refused.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar, Union

T = TypeVar("T")
_PLAIN = (str, int, bool, type(None))
_TEXTUAL: dict[type, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    datetime: (datetime.isoformat, datetime.fromisoformat),
    date: (date.isoformat, date.fromisoformat),
    time: (time.isoformat, time.fromisoformat),
    Fraction: (str, Fraction),
}


class WireError(ValueError):
    """A stored value does not fit the type it is read as."""


def to_wire(value: Any) -> Any:
    """Plain JSON value (str, int, bool, None, list, dict) of a dataclass, enum, date or container."""
    kind: Any = type(value)
    return _writer(kind)(value)


def from_wire(kind: type[T], data: Any) -> T:
    """Read a `kind` back. Raises WireError for missing, unknown or wrongly typed content."""
    known: Any = kind
    result: T = _reader(known)(data)
    return result


@cache
def _writer(kind: Any) -> Callable[[Any], Any]:
    if issubclass(kind, Enum):
        return lambda value: value.value
    if kind in _PLAIN:
        return lambda value: value
    if kind in _TEXTUAL:
        return _TEXTUAL[kind][0]
    if is_dataclass(kind):
        return _dataclass_writer(kind)
    if issubclass(kind, Mapping):
        return lambda value: {str(key): to_wire(item) for key, item in value.items()}
    if issubclass(kind, tuple | list):
        return lambda value: [to_wire(item) for item in value]
    raise WireError(f"{kind.__name__} has no wire form")


def _dataclass_writer(kind: Any) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    plain = tuple(field.name for field in fields(kind) if _field_writer(hints[field.name]) is None)
    others = tuple(
        (field.name, writer) for field in fields(kind) if (writer := _field_writer(hints[field.name]))
    )

    def write(value: Any) -> Any:
        data = {name: getattr(value, name) for name in plain}
        for name, writer in others:
            data[name] = writer(getattr(value, name))
        return data

    return write


@cache
def _field_writer(hint: Any) -> Callable[[Any], Any] | None:
    """How a field of this type is written; None if it is written as it stands."""
    origin = typing.get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = _field_writer(_optional(hint))
        return None if inner is None else lambda value: None if value is None else inner(value)
    if origin is tuple:
        item = _field_writer(typing.get_args(hint)[0])
        return list if item is None else lambda value: [item(entry) for entry in value]
    if hint in _PLAIN:
        return None
    is_known = isinstance(hint, type) and (is_dataclass(hint) or hint in _TEXTUAL or issubclass(hint, Enum))
    return _writer(hint) if is_known else to_wire


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    origin = typing.get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional_reader(kind)
    if origin is tuple:
        item = _reader(typing.get_args(kind)[0])
        return lambda data: tuple([item(entry) for entry in data])
    if origin is not None and issubclass(origin, Mapping):
        item = _reader(typing.get_args(kind)[1])
        return lambda data: {key: item(entry) for key, entry in data.items()}
    if kind is Any:
        return lambda data: data
    return _plain_reader(kind)


def _plain_reader(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind in _PLAIN:
        return _checker(kind)
    if kind in _TEXTUAL:
        return _TEXTUAL[kind][1]
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    raise WireError(f"{kind!r} has no wire form")


def _checker(kind: type) -> Callable[[Any], Any]:
    def check(data: Any) -> Any:
        if type(data) is not kind:
            raise WireError(f"expected {kind.__name__}, found {data!r}")
        return data

    return check


def _optional_reader(kind: Any) -> Callable[[Any], Any]:
    reader = _reader(_optional(kind))
    return lambda data: None if data is None else reader(data)


def _optional(kind: Any) -> Any:
    """X of `X | None`."""
    options = [option for option in typing.get_args(kind) if option is not type(None)]
    if len(options) != 1:
        raise WireError(f"only optional values have a wire form, not {kind!r}")
    return options[0]


def _dataclass_reader(kind: Any) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    required = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}

    def read(data: Any) -> Any:
        try:
            values = {name: readers[name](item) for name, item in data.items()}
        except KeyError as error:
            raise WireError(f"{kind.__name__} has no field {error}") from None
        if len(values) != len(readers) and (missing := required - values.keys()):
            raise WireError(f"{kind.__name__} lacks {', '.join(sorted(missing))}")
        return kind(**values)

    return read
