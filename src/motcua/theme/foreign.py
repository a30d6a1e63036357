"""Vietnamese on English pages, marked as Vietnamese (WCAG 3.1.2), so that it is read aloud as it is spoken.

Names of procedures, agencies and people, reasons and answers stay Vietnamese under the English switch, and
reach pages through hundreds of places. They are marked in one, where a page leaves the house; what a template
has marked by itself is left alone.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"<!--.*?-->|<[a-zA-Z/!](?:[^\"'>]|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_LANG = re.compile(r"\slang=[\"']?([a-zA-Z-]+)")
_READ_OUT = re.compile(r"\s(?:value|placeholder|alt)=(?:\"([^\"]*)\"|'([^']*)')")
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input"]) | frozenset(
    ["link", "meta", "source", "track", "wbr"]
)
_WHOLE = frozenset(["option", "textarea"])  # hold no other elements: they are marked themselves
_SILENT = frozenset(["script", "style", "title", "template"])
# The letters that English does not have; × and ÷ lie among them and are none.
_LETTER = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1ea0-\u1eff"
VIETNAMESE = re.compile(f"[{_LETTER}]")
_WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"[\s,–“”\"'()/-]+")  # what may stand between words of one phrase
# What a Vietnamese syllable without accents looks like, and which of them are words of English.
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|nh?|ngh?|ph?|qu?|r|s|th?|tr|v|x)?"
    r"(?:a|ai|ao|au|ay|e|eo|i|ia|iu|o|oa|oai|oe|oi|u|ua|ui|uy|y)(?:ch?|m|ng?|nh|p|t)?",
    re.IGNORECASE,
)
_ENGLISH_WORDS = (
    "a an and any at be but by can cut day do get go he him hit i in it let may me men my no not of on or out"
    " pay put say see set so than that the them then they to top up us we you"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())


def mark_vietnamese(html: str) -> str:
    """The page with `lang="vi"` around what is Vietnamese; `html` is a whole page or a part, in English."""
    if not VIETNAMESE.search(html):
        return html
    return _Marker().marked(html)


class _Marker:
    """Goes through a page once. `open` holds the elements around the place, with whether they are marked."""

    def __init__(self) -> None:
        self.open: list[tuple[str, bool, bool]] = []  # name, in Vietnamese, silent

    def marked(self, html: str) -> str:
        out: list[str] = []
        last = 0
        for found in _TOKEN.finditer(html):
            out.append(self._text(html[last : found.start()]))
            out.append(self._tag(found.group(), html, found.end()))
            last = found.end()
        out.append(self._text(html[last:]))
        return "".join(out)

    @property
    def _is_left_alone(self) -> bool:
        return bool(self.open) and (self.open[-1][1] or self.open[-1][2])

    def _text(self, text: str) -> str:
        if not text or self._is_left_alone or not VIETNAMESE.search(text):
            return text
        stripped = text.strip()
        start = text.index(stripped)
        told = _with_phrases_marked(stripped)
        if not (told.startswith("<span") and told.endswith("</span>") and told.count("<span") == 1):
            told = f"<span>{told}</span>"  # stays one box where its neighbours are laid out in a row
        return text[:start] + told + text[start + len(stripped) :]

    def _tag(self, tag: str, html: str, end: int) -> str:
        name = _name(tag)
        if not name or tag.startswith("<!"):
            return tag
        if tag.startswith("</"):
            self._close(name)
            return tag
        language = _LANG.search(tag)
        inherited = bool(self.open) and self.open[-1][1]
        is_vietnamese = language.group(1) == "vi" if language else inherited
        if not is_vietnamese and not language and self._needs_mark(name, tag, html, end):
            tag, is_vietnamese = f'<{name} lang="vi"{tag[len(name) + 1 :]}', True
        if name not in _VOID and not tag.endswith("/>"):
            is_silent = name in _SILENT or (bool(self.open) and self.open[-1][2])
            self.open.append((name, is_vietnamese, is_silent))
        return tag

    @staticmethod
    def _needs_mark(name: str, tag: str, html: str, end: int) -> bool:
        if name in _WHOLE:
            inside = html[end : max(end, html.find(f"</{name}", end))]
            return VIETNAMESE.search(inside) is not None
        if name not in {"input", "img"}:
            return False
        return any(VIETNAMESE.search(one or other) for one, other in _READ_OUT.findall(tag))

    def _close(self, name: str) -> None:
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at][0] == name:
                del self.open[at:]
                return


def _with_phrases_marked(text: str) -> str:
    out: list[str] = []
    last = 0
    for start, end in _phrases(text):
        out += [text[last:start], f'<span lang="vi">{text[start:end]}</span>']
        last = end
    return "".join([*out, text[last:]])


def _phrases(text: str) -> list[tuple[int, int]]:
    """Where Vietnamese phrases stand: words with its letters, and what around them looks like them."""
    found: list[tuple[int, int]] = []
    start = end = -1
    has_letter = False
    for word in _WORD.finditer(text):
        is_own = VIETNAMESE.search(word.group()) is not None
        goes_on = start >= 0 and _JOINT.fullmatch(text[end : word.start()]) is not None
        if not goes_on or not (is_own or _may_belong(word.group(), after_own=has_letter)):
            if has_letter:
                found.append((start, end))
            start, has_letter = -1, False
        if start < 0 and (is_own or _may_belong(word.group(), after_own=False)):
            start = word.start()
        if start >= 0:
            end, has_letter = word.end(), has_letter or is_own
    return [*found, (start, end)] if has_letter else found


def _may_belong(word: str, *, after_own: bool) -> bool:
    """A word without accents inside a phrase: a syllable; once it has begun a name or a number too."""
    if after_own and (word[0].isupper() or word.isdigit()):
        return True
    return _SYLLABLE.fullmatch(word) is not None and word.lower() not in _ENGLISH


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found.group(1).lower() if found else ""
