"""Forms by meaning and version, the routing slip and the register as they come out."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import load_workbook
from tests.documents import samples
from tests.documents.test_services_slips import text_of

from motcua.documents import queries, services
from motcua.documents.rules import forms, register, routing
from motcua.documents.services import rendering

AT = samples.AT
FORM_KINDS = ("intake_receipt", "supplement_request", "decline", "apology", "routing_slip", "register")
SINCE_2025 = (*FORM_KINDS[:4], "stop_notice", *FORM_KINDS[4:])


@pytest.mark.parametrize(
    ("on", "kind", "line"),
    [
        ("2018-05-01", "intake_receipt", ""),
        ("2019-01-05", "register", ""),
        ("2019-01-06", "register", "Mẫu số 06, Thông tư số 01/2018/TT-VPCP."),
        ("2025-09-14", "routing_slip", "Mẫu số 05, Thông tư số 01/2018/TT-VPCP."),
        ("2025-09-15", "routing_slip", "Mẫu số 06, Thông tư số 03/2025/TT-VPCP."),
        ("2025-09-15", "register", "Mẫu số 07, Thông tư số 03/2025/TT-VPCP."),
        ("2025-09-14", "stop_notice", ""),
        ("2025-09-15", "stop_notice", "Mẫu số 05, Thông tư số 03/2025/TT-VPCP."),
        ("2025-09-15", "poem", ""),
    ],
)
def test_form_of_a_day_is_that_of_the_circular_in_force(on, kind, line):
    noon = datetime.fromisoformat(f"{on}T12:00+07:00")
    assert queries.forms_on(noon).line(kind) == line


def test_paper_that_is_older_than_the_first_circular_has_its_layout_and_names():
    before = queries.forms_on(datetime(2018, 5, 1, 5, tzinfo=UTC))
    assert before.templates == "2018"
    assert before.named("apology") == "Phiếu xin lỗi và hẹn lại ngày trả kết quả"
    assert before.number("apology") == ""  # so the acknowledgement calls the receipt by its name alone


def test_form_changes_at_midnight_in_vietnam():
    before = datetime(2025, 9, 14, 16, 59, tzinfo=UTC)
    assert queries.forms_on(before).name == "2018"
    assert queries.forms_on(datetime(2025, 9, 14, 17, 0, tzinfo=UTC)).name == "2025"


@pytest.mark.parametrize("one", queries.form_sets(), ids=lambda one: one.name)
def test_each_set_has_its_forms_with_numbers_of_their_own(one):
    assert tuple(one.forms) == (FORM_KINDS if one.name == "2018" else SINCE_2025)
    assert len({form.number for form in one.forms.values()}) == len(one.forms)


def test_sets_out_of_order_are_refused():
    both = {"name": "x", "title": "x", "templates": "x", "mark": "x", "forms": {}}
    with pytest.raises(ValueError, match="order"):
        forms.read({"set": [both | {"from": date(2025, 1, 1)}, both | {"from": date(2024, 1, 1)}]})


def test_slip_says_by_which_form_it_was_printed():
    assert "Mẫu số 01, Thông tư số 01/2018/TT-VPCP." in text_of(rendering.pdf(samples.receipt()))
    late = samples.receipt(issued_at=datetime(2025, 10, 1, 9, 0, tzinfo=samples.VN))
    assert "Mẫu số 01, Thông tư số 03/2025/TT-VPCP." in text_of(rendering.pdf(late))


def routing_slip(**changes: object) -> routing.RoutingSlip:
    slip = routing.RoutingSlip(
        agency="UBND phường Tân Lập",
        desk="Bộ phận Tiếp nhận và Trả kết quả",
        place="Đắk Lắk",
        code="000.00.00.H15-240207-0001",
        applicant="Nguyễn Thị Hoài An",
        address="Số 12, đường Lê Duẩn",
        procedure="Đăng ký khai sinh",
        procedure_code="1.001193",
        received_at=AT,
        due_at=datetime(2024, 2, 19, 16, 30, tzinfo=samples.VN),
        settled_by="Phòng Tư pháp",
        rows=(
            routing.Handover("Bộ phận một cửa: Trần Thị Chi", "Phòng Tư pháp", AT, "Đúng hạn", "Đủ giấy tờ"),
            routing.Handover("Phòng Tư pháp: Lê Dũng", "Lãnh đạo", AT, "Quá hạn"),
        ),
        tracking_url="https://dichvucong.daklak.gov.vn/tra-cuu/000.00.00.H15-240207-0001",
        system_name="Hệ thống",
        issued_at=AT,
    )
    return replace(slip, **changes)


def test_routing_slip_says_every_field_of_the_form():
    found = text_of(services.render_routing_slip(routing_slip()))
    for words in (
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "Mã hồ sơ: 000.00.00.H15-240207-0001",
        "Chủ hồ sơ: Nguyễn Thị Hoài An",
        "Địa chỉ: Số 12, đường Lê Duẩn",
        "Loại thủ tục: Đăng ký khai sinh",
        "Thời gian nhận hồ sơ: 16 giờ 45 phút, ngày 07 tháng 02 năm 2024",
        "Thời gian trả kết quả giải quyết hồ sơ: 16 giờ 30 phút, ngày 19 tháng 02 năm 2024",
        "Cơ quan (bộ phận) giải quyết hồ sơ: Phòng Tư pháp",
        "Tên cơ quan",
        "1. Giao: Bộ phận một cửa: Trần Thị Chi",
        "2. Nhận: Phòng Tư pháp",
        "Người giao",
        "Người nhận",
        "Đúng hạn",
        "Quá hạn",
        "Đủ giấy tờ",
        "Mẫu số 05, Thông tư số 01/2018/TT-VPCP.",
    ):
        assert words in found


def test_routing_slip_of_many_rows_and_of_none_is_printed_whole():
    row = routing.Handover("Giao " * 40, "Nhận " * 40, AT, "Đúng hạn", "#panic() " * 40)
    found = text_of(services.render_routing_slip(routing_slip(rows=(row,) * 30)))
    assert found.count("Đúng hạn") == 30
    assert "#panic()" in found
    assert "PHIẾU KIỂM SOÁT" in text_of(services.render_routing_slip(routing_slip(rows=(), due_at=None)))


def line(number: int = 1, **changes: object) -> register.Line:
    one = register.Line(
        number=f"240207-{number:04d}",
        code=f"000.00.00.H15-240207-{number:04d}",
        procedure="Đăng ký khai sinh",
        sets=1,
        applicant="Nguyễn Thị Hoài An",
        address="Số 12, đường Lê Duẩn",
        phone="0905000001",
        settled_by="UBND phường Tân Lập",
        received_at=AT,
        due_at=AT,
        returned_at=None,
        way="Nhận tại quầy",
        signed="",
        note="",
    )
    return replace(one, **changes)


def book(*lines: register.Line) -> register.Register:
    return register.Register(
        agency="UBND phường Tân Lập",
        desk="Bộ phận Tiếp nhận và Trả kết quả",
        place="Đắk Lắk",
        book="2024",
        first=date(2024, 2, 1),
        last=date(2024, 2, 29),
        lines=lines,
        system_name="Hệ thống",
        issued_at=AT,
    )


def test_register_says_every_column_and_is_a4():
    found = text_of(
        services.render_register(book(line(7, signed="Nguyễn Thị Hoài An, ký nhận", note="Trễ hạn")))
    )
    for words in (
        "SỔ THEO DÕI HỒ SƠ",
        "Quyển số: 2024. Từ ngày 01 tháng 02 năm 2024 đến ngày 29 tháng 02 năm 2024",
        "Ngày, tháng, năm",
        *("STT", "Mã hồ sơ", "Nhận hồ sơ", "Ký nhận", "Ghi chú"),
        "16:45 07/02/2024",
        "Trễ hạn",
        "Mẫu số 06, Thông tư số 01/2018/TT-VPCP.",
    ):
        assert words in found


def test_register_of_a_thousand_lines_says_each():
    found = text_of(services.render_register(book(*(line(number) for number in range(1, 1001)))))
    assert found.count("Đăng ký khai") == 1000


def test_register_as_a_spreadsheet_holds_texts_moments_and_never_a_formula():
    content = services.register_workbook(book(line(3, applicant='=HYPERLINK("http://x")', note="+1\x00")))
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[2] == (*register.HEADINGS, register.CAME)
    plain = line(3, applicant='=HYPERLINK("http://x")', note="+1")
    moments = {name: at.replace(tzinfo=None) for name, at in register.moments(plain).items()}
    texts = dict(zip(register.HEADINGS, register.cells(plain, 1), strict=True))
    assert {"Nhận hồ sơ", "Hẹn trả kết quả"} <= moments.keys() <= set(register.HEADINGS)
    assert rows[3] == (*(moments.get(name) or text or None for name, text in texts.items()), None)
    cell = load_workbook(io.BytesIO(content)).active.cell(4, 5)
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')


def test_register_as_a_spreadsheet_says_when_a_dossier_came_and_from_when_it_counts():
    counted = register.moments(line(3))["Nhận hồ sơ"]
    came = counted - timedelta(hours=12)
    content = services.register_workbook(book(line(3, came_at=came)))
    row = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))[3]
    received = register.HEADINGS.index("Nhận hồ sơ")
    assert (row[received], row[-1]) == (counted.replace(tzinfo=None), came.replace(tzinfo=None))


def test_register_says_that_a_date_is_from_before_a_pause() -> None:
    """On paper before the date; in the spreadsheet as a text, so that nobody sorts by it."""
    paused = line(7, due_words="Hẹn trả trước khi tạm dừng:", note="Chờ bổ sung; sẽ hẹn lại")
    said = f"Hẹn trả trước khi tạm dừng: {AT:%H:%M %d/%m/%Y}"
    content = services.render_register(book(paused, line(8)))
    assert said in " ".join(text_of(content).replace("\u200b", "").split())
    sheet = load_workbook(io.BytesIO(services.register_workbook(book(paused, line(8))))).active
    column = 1 + register.HEADINGS.index("Hẹn trả kết quả")
    assert sheet.cell(4, column).value == said
    assert (sheet.cell(4, column).is_date, sheet.cell(5, column).is_date) == (False, True)
