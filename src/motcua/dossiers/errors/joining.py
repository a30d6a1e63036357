"""Finding a dossier, and putting it into an account."""

from __future__ import annotations

from motcua.kernel.errors import N_, Forbidden, Refusal, Technical


class NoSuchDossier(Technical):
    """No dossier bears the code that was typed."""

    code = "dossiers.no_such_dossier"
    message = N_("Không có hồ sơ nào mang mã này. Hãy xem lại từng chữ số trên giấy hẹn.")


class AlreadyInAccount(Refusal):
    """The dossier is in an account, of the one who asks or of somebody else."""

    code = "dossiers.already_in_account"
    message = N_("Hồ sơ này đã ở trong một tài khoản.")


class AlreadyYours(AlreadyInAccount):
    code = "dossiers.already_yours"
    message = N_("Hồ sơ này đã ở trong tài khoản của bạn.")


class NotTheApplicant(Refusal):
    """Number or name of the account are not those of the applicant."""

    code = "dossiers.not_the_applicant"
    message = N_(
        "Số định danh hoặc họ tên của tài khoản khác với chủ hồ sơ, nên hồ sơ không được đưa vào tài khoản. "
        "Nếu đúng là hồ sơ của bạn, hãy mang thẻ căn cước đến bộ phận một cửa."
    )


class IdentityNotChecked(Forbidden):
    """Nobody has compared the account with its owner's card: it only claims a number."""

    code = "dossiers.identity_not_checked"
    message = N_(
        "Tài khoản này chưa được đối chiếu với thẻ căn cước tại bộ phận một cửa. Hãy thêm hồ sơ bằng mã trên "
        "giấy hẹn."
    )
