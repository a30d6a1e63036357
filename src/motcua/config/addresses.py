"""The addresses at which the system is reached."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from motcua.config.env import BadSetting


def answered(public_url: str, named: Sequence[str] = ()) -> list[str]:
    """The host names that are answered: that of the address which people type, and those named beside it.

    The regulation's own address is one of them once `MOTCUA_PUBLIC_URL` is it; no other is answered.

    Raises BadSetting if the address has no host name.

    Basis: KT18-1, KT18-6.1, KT22-3.1, QN20-8.1, DL24-6.1.
    """
    try:
        host = urlsplit(public_url).hostname
    except ValueError:
        host = None
    if not host:
        raise BadSetting(f"MOTCUA_PUBLIC_URL is not an address (https://name), but {public_url!r}")
    written = f"[{host}]" if ":" in host else host  # as a browser names an IPv6 address
    return list(dict.fromkeys([written, *named]))
