"""What the demo prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Login:
    """A sample person who can log in."""

    face: str  # "portal" or "desk"
    user: str
    password: str
    name: str
    task: str


def addresses(url: str, mail: Path) -> Table:
    table = Table(show_header=False)
    table.add_row("Citizens", f"{url}/")
    table.add_row("Officers", f"{url}/noi-bo/")
    table.add_row("Letters sent", f"{url}/demo/hop-thu/")
    table.add_row("", str(mail))
    return table


def logins(people: Iterable[Login]) -> Table:
    """One line each on a narrow terminal."""
    table = Table(title="Sample people who can log in", title_justify="left")
    for column in ("Where", "User", "Password"):
        table.add_column(column, no_wrap=True)
    table.add_column("Who", overflow="fold")
    for person in people:
        where = "/" if person.face == "portal" else "/noi-bo/"
        table.add_row(where, person.user, person.password, f"{person.name}: {person.task}")
    return table
