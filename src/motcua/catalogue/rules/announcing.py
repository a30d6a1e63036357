"""Reading a decision as it was entered: the lines that name its procedures, and what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.catalogue.enums import Change
from motcua.catalogue.rules.codes import comparable
from motcua.kernel.errors import N_
from motcua.kernel.text import visible_line

_LINE = re.compile(r"(?P<code>\d\.\d{6}(?:\.[A-Z0-9.]+)?|X\.[A-Z0-9.]+)(?:\s*[-–:|]\s*|\s+|$)(?P<title>.*)")
_YEARS = timedelta(days=20 * 366)


@dataclass(frozen=True, slots=True)
class Named:
    """A procedure as a decision names it; `code` in its comparable form."""

    code: str
    title: str
    change: Change


@dataclass(frozen=True, slots=True)
class Entry:
    number: str
    title: str
    signer: str
    signed_on: date
    effective_on: date
    procedures: tuple[Named, ...]


def named(text: str, change: Change) -> tuple[tuple[Named, ...], tuple[int, ...]]:
    """The procedures of a text with one on each line ("1.004873 Xác nhận tình trạng hôn nhân"), and the
    numbers of the lines that begin with no code."""
    found: list[Named] = []
    bad: list[int] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(" ".join(line.split()))
        if match is None:
            bad.append(number)
        else:
            found.append(Named(comparable(match["code"]), match["title"].strip(), change))
    return tuple(found), tuple(bad)


def carries_out(named: str, number: str) -> bool:
    """Whether the decision that an edition names, in whatever words around, is the one of this number.

    Basis: PT24-23.7, QN20-6.2.b-1, KT18-13.4#2, DL24-11.4.
    """
    wanted = re.escape(_plain(number))
    return re.search(rf"(?<![\w/.-]){wanted}(?![\w/-])", _plain(named)) is not None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def cleaned(entry: Entry, today: date, *, most: int) -> dict[str, str]:
    """What is wrong, by field; empty if nothing is."""
    faults: dict[str, str] = {}
    for field, text, longest in (
        ("number", entry.number, 60),
        ("title", entry.title, 500),
        ("signer", entry.signer, 200),
    ):
        if not 0 < len(visible_line(text)) <= longest:
            faults[field] = N_("Nội dung này còn thiếu hoặc quá dài.")
    faults |= faults_of_days(entry.signed_on, entry.effective_on, today)
    if not entry.procedures:
        faults["new"] = N_("Quyết định phải nêu ít nhất một thủ tục.")
    elif len(entry.procedures) > most:
        faults["new"] = N_("Quyết định nêu quá nhiều thủ tục; hãy ghi nhận thành nhiều lần.")
    elif repeated(each.code for each in entry.procedures):
        faults["new"] = N_("Một mã thủ tục được nêu hai lần.")
    elif any(not each.title for each in entry.procedures):
        faults["new"] = N_("Hãy ghi tên sau mã của mỗi thủ tục chưa có trên Hệ thống.")
    return faults


def faults_of_days(signed_on: date, effective_on: date, today: date) -> dict[str, str]:
    """A decision is signed before it is recorded, and is in force from its signing at the earliest."""
    faults: dict[str, str] = {}
    if not today - _YEARS <= signed_on <= today:
        faults["signed_on"] = N_("Ngày ký không được sau hôm nay.")
    if effective_on < signed_on:
        faults["effective_on"] = N_("Ngày có hiệu lực không được trước ngày ký.")
    elif effective_on > signed_on + _YEARS:
        faults["effective_on"] = N_("Hãy nhập một ngày trong thời gian tới.")
    return faults


def faults_of_proof(proof: str, done_on: date, signed_on: date, today: date) -> dict[str, str]:
    """Something is done between the signing and today, and can be seen by something."""
    faults: dict[str, str] = {}
    if not 0 < len(visible_line(proof)) <= 500:
        faults["proof"] = N_("Hãy ghi căn cứ để kiểm tra được việc đã làm.")
    if done_on > today:
        faults["done_on"] = N_("Ngày hoàn thành không được sau hôm nay.")
    elif done_on < signed_on:
        faults["done_on"] = N_("Ngày hoàn thành không được trước ngày ký quyết định.")
    return faults


def repeated(codes: Iterable[str]) -> bool:
    seen = list(codes)
    return len(set(seen)) < len(seen)
