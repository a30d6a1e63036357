"""The terms of use, as people and officers meet them at a log-in, narrow and wide, without script too."""

from __future__ import annotations

import pytest
from tests.browser.conftest import NewVisitor
from tests.browser.test_walk_online import register
from tests.browser.town import AN, PASSWORD, Town

from motcua.accounts import queries as accounts
from motcua.accounts import services as account_services
from motcua.accounts.models import Account
from motcua.kernel.actors import SYSTEM


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 320)])
def test_officer_reads_the_duties_at_the_first_log_in(
    visitor: NewVisitor, town: Town, script: bool, width: int
) -> None:
    given = account_services.create_officer(
        actor=SYSTEM, username="hoa", full_name="Lý Thị Hoa", at=town.now()
    )
    actor = accounts.actor_of(given.account)
    account_services.change_password(actor=actor, current=given.password, new=PASSWORD, at=town.now())
    hoa = visitor(script=script, width=width)
    hoa.go("/noi-bo/dang-nhap/")
    hoa.fill(username="hoa", password=PASSWORD)
    held = hoa.press("Đăng nhập")
    assert held.get_by_role("heading", level=1).inner_text() == "Trách nhiệm và điều khoản sử dụng"
    hoa.press("Tôi đã đọc và sẽ thực hiện")
    assert "/dieu-khoan/" not in hoa.page.url
    told = hoa.go("/noi-bo/dieu-khoan/")
    assert "Bạn đã xác nhận bản này" in told.content()


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 320)])
def test_citizen_is_asked_again_at_the_log_in_after_the_terms_changed(
    visitor: NewVisitor, town: Town, script: bool, width: int
) -> None:
    account = Account.objects.create(
        kind="citizen",
        full_name=AN["full_name"],
        personal_id=AN["personal_id"],
        email=AN["email"],
        email_verified_at=town.now(),
        created_at=town.now(),
    )
    account.set_password(PASSWORD)
    account.save()
    an = visitor(script=script, width=width)
    an.go("/hop-thu/")
    an.fill(identifier=AN["email"], password=PASSWORD)
    held = an.press("Đăng nhập")
    assert held.get_by_role("heading", level=1).inner_text() == "Điều khoản sử dụng"
    an.press("Tôi đã đọc và đồng ý")
    assert an.page.url.endswith("/hop-thu/")


def test_who_registers_accepts_the_terms_and_is_not_asked_at_the_log_in(
    visitor: NewVisitor, town: Town
) -> None:
    register(visitor(script=False, width=360), town)
