"""How an imported row becomes a procedure sheet. The row has passed its schema; nothing is guessed here.

What people read is spelled out (`abbreviations`), cases and notes too; only keys stay as printed.

Units of time stay as printed. Only the five units of the law's arithmetic give a limit; `day` ("ngày" that
does not say which kind), `mixed`, `none` and `unknown` leave `limit` empty: the dossier gets no due date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from fractions import Fraction
from typing import Any

from motcua.catalogue.enums import Channel, OnlineLevel, PaymentTime
from motcua.catalogue.rules import codes
from motcua.catalogue.rules.abbreviations import spelled_out
from motcua.catalogue.rules.eforms import FormSection
from motcua.catalogue.rules.sheets import Fee, OfferedLimit, ProcedureSheet, RequiredDocument, Result
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.kernel.money import Money
from motcua.kernel.text import fold

Row = Mapping[str, Any]
_CHANNELS = {
    "counter": Channel.COUNTER,
    "direct": Channel.COUNTER,
    "online": Channel.ONLINE,
    "postal": Channel.POSTAL,
    "post": Channel.POSTAL,
}
RECORDED_AT_MOST = 160  # characters of a result's name in the national record; the rest is missing there
_SURE = frozenset({"found", "derived", "memory"})
_ASKED_OF_PROVENANCE = ("code", "legal_time", "fee", "components", "online_level")


def key_of(row: Row) -> str:
    """The procedure's name in data files: its id, else made from its code."""
    return str(row.get("id") or slug(str(row["code"])))


def code_of(row: Row) -> str:
    """The code for comparing; a plainly synthetic one (`X.…`) where no code is known."""
    return codes.comparable(row["code"]) if row.get("code") else f"X.{key_of(row)}"[:40]


def slug(text: str) -> str:
    """`Tờ khai đăng ký` → `to-khai-dang-ky`."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def sheet(
    row: Row,
    *,
    eform: Sequence[FormSection],
    known_channels: Mapping[str, tuple[str, ...]] | None = None,
    version_id: int = 0,
) -> ProcedureSheet:
    """The sheet that a row describes.

    `known_channels`, by key of a component, stand where the row says nothing of a component's channels; an
    empty list in the row says: all of them.
    """
    provenance = {key: str(value) for key, value in row.get("provenance", {}).items()}
    return ProcedureSheet(
        version_id=version_id,
        code=code_of(row),
        printed_code=row.get("code") or "",
        title=spelled_out(" ".join(row["name_vi"].split())),
        sector=row["field"],
        online_level=OnlineLevel(row.get("online_level", "none")),
        levels=tuple(row.get("level", ())),
        agency_text=spelled_out(row.get("agency", "")),
        variants=_variants(row),
        components=_components(row, known_channels or {}),
        fees=tuple(_fee(item) for item in row.get("fee", ())),
        limits=_limits(row, provenance.get("legal_time", "unverified")),
        cases_cover_all=row["legal_time"].get("cases_cover_all", False),
        results=_results(row),
        legal_basis=tuple(row.get("legal_basis", ())),
        eform=tuple(eform),
        notes=tuple(spelled_out(note) for note in row.get("notes", ())),
        provenance=provenance,
        source=row.get("source", ""),
        publication_decision=row.get("publication_decision", ""),
        ministry=_line(row.get("run_by", {}).get("ministry")),
        ministry_address=row.get("run_by", {}).get("address", ""),
        no_mandate=_line(row.get("no_mandate")),
        applicants=tuple(row.get("applicants", ())),
        who_files=_line(row.get("who_files")),
        conditions=_conditions(row),
        must_come=_line(row.get("must_come")),
        result_ways=tuple(row.get("result_ways", {}).get("ways", ())),
        result_ways_basis=_line(row.get("result_ways", {}).get("basis")),
        is_sample=any(provenance.get(key, "unverified") not in _SURE for key in _ASKED_OF_PROVENANCE),
    )


def _line(text: str | None) -> str:
    """A sentence on one line; empty where the row does not say it."""
    return " ".join((text or "").split())


def printed_limit(value: Any, unit: str) -> TimeLimit | None:
    """The limit, if value and unit are such as the law's arithmetic knows; None otherwise."""
    if value is None or unit not in set(TimeUnit):
        return None
    try:
        return TimeLimit(Fraction(str(value)), TimeUnit(unit))
    except ValueError:  # half a calendar day: printed, but no length the law counts in
        return None


def printed_number(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _limits(row: Row, mark: str) -> tuple[OfferedLimit, ...]:
    legal = row["legal_time"]
    cutoff = time.fromisoformat(legal["cutoff"]) if legal.get("cutoff") else None
    note = spelled_out(legal.get("note", ""))

    def offered(item: Row, channel: str | None, variant: str | None, same_day: time | None) -> OfferedLimit:
        limit = printed_limit(item["value"], item["unit"])
        # "In the day, after 15:00 the next": the cut-off belongs to the limit of one working day only.
        applies = limit is not None and limit == TimeLimit.of(1, TimeUnit.WORKING_DAY)
        return OfferedLimit(
            channel=channel,
            variant=variant,
            limit=limit,
            printed_value=printed_number(item["value"]),
            printed_unit=item["unit"],
            cutoff=same_day if applies else None,
            mark=mark,
            note=note,
        )

    by_channel = [
        offered(item, _CHANNELS[item["channel"]], None, cutoff) for item in row.get("channels") or ()
    ]
    by_case = [offered(item, None, spelled_out(item["case"]), cutoff) for item in legal.get("cases", ())]
    return (offered(legal, None, None, cutoff), *by_channel, *by_case)


def _variants(row: Row) -> tuple[str, ...]:
    """The cases an applicant can choose: those with their own times, then those with their own papers."""
    timed = [item["case"] for item in row["legal_time"].get("cases", ())]
    papers = [item["case"] for item in row.get("components", ()) if item.get("case")]
    return tuple(dict.fromkeys(spelled_out(case) for case in (*timed, *papers)))


def _conditions(row: Row) -> tuple[str, ...] | None:
    """An empty list says that there are none; nothing said, that nobody entered them."""
    found = row.get("conditions")
    return None if found is None else tuple(spelled_out(_line(text)) for text in found)


def _components(row: Row, known_channels: Mapping[str, tuple[str, ...]]) -> tuple[RequiredDocument, ...]:
    documents: list[RequiredDocument] = []
    taken: set[str] = set()
    for item in row.get("components", ()):
        key = base = item.get("key") or slug(item["name"])[:50].strip("-")
        number = 2
        while key in taken:
            key, number = f"{base}-{number}", number + 1
        taken.add(key)
        documents.append(_document(item, key, known_channels.get(key, ())))
    return tuple(documents)


def _document(item: Row, key: str, known_channels: tuple[str, ...]) -> RequiredDocument:
    channels = item.get("channels")
    return RequiredDocument(
        key=key,
        name=spelled_out(item["name"]),
        originals=item.get("original", 1),
        copies=item.get("copies", 0),
        required=item.get("required", True),
        channels=known_channels if channels is None else tuple(_CHANNELS[channel] for channel in channels),
        variants=(spelled_out(item["case"]),) if item.get("case") else (),
        condition=spelled_out(item.get("condition", "")),
        is_form=item.get("form", False),
        is_shown_only=item.get("shown_only", False),
        is_for_others=item.get("for_others", False),
    )


def _fee(item: Row) -> Fee:
    return Fee(
        name=spelled_out(item["name"]),
        amount=None if item["amount_vnd"] is None else Money(item["amount_vnd"]),
        channel=_CHANNELS[item["channel"]] if item.get("channel") else None,
        variant=spelled_out(item["case"]) if item.get("case") else None,
        note=spelled_out(item.get("note", "")),
        one_of=item.get("one_of", ""),
        from_piece=item.get("from_piece"),
        at_most=Money(item["at_most_vnd"]) if "at_most_vnd" in item else None,
        per_copy=item.get("per_copy", False),
        exempt=spelled_out(item.get("exempt", "")),
        due=PaymentTime(item["due"]) if item.get("due") else None,
    )


def _results(row: Row) -> tuple[Result, ...]:
    listed = tuple(
        Result(item.get("code", ""), spelled_out(whole_words(item["name"])))
        for item in row.get("results", ())
    )
    if listed or not row.get("result"):
        return listed
    return (Result("", spelled_out(row["result"])),)


def whole_words(name: str) -> str:
    """A name that the national record breaks off, ended with a whole clause or word, and with "…"."""
    if len(name) != RECORDED_AT_MOST:
        return name
    clause, has_clauses, rest = name.rpartition(";")
    before, _, last = name.rpartition(" ")
    is_word = any(char in "aeiouy" for char in fold(last))
    kept = clause if has_clauses and rest.strip() else name if is_word else before
    return f"{kept.rstrip(' ;,(')}…"
