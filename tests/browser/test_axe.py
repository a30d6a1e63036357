"""A page is not asked again that is built like one found whole: what makes the difference must be seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.browser import axe

PAGE = (
    '<!doctype html><html lang="vi"><head><title>t</title>'
    "<style>.dark {{ background: #333 }} .grey {{ color: #666 }} .faint {{ color: #ccc }}</style></head>"
    "<body><main><h1>H</h1>{}</main></body></html>"
)
NAV = '<nav aria-label="{}"><a href="#a">a</a></nav>'
FIELDS = '<label for="{}">A</label><input id="{}"><label for="{}">B</label><input id="{}">'
GROUND = '<div class="{}"><div><div><p class="grey">chữ</p></div></div></div>'


@pytest.mark.parametrize(
    ("whole", "faulty", "rule"),
    [
        (NAV.format(1) + NAV.format(2), NAV.format(1) + NAV.format(1), "landmark-unique"),
        (FIELDS.format("x", "x", "y", "y"), FIELDS.format("x", "x", "x", "y"), "label"),
        (
            '<label>E<input autocomplete="email"></label>',
            '<label>E<input autocomplete="e-post"></label>',
            "autocomplete-valid",
        ),
        (
            '<a href="#q"><img src="data:," alt="tranh">Xem</a>',
            '<a href="#q"><img src="data:," alt="Xem">Xem</a>',
            "image-redundant-alt",
        ),
        ('<p lang="fr">x</p>', '<p lang="qqq-x">x</p>', "valid-lang"),
        ('<p class="faint" hidden>chữ</p>', '<p class="faint">chữ</p>', "color-contrast"),
        (GROUND.format("light"), GROUND.format("dark"), "color-contrast"),
        ('<button type="button">a</button>', '<button type="button"> </button>', "button-name"),
    ],
)  # fmt: skip
def test_page_of_another_build_is_asked(browser: Browser, whole: str, faulty: str, rule: str) -> None:
    context = axe.prepare(browser.new_context())
    page = context.new_page()
    page.goto("data:text/html,<title>t</title>")
    page.set_content(PAGE.format(whole))
    assert axe.look(page, axe.EVERYTHING) == []
    page.set_content(PAGE.format(faulty))
    assert any(each.startswith(f"{rule}:") for each in axe.look(page, axe.EVERYTHING))
    context.close()
