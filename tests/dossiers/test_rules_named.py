"""Bystanders in a reason that all may read: whoever is named is hidden, what is called after them stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.config.demo import sample
from motcua.dossiers.rules.named import named
from motcua.kernel.text import as_seen


def hidden(text: str) -> str:
    text = as_seen(text)
    for start, end in reversed(named(text)):
        text = f"{text[:start]}…{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Chưa gặp ông/bà Trần Văn Bình là người giáp ranh", "Chưa gặp ông/bà … là người giáp ranh"),
        ("Ông (bà) Trần Văn Bình chưa ký giáp ranh", "Ông (bà) … chưa ký giáp ranh"),
        ("Chưa có ý kiến của Ông: Trần Văn Bình.", "Chưa có ý kiến của Ông: …."),
        ("hồ sơ của cụ Bình, anh/chị Hoa, anh-chị Lan", "hồ sơ của cụ …, anh/chị …, anh-chị …"),
        ("ông “Trần Văn Bình” vắng", "ông “…” vắng"),
        ("ông \"Bình\", bà 'Hoa'", "ông \"…\", bà '…'"),
        ("thai phụ Hoa, gia đình Lan, đồng chí Bình", "thai phụ …, gia đình …, đồng chí …"),
        ("Chờ bà\u200bTrần Thị Hoa xác nhận", "Chờ bà… xác nhận"),
        ("bà trần thị hoa chưa ký", "bà … chưa ký"),
        ("ông Lê Bình, Lê Cúc và Phạm Dũng vắng", "ông … vắng"),
        ("ông Trần Bình - Lê Cúc vắng", "ông … vắng"),
        ("Ông N. V. Bình chưa ký", "Ông … chưa ký"),
        ("bà H’ Hoa Niê, H’Hen Niê và ông Y Wang Mlô", "bà … và ông …"),
        ("Chờ hộ Trần Văn Bình ký giáp ranh", "Chờ hộ … ký giáp ranh"),
        ("H’Hen Niê chưa ký", "… chưa ký"),
        ("Cho ong Le Van Tam; ba Tran Thi Hoa", "Cho ong …; ba …"),
        ("Chờ xác minh (ba Tran Thi Hoa)", "Chờ xác minh (ba …)"),
        ("CHƯA GẶP ÔNG TRẦN VĂN BÌNH", "CHƯA GẶP ÔNG …"),
    ],
)
def test_whoever_is_named_is_found(text: str, left: str) -> None:
    assert hidden(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Cần thêm thời gian kiểm tra thực địa cùng Ủy ban nhân dân cấp xã.",
        "Chờ ba Sở trả lời; còn ba (ba) Sở",
        "Chưa có Quyết định của Chi cục Thi hành án",
        "Đường Nguyễn Tất Thành ngập, Trường Trần Hưng Đạo đóng cửa",
        "Chờ công văn của Thành phố Hồ Chí Minh, TP. Hồ Chí Minh",
        "Chờ văn bản của Sở Y tế Đắk Lắk và Bộ Y tế",
        "Đã mời bà. Sở Xây dựng chưa trả lời",
        "Chờ anh, hồ sơ của bà lý do chưa rõ",
        "HỒ SƠ CHƯA ĐỦ CĂN CỨ",
        "cô đọng, bác đơn, chú ý, cụ thể, anh ninh, bà con",
        "",
    ],
)
def test_what_names_nobody_stays(text: str) -> None:
    assert hidden(text) == text


def test_agency_behind_a_name_stays() -> None:
    assert hidden("bà Trần Thị Bình và Sở Xây dựng") == "bà … và Sở Xây dựng"
    assert hidden("ông Lâm - Sở Xây dựng") == "ông … - Sở Xây dựng"


HONORIFICS = st.sampled_from(["ông", "bà", "Ông", "BÀ", "cụ", "anh", "chị", "ông/bà", "Ông (bà)", "anh-chị"])
BETWEEN = st.sampled_from([" ", ": ", " “", " (", "  ", "\u00a0", "\n", " - ", "\u200b "])


@given(
    st.randoms(use_true_random=False), HONORIFICS, BETWEEN, st.sampled_from(["chưa ký", "", ", vắng", "."])
)
@settings(deadline=None)
def test_no_word_of_a_bystander_survives(rng: object, honorific: str, between: str, after: str) -> None:
    name = sample.full_name(rng)  # type: ignore[arg-type]  # hypothesis gives a random.Random
    left = hidden(f"Chưa gặp {honorific}{between}{name} {after}")
    assert not {word for word in name.split() if word in left}


@given(st.text(max_size=60))
@settings(deadline=None)
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    seen = as_seen(text)
    places = [0, *(place for span in named(seen) for place in span), len(seen)]
    assert places == sorted(places)
