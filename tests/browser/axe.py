"""axe-core on a page, asked by the debugger, so that the page's own security policy stays on.

What axe finds depends on how a page is built and coloured: one that is built like a page that was found
whole is not asked again, in whatever language it is, and colours only where one stands on a ground on which
none has seen it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import BrowserContext, Page

SOURCE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
EVERYTHING: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OF_COLOURS: Final = ("color-contrast", "link-in-text-block")
# What can be otherwise on a small screen: what is hidden there, what scrolls there, how large targets are.
AT_ANY_SIZE: Final = (
    *("target-size", "scrollable-region-focusable", "region", "landmark-unique", "heading-order"),
    *("page-has-heading-one", "link-name", "button-name", "label", "select-name", "skip-link"),
    *OF_COLOURS,  # of what is hidden on a wide one
)

# Tags, classes, attributes of every element: what axe's rules look at. Of values those count that rules read;
# of references where what they name stands, seen from here; of words whether there are any; of names that are
# given beside words whether they hold them, and how many before bear the same; of languages whether it is
# one of ours. Of neighbours that are built alike, as the lines of a list are, one stands for all.
_BUILD = """() => {
    const refers = /^(for|aria-(labelledby|describedby|controls|owns|activedescendant|details))$/;
    const read = /^(class|role|type|hidden|tabindex|open|disabled|autocomplete|aria-(?!label$).*)$/;
    const speaks = "a, button, label, legend, summary, th, option, title, h1, h2, h3, h4, h5, h6";
    const ours = { vi: true, en: true };
    const all = [...document.querySelectorAll("*")];
    const places = new Map(all.map((each, place) => [each, place]));
    const named = new Map();
    for (const each of all) if (each.id && !named.has(each.id)) named.set(each.id, places.get(each));
    const heard = new Map();
    const mark = (each, { name, value }) => {
        if (refers.test(name))
            return name + value.split(/ +/).map((id) => (named.get(id) ?? NaN) - places.get(each));
        if (name === "alt") {
            const around = each.closest("a, button, figure")?.textContent.includes(value.trim());
            return name + !!value.trim() + around;
        }
        if (name === "aria-label") {
            const key = each.tagName + value, before = heard.get(key) ?? 0;
            heard.set(key, before + 1);
            return name + !!value.trim() + (each.matches("nav, section, aside, form, [role]") ? before : "");
        }
        if (name === "lang") return value in ours ? "" : `lang=${value}`;
        if (read.test(name)) return `${name}=${value}`;
        return name + !!value.trim();
    };
    const build = (each) => {
        const inner = [];
        for (const child of each.children) {
            const one = build(child);
            if (one && one !== inner.at(-1)) inner.push(one);
        }
        const marks = [...each.attributes].map((one) => mark(each, one)).filter(Boolean).join(".");
        if (each.tagName === "SPAN" && !marks) return inner.join();  // tells of a language at most
        const said = each.matches(speaks) ? each.textContent.trim().toLowerCase() : "";
        const words = !!said + String(each.ariaLabel?.toLowerCase().includes(said));
        return `${each.tagName}${words}.${marks}(${inner.join()})`;
    };
    const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
    return build(document.documentElement) + twice.join();
}"""
# What contrast hangs on: every colour that shows on its ground, and how large and heavy it is written.
_COLOURS = """() => {
    const grounds = new Map();
    const ground = (each) => {
        if (!each) return "";
        if (!grounds.has(each)) {
            const { backgroundColor: own, backgroundImage: image, opacity } = getComputedStyle(each);
            const isWhole = /^rgb\\(/.test(own) && image === "none" && opacity === "1";
            grounds.set(each, isWhole ? own : `${own} ${image} ${opacity} ${ground(each.parentElement)}`);
        }
        return grounds.get(each);
    };
    return [...new Set([...document.querySelectorAll("body, body *")].filter((each) =>
        each.getClientRects().length && [...each.childNodes].some((part) => part.data?.trim())
    ).map((each) => {
        const { color, fontSize, fontWeight, textDecorationLine } = getComputedStyle(each);
        const around = each.tagName === "A" ? getComputedStyle(each.parentElement).color : "";
        return [color, ground(each), fontSize, fontWeight, textDecorationLine, around, each.disabled].join();
    }))];
}"""
# Elements that show, as style sheets tell them apart: what they are made of, how large they are.
_LOOKS = """() => [...new Set([...document.querySelectorAll("body *")].filter((each) =>
    each.getClientRects().length).map((each) => {
    const state = [...each.attributes].map(({ name, value }) =>
        /^(aria-(current|pressed|expanded|selected|disabled|invalid)|disabled|open|type)$/.test(name)
            ? `${name}=${value}` : "").join("");
    const { parentElement: over } = each;
    return `${over.tagName}.${over.className}>${each.tagName}.${each.className}${state}`;
}))]"""
# Nothing is reported but violations, and of these no more than is printed: half of the time is the report.
_BRIEF = {"resultTypes": ["violations"], "selectors": False, "preload": False}

_seen: dict[str, set[str]] = {}  # looks and colours, by size or scheme


class Memory:
    """What was found whole in this run, by any of its processes: an empty file for each page's build."""

    folder: Path

    def file(self, *build: object) -> Path:
        return self.folder / hashlib.sha256(repr(build).encode()).hexdigest()


whole = Memory()  # `conftest.py` gives it its folder


def prepare(context: BrowserContext) -> BrowserContext:
    """Pages of this context can be looked at. Sent along with each page, axe would come slower by half."""
    context.add_init_script(script=f"window.mcAxe = function () {{ {SOURCE.read_text(encoding='utf-8')} }}")
    return context


def look(page: Page, rules: tuple[str, ...], glass: Callable[[], Page] | None = None) -> list[str]:
    """The violations of these rules, a line each; none if a page of this build was found whole.

    Where scripts are off, `glass` gives a page on which the same document can be asked.
    """
    known = whole.file(rules, (page.viewport_size or {}).get("width"), page.evaluate(_BUILD))
    if known.exists():
        return []
    found = ask(glass() if glass else page, rules, with_colours=has_new_colours(page))
    if not found:
        known.touch()
    return found


def has_new_looks(page: Page, scheme: str) -> bool:
    """Whether elements stand here as none did before at this size or in this scheme of colours."""
    return _is_new(page.evaluate(_LOOKS), scheme)


def has_new_colours(page: Page, scheme: str = "usual") -> bool:
    """Whether a colour stands here on a ground on which it did not stand before."""
    return _is_new(page.evaluate(_COLOURS), f"colours, {scheme}")


def _is_new(found: list[str], where: str) -> bool:
    seen = _seen.setdefault(where, set())
    is_new = not seen.issuperset(found)
    seen.update(found)
    return is_new


def ask(page: Page, rules: tuple[str, ...], *, with_colours: bool = True) -> list[str]:
    """The violations of these rules, a line each, whatever was found before."""
    wanted: dict[str, Any] = {"runOnly": rules, **_BRIEF}
    if not with_colours:
        wanted["rules"] = {name: {"enabled": False} for name in OF_COLOURS}
    session = page.context.new_cdp_session(page)
    answer = session.send(
        "Runtime.evaluate",
        {
            "expression": f"window.axe || mcAxe(); axe.run(document, {json.dumps(wanted)})",
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    session.detach()
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return [
        f"{found['id']}: {found['help']} – {node['html'][:160]}"
        for found in answer["result"]["value"]["violations"]
        for node in found["nodes"]
    ]
