"""Every way in which declaring or ending an incident can be refused."""

from __future__ import annotations

from motcua.kernel.errors import N_, Refusal


class WhatHappened(Refusal):
    code = "incidents.what_happened"
    message = N_("Cần ghi rõ sự cố gì và đã làm gì để khắc phục.")


class NotYet(Refusal):
    """An incident begins and ends before it is written down, and ends after it began."""

    code = "incidents.not_yet"
    message = N_("Thời điểm xảy ra và khắc phục sự cố phải theo thứ tự và không ở tương lai.")


class TooLongAgo(Refusal):
    """What nobody declared while it was fresh opens no door into the past."""

    code = "incidents.too_long_ago"
    message = N_("Sự cố phải được khai báo trong vòng %(hours)s giờ kể từ khi xảy ra.")


class BadScope(Refusal):
    code = "incidents.bad_scope"
    message = N_("Cần chọn đúng phạm vi của sự cố.")


class AlreadyDeclared(Refusal):
    """The same place has an incident that has not ended: one clock is enough."""

    code = "incidents.already_declared"
    message = N_("Phạm vi này đang có một sự cố chưa kết thúc.")


class AlreadyEnded(Refusal):
    code = "incidents.already_ended"
    message = N_("Sự cố này đã được ghi nhận là đã khắc phục.")
