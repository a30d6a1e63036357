"""A form that is answered by anything but its own page: nothing typed is lost, and people read what to do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect
from pytest_django import Settings
from tests.browser.cables import Cable, Cut
from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.test_citizen_pages import log_in, world
from tests.browser.test_desk_pages import accepted
from tests.browser.town import PASSWORD, Town
from tests.dossiers.world import World

from motcua.agencies.models import Position
from motcua.dossiers import queries
from motcua.dossiers.enums import Status
from motcua.theme import stops

__all__ = ["world"]  # a fixture

TYPED = "Xin học bổng"
STAYS = "vẫn còn trên trang này"
BY_A_PROXY = {
    403: "Hệ thống không nhận nội dung vừa gửi, và chưa có gì bị thay đổi.",
    404: "Trang nhận nội dung vừa gửi không còn nữa, và chưa có gì bị thay đổi.",
    409: "Hệ thống không nhận nội dung vừa gửi, và chưa có gì bị thay đổi.",
    413: "Các tệp gửi cùng một lúc quá lớn",
    429: "Hệ thống đang có quá nhiều người gửi nên chưa nhận được.",
    500: "Hệ thống đang gián đoạn",
    502: "Hệ thống đang gián đoạn",
    504: "Hệ thống đang gián đoạn",
    200: "Hệ thống không nhận nội dung vừa gửi",  # the log-in page of a café
}


def write(device: Visitor, world: World) -> str:
    """A question of the e-form that An has answered and not sent."""
    path = f"/nop-ho-so/{world.draft().dossier_id}/to-khai/1/"
    device.go(path)
    device.fill(purpose=TYPED)
    return path


def answer_by_proxy(page: Page, status: int) -> None:
    def answer(route: Route) -> None:
        if route.request.method != "POST":
            route.fallback()
            return
        route.fulfill(status=status, content_type="text/html", body="<h1>nginx says no</h1>")

    page.unroute_all()
    page.route("**/*", answer)


def send(device: Visitor, name: str) -> None:
    device.page.get_by_role("button", name=name, exact=True).first.click()
    device.wait_until_sent()


def test_filing_answered_by_a_proxy_stays_and_is_sent_afterwards(visitor: NewVisitor, world: World) -> None:
    an = visitor(width=360)
    log_in(an, world, "an")
    an.page.clock.install()  # a second click within a second counts as the first; it need not be waited for
    path = write(an, world)
    page, said = an.page, an.page.locator("[data-mc-sending]")
    for status, words in BY_A_PROXY.items():
        answer_by_proxy(page, status)
        send(an, "Lưu và về danh sách việc")
        expect(said).to_contain_text(words)
        assert page.url.endswith(path)
        assert page.locator("[name=purpose]").input_value() == TYPED
        assert "nginx" not in page.inner_text("body")
        page.clock.fast_forward(1_500)
    page.unroute_all()
    an.check()
    an.press("Lưu và về danh sách việc")
    an.go(path)
    assert page.locator("[name=purpose]").input_value() == TYPED


def test_form_of_the_desk_answered_by_a_proxy_stays_and_is_done_once(visitor: NewVisitor, town: Town) -> None:
    act = accepted(town)
    chi = at_desk(visitor)
    page, said = chi.page, chi.page.locator("[data-mc-sending]")
    page.clock.install()
    chi.go(f"/noi-bo/ho-so/{act.dossier_id}/dinh-chinh/")
    page.locator("[name=what][value=contact]").check()
    chi.fill(phone="0905999999", reason=TYPED)
    for status, words in BY_A_PROXY.items():
        answer_by_proxy(page, status)
        send(chi, "Đính chính")
        expect(said).to_contain_text(words)
        assert page.locator("[name=reason]").input_value() == TYPED
        page.clock.fast_forward(1_500)
    page.unroute_all()
    chi.press("Đính chính")
    assert queries.state_of(act.dossier_id).contents.applicant.phone == "0905999999"


@pytest.mark.parametrize("script", [True, False])
def test_form_whose_session_ended_leads_over_the_log_in_to_what_was_typed(
    visitor: NewVisitor, town: Town, settings: Settings, script: bool
) -> None:
    act = accepted(town)
    chi = at_desk(visitor, script=script)
    page = chi.go(f"/noi-bo/ho-so/{act.dossier_id}/dinh-chinh/")
    page.locator("[name=what][value=contact]").check()
    chi.fill(phone="0905999999", reason=TYPED)
    chi.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    send(chi, "Đính chính")
    page.wait_for_url("**/dang-nhap/**")
    chi.fill(username="chi", password=PASSWORD)
    chi.press("Đăng nhập")
    assert page.locator("[name=reason]").input_value() == TYPED
    chi.press("Đính chính")
    assert queries.state_of(act.dossier_id).contents.applicant.phone == "0905999999"


def test_filing_from_a_browser_without_its_cookies_stays_and_says_what_to_do(
    visitor: NewVisitor, world: World
) -> None:
    an = visitor(width=360)
    log_in(an, world, "an")
    path = write(an, world)
    an.context.clear_cookies()
    send(an, "Lưu và về danh sách việc")
    said = an.page.locator("[data-mc-sending]")
    expect(said).to_contain_text("hệ thống chưa nhận thông tin vừa gửi, và chưa có gì bị thay đổi")
    expect(said).to_contain_text(STAYS)
    assert an.page.locator("[name=purpose]").input_value() == TYPED
    with an.context.expect_page() as opened:
        an.page.get_by_role("link", name="Mở lại trang này trong thẻ mới").click()
    opened.value.wait_for_url("**/dang-nhap/**")
    assert an.page.url.endswith(path)
    an.check()


def test_filing_sent_to_what_is_gone_stays(visitor: NewVisitor, world: World) -> None:
    an = visitor()
    log_in(an, world, "an")
    path = write(an, world)
    form = an.page.locator("form", has=an.page.locator("[data-mc-sending]"))
    form.evaluate("(form, to) => form.setAttribute('action', to)", f"/nop-ho-so/{uuid4()}/to-khai/1/")
    send(an, "Lưu và về danh sách việc")
    expect(an.page.locator("[data-mc-sending]")).to_contain_text(STAYS)
    assert an.page.url.endswith(path)
    assert an.page.locator("[name=purpose]").input_value() == TYPED
    an.check()


def test_filing_that_is_too_large_for_the_server_stays(
    visitor: NewVisitor, world: World, settings: Settings
) -> None:
    an = visitor()
    log_in(an, world, "an")
    path = write(an, world)
    settings.MAX_REQUEST_BYTES = 10
    send(an, "Lưu và về danh sách việc")
    expect(an.page.locator("[data-mc-sending]")).to_contain_text(BY_A_PROXY[413])
    assert an.page.url.endswith(path)
    assert an.page.locator("[name=purpose]").input_value() == TYPED


@pytest.mark.parametrize("script", [True, False])
def test_form_of_an_officer_whose_post_ended_keeps_what_was_written(
    visitor: NewVisitor, town: Town, script: bool
) -> None:
    act = accepted(town)
    chi = at_desk(visitor, script=script)
    chi.go(f"/noi-bo/ho-so/{act.dossier_id}/dinh-chinh/")
    chi.page.locator("[name=what][value=contact]").check()
    chi.fill(phone="0905999999", reason=TYPED)
    Position.objects.filter(account_id=int(town.officers["chi"].id)).delete()
    send(chi, "Đính chính")
    if script:
        said = chi.page.locator("[data-mc-sending]")
        expect(said).to_contain_text(STAYS)
        assert chi.page.locator("[name=reason]").input_value() == TYPED
    else:
        expect(chi.page.locator(".mc-kept").last).to_have_text(TYPED)
    chi.check()
    assert queries.state_of(act.dossier_id).status is Status.ACCEPTED


def at_desk(visitor: NewVisitor, *, script: bool = True) -> Visitor:
    chi = visitor(width=360, script=script)
    chi.go("/noi-bo/dang-nhap/")
    chi.fill(username="chi", password=PASSWORD)
    chi.press("Đăng nhập")
    return chi


def test_forms_of_the_portal_stay_while_the_network_is_away_and_are_sent_afterwards(
    visitor: NewVisitor, world: World, cable: Cable
) -> None:
    """Any form of the portal, by what the frame of its pages does: a message and what is kept of oneself."""
    an = visitor(width=360)
    log_in(an, world, "an", at=cable.url)
    page = an.page
    page.clock.install()  # a second click within a second counts as the first; it need not be waited for
    act = world.until("submit")
    thread, details = f"/ho-so-cua-toi/{act.dossier_id}/tin-nhan/", "/tai-khoan/thong-tin/"
    for path, field, button, done in (
        (thread, "text", "Gửi tin nhắn", TYPED),
        (details, "address", "Lưu", "Đã lưu thông tin của bạn."),
    ):
        an.go(cable.url + path)
        name = f"[name={field}]"
        page.locator(name).fill(TYPED)
        cable.set(Cut.BEFORE)
        send(an, button)
        said = page.locator("main [data-mc-sending]")
        expect(said).to_contain_text("chưa biết đã gửi được hay chưa")
        assert page.url == cable.url + path
        assert page.locator(name).input_value() == TYPED
        an.complaints.clear()  # the browser's own word of the broken line
        an.check()
        cable.set(Cut.NOT)
        page.clock.fast_forward(1_500)
        an.press(button)
        assert done in page.inner_text("main")
    an.go(cable.url + thread)
    assert page.locator(".mc-talk__text").all_inner_texts() == [TYPED]


@pytest.mark.parametrize("script", [True, False])
def test_form_that_meets_a_planned_stop_is_sent_when_it_is_over(
    visitor: NewVisitor, world: World, settings: Settings, tmp_path: Path, script: bool
) -> None:
    """With script the page stays; without, the answer carries what was typed and its button sends it."""
    settings.STATE_DIR = tmp_path
    an = visitor(width=360, script=script)
    log_in(an, world, "an")
    page = an.page
    if script:
        page.clock.install()
    an.go("/tai-khoan/thong-tin/")
    an.fill(address=TYPED)
    began = timezone.localtime()
    stops.begin(stops.Stop(began, began + timedelta(hours=2), "Nâng cấp."))
    page.get_by_role("button", name="Lưu", exact=True).click()
    again = "Lưu" if script else "Gửi lại / Send again"
    if script:
        expect(page.locator("main [data-mc-sending]")).to_contain_text("giữ trang này mở và bấm lại")
        assert page.locator("[name=address]").input_value() == TYPED
        page.clock.fast_forward(1_500)
    else:
        expect(page.locator(".typed")).to_have_text(TYPED)
    an.complaints.clear()  # the browser's own word of the answer 503
    stops.end()
    an.press(again)
    assert "Đã lưu thông tin của bạn." in page.inner_text("main")
    an.go("/tai-khoan/thong-tin/")
    assert page.locator("[name=address]").input_value() == TYPED
