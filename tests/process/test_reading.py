"""How tables become processes: flags, added steps, units, groups; and the standard process."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.catalogue.enums import OnlineLevel
from motcua.catalogue.rules.sheets import OfferedLimit, ProcedureSheet
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.process.enums import StepKind
from motcua.process.rules import checking, drafts, reading, standard, tokens, wire
from motcua.process.rules.definitions import NEXT, ProcessDefinition, last_approve
from motcua.process.services.importing import DATA

ROWS: list[dict[str, Any]] = json.loads((DATA / "processes.json").read_text("utf-8"))["processes"]


def step(order: int, kind: str, value: Any = 1, unit: str = "working_day", **flags: Any) -> dict[str, Any]:
    time = {"value": value, "unit": unit}
    return {
        "order": order,
        "actor": "A",
        "unit": "B",
        "action": f"Bước {order}",
        "kind": kind,
        "time": time,
    } | flags


def table(*steps: dict[str, Any], **fields: Any) -> ProcessDefinition:
    row = {"id": "thu", "name_vi": "Quy trình thử", "steps": list(steps)} | fields
    return reading.definition(row, procedure_code="1.000001")


def codes(definition: ProcessDefinition, legal: TimeLimit | None = None) -> list[str]:
    return [finding.code for finding in checking.check(definition, legal)]


def test_table_without_intake_approval_and_return_gets_them_marked_derived() -> None:
    read = table(step(1, "process"))
    assert [(s.kind, s.mark) for s in read.steps] == [
        (StepKind.INTAKE, "derived"),
        (StepKind.PROCESS, "unverified"),
        (StepKind.APPROVE, "derived"),
        (StepKind.RETURN, "derived"),
    ]


def test_publication_after_the_return_comes_before_it() -> None:
    read = table(step(1, "intake"), step(2, "approve"), step(3, "return"), step(4, "publish"))
    assert [s.kind for s in read.steps][-2:] == [StepKind.PUBLISH, StepKind.RETURN]
    assert read.marks["return"] == "derived: placed last"


def test_parallel_group_forks_and_joins() -> None:
    read = table(
        step(1, "intake"),
        step(2, "opinion", parallel_group="A"),
        step(3, "opinion", parallel_group="A"),
        step(4, "approve", join="A"),
        step(5, "return"),
    )
    assert read.steps[0].outcomes[0].to == ("s2", "s3")
    assert read.step("s4").waits_for == ("s2", "s3")


def test_conditional_step_is_passed_over_unless_its_condition_is_chosen() -> None:
    read = table(
        step(1, "intake"), step(2, "process", only_if="có khiếu nại"), step(3, "approve"), step(4, "return")
    )
    assert [(o.key, o.to) for o in read.steps[0].outcomes] == [(NEXT, ("s3",)), ("if-s2", ("s2",))]
    run = tokens.complete(read, tokens.start(read), "s1", "if-s2")
    assert tokens.complete(read, run, "s2", NEXT).open == ("s3",)


def test_step_that_sends_back_leads_to_the_earlier_one() -> None:
    read = table(step(1, "intake"), step(2, "process"), step(3, "approve", send_back_to=2), step(4, "return"))
    assert tokens.complete(
        read,
        tokens.complete(read, tokens.complete(read, tokens.start(read), "s1", NEXT), "s2", NEXT),
        "s3",
        "back",
    ).open == ("s2",)


@pytest.mark.parametrize("unit", ["day", "none", "unknown", "mixed"])
def test_unit_that_is_not_clear_gives_no_limit(unit: str) -> None:
    read = table(step(1, "intake", 2, unit), step(2, "approve"), step(3, "return"))
    assert (read.steps[0].limit, read.steps[0].printed_value, read.steps[0].printed_unit) == (None, "2", unit)


def test_two_steps_with_one_number_are_refused() -> None:
    with pytest.raises(ValueError, match="số thứ tự"):
        table(step(1, "intake"), step(1, "return"))


def test_check_sum_that_is_not_the_total_is_found() -> None:
    steps = (step(1, "intake"), step(2, "approve", 2), step(3, "return", 0))
    assert codes(table(*steps, total_declared={"value": 3, "unit": "working_day"})) == []
    assert codes(table(*steps, total_declared={"value": 5, "unit": "working_day"})) == ["sum_differs"]
    assert codes(table(*steps, total_declared={"value": 24, "unit": "working_hour"})) == ["sum_differs"]


def test_check_mixed_units_are_not_added_up() -> None:
    read = table(
        step(1, "intake", 4, "working_hour"),
        step(2, "approve"),
        step(3, "return", 0),
        total_declared={"value": 2, "unit": "working_day"},
    )
    assert codes(read) == ["mixed_units"]


def test_check_time_longer_than_the_law_is_found() -> None:
    steps = (step(1, "intake"), step(2, "approve", 4), step(3, "return", 0))
    read = table(*steps, total_declared={"value": 5, "unit": "working_day"})
    assert codes(read, TimeLimit.parse("3wd")) == ["longer_than_law"]
    assert codes(read, TimeLimit.parse("3cd")) == []


def test_time_group_is_counted_once() -> None:
    read = table(
        step(1, "intake"),
        step(2, "process", 7),
        step(3, "approve", None, "none"),
        step(4, "return", None, "none"),
        total_declared={"value": 8, "unit": "working_day"},
        time_groups=[{"orders": [2, 3], "time": {"value": 7, "unit": "working_day"}}],
    )
    assert codes(read) == []
    assert [s.time_group for s in read.steps] == [None, "g1", "g1", None]


def test_time_group_keeps_to_its_steps_when_one_is_added_in_front() -> None:
    read = table(
        step(1, "process", 7),
        step(2, "approve", None, "none"),
        step(3, "return", None, "none"),
        time_groups=[{"orders": [1, 2], "time": {"value": 7, "unit": "working_day"}}],
    )
    assert [(s.kind, s.time_group) for s in read.steps] == [
        (StepKind.INTAKE, None),
        (StepKind.PROCESS, "g1"),
        (StepKind.APPROVE, "g1"),
        (StepKind.RETURN, None),
    ]


@pytest.mark.parametrize("place", [0, 3])
def test_intake_and_return_know_no_condition(place: int) -> None:
    rows = [step(1, "intake"), step(2, "process"), step(3, "approve"), step(4, "return")]
    rows[place]["only_if"] = "có khiếu nại"
    with pytest.raises(ValueError, match="luôn phải làm"):
        table(*rows)


def test_a_way_past_the_deciding_approval_is_found() -> None:
    rows = [step(1, "intake"), step(2, "approve"), step(3, "approve", only_if="vượt thẩm quyền")]
    assert "undecided" in codes(table(*rows, step(4, "return", 0)))
    assert codes(table(rows[0], step(2, "review"), step(3, "approve"), step(4, "return", 0))) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_table_that_comes_with_the_system_runs_to_its_end(row: dict[str, Any]) -> None:
    read = reading.definition(row, procedure_code=row["code"] or "")
    assert wire.from_json(json.loads(json.dumps(wire.to_json(read))), id=0) == read
    assert (read.first.kind, read.last.kind) == (StepKind.INTAKE, StepKind.RETURN)
    assert last_approve(read) is not None
    run = tokens.start(read)
    while run.open:
        run = tokens.complete(read, run, run.open[0], NEXT)
    assert run.arrived == ()
    assert run.times_opened(read.last.key) == 1
    assert {finding.code for finding in checking.check(read)} <= {"sum_differs", "mixed_units"}


LIMITS = st.one_of(
    st.builds(TimeLimit, st.integers(1, 400).map(lambda n: Fraction(n, 4)), st.just(TimeUnit.WORKING_DAY)),
    st.builds(TimeLimit, st.integers(1, 200).map(Fraction), st.sampled_from(list(TimeUnit))),
)


@settings(max_examples=200, deadline=None)
@given(LIMITS)
def test_standard_process_shares_out_the_legal_time_exactly_in_its_own_unit(limit: TimeLimit) -> None:
    offered = OfferedLimit(None, None, limit, "", str(limit.unit))
    sheet = ProcedureSheet(1, "1.000001", "Thủ tục thử", "Hộ tịch", OnlineLevel.FULL, limits=(offered,))
    made = standard.generate(sheet, offered)
    parts = [s.limit for s in made.steps if s.limit is not None]
    assert sum((part.value for part in parts), Fraction(0)) == limit.value
    assert {part.unit for part in parts} == {limit.unit}
    assert all(TimeLimit.parse(str(part)) == part for part in parts)
    examine = made.step("s3").limit
    assert examine is not None
    assert examine.value == max(part.value for part in parts)


def test_standard_process_has_the_seven_steps_of_the_house() -> None:
    offered = OfferedLimit(None, None, TimeLimit.parse("3wd"), "3", "working_day")
    sheet = ProcedureSheet(1, "1.000001", "Thủ tục thử", "Hộ tịch", OnlineLevel.FULL, limits=(offered,))
    made = standard.generate(sheet, offered)
    assert [str(s.kind) for s in made.steps] == [
        "intake",
        "assign",
        "process",
        "approve",
        "clerical",
        "clerical",
        "return",
    ]
    limits = [str(s.limit) for s in made.steps]
    assert limits == ["0.5wd", "0.25wd", "1.25wd", "0.5wd", "0.25wd", "0.25wd", "None"]
    assert (made.is_generated, codes(made)) == (True, [])


def test_standard_process_says_that_numbering_ends_with_the_number_and_keeps_it_on_the_wire() -> None:
    sheet = ProcedureSheet(1, "1.000001", "Thủ tục thử", "Hộ tịch", OnlineLevel.FULL)
    made = standard.generate(sheet, None)
    assert [step.key for step in made.steps if step.ends_with_number] == ["s5"]
    body = wire.to_json(made)
    assert wire.from_json(body, id=0) == made
    assert ["ends_with_number" in item for item in body["steps"]].count(True) == 1  # old hashes stay
    assert [e.ends_with_number for e in drafts.entries_from(made, ())].count(True) == 1


def test_only_clerks_steps_end_with_the_number_and_never_before_the_decision() -> None:
    rows = [step(1, "intake"), step(2, "clerical", ends_with_number=True), step(3, "approve")]
    assert "numbered_before_decision" in codes(table(*rows, step(4, "return")))
    rows = [step(1, "intake"), step(2, "approve"), step(3, "clerical", ends_with_number=True)]
    read = table(*rows, step(4, "return"))
    assert (read.steps[2].ends_with_number, codes(read)) == (True, [])
    with pytest.raises(ValueError, match="văn thư"):
        table(step(1, "intake"), step(2, "process", ends_with_number=True), step(3, "return"))


def test_standard_process_without_legal_time_has_no_times() -> None:
    sheet = ProcedureSheet(1, "1.000001", "Thủ tục thử", "Hộ tịch", OnlineLevel.FULL)
    assert {s.limit for s in standard.generate(sheet, None).steps} == {None}


@pytest.mark.parametrize("kind", ["process", "review", "approve", "clerical", "opinion", "publish"])
def test_step_of_another_level_names_its_agency_and_keeps_it_on_the_wire(kind: str) -> None:
    read = table(step(1, "intake"), step(2, kind, at="so-noi-vu/phong-nguoi-co-cong"), step(3, "return"))
    placed = [each.place for each in read.steps if each.place]
    assert placed == ["so-noi-vu/phong-nguoi-co-cong"]
    assert wire.from_json(wire.to_json(read), id=0) == read


@pytest.mark.parametrize("kind", ["intake", "assign", "return"])
def test_lead_takes_in_assigns_and_returns_itself(kind: str) -> None:
    with pytest.raises(ValueError, match="cơ quan chủ trì"):
        table(step(1, kind, at="so-noi-vu"), step(2, "process"))


def test_process_of_one_agency_is_written_as_before_there_were_places() -> None:
    body = wire.to_json(table(step(1, "intake"), step(2, "process"), step(3, "return")))
    assert all("place" not in each for each in body["steps"])
