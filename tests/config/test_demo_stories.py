"""Which procedures the sample dossiers are of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from tests.config.small_world import small

from motcua.config.demo.stories import Plot, story

pytestmark = pytest.mark.django_db


def test_two_of_three_sample_dossiers_are_of_usual_procedures_in_turn() -> None:
    province = small()
    sheet, at = province.office.sheets[0], province.rows.now
    codes = ("1.000001", "1.000002", *(f"2.{number:06d}" for number in range(20)))
    office = replace(province.office, sheets=tuple(replace(sheet, code=code) for code in codes))

    def played(usual: tuple[str, ...]) -> Counter[str]:
        told = (
            story(number, [office], province.world.citizens, lambda *_: at, Random(number), usual)
            for number in range(60)
        )
        return Counter(each.sheet.code for each in told)

    told = [
        story(number, [office], province.world.citizens, lambda *_: at, Random(number))
        for number in range(60)
    ]
    assert [each.plot for each in told].count(Plot.UNDECIDED) == 3
    assert min(played(codes[:2])[code] for code in codes[:2]) >= 20
    assert max(played(()).values()) < 20
    assert played(("9.999999",)) == played(())
