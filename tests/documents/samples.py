"""Files for the tests: real small ones, and ones that somebody should not get past us."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import date, datetime
from zoneinfo import ZoneInfo

import openpyxl
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from motcua.documents.rules import slips
from motcua.kernel.actors import Actor, ActorKind

VN = ZoneInfo("Asia/Ho_Chi_Minh")
AT = datetime(2024, 2, 7, 16, 45, tzinfo=VN)
AN = Actor(ActorKind.CITIZEN, "7", "Nguyễn Thị Hoài An")
EXECUTABLE = b"MZ\x90\x00\x03" + b"\x00" * 200 + b"This program cannot be run in DOS mode."

_TYPES = '<?xml version="1.0"?><Types xmlns="x"><Override ContentType="{kind}"/></Types>'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def pdf(*, password: str = "", owner_password: str = "", pages: int = 1, **catalog: object) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=200, height=200)
    for key, value in catalog.items():
        writer.root_object[NameObject(f"/{key}")] = value  # type: ignore[assignment]
    if password or owner_password:
        writer.encrypt(password, owner_password or None, algorithm="RC4-128")
    return _written(writer)


def pdf_with_link(action: DictionaryObject) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(width=200, height=200)
    note = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): action})
    page[NameObject("/Annots")] = ArrayObject([note])
    return _written(writer)


def pdf_with_endless_fields() -> bytes:
    """Two fields, each the child of both: a walk without a budget would never end."""
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    fields = [writer._add_object(DictionaryObject()) for _ in range(2)]
    for field in fields:
        field.get_object()[NameObject("/Kids")] = ArrayObject(fields)  # type: ignore[index]
    form = DictionaryObject({NameObject("/Fields"): ArrayObject(fields)})
    writer.root_object[NameObject("/AcroForm")] = form
    return _written(writer)


def pdf_of_size(width: float, height: float) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=width, height=height)
    return _written(writer)


def pdf_that_takes_for_ever() -> bytes:
    """A drawing that holds twelve of another that holds twelve of another, nine deep: harmless to parse."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=595, height=842)
    within = writer._add_object(_form(b"0 0 m 595 842 l S "))
    for _ in range(9):
        within = writer._add_object(_form(b"/F Do " * 12, within))
    page[NameObject("/Resources")] = _calling(within)
    page[NameObject("/Contents")] = writer._add_object(_form(b"/F Do"))
    return _written(writer)


def _form(drawing: bytes, within: IndirectObject | None = None) -> StreamObject:
    stream = StreamObject()
    stream.set_data(drawing)
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = ArrayObject([NumberObject(side) for side in (0, 0, 595, 842)])
    stream[NameObject("/Resources")] = _calling(within)
    return stream


def _calling(within: IndirectObject | None) -> DictionaryObject:
    called = DictionaryObject({NameObject("/F"): within}) if within else DictionaryObject()
    return DictionaryObject({NameObject("/XObject"): called})


def action(kind: str, **more: str) -> DictionaryObject:
    found = DictionaryObject({NameObject("/S"): NameObject(f"/{kind}")})
    for key, value in more.items():
        found[NameObject(f"/{key}")] = TextStringObject(value)
    return found


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "#a11").save(target, kind)
    return target.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose header promises more pixels than anybody wants to unpack."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\x00")), (b"IEND", b"")]
    body = b"".join(
        len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def docx(kind: str = _WORD, **parts: bytes) -> bytes:
    """A Word file; parts are given as `word__vbaProject__bin=b"..."`."""
    return archive(
        {"[Content_Types].xml": _TYPES.format(kind=kind).encode(), "word/document.xml": b"<document/>"}
        | {name.replace("__bin", ".bin").replace("__", "/"): data for name, data in parts.items()}
    )


def xlsx() -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.create_sheet("Thành phần hồ sơ")
    book.save(target)
    return target.getvalue()


def odt(content: str = "", manifest: str = "", **parts: bytes) -> bytes:
    """A LibreOffice text; `content` stands in its body, parts are given as `Basic__script__xml=b"..."`."""
    body = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:scripts/><office:body>{content}</office:body></office:document-content>"
    )
    listed = f'<manifest:manifest xmlns:manifest="urn:x">{manifest}</manifest:manifest>'
    return archive(
        {"mimetype": b"application/vnd.oasis.opendocument.text"}
        | {"content.xml": body.encode(), "META-INF/manifest.xml": listed.encode()}
        | {name.replace("__xml", ".xml").replace("__", "/"): data for name, data in parts.items()}
    )


def archive(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return target.getvalue()


def _written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


PAPERS = (
    slips.Paper("Tờ khai đăng ký khai sinh theo mẫu", originals=1),
    slips.Paper("Giấy chứng sinh", originals=1),
    slips.Paper("Giấy chứng nhận kết hôn của cha, mẹ", copies=2, note="đối chiếu khi nhận kết quả"),
)
# Of two dictionaries of many kinds that are put together no checker knows which field gets what: hence the
# ignored argument types below.
_HEAD = {
    "agency": "UBND phường Tân Lập",
    "desk": "Bộ phận Tiếp nhận và Trả kết quả",
    "place": "Đắk Lắk",
    "number": "15/BPTNTKQ",
    "code": "000.00.00.H15-240207-0001",
    "applicant": AN.name,
    "address": "Số 12, đường Lê Duẩn, phường Tân Lập, tỉnh Đắk Lắk",
    "phone": "0905 123 456",
    "email": "an.nguyen@example.vn",
    "procedure": "Đăng ký khai sinh",
    "procedure_code": "1.001193",
    "personal_id": "066190001234",
    "officer": "Trần Thị Kim Chi",
    "hotline": "0262 3 811 022",
    "tracking_url": "https://dichvucong.daklak.gov.vn/tra-cuu/000.00.00.H15-240207-0001",
    "system_name": "Hệ thống thông tin giải quyết TTHC tỉnh Đắk Lắk",
    "issued_at": AT,
}


def receipt(**changes: object) -> slips.IntakeReceipt:
    own = {
        "papers": PAPERS,
        "sets": 1,
        "time_limit": "03 ngày làm việc",
        "received_at": AT,
        "due_at": datetime(2024, 2, 19, 16, 30, tzinfo=VN),
        "delivery": "Bộ phận Tiếp nhận và Trả kết quả",
        "register_book": "01/2024",
        "register_number": "127",
    }
    return slips.IntakeReceipt(**(_HEAD | own | changes))  # type: ignore[arg-type]


def supplement(**changes: object) -> slips.SupplementSlip:
    own = {
        "items": (
            "Giấy chứng sinh: bản chính có dấu của cơ sở y tế.",
            "Tờ khai: ghi đủ nơi cư trú của người mẹ.",
        ),
        "reason": "Giấy chứng sinh đã nộp là bản chụp.",
        "guidance": "Nộp bổ sung trực tuyến tại trang theo dõi hồ sơ.\nThời hạn giải quyết tạm dừng.",
    }
    return slips.SupplementSlip(**(_HEAD | own | changes))  # type: ignore[arg-type]


def apology(**changes: object) -> slips.ApologySlip:
    own = {
        "sector": "Hộ tịch",
        "receipt_number": "15/BPTNTKQ",
        "reason": "Phải chờ kết quả xác minh của Công an tỉnh.",
        "received_at": AT,
        "was_due_at": datetime(2024, 2, 19, 16, 30, tzinfo=VN),
        "due_at": datetime(2024, 2, 23, 17, 30, tzinfo=VN),
    }
    return slips.ApologySlip(**(_HEAD | own | changes))  # type: ignore[arg-type]


def stop_notice(**changes: object) -> slips.StopNotice:
    own = {
        "receipt_number": "15/BPTNTKQ",
        "received_at": AT,
        "requested_on": date(2024, 2, 8),
        "request": "Đơn viết tay nộp tại quầy",
        "reason": "Tôi chưa thu xếp được giấy tờ gốc và sẽ nộp lại sau.",
        "stage": "Thẩm định",
        "fees": "Hồ sơ này không phải nộp phí, lệ phí.",
        "issued_at": datetime(2026, 3, 2, 9, 0, tzinfo=VN),  # there was no such form before 2025
    }
    return slips.StopNotice(**(_HEAD | own | changes))  # type: ignore[arg-type]


def decline(**changes: object) -> slips.DeclineSlip:
    own = {
        "reason": "Việc này thuộc thẩm quyền của UBND phường nơi cư trú của người cha hoặc người mẹ.",
        "guidance": "Đề nghị nộp hồ sơ tại UBND phường Ea Tam.",
    }
    return slips.DeclineSlip(**(_HEAD | own | changes))  # type: ignore[arg-type]
