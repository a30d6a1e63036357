"""All that happened around a dossier, by time: acts, letters, messages with the applicant, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.http import QueryDict
from django.utils.translation import gettext

from motcua.desk.dossier_page import course
from motcua.desk.dossier_page.values import Entry
from motcua.dossiers.queries import DossierView, Note
from motcua.dossiers.services import Beside, Thread
from motcua.kernel.errors import N_
from motcua.notify.enums import Channel, Delivery
from motcua.notify.queries import OutboxLine

PARAMETER = "muc"
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
ASIDE = "aside"  # decides nothing
_TONES = {Delivery.FAILED: "bad", Delivery.WAITING: "wait", Delivery.CLAIMED: "wait"}


@dataclass(frozen=True, slots=True)
class Timeline:
    """The entries that were asked for, the newest first; `tabs` are (key, text, address)."""

    entries: tuple[Entry, ...]
    tabs: tuple[tuple[str, str, str], ...]
    current: str
    empty: str


def timeline_of(view: DossierView, beside: Beside, thread: Thread, query: QueryDict) -> Timeline:
    """What the address asks for; an unknown kind is all."""
    asked = query.get(PARAMETER, "")
    kind = asked if asked in KINDS else ""
    parts: dict[str, Iterator[Entry]] = {
        ACTS: iter(course.history(view)),
        LETTERS: _letters(beside.letters),
        MESSAGES: _messages(thread),
        NOTES: _notes(beside.notes),
    }
    wanted = [kind] if kind else list(parts)
    # Of one moment what follows from an act stands above it, as the newest stands on top.
    ranked = [(entry.at, rank, entry) for rank, key in enumerate(wanted) for entry in parts[key]]
    ranked.sort(key=lambda each: each[:2], reverse=True)
    tabs = tuple((key, gettext(text), _address(query, key)) for key, text in KINDS.items())
    return Timeline(tuple(entry for _at, _rank, entry in ranked), tabs, kind, gettext(EMPTY[kind]))


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
    names = ", ".join(dict.fromkeys(line.recipient_name for line in lines if line.recipient_name))
    said = Counter(_fate(line) for line in lines)
    fates = [f"{text} ({count})" if count > 1 else text for text, count in said.items()]
    entry = Entry(
        title=gettext("Thư: %(subject)s") % {"subject": lines[0].subject},
        at=at,
        who=gettext("Gửi %(names)s") % {"names": names} if names else gettext("Thư báo"),
        body="\n".join(fates),
        state=ASIDE,
    )
    worst = next((state for state in _TONES if any(line.state == state for line in lines)), None)
    return replace(entry, tag=str(worst.label), tone=_TONES[worst]) if worst else entry


def _fate(line: OutboxLine) -> str:
    """By which channel, and what became of it."""
    if line.channel == Channel.IN_APP:
        if line.key.startswith("desk."):
            return gettext("Báo trong hệ thống, giữa các cán bộ")
        read = gettext("đã đọc") if line.read_at else gettext("chưa đọc")
        return gettext("Hộp thư trên Cổng: %(state)s") % {"state": read}
    state = str(Delivery(line.state).label)
    return gettext("Thư điện tử: %(state)s") % {"state": state[:1].lower() + state[1:]}


def _messages(thread: Thread) -> Iterator[Entry]:
    for said in reversed(thread.said):
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
