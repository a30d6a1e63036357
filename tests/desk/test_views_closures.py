"""The pages of an agency's closures: form, preview, announcement, withdrawal."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk.conftest import At
from tests.dossiers.world import World, moment

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Agency, LocalClosure, Position

pytestmark = pytest.mark.django_db
ASKED = {"first_day": "2024-03-07", "reason": "Tránh bão", "source": "Thông báo 45/TB-STP"}


@pytest.fixture
def em(world: World, at_desk: At) -> Client:
    """The head of the desk."""
    Position.objects.create(account=world.people["em"], unit=world.units[UnitKind.DESK], role=Role.DESK_HEAD)
    return at_desk("em")


def address(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def new(world: World) -> str:
    return address("new_closure", world.agency.pk)


def announce(world: World, client: Client) -> LocalClosure:
    plan = client.post(new(world), ASKED | {"preview": "1"}).context["plan"]
    client.post(new(world), ASKED | {"save": "1", "seen": plan.seen})
    return LocalClosure.objects.latest("id")


def test_only_agency_is_opened_at_once_and_names_the_closure(world: World, em: Client, at_desk: At) -> None:
    made = announce(world, em)
    assert em.get(address("closures")).url == address("agency_closures", world.agency.pk)
    for client, may_close in ((em, True), (at_desk("chi"), False)):
        page = client.get(address("agency_closures", world.agency.pk))
        assert [line["card"].id for line in page.context["ahead"]] == [made.pk]
        assert page.context["may_close"] is may_close


def test_pages_are_closed_to_strangers_and_new_to_who_only_works_there(
    world: World, em: Client, at_desk: At
) -> None:
    made = announce(world, em)
    giang, chi = at_desk("giang"), at_desk("chi")
    places = [address("closures"), address("agency_closures", world.agency.pk), address("closure", made.pk)]
    assert [giang.get(each).status_code for each in places] == [403, 403, 403]
    assert [chi.get(each).status_code for each in places[1:]] == [200, 200]
    assert chi.get(new(world)).status_code == 403
    assert chi.post(new(world), ASKED | {"save": "1", "seen": "0.0"}).status_code == 403
    assert chi.post(address("withdraw_closure", made.pk)).status_code == 403


def test_preview_lists_old_and_new_moment_before_anything_is_saved(world: World, em: Client) -> None:
    act = world.accept(world.register())
    page = em.post(new(world), ASKED | {"preview": "1"})
    assert page.status_code == 200
    text = page.content.decode()
    assert act.code in text
    promised = world.state(act).due_at
    assert promised is not None
    assert f"{promised:%H:%M} 07/03/2024" in text
    assert f"{promised:%H:%M} 08/03/2024" in text
    assert "Nguyễn Văn An" not in text
    assert (page.context["plan"].counts.moved, page.context["plan"].counts.in_vain) == (1, 1)
    assert not LocalClosure.objects.exists()


def test_preview_can_be_changed_and_keeps_what_was_typed(world: World, em: Client) -> None:
    page = em.post(new(world), ASKED | {"change": "1"})
    assert page.status_code == 200
    assert 'value="Thông báo 45/TB-STP"' in page.content.decode()


def test_saved_closure_is_shown_with_whom_it_touches_and_withdrawn(world: World, em: Client) -> None:
    act = world.accept(world.register())
    made = announce(world, em)
    page = em.get(address("closure", made.pk))
    assert [item.dossier_id for item in page.context["page"].items] == [act.dossier_id]
    assert page.context["may_withdraw"] is True
    em.post(address("withdraw_closure", made.pk))
    assert em.get(address("closure", made.pk)).context["page"] is None
    assert em.post(address("withdraw_closure", made.pk)).status_code == 409


def test_part_of_a_day_is_closed_by_the_hour(world: World, em: Client) -> None:
    hours = {"from_hour": "13:30", "to_hour": "17:30"}
    seen = em.post(new(world), ASKED | hours | {"preview": "1"}).context["plan"].seen
    em.post(new(world), ASKED | hours | {"save": "1", "seen": seen})
    on = moment("2024-03-07 08:00").date()
    assert [str(each) for each in agencies.calendar_of(world.agency.pk, on).hours_on(on)] == ["07:30-11:30"]


def test_preview_of_somebody_slower_is_drawn_again_and_nothing_saved(world: World, em: Client) -> None:
    announce(world, em)
    page = em.post(new(world), ASKED | {"first_day": "2024-03-08", "save": "1", "seen": "0.0"})
    assert page.status_code == 409
    assert "Vừa có người khác thay đổi lịch nghỉ" in page.content.decode()
    assert page.context["plan"].seen != "0.0"
    assert LocalClosure.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first_day": ""}, "first_day"),
        ({"first_day": "0001-01-01"}, "first_day"),
        ({"first_day": "9999-12-31"}, "first_day"),
        ({"first_day": "nonsense"}, "first_day"),
        ({"last_day": "2024-03-06"}, "last_day"),
        ({"last_day": "9999-12-31"}, "last_day"),
        ({"from_hour": "13:30"}, "to_hour"),
        ({"from_hour": "13:30", "to_hour": "13:30"}, "to_hour"),
        ({"last_day": "2024-03-08", "from_hour": "13:30", "to_hour": "17:30"}, "last_day"),
        ({"reason": ""}, "reason"),
        ({"reason": "x\x07y"}, "reason"),
        ({"source": "x" * 201}, "source"),
    ],
)
def test_bad_entry_is_told_beside_its_field(
    world: World, em: Client, typed: dict[str, str], field: str
) -> None:
    for button in ({"preview": "1"}, {"save": "1", "seen": "0.0"}):
        page = em.post(new(world), ASKED | typed | button)
        assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert not LocalClosure.objects.exists()


def test_refused_closure_is_told_on_the_form(world: World, em: Client) -> None:
    page = em.post(new(world), ASKED | {"first_day": "2024-03-09", "preview": "1"})
    assert page.status_code == 422
    assert "Cơ quan vốn không làm việc" in page.content.decode()


@pytest.mark.parametrize("after", ["nonsense", "WzEsMl0=", "é"])
def test_forged_cursor_starts_from_the_beginning(world: World, em: Client, after: str) -> None:
    act = world.accept(world.register())
    page = em.post(new(world), ASKED | {"after": after})
    assert [item.dossier_id for item in page.context["page"].items] == [act.dossier_id]


def test_agency_or_closure_that_is_not_there_is_not_found(world: World, em: Client) -> None:
    for number in (Agency.objects.latest("id").pk + 1, 2**70):
        assert em.get(address("agency_closures", number)).status_code == 404
        assert em.get(address("closure", number)).status_code == 404
