"""Refusals: what the house says when it will not do a thing.

A refusal is an answer, not an accident: it has a stable code for machines, the clauses it rests on, and a
sentence for people. The sentence is Vietnamese and is the message id of the translations; faces show
`gettext(refusal.message) % refusal.params`. Moments and days among the parameters are moments and days: faces
write them in words, in the reader's language.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from motcua.kernel.dates import day_in_words, in_words


def N_(text: str) -> str:
    """Mark a Vietnamese sentence for translation where gettext may not be imported."""
    return text


class Refusal(Exception):
    """Base of every expected refusal. Subclasses set `code` and `message`; nothing was changed."""

    code: ClassVar[str] = "refused"
    message: ClassVar[str] = N_("Không thực hiện được yêu cầu này.")

    def __init__(self, *, clauses: tuple[str, ...] = (), **params: object) -> None:
        self.clauses = clauses
        self.params = params
        super().__init__(self.code)

    def __str__(self) -> str:
        params = {key: _plain(each) for key, each in self.params.items()}
        text = self.message % params if params else self.message
        basis = f" [{', '.join(self.clauses)}]" if self.clauses else ""
        return f"{self.code}: {text}{basis}"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return in_words(value)
    return day_in_words(value) if isinstance(value, date) else value


class Technical(Refusal):
    """Base of refusals that rest on no clause: nothing of that name is there, the system could not do it
    without losing or mixing up what it keeps, or a limit is ours. Each subclass says which.
    """


class Busy(Technical):
    """There is no room for it at this moment; the same again may succeed after so many `seconds`."""

    seconds: ClassVar[int] = 5


class Forbidden(Refusal):
    """The actor has no right to this act or this thing."""

    code = "forbidden"
    message = N_("Bạn không có quyền thực hiện việc này.")


class NotFound(Technical):
    """There is no such thing, or the actor may not know of it: nothing to which a clause could apply.

    `is_our_fault`: it should be there, so no page may say that the address is wrong.
    """

    is_our_fault: ClassVar[bool] = False
    code = "not_found"
    message = N_("Không tìm thấy nội dung này.")
