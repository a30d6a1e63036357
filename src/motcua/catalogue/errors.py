"""What the catalogue refuses."""

from __future__ import annotations

from motcua.kernel.errors import N_, NotFound


class UnknownProcedure(NotFound):
    code = "catalogue.unknown_procedure"
    message = N_("Không tìm thấy thủ tục hành chính này.")
