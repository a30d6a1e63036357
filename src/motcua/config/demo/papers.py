"""What sample people file: answers to the form and papers of the right kind."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from random import Random

import typst

from motcua.catalogue.enums import Channel, FieldKind
from motcua.catalogue.rules.agreeing import APPLICANT_ID, RuleKind
from motcua.catalogue.rules.eforms import YES, FormField, is_asked
from motcua.catalogue.rules.sheets import RELATION, ProcedureSheet
from motcua.config.demo import sample
from motcua.documents import services as documents
from motcua.dossiers.enums import Decision
from motcua.dossiers.rules.completeness import judged_with
from motcua.dossiers.rules.result_names import proposed_names
from motcua.dossiers.rules.state import Applicant, DocumentRef
from motcua.kernel.actors import Actor

_PAGE = """#set page(paper: "a4", margin: 25mm)
#set text(size: 14pt, lang: "vi")
#align(center)[*GIẤY TỜ MẪU*]

Chỉ dùng để xem thử phần mềm. Không có giá trị pháp lý."""


def answers(
    sheet: ProcedureSheet, applicant: Applicant, case: str, at: datetime, rng: Random
) -> dict[str, object]:
    """Answers to every question that is asked, in the form the form's own check takes."""
    given: dict[str, object] = {}
    for field in (field for section in sheet.eform for field in section.fields):
        if is_asked(field, judged_with(given, applicant, case)):
            given[field.key] = _answer(field, applicant, at, rng)
    for rule in (rule for section in sheet.eform for rule in section.rules):
        holds = rule.when is None or given.get(rule.when[0]) in rule.when[1]
        if holds and rule.kind in (RuleKind.AT_MOST, RuleKind.SAME, RuleKind.ONE_OF, RuleKind.OFFERED):
            # of answers made by chance these never agree
            other = rule.others[0]
            is_own = other == APPLICANT_ID
            given[rule.field] = applicant.personal_id or given[rule.field] if is_own else given[other]
        if holds and rule.kind is RuleKind.AGREED:
            given[rule.field] = YES
    return given | _of_applicant(given, applicant)


def _of_applicant(given: Mapping[str, object], applicant: Applicant) -> dict[str, object]:
    """What else is asked of whoever bears the applicant's number: one person has one name and one birth."""
    if not applicant.personal_id:
        return {}
    numbers = {key: value for key, value in given.items() if key.endswith("_id")}
    if given.get(RELATION) == "self":  # also where no rule says that both numbers are one
        numbers |= {key: applicant.personal_id for key in numbers if key.startswith("record_")}
    facts = {"id": applicant.personal_id, "name": applicant.name, "address": applicant.address}
    if applicant.date_of_birth:  # who told none is asked it as anybody is
        facts["birth_date"] = f"{applicant.date_of_birth:%d/%m/%Y}"
    own = [key.removesuffix("id") for key, value in numbers.items() if value == applicant.personal_id]
    return {f"{stem}{what}": fact for stem in own for what, fact in facts.items() if f"{stem}{what}" in given}


def papers(
    sheet: ProcedureSheet, channel: Channel, variant: str, *, actor: Actor, at: datetime
) -> tuple[DocumentRef, ...]:
    """A file for each required component online; paper at the counter and by post."""
    return tuple(
        paper(component.key, component.name, channel, actor=actor, at=at)
        for component in sheet.components_for(channel, variant)
        if component.required and not (channel is Channel.ONLINE and sheet.is_answered(component))
    )


def paper(key: str, name: str, channel: Channel, *, actor: Actor, at: datetime) -> DocumentRef:
    if channel is not Channel.ONLINE:
        return DocumentRef(key, originals=1, copies=1, name=name[:150])
    card = documents.store(upload=io.BytesIO(_pdf()), name="giay-to-mau.pdf", actor=actor, at=at)
    return DocumentRef(key, file_id=str(card.id), name=card.name)


def result_file(*, actor: Actor, at: datetime) -> str:
    """An electronic result, so that it can be returned online."""
    card = documents.store(upload=io.BytesIO(_pdf()), name="ket-qua-mau.pdf", actor=actor, at=at)
    return str(card.id)


# How the catalogue words results that grant nothing: it publishes them beside the others, unmarked.
_GRANTS_NOTHING = ("từ chối", "không phê duyệt", "hủy bỏ", "nội dung cần sửa đổi", "về việc sửa đổi")


def result_name(decision: Decision | None, sheet: ProcedureSheet) -> str:
    """What the paper is called: of a grant the first result of the procedure that grants something."""
    names = proposed_names(decision, sheet)
    granting = (name for name in names if not any(each in name.lower() for each in _GRANTS_NOTHING))
    return next(granting, names[0] if names else "Kết quả giải quyết")


def _answer(field: FormField, applicant: Applicant, at: datetime, rng: Random) -> object:
    facts = {
        "full_name": "" if applicant.organisation_number else applicant.name,
        "organisation_name": applicant.name if applicant.organisation_number else "",
        "either_name": applicant.name,
        "personal_id": applicant.personal_id,
        "organisation_number": applicant.organisation_number,
        "phone": applicant.phone,
        "email": applicant.email,
        "address": applicant.address,
        "date_of_birth": f"{applicant.date_of_birth:%d/%m/%Y}" if applicant.date_of_birth else "",
    }
    known = facts.get(field.prefill or "")
    if known:
        return known
    number = field.minimum if field.minimum is not None else min(rng.randint(1, 9), field.maximum or 9)
    match field.kind:
        case FieldKind.DATE if field.key.endswith("birth_date") and not field.key.startswith("child"):
            return f"{sample.birthday(rng):%d/%m/%Y}"
        case FieldKind.DATE if field.not_before_today:
            return f"{at + timedelta(days=rng.randint(5, 50)):%d/%m/%Y}"
        case FieldKind.DATE:
            return f"{at - timedelta(days=rng.randint(5, 50)):%d/%m/%Y}"
        case FieldKind.WHOLE_NUMBER | FieldKind.DECIMAL:
            return str(number)
        case FieldKind.MONEY:
            return str(max(number, 50_000_000))
        case FieldKind.CHOICE:
            return rng.choice(field.options).value
        case FieldKind.YES_NO:
            return rng.choice(("yes", "no"))
        case FieldKind.PERSONAL_ID:
            return sample.personal_id(rng.randrange(10**6))
        case FieldKind.PHONE:
            return sample.phone(rng.randrange(10**6))
        case FieldKind.EMAIL:
            return sample.email(applicant.name, 0)
        case FieldKind.LONG_TEXT:
            return "Nội dung mẫu để xem thử."
    return _text(field, rng)


def _text(field: FormField, rng: Random) -> str:
    """Something short enough; a number where only a number would fit."""
    if field.key.endswith(("_ethnicity", "_nationality")):
        return "Kinh" if field.key.endswith("_ethnicity") else "Việt Nam"
    text = sample.full_name(rng) if "tên" in field.label.lower() else sample.address(rng, "phường mẫu")
    return text if len(text) <= field.max_length else str(rng.randint(1, 99))


@cache
def _pdf() -> bytes:
    return bytes(typst.compile(_PAGE.encode()))
