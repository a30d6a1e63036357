"""That the agency is closed at the promised moment, told to whoever comes for a result that lies ready."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.dossiers.world import World
from tests.portal.conftest import Browser

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.agencies.services import ClosureWish
from motcua.dossiers import services
from motcua.dossiers.rules.state import ResultDelivery
from motcua.dossiers.services import Act

pytestmark = pytest.mark.django_db
SAID = "Đúng lúc đã hẹn, cơ quan không làm việc"


def close(world: World) -> None:
    """Thursday, for which dossiers of Monday are promised."""
    Position.objects.create(account=world.people["em"], unit=world.units[UnitKind.DESK], role=Role.DESK_HEAD)
    days = world.moment("2024-03-07 00:00"), world.moment("2024-03-08 00:00")
    wish = ClosureWish(world.agency.pk, *days, "Tránh bão", "Thông báo 45/TB-STP")
    seen = agencies.closures_mark(world.agency.pk)
    services.close_agency(actor=world.actor("em"), at=world.later(minutes=1), wish=wish, seen=seen)


def pages(world: World, act: Act, browser_of: Browser) -> list[str]:
    own = browser_of("an").get(reverse("portal:own_dossier", args=[act.dossier_id]))
    public = Client().get(f"/tra-cuu/{world.state(act).code}")
    assert (own.status_code, public.status_code) == (200, 200)
    return [own.content.decode(), public.content.decode()]


@pytest.mark.parametrize("verb", ["accept", "issue", "announce"])
def test_pages_say_until_it_opens_that_the_agency_is_closed_then(
    world: World, browser_of: Browser, verb: str
) -> None:
    act = world.until(verb)
    assert not any(SAID in page for page in pages(world, act, browser_of))
    close(world)
    assert all(SAID in page for page in pages(world, act, browser_of))
    world.now = world.moment("2024-03-08 08:00")
    assert all((SAID in page) is (verb == "accept") for page in pages(world, act, browser_of))


def test_pages_say_nothing_of_it_where_nobody_comes_or_all_is_over(world: World, browser_of: Browser) -> None:
    post = world.accept(world.submit(world.draft(delivery=ResultDelivery("postal", "Buôn Ma Thuột"))))
    post = world.issue(world.approve(world.propose(world.assign(world.hand_over(post)))))
    over = world.until("give_back")
    close(world)
    for act in (post, over):
        assert not any(SAID in page for page in pages(world, act, browser_of))
