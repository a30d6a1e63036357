"""The permission to share what was registered: asked, recorded, shown among my data, taken back."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from tests.dossiers.world import World
from tests.portal.conftest import Browser

from motcua.accounts import services
from motcua.accounts.models import SharingChoice
from motcua.accounts.queries import sharing
from motcua.kernel.errors import Forbidden

PAGE = "/tai-khoan/chia-se-du-lieu/"


@pytest.mark.clause("DL24-24.9")
def test_permission_is_given_shown_among_my_data_and_taken_back(world: World, browser_of: Browser) -> None:
    an, client = world.people["an"].pk, browser_of("an")
    assert not sharing.may_share(an)
    page = client.get(PAGE)
    assert page.context["clauses"] == ("DL24-18.5", "DL24-24.9")
    assert client.post(PAGE, {"cho-phep": "co"}).status_code == 302
    assert sharing.may_share(an)
    assert "Bạn cho phép chia sẻ, từ" in client.get("/tai-khoan/du-lieu/").content.decode()
    assert ": cho phép" in client.get("/tai-khoan/du-lieu/tai-ve/").content.decode()
    client.post(PAGE, {"cho-phep": "khong"})
    assert [each.is_allowed for each in sharing.sharing_said(an)] == [False, True]
    assert not sharing.may_share(an)
    assert "Bạn thôi cho phép chia sẻ, từ" in client.get("/tai-khoan/du-lieu/").content.decode()


def test_saying_the_same_again_is_not_another_word(world: World) -> None:
    an = world.actor("an")
    for is_allowed in (False, True, True):
        services.choose_sharing(actor=an, at=world.later(minutes=1), is_allowed=is_allowed)
    assert [each.is_allowed for each in sharing.sharing_said(int(an.id))] == [True]
    assert not sharing.may_share(world.people["binh"].pk)


def test_only_citizens_say_so_and_what_was_said_cannot_be_changed(world: World) -> None:
    with pytest.raises(Forbidden):
        services.choose_sharing(actor=world.actor("chi"), at=world.now, is_allowed=True)
    services.choose_sharing(actor=world.actor("an"), at=world.now, is_allowed=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        SharingChoice.objects.update(is_allowed=False)
