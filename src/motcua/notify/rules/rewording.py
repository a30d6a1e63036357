"""Letters in the province's own words: what may stand in them, and how they are filled.

Text with places, not a template language (ADR 0060): it is read once, so neither what an administrator
types nor what a dossier carries is ever understood as anything but text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from motcua.kernel.text import visible
from motcua.notify.errors import (
    ForeignLink,
    LetterHalfWritten,
    LetterLooseBrace,
    LetterPlaceLost,
    LetterPlaceMissing,
    LetterPlaceUnknown,
    LetterStaysOurs,
    LetterTooLong,
    LetterUnreadable,
)
from motcua.notify.rules.places import KINDS, Kind

SUBJECT, BODY = 150, 4000
_PLACE = re.compile(r"\{([^{}\n]*)\}")
_DOTS = re.compile("[\u3002\uff0e\uff61\u2024]")  # what a browser reads as the dot of an address
_LINK = re.compile(
    r"\S*(?://|\bwww\.|\bmailto:|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])|[\w-]+\.[^\W\d_]{2,})\S*",
    re.IGNORECASE,
)
_HIDDEN = {"Cc", "Cf", "Cs", "Co"}  # of Unicode: controls, marks that turn or hide text


@dataclass(frozen=True, slots=True)
class LetterText:
    """What the province has written for one kind of letter; English is empty where ours is used, and all is
    where the letter is ours again."""

    subject: str = ""
    body: str = ""
    subject_english: str = ""
    body_english: str = ""

    def in_language(self, language: str) -> tuple[str, str] | None:
        """Subject and body with their places, None where our own letter is used."""
        found = (self.subject, self.body) if language == "vi" else (self.subject_english, self.body_english)
        return found if all(found) else None


OURS = LetterText()


def kind_of(key: str) -> Kind:
    """What this letter may hold. Raises LetterStaysOurs."""
    found = KINDS.get(key)
    if found is None:
        raise LetterStaysOurs
    return found


def checked(key: str, text: LetterText, *, site: str) -> LetterText:
    """The text as it is kept: lines trimmed, places as the table writes them. `site` is the only address to
    which links may lead, for a letter of the province that leads elsewhere is what a fraud needs.

    Raises LetterStaysOurs, LetterHalfWritten, LetterTooLong, LetterUnreadable, LetterLooseBrace,
    LetterPlaceUnknown, LetterPlaceMissing, LetterPlaceLost, ForeignLink, each with the `field` it is about.
    """
    kind = kind_of(key)
    clean = {name: _trimmed(each, is_line=name.startswith("subject")) for name, each in asdict(text).items()}
    for subject, body in (("subject", "body"), ("subject_english", "body_english")):
        is_optional = subject != "subject"
        if is_optional and not clean[subject] and not clean[body]:
            continue
        for name, most in ((subject, SUBJECT), (body, BODY)):
            if not visible(_PLACE.sub("", clean[name])):
                raise LetterHalfWritten(field=name)
            clean[name] = _of_the_house(kind, name, clean[name], most, site)
        _keeps_what_it_must(kind, clean[subject], clean[body], body)
    return LetterText(**clean)


def fill(subject: str, body: str, values: Mapping[str, str], key: str) -> tuple[str, str]:
    """Both with the facts of one dossier. A line with an empty place is left out, a subject goes without it;
    a list begins on a line of its own."""
    facts = {each.word: visible(str(values.get(each.fact) or "")) for each in kind_of(key).places}
    lines = [
        _filled(line, facts) for line in body.split("\n") if all(facts.get(each) for each in words_in(line))
    ]
    return _PLACE.sub(lambda found: facts.get(found[1], ""), subject), "\n".join(lines)


def words_in(text: str) -> tuple[str, ...]:
    """The places that stand in a text."""
    return tuple(_PLACE.findall(text))


def _filled(line: str, facts: Mapping[str, str]) -> str:
    said = ""
    end = 0
    for found in _PLACE.finditer(line):
        before, value = line[end : found.start()], facts[found[1]]
        is_list_after_words = value.startswith("- ") and (said + before).strip()
        said += (before.rstrip() + "\n" if is_list_after_words else before) + value
        end = found.end()
    return said + line[end:]


def _trimmed(text: str, *, is_line: bool) -> str:
    text = unicodedata.normalize("NFC", text)
    if is_line:
        return " ".join(text.split())
    lines = [" ".join(line.split()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _of_the_house(kind: Kind, field: str, text: str, most: int, site: str) -> str:
    if len(text) > most:
        raise LetterTooLong(field=field, most=most)
    if any(unicodedata.category(sign) in _HIDDEN for sign in text.replace("\n", "")):
        raise LetterUnreadable(field=field)
    if set("{}") & set(_PLACE.sub("", text)):
        raise LetterLooseBrace(field=field)
    known = {each.word.casefold(): each.word for each in kind.places}

    def named(found: re.Match[str]) -> str:
        word = " ".join(found[1].split())
        if word.casefold() not in known:
            raise LetterPlaceUnknown(field=field, place=word)
        return "{" + known[word.casefold()] + "}"

    text = _PLACE.sub(named, text)
    _refuse_links(field, _PLACE.sub("x", text), site)
    return text


def _refuse_links(field: str, text: str, site: str) -> None:
    ours = re.compile(rf"(?<![^\s(“]){re.escape(site.rstrip('/'))}(?:/[\w\-./~%]*)?(?=[.,;:!)”]*(?:\s|$))")
    found = _LINK.search(_DOTS.sub(".", unicodedata.normalize("NFKC", ours.sub("", text))))
    if found:
        raise ForeignLink(field=field, what=found[0][:60])


def _keeps_what_it_must(kind: Kind, subject: str, body: str, field: str) -> None:
    always = {each.word for each in kind.places if each.is_always}
    lines = [frozenset(words_in(line)) for line in body.split("\n")]
    for needed in kind.needed:
        word = needed.place.word
        at = [line for line in lines if word in line]
        if word in words_in(subject) or any(line - {word} <= always for line in at):
            continue
        raise (LetterPlaceLost if at else LetterPlaceMissing)(field=field, place=word)
