"""Coverage as text, JSON, a page, and the table of figures in `docs/law/coverage.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from django.utils.translation import get_language, gettext

from motcua.config.coverage.computing import KINDS, ORGANISATIONAL, Coverage, Covered
from motcua.config.coverage.naming import issue_named, kind_named, proof_named
from motcua.config.coverage.openness import LATER
from motcua.config.coverage.proof import Proof
from motcua.law import queries
from motcua.theme.wording import in_language

TABLE_FILE = Path("docs/law/coverage.md")
_INTRO = """\
# What of the law is built, shown and open

Made by `motcua law coverage --write`; a test compares it with what the command computes. Each cell: clauses
that code implements, nothing of them being open / clauses that a worked case or a test shows / clauses open,
of all of that kind. A value that stands in the data and is read by no code implements nothing.
What shows a clause, and the reason of every open one: `motcua law coverage --regulation DL24`, or the law
book (`motcua law book FOLDER`). Shown is what is carried by a case or a test that is on record as having
failed when the rule was broken ([mutation run](mutation.md)). Who bears the mark and is not on record shows
nothing, whatever it asserts.
"""


_PROOF = {
    Proof.PROVED: "a broken rule was noticed, at this code",
    Proof.EARLIER: "earlier: a broken rule was noticed once; code or test changed since, or no control set "
    "was asked, and nobody has asked whether it would be noticed today",
    Proof.NOT: "no broken rule was noticed by what carries the clause alone",
    None: "nothing was asked for it yet",
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
        ("also", each.carried_by),
        ("proof", [_PROOF[each.proof]] if each.carriers else []),
        ("open", [f"{in_language(each.open)} → {issue_named(each.issue)}"] if each.open else []),
        ("how", [in_language(each.support)] if each.support else []),
    ):
        lines += [f"    {head:6} {item}" for item in items]
    return lines


def summary(covered: Iterable[Covered]) -> str:
    """The figures on one line; of those shown, what a broken rule has proved of them."""
    measured = [each for each in covered if each.clause.kind != ORGANISATIONAL]
    built, shown, left = _figures(measured)
    proofs = [each.proof for each in measured if each.shown_by]
    proved, earlier = proofs.count(Proof.PROVED), proofs.count(Proof.EARLIER)
    said = f"{shown} shown ({proved} proved at this code, {earlier} noticed earlier and not asked since)"
    return f"{len(measured)} clauses: {built} built, {said}, {left} open"


def unproved(covered: Iterable[Covered]) -> Iterator[str]:
    """By name each clause that something carries which is not known to notice anything, and what carries
    it."""
    for each in covered:
        if each.is_unproved:
            yield f"{each.clause.id}: chưa được chứng minh / not proved yet: {', '.join(each.carried_by)}"


def aims(covered: Iterable[Covered]) -> str:
    """For each kind how many are shown, open because a later issue brings them, and open otherwise."""
    lines = []
    for kind, shown, later, other in _aims(list(covered)):
        lines.append(f"{kind:10} {shown:4} shown {later:4} open, brought later {other:4} open otherwise")
    return "\n".join(lines)


def _proofs(covered: list[Covered]) -> Iterator[tuple[str, list[int]]]:
    """For each kind and for all how many of the carried clauses are proved, were once, and are not."""
    carried = [each for each in covered if each.carriers]
    for kind in KINDS:
        if found := [each for each in carried if each.clause.kind == kind]:
            yield kind, _states(found)
    yield "**all**", _states(carried)


def _states(carried: list[Covered]) -> list[int]:
    shown = [each.proof for each in carried if each.shown_by]
    return [shown.count(Proof.PROVED), shown.count(Proof.EARLIER), len(carried) - len(shown)]


def _aims(covered: list[Covered]) -> Iterator[tuple[str, int, int, int]]:
    for kind in KINDS:
        of_kind = [each for each in covered if each.clause.kind == kind]
        shown = [each for each in of_kind if each.shown_by]
        left = [each for each in of_kind if not each.shown_by]
        later = sum(each.issue in LATER for each in left)
        if of_kind:
            yield kind, len(shown), later, len(left) - later


def as_html(covered: Iterable[Covered]) -> str:
    """A page that stands alone."""
    rows = "\n".join(
        f"<tr><th scope='row'>{escape(each.clause.id)}</th>"
        f"<td>{escape(kind_named(each.clause.kind))}</td>"
        f"<td>{escape(in_language(each.clause.requirement))}</td>"
        f"<td>{_items(each.implemented_by)}</td>"
        f"<td>{_items([*each.partly_by, *each.values])}</td>"
        f"<td>{_items(each.shown_by)}</td>"
        f"<td>{escape(proof_named(each.proof)) if each.carriers else ''}</td>"
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
    proved = "\n".join(f"| {kind} | {' | '.join(map(str, counts))} |" for kind, counts in _proofs(measured))
    return (
        f"{_INTRO}\n{table}\n\n## What the mutation run knows of the clauses that are carried\n\n"
        "Proved: what carries the clause noticed when a function on which it rests was broken, a control\n"
        "set that carries no clause did not, and function and test read today as they did then (hashes are\n"
        "compared whenever coverage is computed). Earlier: it noticed once, but function or test were\n"
        "written anew since, or the control set was not asked. Such a clause counts as shown on the old\n"
        "record: whether its carriers would notice today, nobody has asked since, and only the next run\n"
        "says (`python -m tools.mutation --clauses`). Not proved: a mark stands on a case or test, but\n"
        "nothing is on record that it noticed, or only what breaks everything; the clause counts as open.\n\n"
        "| Kind | Proved | Earlier | Not proved, open |\n| --- | --- | --- | --- |\n"
        f"{proved}\n\n"
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
