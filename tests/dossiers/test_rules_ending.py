"""What keeps an agency or a unit from ending, and how it is told."""

from __future__ import annotations

import pytest

from motcua.dossiers.errors import ApplicantsLeft, CommuneWithoutSuccessor, ProceduresLeft
from motcua.dossiers.rules.ending import Hanging, agency_refusals


@pytest.mark.parametrize(
    ("number", "codes"), [(1, "1"), (5, "1, 2, 3, 4, 5"), (6, "1, 2, 3, 4, 5…"), (9, "1, 2, 3, 4, 5…")]
)
def test_procedures_that_nobody_would_settle_are_named_and_an_ellipsis_says_that_there_are_more(
    number: int, codes: str
) -> None:
    hanging = Hanging(unsettled=tuple(str(each) for each in range(1, number + 1)))
    (refusal,) = agency_refusals(hanging, has_successor=True, is_commune=True)
    assert isinstance(refusal, ProceduresLeft)
    assert refusal.params == {"count": number, "codes": codes}


@pytest.mark.parametrize(
    ("dossiers", "has_successor", "is_commune", "kinds"),
    [
        (0, False, False, []),
        (3, True, False, []),
        (3, True, True, []),
        (3, False, False, [ApplicantsLeft]),
        (0, False, True, [CommuneWithoutSuccessor]),
    ],
)
def test_agency_ends_only_if_somebody_goes_on_with_its_dossiers_and_its_people(
    dossiers: int, has_successor: bool, is_commune: bool, kinds: list[type[Exception]]
) -> None:
    found = agency_refusals(Hanging(dossiers), has_successor=has_successor, is_commune=is_commune)
    assert [type(each) for each in found] == kinds
