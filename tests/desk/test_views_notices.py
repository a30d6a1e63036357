"""Notices to everybody, written at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk.conftest import At
from tests.dossiers.world import MONDAY, World, typed_at

from motcua.accounts.models import Account
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.audit import queries as audit
from motcua.notify import queries as notify
from motcua.notify.models import PublicNotice

pytestmark = pytest.mark.django_db
TYPED = {
    "kind": "stop",
    "title": "Tạm ngừng tối thứ Bảy",
    "body": "Từ 20:00 đến 22:00.",
    "title_english": "Planned stop",
} | typed_at("shown_to", "22:00 09/03/2024")


@pytest.fixture
def giang(world: World, at_desk: At) -> Client:
    """The province's administrator."""
    Account.objects.filter(username="giang").update(is_admin=True)
    world.people["giang"].refresh_from_db()
    return at_desk("giang")


def address(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def give(client: Client, **typed: str) -> PublicNotice:
    client.post(address("new_notice"), TYPED | {"give": "1"} | typed)
    return PublicNotice.objects.latest("id")


def titles(world: World, **later: int) -> list[str]:
    return [each.title for each in notify.notices(world.now + timedelta(**later))]


def test_notice_is_given_at_once_and_kept_in_the_chain(world: World, giang: Client) -> None:
    made = give(giang)
    assert titles(world) == ["Tạm ngừng tối thứ Bảy"]
    assert (made.given_by, made.title_english) == ("Giang", "Planned stop")
    (act,) = audit.acts(what=f"notice:{made.pk}")
    assert (act.act, act.facts["name"]) == ("notice_given", "Tạm ngừng tối thứ Bảy")


def test_button_pressed_twice_gives_one_notice(world: World, giang: Client) -> None:
    give(giang)
    page = giang.post(address("new_notice"), TYPED | {"give": "1"})
    assert "đã được đăng" in page.content.decode()
    assert PublicNotice.objects.count() == 1


def test_scheduled_notice_waits_also_on_the_page_of_all_notices(world: World, giang: Client) -> None:
    give(giang, **typed_at("shown_from", "08:00 08/03/2024"))
    assert (titles(world), titles(world, days=4)) == ([], ["Tạm ngừng tối thứ Bảy"])
    assert notify.shown_notices(world.now) == ()
    (line,) = giang.get(address("notices")).context["lines"]
    assert (line["state"], line["may_end"]) == ("sẽ hiện", True)


def test_preview_draws_the_notice_and_gives_nothing(world: World, giang: Client) -> None:
    page = giang.post(address("new_notice"), TYPED | {"preview": "1", "body": "<b>Đậm</b>"})
    assert "&lt;b&gt;Đậm" in page.content.decode()
    assert page.context["preview"].is_stop
    assert not PublicNotice.objects.exists()


def test_notice_is_ended_once(world: World, giang: Client) -> None:
    made = give(giang)
    giang.post(address("end_notice", made.pk))
    assert titles(world) == []
    assert giang.post(address("end_notice", made.pk)).status_code == 404
    assert [act.act for act in audit.acts(what=f"notice:{made.pk}")] == ["notice_ended", "notice_given"]


def test_notice_withdrawn_before_its_time_is_never_public(world: World, giang: Client) -> None:
    made = give(giang, **typed_at("shown_from", "08:00 08/03/2024"))
    giang.post(address("end_notice", made.pk))
    assert notify.shown_notices(MONDAY + timedelta(days=7)) == ()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"body": "x" * 2001}, "body"),
        ({"kind": "urgent"}, "kind"),
        ({"shown_to_day": "mai"}, "shown_to"),
        (typed_at("shown_to", "07:00 04/03/2024"), "__all__"),
        (typed_at("shown_from", "23:00 09/03/2024"), "__all__"),
    ],
)
def test_bad_notice_is_told_and_not_given(
    world: World, giang: Client, typed: dict[str, str], field: str
) -> None:
    page = giang.post(address("new_notice"), TYPED | {"give": "1"} | typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert not PublicNotice.objects.exists()


def test_pages_are_for_the_provinces_administrator(world: World, giang: Client, at_desk: At) -> None:
    Position.objects.create(account=world.people["lan"], unit=world.units[UnitKind.OFFICE], role=Role.ADMIN)
    made = give(giang)
    for name in ("chi", "lan"):
        client = at_desk(name)
        assert client.get(address("notices")).status_code == 403
        assert client.post(address("new_notice"), TYPED | {"give": "1"}).status_code == 403
        assert client.post(address("end_notice", made.pk)).status_code == 403
    assert titles(world) == ["Tạm ngừng tối thứ Bảy"]
    assert giang.post(address("end_notice", 2**70)).status_code == 404


def test_list_goes_on_page_by_page(world: World, giang: Client) -> None:
    made = [give(giang, title=f"Thông báo {number}").pk for number in range(31)]
    first = giang.get(address("notices"))
    second = giang.get(address("notices") + first.context["next"])
    seen = [line["notice"].id for page in (first, second) for line in page.context["lines"]]
    assert seen == made[::-1]
