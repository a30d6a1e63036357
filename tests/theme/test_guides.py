"""The guides say what is true: words, links, pictures and help links all lead somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tools import guides as for_repository

from motcua.desk.labels import KEYS
from motcua.desk.lists import SLUGS
from motcua.desk.pages_of_verbs import PAGES
from motcua.theme.guides import library, places, reading
from motcua.theme.guides.reading import Block, Line, NotInGuides, Section, Span

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "src/motcua/theme/static"
QUOTED = re.compile(r"“([^”]+)”")
HEAVIEST = 60_000  # bytes of one picture


Told = tuple[library.Key, str]
TOLD: list[Told] = [
    *((key, "vi") for key in library.KEYS),
    *((key, language) for key, known in library.TRANSLATED.items() for language in known),
]


def blocks(key: library.Key, language: str = "vi") -> list[Block]:
    guide = library.guide(key, language)
    return [*guide.lead, *(block for section in guide.sections for block in section.blocks)]


def spans(key: library.Key, language: str = "vi") -> list[Span]:
    return [span for block in blocks(key, language) for line in block.lines for span in line]


@pytest.fixture(scope="module")
def words_of_the_interface() -> dict[str, set[str]]:
    """Every text of the pages by language."""
    with (ROOT / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        catalog = read_po(file, locale="en")
    return {
        "vi": {" ".join(each.split()) for message in catalog for each in _ids(message.id)},
        "en": {" ".join(each.split()) for message in catalog for each in _ids(message.string)},
    }


def _ids(message: object) -> Iterator[str]:
    if isinstance(message, str):
        yield message
    elif isinstance(message, (list, tuple)):
        yield from (each for each in message if isinstance(each, str))


@pytest.mark.parametrize("told", TOLD)
def test_every_word_shown_in_bold_or_quotes_is_in_the_interface(
    told: Told, words_of_the_interface: dict[str, set[str]]
) -> None:
    shown = {span.text for span in spans(*told) if span.kind == "shown"}
    quoted = {words for block in blocks(*told) for words in QUOTED.findall(block.words)}
    assert sorted((shown | quoted) - words_of_the_interface[told[1]]) == []


@pytest.mark.parametrize(("key", "language"), [each for each in TOLD if each[1] != "vi"])
def test_a_translation_shows_the_same_words_links_and_pictures(key: library.Key, language: str) -> None:
    """Section by section, under the same anchors; the words of the interface in its own language."""
    mine, original = library.guide(key, language), library.guide(key)
    for ours, theirs in zip(mine.sections, original.sections, strict=True):
        assert ours.anchor == theirs.anchor
        assert ours.title != theirs.title
        assert _leads(ours) == _leads(theirs), ours.title
        assert _shown(ours) == _shown(theirs), ours.title


def _leads(section: Section) -> list[list[str]]:
    """Links and pictures, as far as a translation may not change them."""
    hrefs = [span.href for block in section.blocks for line in block.lines for span in line if span.href]
    return [sorted(hrefs), [block.picture for block in section.blocks if block.picture]]


def _shown(section: Section) -> int:
    return sum(span.kind == "shown" for block in section.blocks for line in block.lines for span in line)


@pytest.mark.parametrize("told", TOLD)
def test_every_link_leads_to_a_page(told: Told) -> None:
    lost = []
    for span in spans(*told):
        try:
            if span.href:
                resolve(span.href)
        except Resolver404:
            lost.append(span.href)
    assert lost == []


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("key", library.KEYS)
def test_every_picture_is_there_in_both_widths_sized_and_light(key: library.Key, language: str) -> None:
    for block in blocks(key):
        if block.kind != "picture":
            continue
        assert len(block.alt) > 10, block.picture
        picture = library.pictures(language)[block.picture]
        for shot in (picture.wide, picture.phone):
            file = STATIC / shot.file
            assert file.stat().st_size < HEAVIEST
            with Image.open(file) as drawn:
                assert drawn.size == (shot.width, shot.height)


def test_no_picture_ships_that_no_guide_shows() -> None:
    shown = {block.picture for key in library.KEYS for block in blocks(key) if block.picture}
    assert set(library.pictures()) == shown
    files = {file.name for file in (STATIC / library.STATIC).iterdir()}
    drawn = [library.pictures(language)[name] for language in ("vi", "en") for name in shown]
    shots = [shot for each in drawn for shot in (each.wide, each.phone)]
    assert files == {Path(file).name for shot in shots for file in (shot.file, shot.light)}


def test_guide_in_another_language_shows_its_own_pictures_where_there_are_any(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one = {"wide": [2, 1], "phone": [1, 2]}
    (tmp_path / "pictures.json").write_text(json.dumps({"vi": {"a": one, "b": one}, "en": {"a": one}}))
    monkeypatch.setattr(library, "DATA", tmp_path)
    library.pictures.cache_clear()
    found = library.pictures("en")
    library.pictures.cache_clear()
    names = [Path(shot.file).name for each in found.values() for shot in (each.wide, each.phone)]
    assert names == ["a-wide.en.webp", "a-phone.en.webp", "b-wide.webp", "b-phone.webp"]


def test_every_help_link_leads_to_a_section() -> None:
    """Of every page of both faces, every verb and every list; and what is mapped is the name of a page."""
    slugs = {"desk:verb": [page.slug for page in PAGES], "desk:worklist": list(SLUGS.values())}
    names = {face: {pattern.name for pattern in _pages(face)} for face in places.GUIDE_OF}
    assert set(places.PORTAL) <= names["portal"]
    assert set(places.DESK) <= names["desk"]
    assert {slug for name, known in places.BY_SLUG.items() for slug in set(known) - set(slugs[name])} == set()
    for face, known in names.items():
        for name in known:
            for slug in slugs.get(f"{face}:{name}", [""]):
                place = places.place_for(f"{face}:{name}", slug)
                assert place is None or library.guide(place.key).section(place.anchor), (name, slug)


def _pages(face: str) -> Iterator[URLPattern]:
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and entry.namespace == face:
            yield from (each for each in entry.url_patterns if isinstance(each, URLPattern))


def test_every_key_named_is_a_key_of_the_desk() -> None:
    named = {span.text for span in spans("cong-chuc") if span.kind == "typed"}
    assert sorted(named - set(KEYS) - {"Enter"}) == []


def test_guides_in_the_repository_are_those_of_the_system() -> None:
    for name in for_repository.names():
        written = (for_repository.FOLDER / f"{name}.md").read_text(encoding="utf-8")
        assert written == for_repository.for_repository(name), "python -m tools.guides writes them anew"


# --- Reading ------------------------------------------------------------------------------------------
HEAD = "# Tên\n\nMở đầu.\n\n## Phần\n\n### Việc\n\n"


def test_a_guide_is_read_into_parts_tasks_and_lines() -> None:
    text = HEAD + "1. Bấm **Tìm** hoặc `Enter`\n2. Xem [đây](/lien-he/).\n\n> Chú ý.\n\n![Hình mẫu](hinh)\n"
    guide = reading.read(text)
    section = guide.sections[0]
    assert (guide.title, guide.parts[0].title, section.anchor) == ("Tên", "Phần", "viec")
    steps: tuple[Line, ...] = (
        (Span("text", "Bấm "), Span("shown", "Tìm"), Span("text", " hoặc "), Span("typed", "Enter")),
        (Span("text", "Xem "), Span("text", "đây", "/lien-he/"), Span("text", ".")),
    )
    assert section.blocks == (
        Block("steps", steps),
        Block("note", ((Span("text", "Chú ý."),),)),
        Block("picture", picture="hinh", alt="Hình mẫu"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Không có tên.\n",
        HEAD + "*nghiêng*\n",
        HEAD + "- a\n  - b\n",
        HEAD + "- a\n\n  b\n",
        HEAD + "```\nmã\n```\n",
        HEAD + "---\n",
        HEAD + "Chữ.\n\n### Việc\n\nChữ.\n",
        "# Tên\n\n### Việc\n\nChữ.\n",
        "# Tên\n\n## Phần\n",
    ],
)
def test_what_guides_do_not_know_is_refused(text: str) -> None:
    with pytest.raises(NotInGuides):
        reading.read(text)


@given(st.text(alphabet="<>&\"'/abc script=()", min_size=1, max_size=60))
def test_markup_stays_words(text: str) -> None:
    """Whatever stands in a paragraph comes out as words that templates escape, or is refused."""
    try:
        guide = reading.read(f"{HEAD}x{text}\n")
    except NotInGuides:
        return
    kinds = {span.kind for block in guide.sections[0].blocks for line in block.lines for span in line}
    assert kinds <= {"text"}


@pytest.mark.parametrize(
    "text", [HEAD + "Chữ.\n\n### Hai\n\nChữ.\n", HEAD + "Chữ.\n\n## Hai\n\n### Ba\n\nChữ.\n"]
)
def test_a_translation_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(NotInGuides):
        reading.read(text).anchored_like(reading.read(HEAD + "Chữ.\n"))


# --- Finding ------------------------------------------------------------------------------------------
def test_finding_forgives_accents_and_puts_titles_first() -> None:
    found = [each.section.anchor for each in library.find(library.guide("nguoi-dan").sections, "BO SUNG")]
    assert found[0] == "bo-sung-ho-so"
    assert "hieu-ngay-hen-tra-ket-qua" in found[1:]


def test_finding_wants_every_word_and_nothing_finds_nothing() -> None:
    sections = library.guide("cong-chuc").sections
    assert library.find(sections, "  ") == ()
    assert library.find(sections, "vắng mặt kangaroo") == ()
