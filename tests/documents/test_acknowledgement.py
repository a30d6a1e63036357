"""The acknowledgement of an online filing as it comes out."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest
from pypdf import PdfReader
from tests.documents import samples
from tests.documents.test_services_slips import pages_of, text_of, without_spaces

from motcua.documents.rules.acknowledgement import Acknowledgement, SentPaper, file_name
from motcua.documents.services import render_acknowledgement
from motcua.documents.services.rendering import TEMPLATES

SENT = Acknowledgement(
    agency="Ủy ban nhân dân phường Tân An",
    desk="Bộ phận Tiếp nhận và Trả kết quả",
    place="Đắk Lắk",
    number="TT-240207-3F7K9Q",
    applicant="Nguyễn Thị Hoài An",
    submitter="Trần Văn Bình",
    address="12 Lý Thường Kiệt, phường Tân An",
    phone="0905 123 456",
    email="an@example.vn",
    procedure="Đăng ký khai sinh",
    procedure_code="1.001193",
    papers=(
        SentPaper("Tờ khai điện tử"),
        SentPaper("Giấy chứng sinh", ("giay-chung-sinh-1.jpg", "giay-chung-sinh-2.jpg")),
        SentPaper("Giấy chứng nhận kết hôn", note="Cha mẹ không đăng ký kết hôn"),
    ),
    delivery="Nhận bản điện tử trên Hệ thống",
    fees="Lệ phí: 150.000 đồng",
    receipt="07 giờ 45 phút, ngày 08 tháng 02 năm 2024, nếu hồ sơ đầy đủ, hợp lệ",
    reply_by=samples.AT + timedelta(hours=24),
    receipt_form="01",
    hotline="0262 3 123 456",
    tracking_url="https://dichvucong.example.vn/tra-cuu/TT-240207-3F7K9Q",
    system_name="Hệ thống thông tin giải quyết thủ tục hành chính tỉnh Đắk Lắk",
    issued_at=samples.AT,
)


@pytest.mark.clause("QN20-11.1#2")
@pytest.mark.any_regulation("the sheet alone; what stands in it is played in dossiers/test_acknowledgement")
def test_acknowledgement_says_what_was_sent_when_and_when_it_is_answered():
    found = text_of(render_acknowledgement(SENT))
    for words in (
        "XÁC NHẬN ĐÃ NHẬN HỒ SƠ GỬI TRỰC TUYẾN",
        "Mã hồ sơ: TT-240207-3F7K9Q",
        "Hồ sơ của: Nguyễn Thị Hoài An",
        "Người nộp: Trần Văn Bình",
        "Gửi đến: Ủy ban nhân dân phường Tân An",
        "Gửi lúc: 16 giờ 45 phút, ngày 07 tháng 02 năm 2024",
        "giay-chung-sinh-2.jpg",
        "Cha mẹ không đăng ký kết hôn",
        "07 giờ 45 phút, ngày 08 tháng 02 năm 2024, nếu hồ sơ đầy đủ, hợp lệ",
        "chậm nhất: 16 giờ 45 phút, ngày 08 tháng 02 năm 2024",
        "0262 3 123 456",
    ):
        assert without_spaces(words) in without_spaces(found), words


def test_acknowledgement_says_that_it_is_no_receipt():
    found = without_spaces(text_of(render_acknowledgement(SENT)))
    words = "Đây chưa phải Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu số 01)"
    assert without_spaces(words) in found
    assert "Thôngtưsố" not in found  # it is no form of a circular
    assert "Số:" not in found  # nor a numbered paper


def test_acknowledgement_of_many_papers_has_no_page_with_the_small_print_alone():
    broken = []
    for count in range(3, 15):
        papers = (*SENT.papers, *(SentPaper(f"Giấy tờ số {each}", ("tep.pdf",)) for each in range(3, count)))
        content = render_acknowledgement(replace(SENT, papers=papers))
        if pages_of(content) > 1:
            broken.append(count)
            last = PdfReader(io.BytesIO(content)).pages[-1].extract_text()
            assert without_spaces("Nếu có vướng mắc") in without_spaces(last), count
    assert broken
    assert min(broken) > 5  # a usual filing stays on one sheet


def test_acknowledgement_fits_on_one_page_and_is_tagged_pdf_a(tmp_path):
    content = render_acknowledgement(SENT)
    (tmp_path / "acknowledgement.pdf").write_bytes(content)
    assert pages_of(content) == 1
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as told:
        assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "A")
        assert pdf.Root.MarkInfo.Marked
    assert render_acknowledgement(SENT) == content


def test_acknowledgement_where_acceptance_counts_names_no_moment_of_receipt():
    found = text_of(render_acknowledgement(replace(SENT, receipt="khi được tiếp nhận", reply_by=None)))
    assert "chính thức: khi được tiếp nhận" in found
    assert "chậm nhất" not in found


def test_acknowledgement_of_many_long_papers_is_printed_whole():
    papers = tuple(SentPaper(f"Giấy số {n} " + "dài " * 40, (f"{n}-" + "x" * 120,)) for n in range(40))
    content = render_acknowledgement(replace(SENT, papers=papers))
    assert pages_of(content) > 1
    assert "Giấy số 39" in text_of(content)


def test_acknowledgement_texts_of_people_are_printed_as_they_were_written():
    found = text_of(render_acknowledgement(replace(SENT, applicant="#panic() *An* $x$")))
    assert "#panic() *An* $x$" in found


def test_acknowledgement_with_nearly_nothing_known_is_still_whole():
    bare = replace(
        SENT, submitter="", address="", phone="", email="", delivery="", hotline="", papers=(), desk=""
    )
    found = text_of(render_acknowledgement(bare))
    assert "Người nộp:" not in found
    assert "Giấy tờ đã gửi" not in found


def test_acknowledgement_is_saved_under_its_title_and_number():
    assert file_name(replace(SENT, number="TT-1")) == "Xác nhận đã nhận hồ sơ gửi trực tuyến TT-1.pdf"
    assert (TEMPLATES / "2018" / "acknowledgement.typ").is_file()


def test_acknowledgement_of_a_supplement_says_what_was_asked_for_and_when_the_result_is_due():
    brought = replace(
        SENT, asked=("Giấy chứng sinh: chụp rõ bốn góc",), due_at=samples.AT + timedelta(days=3)
    )
    found = without_spaces(text_of(render_acknowledgement(brought)))
    for expected in (
        "PHẦN BỔ SUNG GỬI TRỰC TUYẾN",
        "chụp rõ bốn góc",
        "giay-chung-sinh-1.jpg",
        "Hẹn trả kết quả",
    ):
        assert without_spaces(expected) in found
    for other in ("chưa phải Giấy tiếp nhận", "Lệ phí", "Đăng ký nhận kết quả"):
        assert without_spaces(other) not in found
    assert file_name(brought).startswith("Xác nhận đã nhận phần bổ sung gửi trực tuyến")


def test_acknowledgement_of_a_supplement_before_acceptance_is_no_receipt_either():
    found = without_spaces(text_of(render_acknowledgement(replace(SENT, asked=("Giấy chứng sinh",)))))
    assert without_spaces("chưa phải Giấy tiếp nhận") in found
