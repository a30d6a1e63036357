"""When an officer's list is as it comes, so that nothing has to be said of how it was chosen."""

from __future__ import annotations

from typing import Any

import pytest

from motcua.dossiers.enums import Column, Lateness, Sort, Status
from motcua.dossiers.rules.choices import Choice


@pytest.mark.parametrize(
    ("chosen", "narrows", "is_usual"),
    [
        ({}, False, True),
        ({"procedure": "1.000001"}, True, False),
        ({"unit_id": 1}, True, False),
        ({"status": Status.READY}, True, False),
        ({"lateness": Lateness.LATE}, True, False),
        *(({"sort": sort}, False, False) for sort in Sort if sort is not Sort.DUE),
        ({"columns": (Column.PROCEDURE,)}, False, False),
    ],
)
def test_list_is_usual_until_something_of_it_is_chosen(
    chosen: dict[str, Any], narrows: bool, is_usual: bool
) -> None:
    choice = Choice(**chosen)
    assert (choice.narrows, choice.is_usual) == (narrows, is_usual)
