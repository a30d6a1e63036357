"""The permission to share what was registered: asked, recorded, shown among my data, taken back."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from tests.dossiers.world import World
from tests.portal.conftest import Browser

from motcua.accounts import services
from motcua.accounts.models import SharingChoice
from motcua.accounts.queries import sharing
from motcua.accounts.rules.sharing import WORDING
from motcua.kernel.errors import Forbidden

PAGE = "/tai-khoan/chia-se-du-lieu/"


@pytest.mark.clause("DL24-24.9")
def test_permission_is_given_shown_among_my_data_and_taken_back(world: World, browser_of: Browser) -> None:
    an, client = world.people["an"].pk, browser_of("an")
    assert not sharing.may_share(an)
    page = client.get(PAGE)
    assert page.context["clauses"] == ("DL24-18.5", "DL24-24.9")
    assert client.post(PAGE, {"cho-phep": "co", "loi-hoi": WORDING}).status_code == 302
    assert sharing.may_share(an)
    assert "Bạn cho phép chia sẻ, từ" in client.get("/tai-khoan/du-lieu/").content.decode()
    assert ": cho phép" in client.get("/tai-khoan/du-lieu/tai-ve/").content.decode()
    client.post(PAGE, {"cho-phep": "khong", "loi-hoi": WORDING})
    assert [(each.is_allowed, each.wording) for each in sharing.sharing_said(an)] == [
        (False, WORDING),
        (True, WORDING),
    ]
    assert not sharing.may_share(an)
    assert "Bạn thôi cho phép chia sẻ, từ" in client.get("/tai-khoan/du-lieu/").content.decode()


def test_saying_the_same_again_is_not_another_word(world: World) -> None:
    an = world.actor("an")
    for is_allowed in (False, True, True):
        services.choose_sharing(actor=an, at=world.later(minutes=1), is_allowed=is_allowed, wording=WORDING)
    assert [each.is_allowed for each in sharing.sharing_said(int(an.id))] == [True]
    assert not sharing.may_share(world.people["binh"].pk)


def test_only_citizens_say_so_and_what_was_said_cannot_be_changed(world: World) -> None:
    with pytest.raises(Forbidden):
        services.choose_sharing(actor=world.actor("chi"), at=world.now, is_allowed=True, wording=WORDING)
    services.choose_sharing(actor=world.actor("an"), at=world.now, is_allowed=True, wording=WORDING)
    with pytest.raises(DatabaseError), transaction.atomic():
        SharingChoice.objects.update(is_allowed=False)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"cho-phep": "x", "loi-hoi": WORDING},
        {"cho-phep": "khong"},
        {"cho-phep": "co", "loi-hoi": "2020-1"},
    ],
)
def test_what_answers_nothing_is_refused_and_changes_nothing(
    world: World, browser_of: Browser, given: dict[str, str]
) -> None:
    an, client = world.actor("an"), browser_of("an")
    services.choose_sharing(actor=an, at=world.now, is_allowed=True, wording=WORDING)
    answer = client.post(PAGE, given)
    assert (answer.status_code, "Chưa ghi nhận lựa chọn nào" in answer.content.decode()) == (422, True)
    assert [each.is_allowed for each in sharing.sharing_said(int(an.id))] == [True]
