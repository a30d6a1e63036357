"""Names, addresses, limits and headers."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.rules import addresses, names
from motcua.documents.rules.headers import content_disposition, safe_headers
from motcua.documents.rules.limits import DEFAULT, Limits

SHA = "ab12" + "0" * 60


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("Giấy khai sinh.pdf", "Giấy khai sinh.pdf"),
        (unicodedata.normalize("NFD", "Đơn đề nghị.docx"), "Đơn đề nghị.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\An\\đơn.pdf", "đơn.pdf"),
        ("ảnh\u202egpj.exe", "ảnhgpj.exe"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        ("  nhiều   khoảng  trắng .pdf ", "nhiều khoảng trắng .pdf"),
        ('a<b>:"c|?*.pdf', "a-b---c---.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("lpt1", "_lpt1"),
        (".htaccess", "htaccess"),
        ("...", "tep-tin"),
        ("", "tep-tin"),
        ("\u200b\ufeff", "tep-tin"),
        ("ơ" * 300 + ".pdf", "ơ" * 146 + ".pdf"),
    ],
)
def test_sanitise_dangerous_name_gives_harmless_one(given_name, safe):
    assert names.sanitise(given_name) == safe


@given(st.text(max_size=400))
def test_sanitise_any_name_is_stable_short_and_without_paths(name):
    safe = names.sanitise(name)
    assert 1 <= len(safe) <= names.LONGEST + 1
    assert not set(safe) & set('/\\<>:"|?*\r\n\x00')
    assert not safe.startswith(".")
    assert names.sanitise(safe) == safe


@pytest.mark.parametrize(
    ("name", "found"),
    [("a.PDF", "pdf"), ("a", ""), (".pdf", ""), ("a.tar.gz", "gz"), ("a.đ", ""), ("Điều 1. Đơn", "")],
)
def test_extension_of_name_is_lower_case_ascii(name, found):
    assert names.extension(name) == found


def test_address_of_hash_is_two_levels_deep_and_reads_back():
    key = addresses.key_of(SHA)
    assert key == f"ab/12/{SHA}"
    assert addresses.sha256_of(key) == SHA


@pytest.mark.parametrize("key", ["ab/13/" + SHA, "ab/12/x", f"../{SHA}", ""])
def test_address_that_is_not_ours_reads_back_as_none(key):
    assert addresses.sha256_of(key) is None


def test_address_of_something_else_raises():
    with pytest.raises(ValueError, match="not a SHA-256"):
        addresses.key_of("../../etc/passwd")


def test_limits_are_told_in_words_for_people():
    assert (DEFAULT.size_text, DEFAULT.types_text) == (
        "20 MB",
        "PDF, JPEG, PNG, Word (DOCX), Excel (XLSX)",
    )
    assert DEFAULT.accept == ".pdf,.jpg,.jpeg,.jpe,.jfif,.png,.docx,.xlsx"
    assert Limits(1500).size_text == "1.500 byte"


def test_headers_of_pdf_shown_inline_state_type_and_forbid_guessing():
    headers = safe_headers(name="Giấy hẹn.pdf", media_type="application/pdf", size=12, inline=True)
    assert headers["Content-Disposition"] == (
        "inline; filename=\"giay hen.pdf\"; filename*=UTF-8''Gi%E1%BA%A5y%20h%E1%BA%B9n.pdf"
    )
    assert (headers["Content-Type"], headers["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/zip"])
def test_headers_of_unknown_type_are_those_of_a_download(media_type):
    headers = safe_headers(name="a.html", media_type=media_type, size=12, inline=True)
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in headers["Content-Security-Policy"]


def test_content_disposition_name_with_quotes_and_breaks_stays_one_header():
    value = content_disposition('a"; x="\r\nSet-Cookie: b.pdf', inline=False)
    assert value.isascii()
    assert not set(value) & {"\r", "\n"}
    assert value.count('"') == 2
