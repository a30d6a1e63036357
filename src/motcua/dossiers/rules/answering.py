"""The answer to a supplement request being prepared: one part for each thing that was asked for."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from motcua.catalogue.rules import eforms
from motcua.dossiers.enums import PartKind, PartStanding
from motcua.dossiers.errors import AnswersFaulty, NotAskedFor
from motcua.dossiers.rules.completeness import judged_with, typed_off_paper
from motcua.dossiers.rules.events import Supplemented, SupplementRequested
from motcua.dossiers.rules.preparation import Part, Preparation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from motcua.catalogue.rules.eforms import FormSection
    from motcua.catalogue.rules.sheets import ProcedureSheet, RequiredDocument
    from motcua.dossiers.rules.commands import Supplement
    from motcua.dossiers.rules.state import Contents, SupplementRequest, Target


def answering(
    sheet: ProcedureSheet,
    request: SupplementRequest,
    *,
    answers: Mapping[str, object],
    saved: Collection[str],
    brought: Collection[str],
    today: date | None = None,
) -> Preparation:
    """The parts of an answer: sections and papers that were asked for, then what else may be put right.

    `answers` are those of the e-form as they would be sent, `judged_with` the applicant, `saved` the
    questions that were answered for this request, `brought` the keys of papers of which a file has come. A
    section that was asked for is open until it was saved for this request, also unchanged; one that was not
    is open only where it is faulty.

    Basis: DL24-8.1.a#3, DL24-20.2, PT24-9.2.a; reading A21.
    """
    asked, others = _sections(sheet, request, answers, saved, today)
    papers = [_paper(each, brought) for each in papers_asked(sheet, request)]
    parts = [*asked, *papers, *others]
    waits = any(part.is_open for part in parts)
    sending = Part(PartKind.SENDING, PartStanding.NOT_YET if waits else PartStanding.TO_DO)
    return Preparation((*parts, sending))


def check_asked(sheet: ProcedureSheet, request: SupplementRequest, command: Supplement) -> None:
    """Refuse what the request does not name: a paper, answers where the form was not asked for, answers to
    questions that the form does not have.

    The measure is the request, which says everything once (reading A21): what nobody asked for stays as it
    was filed.

    Basis: KT18-14.2, KT18-15.2, QN20-11.2#1, KT22-8.3, DL24-8.1.a#3, DL24-20.2, PT24-9.2.a.
    """
    asked = {item.key for item in request.items}
    names = {component.key: component.called for component in sheet.papers}
    strangers = [
        names.get(each.key) or each.name or each.key for each in command.documents if each.key not in asked
    ]
    if command.form_data:
        forms = [each for each in sheet.components if sheet.is_answered(each)]
        if not any(each.key in asked for each in forms):
            strangers += [each.called for each in forms] or list(command.form_data)
        else:
            known = {field.key for section in sheet.eform for field in section.fields}
            strangers += [key for key in command.form_data if key not in known]
    if strangers:
        raise NotAskedFor(names="; ".join(dict.fromkeys(strangers)))


def answers_after(
    sheet: ProcedureSheet, target: Target, before: Contents, given: Mapping[str, object], today: date
) -> dict[str, object]:
    """The answers of the e-form once those given stand in the place of those before.

    Raises AnswersFaulty where one that must be given is not, is not right, or does not agree with the others.

    Basis: KT18-14.2, QN20-11.2#1, KT22-8.3, DL24-8.1.a#3, DL24-20.2, PT24-9.2.a.
    """
    answers = judged_with({**before.form_data, **given}, before.applicant, target.variant)
    clean, faults = eforms.check(sheet.eform, answers, today=today)
    if faults:
        raise AnswersFaulty(faults=_said(sheet, faults), fields=faults)
    return dict(clean)


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """An answer of the e-form that took the place of another; None where the question had no answer, or has
    none any more."""

    key: str
    before: Any
    after: Any


def changed_answers(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[ChangedAnswer, ...]:
    """What differs between two versions of the answers, in the order of the newer, what has gone last.

    Basis: by reference NĐ 45/2020 Đ12 (found): every version is kept.
    """
    found = (ChangedAnswer(key, before.get(key), after.get(key)) for key in dict.fromkeys([*after, *before]))
    return tuple(each for each in found if (each.before or None) != (each.after or None))


def answers_before(after: Mapping[str, Any], changes: Iterable[ChangedAnswer]) -> dict[str, Any]:
    """The answers as they were until these changes; the inverse of `changed_answers`."""
    was = {**after, **{each.key: each.before for each in changes}}
    return {key: value for key, value in was.items() if value is not None}


def check_typed_off_paper(sheet: ProcedureSheet, target: Target, contents: Contents, today: date) -> None:
    """Refuse answers of the e-form that a desk has typed and that are not right, or answer no question of it.

    What is empty may stay so: the paper form counts, and what it lacks is seen at the check. Raises
    AnswersFaulty.

    Basis: our own reading: what is kept of a form answers its questions.
    """
    person, typed = contents.applicant, contents.form_data
    _, faults = typed_off_paper(sheet.eform, typed, person, target.variant, today)
    if faults:
        raise AnswersFaulty(faults=_said(sheet, faults), fields=faults)


def _said(sheet: ProcedureSheet, faults: Mapping[str, str]) -> str:
    labels = {field.key: field.label for section in sheet.eform for field in section.fields}
    return "; ".join(f"{labels.get(key, key)}: {fault}" for key, fault in faults.items())


def papers_asked(sheet: ProcedureSheet, request: SupplementRequest) -> tuple[RequiredDocument, ...]:
    """The papers to bring, in the order of the sheet; the e-form stands for its paper where there is one."""
    asked = {item.key for item in request.items}
    return tuple(each for each in sheet.papers if each.key in asked and not sheet.is_answered(each))


def sent_online(history: Iterable[tuple[str, str]]) -> dict[int, int]:
    """Which requests were answered by the applicant on the portal: their numbers from 1, and the place of the
    answer in the history, which is given as the kinds of events and of who did them, oldest first."""
    found: dict[int, int] = {}
    number, is_open = 0, False
    for place, (kind, by) in enumerate(history):
        if kind == SupplementRequested.KIND:
            number, is_open = number + 1, True
        elif kind == Supplemented.KIND and is_open:
            is_open = False
            if by == "citizen":
                found[number] = place
    return found


def asks_for_form(sheet: ProcedureSheet, request: SupplementRequest) -> bool:
    """Whether the answers of the e-form are to be given anew."""
    forms = {each.key for each in sheet.components if sheet.is_answered(each)}
    return any(item.key in forms for item in request.items)


def sections_named(sheet: ProcedureSheet, request: SupplementRequest) -> tuple[int, ...]:
    """The sections of the e-form that the request speaks of, counted from 1; all where it names none.

    A section is named by its title, or by the words of a question that no other section asks, in what is
    said of the form, the reason or the guidance. Nothing where the form is not asked for.
    """
    if not asks_for_form(sheet, request):
        return ()
    forms = {each.key for each in sheet.components if sheet.is_answered(each)}
    said = [item.what for item in request.items if item.key in forms]
    text = _plain(" | ".join([*said, request.reason, request.guidance]))
    labels = Counter(_plain(field.label) for section in sheet.eform for field in section.fields)
    forms_of = [each for each in sheet.components if each.is_form]
    form_names = {_plain(name) for each in forms_of for name in (each.name, each.called)}
    for name in form_names:  # the form's own name may hold the words of a section
        text = text.replace(name, " ")
    found = tuple(
        number
        for number, section in enumerate(sheet.eform, start=1)
        if any(_stands_in(words, text) for words in _names(section, labels))
    )
    return found or tuple(range(1, len(sheet.eform) + 1))


def _names(section: FormSection, labels: Mapping[str, int]) -> Iterable[str]:
    """By which words a section is known."""
    yield _plain(section.title)
    yield from (words for field in section.fields if labels[words := _plain(field.label)] == 1)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().rstrip("?:.").split())


def _stands_in(words: str, text: str) -> bool:
    """As whole words, not within others."""
    return bool(words) and re.search(rf"(?<![^\W_]){re.escape(words)}(?![^\W_])", text) is not None


def _sections(
    sheet: ProcedureSheet,
    request: SupplementRequest,
    answers: Mapping[str, object],
    saved: Collection[str],
    today: date | None,
) -> tuple[list[Part], list[Part]]:
    """The sections that were asked for, and the others, in the order of the form."""
    asked: list[Part] = []
    others: list[Part] = []
    if not asks_for_form(sheet, request):
        return asked, others
    _, faults = eforms.check(sheet.eform, answers, today=today)
    named, due = sections_named(sheet, request), eforms.asked(sheet.eform, answers)
    for number, section in enumerate(sheet.eform, start=1):
        questions = [each for each in section.fields if each.key in due]
        if not questions:
            continue
        left = tuple(each.label for each in questions if each.key in faults)
        is_saved = any(each.key in saved for each in section.fields)
        standing = _standing(is_wanted=number in named, is_saved=is_saved, is_faulty=bool(left))
        part = Part(PartKind.QUESTIONS, standing, left, section=number)
        (asked if number in named else others).append(part)
    return asked, others


def _standing(*, is_wanted: bool, is_saved: bool, is_faulty: bool) -> PartStanding:
    if is_faulty:
        return PartStanding.UNDER_WAY if is_saved or not is_wanted else PartStanding.TO_DO
    if is_saved:
        return PartStanding.DONE
    return PartStanding.TO_DO if is_wanted else PartStanding.AS_NEEDED


def _paper(component: RequiredDocument, brought: Collection[str]) -> Part:
    is_here = component.key in brought
    standing = PartStanding.DONE if is_here else PartStanding.TO_DO
    left = () if is_here else (component.called,)
    return Part(PartKind.PAPER, standing, left, wanted=1, paper=component.key)
