"""The standard process of a procedure for which no table was approved."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from motcua.catalogue.rules.sheets import OfferedLimit, ProcedureSheet
from motcua.kernel.errors import N_
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import NEXT, ROLE_OF_KIND, Outcome, ProcessDefinition, Step
from motcua.process.rules.reading import LABEL_OF_KIND

_WHOLE = (TimeUnit.CALENDAR_DAY, TimeUnit.MONTH)
_FIRST_GRAIN = Fraction(1, 4)  # the smallest part of a day or hour that approved tables use


@dataclass(frozen=True, slots=True)
class _Row:
    kind: StepKind
    name: str
    actor: str
    weight: int  # share of the legal time beyond the smallest part; 0 where time is not counted
    ends_with_number: bool = False


_ROWS = (
    _Row(StepKind.INTAKE, N_("Tiếp nhận, kiểm tra, số hóa và chuyển hồ sơ"), N_("Bộ phận một cửa"), 1),
    _Row(StepKind.ASSIGN, N_("Phân công thụ lý"), N_("Lãnh đạo phòng chuyên môn"), 1),
    _Row(StepKind.PROCESS, N_("Thẩm định hồ sơ, dự thảo kết quả"), N_("Công chức thụ lý"), 12),
    _Row(StepKind.APPROVE, N_("Phê duyệt kết quả"), N_("Lãnh đạo cơ quan"), 4),
    _Row(StepKind.CLERICAL, N_("Cấp số, ký số, đóng dấu"), N_("Văn thư"), 1, ends_with_number=True),
    _Row(StepKind.CLERICAL, N_("Chuyển kết quả cho bộ phận một cửa"), N_("Văn thư"), 1),
    _Row(StepKind.RETURN, N_("Trả kết quả"), N_("Bộ phận một cửa"), 0),
)


def generate(sheet: ProcedureSheet, offered: OfferedLimit | None, *, id: int = 0) -> ProcessDefinition:
    """Receive, assign, examine, approve, number and sign, hand to the desk, return; marked as generated.

    The legal time is shared out in its own unit, exactly; the return is not counted (as approved tables have
    it). Without a legal time no step has one.
    """
    limit = offered.limit if offered else None
    shares = share_out(limit, [row.weight for row in _ROWS])
    steps = tuple(
        _step(index, row, share) for index, (row, share) in enumerate(zip(_ROWS, shares, strict=True), 1)
    )
    return ProcessDefinition(
        id=id,
        name=sheet.title,
        procedure_code=sheet.code,
        steps=steps,
        variant=offered.variant if offered else None,
        declared_total=limit,
        declared_value=offered.printed_value if offered else "",
        declared_unit=offered.printed_unit if offered else "",
        marks={"steps": "derived: generated standard process"},
        is_sample=True,
        is_generated=True,
    )


def share_out(limit: TimeLimit | None, weights: list[int]) -> list[TimeLimit | None]:
    """The limit in parts by weight that add up to it exactly; None where a part is nothing.

    Parts are multiples of a quarter (half as much, and again, where the limit is too short for that) or whole
    days and months; each weighted part has at least one, given to the weightiest first; what the rounding
    leaves goes to the largest remainders.
    """
    if limit is None or not limit.value:
        return [None] * len(weights)
    grain = _grain(limit, sum(1 for weight in weights if weight))
    grains, crumbs = divmod(limit.value, grain)
    counts = _counts(int(grains), weights)
    parts = [count * grain for count in counts]
    parts[weights.index(max(weights))] += crumbs
    return [TimeLimit(part, limit.unit) if part else None for part in parts]


def _grain(limit: TimeLimit, parts: int) -> Fraction:
    if limit.unit in _WHOLE:
        return Fraction(1)
    grain = _FIRST_GRAIN
    while limit.value < grain * parts:
        grain /= 2
    return grain


def _counts(grains: int, weights: list[int]) -> list[int]:
    by_weight = sorted((i for i, weight in enumerate(weights) if weight), key=lambda i: -weights[i])
    counts = [0] * len(weights)
    for index in by_weight[:grains]:
        counts[index] = 1
    rest = grains - sum(counts)
    total = sum(weights)
    wanted = [Fraction(rest * weight, total) for weight in weights]
    counts = [count + int(part) for count, part in zip(counts, wanted, strict=True)]
    left = rest - sum(int(part) for part in wanted)
    for index in sorted(by_weight, key=lambda i: int(wanted[i]) - wanted[i])[:left]:
        counts[index] += 1
    return counts


def _step(order: int, row: _Row, share: TimeLimit | None) -> Step:
    to = () if row.kind is StepKind.RETURN else (f"s{order + 1}",)
    return Step(
        key=f"s{order}",
        order=order,
        kind=row.kind,
        name=row.name,
        actor_text=row.actor,
        role=ROLE_OF_KIND[row.kind],
        limit=share,
        outcomes=(Outcome(NEXT, LABEL_OF_KIND[row.kind], to),),
        printed_value=f"{float(share.value):.10g}" if share else "",
        printed_unit=str(share.unit) if share else "none",
        mark="derived",
        ends_with_number=row.ends_with_number,
    )
