"""The worked cases for the book: read, and played on a scratch database."""

from __future__ import annotations

from motcua.config import places
from motcua.config.cases import read_case, run_case
from motcua.config.cases.scratch import scratch_database
from motcua.config.lawbook.gathering import Story

FOLDER = places.ROOT / "tests/cases"


def read_stories(*, played: bool) -> tuple[Story, ...]:
    """Every case of the checkout in the order of its name. Raises BadCase, PostgresError."""
    cases = [read_case(path) for path in sorted(FOLDER.glob("*.yaml"))]
    if not played:
        return tuple(Story(case, None) for case in cases)
    with scratch_database():
        return tuple(Story(case, run_case(case)) for case in cases)
