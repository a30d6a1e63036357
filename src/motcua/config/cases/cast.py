"""The people who are always there, so that a case need not introduce them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.config.cases.model import Person


def _citizen(key: str, name: str, number: int) -> Person:
    """Made-up numbers: the digits in the middle are all zero."""
    return Person(
        key,
        name,
        personal_id=f"0661900000{number:02d}",
        email=f"{key}@example.vn",
        phone=f"09050000{number:02d}",
    )


CAST: dict[str, Person] = {
    person.key: person
    for person in (
        _citizen("an", "Nguyễn Thị An", 1),
        _citizen("binh", "Trần Văn Bình", 2),
        _citizen("giang", "Lê Thị Giang", 3),
        Person("chi", "Phạm Thị Chi", "officer", ("receiver",)),
        Person("lan", "Bùi Thị Lan", "officer", ("desk_head",)),
        Person("phuc", "Ngô Văn Phúc", "officer", ("unit_head",)),
        Person("dung", "Hoàng Văn Dũng", "officer", ("case_officer",)),
        Person("hanh", "Đỗ Thị Hạnh", "officer", ("approver",)),
        Person("khoa", "Vũ Văn Khoa", "officer", ("clerk",)),
    )
}


def people(given: Mapping[str, Mapping[str, Any]]) -> dict[str, Person]:
    """The cast with what the case adds or replaces. Personal ids are made up where none is given."""
    everybody = dict(CAST)
    for index, (key, facts) in enumerate(given.items(), start=1):
        known = CAST.get(key)
        roles = tuple(facts.get("roles", known.roles if known else ()))
        kind = facts.get("kind") or ("officer" if roles else "citizen")
        until = facts.get("posts_until")
        everybody[key] = Person(
            key=key,
            name=facts.get("name") or (known.name if known else key.capitalize()),
            kind=kind,
            roles=roles,
            posts_until=date.fromisoformat(until) if until else None,
            personal_id=facts.get("personal_id")
            or (
                known.personal_id if known else "" if _has_another(kind, facts) else f"0661900001{index:02d}"
            ),
            passport=facts.get("passport", ""),
            nationality=facts.get("nationality", ""),
            organisation_number=facts.get("organisation_number", ""),
            email=facts.get("email", known.email if known else ""),
            phone=facts.get("phone", known.phone if known else ""),
            has_account=facts.get("account", True),
            at=facts.get("at", ""),
        )
    return everybody


def _has_another(kind: str, facts: Mapping[str, Any]) -> bool:
    """Whether somebody is known by something else than a personal id."""
    return kind == "officer" or "passport" in facts or "organisation_number" in facts
