"""The tool that breaks rules: which tests it asks, what it tries again, and that nothing old answers."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst
from django.utils.functional import SimpleLazyObject
from tools.mutation import apart, proving, reach, running, standing, workers
from tools.mutation.mutants import Mutant, functions_of, mutants_of
from tools.mutation.reach import Known, Reach, Seen

from motcua.config.coverage import compute, proof
from motcua.config.places import ROOT
from motcua.documents.errors import SlipNotRendered
from motcua.documents.services import rendering
from motcua.dossiers.rules.decide import grounding
from motcua.kernel.periods import Period
from motcua.worktime.rules import Calendar, Week, hours

HERE = ("src/motcua/x/rules/y.py", "rule")
MUTANT = Mutant(*HERE, line=7, what="1 becomes 2", key="k", place=0, variant=0)


def run_that_knows(
    known: dict[str, object] | None, *, pure: bool = False, proved: bool = False
) -> running.Run:
    """A run of which nothing is there but what decides what is to do."""
    run: running.Run = object.__new__(running.Run)
    run.known, run.pure = ({} if known is None else {"k": known}), pure
    run.ids, run.carried = {HERE: {"DL24-7.1"}}, {"one": {"DL24-7.1"}, "two": {"DL24-9.3"}}
    run.reach = reach_of(one=(2,), two=(4,))
    run.proved = {"DL24-7.1"} if proved else set()
    return run


@pytest.mark.parametrize(
    ("known", "pure", "proved", "expected"),
    [
        (None, True, False, True),
        (None, False, True, True),
        ({"pure": True}, False, False, True),
        ({"pure": True}, False, True, False),
        ({"pure": True}, True, False, False),
        ({}, False, False, False),
    ],
)
def test_what_was_noticed_without_a_database_is_tried_again_until_a_case_proves_its_clause(
    known: dict[str, object] | None, pure: bool, proved: bool, expected: bool
) -> None:
    assert run_that_knows(known, pure=pure, proved=proved)._is_to_do(MUTANT) is expected


def asking(*proved: str) -> proving.Run:
    """A run for the clauses of which nothing is there but what they rest on, and who carries them."""
    run: proving.Run = object.__new__(proving.Run)
    run.carried = {"one": {"DL24-7.1", "KT18-7"}, "two": {"DL24-7.1", "QN20-9"}}
    run.resting = {"DL24-7.1": [HERE], "QN20-9": [HERE], "KT18-7": [("elsewhere.py", "other")]}
    run.proved = set(proved)
    return run


def test_for_a_clause_its_carriers_are_asked_until_it_is_proved_and_every_function_has_its_turn() -> None:
    run = asking()
    other = dataclasses.replace(MUTANT, function="other", key="d")
    coarse = dataclasses.replace(MUTANT, key="z", what="return x: returns None")
    run.resting = {"DL24-7.1": [HERE, (MUTANT.file, "other")]}
    mutants = {
        HERE: [coarse, *(dataclasses.replace(MUTANT, key=key) for key in "ab")],
        (MUTANT.file, "other"): [other],
    }
    asked = []
    for task in run._tasks("DL24-7.1", mutants):
        assert [name for name, _ in task.tests] == ["one", "two"]
        assert task.confirm
        assert task.mutant is not None
        asked.append(task.mutant.key)
    assert asked == ["d", "a", "b", "z"]
    for _ in run._tasks("DL24-7.1", mutants):
        run.proved.add("DL24-7.1")
        asked.append("once more")
    assert asked[4:] == ["once more"]
    assert list(run._tasks("PT24-3", mutants)) == []  # nobody carries it


@pytest.mark.parametrize(
    ("answer", "proved", "expected"),
    [
        (("killed", "two"), (), ["DL24-7.1", "QN20-9"]),
        (("killed", "two"), ("DL24-7.1",), ["QN20-9"]),
        (("killed", "one"), (), ["DL24-7.1"]),  # KT18-7 rests on something else
        (("killed", "somebody else"), (), []),
        (("survived", ""), (), []),
        (("error", "two fails before anything is broken"), (), []),
    ],
)
def test_who_notices_proves_what_it_carries_and_rests_on_what_was_broken(
    answer: workers.Answer,
    proved: tuple[str, ...],
    expected: list[str],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.setattr(reach, "source_of", lambda _: "source")
    run = asking(*proved)
    run.items = dict.fromkeys(("one", "two"), request.node)  # any test: its source is said above
    found = list(run._proofs(workers.Task(MUTANT, ()), answer))
    assert sorted(each.clause for each in found) == expected
    assert {(each.key, each.by, each.tests) for each in found} <= {("k", answer[1], "source")}
    assert run.proved == {*proved, *expected}


def test_proof_holds_as_long_as_function_and_test_read_as_they_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(reach, "source_of", lambda _: "source")
    run = asking()
    run.items = {"one": request.node}  # any test: its source is said above
    holds = proving.Proof("DL24-7.1", "k", "rule: 1 becomes 2", "one", "source")
    others = [
        dataclasses.replace(holds, clause="KT18-1", tests="changed"),
        dataclasses.replace(holds, clause="KT18-2", key="gone"),
        dataclasses.replace(holds, clause="KT18-3", by="two"),
    ]
    file = tmp_path / "proofs.csv"
    assert proving.read(file) == []
    proving.write([*others, holds], file)
    assert proving.read(file) == [holds, *others]
    assert list(run._that_hold(proving.read(file), {HERE: [MUTANT]})) == [holds]


def test_who_fails_although_nothing_is_broken_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = workers.Bench({})
    answers = {MUTANT: ("killed", "one"), None: ("killed", "one")}
    monkeypatch.setattr(bench, "_answer", lambda task: answers[task.mutant])
    task = workers.Task(MUTANT, (("one", 1.0), ("two", 1.0)), confirm=True)
    assert bench.answer(task) == ("error", "one fails before anything is broken")
    answers[None] = ("survived", "")
    assert bench.answer(task) == ("killed", "one")


def test_what_was_found_on_another_machine_is_known_and_what_is_found_here_counts_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "VERDICTS", tmp_path / "verdicts.csv")
    monkeypatch.setattr(running, "RESULTS", tmp_path / "results.jsonl")
    survived = {
        "key": "b",
        "status": "survived",
        "by": "",
        "proves": [],
        "seconds": 10.0,
        "pure": True,
        "tests": "f",
    }
    killed = survived | {
        "key": "a",
        "status": "killed",
        "by": "tests/x.py::y",
        "proves": ["DL24-7.1", "DL24-9.3"],
    }
    running.commit([survived, killed])
    assert running.read_results() == [killed, survived]
    found_here = survived | {"status": "killed", "by": "tests/x.py::z", "pure": False}
    running.RESULTS.write_text(json.dumps(found_here) + "\n", encoding="utf-8")
    assert running.read_results() == [killed, found_here]


def reach_of(**lines: tuple[int, ...]) -> Reach:
    """Tests by name, each with the lines of HERE that it reaches, counted from the first of the function."""
    seen = {test: Seen(f"source of {test}", 0.1, {HERE: ("f", numbers)}) for test, numbers in lines.items()}
    return Reach(seen, {HERE: Known("f", 5)})


def test_only_tests_that_reach_the_line_are_asked_where_any_does() -> None:
    assert reach_of(one=(2,), two=(4,), three=(4, 5)).tests_of(MUTANT) == {"one"}
    assert reach_of(two=(4,), three=(4, 5)).tests_of(MUTANT) == {"two", "three"}
    assert reach_of().tests_of(MUTANT) == set()


def test_what_was_seen_holds_until_the_test_or_what_it_reaches_reads_otherwise() -> None:
    seen = Seen("t", 0.1, {HERE: ("f", (2,))})
    assert seen.holds("t", {HERE: Known("f", 5)})
    assert seen.holds("t", {HERE: Known("f", 50), ("elsewhere.py", "g"): Known("g", 1)})
    assert not seen.holds("changed", {HERE: Known("f", 5)})
    assert not seen.holds("t", {HERE: Known("changed", 5)})
    assert not seen.holds("t", {})


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"status": "killed", "by": "one", "tests": "source of one"}, True),
        ({"status": "killed", "by": "one", "tests": "another source"}, False),
        ({"status": "killed", "by": "one"}, True),  # by a run that did not note it
        ({"status": "survived", "by": "", "seconds": 10.0}, False),
        ({"status": "error", "by": "", "seconds": 10.0}, False),
    ],
)
def test_answer_holds_as_long_as_the_test_that_noticed_reads_as_it_did(
    known: dict[str, object], expected: bool
) -> None:
    run = run_that_knows(None)
    run.reach, run.enough = reach_of(one=(2,), two=(4,)), 10.0
    assert run._still_holds(known, MUTANT) is expected


def test_mutant_that_survived_is_tried_again_when_a_test_that_reaches_it_has_come_or_changed() -> None:
    run = run_that_knows(None)
    run.reach, run.enough = reach_of(one=(2,), two=(4,)), 10.0
    told = {"status": "survived", "by": "", "seconds": 10.0, "tests": run.reach.fingerprint({"one"})}
    assert run._still_holds(told, MUTANT)
    assert not run._still_holds(told | {"seconds": 5.0}, MUTANT)
    run.reach = reach_of(one=(2,), two=(2,))
    assert not run._still_holds(told, MUTANT)


def test_source_of_a_test_is_its_module_and_what_that_imports_of_tests() -> None:
    here = Path(__file__)
    assert reach._written_in(here) == {here, ROOT / "tests/conftest.py", ROOT / "tests/lookups.py"}
    simulation = reach._written_in(here.with_name("test_simulation_stateful.py"))
    assert here.with_name("small_world.py") in simulation


def test_notes_come_back_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "NOTES", tmp_path / "seen.jsonl")
    first, second = (Seen(source, 0.1, {HERE: ("f", (2, 4))}) for source in "ab")
    reach._note("one", first)
    reach._note("one", second)
    assert reach._noted() == {"one": second}


def test_property_that_keeps_its_value_is_asked_again() -> None:
    """Broken is the code; what an instance has kept of the code as it was would hide that."""
    day = hours(["07:30-11:30"])
    calendar = Calendar("Lịch", (Week(Period(), (day,) * 7),))
    assert calendar.forecast_from is None
    vars(calendar)["forecast_from"] = "kept"
    asleep = SimpleLazyObject(lambda: pytest.fail("awakened"))
    workers.forget_answers()
    assert asleep is not None
    assert calendar.forecast_from is None


def test_function_below_every_kind_of_property_is_found_and_broken_code_can_be_made() -> None:
    for name in ("forecast_from", "day_minutes", "is_open"):
        assert workers.plain(vars(Calendar)[name]).__name__ == name
    assert (
        workers.plain(grounding.grounded).__code__.co_freevars == ()
    )  # not what `contextmanager` made of it
    path = ROOT / "src/motcua/worktime/rules/moments.py"
    codes = [mutant.code(ROOT) for mutant in mutants_of(ROOT, Path(path))]
    assert {code.co_name for code in codes} == {"local"}
    assert len({code.co_code for code in codes}) > 3


def test_better_words_about_a_rule_change_neither_its_mutants_nor_where_its_lines_lie(tmp_path: Path) -> None:
    rule = 'def rule(days):\n    """{words}"""\n    # why\n    return days + 1\n'
    told: list[tuple[object, ...]] = []
    for words in ("Days.", "The term in working days.\n\n    Basis: DL24-7.1.\n    "):
        (tmp_path / "y.py").write_text(rule.format(words=words), encoding="utf-8")
        ((_, first, source),) = functions_of(tmp_path / "y.py")
        mutants = list(mutants_of(tmp_path, tmp_path / "y.py"))
        told.append((source, *((each.key, each.line - first) for each in mutants)))
    assert told[0] == told[1]
    assert len(told[0]) > 2


def test_slips_that_are_set_apart_leave_no_threads_behind_and_say_what_is_wrong() -> None:
    before = (rendering._set, typst.compile)
    asked = ("acknowledgement", {"slip": "{}", "qr": ""}, datetime(2026, 3, 2, 8, tzinfo=UTC))
    with apart.setting_slips_apart():
        threads = len(list(Path("/proc/self/task").iterdir()))
        with pytest.raises(SlipNotRendered):
            rendering._set(*asked)
        assert typst.compile is not before[1]  # which tests of the sheet call themselves
        assert len(list(Path("/proc/self/task").iterdir())) == threads
    assert (rendering._set, typst.compile) == before


def test_every_clause_that_is_shown_was_noticed_by_who_carries_it_or_says_why_nobody_could_be_asked() -> None:
    verdicts = [(one, each["by"]) for each in running.committed() for one in each["proves"]]
    proofs = [(each.clause, each.by) for each in proving.read()]
    told = proof.read(ROOT / proof.FILE)
    kinds = standing.read()
    assert [*standing.problems(compute().carriers, told, [*verdicts, *proofs], kinds)] == []
    assert [name for name, each in kinds.items() if len(each.reason) < 20] == []


@pytest.mark.parametrize(
    ("verdict", "test", "excused", "problem"),
    [
        (True, "tests/x.py::one", (), None),
        (True, "tests/x.py::one[KT18]", (), None),
        (True, "tests/cases/test_cases.py::played[kt18-half-day]", (), None),
        (True, "tests/x.py::another", (), "who noticed carries it no more"),
        (True, "", (), "who noticed carries it no more"),
        (False, "tests/x.py::one", (), "its carriers noticed nothing"),
        (False, "", ("KT18-14.4",), "its carriers noticed nothing"),
        (None, "", (), "nothing was asked for it"),
        (None, "", ("KT18-14.4",), None),
        (True, "tests/x.py::one", ("KT18-14.4",), "KT18-14.4 needs no reason"),
        (True, "tests/x.py::one", ("KT18-15.1",), "KT18-15.1 needs no reason"),
    ],
)
def test_clause_without_a_proof_by_its_own_carriers_is_a_problem(
    verdict: bool | None, test: str, excused: tuple[str, ...], problem: str | None
) -> None:
    carriers = {"KT18-14.4": ("tests/cases/kt18-half-day.yaml", "tests/x.py::one")}
    told = {} if verdict is None else {"KT18-14.4": verdict}
    kinds = {"tables": standing.Kind("Because.", frozenset(excused))}
    noticed = [("KT18-14.4", test)] if test else []
    found = [*standing.problems(carriers, told, noticed, kinds)]
    assert (problem is None and found == []) or (problem is not None and problem in found[0])


def test_no_other_kind_of_clause_may_go_without_a_proof(tmp_path: Path) -> None:
    file = tmp_path / "unasked.toml"
    file.write_text('[haste]\nreason = "Later."\nclauses = ["KT18-14.4"]\n', "utf-8")
    with pytest.raises(ValueError, match="no such kind: haste"):
        standing.read(file)


def test_verdict_of_a_test_that_carries_the_clause_no_more_proves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = ROOT / "src/motcua/dossiers/rules/receipt.py"
    key = next(mutants_of(ROOT, path)).key
    result = {"key": key, "by": "tests/x.py::one", "proves": ["KT18-14.4", "QN20-9"]}
    monkeypatch.setattr(running, "read_results", lambda: [result])
    carriers = {"KT18-14.4": ("tests/x.py::two",), "QN20-9": ("tests/x.py::one",)}
    assert running.proved_by_rules(carriers) == {"QN20-9"}
    assert running.proved_by_rules({}) == set()
