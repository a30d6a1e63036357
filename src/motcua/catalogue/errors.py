"""What the catalogue refuses."""

from __future__ import annotations

from motcua.kernel.errors import N_, NotFound, Refusal


class UnknownProcedure(NotFound):
    code = "catalogue.unknown_procedure"
    message = N_("Không tìm thấy thủ tục hành chính này.")


class Frozen(Refusal):
    """A published version never changes: a change is a new version."""

    code = "catalogue.frozen"
    message = N_("Phiên bản đã công bố thì không sửa được; hãy công bố một phiên bản mới.")


class StartsTooEarly(Refusal):
    code = "catalogue.starts_too_early"
    message = N_("Phiên bản mới phải có hiệu lực sau ngày %(date)s, ngày bắt đầu của phiên bản đang áp dụng.")
