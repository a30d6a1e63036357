"""Files that citizens send: one whole PDF, and some that must be refused."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"\n".join(
    (
        b"%PDF-1.4",
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj",
        b"xref",
        b"0 4",
        b"0000000000 65535 f ",
        b"0000000009 00000 n ",
        b"0000000052 00000 n ",
        b"0000000101 00000 n ",
        b"trailer<</Size 4/Root 1 0 R>>",
        b"startxref",
        b"164",
        b"%%EOF",
        b"",
    )
)
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\x00" * 200


def upload(content: bytes = PDF, name: str = "giay-to.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")
