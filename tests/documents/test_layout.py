"""Each form with the longest real values: every word stands alone, in its column, on the sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest
import typst
from tests.documents import samples
from tests.documents.layout import faults_of, layout_of
from tests.documents.test_forms import book, line, routing_slip

from motcua.documents import services
from motcua.documents.rules import routing
from motcua.documents.services import rendering

A4, A5 = 31.1, 28.3  # points: 11 and 10 mm
NAME = "Công ty trách nhiệm hữu hạn một thành viên Thương mại, Dịch vụ và Xuất nhập khẩu Nguyễn Hoàng Phương"
ADDRESS = (
    "Số 127/34/56A, đường Nguyễn Trường Tộ nối dài, tổ dân phố 7, khu phố Trần Hưng Đạo, "
    "phường Buôn Ma Thuột, thành phố trực thuộc tỉnh, tỉnh Đắk Lắk"
)
PROCEDURE = (
    "Thủ tục cấp, cấp lại, điều chỉnh giấy phép môi trường đối với dự án đầu tư, cơ sở, khu sản xuất, "
    "kinh doanh, dịch vụ tập trung, cụm công nghiệp thuộc thẩm quyền của Ủy ban nhân dân cấp tỉnh "
    "(trường hợp phải kiểm tra thực tế)"
)
AGENCY = "Sở Nông nghiệp và Môi trường tỉnh Đắk Lắk"
DESK = "Chi nhánh số 2 Trung tâm Phục vụ hành chính công tỉnh tại phường Buôn Ma Thuột"
EMAIL = "congtytnhhmotthanhviennguyenhoangphuong@vanthu-doanhnghiep.example.vn"
WORD = "GIAYPHEPSO1234567890ABCDEFGHIJKLMNOP"
LONG = {
    "agency": AGENCY,
    "desk": DESK,
    "applicant": NAME,
    "address": ADDRESS,
    "procedure": PROCEDURE,
    "email": EMAIL,
    "phone": "0262 3 811 022; 0905 123 456; 0988 765 432",
    "number": "240207-0001/TTPVHCC",
    "submitter": "Nguyễn Thị Hoài An Phương Thảo Nguyên, người đại diện theo pháp luật",
    "officer": "Trần Thị Kim Chi Hồng Hạnh Bảo Ngọc",
    "hotline": "0262 3 811 022 (giờ hành chính), 1900 0000 nhánh 2",
}
SAID = f"Bản chụp bị mờ ở trang 2 và trang 3, không đọc được số {WORD} và ngày cấp; " * 3
PAPERS = tuple(
    replace(paper, name=f"{paper.name} {WORD}: {PROCEDURE}", electronic=12, note=SAID)
    for paper in samples.PAPERS
)
SLIPS = {
    "receipt": lambda: samples.receipt(
        **LONG, papers=PAPERS, delivery=f"Trả qua dịch vụ bưu chính tới {ADDRESS}", fees="1.250.000 đồng",
        register_book="2024", register_number="240207-0001",
    ),
    "supplement": lambda: samples.supplement(**LONG, items=(SAID,) * 4, reason=SAID, guidance=SAID),
    "decline": lambda: samples.decline(**LONG, reason=SAID, guidance=SAID),
    "apology": lambda: samples.apology(**LONG, reason=SAID),
    "stop_notice": lambda: samples.stop_notice(**LONG, reason=SAID, request=SAID[:200], stage=SAID[:200]),
}  # fmt: skip


def long_line(number: int):
    return line(
        number,
        procedure=PROCEDURE,
        applicant=NAME,
        address=f"{ADDRESS} {WORD}",
        phone=LONG["phone"],
        settled_by=AGENCY,
        returned_at=samples.AT,
        way="Nhận qua dịch vụ bưu chính công ích",
        signed=f"{NAME}; {WORD}",
        note=SAID,
    )


def long_handover() -> routing.Handover:
    hand = f"{DESK}, {AGENCY}: {LONG['officer']}"
    return routing.Handover(hand, hand, samples.AT, "Trước hạn 01 ngày 04 giờ làm việc", f"{SAID} {WORD}")


@pytest.mark.parametrize("kind", SLIPS)
def test_slip_with_long_values_sets_every_word_alone_and_on_the_sheet(kind):
    assert faults_of(rendering.pdf(SLIPS[kind]()), A5) == []


def test_routing_slip_with_long_values_keeps_every_word_in_its_column():
    long = {name: LONG[name] for name in ("agency", "desk", "applicant", "address", "procedure")}
    slip = routing_slip(**long, settled_by=f"{DESK}, {AGENCY}", rows=(long_handover(),) * 6)
    assert faults_of(services.render_routing_slip(slip), A5) == []


def test_register_with_long_values_keeps_every_word_in_its_column():
    written = replace(book(*map(long_line, range(1, 9))), agency=AGENCY, desk=DESK)
    assert faults_of(services.render_register(written), A4) == []


def test_register_numbers_its_lines_and_shows_the_number_of_the_receipt():
    drawn = layout_of(services.render_register(book(line(17), line(23))))
    first, second = sorted({edge.x for edge in drawn.uprights})[:2]
    numbers = [piece.text for piece in drawn.pieces if first < piece.left < second]
    assert numbers == ["STT", "1", "2"]
    assert {"240207-0017", "240207-0023"} <= {piece.text for piece in drawn.pieces}


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("#table(columns: (8mm, 20mm), [240207-0001], [])", "leaves its column"),
        ("#place(dx: 2mm)[Một lời] Một lời khác", "lies over"),
        ("#text(size: 13pt)[Sổ]Quyển số", "runs into"),
        ("#h(-30mm) Một lời", "runs off the sheet"),
    ],
)
def test_layout_sees_what_no_reader_could_read(source, fault):
    page = f'#set page("a5", margin: 11mm)\n#set text(font: "Tinos", lang: "vi")\n{source}'
    drawn = typst.compile(page.encode(), font_paths=rendering._fonts())
    assert any(fault in found for found in faults_of(drawn, A4))
