"""Two administrators at one post or one officer at one moment: real threads, real transactions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.dossiers.test_concurrency import cutting_in
from tests.dossiers.world import MONDAY, World, make_world

from motcua.accounts.models import Account
from motcua.agencies import queries, services
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.errors import PostIsOver
from motcua.agencies.models import Position
from motcua.agencies.services import administration
from motcua.audit import queries as audit
from motcua.audit.rules import chain
from motcua.kernel.errors import NotFound, Refusal

pytestmark = pytest.mark.django_db(transaction=True)
AT = MONDAY
TODAY = AT.date()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """Giang is administrator of the province."""
    queries.forget()
    made = make_world()
    Account.objects.filter(username="giang").update(is_admin=True)
    yield made
    queries.forget()


def given(world: World, days_ago: int) -> int:
    return services.appoint(
        actor=world.actor("giang"),
        at=AT,
        account_id=world.people["em"].pk,
        unit_id=world.units[UnitKind.DIVISION].pk,
        role=Role.UNIT_HEAD,
        valid_from=TODAY - timedelta(days=days_ago),
    )


def acts() -> list[str]:
    return [each.act for each in audit.acts()][::-1]


def test_post_that_is_taken_back_while_another_writes_its_end_stays_taken_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    post, giang = given(world, 9), world.actor("giang")
    later = TODAY + timedelta(days=30)

    def ends() -> None:
        services.relieve(actor=giang, at=AT, position_id=post, last_day=later)

    with cutting_in(monkeypatch, administration, "tell_of_post", ends) as came:
        services.take_back(actor=giang, at=AT, position_id=post)
    assert isinstance(came[0], PostIsOver)
    assert Position.objects.get(pk=post).valid_to == YESTERDAY
    assert acts() == ["post_given", "post_taken_back"]


@pytest.mark.parametrize(("days_ago", "refusal"), [(0, NotFound), (9, PostIsOver)])
def test_post_that_two_take_back_at_one_moment_is_taken_back_once(
    world: World, monkeypatch: pytest.MonkeyPatch, days_ago: int, refusal: type[Refusal]
) -> None:
    """Pressed twice: whoever comes second finds it gone, or over."""
    post = given(world, days_ago)

    def take_back() -> None:
        services.take_back(actor=world.actor("giang"), at=AT, position_id=post)

    with cutting_in(monkeypatch, administration, "tell_of_post", take_back) as came:
        take_back()
    assert type(came[0]) is refusal
    assert acts() == ["post_given", "post_taken_back"]


@pytest.mark.parametrize("ends", [False, True])
def test_absence_is_told_while_an_administrator_gives_the_substitute_a_password(
    world: World, monkeypatch: pytest.MonkeyPatch, ends: bool
) -> None:
    """The letter refers to the account that the administrator holds, and both write to the chain of acts."""
    lan, em = world.actor("lan"), world.people["em"].pk

    def record() -> int:
        return services.record_absence(
            actor=lan, at=AT, account_id=world.people["dung"].pk, substitute_id=em,
            first_day=TODAY, last_day=TODAY, reason="Đi họp",
        )  # fmt: skip

    absence = record() if ends else 0

    def gives() -> None:
        services.give_password(actor=world.actor("giang"), at=AT, account_id=em)

    with cutting_in(monkeypatch, chain, "entry", gives) as came:  # the chain of acts is held from here on
        if ends:
            services.end_absence(actor=lan, at=AT, absence_id=absence)
        else:
            record()
    assert came == [None]
    assert set(acts()) >= {"password_given", "absence_ended" if ends else "absence_recorded"}


def test_account_with_a_first_post_is_made_while_another_is_given_a_post_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    giang, unit = world.actor("giang"), world.units[UnitKind.DIVISION].pk

    def gives() -> int:
        return given(world, 0)

    with cutting_in(monkeypatch, chain, "entry", gives) as came:
        services.add_officer(
            actor=giang, at=AT, full_name="Người Mới", username="moi", unit_id=unit, role=Role.CASE_OFFICER
        )
    assert isinstance(came[0], int)
    assert acts() == ["officer_created", "post_given", "post_given"]


def test_code_of_an_agency_is_changed_while_a_unit_is_added(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    giang, agency = world.actor("giang"), world.agency

    def identifies() -> None:
        services.identify_agency(actor=giang, at=AT, agency_id=agency.pk, code="H15.77", parent_id=None)

    with cutting_in(monkeypatch, chain, "entry", identifies) as came:
        services.add_unit(actor=giang, at=AT, agency_id=agency.pk, name="Phòng Mới", kind=UnitKind.DIVISION)
    assert came == [None]
    assert acts() == ["unit_added", "agency_identified"]
