"""From a file to a `Case`: YAML, schema, and what a schema cannot say. Every fault is named at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from motcua.config.cases.cast import people
from motcua.config.cases.model import ActSpec, BadCase, Case, Fault
from motcua.config.cases.yaml_lines import BadYaml, parse
from motcua.config.cases.yaml_lines import Path as Where
from motcua.kernel.bilingual import bilingual
from motcua.law import queries as law
from motcua.worktime.rules import ZONE

MAIN = "it"  # the dossier of a story that has only one
Lines = Mapping[Where, int]


@cache
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((files("motcua.config.cases") / "schema.json").read_text("utf-8"))
    return loaded


def read_case(path: Path) -> Case:
    """Read one file. Raises BadCase with every fault; a file that cannot be read is one, too."""
    name = str(path)
    try:
        data, lines = parse(path.read_text(encoding="utf-8"))
    except BadYaml as error:
        raise BadCase(name, (Fault("", error.line, str(error)),)) from None
    except UnicodeDecodeError:
        raise BadCase(name, (Fault("", 1, "not UTF-8 text"),)) from None
    except OSError as error:
        raise BadCase(name, (Fault("", 0, error.strerror or "cannot be read"),)) from None
    if faults := tuple(_schema_faults(data, lines)):
        raise BadCase(name, faults)
    return _case(name, data, lines)


def _schema_faults(data: Any, lines: Lines) -> Iterator[Fault]:
    validator = Draft202012Validator(schema())
    for error in sorted(validator.iter_errors(data), key=lambda each: list(map(str, each.absolute_path))):
        deepest = best_match([error]) or error
        where = tuple(deepest.absolute_path)
        yield Fault(_text(where), _line(lines, where), _reason(deepest))


def _reason(error: ValidationError) -> str:
    """The message in words for people who write cases."""
    if error.validator == "required":
        return error.message.replace("is a required property", "is missing")
    if error.validator == "additionalProperties":
        return f"unknown: {error.message.partition('(')[2].partition(' w')[0].strip() or error.message}"
    if error.validator == "pattern" and isinstance(error.schema, dict) and "description" in error.schema:
        return f"{error.instance!r} does not fit. {error.schema['description']}"
    return error.message


def _text(where: Where) -> str:
    return "/".join(map(str, where))


def _line(lines: Lines, where: Where) -> int:
    """The line of the value, or of the nearest one around it."""
    while where and where not in lines:
        where = where[:-1]
    return lines.get(where, 1)


def _case(file: str, data: dict[str, Any], lines: Lines) -> Case:
    if unreal := tuple(_calendar_faults(data, lines)):
        raise BadCase(file, unreal)
    everybody = people(data.get("people", {}))
    acts = tuple(_act(index, item, lines) for index, item in enumerate(data["acts"]))
    faults = [
        *_unknown_ids(data, lines),
        *_date_faults(data, lines),
        *_act_faults(data, lines, everybody),
        *_procedure_faults(data, lines),
        *_other_faults(data, lines),
    ]
    known = [act for act in acts if act is not None]
    faults += _bad_moments(data, lines)
    if faults:
        raise BadCase(file, tuple(faults))
    first, last = _days(data, known)
    for act in known:
        if not first <= act.at.date() <= last:
            raise BadCase(
                file, (Fault(f"acts/{act.number - 1}/at", act.line, f"not within {first} – {last}"),)
            )
    return Case(
        file=file,
        title=bilingual(data, "title"),
        note=bilingual(data, "note"),
        clauses=tuple(data.get("clauses", ())),
        readings=tuple(data.get("readings", ())),
        province=data["province"],
        first_day=first,
        last_day=last,
        acts=tuple(known),
        people=everybody,
        calendar=data.get("calendar", {}),
        agency=data.get("agency", {}),
        procedure=data.get("procedure", {}),
        others=data.get("others", {}),
    )


def moment(text: str) -> datetime:
    """A moment as written, in the time of Vietnam. Raises ValueError for a day or hour that is none."""
    read = datetime.fromisoformat(text.replace(" ", "T"))
    return read if read.tzinfo else read.replace(tzinfo=ZONE)


def _act(index: int, item: Mapping[str, Any], lines: Lines) -> ActSpec | None:
    try:
        at = moment(item["at"])
    except ValueError:
        return None
    expect = item.get("expect", {})
    return ActSpec(
        number=index + 1,
        line=_line(lines, ("acts", index)),
        at=at,
        by=item.get("by", ""),
        verb=item["do"],
        dossier=item.get("dossier", MAIN),
        arguments=item.get("with") or {},
        expect=expect,
        expect_lines={key: _line(lines, ("acts", index, "expect", key)) for key in expect},
        late=item.get("late") or {},
    )


def _days(data: Mapping[str, Any], acts: list[ActSpec]) -> tuple[date, date]:
    if "dates" in data:
        return date.fromisoformat(data["dates"]["from"]), date.fromisoformat(data["dates"]["to"])
    days = [act.at.date() for act in acts]
    return min(days), max(days)


def _unknown_ids(data: Mapping[str, Any], lines: Lines) -> Iterator[Fault]:
    known = law.law()
    for key, registry, what in (
        ("clauses", known.clauses, "clause"),
        ("readings", known.readings, "reading"),
    ):
        for index, one in enumerate(data.get(key, ())):
            if one not in registry:
                yield Fault(f"{key}/{index}", _line(lines, (key, index)), f"unknown {what} {one!r}")


def _date_faults(data: Mapping[str, Any], lines: Lines) -> Iterator[Fault]:
    dates = data.get("dates", {})
    if dates and dates["to"] < dates["from"]:
        yield Fault("dates/to", _line(lines, ("dates", "to")), "lies before from")


def _other_faults(data: Mapping[str, Any], lines: Lines) -> Iterator[Fault]:
    """Somebody works at an agency that the case does not name."""
    for key, person in data.get("people", {}).items():
        if (at := person.get("at")) and at not in data.get("others", {}):
            where = ("people", key, "at")
            yield Fault(_text(where), _line(lines, where), f"unknown agency {at!r}")


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"(\d\d):(\d\d)")


def _calendar_faults(data: Mapping[str, Any], lines: Lines) -> Iterator[Fault]:
    """Days and hours that look right but are none, anywhere but in the acts."""
    for part in ("dates", "calendar", "procedure", "people"):
        for where, text in _texts(data.get(part), (part,)):
            if _DAY.fullmatch(text) and not _is_date(text):
                yield Fault(_text(where), _line(lines, where), f"{text!r} is not a day")
            for hour, minute in _CLOCK.findall(text) if where[-1] in ("cutoff", 0, 1, 2) else ():
                if int(hour) > 24 or int(minute) > 59:
                    yield Fault(_text(where), _line(lines, where), f"{text!r} is not an hour of the day")


def _texts(value: Any, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(item, (*where, key))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _bad_moments(data: Mapping[str, Any], lines: Lines) -> Iterator[Fault]:
    places: list[tuple[Where, str]] = []
    for index, act in enumerate(data["acts"]):
        places.append((("acts", index, "at"), act["at"]))
        given = act.get("with") or {}
        places += [(("acts", index, "with", key), given[key]) for key in ("began", "ended") if key in given]
        if "late" in act:
            places.append((("acts", index, "late", "entered"), act["late"]["entered"]))
        expect = act.get("expect", {})
        places += [
            (("acts", index, "expect", key), expect[key])
            for key in ("received", "due", "promised", "letter_by")
            if key in expect
        ]
        for step, task in expect.get("tasks", {}).items():
            if isinstance(task, dict) and "due" in task:
                places.append((("acts", index, "expect", "tasks", step, "due"), task["due"]))
    for where, text in places:
        if text != "none" and not _is_moment(text):
            yield Fault(_text(where), _line(lines, where), f"{text!r} is no moment of the calendar")


def _is_moment(text: str) -> bool:
    try:
        moment(text)
    except ValueError:
        return False
    return True


def _act_faults(data: Mapping[str, Any], lines: Lines, everybody: Mapping[str, Any]) -> Iterator[Fault]:
    for index, act in enumerate(data["acts"]):
        where: Where = ("acts", index)
        if act["do"] != "look" and "by" not in act:
            yield Fault(_text(where), _line(lines, where), "'by' is missing: who does it?")
        for path in ((*where, "by"), (*where, "with", "applicant"), (*where, "with", "officer")):
            name = _at(data, path)
            if name is not None and name not in everybody and name != "system":
                yield Fault(_text(path), _line(lines, path), f"nobody is called {name!r} in this case")
        if act["do"].startswith("register") and "applicant" not in (act.get("with") or {}):
            yield Fault(_text(where), _line(lines, where), "'with/applicant' is missing: whose matter is it?")


def _at(data: Any, path: Where) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _procedure_faults(data: Mapping[str, Any], lines: Lines) -> Iterator[Fault]:
    procedure = data.get("procedure", {})
    steps = procedure.get("steps", ())
    keys = [step["key"] for step in steps] if isinstance(steps, list) else []
    for index, key in enumerate(keys):
        where: Where = ("procedure", "steps", index)
        if key in keys[:index]:
            yield Fault(_text(where), _line(lines, where), f"the step {key!r} stands twice")
        step = steps[index]
        targets = [target for outcome in step.get("outcomes", ()) for target in outcome["to"]]
        for target in [*targets, *step.get("waits_for", ())]:
            if target not in keys:
                yield Fault(_text(where), _line(lines, where), f"there is no step {target!r}")
    if isinstance(data.get("agency"), str) and "code" not in procedure:
        yield Fault("agency", _line(lines, ("agency",)), "a real agency goes with a procedure given by code")
    if "code" in procedure and set(procedure) - {"code", "steps"}:
        yield Fault(
            "procedure", _line(lines, ("procedure",)), "give either a code or the parts of a procedure"
        )
