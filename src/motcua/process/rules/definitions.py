"""An approved internal process: steps, who does them, for how long, and where each outcome leads."""

from __future__ import annotations

from dataclasses import dataclass, field

from motcua.agencies.enums import Role
from motcua.kernel.limits import TimeLimit
from motcua.process.enums import StepKind

NEXT = "done"  # the key of the outcome that leads straight on; always the first of a step
IF = "if-"  # what the keys of outcomes begin with that lead to a step which is done in some cases only

ROLE_OF_KIND: dict[StepKind, Role] = {
    StepKind.INTAKE: Role.RECEIVER,
    StepKind.ASSIGN: Role.UNIT_HEAD,
    StepKind.PROCESS: Role.CASE_OFFICER,
    StepKind.REVIEW: Role.UNIT_HEAD,
    StepKind.APPROVE: Role.APPROVER,
    StepKind.CLERICAL: Role.CLERK,
    StepKind.OPINION: Role.CASE_OFFICER,
    StepKind.PUBLISH: Role.CASE_OFFICER,
    StepKind.RETURN: Role.RECEIVER,
}

ALWAYS_DONE = (StepKind.INTAKE, StepKind.RETURN)  # in no case passed over


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way out of a step. Several targets fork; none ends the run."""

    key: str
    label: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table. `waits_for` names the steps whose ends must all have come (a join).

    `place` is empty for the competent agency, which leads; else it names the agency of another level that
    does the step: by its key (`so-noi-vu`, or `so-noi-vu/phong-nguoi-co-cong` with the division), or as the
    one above the competent agency at a level (`above:province`).

    One that `ends_with_number` is over when the decided paper has its number, and by nothing else.
    """

    key: str
    order: int
    kind: StepKind
    name: str
    actor_text: str
    role: str
    limit: TimeLimit | None
    outcomes: tuple[Outcome, ...]
    printed_value: str = ""
    printed_unit: str = ""
    waits_for: tuple[str, ...] = ()
    time_group: str | None = None
    section: str = ""
    note: str = ""
    is_counted: bool = True  # False for a step printed outside the total (publication after the return)
    mark: str = "found"
    place: str = ""
    ends_with_number: bool = False

    def outcome(self, key: str) -> Outcome | None:
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)


@dataclass(frozen=True, slots=True)
class TimeGroup:
    """One time cell over several steps."""

    key: str
    steps: tuple[str, ...]
    limit: TimeLimit | None
    printed_value: str
    printed_unit: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProcessDefinition:
    """A version of a process. Steps stand in their printed order; the first is intake, the last return."""

    id: int
    name: str
    procedure_code: str
    steps: tuple[Step, ...]
    variant: str | None = None
    declared_total: TimeLimit | None = None
    declared_value: str = ""
    declared_unit: str = ""
    time_groups: tuple[TimeGroup, ...] = ()
    marks: dict[str, str] = field(default_factory=dict, hash=False)
    is_sample: bool = True
    is_generated: bool = False

    @property
    def first(self) -> Step:
        return self.steps[0]

    @property
    def last(self) -> Step:
        return self.steps[-1]

    def shared_time(self, step: Step) -> TimeGroup | None:
        """The time that the step has together with others, None if it has its own."""
        return next((group for group in self.time_groups if group.key == step.time_group), None)

    def shares_time(self, step: Step) -> bool:
        """Whether the step is done within the time of the one printed above it."""
        above = next((other for other in reversed(self.steps) if other.order < step.order), None)
        return step.time_group is not None and above is not None and above.time_group == step.time_group

    def condition_of(self, step: Step) -> str:
        """In which case the step is done at all, as whoever ends the one before it chooses; empty: always."""
        ways = (out for other in self.steps for out in other.outcomes if out.key == f"{IF}{step.key}")
        return next((way.label for way in ways), "")

    def step(self, key: str) -> Step:
        """The step with this key. Raises KeyError."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)


def last_approve(definition: ProcessDefinition) -> Step | None:
    """The step whose approval decides the dossier."""
    return _last_of(definition, StepKind.APPROVE)


def _last_of(definition: ProcessDefinition, kind: StepKind) -> Step | None:
    return next((step for step in reversed(definition.steps) if step.kind is kind), None)
