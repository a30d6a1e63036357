"""Templates of reasons."""

from __future__ import annotations

from motcua.kernel.errors import N_, Refusal, Technical


class BadReasonTemplate(Refusal):
    code = "dossiers.bad_reason_template"
    message = N_("Mẫu lý do cần có tên (nhiều nhất %(title)s ký tự) và nội dung (nhiều nhất %(text)s ký tự).")


class ReasonTemplateTaken(Technical):
    """Two could not be told apart."""

    code = "dossiers.reason_template_taken"
    message = N_("Đã có mẫu lý do mang tên này cho cùng việc.")


class TooManyReasonTemplates(Technical):
    """More than can be looked through is of no use to whoever has to choose. The limit is ours."""

    code = "dossiers.too_many_reason_templates"
    message = N_("Mỗi việc có nhiều nhất %(most)s mẫu lý do. Hãy bỏ bớt mẫu không còn dùng.")


class ReasonTemplateChanged(Technical):
    """Nobody writes over what they have not seen."""

    code = "dossiers.reason_template_changed"
    message = N_("Mẫu lý do này vừa được người khác sửa hoặc bỏ. Hãy mở lại rồi sửa.")
