"""Late in the national index, as the desk says it: by which law, from when, and not before that."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import Settings
from tests.desk.conftest import At
from tests.dossiers.test_services_turns import ask, bring
from tests.dossiers.world import World, moment

from motcua.dossiers.services import Act

pytestmark = pytest.mark.django_db


def asked_twice(world: World) -> Act:
    act = bring(world, ask(world, world.submit(world.draft()), "chi"))
    return ask(world, act, "chi", again_ground="Giấy hết hạn")


def said(at_desk: At, act: Act) -> str:
    return at_desk("chi").get(reverse("desk:dossier", args=[act.dossier_id])).context["page"].late_in_index


def test_second_request_is_named_with_the_law_that_counts_it(world: World, at_desk: At) -> None:
    words = "Tính trễ theo bộ chỉ số của QĐ 766/QĐ-TTg: yêu cầu bổ sung quá 1 lần"
    act = asked_twice(world)
    assert said(at_desk, act) == words
    assert words in at_desk("chi").get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()


@pytest.mark.parametrize(
    ("begun", "words"),
    [
        ("2022-05-16 08:00", ""),
        (
            "2022-07-18 08:00",
            "Tính trễ theo bộ chỉ số của QĐ 766/QĐ-TTg: từ 23/06/2022 yêu cầu bổ sung quá 1 lần",
        ),
    ],
)
def test_under_an_older_regulation_it_counts_from_the_first_day_of_that_law(
    world: World, at_desk: At, settings: Settings, begun: str, words: str
) -> None:
    settings.PROVINCE = "kon-tum"
    world.now = moment(begun)
    assert said(at_desk, asked_twice(world)) == words
