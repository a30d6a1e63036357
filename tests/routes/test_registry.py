"""No route is forgotten: each is visited by the page checks, or it is said why it answers no page."""

from __future__ import annotations

import inspect
from typing import Any

from tests.routes.registry import NO_PAGE, PAGES, all_routes

from motcua.desk.pages_of_verbs import BY_SLUG

ROUTES = all_routes()
VISITED = {visit.route for visit in PAGES}


def line_for(route: str) -> str:
    """What to paste into `registry.py`, with the parts of the address to be filled in."""
    parts = "".join(f', {part}="…"' for part in ROUTES[route].pattern.regex.groupindex)
    return f'page("{route}"{parts})'


def test_every_route_is_visited_or_says_why_not() -> None:
    missing = sorted(ROUTES.keys() - VISITED - NO_PAGE.keys())
    wanted = "\n".join(line_for(route) for route in missing)
    assert not missing, f"tests/routes/registry.py lacks a line for each of these:\n{wanted}"


def test_registry_names_no_route_that_is_gone_and_none_twice() -> None:
    assert (VISITED | NO_PAGE.keys()) - ROUTES.keys() == set()
    assert VISITED & NO_PAGE.keys() == set()
    assert len({visit.title + visit.query for visit in PAGES}) == len(PAGES)


def test_visits_fill_every_part_of_their_address() -> None:
    wrong = [
        visit.title
        for visit in PAGES
        if set(visit.given) != ROUTES[visit.route].pattern.regex.groupindex.keys()
    ]
    assert wrong == []


def test_pages_for_logged_in_people_and_only_they_are_visited_by_somebody() -> None:
    wrong = [visit.title for visit in PAGES if bool(visit.who) != (policy_of(visit.route) != "public")]
    assert wrong == []


def test_page_of_every_verb_is_visited() -> None:
    """They share a route, but each has a form of its own."""
    visited = {visit.given["slug"] for visit in PAGES if visit.route == "desk:verb"}
    assert visited == set(BY_SLUG)


def policy_of(route: str) -> Any:
    view: Any = inspect.unwrap(ROUTES[route].callback, stop=lambda each: hasattr(each, "policy"))
    return view.policy
