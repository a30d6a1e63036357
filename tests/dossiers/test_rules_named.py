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


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("cán bộ Trần Thị Chi nghỉ ốm", "cán bộ … nghỉ ốm"),
        ("Cán bộ Trần Thị Chi nghỉ ốm", "Cán bộ … nghỉ ốm"),
        ("Cán Bộ Trần Thị Chi nghỉ ốm", "Cán Bộ … nghỉ ốm"),
        ("can bo Tran Thi Chi nghi om", "can bo … nghi om"),
        ("Can Bo Tran Thi Chi nghi om", "Can Bo … nghi om"),
        ("tranh chấp với nguyên cán bộ Lê Văn Tám", "tranh chấp với nguyên cán bộ …"),
        ("vợ cán bộ Nguyễn Hoàng Nam khiếu nại", "vợ cán bộ … khiếu nại"),
        ("chi bộ Lê Hoàng Nam họp", "chi bộ … họp"),
        ("cán bộ xã Nguyễn Văn Dũng vắng", "cán bộ xã … vắng"),
        ("can bo xa Nguyen Hoang Nam vang", "can bo xa … vang"),
        ("công an phường Nguyễn Văn Dũng", "công an phường …"),
        ("Công an phường Nguyễn Hoàng Nam", "Công an phường …"),
        ("cong an phuong Nguyen Hoang Nam", "cong an phuong …"),
        ("địa chính xã Trần Quốc Việt", "địa chính xã …"),
        ("địa chính - xây dựng xã Trần Quốc Việt", "địa chính - xây dựng xã …"),
        ("tư pháp phường Nguyễn Thị Hoa nghỉ sinh", "tư pháp phường … nghỉ sinh"),
        ("công chức tư pháp - hộ tịch xã Lê Ngọc Mai", "công chức tư pháp - hộ tịch xã …"),
        ("văn phòng xã Phạm Minh Đức", "văn phòng xã …"),
        ("Chủ tịch UBND xã Phạm Minh Đức đi vắng", "Chủ tịch UBND xã … đi vắng"),
        ("chủ tịch Ủy ban nhân dân phường Phạm Minh Đức", "chủ tịch Ủy ban nhân dân phường …"),
        ("bí thư đảng ủy xã Hoàng Minh Đức", "bí thư đảng ủy xã …"),
        ("chủ tịch hội phụ nữ xã Đỗ Ngọc Lan", "chủ tịch hội phụ nữ xã …"),
        ("nhân viên trạm y tế xã Đỗ Ngọc Lan", "nhân viên trạm y tế xã …"),
        ("cán bộ một cửa của xã Đỗ Ngọc Lan", "cán bộ một cửa của xã …"),
        ("cán bộ thị trấn Đỗ Ngọc Lan", "cán bộ thị trấn …"),
        ("cán bộ huyện Vũ Đức Anh, cán bộ tỉnh Vũ Đức Anh", "cán bộ huyện …, cán bộ tỉnh …"),
        ("cán bộ thành phố Vũ Đức Anh", "cán bộ thành phố …"),
        ("công an xã H’Hen Niê, công an xã Y Wang Mlô", "công an xã …, công an xã …"),
        ("giám đốc công ty Nguyễn Hoàng Nam", "giám đốc công ty …"),
        ("công ty Trần Thị Chi chưa trả lời", "công ty … chưa trả lời"),
        ("chờ xã Nguyễn Văn Dũng", "chờ xã …"),
        ("đã hỏi phường. Nguyễn Hoàng Nam vắng", "đã hỏi phường. … vắng"),
        ("tại xã, Nguyễn Hoàng Nam vắng", "tại xã, … vắng"),
        ("yêu cầu Nguyễn Văn Dũng bổ sung", "yêu cầu … bổ sung"),
        ("cán bộ môi trường Nguyễn Văn Dũng", "cán bộ môi trường …"),
        ("hieu truong Tran Thi Chi; nhan vien Tran Thi Chi", "hieu truong …; nhan vien …"),
        ("trả cho Nguyễn Văn Dũng; gui cho Nguyen Van Dung", "trả cho …; gui cho …"),
        ("công an phường Trần Phú, Nguyễn Văn Dũng", "công an phường Trần Phú, …"),
        ("công an phường Lê Hồng Phong Nguyễn Văn Dũng", "công an phường Lê Hồng Phong …"),
    ],
)
def test_who_works_at_a_body_is_found_behind_its_name(text: str, left: str) -> None:
    assert hidden(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "xã Ea Kao, phường Trần Phú, phường Nguyễn Trãi",
        "công an phường Trần Phú, địa chính xã Ea Kao",
        "cán bộ phường Nguyễn Trãi, tư pháp phường Lê Lợi",
        "phường Nguyễn Thái Học, xã Trần Quý Cáp",
        "UBND phường Lê Hồng Phong chưa trả lời",
        "công an phường Lê Hồng Phong, cán bộ xã Đặng Thùy Trâm",
        "cong an phuong Le Hong Phong",
        "cán bộ phường Trương Quang Trọng",
        "phường Nguyễn Thị Minh Khai, phường Võ Thị Sáu, xã Hoàng Văn Thụ",
        "cán bộ thành phố Hồ Chí Minh, TP. Hồ Chí Minh, TP Hồ Chí Minh",
        "công ty Trần Anh; Công ty TNHH Trần Hưng Đạo",
        "đường Nguyễn Văn Cừ, phố Nguyễn Thị Định, cầu Nguyễn Văn Trỗi",
        "cán bộ trường Nguyễn Thị Định; bệnh viện Nguyễn Tri Phương",
        "duong Nguyen Van Cu, truong Le Quy Don, benh vien Nguyen Tri Phuong",
        "chợ Hồ Thị Kỷ",
        "cán bộ Bộ Y tế, cán bộ bộ Y tế, cán bộ Sở Xây dựng",
        "Bộ Nông Nghiệp Và Môi Trường; cán bộ Sở Nông Nghiệp Và Môi Trường",
        "cán bộ Sở Y Tế Đắk Lắk; trạm Y Tế Phường",
        "cán bộ xã nghỉ ốm, công an phường chưa xác minh",
        "chi bộ, nội bộ, đồng bộ dữ liệu đất đai",
        "doanh nghiệp Hà Nội, sở Hà Giang",
    ],
)
def test_place_or_firm_stays_behind_its_word(text: str) -> None:
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
