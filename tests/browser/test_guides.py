"""The guides in the browser: light, readable on a phone and on paper, and one key away at the desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import NewVisitor
from tests.browser.test_desk_pages import enter
from tests.browser.test_portal_public import DEVICES, world  # noqa: F401 - the fixture
from tests.browser.test_weight import FIRST_VISIT, NEXT_VISIT, Scales, line  # noqa: F401 - the fixture
from tests.browser.town import Town
from tests.dossiers.world import World


@pytest.mark.parametrize(("width", "script"), DEVICES)
def test_help_leads_from_a_search_into_the_guide(
    visitor: NewVisitor,
    world: World,  # noqa: F811
    width: int,
    script: bool,
) -> None:
    device = visitor(width=width, script=script)
    page = device.go("/huong-dan/")
    page.locator("#q").fill("bo sung")
    device.press("Tìm")
    device.follow("Bổ sung hồ sơ")
    assert page.url.endswith("/huong-dan/nguoi-dan/#bo-sung-ho-so")
    assert page.locator("h3:target").inner_text() == "Bổ sung hồ sơ"
    picture = page.locator(".mc-guide__picture").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("each => each.naturalWidth > 0", arg=picture.element_handle())
    assert ("-phone" in picture.evaluate("each => each.currentSrc")) is (width < 640)


def test_guide_is_light_without_its_lazy_pictures(browser: Browser, line: str) -> None:  # noqa: F811
    scales = Scales(browser, line)
    first = scales.visit("/huong-dan/nguoi-dan/")
    pictures = [headers for path, headers in first.answers.items() if path.endswith(".webp")]
    again = scales.visit("/huong-dan/nguoi-dan/")
    scales.context.close()
    assert first.bytes - sum(int(each["content-length"]) for each in pictures) <= FIRST_VISIT
    assert again.bytes <= NEXT_VISIT


def test_help_for_the_page_is_one_key_away_in_a_tab_of_its_own(visitor: NewVisitor, town: Town) -> None:
    chi = enter(visitor, "chi")
    page = chi.go("/noi-bo/tiep-nhan/")
    page.locator("[name=name]").fill("Đang nhận dở")
    page.locator("[name=name]").blur()
    with page.context.expect_page() as opened:
        page.keyboard.press("h")
    assert opened.value.locator("h3:target").inner_text() == "Nhận hồ sơ tại quầy"
    opened.value.close()
    assert page.locator("[name=name]").input_value() == "Đang nhận dở"
    chi.go("/noi-bo/huong-dan/?q=su%20co")
    chi.follow("Hệ thống có sự cố, ghi sổ giấy")
