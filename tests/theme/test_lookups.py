"""The watch over templates notices what Django passes over."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from tests.lookups import Lookups

from motcua.portal.standing import Milestone


def test_name_that_our_value_has_not_is_noticed_and_what_is_merely_absent_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lookups = Lookups()
    monkeypatch.setattr("django.template.base.logger", lookups)
    page = Template("{{ each.title }}{{ each.lost }}{{ nothing.here }}{{ plain.lost }}", name="one.html")
    drawn = page.render(Context({"each": Milestone("Đã nộp", None, "done"), "plain": {}}))
    assert (drawn, lookups.failed) == ("Đã nộp", {"Milestone.lost in one.html"})
