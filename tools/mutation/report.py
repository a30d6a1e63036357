"""`docs/law/mutation.md` from the results: figures, proved clauses, survivors; the verdict on each clause,
which ships for coverage and law book (`law/data/proved.csv`); and the results themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tools.mutation import proving, running, standing
from tools.mutation.mutants import Mutant, mutants_of
from tools.mutation.running import commit, read_results

from motcua.config import places
from motcua.config.coverage import compute, proof
from motcua.config.coverage import printing as coverage_printing

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


def write() -> None:
    current = {
        mutant.key: mutant
        for path in sorted((places.ROOT / "src/motcua").glob("*/rules/**/*.py"))
        for mutant in mutants_of(places.ROOT, path)
    }
    known = [each for each in read_results() if each["key"] in current]
    commit(known)
    results = [_placed(each, current[each["key"]]) for each in known]
    verdicts = verdicts_of(results)
    text = "\n".join([_INTRO, *_figures(results, len(current)), *_proofs(verdicts), *_survivors(results)])
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
    yield f"{len(results)} of {total} mutants of the present code were tried.\n"
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


def verdicts_of(results: list[dict[str, Any]]) -> dict[str, bool]:
    """Of each shown clause for which a function was broken, whether what carries it noticed."""
    breakable = proving.mutants_by_function()
    keys = {mutant.key for each in breakable.values() for mutant in each}
    noticed = [
        *running.noticed(results, keys),
        *((one.clause, one.by) for one in proving.read() if one.key in keys),
    ]
    carriers = compute().carriers
    proved = {clause for clause, by in noticed if standing.is_carrier(by, carriers.get(clause, ()))}
    resting = proving.functions_of_clauses()
    askable = {one for one, tests in carriers.items() if any(map(_is_askable, tests))}
    return {
        one: one in proved
        for one in carriers
        if one in proved or (one in askable and any(breakable.get(each) for each in resting.get(one, ())))
    }


def _is_askable(test: str) -> bool:
    return not test.startswith("tests/browser/")


def _proofs(verdicts: Mapping[str, bool]) -> Iterator[str]:
    proved = sorted(one for one, is_proved in verdicts.items() if is_proved)
    yield "\n## Clauses whose cases or tests fail when the rule is broken\n"
    yield (
        f"{len(proved)} of {len(verdicts)} shown clauses, each by a test or a worked case that carries it "
        "and failed when a function on which the clause rests was broken: a rule in the run above, or any "
        "function in the run for the clauses (`python -m tools.mutation --clauses`, `proofs.csv`).\n"
    )
    yield " ".join(f"`{one}`" for one in proved) or "None yet."
    if missing := sorted(verdicts.keys() - set(proved)):
        yield "\nNot proved: of all that was broken for them, what carries them noticed nothing.\n"
        yield " ".join(f"`{one}`" for one in missing)


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
