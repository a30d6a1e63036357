"""Regulations side by side, and one dossier under two of them, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from motcua.desk.law_pages import regulation
from motcua.dossiers import labels
from motcua.dossiers.enums import RefundAnswer
from motcua.dossiers.rules.under import Objection, Verdict
from motcua.kernel.provinces import PROVINCES
from motcua.law import queries
from motcua.law.rules import Regulation
from motcua.law.rules.comparing import Side as KeySides
from motcua.law.rules.comparing import compare
from motcua.theme import regulations as words
from motcua.theme import wording
from motcua.theme.refusals import worded


@dataclass(frozen=True, slots=True)
class Column:
    """A regulation beside others: whose it is, and whether the house stands in that province."""

    regulation: Regulation
    province: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One key: each regulation with what it says of it, None where it is silent."""

    label: str
    cells: tuple[tuple[Column, words.ValueLine | None], ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """`anchor` is its own on the page: a matter may stand among what differs and among what is alike."""

    anchor: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    columns: tuple[Column, ...]
    different: tuple[Matter, ...]
    alike: tuple[Matter, ...]
    count_different: int
    count_alike: int


@dataclass(frozen=True, slots=True)
class Source:
    """A law that the regulation points to, or that holds where it is silent, and how well it is known."""

    law: str
    mark: str
    tone: str


@dataclass(frozen=True, slots=True)
class Side:
    """What one regulation says on a point, and on which clauses and laws that rests. `is_kept`: it says
    nothing of it here, for the moment is still that of the dossier's own regulation."""

    regulation: str
    text: str
    clauses: tuple[str, ...]
    sources: tuple[Source, ...]
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a dossier under its own regulation and under the other."""

    label: str
    own: Side
    other: Side

    @property
    def differs(self) -> bool:
        return self.own.text != self.other.text

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.own, self.other


def columns(regulations: Iterable[Regulation], own: str) -> tuple[Column, ...]:
    """`own` is the key of the province that the house serves."""
    return tuple(
        Column(each, gettext(PROVINCES[each.province]), each.province == own) for each in regulations
    )


def comparison(regulations: Sequence[Regulation], own: str) -> Comparison:
    sides = compare(regulations)
    different = [side for side in sides if side.differs]
    alike = [side for side in sides if not side.differs]
    heads = columns(regulations, own)
    return Comparison(
        heads,
        _matters(heads, different, "khac"),
        _matters(heads, alike, "giong"),
        len(different),
        len(alike),
    )


def _matters(heads: tuple[Column, ...], sides: list[KeySides], part: str) -> tuple[Matter, ...]:
    readings = dict(queries.law().readings)
    gathered: dict[str, list[Row]] = {}
    for side in sides:
        lines = (words.line(value, readings) if value else None for value in side.values)
        row = Row(words.label(side.key), tuple(zip(heads, lines, strict=True)))
        gathered.setdefault(words.matter_of(side.key), []).append(row)
    return tuple(
        Matter(f"{part}-{matter}", words.heading(matter), tuple(rows)) for matter, rows in gathered.items()
    )


def points(own: Verdict, other: Verdict) -> tuple[Point, ...]:
    """The points at which regulations part, in the order of the life of a dossier."""
    return tuple(
        Point(label, _side(own, key, tell), _side(other, key, tell)) for key, label, tell in _points()
    )


def clauses_of(points: Iterable[Point], refused: Iterable[Objection]) -> tuple[regulation.ClauseWords, ...]:
    """The words of every clause that the page names."""
    named = {clause for point in points for side in point.sides for clause in side.clauses}
    return tuple(regulation.clause_words(named | {clause for one in refused for clause in one.clauses}))


def _side(verdict: Verdict, key: str, tell: Callable[[Verdict], str]) -> Side:
    ground = verdict.grounds[key]
    sources = tuple(
        Source(words.reference_text(each), words.mark_text(each), words.mark_tone(each))
        for each in ground.references
    )
    return Side(verdict.regulation, tell(verdict), ground.clauses, sources, key in verdict.kept)


def _points() -> tuple[tuple[str, str, Callable[[Verdict], str]], ...]:
    """Field of the verdict whose ground it is, its name, and what a verdict says of it."""
    return (
        ("received_at", gettext("Thời điểm tiếp nhận chính thức"), lambda one: _moment(one.received_at)),
        (
            "reply_due",
            gettext("Thời hạn trả lời hồ sơ trực tuyến"),
            lambda one: _kept(one.reply_due, one.replied_late),
        ),
        (
            "forwarding_due",
            gettext("Hạn chuyển đến bộ phận giải quyết"),
            lambda one: _kept(one.forwarding_due, one.forwarded_late),
        ),
        ("due_at", gettext("Ngày hẹn trả kết quả"), lambda one: _kept(one.due_at, one.is_late)),
        ("fees", gettext("Khoản phải nộp được báo khi tiếp nhận"), _fees),
        ("payment_ways", gettext("Nộp phí, lệ phí: lúc nào, bằng cách nào"), _payment),
        ("supplements_allowed", gettext("Số lần được yêu cầu bổ sung"), _supplements),
        ("supplement_clock", gettext("Thời gian chờ bổ sung trong khi giải quyết"), _waiting),
        ("supplement_control", gettext("Người kiểm soát việc yêu cầu bổ sung"), _control),
        ("pause_grounds", gettext("Căn cứ tạm dừng tính thời hạn, ngoài chờ bổ sung"), _pauses),
        ("apology_notice", gettext("Thư xin lỗi phải gửi trước khi hết hạn"), _notice),
        ("apologies_allowed", gettext("Số lần được hẹn lại ngày trả"), _apologies),
        ("result_ways", gettext("Cách trả kết quả"), _ways),
        ("visits_allowed", gettext("Số lần được mời người nộp đến"), _visits),
        ("papers_to_bring", gettext("Giấy tờ mang theo khi nhận kết quả"), _papers),
        ("refunds", gettext("Hoàn trả phí, lệ phí đã nộp, nếu có đề nghị lúc này"), _refunds),
    )


def objections(found: Sequence[Objection]) -> tuple[tuple[str, str, str, tuple[str, ...], bool], ...]:
    """Moment, act, sentence and clauses of each refusal that would have come; whether the moments that follow
    are still those of the dossier's own regulation."""
    return tuple(
        (
            wording.short_moment(one.at),
            gettext(labels.EVENT.get(one.kind, one.kind)),
            worded(one.message, one.params),
            one.clauses,
            one.keeps_own_law,
        )
        for one in found
    )


def _moment(at: datetime | None) -> str:
    return wording.short_moment(at) if at else gettext("không có")


def _kept(due_at: datetime | None, is_late: bool) -> str:
    told = _moment(due_at)
    return gettext("%(moment)s, đã trễ") % {"moment": told} if is_late else told


def _allowed(number: int | None) -> str:
    return gettext("không giới hạn") if number is None else gettext("%(number)s lần") % {"number": number}


def _with_happened(said: str, happened: str) -> str:
    """What the regulation says, and after it what there was to it in this dossier."""
    return f"{said}; {happened}" if happened else said


def _supplements(one: Verdict) -> str:
    made = gettext("đã yêu cầu %(made)s lần") % {"made": one.supplements_made}
    return _with_happened(_allowed(one.supplements_allowed), made if one.supplements_made else "")


def _waiting(one: Verdict) -> str:
    if one.supplement_clock is None:
        return gettext("không quy định, vẫn tính vào thời hạn")
    return words.value_text("supplement.clock", one.supplement_clock)


def _control(one: Verdict) -> str:
    if not one.supplement_control:
        return gettext("không quy định")
    said = words.value_text("supplement.control", one.supplement_control)
    counted = {"count": one.controlled, "made": one.supplements_made}
    told = gettext("%(count)s trong %(made)s yêu cầu của hồ sơ thuộc diện này") % counted
    return _with_happened(said, told if one.supplements_made else "")


def _pauses(one: Verdict) -> str:
    grounds = words.value_text("pause.grounds", one.pause_grounds) if one.pause_grounds else ""
    made = gettext("đã tạm dừng %(made)s lần") % {"made": one.pauses_made} if one.pauses_made else ""
    return _with_happened(grounds or gettext("không có"), made)


def _notice(one: Verdict) -> str:
    notice = one.apology_notice
    said = gettext("không dời hạn đã công bố")
    if notice is not None:
        said = gettext("ít nhất %(limit)s") % {"limit": words.value_text("apology.min_notice", notice)}
    if not one.apologies_made:
        return said
    told = gettext("thư đã gửi không kịp") if one.apologies_late else gettext("thư đã gửi kịp")
    return _with_happened(said, told)


def _apologies(one: Verdict) -> str:
    made = gettext("đã hẹn lại %(made)s lần") % {"made": one.apologies_made} if one.apologies_made else ""
    return _with_happened(_allowed(one.apologies_allowed), made)


def _ways(one: Verdict) -> str:
    return words.value_text("result.ways_full", one.result_ways)


def _visits(one: Verdict) -> str:
    made = gettext("hồ sơ này %(made)s lần") % {"made": one.visits_made} if one.visits_made else ""
    return _with_happened(_allowed(one.visits_allowed), made)


def _papers(one: Verdict) -> str:
    return "; ".join(one.papers_to_bring) or gettext("không phải mang")


def _fees(one: Verdict) -> str:
    return labels.fees_sentence(one.fees) if one.fees else gettext("không phải báo khoản nào")


def _payment(one: Verdict) -> str:
    ways = words.value_text("payment.ways_full", one.payment_ways) if one.payment_ways else ""
    when = (f"{name}: {labels.when_due(due, gettext)}" for name, due in one.paid_when)
    return "; ".join(part for part in (ways, *when) if part) or gettext("không quy định")


def _refunds(one: Verdict) -> str:
    said = {
        RefundAnswer.OWED: gettext("phải hoàn trả nếu: %(grounds)s"),
        RefundAnswer.CONSIDERED: gettext("được xem xét nếu: %(grounds)s"),
    }
    told = (
        words_of % {"grounds": ", ".join(grounds)}
        for answer, words_of in said.items()
        if (
            grounds := [
                gettext(labels.REFUND_GROUND[g]).lower() for g, a in one.refunds.items() if a is answer
            ]
        )
    )
    return "; ".join(told) or gettext("không có căn cứ hoàn trả")
