"""Acting for somebody else, and no longer."""

from __future__ import annotations

from motcua.kernel.errors import N_, Forbidden, Refusal, Technical


class NoLongerActing(Forbidden):
    """Whoever saw the dossier, or still sees it, has no right any more to act for whom it was filed."""

    code = "dossiers.no_longer_acting"
    message = N_(
        "Bạn không còn quyền làm việc này thay chủ hồ sơ: ủy quyền đã hết hạn, đã chấm dứt hoặc không gồm "
        "thủ tục này, hay vai trò của bạn trong tổ chức chỉ cho phép xem."
    )


class MandateEnded(NoLongerActing):
    """Either side has ended the mandate of `name` at the moment `at`."""

    code = "dossiers.mandate_ended"
    message = N_(
        "Ủy quyền của %(name)s cho bạn đã chấm dứt lúc %(at)s, nên bạn không làm hồ sơ này thay %(name)s "
        "được nữa. Mọi điều bạn gửi sau lúc đó không vào hồ sơ. Muốn làm tiếp, hãy nhờ %(name)s lập ủy quyền "
        "mới trên Cổng."
    )


class MandateOver(NoLongerActing):
    """The mandate of `name` held for the last time on the day `day`."""

    code = "dossiers.mandate_over"
    message = N_(
        "Ủy quyền của %(name)s cho bạn đã hết hạn sau %(day)s, nên bạn không làm hồ sơ này thay "
        "%(name)s được nữa. Mọi điều bạn gửi sau ngày đó không vào hồ sơ. Muốn làm tiếp, hãy nhờ %(name)s "
        "lập ủy quyền mới trên Cổng."
    )


class NoLongerMember(NoLongerActing):
    """Whoever asks was taken out of the organisation `name` at the moment `at`."""

    code = "dossiers.no_longer_member"
    message = N_(
        "Từ %(at)s, bạn không còn thuộc %(name)s trên Cổng, nên không xem và không làm hồ sơ của tổ chức này "
        "được nữa. Mọi điều bạn gửi sau lúc đó không vào hồ sơ. Nếu cho là nhầm, hãy hỏi người đại diện "
        "theo pháp luật của %(name)s: người đó mời lại được bạn."
    )


class HasLeft(NoLongerMember):
    """Whoever asks has left the organisation `name` themselves, or closed it, at the moment `at`."""

    code = "dossiers.has_left"
    message = N_(
        "Bạn đã tự rời %(name)s trên Cổng lúc %(at)s, nên không xem và không làm hồ sơ của tổ chức này được "
        "nữa. Mọi điều bạn gửi sau lúc đó không vào hồ sơ. Muốn tham gia lại, hãy nhờ người đại diện theo "
        "pháp luật của %(name)s mời bạn."
    )


class OrganisationHoldsYou(Technical):
    """An account is not closed while an organisation has no other legal representative, and has other people
    or something open."""

    code = "dossiers.organisation_holds_you"
    message = N_(
        "Bạn là người đại diện duy nhất của %(name)s, mà tổ chức còn người khác hoặc còn hồ sơ đang giải "
        "quyết, nên tài khoản chưa đóng được. Hãy chuyển quyền đại diện cho người khác trước."
    )


class NotEntrusted(Forbidden):
    """Nobody has entrusted this to whoever wants to file."""

    code = "dossiers.not_entrusted"
    message = N_(
        "Bạn không được ủy quyền nộp hồ sơ này. Hãy xem lại thời hạn và các thủ tục của ủy quyền, "
        "hoặc vai trò của bạn trong tổ chức."
    )


class CapacityRequired(Refusal):
    """Who files for somebody else says in what capacity, and by which paper."""

    code = "dossiers.capacity_required"
    message = N_("Nộp thay người khác thì phải ghi tư cách và giấy tờ chứng minh tư cách đó.")


class CapacityNotNamed(Refusal):
    """The regulation names who may file, or take a result, for others, and not these."""

    code = "dossiers.capacity_not_named"
    message = N_("Quy chế đang áp dụng không cho người có tư cách này nộp hồ sơ, nhận kết quả thay.")


class NoMandateHere(Refusal):
    """The text `basis`, by the sheet of the procedure, lets nobody be entrusted with filing it."""

    code = "dossiers.no_mandate_here"
    message = N_(
        "Thủ tục này không được ủy quyền cho người khác nộp (%(basis)s). Người yêu cầu tự nộp bằng tài khoản "
        "của mình hoặc tại bộ phận một cửa."
    )


class ForPersonsOnly(Refusal):
    """By the sheet of the procedure its dossiers are those of persons."""

    code = "dossiers.for_persons_only"
    message = N_("Đối tượng thực hiện của thủ tục này là cá nhân: chủ hồ sơ không thể là tổ chức.")


class ForOrganisationsOnly(Refusal):
    """By the sheet of the procedure its dossiers are those of organisations."""

    code = "dossiers.for_organisations_only"
    message = N_("Đối tượng thực hiện của thủ tục này là tổ chức: chủ hồ sơ không thể là cá nhân.")


class BringerNotEntrusted(Refusal):
    """Who brings it does not hold the right on the portal by which the desk wants to link it."""

    code = "dossiers.bringer_not_entrusted"
    message = N_(
        "Người mang hồ sơ đến không còn ủy quyền hoặc vai trò trên Cổng để nộp hồ sơ này thay chủ hồ sơ. "
        "Hãy tra cứu lại, hoặc ghi giấy tờ chứng minh tư cách."
    )
