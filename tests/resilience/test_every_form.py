"""No form is forgotten: each is played by the hostile tests, or it is said why not."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import resolve
from tests.resilience.forms import FORMS, NOT_PLAYED, form_named
from tests.resilience.hostile import Site
from tests.routes.registry import all_routes

pytestmark = pytest.mark.django_db


def test_every_route_that_takes_a_form_is_played_or_says_why_not(site: Site) -> None:
    takes = {name for name, route in all_routes().items() if _takes_a_form(route.callback)}
    played = {resolve(form_named(site, name).path.partition("?")[0]).view_name for name in FORMS}
    assert sorted(takes - played - NOT_PLAYED.keys()) == []
    assert sorted(NOT_PLAYED.keys() - (takes - played)) == []  # gone, or played by now
    assert len(takes) > 100


def _takes_a_form(view: Callable[..., Any]) -> bool:
    """What its `require_http_methods` says; where none stands, as at the portal, whether the view
    itself speaks of a POST."""
    said = [methods for each in _layers(view) if (methods := _cells(each).get("request_method_list"))]
    if said:
        return all("POST" in methods for methods in said)
    return "POST" in inspect.getsource(inspect.unwrap(view))


def _layers(view: Any) -> Iterator[Any]:
    """The view with everything that its decorators have put around it."""
    waiting, seen = [view], set()
    while waiting:
        each = waiting.pop()
        if id(each) in seen or not hasattr(each, "__code__"):
            continue
        seen.add(id(each))
        yield each
        waiting += [*_cells(each).values(), getattr(each, "__wrapped__", None)]


def _cells(function: Any) -> dict[str, Any]:
    cells = [cell.cell_contents for cell in function.__closure__ or ()]
    return dict(zip(function.__code__.co_freevars, cells, strict=True))
