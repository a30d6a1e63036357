"""The desk's pages of heads and leaders: changing hands, absences, dates and pauses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.desk.conftest import At
from tests.desk.test_views_verbs import press
from tests.dossiers.world import World

from motcua.agencies.models import Absence
from motcua.desk import clock
from motcua.dossiers.enums import Verb

pytestmark = pytest.mark.django_db


def test_case_is_given_to_another_officer_by_the_page(world: World, at_desk: At) -> None:
    act, em = world.until("assign"), world.people["em"]
    answer = press(
        at_desk("lan"), world, act, Verb.REASSIGN,
        what="ca-ho-so", officer=str(em.pk), reason="Chuyển công tác",
    )  # fmt: skip
    assert answer.status_code == 302
    assert world.state(act).case_officer_id == str(em.pk)


def test_absence_is_recorded_and_ended_by_the_page(world: World, at_desk: At) -> None:
    lan, today = at_desk("lan"), clock.now().date()
    typed = {
        "officer": str(world.people["dung"].pk),
        "substitute": str(world.people["em"].pk),
        "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=2)).isoformat(),
        "reason": "Nghỉ phép",
    }
    path = reverse("desk:absences")
    assert lan.post(path, typed | {"reason": ""}).status_code == 200
    assert lan.post(path, typed).status_code == 302
    row = Absence.objects.get()
    assert (row.account_id, row.substitute_id) == (world.people["dung"].pk, world.people["em"].pk)
    shown = lan.get(path)
    assert [each.full_name for each in shown.context["absences"]] == ["Dung"]
    assert lan.post(reverse("desk:end_absence", args=[row.pk])).status_code == 302
    assert list(lan.get(path).context["absences"]) == []


@pytest.mark.parametrize("name", ["dung", "chi", "giang"])
def test_absences_are_no_business_of_who_heads_nobody(world: World, at_desk: At, name: str) -> None:
    client = at_desk(name)
    assert client.get(reverse("desk:absences")).status_code == 403
    assert client.post(reverse("desk:end_absence", args=[1])).status_code in (403, 404)
