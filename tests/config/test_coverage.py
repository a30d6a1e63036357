"""The table of the law: what it says of this checkout, and that it finds every way of lying."""

from __future__ import annotations

import ast
import json
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from motcua.config import places
from motcua.config.cli import main
from motcua.config.coverage import (
    Coverage,
    compute,
    evidence,
    fingerprints,
    openness,
    printing,
    proof,
    sources,
)
from motcua.config.coverage.proof import Proof
from motcua.kernel.bilingual import NOTHING
from motcua.law import queries
from motcua.law.rules.conformity import CitedText

ROOT = places.ROOT


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    return compute()


def test_coverage_of_this_checkout_holds_together(coverage: Coverage) -> None:
    assert coverage.problems == (), "mend it, or run `motcua law coverage --write`"


def test_coverage_table_in_the_docs_has_the_computed_figures(coverage: Coverage) -> None:
    written = (ROOT / printing.TABLE_FILE).read_text(encoding="utf-8")
    assert written == printing.as_markdown(coverage), "run `motcua law coverage --write`"


def test_coverage_open_file_is_written_as_we_write_it(coverage: Coverage) -> None:
    written = (ROOT / "src/motcua/law/data/open.toml").read_text(encoding="utf-8")
    assert written == openness.dump(coverage.groups)


def test_coverage_says_something_of_every_clause(coverage: Coverage) -> None:
    assert [each.clause.id for each in coverage.clauses] == list(queries.law().clauses)
    untold = [each.clause.id for each in coverage.clauses if not (each.shown_by or each.open or each.support)]
    assert untold == []


def test_coverage_of_what_binds_names_code_for_all_that_is_shown(coverage: Coverage) -> None:
    binding = ("rule", "deadline", "function", "data", "role")
    shown = [each for each in coverage.clauses if each.shown_by and each.clause.kind in binding]
    assert [each.clause.id for each in shown if not each.implemented_by] == []


def test_coverage_lays_no_paper_and_no_signature_to_an_act_that_makes_none(coverage: Coverage) -> None:
    code = {each.clause.id: {*each.implemented_by, *each.partly_by} for each in coverage.clauses}
    acts = ("motcua.dossiers.rules.decide.", "motcua.dossiers.rules.waits.")
    attaches = ["motcua.dossiers.rules.decide.attaching.attach_document"]
    asked = {"KT22-14.2bis.a#1": [], "KT22-14.2bis.a#4": [], "KT22-14.2bis.a#5": [], "PT24-9.2.b#1": []}
    asked["KT22-14.2bis.a#6"] = attaches
    assert {one: sorted(name for name in code[one] if name.startswith(acts)) for one in asked} == asked
    for one in ("KT22-23.2#2", "QN20-21.2#2", "DL24-11.2#2", "PT24-23.2#2"):  # every step is recorded
        assert {"motcua.dossiers.rules.fold.fold", "motcua.dossiers.services.record.record"} <= code[one]


def test_coverage_leaves_open_only_what_a_later_issue_brings(coverage: Coverage) -> None:
    assert [
        each.clause.id for each in coverage.clauses if each.open and each.issue not in openness.LATER
    ] == []
    told = printing.aims(coverage.clauses).splitlines()
    assert [int(line.split()[-3]) for line in told] == [0] * len(told)


def test_coverage_names_function_value_and_case_of_a_deadline(coverage: Coverage) -> None:
    half_day = next(each for each in coverage.clauses if each.clause.id == "KT18-14.4")
    assert "motcua.dossiers.rules.receipt.forwarding_due" in half_day.implemented_by
    assert "KT18.toml: intake.forward_limit" in half_day.values
    assert "tests/cases/kt18-half-day.yaml" in half_day.carriers
    assert half_day.shown_by


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small copy of the checkout that a test may spoil."""
    for part in ("src/motcua/law", "src/motcua/dossiers/rules", "tests/cases", "tests/dossiers"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def problems_with(checkout: Path, *ids: str) -> list[str]:
    return [one for one in compute(checkout).problems if any(each in one for each in ids)]


def test_coverage_basis_with_an_unknown_clause_is_a_problem(checkout: Path) -> None:
    file = checkout / "src/motcua/dossiers/rules/new.py"
    file.write_text(
        'def rule():\n    """Say.\n\n    Basis: KT18-14.4, KT18-99.4, DL24-8.1.\n    """\n', "utf-8"
    )
    assert problems_with(checkout, "new.py") == [
        "src/motcua/dossiers/rules/new.py:1: unknown clause KT18-99.4"
    ]


def test_coverage_clause_that_lost_its_case_is_neither_shown_nor_open(checkout: Path) -> None:
    for case in checkout.glob("tests/cases/*.yaml"):
        if "QN20-13.5" in case.read_text("utf-8"):
            case.unlink()
    shutil.rmtree(checkout / "tests/dossiers")
    assert problems_with(checkout, "QN20-13.5") == [
        "open.toml: QN20-13.5 is neither shown nor open",
        "proved.csv: nothing carries QN20-13.5; run motcua law coverage --write",
    ]


def test_coverage_shown_clause_that_is_listed_as_open_is_a_problem(checkout: Path) -> None:
    file = checkout / "src/motcua/law/data/open.toml"
    more = '[[open]]\nissue = "x"\nreason = "y"\nreason_english = "z"\n'
    more += 'clauses = ["QN20-13.5", "QN20-99", "QN20-16.1"]\n'
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    found = problems_with(checkout, "QN20-13.5", "QN20-99", "QN20-16.1")
    shown, *others = found
    assert shown.startswith("open.toml: QN20-13.5 is shown by tests/")
    assert shown.endswith("; run motcua law coverage --write")
    assert others == [
        "open.toml: unknown clause QN20-99",
        "open.toml: QN20-16.1 is organisational: organisational clauses have `how`, all others an issue",
        "open.toml: QN20-16.1 is listed 2 times",
    ]


def all_met(texts: tuple[CitedText, ...], *, but: str = "") -> tuple[CitedText, ...]:
    """The statement as if all it asks were met; but for one requirement of a clause, if one is named."""
    spoilt = next((text for text in texts if but in text.clauses), None)
    return tuple(
        replace(
            text,
            requirements=tuple(
                replace(one, is_read=True, missing=one.asks if text is spoilt and not number else NOTHING)
                for number, one in enumerate(text.requirements)
            ),
        )
        for text in texts
    )


def test_coverage_is_kept_open_by_one_requirement_that_is_not_met() -> None:
    clauses, texts = ("QN20-3.3", "DL24-3.1", "PT24-3.2"), queries.law().cited_texts
    all_done = compute(statement=all_met(texts))
    assert [one for one in clauses if one in all_done.carriers] == [*clauses]
    assert [one for one in clauses if one in all_done.shown] == []  # nobody was asked while it was open
    one_left = compute(statement=all_met(texts, but="QN20-3.3"))
    assert [one for one in clauses if one in one_left.carriers] == ["DL24-3.1", "PT24-3.2"]
    row = next(each for each in one_left.clauses if each.clause.id == "QN20-3.3")
    assert (row.shown_by, row.implemented_by, row.issue) == ((), (), "Payments and messages")
    assert row.partly_by
    assert "tests/catalogue/test_levels.py::test_procedure_lacks_what_its_level_asks" in row.partly_shown_by


def test_coverage_open_clause_waits_for_an_issue_that_the_statement_names(checkout: Path) -> None:
    file = checkout / "src/motcua/law/data/open.toml"
    text = file.read_text("utf-8")
    groups = openness.read(file)
    lost = tuple(group for group in groups if "PT24-3.2" not in group.ids)
    file.write_text(openness.dump(lost), "utf-8")
    assert problems_with(checkout, "PT24-3.2") == [
        "open.toml: PT24-3.2 is neither shown nor open",
        "open.toml: PT24-3.2 rests on the statement of conformity, which names what is not met",
    ]
    wrong = tuple(replace(group, issue="Identity") if "PT24-3.2" in group.ids else group for group in groups)
    file.write_text(openness.dump(wrong), "utf-8")
    assert text != file.read_text("utf-8")
    (problem,) = problems_with(checkout, "PT24-3.2")
    assert problem.startswith("open.toml: PT24-3.2 waits for Identity; the statement names ")


def test_coverage_claims_no_more_than_the_mutation_run_knows(coverage: Coverage) -> None:
    """What is shown stands in the file of the run, with a carrier that noticed; the rest is not shown."""
    told = proof.read(ROOT / proof.FILE)
    assert told.keys() <= coverage.carriers.keys()
    assert coverage.shown <= told.keys()
    for each in coverage.clauses:
        assert all(proof.is_carrier(told[each.clause.id].by, (one,)) for one in each.shown_by)
        assert not set(each.shown_by) & set(each.carried_by)
    found = {each.clause.id: each.proof for each in coverage.clauses if each.proof is not None}
    assert found == {one: proof.today(each, ROOT, coverage.carriers[one]) for one, each in told.items()}
    assert {each.proof for each in coverage.clauses if not each.shown_by} <= {Proof.NOT, None}
    proved = {each.to_json()["id"]: each.to_json()["proved"] for each in coverage.clauses}
    assert proved == {one: found[one] is Proof.PROVED if one in found else None for one in proved}
    counts = [[*found.values()].count(state) for state in (Proof.PROVED, Proof.EARLIER)]
    counts.append(len(coverage.carriers) - len(coverage.shown))
    assert f"| **all** | {' | '.join(map(str, counts))} |" in printing.as_markdown(coverage)


def test_clause_is_proved_only_while_function_and_test_read_as_they_did(tmp_path: Path) -> None:
    """A record that is older than the code, or was merged by hand, says no more than it knows."""
    rule, test = tmp_path / "src/rule.py", tmp_path / "tests/test_x.py"
    for file, text in (
        (rule, "def rule(days):\n    return days + 1\n"),
        (test, "def test_one():\n    ...\n"),
    ):
        file.parent.mkdir()
        file.write_text(text, "utf-8")
    by, carried = "tests/test_x.py::test_one", ("tests/test_x.py::test_one",)
    hashes = (
        fingerprints.of_function(tmp_path, "src/rule.py", "rule"),
        fingerprints.of_test(tmp_path, by),
    )
    proved = proof.Verdict("KT18-14.4", "proved", "src/rule.py", "rule", hashes[0], by, hashes[1])

    def told(verdict: proof.Verdict = proved, by: tuple[str, ...] = carried) -> Proof:
        return proof.today(verdict, tmp_path, by)

    assert told() is Proof.PROVED
    for missing in ("code", "tests", "file", "by"):
        assert told(replace(proved, **{missing: ""})) is Proof.EARLIER
    assert told(by=("tests/test_x.py::test_two",)) is Proof.EARLIER
    assert [told(replace(proved, verdict=word)) for word in ("earlier", "not_proved")] == [*Proof][1:]
    rule.write_text("def rule(days):\n    return days + 2\n", "utf-8")
    assert told() is Proof.EARLIER
    rule.write_text("def rule(days):\n    return days + 1\n", "utf-8")
    assert told() is Proof.PROVED
    (tmp_path / "tests/conftest.py").write_text("# what the test stands on\n", "utf-8")
    assert told() is Proof.EARLIER


def test_coverage_clause_that_is_proved_but_not_shown_is_a_problem(checkout: Path) -> None:
    file = checkout / proof.FILE
    lines = [
        proof.Verdict(one, word)
        for one, word in (("KT18-14.4", "proved"), ("KT22-21.2", "proved"), ("QN20-99", "not_proved"))
    ]
    file.write_text(proof.dump(lines), "utf-8")
    found = compute(checkout)
    assert [one for one in found.problems if "proved.csv" in one] == [
        "proved.csv: nothing carries KT22-21.2; run motcua law coverage --write",
        "proved.csv: nothing carries QN20-99; run motcua law coverage --write",
    ]
    assert proof.without(found.verdicts, found.carriers) == lines[:1]
    told = {each.clause.id: each.proof for each in found.clauses if each.proof is not None}
    assert told == {"KT18-14.4": Proof.EARLIER}  # "proved" without saying by what
    assert found.shown == frozenset()  # and without saying by whom


STRANGERS = """
@pytest.mark.clause("{clause}")
@pytest.mark.any_regulation("why")
def test_petitions():
    assert True
"""


def with_a_stranger(checkout: Path, clause: str) -> str:
    """A test that bears the mark and looks at nothing."""
    (checkout / "tests/law").mkdir(exist_ok=True)
    (checkout / "tests/law/test_zz.py").write_text(STRANGERS.format(clause=clause), "utf-8")
    return "tests/law/test_zz.py::test_petitions"


def test_mark_over_a_test_that_asserts_true_changes_nothing(checkout: Path) -> None:
    """KT22-21.2 is open, for a reason of its own."""
    before = compute(checkout)
    stranger = with_a_stranger(checkout, "KT22-21.2")
    after = compute(checkout)
    row, was = (next(x for x in each.clauses if x.clause.id == "KT22-21.2") for each in (after, before))
    assert (row.shown_by, row.carried_by, row.is_unproved) == ((), (stranger,), True)
    assert row.to_json()["shown_by"] == []
    assert row.to_json()["carried_by"] == [stranger]
    assert (row.to_json()["open"], row.implemented_by) == (was.to_json()["open"], was.implemented_by)
    assert (after.shown, after.problems) == (before.shown, before.problems)
    assert printing.aims(after.clauses) == printing.aims(before.clauses)
    assert printing.summary(after.clauses) == printing.summary(before.clauses)
    (named,) = (line for line in printing.unproved(after.clauses) if line.startswith("KT22-21.2: "))
    assert named == f"KT22-21.2: chưa được chứng minh / not proved yet: {stranger}"
    assert openness.without(after.groups, after.shown) == after.groups  # `--write` takes nothing out


def test_clause_that_only_a_mark_carries_is_open_as_not_proved(checkout: Path) -> None:
    """Its carriers lost their proof; a stranger's `assert True` does not give it back."""
    file = checkout / proof.FILE
    known = proof.read(file)
    file.write_text(proof.dump(each for one, each in known.items() if one != "QN20-13.5"), "utf-8")
    stranger = with_a_stranger(checkout, "QN20-13.5")
    found = compute(checkout)
    row = next(each for each in found.clauses if each.clause.id == "QN20-13.5")
    assert row.shown_by == ()
    assert stranger in row.carried_by
    assert "chưa được chứng minh" in row.open.vietnamese
    assert (row.issue, row.proof, row.implemented_by) == (openness.THIS, None, ())
    assert [line for line in printing.unproved([row]) if stranger in line]
    kind = next(line for line in printing.aims([row]).splitlines() if line.startswith(row.clause.kind))
    assert kind.split()[1::2][:1] == ["0"]
    assert kind.endswith("   1 open otherwise")
    again = proof.Verdict("QN20-13.5", "earlier", by=known["QN20-13.5"].by)
    file.write_text(proof.dump([again]), "utf-8")
    row = next(each for each in compute(checkout).clauses if each.clause.id == "QN20-13.5")
    assert row.shown_by
    assert stranger not in row.shown_by
    assert not row.open
    file.write_text(proof.dump([proof.Verdict("QN20-13.5", "not_proved")]), "utf-8")
    row = next(each for each in compute(checkout).clauses if each.clause.id == "QN20-13.5")
    assert (row.shown_by, row.proof) == ((), Proof.NOT)


def test_clauses_open_otherwise_are_never_less_than_none(checkout: Path) -> None:
    """What is proved and still stands in the file of open clauses is a problem, and counts once."""
    file = checkout / "src/motcua/law/data/open.toml"
    more = '[[open]]\nissue = "Identity"\nreason = "y"\nreason_english = "z"\nclauses = ["QN20-13.5"]\n'
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    found = compute(checkout)
    assert any(one.startswith("open.toml: QN20-13.5 is shown by ") for one in found.problems)
    row = next(each for each in found.clauses if each.clause.id == "QN20-13.5")
    assert (bool(row.shown_by), bool(row.open)) == (True, False)
    assert "-" not in printing.aims(found.clauses)


@pytest.mark.parametrize("line", ["KT18-14.4,yes", "KT18-14.1,proved"])
def test_verdict_of_an_unknown_word_or_of_a_clause_twice_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "proved.csv"
    file.write_text(f"clause,verdict\nKT18-14.1,not_proved\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=f"line 3: {line}"):
        proof.read(file)


def test_coverage_case_that_expects_no_moment_does_not_show_a_deadline(checkout: Path) -> None:
    (checkout / "tests/cases/empty.yaml").write_text(
        "title: Không chờ đợi gì\nclauses: [KT18-14.4, KT18-14.1]\nprovince: kon-tum\n"
        "acts: [{at: 2019-03-04T09:00, by: an, do: file, expect: {status: submitted}}]\n",
        "utf-8",
    )
    assert problems_with(checkout, "empty.yaml") == [
        "tests/cases/empty.yaml: carries KT18-14.4 (deadline) but expects nothing about it"
    ]


def test_coverage_test_that_asserts_nothing_shows_nothing(tmp_path: Path) -> None:
    (tmp_path / "test_x.py").write_text(
        "@pytest.mark.clause('DL24-8.1.b')\ndef test_a():\n    act()\n"
        "TABLE = [pytest.param(1, marks=pytest.mark.clause('DL24-9.0'))]\n"
        "@pytest.mark.parametrize('n', TABLE)\ndef test_b(n):\n    assert n\n",
        "utf-8",
    )
    assert list(evidence.tests(tmp_path)) == [
        evidence.Shows("tests/test_x.py::test_a", ("DL24-8.1.b",), "carries DL24-8.1.b but asserts nothing"),
        evidence.Shows("tests/test_x.py::test_b", ("DL24-9.0",)),
    ]


def test_basis_is_its_paragraph_only() -> None:
    assert sources.basis_of("It does. Basis: DL24-8.1.a#2,\nPT24-9.2bis; TT 01.\n\nQN20-7.3 is other.") == (
        "DL24-8.1.a#2",
        "PT24-9.2bis",
    )


def test_basis_of_a_sentence_that_is_cut_names_its_parts_and_of_an_article_stands_for_none() -> None:
    known = queries.law().clauses
    found = [sources.is_cut(each, known) for each in ("DL24-9.1.a", "DL24-9.1.a#1", "DL24-8.1", "DL24-8.1.b")]
    assert found == [True, False, False, False]
    assert sources.is_known("DL24-8.1", known)


def test_coverage_basis_that_names_no_part_of_a_sentence_that_is_cut_is_a_problem(checkout: Path) -> None:
    file = checkout / "src/motcua/dossiers/rules/new.py"
    file.write_text('def rule():\n    """Say.\n\n    Basis: DL24-9.1.a, DL24-9.1.b#1.\n    """\n', "utf-8")
    assert problems_with(checkout, "new.py") == [
        "src/motcua/dossiers/rules/new.py:1: DL24-9.1.a is cut in parts, name those meant"
    ]


def test_reading_a_key_counts_for_the_function_that_reads_it(tmp_path: Path) -> None:
    (tmp_path / "motcua/x").mkdir(parents=True)
    text = 'def f(r):\n    return r.flag("result.explicit_close"), {"result.max_visits": 1}\n'
    (tmp_path / "motcua/x/y.py").write_text(text, "utf-8")
    found = sources.places(tmp_path / "motcua", {"result.explicit_close", "result.max_visits"})
    assert [(each.name, each.keys) for each in found] == [("motcua.x.y.f", ("result.explicit_close",))]
    assert ast.parse(found[0].source)


def test_command_json_is_a_list_with_the_agreed_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "coverage", "--regulation", "dl24", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert len(listed) == sum(one.startswith("DL24-") for one in queries.law().clauses)
    assert {"id", "kind", "implemented_by", "shown_by", "carried_by", "open", "proved"} <= set(listed[0])


def test_command_json_text_and_docs_count_the_same_clauses(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever counts in the JSON what has an `implemented_by` counts what all others say."""
    assert main(["law", "coverage", "--json"]) == 0
    told = capsys.readouterr()
    listed = json.loads(told.out)
    counted = [sum(bool(each[key]) for each in listed) for key in ("implemented_by", "shown_by", "open")]
    built, shown, left = counted
    proved = sum(each["proved"] is True for each in listed)
    last = told.err.splitlines()[-1]
    assert last.startswith(f"590 clauses: {built} built, {shown} shown ({proved} proved at this code, ")
    assert last.endswith(f" noticed earlier and not asked since), {left} open")
    assert f" {built} / {shown} / {left} of 590 |" in (ROOT / printing.TABLE_FILE).read_text("utf-8")
    assert [each["id"] for each in listed if each["implemented_by"] and each["open"]] == []
    assert [one for each in listed for one in each["implemented_by"] if ".toml: " in one] == []


def test_value_that_stands_in_the_data_alone_implements_nothing(coverage: Coverage) -> None:
    vneid = next(each for each in coverage.clauses if each.clause.id == "PT24-6.3")
    assert vneid.open
    assert (vneid.implemented_by, vneid.is_implemented) == ((), False)
    assert vneid.to_json()["recorded_as"] == ["PT24.toml: account.registration", "PT24.toml: account.logins"]


def test_command_html_escapes_and_text_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "coverage", "--html"]) == 0
    page = capsys.readouterr()
    assert "<th scope='row'>DL24-8.1.b</th>" in page.out
    assert page.out.count("<tr>") == len(queries.law().clauses) + 1
    assert " shown (" in page.err


def test_command_of_an_unknown_regulation_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "coverage", "--regulation", "HN01"]) == 1
    assert capsys.readouterr().err == "no regulation HN01; there are DL24, KT18, KT22, PT24, QN20\n"


def test_each_open_clause_has_a_reason_of_its_own(coverage: Coverage) -> None:
    """Rules and deadlines still share reasons where the same thing is missing for several of them."""
    kinds = {each.clause.id: each.clause.kind for each in coverage.clauses}
    shared = [
        group.ids
        for group in coverage.groups
        if group.issue and len(group.ids) > 1 and {kinds[one] for one in group.ids} - {"rule", "deadline"}
    ]
    assert shared == []
    told = Counter(group.text.vietnamese for group in coverage.groups if group.issue and len(group.ids) == 1)
    assert [text for text, count in told.items() if count > 1] == []
