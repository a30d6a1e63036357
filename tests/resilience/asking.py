"""How often an answer asks the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.core.signals import request_started
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.resilience.hostile import Site, stands

MOST = 15
CITIZENS = ("an", "binh")
# What is not counted: a savepoint stands for a transaction within the test's own, a setting or an advisory
# lock asks for nothing that lies in a table, and waits, if at all, for what somebody else does.
_APART = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT", "SET ")
_LOCKS = "pg_advisory_xact_lock("


@dataclass
class Counted:
    """The queries inside of `counted`, without those that stand apart."""

    queries: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        return len(self.queries)

    def __str__(self) -> str:
        return "\n".join(
            [f"{self.number} queries:", *(" ".join(each.split())[:200] for each in self.queries)]
        )


@contextmanager
def counted() -> Iterator[Counted]:
    """Reads and writes alike; what an act hands over to the database in one go is one of them. Of several
    requests, as where a form leads on to its page, the one that asks most."""
    found, begun = Counted(), [0]
    with CaptureQueriesContext(connection) as asked:

        def another(**_: Any) -> None:
            begun.append(len(asked))

        request_started.connect(another)
        try:
            yield found
        finally:
            request_started.disconnect(another)
    every = [each["sql"] for each in asked]
    answers = [every[one:two] for one, two in pairwise([*begun, len(every)])]
    found.queries += max(([sql for sql in answer if _counts(sql)] for answer in answers), key=len)


def _counts(sql: str) -> bool:
    return not sql.startswith(_APART) and _LOCKS not in sql


def asked_by(site: Site, who: str, answer: Callable[[], Any], prepare: Callable[[], Any] = tuple) -> Counted:
    """How often an answer asks, in a process that has given it before, of a browser that is known.

    So it is given twice: what stays in memory for all is read by the first, which is taken back as well.
    """
    world = site.there.world
    began = world.now
    for _ in range(2):
        world.now = began
        with site.untouched():
            prepare()
            if who:
                stands(site.clients[who].get("/tai-khoan/" if who in CITIZENS else "/noi-bo/"))
            with counted() as found:
                stands(answer())
    world.now = began
    return found
