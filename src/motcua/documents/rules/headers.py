"""The headers under which a stored file leaves the house."""

from __future__ import annotations

from urllib.parse import quote

from motcua.documents.rules.limits import type_of
from motcua.kernel.text import fold

_INLINE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'; "
    "frame-ancestors 'none'"
)
_ATTACHED = "default-src 'none'; sandbox; frame-ancestors 'none'"


def safe_headers(*, name: str, media_type: str, size: int, inline: bool = False) -> dict[str, str]:
    """Headers for one download. `inline` asks to show it in the browser, granted for PDF and images only.

    The type is stated and never guessed by the browser, nothing is kept by caches in between, and no page
    may embed it. Who may have the file is decided before, by the policy of whoever owns
    the link to it.

    Basis: KT18-4.3, KT18-3.5.
    """
    known = type_of(media_type)
    shown = inline and known is not None and known.is_shown_inline
    return {
        "Content-Type": media_type if known else "application/octet-stream",
        "Content-Length": str(size),
        "Content-Disposition": content_disposition(name, inline=shown),
        "Content-Security-Policy": _INLINE if shown else _ATTACHED,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


def content_disposition(name: str, *, inline: bool) -> str:
    """RFC 6266: a plain name for old programs and the Vietnamese one for all others."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in fold(name))
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain or 'tep-tin'}\"; filename*=UTF-8''{quote(name, safe='')}"
