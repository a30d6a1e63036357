"""What accounts refuse, with the sentence for the person."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.kernel.errors import N_, Refusal

TERMS_NOT_ACCEPTED = N_("Hãy đọc và đồng ý với điều khoản sử dụng trước khi đăng ký.")


class FieldErrors(Refusal):
    """Entries that cannot be taken: `fields` maps the name of a field to the sentence beside it.

    The sentences are message ids; a page shows `gettext(sentence)` and links its summary to the fields.
    """

    code = "accounts.fields"
    message = N_("Một số thông tin chưa đúng. Hãy xem lại các mục được đánh dấu.")

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__()
        self.fields = dict(fields)

    def __str__(self) -> str:
        return f"{self.code}: {', '.join(sorted(self.fields))}"


class SharingAnswerRequired(Refusal):
    """Nothing was answered, or other words than those that are asked now."""

    code = "accounts.sharing_answer_required"
    message = N_("Chưa ghi nhận lựa chọn nào. Hãy đọc lời hỏi dưới đây rồi bấm nút.")


class WrongLogin(Refusal):
    """Unknown, wrong, at the wrong entry or deactivated: one answer for all, so that nothing is learnt."""

    code = "accounts.wrong_login"
    message = N_("Thông tin đăng nhập hoặc mật khẩu không đúng.")


class WrongLoginByPhone(WrongLogin):
    """The same of a phone number, whoever bears it: what helps where several do. Said of every number."""

    message = N_(
        "Thông tin đăng nhập hoặc mật khẩu không đúng. Nếu nhiều người dùng chung số điện thoại này, hãy "
        "đăng nhập bằng số định danh cá nhân hoặc thư điện tử."
    )


class LockedOut(Refusal):
    """Too many failures in a row; also said of accounts that do not exist."""

    code = "accounts.locked_out"
    message = N_("Bạn đã nhập sai nhiều lần. Hãy thử lại sau %(minutes)s phút, hoặc đặt lại mật khẩu.")


class OfficerLockedOut(LockedOut):
    """The same at the entry of officers, whose administrator may give a new password."""

    message = N_(
        "Bạn đã nhập sai nhiều lần. Hãy thử lại sau %(minutes)s phút, hoặc nhờ quản trị viên cấp mật khẩu "
        "mới."
    )


class NameLockedOut(LockedOut):
    """Too many failures under one name from many places; also said of names that do not exist."""

    code = "accounts.name_locked_out"
    message = N_(
        "Tên này đã bị nhập sai mật khẩu quá nhiều lần từ nhiều nơi, nên tạm thời chỉ đăng nhập được trên "
        "thiết bị đã từng đăng nhập. Để vào ngay từ thiết bị này, hãy đặt lại mật khẩu."
    )


class OfficerNameLockedOut(NameLockedOut):
    """The same at the entry of officers."""

    message = N_(
        "Tên này đã bị nhập sai mật khẩu quá nhiều lần từ nhiều nơi, nên tạm thời chỉ đăng nhập được trên "
        "thiết bị đã từng đăng nhập. Để vào ngay từ thiết bị này, hãy nhờ quản trị viên cấp mật khẩu mới."
    )


class EmailNotConfirmed(Refusal):
    """The password is right, but the address has not been confirmed; `params["account_id"]` tells whose."""

    code = "accounts.email_not_confirmed"
    message = N_("Tài khoản chưa được xác nhận. Hãy nhập mã đã gửi tới thư điện tử của bạn.")


class WrongCode(Refusal):
    """Mistyped, expired, used up, or there never was one."""

    code = "accounts.wrong_code"
    message = N_("Mã xác nhận không đúng hoặc đã hết hạn. Hãy kiểm tra lại hoặc yêu cầu gửi mã mới.")


class TooManyTries(Refusal):
    """The password of somebody who is logged in was mistyped too often within the hours that are counted."""

    code = "accounts.too_many_tries"
    message = N_(
        "Mật khẩu đã bị nhập sai quá nhiều lần. Để bảo đảm an toàn, hãy đăng xuất rồi đặt lại mật khẩu bằng "
        "chức năng Quên mật khẩu, hoặc thử lại vào ngày mai."
    )


class CodeSentRecently(Refusal):
    """A code has just been sent, or too many within the hour."""

    code = "accounts.code_sent_recently"
    message = N_("Mã đã được gửi. Hãy kiểm tra hộp thư và đợi %(seconds)s giây trước khi yêu cầu mã mới.")


class TooManyAddresses(Refusal):
    """One account has asked for as many codes as it may within the hour, whatever addresses it named."""

    code = "accounts.too_many_addresses"
    message = N_(
        "Chưa gửi mã tới địa chỉ này: trong một giờ tài khoản chỉ yêu cầu được %(most)s mã. "
        "Hãy thử lại sau %(minutes)s phút."
    )


class MailboxNeedsNoCode(Refusal):
    """The mailbox of an organisation is confirmed already, or there is none."""

    code = "accounts.mailbox_needs_no_code"
    message = N_("Hộp thư của tổ chức đã được xác nhận hoặc chưa được khai, nên không có mã nào được gửi.")


class TooManyCodes(Refusal):
    """So many codes were asked for within a day for one mailbox or one dossier, sent or not."""

    code = "accounts.too_many_codes"
    message = N_(
        "Hôm nay đã có quá nhiều lượt yêu cầu mã. Hãy thử lại vào ngày mai hoặc hỏi bộ phận một cửa."
    )


class TooManyFromHere(Refusal):
    """So many codes were asked for from one place within the hour, for whomever."""

    code = "accounts.too_many_from_here"
    message = N_("Vừa có quá nhiều lượt yêu cầu mã từ mạng bạn đang dùng. Hãy thử lại sau một giờ.")


class TermsChanged(Refusal):
    """Other terms came into force between showing and acknowledging, or there are none."""

    code = "accounts.terms_changed"
    message = N_("Điều khoản sử dụng vừa thay đổi. Hãy đọc bản đang có hiệu lực rồi xác nhận lại.")


class TooManyMandates(Refusal):
    """So many mandates of one person wait for an answer already."""

    code = "accounts.too_many_mandates"
    message = N_(
        "Bạn đang có %(most)s ủy quyền chờ trả lời. Hãy chấm dứt những ủy quyền không cần nữa rồi lập mới."
    )


class MandateSettled(Refusal):
    """The mandate was answered, ended or is over: nothing can be done to it any more."""

    code = "accounts.mandate_settled"
    message = N_("Ủy quyền này đã được trả lời, đã chấm dứt hoặc đã hết hạn.")


class TooManyOrganisations(Refusal):
    code = "accounts.too_many_organisations"
    message = N_("Một tài khoản đại diện cho nhiều nhất %(most)s tổ chức.")


class TooManyPeople(Refusal):
    code = "accounts.too_many_people"
    message = N_("Một tổ chức có nhiều nhất %(most)s người, kể cả lời mời chưa trả lời.")


class AlreadyThere(Refusal):
    """Somebody with this number is in the organisation, or invited into it."""

    code = "accounts.already_there"
    message = N_("Người có số định danh này đã ở trong tổ chức hoặc đã được mời.")


class InvitationSettled(Refusal):
    code = "accounts.invitation_settled"
    message = N_("Lời mời này đã được trả lời hoặc đã được rút lại.")


class AlreadyDeclared(Refusal):
    """Who declares belongs to an organisation of this number already: `organisation_id`."""

    code = "accounts.already_declared"
    message = N_("Bạn đã ở trong tổ chức “%(name)s” mang số này trên Cổng, nên không phải khai báo lần nữa.")


class StillInUse(Refusal):
    """Something of the organisation is being prepared or settled: nobody could answer for it."""

    code = "accounts.still_in_use"
    message = N_(
        "Tổ chức còn hồ sơ đang soạn hoặc đang giải quyết nên chưa đóng được. Hãy bỏ bản đang soạn, chờ hồ "
        "sơ kết thúc hoặc rút hồ sơ, hoặc mời người khác rồi chuyển quyền đại diện."
    )


class OthersAreThere(Refusal):
    """Whoever closes an organisation would shut out others who belong to it."""

    code = "accounts.others_are_there"
    message = N_(
        "Tổ chức còn người khác nên không đóng được. Hãy chuyển quyền đại diện cho một người rồi rời tổ "
        "chức, hoặc đưa từng người ra trước."
    )


class LastOwner(Refusal):
    """Without its last owner nobody could act for the organisation, nor let anybody in."""

    code = "accounts.last_owner"
    message = N_(
        "Tổ chức phải còn ít nhất một người đại diện theo pháp luật. Hãy chuyển quyền đại diện cho người "
        "khác trước."
    )
