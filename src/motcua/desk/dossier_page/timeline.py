"""All that happened around a dossier, by time: acts, letters, messages with the applicant, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from motcua.desk.dossier_page import course
from motcua.desk.dossier_page.values import Entry
from motcua.dossiers.queries import DossierView, Note
from motcua.dossiers.rules.thread import Said
from motcua.dossiers.services import Beside, Earlier, Side, Thread
from motcua.kernel.errors import N_
from motcua.notify.enums import Channel, Delivery
from motcua.notify.queries import OutboxLine

PARAMETER, BEFORE = "muc", "truoc"
ACTS, LETTERS, MESSAGES, NOTES = "dien-bien", "thu-bao", "tin-nhan", "ghi-chu"
KINDS = {
    "": N_("Tất cả"),
    ACTS: N_("Diễn biến"),
    LETTERS: N_("Thư báo"),
    MESSAGES: N_("Tin nhắn"),
    NOTES: N_("Ghi chú"),
}
EMPTY = {
    "": N_("Chưa có gì."),
    ACTS: N_("Chưa có việc nào được ghi."),
    LETTERS: N_("Chưa có thư nào được gửi về hồ sơ này."),
    MESSAGES: N_("Người nộp và bộ phận một cửa chưa nhắn gì cho nhau."),
    NOTES: N_("Chưa có ghi chú nào trong cơ quan."),
}
SIDES = {LETTERS: Side.LETTERS, MESSAGES: Side.MESSAGES, NOTES: Side.NOTES}
NEWEST_ONLY = {
    LETTERS: N_("Ở đây chỉ có những thư báo mới nhất."),
    MESSAGES: N_("Ở đây chỉ có những tin nhắn mới nhất."),
    NOTES: N_("Ở đây chỉ có những ghi chú mới nhất."),
}
SEE_OLDER = {
    LETTERS: N_("Xem thư báo cũ hơn"),
    MESSAGES: N_("Xem tin nhắn cũ hơn"),
    NOTES: N_("Xem ghi chú cũ hơn"),
}
NAMED_AT_MOST = 2  # in a title; all of them stand below it
ASIDE = "aside"  # decides nothing
_TONES = {Delivery.FAILED: "bad", Delivery.WAITING: "wait", Delivery.CLAIMED: "wait"}


@dataclass(frozen=True, slots=True)
class Older:
    """Older entries of one side, on a page of their own."""

    side: str
    said: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The entries that were asked for, the newest first; `tabs` are (key, text, address). `older` are those
    sides of which the page does not show all: what it says of them, and the link to the rest."""

    entries: tuple[Entry, ...]
    tabs: tuple[tuple[str, str, str], ...]
    current: str
    empty: str
    older: tuple[Older, ...] = ()


def timeline_of(view: DossierView, beside: Beside, thread: Thread, query: QueryDict) -> Timeline:
    """What the address asks for; an unknown kind is all."""
    asked = query.get(PARAMETER, "")
    kind = asked if asked in KINDS else ""
    parts: dict[str, Iterator[Entry]] = {
        ACTS: iter(course.history(view)),
        LETTERS: _letters(beside.letters),
        MESSAGES: _messages(reversed(thread.said)),
        NOTES: _notes(beside.notes),
    }
    wanted = [kind] if kind else list(parts)
    # Of one moment what follows from an act stands above it, as the newest stands on top.
    ranked = [(entry.at, rank, entry) for rank, key in enumerate(wanted) for entry in parts[key]]
    ranked.sort(key=lambda each: each[:2], reverse=True)
    tabs = tuple((key, gettext(text), _address(query, key)) for key, text in KINDS.items())
    entries = tuple(entry for _at, _rank, entry in ranked)
    older = tuple(each for each in older_of(view, beside) if each.side in wanted)
    return Timeline(entries, tabs, kind, gettext(EMPTY[kind]), older)


def older_of(view: DossierView, beside: Beside) -> tuple[Older, ...]:
    """The sides of which the page of the dossier shows the newest entries only."""
    more = {
        LETTERS: beside.older_letters,
        MESSAGES: beside.written.older_said,
        NOTES: beside.written.older_notes,
    }
    page = reverse("desk:history", args=[view.id])
    return tuple(
        Older(side, gettext(NEWEST_ONLY[side]), gettext(SEE_OLDER[side]), f"{page}?{_query(side, before)}")
        for side, before in more.items()
        if before is not None
    )


def earlier_page(view: DossierView, side: str, found: Earlier) -> Timeline:
    """One page of a side, with a tab for each side."""
    page = reverse("desk:history", args=[view.id])
    entries = (*_letters(found.letters), *_messages(found.said), *_notes(found.notes))
    tabs = tuple((key, gettext(KINDS[key]), f"{page}?{_query(key, None)}") for key in SIDES)
    return Timeline(entries, tabs, side, gettext(EMPTY[side]))


def _query(side: str, before: int | None) -> str:
    asked = {PARAMETER: side} | ({BEFORE: str(before)} if before is not None else {})
    return urlencode(asked)


def next_of(side: str, found: Earlier) -> str:
    """The question for the next page of the side; empty at the end."""
    return f"?{_query(side, found.more)}" if found.more is not None else ""


def _address(query: QueryDict, kind: str) -> str:
    """This page with what else it shows, and only these entries."""
    changed = query.copy()
    changed.pop(PARAMETER, None)
    if kind:
        changed[PARAMETER] = kind
    return f"?{changed.urlencode()}#history"


def _letters(lines: Sequence[OutboxLine]) -> Iterator[Entry]:
    """One entry for all letters of one act with one text, whoever got them by whichever channel."""

    def same(line: OutboxLine) -> tuple[datetime, str]:
        return line.posted_at, line.key

    for (at, _key), rows in groupby(sorted(lines, key=same, reverse=True), key=same):
        yield _letter(at, list(rows))


def _letter(at: datetime, lines: Sequence[OutboxLine]) -> Entry:
    people = list(dict.fromkeys(line.recipient_name for line in lines if line.recipient_name))
    names = ", ".join(people)
    said = Counter(_fate(line) for line in lines)
    fates = [f"{text} ({count})" if count > 1 else text for text, count in said.items()]
    entry = Entry(
        title=_title(lines[0], people),
        at=at,
        who=gettext("Gửi %(names)s") % {"names": names} if names else gettext("Thư báo"),
        body="\n".join(fates),
        state=ASIDE,
    )
    worst = next((state for state in _TONES if any(line.state == state for line in lines)), None)
    return replace(entry, tag=str(worst.label), tone=_TONES[worst]) if worst else entry


def _title(line: OutboxLine, people: Sequence[str]) -> str:
    """What was told. Officers are spoken to in it, and others read it here: it says first to whom."""
    if not (_is_among_officers(line) and people):
        return gettext("Thư: %(subject)s") % {"subject": line.subject}
    shown, more = ", ".join(people[:NAMED_AT_MOST]), len(people) - NAMED_AT_MOST
    if more > 0:
        shown = ngettext("%(names)s và %(n)d người khác", "%(names)s và %(n)d người khác", more) % {
            "names": shown,
            "n": more,
        }
    return gettext("Báo cho %(names)s: “%(subject)s”") % {"names": shown, "subject": line.subject}


def _is_among_officers(line: OutboxLine) -> bool:
    return line.key.startswith("desk.")


def _fate(line: OutboxLine) -> str:
    """By which channel, and what became of it."""
    if line.channel == Channel.IN_APP:
        if _is_among_officers(line):
            return gettext("Báo trong hệ thống, giữa các cán bộ")
        read = gettext("đã đọc") if line.read_at else gettext("chưa đọc")
        return gettext("Hộp thư trên Cổng: %(state)s") % {"state": read}
    state = str(Delivery(line.state).label)
    return gettext("Thư điện tử: %(state)s") % {"state": state[:1].lower() + state[1:]}


def _messages(newest_first: Iterable[Said]) -> Iterator[Entry]:
    for said in newest_first:
        title = gettext("Bộ phận một cửa trả lời") if said.is_from_desk else gettext("Người nộp nhắn")
        yield Entry(title=title, at=said.at, who=said.author_name, body=said.text, state=ASIDE)


def _notes(notes: Sequence[Note]) -> Iterator[Entry]:
    for note in notes:
        yield Entry(
            title=gettext("Ghi chú trong cơ quan"),
            at=note.at,
            who=note.author_name,
            body=note.text,
            state=ASIDE,
        )
