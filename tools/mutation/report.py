"""`docs/law/mutation.md` from the results: figures, proved clauses, survivors; the verdict on each clause,
which ships for coverage and law book (`law/data/proved.csv`); and the results themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.mutation import facts, obeying, proving, telling
from tools.mutation.mutants import Mutant
from tools.mutation.proving import Proof as Proved
from tools.mutation.running import commit, read_results

from motcua.config import places
from motcua.config.coverage import compute, fingerprints, proof
from motcua.config.coverage import printing as coverage_printing
from motcua.config.coverage.proof import Proof, Verdict, is_carrier

TARGET = Path("docs/law/mutation.md")
_INTRO = """\
# Does a broken rule fail a test?

Made by `make mutation` (ADR 0010). Every function in `src/motcua/*/rules/` is broken in small ways, one
at a time: a comparison swapped, a condition turned round, a refusal not raised, a value not returned, a
number one higher, a filter left out. The tests that reach the line run until one fails. Tests of pages, and
tests that commit or kill processes, are left out, so a survivor may still be noticed by those. Tables at
module level are not broken. With a survivor stand the seconds of processor time in tests that it outlived,
carriers of its clauses first, then the quickest; more seconds may still kill it. What is known holds as long
as the function and the tests that reach it read as they did.
"""

_STATES = {
    Proof.PROVED: (
        "recorded with the function that was broken and the test that noticed, as both read then",
        "Recorded with function and test, as both read then: proved for as long as both read so:",
    ),
    Proof.EARLIER: (
        "a carrier noticed once, and no record says that it would today",
        "Noticed once (“earlier”): a carrier failed when a function was broken, but function or test were "
        "written anew since, or the control set was not asked then. They count as shown on that record; "
        "whether they would notice today, only the next run says:",
    ),
    Proof.NOT: (
        "not proved",
        "Not proved: of all that was broken for them, what carries them noticed nothing, or only what the "
        "control set notices too:",
    ),
}
_FATES = {
    "none": "In no way noticed by who carries their clauses:",
    "some": "Noticed, but not in these ways:",
    "nobody": "Nobody to ask, for no test or worked case carries their clauses (most are open, "
    "`law/data/open.toml`):",
    "untried": "Not tried yet:",
}


def write() -> None:
    current = {
        mutant.key: mutant
        for (file, _), mutants in proving.mutants_by_function().items()
        if file.split("/")[3] == "rules"
        for mutant in mutants
    }
    results = read_results()
    verdicts = verdicts_of(results, proving.read(), proof.read(places.ROOT / proof.FILE))
    known = [each for each in results if each["key"] in current]
    commit(known)
    placed = [_placed(each, current[each["key"]]) for each in known]
    parts = [_figures(placed, len(current)), _proofs(verdicts), _facts(), _values(), _survivors(placed)]
    text = "\n".join([_INTRO, *(line for part in parts for line in part)])
    (places.ROOT / TARGET).write_text(text + "\n", encoding="utf-8")
    (places.ROOT / proof.FILE).write_text(proof.dump(verdicts), encoding="utf-8")
    table = places.ROOT / coverage_printing.TABLE_FILE
    table.write_text(coverage_printing.as_markdown(compute()), encoding="utf-8")


def _placed(result: dict[str, Any], mutant: Mutant) -> dict[str, Any]:
    """The result with where its mutant stands today."""
    return result | {
        "file": mutant.file,
        "function": mutant.function,
        "line": mutant.line,
        "what": mutant.what,
    }


def _figures(results: list[dict[str, Any]], total: int) -> Iterator[str]:
    yield f"{len(results)} of {total} mutants of the code of {datetime.now(UTC):%Y-%m-%d} were tried.\n"
    yield "| Rules of | tried | noticed | never ended | survived | reached by no test |"
    yield "| --- | --- | --- | --- | --- | --- |"
    apps = sorted({_app(each) for each in results})
    for app in apps:
        counted = Counter(each["status"] for each in results if _app(each) == app)
        tried = sum(counted.values())
        ended = [counted[status] for status in ("killed", "timeout", "survived", "untested")]
        yield f"| {app} | {tried} | {' | '.join(map(str, ended))} |"
    wrong = [each for each in results if each["status"] == "error"]
    if wrong:
        yield f"\n{len(wrong)} mutants could not be made: {wrong[0]['by']}"


def verdicts_of(
    results: Iterable[Mapping[str, Any]], proofs: Iterable[Proved], before: Mapping[str, Verdict]
) -> list[Verdict]:
    """What is known of each shown clause for which a function can be broken and somebody asked.

    Proved are those of the run for the clauses which the control set let pass, while function and test read
    as they did. What was noticed otherwise, or as the last report (`before`) knew, was noticed earlier; what
    the control set noticed as well is none.
    """
    breakable = proving.mutants_by_function()
    mutants = {mutant.key: mutant for each in breakable.values() for mutant in each}
    carriers = compute().carriers
    resting = proving.functions_of_clauses()
    by_clause = {one.clause: one for one in proofs}
    earlier = {one: each.by for one, each in before.items() if each.verdict != Proof.NOT}
    earlier |= {
        one: each["by"]
        for each in results
        for one in each["proves"]
        if is_carrier(each["by"], carriers.get(one, ()))
    }
    return [
        verdict
        for one, tests in carriers.items()
        if (verdict := _verdict(one, tests, mutants, by_clause.get(one), earlier.get(one, ""))).verdict
        != Proof.NOT
        or (any(map(_is_askable, tests)) and any(breakable.get(each) for each in resting.get(one, ())))
    ]


def _verdict(
    clause: str, tests: Collection[str], mutants: Mapping[str, Mutant], found: Proved | None, earlier: str
) -> Verdict:
    if found is not None and not is_carrier(found.by, tests):
        found = None
    if found is not None and found.control == proving.NOTICED:
        return Verdict(clause, Proof.NOT)
    mutant = mutants.get(found.key) if found and found.control == proving.HELD else None
    if found and mutant and fingerprints.of_test(places.ROOT, found.by) == found.tests:
        code = fingerprints.of_function(places.ROOT, mutant.file, mutant.function)
        return Verdict(clause, Proof.PROVED, mutant.file, mutant.function, code, found.by, found.tests)
    by = found.by if found else earlier
    return Verdict(clause, Proof.EARLIER, by=by) if is_carrier(by, tests) else Verdict(clause, Proof.NOT)


def _is_askable(test: str) -> bool:
    return not test.startswith("tests/browser/")


def _proofs(verdicts: Sequence[Verdict]) -> Iterator[str]:
    yield "\n## Clauses whose cases or tests fail when the rule is broken\n"
    yield (
        "A clause is proved when a test or a worked case that carries it failed because a function on which "
        "the clause rests was broken (`python -m tools.mutation --clauses`, `proofs.csv`), and a control "
        f"set, which carries no clause and walks the ordinary ways (`{proving.CONTROL}`), did not: what that "
        "notices too breaks everything, and proves nothing. The table tells what is on record in "
        "`law/data/proved.csv`, not how much of it holds today: that changes with every change of a function "
        "or a test, so `motcua law coverage` compares the hashes whenever it is asked, and `coverage.md` has "
        "its figures. There, a record whose function or test reads otherwise counts as “earlier”.\n"
    )
    counted = Counter(each.verdict for each in verdicts)
    yield "| On record, of the clauses that are shown and can be asked for | clauses |"
    yield "| --- | --- |"
    for state, (words, _) in _STATES.items():
        yield f"| {words} | {counted[state]} |"
    yield f"| all | {len(verdicts)} |"
    yield from _kinds([each.clause for each in verdicts if each.verdict == Proof.PROVED])
    for state, (_, head) in _STATES.items():
        if named := " ".join(f"`{each.clause}`" for each in verdicts if each.verdict == state):
            yield f"\n{head}\n\n{named}"


def _kinds(proved: Sequence[str]) -> Iterator[str]:
    """On how weak a proof how many of the proved clauses rest, by name."""
    weak = {one.clause for one in proving.read() if one.kind == "nothing"} & set(proved)
    if weak:
        named = " ".join(f"`{one}`" for one in sorted(weak))
        yield f"\nProved only where a function answers nothing at all, the least that can be noticed: {named}"


def _facts() -> Iterator[str]:
    """What became of each fact that was left out, and how many answers are of code that reads otherwise."""
    asked = {(clause, str(fact)): fact.key for fact in facts.read() for clause in fact.clauses}
    known = {(one.clause, one.fact): one for one in telling.read()}
    noticed = {name: one for name, one in known.items() if one.status == telling.NOTICED}
    left = [name for name in asked if name not in noticed]
    changed = sum(one.key != asked[name] for name, one in noticed.items() if name in asked)
    clauses = {clause for clause, _ in asked}
    yield "\n## Facts that letters, papers, lists and pages must tell\n"
    yield (
        "A clause that asks for several things is proved above by one of them. So what a clause wants told "
        "is named fact by fact (`tools/mutation/facts.toml`, ADR 0112): the reason in a letter, the date on "
        "a receipt, that a register is of one desk. Each was left out by itself, and only who carries the "
        "clause was asked (`python -m tools.mutation --facts`, `facts.csv`).\n"
    )
    yield "| Clauses | facts of them | noticed | of these, the function reads otherwise since | unnoticed |"
    yield "| --- | --- | --- | --- | --- |"
    yield f"| {len(clauses)} | {len(asked)} | {len(asked) - len(left)} | {changed} | {len(left)} |"
    if left:
        yield "\nUnnoticed, or not asked yet:\n"
        yield from (f"- `{clause}`: {fact}" for clause, fact in sorted(left))


def _values() -> Iterator[str]:
    """What became of each value that was made to say something else."""
    answers = obeying.answers()
    yield "\n## Values of the regulations that say something else\n"
    yield (
        "Each value that clauses give and code reads was changed in memory, one small way at a time: a "
        "flag turned round, a number or a limit one more, another word of the same key, a word left out of "
        "a list, the whole value gone (the text is silent then). Who carries one of its clauses was asked, "
        "and nobody else (`python -m tools.mutation --values`, `values.csv`). What no code reads is not "
        "asked for: `law/data/unread.toml` says of each who keeps it, or what brings it.\n"
    )
    yield "| Regulation | read by code | noticed in every way | in some | in none | none to ask | not tried |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for name, told in answers.items():
        counted[name.partition(" ")[0]][obeying.fate(told.values())] += 1
    for regulation, each in sorted(counted.items()):
        counts = [each[fate] for fate in obeying.FATES]
        yield f"| {regulation} | {sum(counts)} | {' | '.join(map(str, counts))} |"
    for fate, words in _FATES.items():
        named = {name: told for name, told in answers.items() if obeying.fate(told.values()) == fate}
        if named:
            yield f"\n{words}\n"
            yield from (f"- {_unnoticed(name, told)}" for name, told in sorted(named.items()))


def _unnoticed(name: str, told: Mapping[str, str]) -> str:
    left = [change for change, status in told.items() if status not in {"killed", "timeout", "untested"}]
    return f"`{name}`" + (f": {', '.join(left)}" if left else "")


def _survivors(results: list[dict[str, Any]]) -> Iterator[str]:
    yield "\n## Survivors\n"
    left = [each for each in results if each["status"] in {"survived", "untested"}]
    file = ""
    for each in sorted(left, key=lambda one: (one["file"], one["line"])):
        if each["file"] != file:
            file = each["file"]
            yield f"\n**{file.removeprefix('src/motcua/')}**\n"
        only = " without a database" if each.get("pure") else ""
        limit = (
            f" ({each['seconds']:g} s{only})"
            if each["status"] == "survived"
            else f" (no test{only} reaches it)"
        )
        what = each["what"].replace("|", "\\|").replace("`", "'")
        yield f"- {each['function']}, line {each['line']}: `{what}`{limit}"


def _app(result: dict[str, Any]) -> str:
    return str(result["file"]).split("/")[2]
