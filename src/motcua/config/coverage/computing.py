"""Putting it together: for each clause what implements it, what shows it, or why it is open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from motcua.config import places as folders
from motcua.config.coverage import evidence, openness, proof, sources
from motcua.config.coverage.proof import Proof, Verdict
from motcua.kernel.bilingual import NOTHING, Bilingual
from motcua.law import queries
from motcua.law.rules import Clause, conformity
from motcua.law.rules.conformity import CitedText
from motcua.law.rules.schema import KEYS

KINDS = ("rule", "deadline", "function", "data", "role", "security", "report", "operation")
ORGANISATIONAL = "organisational"
OPEN_FILE = Path("src/motcua/law/data/open.toml")
# Of a clause that somebody carries who is not known to notice anything, and for which the file names nothing
# else that is missing.
NOT_PROVED = Bilingual(
    "Đã có kiểm thử mang điều khoản này, nhưng chưa được chứng minh: chưa thấy kiểm thử phát hiện khi quy "
    "tắc bị làm hỏng.",
    "Tests carry this clause, but it is not proved yet: none is known to notice when the rule is broken.",
)
Found = Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True)
class Covered:
    """One clause: code that implements it, or that rests on it although it is open or only organises people.

    `values` are what data record of it (`DL24.toml: key`): a value implements nothing, who reads it does.
    `shown_by`: who carries its id and is on record as having noticed when it was broken; `carried_by`: who
    carries it besides, which alone shows nothing. `partly_shown_by` carries one that the statement of
    conformity keeps open. `support` is said of organisational clauses. `proof`: whether who carries it
    noticed what the mutation run broke, at the code and tests of today; None if nothing was asked.
    """

    clause: Clause
    implemented_by: tuple[str, ...]
    partly_by: tuple[str, ...]
    values: tuple[str, ...]
    shown_by: tuple[str, ...]
    carried_by: tuple[str, ...]
    partly_shown_by: tuple[str, ...]
    open: Bilingual
    issue: str
    support: Bilingual
    proof: Proof | None = None

    @property
    def is_proved(self) -> bool | None:
        """Proved at this code; None outside the run."""
        return None if self.proof is None else self.proof is Proof.PROVED

    @property
    def carriers(self) -> tuple[str, ...]:
        """Every worked case and test that carries it, those that noticed first."""
        return (*self.shown_by, *self.carried_by)

    @property
    def is_unproved(self) -> bool:
        """Something carries it, and nothing of that is known to notice when it is broken."""
        return bool(self.carried_by) and not self.shown_by

    @property
    def is_implemented(self) -> bool:
        """Code rests on it, and nothing of it is open."""
        return bool(self.implemented_by)

    def to_json(self) -> dict[str, object]:
        """The agreed keys, and what is no implementation in keys of its own."""
        told: dict[str, object] = {
            "id": self.clause.id,
            "kind": self.clause.kind,
            "implemented_by": list(self.implemented_by),
            "partly_by": list(self.partly_by),
            "recorded_as": list(self.values),
            "shown_by": list(self.shown_by),
            "carried_by": list(self.carried_by),
            "proved": self.is_proved,
            "proof": self.proof,
            "partly_shown_by": list(self.partly_shown_by),
            "open": _json("reason", self.open) | {"issue": self.issue} if self.open else None,
        }
        return told | (_json("support", self.support) if self.support else {})


def _json(key: str, text: Bilingual) -> dict[str, str]:
    return {key: text.vietnamese, f"{key}_english": text.english}


@dataclass(frozen=True, slots=True)
class Coverage:
    """All clauses in the order of the registry, and whatever does not hold together."""

    clauses: tuple[Covered, ...]
    problems: tuple[str, ...]
    groups: tuple[openness.Group, ...]
    verdicts: Mapping[str, Verdict]

    @property
    def shown(self) -> frozenset[str]:
        """What is carried by somebody who noticed when it was broken."""
        return frozenset(each.clause.id for each in self.clauses if each.shown_by)

    @property
    def carriers(self) -> dict[str, tuple[str, ...]]:
        """Of each clause that anything carries, the worked cases and tests that do."""
        return {each.clause.id: each.carriers for each in self.clauses if each.carriers}

    def of(self, regulation: str) -> tuple[Covered, ...]:
        return tuple(each for each in self.clauses if each.clause.regulation == regulation)


def compute(root: Path = folders.ROOT, statement: tuple[CitedText, ...] | None = None) -> Coverage:
    """Read source, cases and tests of the checkout at `root`. Raises FileNotFoundError if it is none.

    `statement` is what the cited laws ask, and what answers it (ADR 0064); that of the data if none is given.
    """
    if not (root / "tests/cases").is_dir():
        raise FileNotFoundError(root / "tests/cases")
    clauses = queries.law().clauses
    found = sources.places(root / "src/motcua", KEYS)
    pages = sources.templates(root / "src/motcua")
    shows = [*evidence.cases(root / "tests/cases", clauses), *evidence.tests(root / "tests")]
    groups = openness.read(root / OPEN_FILE)
    withheld = conformity.withheld(queries.law().cited_texts if statement is None else statement)
    implemented, values, marked = _implemented(found, pages, clauses), _values(), _carried(shows)
    carried = {one: where for one, where in marked.items() if one not in withheld}
    reasons = {one: group for group in groups for one in group.ids}
    partly = {one: where for one, where in marked.items() if one in withheld}
    verdicts = proof.read(root / proof.FILE)
    proofs = {one: proof.today(each, root, carried[one]) for one, each in verdicts.items() if one in carried}
    shown = {one: proof.who_noticed(verdicts[one], carried[one]) for one in proofs}
    covered = tuple(
        _covered(clause, implemented, values, shown, carried, partly, reasons, proofs)
        for clause in clauses.values()
    )
    problems = [
        *(
            f"{basis.file}:{basis.line}: unknown clause {one}"
            for basis in found
            for one in basis.ids
            if not sources.is_known(one, clauses)
        ),
        *(
            f"{basis.file}:{basis.line}: {one} is cut in parts, name those meant"
            for basis in found
            for one in basis.ids
            if sources.is_cut(one, clauses)
        ),
        *(f"{each.where}: {each.fault}" for each in shows if each.fault),
        *(f"{each.where}: unknown clause {one}" for each in shows for one in each.ids if one not in clauses),
        *_faults(groups, clauses, {one: who for one, who in shown.items() if who}, carried),
        *_unfounded(reasons, withheld),
        *proof.problems(verdicts, carried),
    ]
    return Coverage(covered, tuple(problems), groups, verdicts)


def _covered(
    clause: Clause,
    implemented: Found,
    values: Found,
    shown: Found,
    carried: Found,
    partly: Found,
    reasons: Mapping[str, openness.Group],
    proofs: Mapping[str, Proof],
) -> Covered:
    group = reasons.get(clause.id)
    noticed = tuple(shown.get(clause.id, ()))
    unproved = tuple(one for one in carried.get(clause.id, ()) if one not in noticed)
    # What is shown is never counted as open too; that its line still stands in the file is a problem.
    reason, issue = (group.text, group.issue) if group else (NOTHING, "")
    if clause.kind != ORGANISATIONAL:
        if noticed:
            reason, issue = NOTHING, ""
        elif unproved and group is None:
            reason, issue = NOT_PROVED, openness.THIS
    is_open = bool(issue)
    code = tuple(implemented.get(clause.id, ()))
    is_partly = is_open or clause.kind == ORGANISATIONAL
    return Covered(
        clause=clause,
        implemented_by=() if is_partly else code,
        partly_by=code if is_partly else (),
        values=tuple(values.get(clause.id, ())),
        shown_by=noticed,
        carried_by=unproved,
        partly_shown_by=tuple(partly.get(clause.id, ())),
        open=reason if is_open else NOTHING,
        issue=issue,
        support=NOTHING if is_open else reason,
        proof=proofs.get(clause.id),
    )


def _implemented(
    found: tuple[sources.Basis, ...], pages: Mapping[str, tuple[str, ...]], clauses: Mapping[str, Clause]
) -> Found:
    """Names by clause: first who names it, then templates, then who reads a value taken from it."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for basis in found:
        for one in basis.ids:
            names[one][basis.name] = None
    for file, ids in pages.items():
        for one in ids:
            names[one][file] = None
    givers = sources.by_key(queries.law().regulations)
    for basis in found:
        for key in basis.keys:
            for _, one in givers.get(key, ()):
                if basis.name not in names[one]:
                    names[one][f"{basis.name} reads {key}"] = None
    return names


def _values() -> Found:
    values: dict[str, list[str]] = defaultdict(list)
    for key, givers in sources.by_key(queries.law().regulations).items():
        for name, one in givers:
            values[one].append(f"{name}.toml: {key}")
    for regulation in queries.law().regulations.values():
        for one in regulation.validity_clauses:
            values[one].append(f"{regulation.short_name}.toml: validity")
    return values


def _carried(shows: Iterable[evidence.Shows]) -> dict[str, list[str]]:
    carried: dict[str, list[str]] = defaultdict(list)
    for each in shows:
        for one in () if each.fault else each.ids:
            carried[one].append(each.where)
    return carried


def _faults(
    groups: tuple[openness.Group, ...], clauses: Mapping[str, Clause], shown: Found, carried: Found
) -> Iterator[str]:
    """What is wrong with the data of open clauses."""
    listed = Counter(one for group in groups for one in group.ids)
    for group in groups:
        for one in group.ids:
            kind = clauses[one].kind if one in clauses else ""
            if not kind:
                yield f"open.toml: unknown clause {one}"
            elif bool(group.issue) == (kind == ORGANISATIONAL):
                yield f"open.toml: {one} is {kind}: organisational clauses have `how`, all others an issue"
            elif group.issue and one in shown:
                yield f"open.toml: {one} is shown by {', '.join(shown[one])}; run motcua law coverage --write"
    yield from (f"open.toml: {one} is listed {count} times" for one, count in listed.items() if count > 1)
    for one in clauses:
        if one not in listed and one not in carried:
            yield f"open.toml: {one} is neither shown nor open"


def _unfounded(
    reasons: Mapping[str, openness.Group], withheld: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """Clauses that the statement of conformity keeps open, where the file does not say so, or by which other
    issue."""
    for one, issues in withheld.items():
        group = reasons.get(one)
        if group is None:
            yield f"open.toml: {one} rests on the statement of conformity, which names what is not met"
        elif issues and group.issue not in issues:
            yield f"open.toml: {one} waits for {group.issue}; the statement names {', '.join(issues)}"
