"""Letters of apology for several dossiers at once, each with its own outcome."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.utils.translation import gettext

from motcua.desk.several import Outcome, Pick, to_tell
from motcua.dossiers import queries, services
from motcua.dossiers.services import NoLetter, NotOwed, Owed
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_, Refusal
from motcua.theme.refusals import sentence
from motcua.theme.wording import short_day

NO_LETTER: dict[NoLetter, str] = {
    NoLetter.SENT: N_("đã được xin lỗi, hẹn lại"),
    NoLetter.STANDS_STILL: N_("đang tạm dừng tính thời hạn"),
    NoLetter.SETTLED: N_("đã có kết quả hoặc đã kết thúc"),
    NoLetter.UNTOUCHED: N_("ngày hẹn không còn chịu ảnh hưởng của lần nghỉ này"),
    NoLetter.NOT_OPEN: N_("ở bước này chưa xin lỗi, hẹn lại được"),
}


def apologise(actor: Actor, at: datetime, each: Owed, version: int, new_day: date, reason: str) -> Outcome:
    """Send one letter of apology; a refusal of the service is its outcome."""
    who = (each.id, each.state.reference, each.state.contents.applicant.name)
    try:
        services.extend(
            actor=actor,
            at=at,
            dossier_id=each.id,
            expected_version=version,
            new_day=new_day,
            reason=reason,
        )
    except Refusal as refusal:
        return Outcome(*who, False, sentence(refusal))
    values = {"day": short_day(new_day)}
    if each.unreached is None:
        return Outcome(*who, True, gettext("Đã gửi phiếu xin lỗi, hẹn lại %(day)s.") % values)
    made = gettext("Đã lập phiếu xin lỗi, hẹn lại %(day)s.") % values
    return Outcome(*who, True, made, to_tell(each.unreached))


def said_of_reach(each: Owed) -> str:
    """How the applicant is told the new day; empty where the letter reaches them."""
    return to_tell(each.unreached) if each.unreached else ""


def preview(actor: Actor, at: datetime, each: Owed, new_day: date, reason: str) -> bytes:
    """The letter as it would be sent. Raises what `extend` refuses."""
    version = each.state.version
    send = partial(
        services.extend,
        actor=actor,
        at=at,
        dossier_id=each.id,
        expected_version=version,
        new_day=new_day,
        reason=reason,
    )
    return services.preview_of(send, after=version)


def apologised(actor: Actor, pick: Pick, known: NotOwed | None) -> Outcome:
    """The outcome of a dossier for which no letter can be sent any more: perhaps this very one was sent."""
    who = (pick.dossier_id, known.reference, known.name) if known else (pick.dossier_id, "", "")
    if queries.was_done(pick.dossier_id, seq=pick.version + 1, actor=actor, kinds=("extended",)):
        return Outcome(*who, True, gettext("Đã lập phiếu xin lỗi."))
    why = gettext(NO_LETTER[known.why if known else NoLetter.UNTOUCHED])
    return Outcome(*who, False, gettext("Không gửi được phiếu: %(why)s.") % {"why": why})
