"""A procedure is judged by what its online level asks, and nothing is said to be there that is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motcua.catalogue import labels
from motcua.catalogue.enums import OnlineLevel
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.levels import CHECK_OF, Lack, lacks_of, number_of
from motcua.catalogue.rules.sheets import Fee, OfferedLimit, ProcedureSheet, RequiredDocument, Result
from motcua.kernel.limits import TimeLimit
from motcua.kernel.money import Money
from motcua.law import queries as law
from motcua.law.rules.conformity import CHECKS, asked_from

FULL, PARTIAL, NONE = OnlineLevel.FULL, OnlineLevel.PARTIAL, OnlineLevel.NONE
FORM = RequiredDocument("don", "Đơn", is_form=True)
ONLINE_FORM = RequiredDocument("to-khai", "Tờ khai", is_form=True, channels=("online",))
FEE, FREE, UNKNOWN = Fee("Lệ phí", Money(8000)), Fee("Lệ phí", Money(0)), Fee("Phí", None)
FREE_FOR_SOME = Fee("Lệ phí", Money(0), note="miễn nếu hộ nghèo")
AT_COUNTER = Fee("Lệ phí", Money(8000), channel="counter")
TERM = OfferedLimit(None, None, TimeLimit.parse("3wd"), "3", "working_day")
# What has everything that any level asks of a procedure without fees, but the blank form of `don`.
WHOLE = ProcedureSheet(
    1,
    "1.000001",
    "Cấp giấy",
    "Hộ tịch",
    FULL,
    components=(FORM, ONLINE_FORM, RequiredDocument("ban-sao", "Bản sao")),
    limits=(TERM,),
    results=(Result("kq", "Giấy"),),
    legal_basis=("Luật Hộ tịch",),
    eform=(FormSection("Nội dung", (FormField("a", "Họ tên"),)),),
)


def lacks(name: str, sheet: ProcedureSheet, *put_up: str) -> list[str]:
    scale = law.regulation(name).words("levels.scale")
    return [str(each) for each in lacks_of(sheet, put_up, scale, asked_from(law.cited_texts(name)))]


@pytest.mark.parametrize(
    ("name", "level", "of_a_bare_one"),
    [
        # Thông tư 32/2017 Điều 5: each level asks what those below ask, and something of its own.
        pytest.param("QN20", NONE, [], marks=pytest.mark.clause("QN20-3.3")),
        pytest.param(
            "QN20",
            PARTIAL,
            ["term", "result", "basis", "forms", "questions"],
            marks=pytest.mark.clause("QN20-3.3"),
        ),
        pytest.param(
            "QN20",
            FULL,
            ["term", "result", "basis", "forms", "questions", "payment"],
            marks=pytest.mark.clause("QN20-3.3"),
        ),
        # As many steps as possible are electronic where a service is offered in full; a part may stay away.
        pytest.param("DL24", PARTIAL, [], marks=pytest.mark.clause("DL24-3.1")),
        pytest.param(
            "DL24",
            FULL,
            ["term", "result", "basis", "questions", "payment"],
            marks=pytest.mark.clause("DL24-3.1"),
        ),
        ("PT24", PARTIAL, []),
        ("PT24", FULL, ["term", "result", "basis", "questions", "payment"]),
        # Forms are offered from level 2 on, which what is not filed online has; fees may be paid by post.
        pytest.param(
            "KT18", NONE, ["term", "result", "basis", "forms"], marks=pytest.mark.clause("KT18-5.2#2")
        ),
        pytest.param(
            "KT18", FULL, ["term", "result", "basis", "forms"], marks=pytest.mark.clause("KT18-5.2#2")
        ),
    ],
)
def test_procedure_lacks_what_its_level_asks(name: str, level: OnlineLevel, of_a_bare_one: list[str]) -> None:
    bare = replace(WHOLE, online_level=level, limits=(), results=(), legal_basis=(), eform=(), fees=(FEE,))
    assert lacks(name, bare) == of_a_bare_one
    assert lacks(name, replace(WHOLE, online_level=level), "don") == []


@pytest.mark.clause("QN20-3.3")
@pytest.mark.parametrize("name", ["QN20"])
@pytest.mark.parametrize(
    ("fees", "put_up", "expected"),
    [
        ((FREE,), ("don",), []),
        ((AT_COUNTER,), ("don",), []),
        ((FEE,), ("don",), ["payment"]),
        ((UNKNOWN,), ("don",), ["payment"]),
        ((FREE_FOR_SOME,), ("don",), ["payment"]),
        ((), ("ban-sao",), ["forms"]),
        ((FREE, FEE), (), ["forms", "payment"]),
    ],
)
def test_what_may_be_to_be_paid_and_each_form_counts(
    name: str, fees: tuple[Fee, ...], put_up: tuple[str, ...], expected: list[str]
) -> None:
    assert lacks(name, replace(WHOLE, fees=fees), *put_up) == expected


@pytest.mark.clause("QN20-3.3")
@pytest.mark.parametrize("name", ["QN20"])
def test_procedure_without_any_form_lacks_none_and_a_printed_term_is_one(name: str) -> None:
    printed = OfferedLimit(None, None, None, "3", "day")
    nothing_to_fill_in = replace(WHOLE, components=(), eform=(), limits=(printed,))
    assert lacks(name, nothing_to_fill_in) == []
    unsaid = replace(WHOLE, limits=(replace(printed, printed_value=""),))
    assert lacks(name, unsaid, "don") == ["term"]


def test_service_of_a_ministry_is_judged_by_the_ministry() -> None:
    assert lacks("QN20", replace(WHOLE, fees=(FEE,), ministry="Bộ Tư pháp")) == []


@pytest.mark.parametrize(("name", "numbers"), [("KT18", (2, 3, 4)), ("QN20", (0, 3, 4)), ("DL24", (0, 3, 4))])
def test_level_is_a_number_by_the_scale_of_the_regulation(name: str, numbers: tuple[int, ...]) -> None:
    scale = law.regulation(name).words("levels.scale")
    assert tuple(number_of(level, scale) for level in (NONE, PARTIAL, FULL)) == numbers


def test_every_lack_is_looked_for_by_a_law_and_has_its_words() -> None:
    assert set(CHECK_OF) == set(labels.LACK) == set(Lack)
    assert set(CHECK_OF.values()) == set(CHECKS)
