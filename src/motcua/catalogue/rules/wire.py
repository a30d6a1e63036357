"""The JSON form of a procedure sheet, as stored in a version. No floats: it is hashed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from motcua.catalogue.enums import FieldKind, OnlineLevel, PaymentTime
from motcua.catalogue.rules.agreeing import read_rule, rule_to_json
from motcua.catalogue.rules.eforms import FormField, FormSection, Option
from motcua.catalogue.rules.sheets import Fee, OfferedLimit, ProcedureSheet, RequiredDocument, Result
from motcua.kernel.limits import TimeLimit
from motcua.kernel.money import Money


def to_json(sheet: ProcedureSheet) -> dict[str, Any]:
    """Everything but the version's id, which the row gives. What is rarely so or rarely entered, a ministry,
    that nobody may be entrusted, whose dossier it can be, who of several files, the conditions, who has to
    come, that its cases leave no other, or in which ways its result comes back, stands there only where it
    is."""
    run_by = {"ministry": sheet.ministry, "ministry_address": sheet.ministry_address}
    about_filing = {
        "no_mandate": sheet.no_mandate,
        "who_files": sheet.who_files,
        "must_come": sheet.must_come,
        "result_ways_basis": sheet.result_ways_basis,
    }
    rare: dict[str, Any] = ({} if not sheet.ministry else run_by) | {
        key: text for key, text in about_filing.items() if text
    }
    if sheet.applicants:
        rare |= {"applicants": list(sheet.applicants)}
    if sheet.conditions is not None:
        rare |= {"conditions": list(sheet.conditions)}
    if sheet.cases_cover_all:
        rare |= {"cases_cover_all": True}
    if sheet.result_ways:
        rare |= {"result_ways": list(sheet.result_ways)}
    return rare | {
        "code": sheet.code,
        "printed_code": sheet.printed_code,
        "title": sheet.title,
        "sector": sheet.sector,
        "online_level": str(sheet.online_level),
        "levels": list(sheet.levels),
        "agency_text": sheet.agency_text,
        "variants": list(sheet.variants),
        "components": [_document_to_json(document) for document in sheet.components],
        "fees": [_fee_to_json(fee) for fee in sheet.fees],
        "limits": [_limit_to_json(offered) for offered in sheet.limits],
        "results": [{"code": result.code, "name": result.name} for result in sheet.results],
        "legal_basis": list(sheet.legal_basis),
        "eform": [section_to_json(section) for section in sheet.eform],
        "notes": list(sheet.notes),
        "provenance": dict(sheet.provenance),
        "source": sheet.source,
        "publication_decision": sheet.publication_decision,
        "is_sample": sheet.is_sample,
    }


def from_json(body: Mapping[str, Any], *, version_id: int) -> ProcedureSheet:
    return ProcedureSheet(
        version_id=version_id,
        code=body["code"],
        printed_code=body.get("printed_code", ""),
        title=body["title"],
        sector=body["sector"],
        online_level=OnlineLevel(body["online_level"]),
        levels=tuple(body["levels"]),
        agency_text=body["agency_text"],
        variants=tuple(body["variants"]),
        components=tuple(_document(item) for item in body["components"]),
        fees=tuple(_fee(item) for item in body["fees"]),
        limits=tuple(_limit(item) for item in body["limits"]),
        results=tuple(Result(item["code"], item["name"]) for item in body["results"]),
        legal_basis=tuple(body["legal_basis"]),
        eform=tuple(section(item) for item in body["eform"]),
        notes=tuple(body["notes"]),
        provenance=dict(body["provenance"]),
        source=body["source"],
        publication_decision=body["publication_decision"],
        is_sample=body["is_sample"],
        ministry=body.get("ministry", ""),
        ministry_address=body.get("ministry_address", ""),
        no_mandate=body.get("no_mandate", ""),
        applicants=tuple(body.get("applicants", ())),
        who_files=body.get("who_files", ""),
        conditions=tuple(body["conditions"]) if "conditions" in body else None,
        must_come=body.get("must_come", ""),
        cases_cover_all=body.get("cases_cover_all", False),
        result_ways=tuple(body.get("result_ways", ())),
        result_ways_basis=body.get("result_ways_basis", ""),
    )


def _document_to_json(document: RequiredDocument) -> dict[str, Any]:
    return {
        "key": document.key,
        "name": document.name,
        "originals": document.originals,
        "copies": document.copies,
        "required": document.required,
        "channels": list(document.channels),
        "variants": list(document.variants),
        "condition": document.condition,
        "is_form": document.is_form,
        "is_shown_only": document.is_shown_only,
        **({"is_for_others": True} if document.is_for_others else {}),  # else bodies stay as they were
    }


def _document(item: Mapping[str, Any]) -> RequiredDocument:
    return RequiredDocument(
        **{**item, "channels": tuple(item["channels"]), "variants": tuple(item["variants"])}
    )


def _fee_to_json(fee: Fee) -> dict[str, Any]:
    return {
        "name": fee.name,
        "amount": None if fee.amount is None else fee.amount.vnd,
        "channel": fee.channel,
        "variant": fee.variant,
        "note": fee.note,
    } | _tier_to_json(fee)


def _tier_to_json(fee: Fee) -> dict[str, Any]:
    """Written only where a fee has it, so that bodies stored before stay as they are."""
    found = {
        "one_of": fee.one_of or None,
        "from_piece": fee.from_piece,
        "at_most": None if fee.at_most is None else fee.at_most.vnd,
        "per_copy": fee.per_copy or None,
        "exempt": fee.exempt or None,
        "due": None if fee.due is None else fee.due.value,
    }
    return {key: value for key, value in found.items() if value is not None}


def _fee(item: Mapping[str, Any]) -> Fee:
    amount = None if item["amount"] is None else Money(item["amount"])
    most = item.get("at_most")
    return Fee(
        item["name"],
        amount,
        item["channel"],
        item["variant"],
        item["note"],
        one_of=item.get("one_of", ""),
        from_piece=item.get("from_piece"),
        at_most=None if most is None else Money(most),
        per_copy=item.get("per_copy", False),
        exempt=item.get("exempt", ""),
        due=PaymentTime(item["due"]) if item.get("due") else None,
    )


def _limit_to_json(offered: OfferedLimit) -> dict[str, Any]:
    return {
        "channel": offered.channel,
        "variant": offered.variant,
        "limit": None if offered.limit is None else str(offered.limit),
        "printed_value": offered.printed_value,
        "printed_unit": offered.printed_unit,
        "cutoff": None if offered.cutoff is None else offered.cutoff.strftime("%H:%M"),
        "mark": offered.mark,
        "note": offered.note,
    }


def _limit(item: Mapping[str, Any]) -> OfferedLimit:
    return OfferedLimit(
        channel=item["channel"],
        variant=item["variant"],
        limit=None if item["limit"] is None else TimeLimit.parse(item["limit"]),
        printed_value=item["printed_value"],
        printed_unit=item["printed_unit"],
        cutoff=None if item["cutoff"] is None else time.fromisoformat(item["cutoff"]),
        mark=item["mark"],
        note=item["note"],
    )


def section_to_json(item: FormSection) -> dict[str, Any]:
    return {
        "title": item.title,
        "hint": item.hint,
        "fields": [_field_to_json(field) for field in item.fields],
        # Where there are none, bodies stay as they were.
        **({"rules": [rule_to_json(rule) for rule in item.rules]} if item.rules else {}),
    }


def section(item: Mapping[str, Any]) -> FormSection:
    """A section from the JSON of a version or of the e-form data file; absent keys take their defaults.

    Raises ValueError for a rule that is none.
    """
    rules = tuple(read_rule(rule) for rule in item.get("rules", ()))
    fields = tuple(_field(field) for field in item["fields"])
    return FormSection(item["title"], fields, item.get("hint", ""), rules)


def _field_to_json(item: FormField) -> dict[str, Any]:
    return {
        "key": item.key,
        "label": item.label,
        "kind": str(item.kind),
        "required": item.required,
        "hint": item.hint,
        "options": [{"value": option.value, "label": option.label} for option in item.options],
        "max_length": item.max_length,
        "minimum": item.minimum,
        "maximum": item.maximum,
        "not_after_today": item.not_after_today,
        **({"not_before_today": True} if item.not_before_today else {}),  # else bodies stay as they were
        "depends_on": None if item.depends_on is None else list(item.depends_on),
        "prefill": item.prefill,
    }


def _field(item: Mapping[str, Any]) -> FormField:
    """A question of the one template of a form: of a kind that is known, or the form is not read.

    Basis: KT22-4.2#2, DL24-3.3#2.
    """
    depends_on = item.get("depends_on")
    return FormField(
        key=item["key"],
        label=item["label"],
        kind=FieldKind(item.get("kind", "text")),
        required=item.get("required", True),
        hint=item.get("hint", ""),
        options=tuple(Option(option["value"], option["label"]) for option in item.get("options", ())),
        max_length=item.get("max_length", 200),
        minimum=item.get("minimum"),
        maximum=item.get("maximum"),
        not_after_today=item.get("not_after_today", False),
        not_before_today=item.get("not_before_today", False),
        depends_on=None if depends_on is None else (depends_on[0], depends_on[1]),
        prefill=item.get("prefill"),
    )
