"""Refusals of the documents app, and the one failure that is ours."""

from __future__ import annotations

from motcua.kernel.errors import N_, Busy, NotFound, Refusal


class Empty(Refusal):
    code = "documents.empty"
    message = N_("Tệp “%(name)s” không có nội dung. Hãy chọn lại tệp.")


class TooLarge(Refusal):
    code = "documents.too_large"
    message = N_(
        "Tệp “%(name)s” lớn hơn %(limit)s nên không được nhận. Hãy chụp lại ở chất lượng thấp hơn hoặc "
        "tách thành nhiều tệp."
    )


class TypeNotAllowed(Refusal):
    """The content is of no type that is received, whatever the name says."""

    code = "documents.type_not_allowed"
    message = N_("Tệp “%(name)s” không thuộc loại được nhận. Hệ thống nhận: %(types)s.")


class OnlyNamedSo(TypeNotAllowed):
    """The name promises a received type that the content is not: often a file that broke on its way."""

    code = "documents.only_named_so"
    message = N_(
        "Tệp “%(name)s” có đuôi %(type)s nhưng nội dung không phải %(type)s, hoặc đã hỏng. "
        "Hãy chụp lại giấy tờ bằng điện thoại, hoặc mở tệp gốc, lưu lại thành PDF rồi gửi lại."
    )


class TelephonePicture(TypeNotAllowed):
    """A picture as newer telephones keep it, which neither browsers nor we can show; JPEG is received."""

    code = "documents.telephone_picture"
    message = N_(
        "Ảnh “%(name)s” ở dạng HEIC mà cán bộ không mở được. Hãy chụp lại ở dạng JPEG: vào Cài đặt của "
        "điện thoại, phần Camera, mục Định dạng, chọn “Tương thích nhất”, rồi chụp lại."
    )


class TypeMismatch(Refusal):
    """The content is of a received type, but the name says another one."""

    code = "documents.type_mismatch"
    message = N_(
        "Tệp “%(name)s” có nội dung là %(found)s, không đúng với phần đuôi của tên tệp. "
        "Hãy lưu lại tệp đúng loại rồi gửi lại."
    )


class Broken(Refusal):
    code = "documents.broken"
    message = N_("Tệp “%(name)s” bị hỏng hoặc chưa được tải lên đầy đủ. Hãy mở thử, lưu lại rồi gửi lại.")


class Encrypted(Refusal):
    code = "documents.encrypted"
    message = N_("Tệp “%(name)s” có mật khẩu nên cán bộ không mở được. Hãy bỏ mật khẩu rồi gửi lại.")


class ActiveContent(Refusal):
    """Macros, scripts, embedded programs, links that start programs."""

    code = "documents.active_content"
    message = N_(
        "Tệp “%(name)s” có chứa mã lệnh tự chạy nên không được nhận. "
        "Hãy lưu hoặc in tệp thành PDF rồi gửi lại."
    )


class NotDrawn(Refusal):
    """A page that takes longer to draw, or needs more memory, than one may."""

    code = "documents.not_drawn"
    message = N_(
        "Chưa hiện được trang này của tệp “%(name)s” trong thời gian cho phép. Hãy mở riêng hoặc tải tệp về."
    )


class DrawingBusy(Busy):
    """So many pages are being drawn at this moment that there was no place for one more."""

    code = "documents.drawing_busy"
    message = N_(
        "Chưa hiện được trang này của tệp “%(name)s” vì nhiều người đang xem giấy tờ cùng lúc. "
        "Hãy thử lại sau ít giây."
    )


class TrayBusy(Busy):
    """Another device clears away what lies ready, as often as it is laid anew."""

    code = "documents.tray_busy"
    message = N_("Phần này đang được sửa trên một thiết bị khác của bạn. Hãy thử lại sau ít giây.")


class NotJoinable(Refusal):
    """A file of a received type that has no pages to be joined."""

    code = "documents.not_joinable"
    message = N_("Tệp “%(name)s” không ghép thành trang được. Chỉ ghép được ảnh JPEG, PNG và tệp PDF.")


class Signed(Refusal):
    """Joining makes another file, for which its signature does not speak."""

    code = "documents.signed"
    message = N_(
        "Tệp “%(name)s” có chữ ký số. Ghép trang sẽ làm mất chữ ký, vì vậy hãy gửi tệp này riêng, không ghép."
    )


class TooManyPages(Refusal):
    code = "documents.too_many_pages"
    message = N_("Mỗi giấy tờ ghép được nhiều nhất %(most)s trang. Hãy chia thành nhiều tệp.")


class TooManyPixels(Refusal):
    code = "documents.too_many_pixels"
    message = N_("Ảnh “%(name)s” có quá nhiều điểm ảnh nên không ghép được. Hãy chụp hoặc quét ở cỡ nhỏ hơn.")


class JoinedTooLarge(Refusal):
    code = "documents.joined_too_large"
    message = N_("Các trang ghép lại lớn hơn %(limit)s. Hãy bỏ bớt trang hoặc chia thành nhiều tệp.")


class NoPages(Refusal):
    code = "documents.no_pages"
    message = N_("Chưa có trang nào. Hãy chụp hoặc chọn ít nhất một trang.")


class NoSuchFile(NotFound):
    code = "documents.not_found"
    message = N_("Không tìm thấy tệp này.")


class BytesLost(NoSuchFile):
    """The row is there and the bytes are not, or they are others than were stored."""

    is_our_fault = True
    code = "documents.bytes_lost"
    message = N_(
        "Tệp “%(name)s” hiện không mở được do sự cố lưu trữ. "
        "Hồ sơ và các tệp khác không bị ảnh hưởng. "
        "Hãy thử lại sau; nếu vẫn không mở được, hãy báo cho cơ quan tiếp nhận hồ sơ."
    )


class NoSuchForm(NotFound):
    code = "documents.no_such_form"
    message = N_("Không có mẫu giấy này.")


class FontsMissing(RuntimeError):
    """The fonts of the slips are not there or not whole. Nothing is printed with another font instead."""


class SlipNotRendered(RuntimeError):
    """The template could not be set: a fault of the template, never of what people wrote."""
