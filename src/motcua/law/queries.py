"""Asking the regulations. The data files are read and checked once per process."""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from motcua.kernel.periods import Period
from motcua.law.errors import BadLaw, NoRegulation, Problem, UnknownRegulation
from motcua.law.rules import Clause, Reading, Regulation, Timeline
from motcua.law.rules.cited import load_cited
from motcua.law.rules.clauses import load_clauses, load_readings
from motcua.law.rules.conformity import CitedText, load_conformity
from motcua.law.rules.forbidden import ForbiddenActs, load_forbidden, load_own
from motcua.law.rules.loading import Loader
from motcua.law.rules.parties import Duties, load_parties
from motcua.law.rules.texts import Text, load_text, place_of
from motcua.law.rules.timelines import load_timelines


@dataclass(frozen=True, slots=True)
class Law:
    """Everything in the data folder, checked."""

    regulations: Mapping[str, Regulation]
    timelines: Mapping[str, Timeline]
    clauses: Mapping[str, Clause]
    readings: Mapping[str, Reading]
    texts: Mapping[str, Text]
    duties: Mapping[str, tuple[Duties, ...]]
    forbidden: Mapping[str, tuple[ForbiddenActs, ...]]
    acts_english: Mapping[str, tuple[str, ...]]
    cited_texts: tuple[CitedText, ...]


def regulation_in_force(province: str, on: dt.date) -> Regulation:
    """The regulation under which a dossier lives that came in on that day, as it reads then.

    Raises NoRegulation.

    Basis: KT22-QD2, KT18-QD2, QN20-QD2, DL24-META, PT24-QD2.
    """
    timeline = law().timelines.get(province)
    found = timeline.on(on) if timeline else None
    if found is None:
        raise NoRegulation(province=province, on=on)
    return found.on(on)


def period_in_force(province: str, on: dt.date) -> tuple[Period, Regulation] | None:
    """The regulation of that day and how long it is in force there; None where there is none."""
    timeline = law().timelines.get(province)
    return timeline.entry_on(on) if timeline else None


def regulation(short_name: str, on: dt.date | None = None) -> Regulation:
    """The regulation of that short name, such as `DL24`; as it reads `on` a day, or whole: for who compares
    or shows it. Raises UnknownRegulation.
    """
    found = law().regulations.get(short_name.upper())
    if found is None:
        raise UnknownRegulation(short_name=short_name)
    return found.on(on) if on is not None else found


def clause(clause_id: str) -> Clause | None:
    """The clause of that id, or None."""
    return law().clauses.get(clause_id)


def text(short_name: str) -> Text | None:
    """The published text of a regulation, None where none was carried over."""
    return law().texts.get(short_name)


def forbidden(named: str) -> tuple[ForbiddenActs, ...]:
    """The acts that a law forbids to which `prohibited.basis` points; none where no text is at hand."""
    return law().forbidden.get(named, ())


def acts_english(short_name: str) -> tuple[str, ...]:
    """The English of what that regulation itself forbids, in the order of its `prohibited.acts`."""
    return law().acts_english.get(short_name, ())


def cited_texts(short_name: str) -> tuple[CitedText, ...]:
    """The articles to which that regulation points and of which it was written down what they ask.

    Basis: QN20-3.3, DL24-3.1.
    """
    return tuple(each for each in law().cited_texts if each.is_of(short_name))


@cache
def law() -> Law:
    """The law that ships with the system. Raises BadLaw if its files do not hold together."""
    return load(files("motcua.law") / "data")


def load(folder: Traversable | Path) -> Law:
    """Read and check a data folder. Raises BadLaw with every problem found."""
    problems: list[Problem] = []
    clauses, found = load_clauses("clauses.csv", _rows(folder / "clauses.csv"))
    problems += found
    readings, found = load_readings("readings.toml", _toml(folder / "readings.toml", problems), clauses)
    problems += found
    cited, found = load_cited("cited.toml", _toml(folder / "cited.toml", problems))
    problems += found
    regulations: dict[str, Regulation] = {}
    for path in sorted((folder / "regulations").iterdir(), key=lambda each: each.name):
        if path.name.endswith(".toml"):
            data = _toml(path, problems)
            if not data:
                continue
            loader = Loader(path.name, clauses.keys(), readings.keys(), cited)
            one = loader.load(data)
            problems += loader.problems
            if one is not None:
                regulations[one.short_name] = one
    texts: dict[str, Text] = {}
    for short_name in regulations:
        path = folder / "texts" / f"{short_name}.txt"
        if path.is_file():
            rows = {place_of(one) for one in clauses if one.startswith(f"{short_name}-")}
            texts[short_name], found = load_text(short_name, path.read_text(encoding="utf-8"), rows)
            problems += found
    duties, found = load_parties(
        "parties.toml", _toml(folder / "parties.toml", problems), clauses, regulations
    )
    problems += found
    pointed_to = {each for one in regulations.values() for each in one.words("prohibited.basis")}
    told = _toml(folder / "forbidden.toml", problems)
    forbidden_acts, found = load_forbidden("forbidden.toml", told, pointed_to)
    problems += found
    named = {name: one.words("prohibited.acts") for name, one in regulations.items()}
    english, found = load_own("forbidden.toml", told, named)
    problems += found
    texts_asking, found = load_conformity(
        "conformity.toml", _toml(folder / "conformity.toml", problems), clauses
    )
    problems += found
    if problems:
        raise BadLaw(tuple(problems))
    timelines, found = load_timelines(
        "timelines.toml", _toml(folder / "timelines.toml", problems), regulations
    )
    problems += found
    if problems:
        raise BadLaw(tuple(problems))
    return Law(
        regulations, timelines, clauses, readings, texts, duties, forbidden_acts, english, texts_asking
    )


def _rows(path: Traversable) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _toml(path: Traversable, problems: list[Problem]) -> dict[str, object]:
    """The parsed file; a file that is no TOML is one problem and counts as empty."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(path.name, "-", f"not TOML: {error}"))
        return {}
