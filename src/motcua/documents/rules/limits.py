"""What may be sent: the one place from which limits are shown beforehand and checked afterwards."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that is received. `extensions` are lower case without the dot, the usual one first."""

    media_type: str
    label: str
    extensions: tuple[str, ...]
    is_shown_inline: bool  # a browser may show it instead of saving it


PDF = FileType("application/pdf", "PDF", ("pdf",), True)
JPEG = FileType("image/jpeg", "JPEG", ("jpg", "jpeg", "jpe", "jfif"), True)
PNG = FileType("image/png", "PNG", ("png",), True)
DOCX = FileType(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word (DOCX)", ("docx",), False
)
XLSX = FileType(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel (XLSX)", ("xlsx",), False
)
ODT = FileType("application/vnd.oasis.opendocument.text", "ODT", ("odt",), False)
PICTURES = (JPEG.media_type, PNG.media_type)
# What is taken can be shown and joined: a picture fills memory while it is decoded, and a JPEG is decoded
# smaller. A page of A4 at 600 dpi has 35 million. No text gives a size: ours.
MOST_PIXELS = {JPEG.media_type: 64_000_000, PNG.media_type: 40_000_000}
ALLOWED = (PDF, JPEG, PNG, DOCX, XLSX)
KNOWN = (*ALLOWED, ODT)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one upload. `max_bytes` counts one file."""

    max_bytes: int
    types: tuple[FileType, ...] = ALLOWED

    @property
    def size_text(self) -> str:
        """The size limit for people: `20 MB`."""
        megabytes, rest = divmod(self.max_bytes, MEGABYTE)
        return f"{megabytes} MB" if megabytes and not rest else f"{self.max_bytes:,} byte".replace(",", ".")

    @property
    def types_text(self) -> str:
        """The received types for people: `PDF, JPEG, …`."""
        return ", ".join(each.label for each in self.types)

    @property
    def accept(self) -> str:
        """For the `accept` attribute of a file field: `.pdf,.jpg,…`."""
        return ",".join(f".{extension}" for each in self.types for extension in each.extensions)


# No text gives a size or a list of types: both are settings of the operator. Mark: sample.
DEFAULT = Limits(max_bytes=20 * MEGABYTE)
# Blank forms are taken home over slow lines by everybody. Mark: sample.
BLANK_FORMS = Limits(max_bytes=5 * MEGABYTE, types=(PDF, DOCX, ODT))


def type_of(media_type: str) -> FileType | None:
    """The type with this media type that is received somewhere, or None."""
    return next((each for each in KNOWN if each.media_type == media_type), None)
