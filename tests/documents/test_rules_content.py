"""What a file really is, judged by its content."""

from __future__ import annotations

import io

import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject
from tests.documents import samples

from motcua.documents import errors
from motcua.documents.rules.content import checks, office
from motcua.documents.rules.limits import BLANK_FORMS, DEFAULT, DOCX, JPEG, ODT, PDF, PNG, XLSX, Limits

GOOD = [
    ("đơn.pdf", samples.pdf(), PDF),
    ("ảnh.jpg", samples.picture("JPEG"), JPEG),
    ("ảnh.JPEG", samples.picture("JPEG"), JPEG),
    ("bản vẽ.png", samples.picture("PNG"), PNG),
    ("tờ khai.docx", samples.docx(), DOCX),
    ("bảng kê.xlsx", samples.xlsx(), XLSX),
]


def check(content: bytes, name: str, limits: Limits = DEFAULT) -> checks.Checked:
    return checks.check(io.BytesIO(content), name, limits)


@pytest.mark.parametrize(("name", "content", "kind"), GOOD)
def test_check_file_of_received_type_gives_its_type(name, content, kind):
    assert check(content, name)[:2] == (kind, name)


@pytest.mark.parametrize(("name", "content", "kind"), GOOD)
def test_check_name_without_extension_gets_the_usual_one(name, content, kind):
    assert check(content, "giấy tờ")[:2] == (kind, f"giấy tờ.{kind.extensions[0]}")


def test_check_counts_the_pages_of_a_pdf_and_of_nothing_else():
    assert check(samples.pdf(pages=3), "đơn.pdf").pages == 3
    assert check(samples.picture("PNG"), "ảnh.png").pages is None


@pytest.mark.parametrize(
    "content",
    [
        samples.EXECUTABLE,
        b"\x7fELF\x02\x01\x01" + b"\x00" * 64,
        b"#!/bin/sh\nrm -rf /\n",
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,  # old Word, and Word with a password
        b"GIF89a" + b"\x00" * 20,
        b"PK\x03\x04 not an archive",
        samples.archive({"program.exe": samples.EXECUTABLE}),
        samples.archive({"word/document.xml": b"<document/>"}),  # without its list of types
    ],
)
def test_check_content_of_other_type_is_refused_whatever_its_name(content):
    with pytest.raises(errors.TypeNotAllowed) as refusal:
        check(content, "giấy khai sinh.pdf")
    assert refusal.value.code == "documents.only_named_so"
    assert refusal.value.params == {"name": "giấy khai sinh.pdf", "type": "PDF"}
    with pytest.raises(errors.TypeNotAllowed) as plain:
        check(content, "giấy khai sinh")
    assert plain.value.code == "documents.type_not_allowed"
    assert "giấy khai sinh" in str(plain.value)


def test_check_extension_of_another_type_is_refused_and_names_what_was_found():
    with pytest.raises(errors.TypeMismatch) as refusal:
        check(samples.picture("PNG"), "ảnh.pdf")
    assert refusal.value.params == {"name": "ảnh.pdf", "found": "PNG"}


@pytest.mark.parametrize("name", ["đơn.pdf.exe", "đơn.scr", "đơn.js"])
def test_check_document_under_the_name_of_a_program_is_refused(name):
    with pytest.raises(errors.TypeMismatch):
        check(samples.pdf(), name)


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"hevc"])
def test_check_picture_as_telephones_keep_it_is_refused_with_what_to_do(brand):
    content = b"\x00\x00\x00\x18ftyp" + brand + b"\x00" * 100
    with pytest.raises(errors.TelephonePicture) as refusal:
        check(content, "IMG_0001.HEIC")
    assert refusal.value.params["name"] == "IMG_0001.HEIC"
    with pytest.raises(errors.TypeNotAllowed) as other:
        check(content, "IMG_0001.HEIC", Limits(1000, (PDF,)))
    assert type(other.value) is errors.TypeNotAllowed


def test_check_type_taken_from_the_list_is_refused():
    with pytest.raises(errors.TypeNotAllowed) as refusal:
        check(samples.xlsx(), "bảng kê.xlsx", Limits(1000, (PDF, JPEG)))
    assert refusal.value.params["types"] == "PDF, JPEG"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("đơn.pdf", b"%PDF-1.7\n" + b"\x00" * 500),
        ("đơn.pdf", samples.pdf()[:120]),
        ("đơn.pdf", b"%PDF-1.7\n" + samples.EXECUTABLE),
        ("đơn.pdf", samples.pdf(pages=0)),
        ("ảnh.jpg", samples.picture("JPEG")[:300]),
        ("ảnh.jpg", samples.picture("JPEG")[:-2]),
        ("ảnh.jpg", b"\xff\xd8\xff\xe0\x00\x00"),
        ("ảnh.jpg", b"\xff\xd8\xff" + samples.EXECUTABLE),
        ("ảnh.png", samples.picture("PNG")[:-6]),
        ("ảnh.png", samples.picture("PNG").replace(b"IDAT", b"IDAX")),
        ("ảnh.png", b"\x89PNG\r\n\x1a\n" + samples.EXECUTABLE),
        ("ảnh.png", samples.png_claiming(0, 10)),
    ],
)
def test_check_cut_off_or_senseless_file_is_refused_as_broken(name, content):
    with pytest.raises(errors.Broken):
        check(content, name)


def jpeg_claiming(width, height):
    """A JPEG whose frame promises more pixels than it has, as the telephone of a stranger may write them."""
    small = samples.picture("JPEG")
    at = small.index(b"\xff\xc0") + 5  # marker, length and depth stand before height and width
    return small[:at] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + small[at + 4 :]


@pytest.mark.parametrize(
    ("name", "content", "is_taken"),
    [
        ("ảnh.jpg", jpeg_claiming(12_000, 9_000), False),  # 108 megapixels, as some telephones write them
        ("ảnh.jpg", jpeg_claiming(8_001, 8_000), False),
        ("ảnh.jpg", jpeg_claiming(8_000, 8_000), True),
        ("ảnh.png", samples.png_claiming(60_000, 60_000), False),
        ("ảnh.png", samples.png_claiming(8_000, 5_001), False),
        ("ảnh.png", samples.png_claiming(8_000, 5_000), True),
    ],
)
def test_check_picture_that_could_not_be_shown_is_refused_when_it_comes(name, content, is_taken):
    """Else it would be kept, have no preview, and be missing among the pages to join."""
    if is_taken:
        check(content, name)
        return
    with pytest.raises(errors.TooManyPixels) as refused:
        check(content, name)
    assert refused.value.params == {"name": name}


def test_check_pdf_that_opens_without_its_password_is_taken():
    """Locked against printing and changes only: whoever reads it needs no password."""
    check(samples.pdf(owner_password="bí mật"), "đơn.pdf")


def test_check_pdf_with_password_is_refused():
    with pytest.raises(errors.Encrypted):
        check(samples.pdf(password="bí mật"), "đơn.pdf")


SCRIPT = samples.action("JavaScript", JS="app.alert(1)")


@pytest.mark.parametrize(
    "content",
    [
        samples.pdf(OpenAction=SCRIPT),
        samples.pdf(OpenAction=samples.action("Launch", F="cmd.exe")),
        samples.pdf(AA=DictionaryObject({NameObject("/WC"): SCRIPT})),
        samples.pdf(Names=DictionaryObject({NameObject("/JavaScript"): DictionaryObject()})),
        samples.pdf(AcroForm=DictionaryObject({NameObject("/XFA"): ArrayObject()})),
        samples.pdf_with_link(samples.action("Launch", F="cmd.exe")),
        samples.pdf_with_link(
            DictionaryObject({NameObject("/S"): NameObject("/GoTo"), NameObject("/Next"): SCRIPT})
        ),
    ],
)
def test_check_pdf_that_starts_something_is_refused(content):
    with pytest.raises(errors.ActiveContent):
        check(content, "đơn.pdf")


def test_check_pdf_whose_fields_bite_their_tail_is_refused_in_short_time():
    with pytest.raises(errors.Broken):
        check(samples.pdf_with_endless_fields(), "đơn.pdf")


def test_check_pdf_with_plain_link_is_received():
    content = samples.pdf_with_link(samples.action("URI", URI="https://dichvucong.gov.vn"))
    assert check(content, "đơn.pdf")[:2] == (PDF, "đơn.pdf")


@pytest.mark.parametrize(
    "content",
    [
        samples.docx(word__vbaProject__bin=b"macro"),
        samples.docx(word__embeddings__oleObject1__bin=b"package"),
        samples.docx(word__activeX__activeX1__bin=b"control"),
        samples.docx(kind="application/vnd.ms-word.document.macroEnabled.main+xml"),
        samples.archive(
            {
                "[Content_Types].xml": b"<Types/>",
                "word/document.xml": b"<document/>",
                "word/_rels/settings.xml.rels": (
                    b'<Relationship Type="x/attachedTemplate" Target="http://x" TargetMode="External"/>'
                ),
            }
        ),
    ],
)
def test_check_office_file_with_something_that_runs_is_refused(content):
    with pytest.raises(errors.ActiveContent):
        check(content, "tờ khai.docx")


def test_check_archive_that_unpacks_to_far_more_is_refused():
    with pytest.raises(errors.Broken):
        check(samples.docx(word__media__image1__bin=b"\x00" * (8 * 1024 * 1024)), "tờ khai.docx")


def test_check_archive_with_damaged_part_is_refused():
    content = samples.docx()
    start = content.index(b"word/document.xml") + len("word/document.xml")
    with pytest.raises(errors.Broken):
        check(content[:start] + b"\x00\x01\x02" + content[start + 3 :], "tờ khai.docx")


def test_office_kind_of_word_and_sheet_is_told_by_their_parts():
    assert office.kind(io.BytesIO(samples.docx())) == DOCX
    assert office.kind(io.BytesIO(samples.xlsx())) == XLSX


LINK = '<text:p><text:a xlink:href="https://dichvucong.gov.vn">Cổng</text:a></text:p>'


def test_check_odt_is_received_as_a_blank_form_only():
    assert check(samples.odt(LINK), "tờ khai.odt", BLANK_FORMS)[:2] == (ODT, "tờ khai.odt")
    with pytest.raises(errors.TypeNotAllowed):
        check(samples.odt(LINK), "tờ khai.odt")
    for name, content in (("ảnh.png", samples.picture("PNG")), ("bảng.xlsx", samples.xlsx())):
        with pytest.raises(errors.TypeNotAllowed):
            check(content, name, BLANK_FORMS)


@pytest.mark.parametrize(
    "content",
    [
        samples.odt(Basic__Standard__Module1__xml=b"<x/>"),
        samples.odt(Scripts__python__a__xml=b"<x/>"),
        samples.odt('<script:event-listener xlink:href="vnd.sun.star.script:a"/>'),
        samples.odt('<text:a xlink:href=" VND.sun&#46;star.script:a?language=Basic"/>'),
        samples.odt('<office:dde-source office:dde-application="cmd"/>'),
        samples.odt('<text:section-source xlink:href="https://xa.example/a.odt"/>'),
        samples.odt('<draw:image xlink:href="https://xa.example/a.png"/>'),
        samples.odt("<draw:object-ole/>"),
        samples.odt(settings__xml=b'<a xmlns:s="urn:s"><s:event-listener/></a>'),
        samples.odt(Object1__Basic__Standard__Module1__xml=b"<x/>"),
        samples.odt(**{"Object 1__SCRIPTS__python__a.py": b"x"}),
        samples.odt(**{"Object 1\\Basic\\a": b"x"}),
        samples.odt(Object1__content__xml=b'<a xmlns:s="urn:s"><s:event-listener/></a>'),
        samples.odt(Object1__Object2__content__xml=b'<d xmlns:x="u" x:href="https://xa.example/a"/>'),
        samples.odt(**{"Pictures__a.gif": b' <svg><image href="//xa.example/a.png"/></svg>'}),
        samples.odt(
            meta__xml=b'<m xmlns:t="m" xmlns:x="u"><t:template x:href="https://xa.example/a.ott"/></m>'
        ),
        samples.odt(styles__xml=b'<s xmlns:x="u"><background-image x:href="http://xa.example/a.png"/></s>'),
        samples.odt(
            styles__xml=b'<s xmlns:d="d" xmlns:x="u"><d:fill-image x:href="ftp://xa.example/a"/></s>'
        ),
        *(
            samples.odt(f'<draw:image xlink:href="{address}"/>')
            for address in (
                "//xa.example/share/a.png",
                "/a.png",
                "file:/home/a.png",
                "&#32;file:a.png",
                "%2f%2fxa.example/a.png",
                "\\\\xa.example\\a.png",
                "../a.png",
                "Pictures/../../a.png",
            )
        ),
    ],
)
def test_check_odt_that_starts_or_fetches_something_is_refused(content):
    with pytest.raises(errors.ActiveContent):
        check(content, "đơn.odt", BLANK_FORMS)


def test_check_odt_with_pictures_objects_and_empty_parts_of_its_own_is_received():
    own = "".join(
        f'<draw:image xlink:href="{path}"/>' for path in ("Pictures/a%20b.png", "./Object 1", "#ảnh", "")
    )
    parts = {
        "Pictures__a b.png": samples.picture("PNG"),
        "Object 1__content__xml": b"<math/>",
        "Configurations2__accelerator__current__xml": b"",
        "Configurations2__images__Bitmaps__": b"",
        "manifest.rdf": b'<rdf xmlns:r="r"><r:Description r:about="http://docs.oasis-open.org/ns"/></rdf>',
    }
    linked = '<draw:a xlink:href="https://dichvucong.gov.vn"/>'
    content = samples.odt(LINK + linked + own, **parts)
    assert check(content, "đơn.odt", BLANK_FORMS) == (ODT, "đơn.odt", None)


@pytest.mark.parametrize(
    "content",
    [
        samples.odt("<text:p>"),
        samples.odt(Object1__content__xml=b"<a>"),
        samples.odt(styles__xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        samples.archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
        samples.odt(Pictures__a__xml=b"0" * 2_000_000),
    ],
)
def test_check_odt_that_is_no_whole_document_is_refused_as_broken(content):
    with pytest.raises(errors.Broken):
        check(content, "đơn.odt", BLANK_FORMS)


def test_check_odt_with_password_is_refused():
    locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    with pytest.raises(errors.Encrypted):
        check(samples.odt(manifest=locked), "đơn.odt", BLANK_FORMS)


def test_check_odt_under_the_name_of_another_type_is_refused():
    with pytest.raises(errors.TypeMismatch):
        check(samples.odt(), "đơn.docx", BLANK_FORMS)
