"""The tool that breaks rules: which tests it asks, what it tries again, and that nothing old answers."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import FunctionType, SimpleNamespace

import pytest
import typst
from django.utils.functional import SimpleLazyObject
from tools.mutation import (
    apart,
    facts,
    kept,
    obeying,
    proving,
    reach,
    report,
    running,
    standing,
    telling,
    workers,
)
from tools.mutation.mutants import Mutant, functions_of, mutants_of
from tools.mutation.reach import Known, Reach, Seen
from tools.mutation.values import Changed, changes_of

from motcua.config.coverage import compute, fingerprints, proof
from motcua.config.places import ROOT
from motcua.documents.errors import SlipNotRendered
from motcua.documents.services import rendering
from motcua.dossiers.rules.decide import grounding
from motcua.kernel.limits import TimeLimit
from motcua.kernel.periods import Period
from motcua.law.rules import Regulation
from motcua.law.rules.values import Plain, Value
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
    run.proved, run.once, run.control = set(proved), {}, (("control", 8.0),)
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
        assert (task.confirm, task.control) == (True, run.control)
        assert isinstance(task.mutant, Mutant)
        asked.append(task.mutant.key)
    assert asked == ["d", "a", "b", "z"]
    run.once = {"DL24-7.1": ("b", "two")}  # what proved it before, and who noticed
    (first, *_) = run._tasks("DL24-7.1", mutants)
    assert isinstance(first.mutant, Mutant)
    assert (first.mutant.key, [name for name, _ in first.tests]) == ("b", ["two", "one"])
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


def test_what_the_control_set_notices_too_is_kept_as_no_proof(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(reach, "source_of", lambda _: "source")
    run = asking()
    run.items = {"one": request.node}
    (coarse,) = run._proofs(workers.Task(MUTANT, ()), (workers.COARSE, "one"))
    assert (coarse.clause, coarse.kind, run.proved) == ("DL24-7.1", "everything", set())
    nothing = dataclasses.replace(MUTANT, what="return x: returns None")
    (found,) = run._proofs(workers.Task(nothing, ()), ("killed", "one"))
    assert (found.clause, found.kind, run.proved) == ("DL24-7.1", "nothing", {"DL24-7.1"})
    assert dataclasses.replace(found, broken="rule: 1 becomes 2").kind == "small"


def test_control_set_is_asked_with_the_same_thing_broken_once_somebody_has_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bench, asked = workers.Bench({}), []
    control = (("control", 1.0),)
    answers = {"one": ("killed", "one"), "control": ("survived", "")}

    def answer(task: workers.Task) -> workers.Answer:
        asked.append((task.mutant, task.tests[0][0]))
        return answers[task.tests[0][0]] if task.mutant else ("survived", "")

    monkeypatch.setattr(bench, "_answer", answer)
    task = workers.Task(MUTANT, (("one", 1.0),), confirm=True, control=control)
    assert bench.answer(task) == ("killed", "one")
    assert asked == [(MUTANT, "one"), (None, "one"), (MUTANT, "control")]
    answers["control"] = ("killed", "control")
    assert bench.answer(task) == (workers.COARSE, "one")
    answers["one"] = ("survived", "")
    assert bench.answer(task) == ("survived", "")
    assert len(asked) == 6  # who held once with nothing broken is not asked again


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
    assert fingerprints.written_in(ROOT, here) == {
        here,
        ROOT / "tests/conftest.py",
        ROOT / "tests/lookups.py",
    }
    simulation = fingerprints.written_in(ROOT, here.with_name("test_simulation_stateful.py"))
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
    held = {(each.clause, each.by, each.tests) for each in proving.read() if each.control == proving.HELD}
    told, kinds = proof.read(ROOT / proof.FILE), standing.read()
    assert [*standing.problems(compute().carriers, told, held, kinds)] == []
    assert [name for name, each in kinds.items() if len(each.reason) < 20] == []


def test_report_in_the_docs_says_of_each_clause_what_the_file_of_verdicts_says() -> None:
    """Merged by hand, the one would claim what the other does not know."""
    text = (ROOT / report.TARGET).read_text(encoding="utf-8")
    told = proof.read(ROOT / proof.FILE)
    for state, (words, head) in report._STATES.items():
        named = text.partition(f"\n{head}\n\n")[2].partition("\n")[0].replace("`", "").split()
        assert sorted(named) == sorted(one for one, each in told.items() if each.verdict == state)
        assert f"| {words} | {len(named)} |" in text


@pytest.mark.parametrize(
    ("verdict", "test", "excused", "problem"),
    [
        ("proved", "tests/x.py::one", {}, None),
        ("earlier", "tests/x.py::one[KT18]", {}, None),
        ("earlier", "tests/cases/test_cases.py::played[kt18-half-day]", {}, None),
        ("proved", "tests/x.py::one[KT18]", {}, "no recorded proof bears out"),
        ("proved", "tests/x.py::another", {}, "who noticed carries it no more"),
        ("earlier", "", {}, "who noticed carries it no more"),
        ("not_proved", "", {}, "its carriers alone noticed nothing"),
        ("not_proved", "", {"tables": "KT18-14.4"}, "its carriers alone noticed nothing"),
        ("not_proved", "", {"owed": "KT18-14.4"}, None),
        (None, "", {}, "nothing was asked for it"),
        (None, "", {"tables": "KT18-14.4"}, None),
        (None, "", {"owed": "KT18-14.4"}, "KT18-14.4 needs no reason"),
        ("proved", "tests/x.py::one", {"tables": "KT18-14.4"}, "KT18-14.4 needs no reason"),
        ("proved", "tests/x.py::one", {"owed": "KT18-14.4"}, "KT18-14.4 needs no reason"),
        ("proved", "tests/x.py::one", {"tables": "KT18-15.1"}, "KT18-15.1 needs no reason"),
    ],
)
def test_clause_without_a_proof_by_its_own_carriers_is_a_problem(
    verdict: str | None, test: str, excused: dict[str, str], problem: str | None
) -> None:
    carriers = {"KT18-14.4": ("tests/cases/kt18-half-day.yaml", "tests/x.py::one")}
    told = {"KT18-14.4": proof.Verdict("KT18-14.4", verdict, by=test, tests="t")} if verdict else {}
    kinds = {name: standing.Kind("Because.", frozenset({clause})) for name, clause in excused.items()}
    found = [*standing.problems(carriers, told, {("KT18-14.4", "tests/x.py::one", "t")}, kinds)]
    assert (problem is None and found == []) or (problem is not None and problem in found[0])


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "proved"),
        ({"control": ""}, "earlier"),  # nobody asked whether it breaks everything
        ({"control": "noticed"}, "not_proved"),  # it does
        ({"tests": "another"}, "earlier"),
        ({"key": "gone"}, "earlier"),
        ({"by": "tests/x.py::one"}, "not_proved"),  # which does not carry it
    ],
)
def test_report_calls_proved_what_reads_as_it_did_and_the_control_set_let_pass(
    changed: dict[str, str], expected: str
) -> None:
    mutant = next(mutants_of(ROOT, ROOT / "src/motcua/dossiers/rules/receipt.py"))
    by = "tests/config/test_mutation.py::test_only_tests_that_reach_the_line_are_asked_where_any_does"
    source = fingerprints.of_test(ROOT, by)
    found = proving.Proof("KT18-14.4", mutant.key, "", by, source, proving.HELD)
    found = dataclasses.replace(found, **changed)
    told = report._verdict("KT18-14.4", (by,), {mutant.key: mutant}, found, "")
    assert told.verdict == expected
    assert proof.today(told, ROOT, (by,)) == expected


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
    assert running.noticed_by_rules(carriers) == {"QN20-9": (key, "tests/x.py::one")}
    assert running.noticed_by_rules({}) == {}


# --- Values of the regulations -----------------------------------------------------------------------------
def regulation_of(*values: Value) -> Regulation:
    return Regulation("DL24", "Quy chế", "04", "dak-lak", Period(), ("DL24-META",), values)


@pytest.mark.parametrize(
    ("key", "value", "changes"),
    [
        ("receipt.slip", True, {"true turned round": False}),
        ("apology.max_count", 1, {"1 becomes 2": 2}),
        ("intake.reply_limit", TimeLimit.parse("8wh"), {"8wh becomes 9wh": TimeLimit.parse("9wh")}),
        ("intake.paper_cutoff", time(15), {"15:00 becomes 16:00": time(16)}),
        ("supplement.control", "leader", {"leader becomes none": "none"}),
        ("change.supported_by", "provider", {}),  # there is no other word
        (
            "contracted.acts",
            ("receive", "return"),
            {"without receive": ("return",), "without return": ("receive",)},
        ),
        ("contracted.acts", ("receive",), {}),
        ("issued.replaces", "Quyết định cũ", {"Quyết định cũ becomes Quyết định cũ-1": "Quyết định cũ-1"}),
        ("catalogue.roadmap_before", "11-30", {"11-30 becomes 12-01": "12-01"}),
        ("issued.on", date(2024, 1, 31), {"2024-01-31 becomes 2024-02-01": date(2024, 2, 1)}),
    ],
)
def test_value_is_changed_in_every_small_way_and_at_last_it_is_gone(
    key: str, value: Plain, changes: dict[str, Plain]
) -> None:
    found = list(changes_of(regulation_of(Value(key, value, ("DL24-1",)))))
    told = {each.what: each.now.value if each.now else None for each in found}
    assert told == {**changes, "gone": None}
    assert list(told)[-1] == "gone"


def test_what_no_clause_gives_or_nobody_knows_is_not_changed() -> None:
    ours, unknown = (
        Value("pause.grounds", ("financial_obligation",)),
        Value("archive.retention", None, ("DL24-1",)),
    )
    assert list(changes_of(regulation_of(ours, unknown))) == []


def test_changed_value_is_read_by_whoever_holds_the_regulation_and_by_none_of_another() -> None:
    count, slip = Value("apology.max_count", 1, ("DL24-1",)), Value("receipt.slip", True, ("DL24-1",))
    given = regulation_of(count, slip)
    then, other = given.on(date(2024, 3, 4)), regulation_of(Value("apology.max_count", 3, ("DL24-1",)))
    foreign = dataclasses.replace(given, short_name="KT18")
    noting = dict(given._by_key)
    object.__setattr__(given, "_by_key", noting)
    one_more, gone, *_ = changes_of(given)
    one_more.make((given, then, other, foreign))
    read = [each.number("apology.max_count") for each in (given, then, other, foreign)]
    assert read == [2, 2, 3, 1]
    assert given._by_key is noting  # who watches over it goes on watching
    assert [each.value for each in given.values] == [2, True]
    gone.make((foreign,))
    dataclasses.replace(gone, regulation="KT18").make((foreign,))
    assert (foreign.get("apology.max_count"), foreign.flag("receipt.slip")) == (None, True)


def test_verdict_is_asked_for_again_once_value_or_source_read_otherwise() -> None:
    keys = {
        next(changes_of(regulation_of(Value("receipt.slip", True, clauses)))).key
        for clauses in (("DL24-1",), ("DL24-2",))
    }
    assert len(keys) == 2


def obeyed_run(request: pytest.FixtureRequest) -> tuple[obeying.Run, Changed]:
    """A run of which nothing is there but the carriers, and a change of a value that one clause gives."""
    run: obeying.Run = object.__new__(obeying.Run)
    run.carried = {"one": {"DL24-1", "DL24-2"}, "two": {"DL24-1"}, "three": {"DL24-2"}}
    run.items = dict.fromkeys(run.carried, request.node)
    changed, _ = changes_of(regulation_of(Value("receipt.slip", True, ("DL24-1",))))
    return run, changed


def test_of_a_value_its_carriers_are_asked_and_an_answer_holds_while_they_read_as_they_did(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    sources = {"now": "source"}
    monkeypatch.setattr(reach, "source_of", lambda _: sources["now"])
    run, changed = obeyed_run(request)
    assert [name for name, _ in run._asked(changed)] == ["two", "one"]
    killed, survived = (run._verdict(changed, each) for each in (("killed", "two"), ("survived", "")))
    wrong = run._verdict(changed, ("error", "two fails before anything is broken"))
    stranger = run._verdict(changed, ("killed", "three"))
    told = [run._still_holds(each, changed) for each in (killed, survived, wrong, stranger, None)]
    assert told == [True, True, False, False, False]
    sources["now"] = "another"
    assert [run._still_holds(each, changed) for each in (killed, survived)] == [False, False]


def test_verdicts_on_values_come_back_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / "values.csv"
    assert obeying.read(file) == []
    second = obeying.Verdict("k", "DL24 receipt.slip", "true turned round", "killed", "one", "source")
    first = dataclasses.replace(second, change="gone", status="survived", by="")
    obeying.write([second, first], file)
    assert obeying.read(file) == [first, second]


@pytest.mark.parametrize(
    ("told", "fate"),
    [
        (["killed", "timeout"], "every"),
        (["killed", "survived"], "some"),
        (["survived", "survived"], "none"),
        (["untested", "untested"], "nobody"),
        (["killed", "untried"], "untried"),
    ],
)
def test_fate_of_a_value_is_in_how_many_ways_it_was_noticed(told: list[str], fate: str) -> None:
    assert obeying.fate(told) == fate


@pytest.mark.parametrize(
    ("status", "excused", "problem"),
    [
        ("killed", (), None),
        ("untested", (), None),
        ("survived", (), "noticed nothing"),
        ("error", (), "noticed nothing"),
        ("survived", ("DL24 receipt.slip: gone",), None),
        ("killed", ("DL24 receipt.slip: gone",), "needs no reason"),
        ("killed", ("DL24 receipt.slip: not there",), "needs no reason"),
        ("untried", (), None),  # the report names it
        ("untried", ("DL24 receipt.slip: gone",), None),
    ],
)
def test_change_that_passes_unnoticed_without_a_reason_is_a_problem(
    status: str, excused: tuple[str, ...], problem: str | None
) -> None:
    answers = {"DL24 receipt.slip": {"gone": status}}
    found = [*standing.problems_of_values(answers, {"Because.": excused})]
    assert (problem is None and found == []) or (problem is not None and problem in found[0])


def test_what_passed_unnoticed_in_the_recorded_run_is_excused_with_its_reason() -> None:
    """The records of the run that is committed; what was not tried yet, or of values that read otherwise
    since, is told by the report."""
    answers: dict[str, dict[str, str]] = {}
    known = {each.key: each.status for each in kept.read(obeying.VERDICTS, obeying.Verdict)}
    for change in obeying.changes():
        answers.setdefault(change.name, {})[change.what] = known.get(change.key, "untried")
    assert [*standing.problems_of_values(answers, standing.read_unnoticed())] == []


# --- Facts that must be told --------------------------------------------------------------------------------
TOLD = """
def letter(state, rows):
    said = {"reason": state.reason, "items": ("a", "b"), "due": "noon", "due_at": state.at}
    return said | slip(rows.filter(desk=state.desk, day=3), at=state.at, note=state.note)
"""


class Rows:
    def filter(self, **conditions: object) -> dict[str, object]:
        return conditions


def letter_without(name: str, root: Path) -> dict[str, object]:
    """What the letter says when the fact of that name is left out."""
    (root / "x.py").write_text(TOLD, "utf-8")
    there: dict[str, object] = {"slip": lambda rows, **said: {"rows": rows, **said}}
    exec(compile(TOLD, "x.py", "exec"), there)  # noqa: S102 (our own)
    letter = there["letter"]
    assert isinstance(letter, FunctionType)
    letter.__code__ = facts.Fact("x.py", "letter", name, ()).code(root)
    state = SimpleNamespace(reason="why", at=datetime(2024, 3, 4, tzinfo=UTC), desk=1, note=None)
    return dict(letter(state, Rows()))


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("reason", {"reason": ""}),
        ("items", {"items": ()}),
        ("at", {"at": datetime(2024, 3, 5, tzinfo=UTC)}),
        ("due + due_at", {"due": "", "due_at": datetime(2024, 3, 5, tzinfo=UTC)}),
        ("desk", {"rows": {"day": 3}}),
        ("note", {}),  # which says nothing anyway
    ],
)
def test_fact_is_left_out_by_itself_and_a_condition_falls_away(
    tmp_path: Path, name: str, changed: dict[str, object]
) -> None:
    moment = datetime(2024, 3, 4, tzinfo=UTC)
    whole = {"reason": "why", "items": ("a", "b"), "due": "noon", "due_at": moment}
    whole |= {"rows": {"desk": 1, "day": 3}, "at": moment, "note": None}
    assert letter_without(name, tmp_path) == whole | changed


def test_fact_that_nothing_puts_in_is_no_fact(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing is put in as colour"):
        letter_without("reason + colour", tmp_path)
    file = tmp_path / "facts.toml"
    group = '[[told]]\nby = "x.py:letter"\nfacts = ["reason"]\nclauses = ["DL24-9.3"]\n'
    file.write_text(f"{group}{group.replace('DL24-9.3', 'KT18-7')}", "utf-8")
    assert [(str(one), one.clauses) for one in facts.read(file)] == [
        ("x.py:letter: without reason", ("DL24-9.3", "KT18-7"))
    ]
    file.write_text(group * 2, "utf-8")
    with pytest.raises(ValueError, match="asked for twice by a clause"):
        facts.read(file)


@pytest.mark.parametrize(
    ("noticed_by", "problem"),
    [
        ("tests/cases/test_cases.py::played[kt18-half-day]", None),
        ("", "nobody noticed"),
        ("tests/x.py::another", "carries it no more"),
    ],
)
def test_fact_that_no_carrier_of_the_clause_misses_is_a_problem(noticed_by: str, problem: str | None) -> None:
    fact = facts.Fact("src/motcua/x.py", "letter", "reason", ("KT18-14.4",))
    carriers = {"KT18-14.4": ("tests/cases/kt18-half-day.yaml",)}
    told = {("KT18-14.4", "x.py:letter: without reason"): noticed_by}
    found = [*standing.problems_of_facts([fact], told, carriers)]
    assert (problem is None and found == []) or (problem is not None and problem in found[0])


def test_every_fact_that_a_clause_wants_told_was_missed_by_who_carries_the_clause() -> None:
    asked = facts.read()
    told = {(one.clause, one.fact): one.by for one in telling.read() if one.status == telling.NOTICED}
    assert [*standing.problems_of_facts(asked, told, compute().carriers)] == []
    for fact in asked:
        fact.code(ROOT)  # the function puts it in still


def test_verdict_on_a_fact_holds_while_function_and_test_read_as_they_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(reach, "source_of", lambda _: "source")
    run: telling.Run = object.__new__(telling.Run)
    run.items, run.carried = {"one": request.node}, {"one": {"DL24-7.1"}}
    fact = facts.read()[0]
    told = telling.Verdict("DL24-7.1", str(fact), fact.key, telling.NOTICED, "one", "source")
    others = [("key", "k"), ("status", "survived"), ("by", "two"), ("clause", "KT18-1"), ("tests", "anew")]
    assert run._still_holds(told, fact)
    assert not run._still_holds(None, fact)
    assert [
        name for name, value in others if run._still_holds(dataclasses.replace(told, **{name: value}), fact)
    ] == []
    assert run._asked("DL24-7.1", "") == (("one", telling.SECONDS),)
    file = tmp_path / "facts.csv"
    telling.write([told], file)
    assert telling.read(file) == [told]
