"""Which device somebody has logged in from, in words that its owner recognises."""

from __future__ import annotations

from dataclasses import dataclass

# The first that fits: browsers name those whose pages they want to be given too.
_BROWSERS = (
    ("Zalo", "Zalo"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Device:
    """The browser and the system it runs on; what was not recognised is empty."""

    browser: str = ""
    system: str = ""

    def __str__(self) -> str:
        """ "Chrome, Android"; empty if nothing was recognised."""
        return ", ".join(filter(None, (self.browser, self.system)))


def device(told: str) -> Device:
    """What a browser tells of itself (its `User-Agent`), reduced to two words of ours.

    Anybody may write anything there, so nothing of it is kept but what is known beforehand.
    """
    return Device(_first(_BROWSERS, told), _first(_SYSTEMS, told))


def _first(known: tuple[tuple[str, str], ...], told: str) -> str:
    return next((name for mark, name in known if mark in told), "")
