"""An officer's lists in the browser: chosen by keyboard, kept, walked through from dossier to dossier."""

from __future__ import annotations

import pytest
from tests.browser.conftest import NewVisitor
from tests.browser.test_desk_pages import accepted, enter, registered, waiting
from tests.browser.town import Town

WIDTHS = [360, 1280]


@pytest.mark.parametrize("width", WIDTHS)
def test_list_is_narrowed_kept_and_walked_through(visitor: NewVisitor, town: Town, width: int) -> None:
    registered(town), accepted(town), waiting(town), registered(town)
    chi = enter(visitor, "chi", width)
    for slug in ("viec-cua-don-vi", "sap-tre", "cho-nguoi-khac", "da-lam-hom-nay"):
        chi.go(f"/noi-bo/{slug}/")
    page = chi.go("/noi-bo/viec-cua-don-vi/")
    page.locator(".mc-setting__summary").focus()
    page.keyboard.press("Enter")
    page.locator("[name=trang_thai]").select_option("submitted")
    for column in ("status", "unit", "officer", "channel", "filed", "opened"):
        page.locator(f"[name=cot][value={column}]").check()
    chi.press("Áp dụng")
    assert page.locator("tbody tr").count() == 2
    assert page.locator(".mc-work thead th").count() == 10
    chi.fill(name="Chờ tiếp nhận")
    chi.press("Giữ bộ lọc này")
    assert page.locator(".mc-rail [aria-current]").inner_text() == "Chờ tiếp nhận"
    page.locator(".mc-work__name").first.click()
    chi.check()
    first = page.url
    chi.follow("Hồ sơ tiếp theo")
    assert page.url != first
    chi.follow("Hồ sơ tiếp theo")  # there are two: the list begins anew
    assert page.get_by_role("heading", level=1).inner_text() == "Chờ tiếp nhận"
    chi.press("Bỏ bộ lọc này")
