"""A guide in Markdown, taken apart into values that templates draw.

Only a small part of Markdown is known: parts (`##`), tasks (`###`), paragraphs, lists, notes (`>`), pictures,
**bold** for words of the interface, `code` for what is typed, and links. Everything else is refused, HTML
above all, so that no markup of a text can reach a page: templates escape every word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from motcua.kernel.text import fold

SpanKind = Literal["text", "shown", "typed"]
BlockKind = Literal["text", "steps", "points", "note", "picture"]
_PARSER = MarkdownIt("commonmark", {"html": False})
_ENDS = {"ordered_list_open": "ordered_list_close", "bullet_list_open": "bullet_list_close"}


class NotInGuides(ValueError):
    """The text uses what guides do not know, or its order is broken."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some words: plain, `shown` by the interface or `typed` by the reader; with `href` they are a link."""

    kind: SpanKind
    text: str
    href: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one line), a note or list (a line for each paragraph), or a picture and what it shows."""

    kind: BlockKind
    lines: tuple[Line, ...] = ()
    picture: str = ""
    alt: str = ""

    @property
    def words(self) -> str:
        return " ".join([self.alt, *("".join(span.text for span in line) for line in self.lines)]).strip()


@dataclass(frozen=True, slots=True)
class Section:
    """One task. `anchor` is its Vietnamese title without accents, stable as long as the title is."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def words(self) -> str:
        return " ".join(block.words for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Part:
    """Tasks that belong together."""

    anchor: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    title: str
    lead: tuple[Block, ...]
    parts: tuple[Part, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(section for part in self.parts for section in part.sections)

    def section(self, anchor: str) -> Section | None:
        return next((each for each in self.sections if each.anchor == anchor), None)

    def anchored_like(self, original: Guide) -> Guide:
        """The same text under the anchors of the guide it was translated from.

        Raises NotInGuides unless both have the same parts with as many tasks.
        """
        if [len(part.sections) for part in self.parts] != [len(part.sections) for part in original.parts]:
            raise NotInGuides("a translation has the parts and tasks of its original")
        parts = tuple(
            Part(
                theirs.anchor,
                mine.title,
                tuple(
                    replace(a, anchor=b.anchor) for a, b in zip(mine.sections, theirs.sections, strict=True)
                ),
            )
            for mine, theirs in zip(self.parts, original.parts, strict=True)
        )
        return Guide(self.title, self.lead, parts)


def read(text: str) -> Guide:
    """The guide that a text holds. Raises NotInGuides."""
    title = ""
    lead: tuple[Block, ...] = ()
    parts: list[Part] = []
    for level, heading, blocks in _chapters(_PARSER.parse(text)):
        if level == 1 and not title:
            title, lead = heading, blocks
        elif level == 2 and title and not blocks:
            parts.append(Part(_anchor(heading), heading, ()))
        elif level == 3 and parts and blocks:
            part, section = parts[-1], Section(_anchor(heading), heading, blocks)
            parts[-1] = Part(part.anchor, part.title, (*part.sections, section))
        else:
            raise NotInGuides(f"“{heading}” stands where it cannot stand")
    guide = Guide(title, lead, tuple(parts))
    _check_anchors(guide)
    return guide


def _check_anchors(guide: Guide) -> None:
    anchors = [part.anchor for part in guide.parts] + [section.anchor for section in guide.sections]
    twice = {anchor for anchor in anchors if anchors.count(anchor) > 1}
    empty = [part.title for part in guide.parts if not part.sections]
    if twice or empty or not guide.parts:
        raise NotInGuides(f"anchors used twice: {sorted(twice)}; parts without a task: {empty}")


def _anchor(title: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in fold(title)).split())


def _chapters(tokens: Sequence[Token]) -> Iterator[tuple[int, str, tuple[Block, ...]]]:
    """(level, heading, blocks below it)."""
    starts = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.level == 0]
    if not starts or starts[0] != 0:
        raise NotInGuides("a guide begins with its title")
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        heading = "".join(span.text for span in _line(tokens[start + 1]))
        yield int(tokens[start].tag[1]), heading, tuple(_blocks(tokens[start + 3 : end]))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    at = 0
    while at < len(tokens):
        kind = tokens[at].type
        if kind == "paragraph_open":
            yield _paragraph(tokens[at + 1])
            at += 3
        elif kind in _ENDS:
            end = _end_of(tokens, at, _ENDS[kind])
            lines = tuple(_items(tokens[at + 1 : end]))
            yield Block("steps" if kind == "ordered_list_open" else "points", lines)
            at = end + 1
        elif kind == "blockquote_open":
            end = _end_of(tokens, at, "blockquote_close")
            yield Block("note", tuple(_paragraphs(tokens[at + 1 : end])))
            at = end + 1
        else:
            raise NotInGuides(f"{kind} in line {(tokens[at].map or [0])[0] + 1}")


def _end_of(tokens: Sequence[Token], start: int, kind: str) -> int:
    level = tokens[start].level
    return next(
        at for at in range(start + 1, len(tokens)) if tokens[at].type == kind and tokens[at].level == level
    )


def _paragraph(inline: Token) -> Block:
    children = inline.children or []
    if len(children) == 1 and children[0].type == "image":
        return Block("picture", picture=str(children[0].attrGet("src")), alt=children[0].content)
    return Block("text", (_line(inline),))


def _items(tokens: Sequence[Token]) -> Iterator[Line]:
    """Items of one paragraph each: a list inside a list would be too much for a phone."""
    for token in tokens:
        if token.type == "inline":
            yield _line(token)
        elif token.type not in {"list_item_open", "list_item_close", "paragraph_open", "paragraph_close"}:
            raise NotInGuides(f"{token.type} inside a list")
    if sum(token.type == "list_item_open" for token in tokens) != sum(t.type == "inline" for t in tokens):
        raise NotInGuides("an item of a list is one paragraph")


def _paragraphs(tokens: Sequence[Token]) -> Iterator[Line]:
    for token in tokens:
        if token.type == "inline":
            yield _line(token)
        elif token.type not in {"paragraph_open", "paragraph_close"}:
            raise NotInGuides(f"{token.type} inside a note")


def _line(inline: Token) -> Line:
    spans: list[Span] = []
    kind: SpanKind = "text"
    href = ""
    for token in inline.children or []:
        match token.type:
            case "strong_open" | "strong_close":
                kind = "shown" if token.type == "strong_open" else "text"
            case "link_open" | "link_close":
                href = str(token.attrGet("href") or "")
            case "text":
                spans.append(Span(kind, token.content, href))
            case "softbreak":
                spans.append(Span(kind, " ", href))
            case "code_inline":
                spans.append(Span("typed", token.content))
            case _:
                raise NotInGuides(f"{token.type} in “{inline.content[:60]}”")
    return tuple(span for span in spans if span.text)
