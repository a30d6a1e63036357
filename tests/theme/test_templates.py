"""Every template is used, and none holds script or style of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Template

SOURCE = Path(__file__).resolve().parents[2] / "src/motcua"
TEMPLATES = sorted(
    path for app in ("theme", "portal", "desk") for path in (SOURCE / app).rglob("templates/**/*.html")
)
BY_STATUS = {"400", "403", "404", "409", "413", "500", "503", "form_expired"}
SPOKEN = "\n".join(
    path.read_text(encoding="utf-8") for path in [*TEMPLATES, *SOURCE.rglob("*.py")] if path.is_file()
)


def name_of(path: Path) -> str:
    return str(path).partition("/templates/")[2]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_is_used_by_somebody(path: Path) -> None:
    name = name_of(path)
    if path.stem in BY_STATUS or "/verbs/" in name or "filing/" in name:
        return  # chosen by a status, a verb's address or a step's name
    assert re.search(rf"[\"/]{path.stem}[\".]", SPOKEN)


SWAPPING = [path for path in TEMPLATES if "/portal/" in str(path) and "hx-target" in path.read_text("utf-8")]


def test_what_comes_anew_into_a_page_of_the_portal_says_what_it_is() -> None:
    """A screen reader hears only what `[data-mc-said]` holds (`faces.js`)."""
    assert SWAPPING
    silent = []
    for path in SWAPPING:
        text = path.read_text(encoding="utf-8")
        included = re.findall(r'{% include "(portal/[^"]+)"', text)
        parts = [text, *((SOURCE / "portal/templates" / name).read_text("utf-8") for name in included)]
        if not any("data-mc-said" in part for part in parts):
            silent.append(name_of(path))
    assert silent == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_holds_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:", text)


def test_comment_ends_on_the_line_on_which_it_begins() -> None:
    """Django ends it nowhere else: what goes over two lines stands on the page for everybody to read."""
    templates = [*TEMPLATES, *SOURCE.rglob("templates/**/*.txt")]
    shown = [
        f"{name_of(path)}: {line.strip()}"
        for path in templates
        for line in path.read_text(encoding="utf-8").splitlines()
        if "{#" in line and "#}" not in line.partition("{#")[2]
    ]
    assert shown == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("an.le@example.vn", "an.<wbr>le@<wbr>example.<wbr>vn"),
        ("<b>@example.vn", "&lt;b&gt;@<wbr>example.<wbr>vn"),
        ("Số 1. Lê Duẩn", "Số 1. Lê Duẩn"),
        ("gửi an@example.vn", "gửi an@example.vn"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_address_breaks_where_its_parts_meet(text: str, shown: str) -> None:
    page = Template("{% load motcua %}{{ text|broken_kindly }}")
    assert page.render(Context({"text": text})) == shown
