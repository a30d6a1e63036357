"""Whoever changes the language on a page finds there what was typed and not sent."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import NewVisitor
from tests.browser.test_citizen_pages import log_in, world
from tests.browser.test_desk_pages import accepted
from tests.browser.test_sending import at_desk
from tests.browser.town import Town
from tests.dossiers.world import World

from motcua.dossiers import queries

__all__ = ["world"]  # a fixture

TYPED = "Xin học bổng"
LOSES = "Lưu trước khi đổi ngôn ngữ: phần chưa lưu sẽ mất."


def value(page: Page, name: str) -> str:
    return str(page.locator(f"main [name={name}]").first.input_value())


def test_answer_of_a_filing_comes_along_both_ways(visitor: NewVisitor, world: World) -> None:
    an = visitor(width=360)
    log_in(an, world, "an")
    dossier_id = world.draft().dossier_id
    an.go(f"/nop-ho-so/{dossier_id}/to-khai/1/")
    an.fill(purpose=TYPED)
    asked: list[str] = []
    an.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    an.press("English")
    assert value(an.page, "purpose") == TYPED
    assert "học" not in an.page.url
    expect(an.page.get_by_role("status").first).to_contain_text("What you typed is still here")
    an.fill(purpose=f"{TYPED} sớm")
    an.press("Tiếng Việt")
    assert value(an.page, "purpose") == f"{TYPED} sớm"
    assert asked == []
    an.press("Lưu và về danh sách việc")
    assert queries.state_of(dossier_id).contents.form_data["purpose"] == f"{TYPED} sớm"
    an.go(f"/nop-ho-so/{dossier_id}/to-khai/1/")
    assert an.page.get_by_text("Những gì bạn đã gõ còn đây").count() == 0


def test_screens_of_the_registration_come_along_without_the_password(
    visitor: NewVisitor, world: World
) -> None:
    anybody = visitor(width=360)
    anybody.go("/dang-ky/")
    anybody.fill(full_name="Nguyễn Thị Hoa", personal_id="066090001234")
    anybody.press("English")
    assert value(anybody.page, "full_name") == "Nguyễn Thị Hoa"
    anybody.press("Continue")
    anybody.fill(phone="0905123456", email="hoa@example.vn")
    anybody.press("Tiếng Việt")
    assert [value(anybody.page, name) for name in ("phone", "email")] == ["0905123456", "hoa@example.vn"]
    anybody.press("Tiếp tục")
    anybody.fill(password="mot mat khau that dai 9")
    anybody.press("English")
    assert value(anybody.page, "password") == ""
    expect(anybody.page.get_by_text("Passwords and codes must be typed again.")).to_be_visible()
    expect(anybody.page.get_by_text("Step 3 of 3")).to_be_visible()
    anybody.press("Back")
    assert value(anybody.page, "phone") == "0905123456"


def test_form_of_the_desk_comes_along_and_is_done_once(visitor: NewVisitor, town: Town) -> None:
    act = accepted(town)
    chi = at_desk(visitor)
    chi.go(f"/noi-bo/ho-so/{act.dossier_id}/dinh-chinh/")
    chi.page.locator("[name=what][value=contact]").check()
    chi.fill(phone="0905999999", reason=TYPED)
    chi.press("English")
    assert [value(chi.page, name) for name in ("phone", "reason")] == ["0905999999", TYPED]
    assert chi.page.locator("[name=what][value=contact]").is_checked()
    chi.press("Tiếng Việt")
    chi.press("Đính chính")
    assert queries.state_of(act.dossier_id).contents.applicant.phone == "0905999999"


def test_page_on_which_nothing_was_typed_is_shown_as_ever(visitor: NewVisitor, world: World) -> None:
    an = visitor(width=360)
    log_in(an, world, "an")
    path = f"/nop-ho-so/{world.draft().dossier_id}/to-khai/1/"
    an.go(path)
    an.press("English")
    assert an.page.url == an.site + path
    assert an.page.get_by_text("What you typed is still here").count() == 0


@pytest.mark.parametrize("path", ["/dang-ky/", "/lien-he/", "/dang-nhap/", "/du-lieu-ca-nhan/", "/thu-tuc/"])
def test_without_script_the_page_says_before_that_it_would_be_lost(visitor: NewVisitor, path: str) -> None:
    anybody = visitor(width=360, script=False)
    anybody.go(path)
    said = anybody.page.get_by_text(LOSES)
    expect(said).to_be_visible() if path == "/dang-ky/" else expect(said).to_be_hidden()
