"""How well cited laws are known: a mark says no more than what was read, and a later amendment is told."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest
from tests.law.test_rules_loading import CLAUSES, HEAD, VALID

from motcua.dossiers.rules import resting
from motcua.law import queries
from motcua.law.rules import Mark, Reference
from motcua.law.rules.cited import CitedLaw, load_cited
from motcua.law.rules.loading import Loader
from motcua.law.rules.values import Amendment
from motcua.theme import regulations as words

SOURCE = Path(queries.__file__).parent.parent
CITED, _ = load_cited(
    "cited.toml", tomllib.loads((SOURCE / "law/data/cited.toml").read_text(encoding="utf-8"))
)
SECONDARY = [
    (law, article)
    for law, cited in CITED.items()
    for article, mark in cited.known.items()
    if mark is Mark.SECONDARY
]
CHANGED = Amendment("NĐ 310/2026/NĐ-CP", dt.date(2026, 8, 5))


def loaded(entry: str) -> tuple[Reference | None, list[str]]:
    """What a loader makes of a value, and the keys it complains of. NĐ 61 is known from a newspaper only."""
    laws = {"NĐ 61": CitedLaw(known={"Đ19": Mark.SECONDARY}), "TT 01": CitedLaw(known={"Đ19": Mark.FOUND})}
    loader = Loader("DL24.toml", CLAUSES, {"A40"}, laws)
    body = f"{HEAD}{VALID}[intake]\ncheck_at_once = {{ value = true, {entry} }}"
    regulation = loader.load(tomllib.loads(body))
    value = regulation.get("intake.check_at_once") if regulation else None
    return value.by_reference if value else None, [each.key for each in loader.problems]


@pytest.mark.parametrize(
    ("law", "mark", "is_taken"),
    [
        ("NĐ 61", "found", False),
        ("NĐ 61", "secondary", True),
        ("NĐ 61", "memory", True),
        ("TT 01", "found", True),
        ("TT 01", "secondary", False),
        ("TT 99", "found", False),  # no source is named
        ("TT 99", "secondary", False),
        ("TT 99", "memory", True),
        ("TT 01", "ours", False),
    ],
)
def test_value_is_marked_no_better_than_its_article_is_known(law: str, mark: str, is_taken: bool) -> None:
    reference, problems = loaded(f'by_reference = {{ law = "{law}", article = "Đ19", mark = "{mark}" }}')
    key = "intake.check_at_once.by_reference.mark"
    assert (reference, problems) == ((Reference(law, "Đ19", Mark(mark)), []) if is_taken else (None, [key]))


def test_setting_of_ours_names_its_reading_and_no_text() -> None:
    assert loaded('ours = true, readings = ["A40"]') == (Reference("", "", Mark.OURS), [])
    for entry in (
        "ours = true",
        'ours = false, readings = ["A40"]',
        'ours = true, readings = ["A40"], clauses = ["DL24-8.1.b"]',
    ):
        assert loaded(entry) == (None, ["intake.check_at_once.ours"]), entry


@pytest.mark.parametrize(
    ("part", "key"),
    [
        ({"known": {"Đ1": {"mark": "memory", "source": "x"}}}, "NĐ 1.known.Đ1"),
        ({"known": {"Đ1": {"mark": "found", "source": ""}}}, "NĐ 1.known.Đ1"),
        ({"known": "x"}, "NĐ 1.known."),
        ({"amended": {"Đ1": {"by": "NĐ 2", "since": "2026", "source": "x"}}}, "NĐ 1.amended.Đ1"),
        ({"amended": {"Đ1": {"by": "NĐ 2", "since": dt.date(2026, 8, 5)}}}, "NĐ 1.amended.Đ1"),
        ({"read": True}, "NĐ 1"),
    ],
)
def test_what_is_said_of_an_article_without_its_source_is_a_problem(part: dict, key: str) -> None:
    laws, problems = load_cited("cited.toml", {"NĐ 1": part})
    assert (laws, [each.key for each in problems]) == ({}, [key])


def test_pause_for_a_financial_obligation_is_ours_and_silent_in_the_oldest_regulation() -> None:
    """No text at hand stops the clock for it (reading A40); index 2.1 of QĐ 766 speaks of supplements."""
    told = {name: queries.regulation(name).get("pause.grounds") for name in queries.law().regulations}
    assert told.pop("KT18") is None
    ours = {name: (v.clauses, v.by_reference, v.readings) for name, v in told.items() if v}
    assert ours == dict.fromkeys(
        ("DL24", "KT22", "PT24", "QN20"), ((), Reference("", "", Mark.OURS), ("A40",))
    )
    assert words.mark_text(Reference("", "", Mark.OURS)) == "hệ thống tự đặt, không có văn bản quy định"


def test_rules_call_no_article_read_that_is_known_second_hand() -> None:
    assert ("NĐ 61/2018/NĐ-CP", "Đ19") in SECONDARY
    named = [
        (re.escape(law.removesuffix("/NĐ-CP").removesuffix("/TT-VPCP")), article)
        for law, article in SECONDARY
    ]
    pattern = re.compile("|".join(rf"{law}(/NĐ-CP|/TT-VPCP)? {article}\s+\(found" for law, article in named))
    read = [
        path.name for path in sorted(SOURCE.rglob("*.py")) if pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert read == []
    silent = (*resting._NEW_DATE, *resting._REPLY)  # what stands where a regulation says nothing
    assert [each.mark for each in silent] == [CITED[each.law].known[each.article] for each in silent]


@pytest.mark.parametrize(
    ("day", "amended"),
    [(dt.date(2026, 8, 4), None), (dt.date(2026, 8, 5), CHANGED), (dt.date(2026, 11, 27), CHANGED)],
)
def test_amendment_is_told_of_what_rests_on_the_article_from_its_first_day(
    day: dt.date, amended: Amendment | None
) -> None:
    """NĐ 310/2026 changed NĐ 45/2020 Đ11; nobody here has read whether the eight hours stay."""
    value = queries.regulation("DL24").get("intake.reply_limit")
    assert value is not None
    assert value.by_reference is not None
    then = value.by_reference.on(day)
    assert then.amended == amended
    law = "NĐ 45/2020/NĐ-CP Đ11"
    changed = f"{law}, sửa đổi bởi NĐ 310/2026/NĐ-CP từ ngày 05/08/2026 (chưa đọc nội dung sửa đổi)"
    told = (
        (changed, "đã đọc văn bản trước khi sửa đổi", "wait") if amended else (law, "đã đọc văn bản", "good")
    )
    assert (words.reference_text(then), words.mark_text(then), words.mark_tone(then)) == told
