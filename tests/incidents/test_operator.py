"""The body that runs the system under the regulation in force, and no other, acts for all of the province."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.dossiers.world import World
from tests.incidents.test_services import declare, end

from motcua.agencies import queries as agencies
from motcua.agencies.enums import AgencyKind, AgencyLevel, Role
from motcua.agencies.models import Agency, Position, Unit
from motcua.incidents import policy
from motcua.incidents.enums import Scope
from motcua.kernel.errors import Forbidden

pytestmark = pytest.mark.django_db
BODIES = {
    "office": "van-phong-ubnd-tinh",
    "dttt": "so-thong-tin-va-truyen-thong",
    "ict_centre": "trung-tam-cong-nghe-thong-tin-va-truyen-thong",
}
RUNS_IT = {"KT18": "ict_centre", "KT22": "office", "QN20": "dttt", "DL24": "office", "PT24": "dttt"}
EVERYWHERE: dict[str, Any] = {"scope": Scope.PROVINCE, "agency_id": None}


def at_a_body(world: World, name: str, body: str, role: Role) -> None:
    """From now on that officer holds that post at that body, and no other post."""
    given = {"province": world.agency.province, "key": BODIES[body]}
    agency = Agency.objects.filter(**given).first() or Agency.objects.create(
        **given, name=body, level=AgencyLevel.PROVINCE, kind=AgencyKind.DEPARTMENT
    )
    unit, _ = Unit.objects.get_or_create(agency=agency, key="vp", name="Văn phòng", kind="office")
    Position.objects.filter(account=world.people[name]).delete()
    Position.objects.create(account=world.people[name], unit=unit, role=role.value)
    agencies.forget()


@pytest.mark.clause("KT22-6.1", "QN20-23.1#1", "DL24-14.1#3", "KT18-17.2#1", "PT24-21.1#1")
@pytest.mark.parametrize("role", [Role.ADMIN, Role.APPROVER])
def test_body_that_runs_the_system_reports_and_ends_outages_of_all_and_of_any_agency(
    world: World, regulation: str, role: Role
) -> None:
    able = set()
    for body in BODIES:
        at_a_body(world, "giang", body, role)
        for place in (EVERYWHERE, {}):
            try:
                card = declare(world, "giang", **place)
            except Forbidden:
                continue
            assert end(world, card, "giang").window.ended_at == world.now
            able.add((body, card.window.scope))
    assert able == {(RUNS_IT[regulation], Scope.PROVINCE), (RUNS_IT[regulation], Scope.AGENCY)}


@pytest.mark.clause("KT22-6.1", "QN20-23.1#1", "DL24-14.1#3", "KT18-17.2#1", "PT24-21.1#1")
def test_who_only_works_at_the_body_that_runs_the_system_runs_nothing(world: World, regulation: str) -> None:
    for role in set(Role) - {Role.ADMIN, Role.APPROVER}:
        at_a_body(world, "giang", RUNS_IT[regulation], role)
        with pytest.raises(Forbidden):
            declare(world, "giang", **EVERYWHERE)


def test_another_regulation_gives_the_system_to_another_body(world: World, settings: Any) -> None:
    """Kon Tum, 24 March 2022: from the centre to the Office."""
    settings.PROVINCE = world.agency.province = "kon-tum"
    before, after = (world.moment("2022-03-23 09:00"), world.moment("2022-03-24 09:00"))
    able = []
    for body in ("ict_centre", "office"):
        at_a_body(world, "giang", body, Role.ADMIN)
        giang = world.actor("giang")
        able.append(
            [policy.may_declare_for_all(giang, policy.posts_of(giang, at), at) for at in (before, after)]
        )
    assert able == [[True, False], [False, True]]


def test_posts_are_those_of_the_day_here(world: World) -> None:
    """Half past six in the morning is the evening before in UTC."""
    Position.objects.filter(account=world.people["hanh"]).update(valid_from=date(2024, 3, 5))
    at = datetime(2024, 3, 4, 23, 30, tzinfo=UTC)
    assert policy.posts_of(world.actor("hanh"), at)
    assert not policy.posts_of(world.actor("hanh"), at - timedelta(hours=7))
