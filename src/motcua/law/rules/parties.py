"""Who has duties and powers under a regulation, and the catalogue of roles that follows for its province."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from motcua.law.errors import Problem

# The posts of the system as the agencies name them; this room lies below and knows only the words.
POSTS = frozenset(
    {"receiver", "desk_head", "unit_head", "case_officer", "approver", "clerk", "admin", "postal_staff"}
)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody to whom regulations speak: a body, a post or people. `posts` are those it acts through."""

    key: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duties:
    """What one regulation gives to one party: the clauses in the order of the registry."""

    party: Party
    clauses: tuple[str, ...]


def load_parties(
    file: str, data: Mapping[str, object], clause_ids: Iterable[str], regulations: Collection[str]
) -> tuple[dict[str, tuple[Duties, ...]], tuple[Problem, ...]]:
    """The duties by regulation, with a problem for each party, post or place that does not exist."""
    problems: list[Problem] = []
    known = tuple(clause_ids)
    parties = dict(_parties(file, data.get("parties"), problems))
    found: dict[str, tuple[Duties, ...]] = {}
    for regulation, given in data.items():
        if regulation == "parties":
            continue
        if regulation not in regulations or not isinstance(given, dict):
            problems.append(Problem(file, regulation, "not a regulation with its parties"))
            continue
        for key in given.keys() - parties.keys():
            problems.append(Problem(file, f"{regulation}.{key}", "unknown party"))
        found[regulation] = tuple(
            Duties(party, _clauses(file, f"{regulation}.{key}", regulation, given[key], known, problems))
            for key, party in parties.items()
            if key in given
        )
    return found, tuple(problems)


def _parties(file: str, raw: object, problems: list[Problem]) -> Iterable[tuple[str, Party]]:
    if not isinstance(raw, dict):
        problems.append(Problem(file, "parties", "missing"))
        return
    for key, item in raw.items():
        posts = tuple(item.get("posts", ())) if isinstance(item, dict) else ()
        for post in posts:
            if post not in POSTS:
                problems.append(Problem(file, f"parties.{key}", f"unknown post {post!r}"))
        yield key, Party(key, posts)


def _clauses(
    file: str, key: str, regulation: str, places: object, known: tuple[str, ...], problems: list[Problem]
) -> tuple[str, ...]:
    wanted = list(map(str, places)) if isinstance(places, list) else []
    for place in wanted:
        if not any(is_at(one, f"{regulation}-{place}") for one in known):
            problems.append(Problem(file, key, f"no clause at {place!r}"))
    return tuple(one for one in known if any(is_at(one, f"{regulation}-{place}") for place in wanted))


def is_at(clause_id: str, place: str) -> bool:
    """Whether the clause is the place or lies below it: `DL24-8.1.a#2` below `DL24-8.1`, not `DL24-8.10`."""
    return clause_id == place or clause_id.startswith((f"{place}.", f"{place}#", f"{place}-"))
