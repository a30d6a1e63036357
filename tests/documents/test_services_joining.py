"""Several pages become one paper: in order, turned, of a sane size, and never at the price of a signature."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, NameObject, NumberObject
from pytest_django import Settings
from tests.documents import samples
from tests.documents.samples import AN, AT

from motcua.documents import queries, services
from motcua.documents.errors import (
    Broken,
    JoinedTooLarge,
    NoPages,
    NoSuchFile,
    NotJoinable,
    Signed,
    TooManyPages,
    TooManyPixels,
)
from motcua.documents.rules import limits
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.pages import MOST_PAGES, Page, Pages
from motcua.documents.services import pictures
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.errors import Refusal

pytestmark = pytest.mark.django_db
BINH = Actor(ActorKind.CITIZEN, "8", "Trần Bình")


def stored(content: bytes, name: str) -> FileCard:
    return services.store(upload=io.BytesIO(content), name=name, actor=AN, at=AT)


def joined(*pages: Page, name: str = "Giấy chứng sinh") -> PdfReader:
    card = services.join(pages=pages, name=name, actor=AN, at=AT)
    with queries.open_content(card.id) as file:
        return PdfReader(io.BytesIO(file.read()))


def noise(size: tuple[int, int], kind: str = "JPEG", **more: Any) -> bytes:
    target = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(target, kind, **more)
    return target.getvalue()


def signed_pdf() -> bytes:
    form = DictionaryObject({NameObject("/SigFlags"): NumberObject(3)})
    return samples.pdf(AcroForm=form)


def test_pages_are_joined_in_their_order_and_turned() -> None:
    photo, scan = stored(samples.picture("JPEG", (60, 80)), "a.jpg"), stored(samples.pdf(pages=2), "b.pdf")
    found = joined(Page(scan.id, 2, 90), Page(photo.id, 1, 90), Page(scan.id, 1)).pages
    assert [page.rotation for page in found] == [90, 0, 0]
    widths = [round(float(page.mediabox.width)) for page in found]
    assert widths[0] == widths[2] == 200
    assert widths[1] > found[1].mediabox.height  # the picture itself was turned


def test_joined_paper_is_one_file_of_the_one_who_joined_it_under_its_name() -> None:
    photo = stored(samples.picture("PNG"), "a.png")
    card = services.join(pages=[Page(photo.id)], name="Giấy A/B", actor=AN, at=AT)
    assert (card.name, card.media_type) == ("Giấy A-B.pdf", "application/pdf")
    assert queries.sent_by(AN, [card.id]) == {card.id}
    assert queries.sent_by(BINH, [card.id]) == frozenset()


def test_large_picture_becomes_a_sheet_of_a4_as_sharp_as_print_needs() -> None:
    photo = stored(noise((3000, 2000), quality=60), "a.jpg")
    (page,) = joined(Page(photo.id)).pages
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (842, 561)
    (image,) = page.images
    assert max(image.image.size) == 2338  # A4 at 200 dots per inch


def test_picture_stands_as_it_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the telephone lay on its side
    photo = stored(noise((200, 100), exif=exif), "a.jpg")
    (page,) = joined(Page(photo.id)).pages
    assert page.mediabox.height > page.mediabox.width
    look = Image.open(io.BytesIO(services.thumbnail(photo)))
    assert look.height > look.width


def test_transparent_picture_lies_on_white_paper() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(target, "PNG")
    look = Image.open(io.BytesIO(services.thumbnail(stored(target.getvalue(), "a.png"))))
    assert look.getpixel((20, 20)) == (255, 255, 255)


def test_whole_that_is_too_large_is_made_less_sharp_and_then_refused(settings: Settings) -> None:
    settings.DOCUMENTS_MAX_MEGABYTES = 2
    photos = [stored(noise((1700, 2300), quality=35), f"{number}.jpg") for number in range(2)]
    pages = [Page(photo.id) for photo in photos]
    card = services.join(pages=pages, name="Giấy", actor=AN, at=AT)
    assert card.size <= 2 * 1024 * 1024
    with queries.open_content(card.id) as file:
        sizes = [max(page.images[0].image.size) for page in PdfReader(io.BytesIO(file.read())).pages]
    assert sizes == [1754, 1754]  # A4 at 150 dots per inch
    settings.DOCUMENTS_MAX_MEGABYTES = 1
    with pytest.raises(JoinedTooLarge):
        services.join(pages=pages, name="Giấy", actor=AN, at=AT)


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (samples.docx(), "a.docx", NotJoinable),
        (samples.xlsx(), "a.xlsx", NotJoinable),
        (signed_pdf(), "a.pdf", Signed),
        (samples.pdf() + b"\n%/ByteRange [0 1 2 3]\n", "a.pdf", Signed),
        (samples.png_claiming(900, 900), "a.png", Broken),
    ],
)
def test_file_without_pages_to_join_is_refused_by_its_name(
    content: bytes, name: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        services.count_pages(stored(content, name))
    assert refused.value.params["name"] == name


def test_picture_that_was_kept_when_larger_ones_were_taken_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    card = stored(samples.picture("PNG", (900, 900)), "a.png")
    monkeypatch.setitem(limits.MOST_PIXELS, "image/png", 800_000)
    with pytest.raises(TooManyPixels) as refused:
        services.count_pages(card)
    assert refused.value.params["name"] == "a.png"


def test_no_pages_make_no_paper() -> None:
    with pytest.raises(NoPages):
        services.join(pages=[], name="Giấy", actor=AN, at=AT)


@pytest.mark.parametrize("turn", [0, 90])
def test_thumbnail_shows_one_page_small_and_turned(turn: int) -> None:
    scan = stored(samples.pdf(pages=2), "a.pdf")
    look = Image.open(io.BytesIO(services.thumbnail(scan, number=2, turn=turn)))
    assert (look.format, max(look.size)) == ("JPEG", pictures.THUMBNAIL)
    tall = stored(noise((100, 200)), "b.jpg")
    look = Image.open(io.BytesIO(services.thumbnail(tall, turn=turn)))
    assert (look.width > look.height) is (turn == 90)


def test_thumbnail_of_what_has_no_such_page_is_not_there() -> None:
    scan, word = stored(samples.pdf(), "a.pdf"), stored(samples.docx(), "a.docx")
    photo = stored(samples.picture("JPEG"), "a.jpg")
    for card, number in ((scan, 2), (scan, 0), (word, 1), (photo, 2)):
        with pytest.raises(NoSuchFile):
            services.thumbnail(card, number=number)


def test_pages_lie_ready_for_their_owner_only_until_they_are_cleared_away() -> None:
    for purpose in ("draft:1:a", "draft:1:b", "draft:10:a"):
        services.arrange(actor=AN, purpose=purpose, change=lambda pages: pages.added("x", 1), at=AT)
    assert queries.pages_of(AN, "draft:1:a").pages == (Page("x"),)
    assert queries.pages_of(BINH, "draft:1:a") == Pages()
    assert set(queries.all_pages(AN, "draft:1:")) == {"draft:1:a", "draft:1:b"}
    services.clear(actor=BINH, purpose="draft:1:")
    services.clear(actor=AN, purpose="draft:1:")
    assert queries.pages_of(AN, "draft:1:a") == Pages()
    assert queries.pages_of(AN, "draft:10:a").pages == (Page("x"),)


def test_refused_change_leaves_what_lay_there() -> None:
    services.arrange(actor=AN, purpose="p", change=lambda pages: pages.added("x", 2), at=AT)
    with pytest.raises(TooManyPages):
        services.arrange(actor=AN, purpose="p", change=lambda pages: pages.added("y", MOST_PAGES), at=AT)
    assert len(queries.pages_of(AN, "p").pages) == 2
