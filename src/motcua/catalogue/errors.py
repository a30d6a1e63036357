"""What the catalogue refuses."""

from __future__ import annotations

from motcua.kernel.errors import N_, NotFound, Refusal


class UnknownProcedure(NotFound):
    code = "catalogue.unknown_procedure"
    message = N_("Không tìm thấy thủ tục hành chính này.")


class UnitCannotSettle(Refusal):
    """The unit is of another agency, or of a kind at which nobody settles anything."""

    code = "catalogue.unit_cannot_settle"
    message = N_("Hãy chọn phòng chuyên môn hoặc văn phòng của chính cơ quan này.")


class NotSettledHere(NotFound):
    code = "catalogue.not_settled_here"
    message = N_("Cơ quan này không giải quyết thủ tục đó.")


class NothingToTakeOver(Refusal):
    code = "catalogue.nothing_to_take_over"
    message = N_("Cơ quan được chọn chưa giải quyết thủ tục nào.")
