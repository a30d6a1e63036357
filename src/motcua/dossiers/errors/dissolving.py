"""What must be gone before an agency or a unit can be closed."""

from __future__ import annotations

from motcua.kernel.errors import N_, Refusal


class ApplicantsLeft(Refusal):
    """The agency would end before their dossiers are settled. Params: `count`."""

    code = "dossiers.applicants_left"
    message = N_(
        "Còn %(count)s hồ sơ chưa xong nên phải có cơ quan kế thừa: người nộp cần biết hỏi ai sau ngày này."
    )


class CommuneWithoutSuccessor(Refusal):
    """Its inhabitants would be left without this agency of their commune."""

    code = "dossiers.commune_without_successor"
    message = N_("Người dân ở đây sẽ không còn cơ quan cấp xã này. Hãy chọn cơ quan kế thừa.")


class ProceduresLeft(Refusal):
    """Nobody would settle them. Params: `count`, `codes`."""

    code = "dossiers.procedures_left"
    message = N_(
        "%(count)s thủ tục sẽ không còn ai giải quyết: %(codes)s. "
        "Hãy giao các thủ tục đó cho cơ quan kế thừa trước."
    )


class WorkLeft(Refusal):
    """Open tasks of the unit would be nobody's. Params: `count`."""

    code = "dossiers.work_left"
    message = N_("Đơn vị còn %(count)s việc đang làm. Hãy làm xong hoặc chuyển cho đơn vị khác trước.")


class UnitIsAwaited(Refusal):
    """Dossiers filed already go by this unit: nobody could settle, sign, stamp or return them. Params:
    `count`."""

    code = "dossiers.unit_is_awaited"
    message = N_(
        "Còn %(count)s hồ sơ chưa xong sẽ còn qua đơn vị này, kể cả hồ sơ nay đang ở nơi khác. "
        "Hãy giải quyết xong các hồ sơ đó rồi mới ghi ngày cuối cùng."
    )


class UnitSettles(Refusal):
    """Params: `count`."""

    code = "dossiers.unit_settles"
    message = N_("Đơn vị đang được giao %(count)s thủ tục. Hãy giao các thủ tục đó cho đơn vị khác trước.")
