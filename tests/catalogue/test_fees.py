"""What a procedure costs: fees of a channel and a case, and when their sum is sure."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.enums import FieldKind, OnlineLevel
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.fees import copies_asked, fees_to_pay, free_if, tier_amounts, unit_of
from motcua.catalogue.rules.sheets import Fee, ProcedureSheet
from motcua.dossiers import labels
from motcua.kernel.money import Money

SHEET = ProcedureSheet(1, "1.000001", "Cấp giấy", "Tư pháp", OnlineLevel.FULL, variants=("mới", "cấp lại"))
TWENTY = Fee("Lệ phí", Money(20000))


def total(*fees: Fee, variant: str | None = None) -> Money | None:
    return fees_to_pay(replace(SHEET, fees=fees), "counter", variant).total


@pytest.mark.parametrize(
    ("note", "unit"),
    [
        ("/lần", "mỗi lần"),
        ("/người/lần", "mỗi người, mỗi lần"),
        ('/lần (TT 47/2019); hàng trong nguồn ghi nhầm "100 VNĐ"', "mỗi lần"),
        ("mỗi bản, nếu yêu cầu", "mỗi bản"),
        ("miễn", ""),
    ],
)
def test_unit_of_a_fee_is_what_its_note_begins_with(note: str, unit: str) -> None:
    assert unit_of(Fee("Phí", Money(1), note=note)) == unit


def test_sum_is_told_where_it_is_sure() -> None:
    assert total() == Money(0)
    assert total(Fee("Lệ phí", Money(0))) == Money(0)
    assert total(TWENTY, Fee("Phí", Money(0))) == Money(20000)
    assert total(TWENTY, Fee("Phí trực tuyến", Money(5000), channel="online")) == Money(20000)


@pytest.mark.parametrize(
    "other",
    [
        TWENTY,
        Fee("Phí thẩm định", None),
        Fee("Phí bản sao", Money(8000), note="mỗi bản"),
    ],
)
def test_sum_is_not_told_where_several_fees_may_apply(other: Fee) -> None:
    assert total(TWENTY, other) is None


@pytest.mark.parametrize("note", ["mỗi bản", "nếu yêu cầu"])
def test_fee_by_the_piece_or_on_request_gives_no_sum(note: str) -> None:
    assert total(Fee("Phí bản sao", Money(8000), note=note)) is None


def test_fee_of_one_case_is_sure_once_the_case_is_chosen() -> None:
    of_new = Fee("Lệ phí", Money(20000), variant="mới")
    assert (total(of_new), total(of_new, variant="mới")) == (None, Money(20000))
    assert total(of_new, variant="cấp lại") == Money(0)
    (named,) = fees_to_pay(replace(SHEET, fees=(of_new,)), "counter", None).fees
    assert named.case == "mới"


COPIES = (FormSection("Bản sao", (FormField("copies", "Số bản sao", FieldKind.WHOLE_NUMBER),)),)
BY_COPY = Fee("Phí bản sao", Money(8000), note="mỗi bản, nếu yêu cầu")


@pytest.mark.parametrize(
    ("fees", "answer", "told", "sure"),
    [
        ((BY_COPY,), "2", "Phí bản sao: 8.000 đồng mỗi bản, 2 bản là 16.000 đồng", Money(16000)),
        ((BY_COPY,), "", "Phí bản sao: 8.000 đồng mỗi bản, nếu yêu cầu", None),
        ((BY_COPY,), "0", "Phí bản sao: 8.000 đồng mỗi bản, nếu yêu cầu", None),
        ((BY_COPY,), "hai", "Phí bản sao: 8.000 đồng mỗi bản, nếu yêu cầu", None),
        ((BY_COPY, TWENTY), "1",
         "Phí bản sao: 8.000 đồng mỗi bản, 1 bản là 8.000 đồng; Lệ phí: 20.000 đồng", None),
        # which of two fees the copies are of, nothing tells
        ((BY_COPY, replace(BY_COPY, name="Phí")), "2",
         "Phí bản sao: 8.000 đồng mỗi bản, nếu yêu cầu; Phí: 8.000 đồng mỗi bản, nếu yêu cầu", None),
    ],
)  # fmt: skip
def test_copies_that_the_form_asks_for_are_summed_up(
    fees: tuple[Fee, ...], answer: str, told: str, sure: Money | None
) -> None:
    sheet = replace(SHEET, fees=fees, eform=COPIES)
    found = fees_to_pay(sheet, "online", None, {"copies": answer})
    assert (labels.fees_told(found), found.total) == (told, sure)
    asked = copies_asked(sheet, {"copies": answer})
    assert labels.fees_sentence(fees, asked) == told


def test_number_of_another_question_counts_no_copies() -> None:
    assert copies_asked(replace(SHEET, fees=(BY_COPY,)), {"copies": "2"}) is None


@pytest.mark.parametrize(
    ("answers", "copies"),
    [({"copies": "0"}, 0), ({"copies": ""}, 0), ({"other": "1"}, 0), ({"copies": "hai"}, None), ({}, None)],
)
def test_no_copies_wanted_is_told_from_nobody_asked(answers: dict[str, str], copies: int | None) -> None:
    assert copies_asked(replace(SHEET, fees=(BY_COPY,), eform=COPIES), answers) == copies


IN_TIME = Fee("Lệ phí", Money(0), note="miễn nếu đăng ký đúng hạn, hộ nghèo; còn lại theo HĐND tỉnh")


def test_fee_that_is_free_in_some_cases_only_is_not_told_to_cost_nothing() -> None:
    assert free_if(IN_TIME) == "đăng ký đúng hạn, hộ nghèo"
    assert (free_if(Fee("Lệ phí", Money(0), note="miễn")), free_if(replace(IN_TIME, amount=None))) == ("", "")
    found = fees_to_pay(replace(SHEET, fees=(IN_TIME,)), "counter", None)
    assert (found.total, found.is_nothing, found.is_free) == (None, False, False)
    assert labels.fees_told(found) == (
        "Lệ phí: miễn nếu đăng ký đúng hạn, hộ nghèo; trường hợp khác theo quy định riêng"
    )


@given(st.sets(st.integers(2, 9), max_size=4), st.integers(0, 30), st.randoms())
def test_tiers_share_out_every_piece_once(later: set[int], pieces: int, random: Random) -> None:
    tiers = [Fee("Phí", Money(1), one_of="x", from_piece=start) for start in (1, *later)]
    random.shuffle(tiers)
    found = tier_amounts(tiers, pieces)
    assert sum(found) == pieces
    starts = sorted(each.from_piece or 1 for each in tiers)
    for piece in range(1, pieces + 1):
        start = max(each for each in starts if each <= piece)
        before = tier_amounts(tiers, piece - 1)
        after = tier_amounts(tiers, piece)
        grown = [each.from_piece for each, a, b in zip(tiers, before, after, strict=True) if b == a + 1]
        assert grown == [start]


fees = st.tuples(
    st.none() | st.integers(0, 10**6),
    st.sampled_from([None, "counter", "online"]),
    st.sampled_from([None, "mới", "cấp lại"]),
    st.sampled_from(["", "mỗi bản", "nếu yêu cầu"]),
).map(lambda of: Fee("Phí", None if of[0] is None else Money(of[0]), *of[1:]))


@given(st.lists(fees, max_size=5), st.sampled_from([None, "mới", "cấp lại"]))
def test_told_sum_is_that_of_all_fees_that_apply(among: list[Fee], variant: str | None) -> None:
    found = fees_to_pay(replace(SHEET, fees=tuple(among)), "counter", variant)
    assert len(found.fees) == len(replace(SHEET, fees=tuple(among)).fees_for("counter", variant))
    if found.total is not None:
        assert found.total.vnd == sum(fee.amount.vnd for fee in found.fees if fee.amount)
        assert found.is_free is (found.total.vnd == 0)
