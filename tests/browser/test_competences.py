"""Pages of what an agency settles, narrow and wide."""

from __future__ import annotations

from tests.browser.conftest import NewVisitor
from tests.browser.test_desk_pages import enter
from tests.browser.town import PROCEDURE, Town

from motcua.accounts import services as account_services
from motcua.kernel.actors import SYSTEM


def test_what_an_agency_settles_is_read_given_and_taken_away(visitor: NewVisitor, town: Town) -> None:
    officer = town.officers["lam"]
    account_services.set_admin(actor=SYSTEM, account_id=int(officer.id), is_admin=True, at=town.now())
    lam = enter(visitor, "lam")
    where = f"/noi-bo/quan-tri/co-quan/{town.agency.id}/thu-tuc/"
    lam.go(where)
    lam.go(f"{where}nhu-co-quan/")
    lam.go(f"{where}{PROCEDURE}/thoi/")
    lam.press("Thôi giao thủ tục")
    assert PROCEDURE not in lam.page.inner_text("main")
    lam.go(f"{where}them/?q={PROCEDURE[-3:]}")
    lam.press("Giao thủ tục")  # nothing chosen yet
    assert lam.page.title().startswith("Lỗi:")
    lam.page.locator(f"[name=code][value='{PROCEDURE}']").check()
    lam.press("Giao thủ tục")
    assert PROCEDURE in lam.page.inner_text("main")
