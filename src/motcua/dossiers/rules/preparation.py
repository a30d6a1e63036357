"""A filing being prepared: its parts, how far each has come. The measure is `completeness`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.catalogue.rules import eforms
from motcua.dossiers.enums import PartKind, PartStanding
from motcua.dossiers.rules.completeness import check_submitter, faulty_answers, lacking, offered
from motcua.dossiers.rules.returning import check_way
from motcua.dossiers.rules.state import Contents, Target
from motcua.kernel.errors import Refusal

if TYPE_CHECKING:
    from datetime import date

    from motcua.catalogue.rules.sheets import ProcedureSheet, RequiredDocument
    from motcua.law.rules import Regulation

OPEN = (PartStanding.TO_DO, PartStanding.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `left` names what is lacking (questions, papers) in the order in which it is asked.

    `section` counts the sections of the e-form from 1; `wanted` is how many papers are required; `refusal` is
    what sending would be refused for because of this part, where that is not something lacking.
    """

    kind: PartKind
    standing: PartStanding
    left: tuple[str, ...] = ()
    section: int = 0
    wanted: int = 0
    refusal: Refusal | None = None

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


def preparation(
    sheet: ProcedureSheet,
    target: Target,
    contents: Contents,
    regulation: Regulation | None,
    today: date | None = None,
) -> Preparation:
    """The parts of a draft. Without a regulation nothing of what it asks is judged.

    Basis: DL24-7.3#1, DL24-8.1.a#1, QN20-11.1#1, PT24-7.2.
    """
    parts = [
        _details(sheet, target, contents, regulation),
        *_questions(sheet, target, contents, today),
        *_papers(sheet, target, contents),
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


def _details(
    sheet: ProcedureSheet, target: Target, contents: Contents, regulation: Regulation | None
) -> Part:
    refusal = _refused(
        lambda: offered(sheet, target.channel, target.variant),
        lambda: check_submitter(contents, regulation) if regulation else None,
    )
    if not contents.applicant.name.strip():
        return Part(PartKind.DETAILS, PartStanding.TO_DO, refusal=refusal)
    return Part(PartKind.DETAILS, PartStanding.UNDER_WAY if refusal else PartStanding.DONE, refusal=refusal)


def _questions(sheet: ProcedureSheet, target: Target, contents: Contents, today: date | None) -> list[Part]:
    """The sections in which something is asked now; others wait for the answer that makes them due."""
    faults = faulty_answers(sheet, contents, today)
    is_due = any(component.is_form for component in lacking(sheet, target, contents))
    found = []
    for number, section in enumerate(sheet.eform, start=1):
        asked = [each for each in section.fields if eforms.is_asked(each, contents.form_data)]
        left = tuple(each.label for each in asked if each.key in faults)
        is_begun = any(contents.form_data.get(each.key) for each in asked)
        if asked:
            standing = _standing(is_begun=is_begun, is_lacking=bool(left) or (is_due and not is_begun))
            found.append(Part(PartKind.QUESTIONS, standing, left, section=number))
    return found


def _papers(sheet: ProcedureSheet, target: Target, contents: Contents) -> list[Part]:
    """One part for all papers; none where the procedure asks for none. The e-form stands for its paper."""
    components = sheet.components_for(target.channel, target.variant or None)
    papers = [each for each in components if _is_paper(each, sheet)]
    if not papers:
        return []
    left = tuple(each.name for each in lacking(sheet, target, contents) if each in papers)
    brought = {each.key for each in contents.documents}
    wanted = sum(each.required for each in papers)
    is_begun = any(each.key in brought for each in papers)
    standing = _standing(is_begun=is_begun, is_lacking=bool(left))
    return [Part(PartKind.PAPERS, standing, left, wanted=wanted)]


def _is_paper(component: RequiredDocument, sheet: ProcedureSheet) -> bool:
    return not component.is_shown_only and not (component.is_form and bool(sheet.eform))


def _delivery(
    sheet: ProcedureSheet, target: Target, contents: Contents, regulation: Regulation | None
) -> Part:
    how = contents.delivery.how
    if not how:
        return Part(PartKind.DELIVERY, PartStanding.TO_DO)
    level = str(sheet.online_level)
    refusal = _refused(lambda: check_way(how, level, target.channel, regulation) if regulation else None)
    return Part(PartKind.DELIVERY, PartStanding.UNDER_WAY if refusal else PartStanding.DONE, refusal=refusal)


def _standing(*, is_begun: bool, is_lacking: bool) -> PartStanding:
    if is_lacking:
        return PartStanding.UNDER_WAY if is_begun else PartStanding.TO_DO
    return PartStanding.DONE if is_begun else PartStanding.AS_NEEDED
