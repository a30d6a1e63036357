"""A filing being prepared: its parts, how far each has come. The measure is `completeness`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.catalogue.rules import eforms
from motcua.dossiers.enums import PartKind, PartStanding
from motcua.dossiers.rules.completeness import (
    check_applicant,
    check_mandate,
    check_submitter,
    faulty_answers,
    judged_with,
    lacking,
    lacking_of_filing,
    offered,
    papers_of_filing,
)
from motcua.dossiers.rules.returning import check_way
from motcua.dossiers.rules.state import Behalf, Contents, Target
from motcua.kernel.errors import Refusal
from motcua.kernel.text import visible

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from motcua.catalogue.rules.sheets import ProcedureSheet, RequiredDocument
    from motcua.law.rules import Regulation

OPEN = (PartStanding.TO_DO, PartStanding.UNDER_WAY)
ABOUT_PEOPLE = frozenset(
    {
        PartKind.WHOM,
        PartKind.CASE,
        PartKind.AGENCY,
        PartKind.PERSON,
        PartKind.CAPACITY,
        PartKind.CONTACT,
    }
)
QUESTIONS = {  # which questions, by the names under which the contents keep what is unfinished
    PartKind.PERSON: ("name", "personal_id", "date_of_birth"),
    PartKind.CAPACITY: ("capacity", "authority"),
    PartKind.CONTACT: ("phone", "email", "address"),
    PartKind.DELIVERY: ("delivery", "postal_address"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `left` names what is lacking (questions, papers) in the order in which it is asked; of the
    questions about people it holds the names under which they are kept.

    `section` counts the sections of the e-form from 1; `wanted` is how many papers are required; `refusal` is
    what sending would be refused for because of this part, where that is not something lacking. `paper` is
    the key of the one that the part is about.
    """

    kind: PartKind
    standing: PartStanding
    left: tuple[str, ...] = ()
    section: int = 0
    wanted: int = 0
    refusal: Refusal | None = None
    paper: str = ""

    @property
    def is_open(self) -> bool:
        return self.standing in OPEN


@dataclass(frozen=True, slots=True)
class Preparation:
    """All parts in their order, sending last."""

    parts: tuple[Part, ...]

    @property
    def open(self) -> tuple[Part, ...]:
        """What has to be done before the filing can be sent."""
        return tuple(part for part in self.parts if part.is_open and part.kind is not PartKind.SENDING)

    @property
    def is_ready(self) -> bool:
        """Nothing of what is filed stands in the way of sending."""
        return not self.open

    @property
    def next(self) -> Part:
        """The first thing to do; sending, when nothing else is left."""
        return self.open[0] if self.open else self.parts[-1]

    def part(self, kind: PartKind, section: int = 0) -> Part | None:
        """The part, None if this filing does not have it."""
        return next((each for each in self.parts if (each.kind, each.section) == (kind, section)), None)

    def after(self, part: Part) -> Part:
        """What comes behind a part; the last one is followed by itself."""
        rest = self.parts[self.parts.index(part) + 1 :]
        return rest[0] if rest else part

    def before(self, part: Part) -> Part | None:
        """What stands in front of a part; None before the first."""
        place = self.parts.index(part)
        return self.parts[place - 1] if place else None


def preparation(
    sheet: ProcedureSheet,
    target: Target,
    contents: Contents,
    regulation: Regulation | None,
    today: date | None = None,
    *,
    behalf: Behalf | None = None,
    agencies: Collection[int] = (),
) -> Preparation:
    """The parts of a draft. Without a regulation nothing of what it asks is judged.

    What has one possible answer only is no part: the case of a procedure that has none, the agency where
    `agencies` (those that settle the procedure) are but the one that was chosen, and whom the dossier is for
    where a mandate or an organisation (`behalf`) has settled it.

    Basis: DL24-7.3#1, QN20-11.1#1, PT24-7.2.
    """
    parts = [
        *_people(sheet, target, contents, regulation, behalf, agencies),
        *_questions(sheet, target, contents, today),
        *_papers(sheet, target, contents, behalf),
        _delivery(sheet, target, contents, regulation),
    ]
    waits = any(part.is_open for part in parts)
    sending = Part(PartKind.SENDING, PartStanding.NOT_YET if waits else PartStanding.TO_DO)
    return Preparation((*parts, sending))


def _refused(*checks: Callable[[], object]) -> Refusal | None:
    """The first refusal among the checks."""
    for check in checks:
        try:
            check()
        except Refusal as refusal:
            return refusal
    return None


def _people(
    sheet: ProcedureSheet,
    target: Target,
    contents: Contents,
    regulation: Regulation | None,
    behalf: Behalf | None,
    agencies: Collection[int],
) -> list[Part]:
    """For whom, which case, where, whose, as what, and how they are reached."""
    not_offered = _refused(lambda: offered(sheet, target.channel, target.variant))
    not_entitled = _refused(lambda: check_submitter(contents, regulation) if regulation else None)
    not_entitled = not_entitled or _refused(lambda: check_mandate(sheet, contents, behalf))
    not_entitled = not_entitled or _refused(lambda: check_applicant(sheet, contents, behalf))
    found = [] if behalf else [Part(PartKind.WHOM, PartStanding.DONE)]
    if sheet.variants or not_offered:
        found.append(_settled(PartKind.CASE, refusal=not_offered))
    if agencies and set(agencies) != {target.agency_id}:
        found.append(_settled(PartKind.AGENCY, is_open=target.agency_id not in agencies))
    if behalf is None or not behalf.organisation_id:
        found.append(_person(contents, refusal=not_entitled if behalf else None))
    if behalf is None and contents.submitter_name:
        is_begun = bool(contents.capacity or visible(contents.authority))
        found.append(_asked(PartKind.CAPACITY, contents, is_begun=is_begun, refusal=not_entitled))
    person = contents.applicant
    is_begun = bool(person.phone or person.email or person.address)
    is_last = behalf is not None and bool(behalf.organisation_id)
    return [
        *found,
        _asked(PartKind.CONTACT, contents, is_begun=is_begun, refusal=not_entitled if is_last else None),
    ]


def _settled(kind: PartKind, *, is_open: bool = False, refusal: Refusal | None = None) -> Part:
    standing = PartStanding.UNDER_WAY if is_open or refusal else PartStanding.DONE
    return Part(kind, standing, refusal=refusal)


def _person(contents: Contents, refusal: Refusal | None) -> Part:
    person = contents.applicant
    is_begun = bool(visible(person.name) or person.personal_id)
    part = _asked(PartKind.PERSON, contents, is_begun=is_begun, refusal=refusal)
    if visible(person.name) or part.is_open:
        return part
    return Part(PartKind.PERSON, PartStanding.UNDER_WAY if is_begun else PartStanding.TO_DO, ("name",))


def _asked(kind: PartKind, contents: Contents, *, is_begun: bool, refusal: Refusal | None) -> Part:
    """A part of which the contents know what is unfinished."""
    left = tuple(name for name in QUESTIONS[kind] if name in contents.unfinished)
    is_begun = is_begun or any(contents.unfinished[name] for name in left)
    if not left and not refusal:
        return Part(kind, PartStanding.DONE)
    return Part(kind, PartStanding.UNDER_WAY if is_begun else PartStanding.TO_DO, left, refusal=refusal)


def _questions(sheet: ProcedureSheet, target: Target, contents: Contents, today: date | None) -> list[Part]:
    """The sections in which something is asked now; others wait for the answer that makes them due."""
    faults = faulty_answers(sheet, target, contents, today)
    due = eforms.asked(sheet.eform, judged_with(contents.form_data, contents.applicant, target.variant))
    is_due = any(sheet.is_answered(component) for component in lacking(sheet, target, contents))
    found = []
    for number, section in enumerate(sheet.eform, start=1):
        asked = [each for each in section.fields if each.key in due]
        left = tuple(each.label for each in asked if each.key in faults)
        is_begun = any(contents.form_data.get(each.key) for each in asked)
        if asked:
            standing = _standing(is_begun=is_begun, is_lacking=bool(left) or (is_due and not is_begun))
            found.append(Part(PartKind.QUESTIONS, standing, left, section=number))
    return found


def _papers(sheet: ProcedureSheet, target: Target, contents: Contents, behalf: Behalf | None) -> list[Part]:
    """One part for all papers; none where the procedure asks for none. The e-form stands for its paper."""
    components = papers_of_filing(sheet, target, contents, behalf)
    papers = [each for each in components if _is_paper(each, sheet)]
    if not papers:
        return []
    left = tuple(each.name for each in lacking_of_filing(sheet, target, contents, behalf) if each in papers)
    brought = {each.key for each in contents.documents}
    wanted = sum(each.required for each in papers)
    is_begun = any(each.key in brought for each in papers)
    standing = _standing(is_begun=is_begun, is_lacking=bool(left))
    return [Part(PartKind.PAPERS, standing, left, wanted=wanted)]


def _is_paper(component: RequiredDocument, sheet: ProcedureSheet) -> bool:
    return not component.is_shown_only and not sheet.is_answered(component)


def _delivery(
    sheet: ProcedureSheet, target: Target, contents: Contents, regulation: Regulation | None
) -> Part:
    how = contents.delivery.how
    if not how:
        return Part(PartKind.DELIVERY, PartStanding.TO_DO)
    refusal = _refused(lambda: check_way(how, sheet, target.channel, regulation) if regulation else None)
    return _asked(PartKind.DELIVERY, contents, is_begun=True, refusal=refusal)


def _standing(*, is_begun: bool, is_lacking: bool) -> PartStanding:
    if is_lacking:
        return PartStanding.UNDER_WAY if is_begun else PartStanding.TO_DO
    return PartStanding.DONE if is_begun else PartStanding.AS_NEEDED
