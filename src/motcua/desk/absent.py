"""Who is away, in words: wherever work is given to somebody, or lies with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import AbsenceCard, Away, Officer, Post
from motcua.theme.wording import short_day
from motcua.worktime.rules import local


def words(away: Away, *, has_substitute: bool) -> str:
    """From when until when, and whether somebody does the work meanwhile."""
    said = {
        "first": short_day(away.first_day),
        "last": short_day(away.last_day),
        "name": away.substitute_name,
    }
    if has_substitute:
        return gettext("vắng từ %(first)s đến hết %(last)s, %(name)s làm thay") % said
    return gettext("vắng từ %(first)s đến hết %(last)s, chưa có người làm thay việc này") % said


def named(officer: Officer) -> str:
    """Who it is, and if they are away today until when, and who does the work of the post meanwhile."""
    if officer.away is None:
        return officer.full_name
    return f"{officer.full_name} – {words(officer.away, has_substitute=not officer.is_missed)}"


def stood_in_for(account_id: int, posts: Iterable[Post], on: date) -> tuple[AbsenceCard, ...]:
    """The absences in which somebody with these posts stands in on the day. One query, none for whoever
    stands in for nobody."""
    absent = {int(post.for_id) for post in posts if post.for_id}
    if not absent:
        return ()
    running = (each for each in agencies.absences(absent, on) if each.first_day <= on)
    return tuple(each for each in running if each.substitute_id == account_id)


@dataclass(frozen=True, slots=True)
class Takers:
    """Those to whom work may be given, each once: their names, and the absences of those who are away."""

    names: Mapping[str, str]
    absences: Mapping[str, str]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What a form offers: whoever is away says so."""
        return [
            (key, f"{name} – {self.absences[key]}" if key in self.absences else name)
            for key, name in self.names.items()
        ]

    def said_of(self, account_id: str) -> str:
        """What is to be said once the work was given to them; empty of who is there."""
        if account_id not in self.absences:
            return ""
        said = {"name": self.names[account_id], "absence": self.absences[account_id]}
        return gettext("%(name)s %(absence)s.") % said


def takers(officers: Iterable[Officer], *, at: datetime, due_at: datetime | None) -> Takers:
    """The officers in their order, with absences that run, or begin before the work is due; one query."""
    posts: dict[str, list[Officer]] = {}
    for officer in officers:
        posts.setdefault(str(officer.account_id), []).append(officer)
    until = local(due_at).date() if due_at else None
    known = agencies.known_officers(map(int, posts), local(at).date(), until)
    absences = {
        key: words(away, has_substitute=any(away.has_substitute_at(o.unit_id, o.role.value) for o in held))
        for key, held in posts.items()
        if (away := known[int(key)].away)
    }
    return Takers({key: held[0].full_name for key, held in posts.items()}, absences)
