"""What stands in a page, read off its HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

SILENT = {"script", "style", "template", "title"}
LANDMARKS = {"main", "nav", "search"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Read:
    """`texts` are the words between tags and in attributes that are read out, each with blanks joined, but
    for those marked as being in another language than the page; `words` those between tags only."""

    language: str = ""
    title: str = ""
    tags: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    landmarks: list[tuple[str, str]] = field(default_factory=list)  # element or role, and its name
    addresses: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)  # styles and handlers that stand in the page


def read(content: bytes) -> Read:
    reader = _Reader()
    reader.feed(content.decode())
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found, self.inside = Read(), ""
        self.open: list[tuple[str, str]] = []  # the elements around, each with the language in it

    @property
    def is_ours(self) -> bool:
        """Whether what comes now is in the language of the page."""
        return not self.open or self.open[-1][1] == self.found.language

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.found.tags.append(tag)
        self.inside = tag
        if tag == "html":
            self.found.language = known.get("lang", "")
        if tag in LANDMARKS or known.get("role") in LANDMARKS:
            name = known.get("aria-label") or known.get("aria-labelledby", "")
            self.found.landmarks.append((known.get("role") or tag, name))
        around = self.open[-1][1] if self.open else self.found.language
        self.open.append((tag, known.get("lang", around)))
        for name, value in known.items():
            if name in {"href", "action", "src"}:
                self.found.addresses.append(value)
            if name == "style" or name.startswith("on"):
                self.found.inline.append(f"<{tag} {name}>")
            if name in {"aria-label", "alt", "title", "placeholder"} and value and self.is_ours:
                self.found.texts.append(" ".join(value.split()))
        if tag == "style" or (tag == "script" and "src" not in known):
            self.found.inline.append(f"<{tag}>")
        if tag in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""
        names = [name for name, _ in self.open]
        if tag in names:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if self.inside == "title":
            self.found.title += words
        elif words and self.inside not in SILENT and self.is_ours:
            self.found.texts.append(words)
            self.found.words.append(words)
