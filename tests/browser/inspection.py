"""All that is looked at on one page: what people with a keyboard, a lens, a small screen, no script meet.

One browser page per person is kept open and made smaller, larger and more contrasting in turn; it is loaded
once in each language, and once more where citizens go without scripts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, ViewportSize
from tests.browser import axe

WIDE, SMALL = ViewportSize(width=1280, height=900), ViewportSize(width=320, height=700)
NARROW = (360, 320)
ENLARGED = 640  # a window of 1280 at 200 %

OPENED = "document.querySelectorAll('details').forEach((each) => { each.open = true })"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BIGGEST_TEXT = "size => { document.documentElement.style.fontSize = size }"

# WCAG 1.4.12, as the working group's own test sets it.
SPACED = """on => {
    const sheet = window.mcSpacing ??= new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = on ? [sheet] : [];
}"""

# Boxes that must be pushed sideways to be read whole. Fields scroll what is typed into them by themselves.
SCROLLING = """() => [...document.querySelectorAll("body *")].filter((each) =>
    each.scrollWidth > each.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(each).overflowX)
    && !each.closest("input, select, textarea, .govuk-visually-hidden") && each.checkVisibility()
).map((each) => `${each.scrollWidth - each.clientWidth} px: ${each.outerHTML.slice(0, 120)}`)"""

# Elements whose words are cut off: their box hides what sticks out, and something does.
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((each) => {
    const style = getComputedStyle(each);
    if (!/hidden|clip/.test(style.overflowX + style.overflowY)) return false;
    if (each.closest(".govuk-visually-hidden, [hidden], svg, iframe, input, select, textarea")) return false;
    if (style.position === "absolute" && each.clientWidth <= 1) return false;
    return each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1;
}).map((each) => each.outerHTML.slice(0, 160))"""

# What moves although the reader has asked for little motion.
MOVING = """() => [...document.querySelectorAll("*")].filter((each) => {
    const style = getComputedStyle(each);
    const lasts = (text) => text.split(",").some((part) => parseFloat(part) > .01);
    return lasts(style.transitionDuration)
        || (style.animationName !== "none" && lasts(style.animationDuration));
}).map((each) => each.outerHTML.slice(0, 120))"""

# Every control that Tab must reach, in the order of the page; of radio buttons the chosen one or the first.
# Tells how often Tab is pressed to come through all of them, or those from the page's own part on, and which
# links stand before that part.
WATCH_FOCUS = """() => {
    const shown = (each) =>
        each.checkVisibility({ visibilityProperty: true }) && each.getClientRects().length > 0;
    const all = [...document.querySelectorAll(
        "a[href], button, input, select, textarea, summary, iframe, [tabindex]")].filter((each) =>
        !each.disabled && each.tabIndex >= 0 && each.type !== "hidden" && shown(each));
    const radios = new Map();
    for (const each of all) {
        if (each.type !== "radio") continue;
        const group = `${each.form?.id ?? ""}|${each.name}`;
        if (!radios.has(group) || each.checked) radios.set(group, each);
    }
    window.mcControls = all.filter((each) => each.type !== "radio" || [...radios.values()].includes(each));
    const look = (each) => {
        const told = (element, pseudo) => {
            const s = getComputedStyle(element, pseudo);
            return [s.outlineStyle !== "none" && s.outlineWidth !== "0px" ? s.outlineColor : "", s.boxShadow,
                s.backgroundColor, s.borderTopColor, s.borderTopWidth, s.textDecorationLine,
                s.textDecorationThickness, s.clipPath].join("|");
        };
        const label = each.labels?.[0];
        return told(each) + (label ? told(label, "::before") : "");
    };
    document.body.tabIndex = -1;
    document.body.focus();  // Tab begins at the top, also where a field had the focus
    document.body.removeAttribute("tabindex");
    window.mcUnfocused = new Map(window.mcControls.map((each) => [each, look(each)]));
    window.mcWay = [];
    window.mcUnseen = [];
    const main = document.querySelector("main");
    const isBefore = (each) => main.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_PRECEDING;
    const before = window.mcControls.filter(isBefore);
    window.mcRest = before.length;
    document.addEventListener("focusin", (event) => {
        const each = event.target;
        if (each === main) return;  // where the link that skips leads
        window.mcWay.push(window.mcControls.indexOf(each));
        const box = (each.labels?.[0] ?? each).getBoundingClientRect();
        const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
        if (!seen || look(each) === window.mcUnfocused.get(each))
            window.mcUnseen.push(each.outerHTML.slice(0, 160));
    });
    const parts = { date: 5, time: 5, month: 5, "datetime-local": 8 };
    const presses = (all) => all.reduce((sum, each) => sum + 1 + (parts[each.type] ?? 0), 0);
    return {
        all: presses(window.mcControls),
        rest: presses(window.mcControls.slice(before.length)),
        skips: !!before[0]?.matches(".govuk-skip-link"),
        before: before.map((each) => each.tagName + each.textContent.trim().replace(/[0-9]+/g, "")).join(),
    };
}"""
WAY = """(skipped) => {
    const all = window.mcControls.map((_, number) => number);
    const wanted = skipped ? [0, ...all.slice(window.mcRest)] : all;
    const way = window.mcWay.filter((each, at) => each !== window.mcWay[at - 1]).slice(0, wanted.length);
    const wrong = wanted.findIndex((each, at) => each !== way[at]);
    return {
        lost: wrong < 0 ? "" : window.mcControls[wrong].outerHTML.slice(0, 160),
        unseen: window.mcUnseen,
    };
}"""

# Without scripts nothing may be there that only a script can work, and no words that only one can show. In
# dialogs they may: these are shut, and what opens them is not there either.
HELPLESS = """() => [...document.querySelectorAll("button[type=button], main [hidden]")].filter((each) =>
    !each.closest("dialog:not([open])")
).filter((each) =>
    each.hidden ? !each.matches("button, input, template") && each.textContent.trim() : each.checkVisibility()
).map((each) => each.outerHTML.slice(0, 160))"""

PARTS = """() => ({
    language: document.documentElement.lang,
    mains: document.querySelectorAll("main").length,
    banners: document.querySelectorAll("header").length,
    headings: document.querySelectorAll("h1").length,
})"""


@dataclass
class Inspector:
    """Looks at pages and notes what is wrong."""

    faults: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    walked: set[str] = field(default_factory=set)  # what stood before the own parts of pages

    def listen(self, page: Page) -> None:
        page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))

    def note(self, where: str, what: str, found: Any) -> None:
        if found:
            self.faults.append(f"{where}: {what}: {found}")

    def look(self, page: Page, where: str) -> None:
        """A loaded page, at every size."""
        parts = page.evaluate(PARTS)
        wanted = {"language": "vi", "mains": 1, "banners": 1, "headings": 1}
        self.note(where, "parts", {} if parts == wanted else parts)
        self.note(where, "moves", page.evaluate(MOVING))
        self.note(where, "scrolls sideways within a box", page.evaluate(SCROLLING))
        self.note(where, "axe, wide", axe.look(page, axe.EVERYTHING))
        self.high_contrast(page, where)
        self.walk(page, where)
        self.sizes(page, where)
        page.evaluate(OPENED)
        self.note(where, "too wide with everything opened", over(page))
        self.note(where, "axe, small", axe.look(page, axe.AT_ANY_SIZE))

    def high_contrast(self, page: Page, where: str) -> None:
        if not axe.has_new_looks(page, "forced"):
            return
        page.emulate_media(forced_colors="active", contrast="more")
        if axe.has_new_colours(page, "forced"):
            self.note(where, "axe, high contrast", axe.ask(page, axe.OF_COLOURS))
        page.emulate_media(forced_colors="none", contrast="no-preference")

    def sizes(self, page: Page, where: str) -> None:
        """Ends at the smallest size."""
        page.evaluate(BIGGEST_TEXT, "200%")
        self.note(where, "too wide with text of 200 %", over(page))
        page.evaluate(BIGGEST_TEXT, "")
        for width in (ENLARGED, *NARROW):
            page.set_viewport_size(ViewportSize(width=width, height=SMALL["height"]))
            self.note(where, f"too wide at {width}", over(page))
        page.evaluate(SPACED, True)
        self.note(where, "too wide with more space between letters", over(page))
        self.note(where, "cut off with more space between letters", page.evaluate(CUT_OFF))
        page.evaluate(SPACED, False)

    def walk(self, page: Page, where: str) -> None:
        """Tab from the top: every control in order, each seen to have the focus, none that keeps it.

        What stands before the page's own part is the same on many pages: it is walked through on one of them,
        on the others the link is taken that skips it.
        """
        found = page.evaluate(WATCH_FOCUS)
        skips = found["skips"] and found["before"] in self.walked
        self.walked.add(found["before"])
        for key in ("Tab", "Enter") if skips else ():
            page.keyboard.press(key)
        for _ in range(found["rest"] if skips else found["all"]):
            page.keyboard.down("Tab")  # held down it goes on, as a finger that stays on it does
        page.keyboard.up("Tab")
        way = page.evaluate(WAY, skips)
        self.note(where, "Tab does not reach in order", way["lost"])
        self.note(where, "focus not seen", way["unseen"])

    def without_script(self, page: Page, where: str) -> None:
        for width in NARROW:
            page.set_viewport_size(ViewportSize(width=width, height=SMALL["height"]))
            self.note(where, f"too wide at {width} without script", over(page))
        self.note(where, "needs a script", page.evaluate(HELPLESS))

    def in_english(self, page: Page, where: str) -> None:
        """Tab goes the way it went in Vietnamese."""
        self.note(where, "not in English", page.evaluate("document.documentElement.lang").replace("en", ""))
        self.note(where, "axe, in English", axe.look(page, axe.EVERYTHING))
        page.evaluate(OPENED)
        self.note(where, "scrolls sideways within a box in English", page.evaluate(SCROLLING))
        page.set_viewport_size(SMALL)
        self.note(where, "too wide at 320 in English", over(page))


def over(page: Page) -> str:
    """By how much a page is wider than its window; empty if it is not."""
    more = page.evaluate(TOO_WIDE)
    return f"{more} px" if more > 0 else ""
