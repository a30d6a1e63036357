"""A page drawn anew gets back what was typed on it, and nothing else of it changes."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.theme.filling import fill

PAGE = """<!doctype html><main id="main"><h1>Hồ sơ &amp; giấy tờ</h1>
<form method="post" action="/khac/"><input type="hidden" name="id" value="1"><input name="text"></form>
<form method="post">
  <input type="hidden" name="version" value="9">
  <input type="text" name="text" class="a checked" value="cũ" checked>
  <textarea name="note" rows="4">dòng &lt;cũ&gt;</textarea>
  <input type="checkbox" name="tick" value="a" checked><input type="checkbox" name="tick" value="b">
  <input type="radio" name="way" value="1"><input type="radio" name="way" value="2">
  <select name="place"><option value="">Chọn</option>
    <option value="7" selected>Bảy</option><option value="8">Tám</option>
  </select><input type="password" name="password"><input type="file" name="upload">
  <button name="go_on" value="yes">Lưu</button>
</form></main>"""


class Fields(HTMLParser):
    """What a browser would send of a page's last form, without its buttons."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self._select = self._text_of = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        name, value = known.get("name") or "", known.get("value") or ""
        if tag == "form":
            self.sent = []
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._text_of = name
            self.sent.append((name, ""))
        elif tag == "option" and "selected" in known:
            self.sent.append((self._select, value))
        elif tag == "input" and (known.get("type") not in ("checkbox", "radio") or "checked" in known):
            self.sent.append((name, value))

    def handle_data(self, data: str) -> None:
        if self._text_of:
            name, before = self.sent[-1]
            self.sent[-1] = (name, before + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            name, text = self.sent[-1]
            self.sent[-1] = (name, text.removeprefix("\n"))
            self._text_of = ""


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@given(
    text=TEXTS,
    note=TEXTS,
    ticks=st.sets(st.sampled_from("ab")),
    way=st.sampled_from("12"),
    place=st.sampled_from("78"),
)
def test_page_filled_in_sends_what_was_typed_and_its_own_hidden_values(
    text: str, note: str, ticks: set[str], way: str, place: str
) -> None:
    typed = [("version", "3"), ("text", text), ("note", note), *(("tick", each) for each in sorted(ticks))]
    typed += [("way", way), ("place", place), ("go_on", "yes")]
    filled = fill(PAGE, page="/trang/", action="/trang/", typed=typed)
    sent = Fields(filled.html).sent
    assert [pair for pair in sent if pair[0] not in ("password", "upload")] == [
        ("version", "9"),
        *typed[1:-1],
    ]
    assert filled.left == ()
    assert filled.html.startswith(PAGE[: PAGE.index('<form method="post">')])


def test_page_filled_in_never_takes_a_password_or_a_file() -> None:
    filled = fill(PAGE, page="/trang/", action="/trang/", typed=[("password", "x"), ("upload", "y")])
    assert 'type="password" name="password">' in filled.html
    assert 'type="file" name="upload">' in filled.html
    assert filled.fields == 0


def test_page_without_the_form_comes_back_unchanged_with_everything_left() -> None:
    typed = (("text", "chữ"),)
    filled = fill(PAGE, page="/trang/", action="/mat/", typed=typed)
    assert (filled.html, filled.fields, filled.left) == (PAGE, 0, typed)


def test_text_without_a_field_is_left() -> None:
    filled = fill(PAGE, page="/trang/", action="/trang/", typed=[("text", "a"), ("row-2", "b c")])
    assert (filled.fields, filled.left) == (1, (("row-2", "b c"),))


@pytest.mark.parametrize("number", ["1", "2", "3"])
def test_of_several_forms_the_one_with_the_same_hidden_values_is_filled(number: str) -> None:
    rows = "".join(
        f'<form method="post" action="/bo/"><input type="hidden" name="id" value="{each}"><input name="why">'
        "</form>"
        for each in "123"
    )
    filled = fill(rows, page="/", action="/bo/", typed=[("id", number), ("why", "nhầm")])
    assert filled.html.index('value="nhầm"') > filled.html.index(f'value="{number}"')
    assert filled.html.count("nhầm") == 1
    assert filled.html.split("</form>")[int(number) - 1].endswith('<input name="why" value="nhầm">')


def test_what_is_hidden_is_put_back_only_where_the_fresh_page_has_nothing() -> None:
    page = (
        '<form method="post"><input type="hidden" name="version" value="9"><input type="hidden" name="kept">'
    )
    filled = fill(page + "</form>", page="/", action="/", typed=[("version", "3"), ("kept", "tep:1")])
    assert Fields(filled.html).sent == [("version", "9"), ("kept", "tep:1")]
    assert filled.fields == 0
