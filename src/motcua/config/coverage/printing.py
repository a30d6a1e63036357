"""Coverage as text, JSON, a page, and the table of figures in `docs/law/coverage.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from django.utils.translation import get_language, gettext

from motcua.config.coverage.computing import KINDS, ORGANISATIONAL, Coverage, Covered
from motcua.config.coverage.naming import issue_named, kind_named, proof_named
from motcua.config.coverage.openness import LATER
from motcua.law import queries
from motcua.theme.wording import in_language

TABLE_FILE = Path("docs/law/coverage.md")
_INTRO = """\
# What of the law is built, shown and open

Made by `motcua law coverage --write`; a test compares it with what the command computes. Each cell: clauses
that code implements, nothing of them being open / clauses that a worked case or a test shows / clauses open,
of all of that kind. A value that stands in the data and is read by no code implements nothing.
What shows a clause, and the reason of every open one: `motcua law coverage --regulation DL24`, or the law
book (`motcua law book FOLDER`). "Shown" says that a test asserts something; whether it fails when a rule is
broken is counted below, from the last [mutation run](mutation.md).
"""


_PROOF = {
    True: "a broken rule was noticed",
    False: "no broken rule was noticed first",
    None: "outside the mutation run",
}


def as_text(covered: Iterable[Covered]) -> str:
    """One block per clause: id, kind, requirement, then what implements, what shows, or why not yet."""
    return "\n".join(line for each in covered for line in _lines(each))


def _lines(each: Covered) -> list[str]:
    mark = "shown" if each.shown_by else "open" if each.open else "text"
    lines = [f"{each.clause.id:18} {mark:6} {each.clause.kind:14} {in_language(each.clause.requirement)}"]
    for head, items in (
        ("built", each.implemented_by),
        ("partly", each.partly_by),
        ("value", each.values),
        ("shown", each.shown_by),
        ("proof", [_PROOF[each.proved]] if each.shown_by else []),
        ("open", [f"{in_language(each.open)} → {issue_named(each.issue)}"] if each.open else []),
        ("how", [in_language(each.support)] if each.support else []),
    ):
        lines += [f"    {head:6} {item}" for item in items]
    return lines


def summary(covered: Iterable[Covered]) -> str:
    """The figures on one line."""
    measured = [each for each in covered if each.clause.kind != ORGANISATIONAL]
    built, shown, left = _figures(measured)
    return f"{len(measured)} clauses: {built} built, {shown} shown, {left} open"


def aims(covered: Iterable[Covered]) -> str:
    """For each kind how many are shown, open because a later issue brings them, and open otherwise."""
    lines = []
    for kind, shown, later, other in _aims(list(covered)):
        lines.append(f"{kind:10} {shown:4} shown {later:4} open, brought later {other:4} open otherwise")
    return "\n".join(lines)


def _proofs(covered: list[Covered]) -> Iterator[tuple[str, int, int, int]]:
    """For each kind how many of the shown clauses are proved, not proved, and outside the mutation run."""
    for kind in KINDS:
        found = [each.proved for each in covered if each.clause.kind == kind and each.shown_by]
        if found:
            yield kind, found.count(True), found.count(False), found.count(None)


def _aims(covered: list[Covered]) -> Iterator[tuple[str, int, int, int]]:
    for kind in KINDS:
        of_kind = [each for each in covered if each.clause.kind == kind]
        later = sum(bool(each.open) and each.issue in LATER for each in of_kind)
        shown = sum(bool(each.shown_by) for each in of_kind)
        if of_kind:
            yield kind, shown, later, len(of_kind) - shown - later


def as_html(covered: Iterable[Covered]) -> str:
    """A page that stands alone."""
    rows = "\n".join(
        f"<tr><th scope='row'>{escape(each.clause.id)}</th>"
        f"<td>{escape(kind_named(each.clause.kind))}</td>"
        f"<td>{escape(in_language(each.clause.requirement))}</td>"
        f"<td>{_items(each.implemented_by)}</td>"
        f"<td>{_items([*each.partly_by, *each.values])}</td>"
        f"<td>{_items(each.shown_by)}</td>"
        f"<td>{escape(proof_named(each.proved)) if each.shown_by else ''}</td>"
        f"<td>{escape(in_language(each.open or each.support))}"
        f"{' → ' + escape(issue_named(each.issue)) if each.issue else ''}</td></tr>"
        for each in covered
    )
    heads = "".join(
        f"<th scope='col'>{head}</th>"
        for head in (
            gettext("Điều khoản"),
            gettext("Loại"),
            gettext("Yêu cầu"),
            gettext("Nơi thực hiện"),
            gettext("Phần đã có, giá trị đã ghi"),
            gettext("Tình huống, kiểm thử"),
            gettext("Thử làm hỏng quy tắc"),
            gettext("Còn mở"),
        )
    )
    title = escape(gettext("Quy chế được thực hiện đến đâu"))
    return (
        f"<!doctype html>\n<html lang='{get_language() or 'vi'}'><head><meta charset='utf-8'>"
        f"<title>{title}</title></head><body><h1>{title}</h1>"
        f"<table border='1'><thead><tr>{heads}</tr></thead>"
        f"<tbody>\n{rows}\n</tbody></table></body></html>"
    )


def _items(items: Iterable[str]) -> str:
    return "<br>".join(map(escape, items))


def as_markdown(coverage: Coverage) -> str:
    """The content of `docs/law/coverage.md`: only figures, so that it changes when they do."""
    names = list(queries.law().regulations)
    rows = [["", *names, "all"], ["---"] * (len(names) + 2)]
    for kind in KINDS:
        of_kind = [each for each in coverage.clauses if each.clause.kind == kind]
        cells = [_cell([each for each in of_kind if each.clause.regulation == name]) for name in names]
        rows.append([kind, *cells, _cell(of_kind)])
    measured = [each for each in coverage.clauses if each.clause.kind != ORGANISATIONAL]
    cells = [_cell([each for each in measured if each.clause.regulation == name]) for name in names]
    rows.append(["**all**", *cells, _cell(measured)])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    issues: dict[str, int] = {}
    for each in coverage.clauses:
        if each.open:
            issues[each.issue] = issues.get(each.issue, 0) + 1
    listed = "\n".join(f"| {issue} | {count} |" for issue, count in sorted(issues.items()))
    supported = sum(bool(each.support) for each in coverage.clauses)
    aims = "\n".join(
        f"| {kind} | {shown} | {later} | {other} |" for kind, shown, later, other in _aims(measured)
    )
    proofs = [*_proofs(measured)]
    proofs.append(
        ("**all**", sum(r[1] for r in proofs), sum(r[2] for r in proofs), sum(r[3] for r in proofs))
    )
    proved = "\n".join(f"| {kind} | {yes} | {no} | {outside} |" for kind, yes, no, outside in proofs)
    return (
        f"{_INTRO}\n{table}\n\n## What the mutation run knows of the shown clauses\n\n"
        "Proved: what carries the clause noticed when a function on which it rests was broken. Not\n"
        "proved: of all that was broken for it, it noticed nothing. Outside: nothing that can be broken\n"
        "rests on it, only tests in a browser carry it, or it was shown after the run.\n\n"
        f"| Kind | Proved | Not proved | Outside the run |\n| --- | --- | --- | --- |\n{proved}\n\n"
        "## Why clauses are open\n\n"
        "How the aim of the issue is read: ADR 0044.\n\n"
        "| Kind | Shown | Open: a later issue brings it | Open for no such reason |\n"
        f"| --- | --- | --- | --- |\n{aims}\n\n## Open clauses by the issue that brings them\n\n"
        f"| Issue | Clauses |\n| --- | --- |\n{listed}\n\n"
        f"{supported} clauses only organise people; `law/data/open.toml` says how the system supports each.\n"
    )


def _cell(covered: list[Covered]) -> str:
    built, shown, left = _figures(covered)
    return f"{built} / {shown} / {left} of {len(covered)}" if covered else "–"


def _figures(covered: list[Covered]) -> tuple[int, int, int]:
    return (
        sum(each.is_implemented for each in covered),
        sum(bool(each.shown_by) for each in covered),
        sum(bool(each.open) for each in covered),
    )
