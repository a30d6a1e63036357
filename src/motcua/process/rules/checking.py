"""What is odd about a process. Official tables err at times; findings may be overridden with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from motcua.kernel.errors import N_
from motcua.kernel.limits import TimeLimit
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import ProcessDefinition, Step, last_approve
from motcua.process.rules.tokens import ahead_of

Translate = Callable[[str], str]
UNIT_NAMES = {
    "working_hour": N_("giờ làm việc"),
    "working_day": N_("ngày làm việc"),
    "calendar_day": N_("ngày"),
    "month": N_("tháng"),
    "hour": N_("giờ"),
    "day": N_("“ngày” không rõ loại"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` is stable; `message` is a Vietnamese sentence to translate, with its `params`."""

    code: str
    message: str
    params: dict[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


def check(
    definition: ProcessDefinition, legal: TimeLimit | None = None, translate: Translate = str
) -> tuple[Finding, ...]:
    """Everything odd: sums, times longer than the law's, steps nobody reaches, ends without return.

    Times are compared only within one unit; a sum over different units is itself a finding.
    """
    return (
        *_sums(definition, translate),
        *_longer_than_law(definition, legal),
        *_unreachable(definition),
        *_dead_ends(definition),
        *_broken_joins(definition),
        *_undecided(definition),
        *_numbered_before_decision(definition),
    )


def sums_by_unit(definition: ProcessDefinition) -> dict[str, Fraction]:
    """The printed times added up, each time group once, by printed unit. Times of parallel steps count once,
    as the longest of their fork; steps that are done in some cases only count, so that the sum is the longest
    way."""
    sums: dict[str, Fraction] = defaultdict(Fraction)
    grouped = {key for group in definition.time_groups for key in group.steps}
    forks = _forks(definition)
    in_fork = {key for fork in forks for key in fork}
    for step in definition.steps:
        if step.is_counted and step.key not in grouped and step.key not in in_fork:
            _add(sums, step.printed_value, step.printed_unit)
    for group in definition.time_groups:
        _add(sums, group.printed_value, group.printed_unit)
    for fork in forks:
        alone = [definition.step(key) for key in fork if key not in grouped]
        if alone:
            longest = max(alone, key=_printed)
            _add(sums, longest.printed_value, longest.printed_unit)
    return dict(sums)


def _add(sums: dict[str, Fraction], value: str, unit: str) -> None:
    if value and unit != "none":
        sums[unit] += Fraction(value)


def _printed(step: Step) -> Fraction:
    return Fraction(step.printed_value or 0)


def _forks(definition: ProcessDefinition) -> list[tuple[str, ...]]:
    return [outcome.to for step in definition.steps for outcome in step.outcomes if len(outcome.to) > 1]


def _sums(definition: ProcessDefinition, translate: Translate) -> list[Finding]:
    sums = sums_by_unit(definition)
    if not definition.declared_value:
        return []
    if len(sums) > 1:
        units = ", ".join(translate(UNIT_NAMES.get(unit, unit)) for unit in sorted(sums))
        return [
            Finding(
                "mixed_units",
                N_("Các bước dùng nhiều đơn vị thời gian khác nhau (%(units)s) nên không cộng được."),
                {"units": units},
            )
        ]
    total = Fraction(definition.declared_value)
    if sums == {definition.declared_unit: total}:
        return []
    added = next(iter(sums.items()), (definition.declared_unit, Fraction(0)))
    return [
        Finding(
            "sum_differs",
            N_(
                "Tổng thời gian các bước là %(sum)s %(unit)s, "
                "khác thời hạn ghi ở đầu bảng %(total)s %(declared)s."
            ),
            {
                "sum": _decimal(added[1]),
                "unit": translate(UNIT_NAMES.get(added[0], added[0])),
                "total": _decimal(total),
                "declared": translate(UNIT_NAMES.get(definition.declared_unit, definition.declared_unit)),
            },
        )
    ]


def _longer_than_law(definition: ProcessDefinition, legal: TimeLimit | None) -> list[Finding]:
    own = definition.declared_total
    if own is None or legal is None or own.unit is not legal.unit or own.value <= legal.value:
        return []
    return [
        Finding(
            "longer_than_law",
            N_("Thời hạn của quy trình (%(own)s) dài hơn thời hạn của thủ tục (%(legal)s)."),
            {"own": str(own), "legal": str(legal)},
        )
    ]


def _unreachable(definition: ProcessDefinition) -> list[Finding]:
    reached = ahead_of(definition, [definition.first.key])
    return [
        Finding("unreachable", N_("Không có đường nào tới bước %(step)s."), {"step": step.name})
        for step in definition.steps
        if step.key not in reached
    ]


def _dead_ends(definition: ProcessDefinition) -> list[Finding]:
    findings = []
    for step in definition.steps:
        ends_here = not step.outcomes or any(not outcome.to for outcome in step.outcomes)
        if ends_here and step.kind is not StepKind.RETURN:
            findings.append(Finding("dead_end", N_("Bước %(step)s không dẫn tới đâu."), {"step": step.name}))
        elif definition.last.key not in ahead_of(definition, [step.key]):
            findings.append(
                Finding(
                    "no_way_out", N_("Từ bước %(step)s không tới được bước trả kết quả."), {"step": step.name}
                )
            )
    return findings


def _broken_joins(definition: ProcessDefinition) -> list[Finding]:
    """A join waits for ever if a step it waits for can end without leading to it."""
    findings = []
    for step in definition.steps:
        for key in step.waits_for:
            tail = definition.step(key)
            if any(step.key not in outcome.to for outcome in tail.outcomes):
                findings.append(
                    Finding(
                        "broken_join",
                        N_("Bước %(step)s chờ bước %(tail)s, nhưng bước đó có thể kết thúc ở nơi khác."),
                        {"step": step.name, "tail": tail.name},
                    )
                )
    return findings


def _undecided(definition: ProcessDefinition) -> list[Finding]:
    """The last approving step decides: a way past it leads to the return of a dossier nobody has decided."""
    deciding = last_approve(definition)
    if deciding is None or not definition.condition_of(deciding):
        return []
    text = N_("Bước phê duyệt cuối cùng %(step)s không được đặt điều kiện: có hồ sơ sẽ không ai quyết định.")
    return [Finding("undecided", text, {"step": deciding.name})]


def _numbered_before_decision(definition: ProcessDefinition) -> list[Finding]:
    """A step that ends with the number of the decided paper would never end before the decision."""
    deciding = last_approve(definition)
    text = N_(
        "Bước %(step)s chỉ xong khi đã ghi số kết quả, nhưng đứng trước bước phê duyệt: "
        "không ai làm xong được."
    )
    return [
        Finding("numbered_before_decision", text, {"step": step.name})
        for step in definition.steps
        if step.ends_with_number and deciding is not None and step.order < deciding.order
    ]


def _decimal(value: Fraction) -> str:
    return f"{float(value):.10g}".replace(".", ",")
