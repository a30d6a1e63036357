"""The rail beside every page of the desk: groups of links with their counts.

Drawn here and not by a template: it stands on a page twice (folded for narrow screens), and its forty links
took a tenth of the time of every page of the desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class RailLink:
    """`count` is None where nothing is counted; `is_late`: it is late. `key`: pressed to get there."""

    text: str
    href: str
    is_current: bool
    count: int | None = None
    is_late: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class RailGroup:
    heading: str
    links: tuple[RailLink, ...]


def drawn(groups: Sequence[RailGroup], *, has_keys: bool) -> SafeString:
    """`has_keys`: the links can be pressed by their keys; one of the two rails of a page says so."""
    return format_html_join("", "{}{}", ((_heading(each), _list(each, has_keys)) for each in groups))


def _heading(group: RailGroup) -> str:
    return format_html('<p class="mc-rail__heading">{}</p>', group.heading) if group.heading else ""


def _list(group: RailGroup, has_keys: bool) -> SafeString:
    lines = (
        (
            each.href,
            format_html(' data-mc-key="{}"', each.key) if has_keys and each.key else "",
            format_html(' aria-current="{}"', "page") if each.is_current else "",
            each.text,
            _count(each),
        )
        for each in group.links
    )
    link = '<li><a class="mc-rail__link" href="{}"{}{}>{}{}</a></li>'
    return format_html('<ul class="mc-rail__list">{}</ul>', format_html_join("", link, lines))


def _count(link: RailLink) -> str:
    if link.count is None:
        return ""
    late = " mc-rail__count--late" if link.is_late and link.count else ""
    return format_html('&nbsp;<span class="mc-rail__count{}">{}</span>', late, link.count)
