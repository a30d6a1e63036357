"""The slips as they come out: PDF/A, our fonts only, every word as it was given."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pypdf
import pytest
import segno
from tests.documents import codes, samples

from motcua.documents import errors, queries, services
from motcua.documents.enums import SlipKind
from motcua.documents.models import Blob, StoredFile
from motcua.documents.rules import qr, slips
from motcua.documents.services import rendering

if not list(rendering.FONTS.glob("Tinos*.ttf")):
    pytest.fail(f"the slips' fonts are not in {rendering.FONTS}: run `make setup`", pytrace=False)

EACH = [
    samples.receipt(), samples.supplement(), samples.decline(), samples.apology(), samples.stop_notice(),
]  # fmt: skip
IDS = ["receipt", "supplement", "decline", "apology", "stop_notice"]
XMP = "http://www.aiim.org/pdfa/ns/id/"


def text_of(content: bytes) -> str:
    pages = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return " ".join(unicodedata.normalize("NFC", "\n".join(pages)).replace("\u200b", "").split())


def pages_of(content: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(content)).pages)


def without_spaces(text: str) -> str:
    return re.sub(r"\s|\u200b", "", text)


@pytest.mark.parametrize("slip", EACH, ids=IDS)
def test_pdf_of_each_slip_is_tagged_pdf_a_with_all_its_fonts(slip):
    with pikepdf.open(io.BytesIO(rendering.pdf(slip))) as document:
        assert document.check_pdf_syntax() == []
        metadata = document.open_metadata()
        assert (metadata[f"{{{XMP}}}part"], metadata[f"{{{XMP}}}conformance"]) == ("2", "A")
        assert str(document.Root.OutputIntents[0].S) == "/GTS_PDFA1"
        assert str(document.Root.Lang) == "vi-VN"
        assert bool(document.Root.MarkInfo.Marked)
        assert "/Encrypt" not in document.trailer
        fonts = [each for each in document.objects if _is_font(each)]
        assert {re.sub(r"^/[A-Z]{6}\+", "", str(font.BaseFont)) for font in fonts} <= {
            "Tinos-Regular",
            "Tinos-Bold",
            "Tinos-Italic",
        }
        described = [each for each in document.objects if _is_descriptor(each)]
        assert described
        assert all("/FontFile2" in each or "/FontFile3" in each for each in described)
        assert all("/ToUnicode" in font for font in fonts if font.Subtype == "/Type0")


def _is_font(value: pikepdf.Object) -> bool:
    return isinstance(value, pikepdf.Dictionary) and value.get("/Type") == "/Font"


def _is_descriptor(value: pikepdf.Object) -> bool:
    return isinstance(value, pikepdf.Dictionary) and value.get("/Type") == "/FontDescriptor"


@pytest.mark.clause("KT22-14.2bis.a#1")
@pytest.mark.any_regulation("the form is the circular's; that a dossier gets it is played in cases")
def test_pdf_of_receipt_says_every_field_of_the_form():
    found = text_of(rendering.pdf(samples.receipt(fees="8.000 đồng, đã nộp")))
    for words in (
        "UBND PHƯỜNG TÂN LẬP",
        "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
        "Số: 15/BPTNTKQ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Đắk Lắk, ngày 07 tháng 02 năm 2024",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: 000.00.00.H15-240207-0001",
        "Tiếp nhận hồ sơ của: Nguyễn Thị Hoài An",
        "Địa chỉ: Số 12, đường Lê Duẩn, phường Tân Lập, tỉnh Đắk Lắk",
        "Số điện thoại: 0905 123 456",
        "Thư điện tử: an.nguyen@example.vn",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
        "Thành phần hồ sơ nộp gồm:",
        "Giấy chứng nhận kết hôn của cha, mẹ",
        "Số lượng hồ sơ: 01 (bộ)",
        "Thời gian giải quyết hồ sơ theo quy định là: 03 ngày làm việc",
        "Thời gian nhận hồ sơ: 16 giờ 45 phút, ngày 07 tháng 02 năm 2024",
        "Thời gian trả kết quả giải quyết hồ sơ: 16 giờ 30 phút, ngày 19 tháng 02 năm 2024",
        "Đăng ký nhận kết quả tại: Bộ phận Tiếp nhận và Trả kết quả",
        "Phí, lệ phí: 8.000 đồng, đã nộp",
        "Vào Sổ theo dõi hồ sơ, Quyển số: 01/2024",
        "Số thứ tự: 127",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Trần Thị Kim Chi",
        "Mã thủ tục: 1.001193",
        "Cấp lúc 16 giờ 45 phút, ngày 07 tháng 02 năm 2024",
        "0262 3 811 022",
        "https://dichvucong.daklak.gov.vn/tra-cuu/000.00.00.H15-240207-0001",
    ):
        assert words in found


@pytest.mark.clause("KT22-14.2bis.a#2")
@pytest.mark.any_regulation("the form is the circular's; that a dossier gets it is played in cases")
def test_pdf_of_supplement_request_says_what_is_missing_why_and_how_to_go_on():
    found = text_of(rendering.pdf(samples.supplement()))
    for words in (
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Hồ sơ của: Nguyễn Thị Hoài An",
        "Yêu cầu hoàn thiện hồ sơ gồm những nội dung như sau:",
        "1. Giấy chứng sinh: bản chính có dấu của cơ sở y tế.",
        "2. Tờ khai: ghi đủ nơi cư trú của người mẹ.",
        "Lý do: Giấy chứng sinh đã nộp là bản chụp.",
        "Hướng dẫn thực hiện: Nộp bổ sung trực tuyến tại trang theo dõi hồ sơ. Thời hạn giải quyết tạm dừng.",
        "NGƯỜI HƯỚNG DẪN",
    ):
        assert words in found


@pytest.mark.clause("KT22-14.2bis.a#3")
@pytest.mark.any_regulation("the form is the circular's; that a dossier gets it is played in cases")
def test_pdf_of_decline_says_why_and_where_to_go():
    found = text_of(rendering.pdf(samples.decline(code="")))
    for words in (
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        "lý do cụ thể như sau: Việc này thuộc thẩm quyền của UBND phường nơi cư trú của người cha hoặc",
        "Hướng dẫn: Đề nghị nộp hồ sơ tại UBND phường Ea Tam.",
        "Xin thông báo để ông (bà) được biết và thực hiện. Mọi vướng mắc xin liên hệ Trần Thị Kim Chi,",
        "số điện thoại 0262 3 811 022, trang thông tin dichvucong.daklak.gov.vn.",
    ):
        assert words in found
    assert "Mã hồ sơ" not in found


def test_pdf_of_apology_says_both_dates_why_and_sorry():
    found = text_of(rendering.pdf(samples.apology()))
    for words in (
        "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
        "Thời gian hẹn trả kết quả: 16 giờ 30 phút, ngày 19 tháng 02 năm 2024",
        "Phải chờ kết quả xác minh của Công an tỉnh.",
        "Lĩnh vực: Hộ tịch",
        "Số Giấy tiếp nhận hồ sơ và hẹn trả kết quả: 15/BPTNTKQ",
        "chưa trả được kết quả giải quyết hồ sơ của ông (bà) đúng thời gian ghi trong Giấy tiếp nhận",
        "đã gây phiền hà, tốn kém chi phí và công sức, và xin hẹn lại thời gian trả kết quả là 17 giờ",
        "Mọi vướng mắc xin liên hệ Bộ phận Tiếp nhận và Trả kết quả, số điện thoại 0262 3 811 022.",
        *("Nơi nhận:", "– Như trên;", "– Bộ phận Tiếp nhận và Trả kết quả;", "– Lưu: VT, hồ sơ."),
        "THỦ TRƯỞNG CƠ QUAN",
    ):
        assert words in found
    assert found.startswith("UBND PHƯỜNG TÂN LẬP Số: ")  # the agency that settles, not its desk
    assert "NGƯỜI NỘP HỒ SƠ" not in found


@pytest.mark.parametrize(
    "signed_as",
    [
        ("TUQ. Thủ trưởng cơ quan", "Phụ trách Phòng Tư pháp"),
        ("KT. Thủ trưởng cơ quan", "Lãnh đạo cơ quan"),
    ],
)
def test_pdf_of_apology_says_in_whose_place_and_as_what_it_is_signed(signed_as):
    found = text_of(rendering.pdf(samples.apology(signed_as=signed_as)))
    assert " ".join(each.upper() for each in signed_as) in found


@pytest.mark.parametrize("issued_at", [samples.AT, datetime(2026, 3, 2, 9, 0, tzinfo=samples.VN)])
def test_pdf_of_apology_without_a_receipt_speaks_of_none(issued_at):
    """A procedure that gives its result at once goes without the receipt; the dossier has its code still."""
    slip = samples.apology(receipt_number="", code="000.00.00.H15-240207-0003", issued_at=issued_at)
    found = text_of(rendering.pdf(slip))
    said = found.partition("ông (bà) đúng thời gian ")[2]
    assert said.startswith("đã hẹn nói trên, với lý do: ")
    assert found.count("Mã hồ sơ: 000.00.00.H15-240207-0003") == 1
    assert "Giấy tiếp nhận" not in found


def test_pdf_of_stop_notice_without_a_receipt_speaks_of_none():
    since = datetime(2026, 3, 2, 9, 0, tzinfo=samples.VN)
    for number, is_said in (("15/BPTNTKQ", True), ("", False)):
        found = text_of(rendering.pdf(samples.stop_notice(receipt_number=number, issued_at=since)))
        assert ("Giấy tiếp nhận" in found) is is_said


def test_pdf_of_apology_since_2025_bears_the_name_of_its_form():
    since = datetime(2025, 10, 1, 9, 0, tzinfo=samples.VN)
    found = text_of(rendering.pdf(samples.apology(issued_at=since)))
    for words in (
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        "Lần đề nghị gia hạn: 01",
        "đề nghị gia hạn thời gian giải quyết, hẹn trả kết quả vào 17 giờ 30 phút, ngày 23 tháng 02 năm 2024",
        "Mẫu số 04, Thông tư số 03/2025/TT-VPCP.",
    ):
        assert words in found
    assert "PHIẾU XIN LỖI" not in found


def test_pdf_of_notice_of_stopping_says_what_was_asked_and_what_of_fees():
    found = text_of(rendering.pdf(samples.stop_notice()))
    for words in (
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "Ngày đề nghị dừng: ngày 08 tháng 02 năm 2024",
        "Hình thức đề nghị: Đơn viết tay nộp tại quầy",
        "Tôi chưa thu xếp được giấy tờ gốc và sẽ nộp lại sau.",
        "Giai đoạn giải quyết khi dừng: Thẩm định",
        "dừng giải quyết hồ sơ kể từ 09 giờ 00 phút, ngày 02 tháng 3 năm 2026",
        "Về phí, lệ phí: Hồ sơ này không phải nộp phí, lệ phí.",
        "Mẫu số 05, Thông tư số 03/2025/TT-VPCP.",
    ):
        assert words in found


@pytest.mark.parametrize(
    ("desk", "number"),
    [
        ("Bộ phận Tiếp nhận và Trả kết quả", "15/BPTNTKQ"),
        ("Trung tâm Phục vụ hành chính công phường Tân Lập", "15/TTPVHCC"),
    ],
)
def test_number_of_a_receipt_bears_the_sign_of_its_desk(desk, number):
    assert slips.receipt_number("15", desk) == number


ATTACKS = [
    '#panic("không ổn")',
    '#eval("1+1")',
    '#read("/etc/passwd")',
    '$x^2$ @an <an> *đậm* _nghiêng_ = Tiêu đề',
    "- một + hai / ba \\ bốn `năm` ~ -- --- // sáu /* bảy */",
    '"); #panic(); ("',
    "[ngoặc] {ngoặc} #slip.code #sys.inputs",
    "C:\\Hồ sơ\\giấy.pdf \\u{41}",
]  # fmt: skip


@pytest.mark.parametrize("words", ATTACKS)
def test_pdf_text_that_looks_like_markup_is_printed_as_it_was_written(words):
    slip = samples.supplement(applicant=words, items=(words,), reason=words, procedure=words, desk=words)
    found = text_of(rendering.pdf(slip))
    assert found.count(words) >= 4


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (unicodedata.normalize("NFD", "Nguyễn Thị Hường"), "Nguyễn Thị Hường"),
        ("An 😀 Nguyễn", "An □ Nguyễn"),
        ("An\u202egpj.exe\u200d\ufe0f", "Angpj.exe"),
        ("An\x00\x1b[31m\r\n\tNguyễn", "An[31m Nguyễn"),
        ("Y Ƀlŏk Êban, H'Ñĕ Mlô", "Y Ƀlŏk Êban, H'Ñĕ Mlô"),
        ("阮", "□"),
        ("…“”–—№₫", "…“”–—№₫"),
    ],
)
def test_pdf_unusual_letters_are_printed_or_show_that_they_are_not(written, printed):
    found = text_of(rendering.pdf(samples.receipt(applicant=written)))
    assert f"Tiếp nhận hồ sơ của: {printed} Địa chỉ" in found


def test_pdf_letters_of_highland_languages_that_need_two_marks_are_kept():
    """Ơ̆ has no letter of its own; extractors repeat it, so it is only looked for."""
    found = text_of(rendering.pdf(samples.receipt(applicant="Y Bơ\u0306r Ư\u0306n")))
    assert "ơ\u0306" in found
    assert "Ư\u0306" in found
    assert "□" not in found


@pytest.mark.parametrize("name", ["Nguyễn " * 286, "Ngu" * 667], ids=["words", "one word"])
def test_pdf_name_of_two_thousand_characters_is_printed_whole(name):
    content = rendering.pdf(samples.receipt(applicant=name, delivery=name, procedure=name))
    margins = r"Giấy tiếp nhận hồ sơ và hẹn trả kết quả 000.00.00.H15-240207-0001|Trang \d+/\d+"
    printed = without_spaces(re.sub(margins, "", text_of(content)))
    assert printed.count(without_spaces(name)) >= 3
    assert _widest(content) <= 148 * 72 / 25.4


def _widest(content: bytes) -> float:
    """The right edge of the paper or of any text on it, in points."""
    edges: list[float] = []

    def visit(text: str, _matrix: object, where: list[float], *_rest: object) -> None:
        if text.strip():
            edges.append(where[4])

    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=visit)
    return max(edges)


def test_pdf_empty_fields_leave_a_line_to_write_on():
    slip = samples.receipt(address="", phone="", email="", number="", register_book="", due_at=None)
    found = text_of(rendering.pdf(slip))
    for label in ("Số:", "Địa chỉ:", "Thư điện tử:", "Thời gian trả kết quả giải quyết hồ sơ:", "Quyển số:"):
        assert re.search(rf"{label}(?: ?\.){{8,}}", found)


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (3, 1), (60, 3)])
def test_pdf_long_list_of_papers_goes_on_with_running_header(count, pages):
    papers = tuple(
        slips.Paper(f"Giấy tờ số {number} có tên dài phải viết xuống hàng thứ hai của bảng", originals=1)
        for number in range(1, count + 1)
    )
    content = rendering.pdf(samples.receipt(papers=papers))
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert len(reader.pages) == pages
    assert all(f"Giấy tờ số {number} " in text_of(content) for number in range(1, count + 1))
    for number, page in enumerate(reader.pages[1:], start=2):
        words = " ".join(page.extract_text().split())
        assert words.startswith("Giấy tiếp nhận hồ sơ và hẹn trả kết quả 000.00.00.H15-240207-0001")
        assert f"Trang {number}/{pages}" in words


def test_pdf_receipt_with_six_papers_stays_on_one_sheet_though_everything_on_it_is_long():
    long = "Văn bản ủy quyền được công chứng hoặc chứng thực theo quy định của pháp luật"
    names = (long, "Tờ khai theo mẫu", "Giấy chứng sinh") * 2
    slip = samples.receipt(
        papers=tuple(slips.Paper(name, originals=1, electronic=1) for name in names),
        desk="Trung tâm Phục vụ hành chính công cấp xã",
        procedure="Liên thông thủ tục hành chính về đăng ký khai sinh, đăng ký thường trú, "
        "cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
        delivery="Nhận qua dịch vụ bưu chính, địa chỉ: 291 Hùng Vương, phường Bình Kiến, tỉnh Đắk Lắk",
        fees="Lệ phí đăng ký: 20.000 đồng",
        is_sample=True,
    )
    assert pages_of(rendering.pdf(slip)) == 1


@pytest.mark.parametrize("issued_at", [samples.AT, datetime(2026, 3, 2, 9, 0, tzinfo=samples.VN)])
@pytest.mark.parametrize("is_sample", [False, True])
def test_pdf_apology_is_one_sheet_though_names_and_reason_are_long(issued_at, is_sample):
    slip = samples.apology(
        agency="Sở Văn hóa, Thể thao và Du lịch",
        desk="Trung tâm Phục vụ hành chính công phường Nghĩa Lộ",
        applicant="Công ty trách nhiệm hữu hạn một thành viên Thương mại và Dịch vụ Nghĩa Lộ",
        address="Số 291 đường Hùng Vương, tổ dân phố 12, phường Nghĩa Lộ, tỉnh Quảng Ngãi",
        procedure="Liên thông thủ tục hành chính về đăng ký khai sinh, đăng ký thường trú, "
        "cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
        sector="Thành lập và hoạt động của hộ kinh doanh, tổ hợp tác, hợp tác xã",
        system_name="Hệ thống thông tin giải quyết thủ tục hành chính tỉnh Quảng Ngãi",
        reason="Hồ sơ phải chờ kết quả xác minh của cơ quan phối hợp; số hồ sơ trong tháng tăng gấp đôi "
        "so với cùng kỳ năm trước nên cơ quan chưa kịp thẩm định xong. Cần thêm thời gian kiểm tra thực địa "
        "cùng Ủy ban nhân dân phường.",
        issued_at=issued_at,
        is_sample=is_sample,
    )
    assert pages_of(rendering.pdf(slip)) == 1


@pytest.mark.parametrize("make", [samples.receipt, samples.supplement, samples.decline, samples.apology])
def test_pdf_slip_about_which_nearly_nothing_is_known_is_still_whole(make):
    found = text_of(rendering.pdf(make(code="", tracking_url="", hotline="", officer="", procedure_code="")))
    assert "Tra cứu" not in found
    assert "Mã hồ sơ" not in found
    system = "Hệ thống thông tin giải quyết TTHC tỉnh Đắk Lắk."
    assert found.endswith(f"{system} Cấp lúc 16 giờ 45 phút, ngày 07 tháng 02 năm 2024.")


def test_pdf_electronic_papers_get_a_column_of_their_own():
    papers = (slips.Paper("Tờ khai", electronic=2),)
    assert "Điện tử" in text_of(rendering.pdf(samples.receipt(papers=papers)))
    assert "Điện tử" not in text_of(rendering.pdf(samples.receipt()))


def test_pdf_of_each_slip_to_look_at_fits_on_one_page(tmp_path: Path):
    """Leaves the PDFs where `docs/howto/change-a-slip.md` tells people to look."""
    for name, slip in zip(IDS, EACH, strict=True):
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(rendering.pdf(slip))
        assert pages_of(file.read_bytes()) == 1


def test_pdf_sheet_is_a5():
    box = pypdf.PdfReader(io.BytesIO(rendering.pdf(samples.receipt()))).pages[0].mediabox
    assert (round(box.width * 25.4 / 72), round(box.height * 25.4 / 72)) == (148, 210)


def test_pdf_same_data_gives_the_same_bytes_and_other_data_others():
    first = rendering.pdf(samples.receipt())
    rendering._threads.__dict__.clear()  # a cold compiler
    assert rendering.pdf(samples.receipt()) == first
    assert rendering.pdf(samples.receipt(sets=2)) != first


def test_pdf_says_when_it_was_issued():
    with pikepdf.open(io.BytesIO(rendering.pdf(samples.receipt()))) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:202402070945")


def test_pdf_font_that_is_missing_is_refused_loudly(monkeypatch, tmp_path: Path):
    regular = next(rendering.FONTS.glob("Tinos_400Regular.ttf"))
    (tmp_path / regular.name).write_bytes(regular.read_bytes())
    _fresh(monkeypatch, tmp_path)
    with pytest.raises(errors.FontsMissing, match="italic 400, italic 700, normal 700"):
        rendering.pdf(samples.receipt())


def test_pdf_without_any_font_is_refused_loudly(monkeypatch, tmp_path: Path):
    _fresh(monkeypatch, tmp_path)
    with pytest.raises(errors.FontsMissing, match="make setup"):
        rendering.pdf(samples.receipt())


def test_pdf_template_that_asks_for_another_font_is_refused_loudly(monkeypatch, tmp_path: Path):
    (tmp_path / "2018").mkdir()
    (tmp_path / "2018" / "decline.typ").write_text('#set text(font: "DejaVu Sans")\n= A')
    monkeypatch.setattr(rendering, "TEMPLATES", tmp_path)
    rendering._threads.__dict__.clear()
    with pytest.raises(errors.SlipNotRendered):
        rendering.pdf(samples.decline())
    rendering._threads.__dict__.clear()


def _fresh(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Look for fonts in `folder`, having remembered none."""
    monkeypatch.setattr(rendering, "FONTS", folder)
    monkeypatch.setattr(rendering, "_fonts", rendering._fonts.__wrapped__)
    monkeypatch.setattr(rendering, "drawn", rendering.drawn.__wrapped__)
    monkeypatch.setattr(rendering, "_threads", type(rendering._threads)())


def test_drawn_by_the_font_are_all_vietnamese_letters():
    letters = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
    assert {ord(c) for c in letters + letters.upper()} <= rendering.drawn()
    assert ord("😀") not in rendering.drawn()


def test_qr_on_the_slip_is_the_matrix_of_its_payload():
    """No reader of QR pictures is at hand: the picture is compared with the matrix, square by square."""
    slip = samples.receipt()
    drawn = _matrix(rendering.inputs(slip)["qr"])
    assert drawn == [list(map(bool, row)) for row in segno.make(qr.payload(slip), error="m").matrix]


def _matrix(svg: str) -> list[list[bool]]:
    """The dark squares of segno's SVG: horizontal strokes one unit high (`M x y h n m dx dy h n …`)."""
    size = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])  # type: ignore[index]
    squares = [[False] * size for _ in range(size)]
    x, y = 0.0, 0.0
    for verb, numbers in re.findall(r"([Mmh])([-\d. ]+)", re.search(r' d="([^"]+)"', svg)[1]):  # type: ignore[index]
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if verb == "h":
            for column in range(int(x), int(x + values[0])):
                squares[int(y)][column] = True
            x += values[0]
        else:
            x, y = (values[0], values[1]) if verb == "M" else (x + values[0], y + values[1])
    return squares


@pytest.mark.clause("KT22-11.1.b", "QN20-14.1.c")
@pytest.mark.any_regulation("the form is the circular's; that a dossier gets it is played in cases")
def test_qr_payload_opens_the_tracking_page_and_tells_machines_the_rest():
    assert qr.payload(samples.receipt()) == (
        "https://dichvucong.daklak.gov.vn/tra-cuu/000.00.00.H15-240207-0001"
        "#tthc=1.001193&dd=066190001234&giay=giay-tiep-nhan-ho-so-va-hen-tra-ket-qua"
        "&ht=he-thong-thong-tin-giai-quyet-tthc-tinh-dak-lak&cap=20240207T1645&hen=20240219T1630"
    )
    assert codes.read_off(rendering.pdf(samples.receipt())) == qr.payload(samples.receipt())


def test_qr_payload_without_code_or_person_leaves_them_out():
    assert qr.payload(samples.decline(code="", personal_id="", tracking_url="https://x.vn/t/k7")) == (
        "https://x.vn/t/k7#tthc=1.001193&giay=phieu-tu-choi-tiep-nhan-giai-quyet-ho-so"
        "&ht=he-thong-thong-tin-giai-quyet-tthc-tinh-dak-lak&cap=20240207T1645"
    )


@pytest.mark.django_db
def test_render_slip_is_kept_once_under_its_legal_name():
    slip = samples.receipt()
    cards = services.render_slips(several=[(SlipKind.INTAKE_RECEIPT, slip)] * 2)
    assert [card.name for card in cards] == [
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả 000.00.00.H15-240207-0001.pdf"
    ] * 2
    assert (Blob.objects.count(), StoredFile.objects.count()) == (1, 2)
    with queries.open_content(cards[0].id) as file:
        assert file.read() == rendering.pdf(slip)


def test_render_slip_of_another_kind_raises():
    with pytest.raises(ValueError, match="DeclineSlip is not a intake_receipt"):
        services.render_slips(several=[(SlipKind.INTAKE_RECEIPT, samples.decline())])


def test_slip_of_moment_in_another_zone_is_printed_in_vietnamese_time():
    at = datetime(2022, 3, 24, 1, 30, tzinfo=UTC)
    slip = samples.receipt(issued_at=at, received_at=at, due_at=at + timedelta(days=1))
    found = text_of(rendering.pdf(slip))
    assert "Thời gian nhận hồ sơ: 08 giờ 30 phút, ngày 24 tháng 3 năm 2022" in found
