"""axe-core on a page, asked by the debugger, so that the page's own security policy stays on.

What axe finds depends on how a page is built and coloured: one that is built like a page that was found
whole is not asked again, in whatever language it is, and its colours only where elements stand in a way not
yet seen.
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
# What can be otherwise on a small screen: what is hidden there, what scrolls there, how large targets are.
AT_ANY_SIZE: Final = (
    *("target-size", "scrollable-region-focusable", "region", "landmark-unique", "heading-order"),
    *("page-has-heading-one", "link-name", "button-name", "label", "select-name", "skip-link"),
)
OF_COLOURS: Final = ("color-contrast", "link-in-text-block")
USUAL: Final = "usual"  # the colour scheme of most

# Tags, classes, attributes of every element: what axe's rules look at. Of values only those count that rules
# read; of references whether what they name is there; of words whether there are any, and whether a name that
# is given beside them holds them; of languages whether it is one of ours. Of neighbours that are built alike,
# as the lines of a list are, one stands for all.
_BUILD = """() => {
    const refers = /^(for|aria-(labelledby|describedby|controls|owns|activedescendant))$/;
    const read = /^(class|role|type|hidden|tabindex|open|disabled|aria-(?!label).*)$/;
    const speaks = "a, button, label, legend, summary, th, option, title, h1, h2, h3, h4, h5, h6";
    const ours = { vi: true, en: true };
    const mark = ({ name, value }) => {
        if (refers.test(name))
            return name + value.split(/ +/).every((id) => document.getElementById(id));
        if (read.test(name)) return `${name}=${value}`;
        if (name === "lang") return value in ours ? "" : name;
        return name + !!value.trim();
    };
    const build = (each) => {
        const inner = [];
        for (const child of each.children) {
            const one = build(child);
            if (one && one !== inner.at(-1)) inner.push(one);
        }
        const marks = [...each.attributes].map(mark).filter(Boolean).join(".");
        if (each.tagName === "SPAN" && !marks) return inner.join();  // tells of a language at most
        const said = each.matches(speaks) ? each.textContent.trim().toLowerCase() : "";
        const words = !!said + String(each.ariaLabel?.toLowerCase().includes(said));
        return `${each.tagName}${words}.${marks}(${inner.join()})`;
    };
    const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
    return build(document.documentElement) + twice.join();
}"""
# Elements as style sheets tell them apart; a page of nothing but known ones has no new colours. Where the
# reader's own colours are forced on all, those of the ground above do not shine through.
_LOOKS = """(deep) => [...new Set([...document.querySelectorAll("body *")].map((each) => {
    const { parentElement: over } = each, { parentElement: above } = over;
    const state = [...each.attributes].map(({ name, value }) =>
        /^(aria-(current|pressed|expanded|selected|disabled|invalid)|disabled|open|type)$/.test(name)
            ? `${name}=${value}` : "").join("");
    const ground = deep ? above.className : "";
    return `${ground}>${over.tagName}.${over.className}>${each.tagName}.${each.className}${state}`;
}))]"""
# Nothing is reported but violations, and of these no more than is printed: half of the time is the report.
_BRIEF = {"resultTypes": ["violations"], "selectors": False, "preload": False}

_seen: dict[str, set[str]] = {}  # looks by scheme


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
    found = ask(
        glass() if glass else page,
        rules,
        with_colours=rules is not EVERYTHING or has_new_looks(page, USUAL),
    )
    if not found:
        known.touch()
    return found


def has_new_looks(page: Page, scheme: str) -> bool:
    """Whether elements stand here as none did before in this scheme of colours or at this size."""
    looks, seen = set(page.evaluate(_LOOKS, scheme == USUAL)), _seen.setdefault(scheme, set())
    is_new = not looks <= seen
    seen |= looks
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
