"""Electronic declarations are of one template: what is asked again is asked in the same way."""

from __future__ import annotations

import json
from collections import defaultdict
from importlib.resources import files
from typing import Any

import pytest

from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules import wire

FORMS = {
    each.name: json.loads(each.read_text(encoding="utf-8"))
    for each in (files("motcua.catalogue") / "data/eforms").iterdir()
    if each.name.endswith(".json")
}
# How questions end that ask for the same sort of thing, whosoever it is of.
KIND_OF_ENDING = {
    "_id": FieldKind.PERSONAL_ID,
    "_birth_date": FieldKind.DATE,
    "_phone": FieldKind.PHONE,
    "_email": FieldKind.EMAIL,
}


def fields() -> list[tuple[str, dict[str, Any]]]:
    return [
        (name, each) for name, form in FORMS.items() for part in form["sections"] for each in part["fields"]
    ]


@pytest.mark.clause("KT22-4.2#2", "DL24-3.3#2")
@pytest.mark.any_regulation("the forms are one set for all provinces")
def test_same_question_is_of_the_same_kind_in_every_form() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for _, each in fields():
        kinds[each["key"]].add(each.get("kind", FieldKind.TEXT.value))
    assert {key: found for key, found in kinds.items() if len(found) > 1} == {}


@pytest.mark.clause("KT22-4.2#2", "DL24-3.3#2")
@pytest.mark.parametrize(("ending", "kind"), KIND_OF_ENDING.items())
@pytest.mark.any_regulation("the forms are one set for all provinces")
def test_numbers_days_and_addresses_are_asked_by_their_own_kind_everywhere(
    ending: str, kind: FieldKind
) -> None:
    asked = [(name, each) for name, each in fields() if each["key"].endswith(ending)]
    assert asked
    wrong = [(name, each["key"]) for name, each in asked if each.get("kind") != kind.value]
    assert wrong == []


@pytest.mark.clause("KT22-4.2#2", "DL24-3.3#2")
@pytest.mark.any_regulation("the forms are one set for all provinces")
def test_forms_are_sections_of_labelled_questions_of_known_kinds() -> None:
    assert FORMS
    for name, form in FORMS.items():
        assert [part["title"] for part in form["sections"] if not part["title"].strip()] == [], name
        asked = [(each["key"], each["label"]) for part in form["sections"] for each in part["fields"]]
        read = [each for part in form["sections"] for each in wire.section(part).fields]
        assert [(each.key, each.label) for each in read] == asked, name
        assert {each.kind for each in read} <= set(FieldKind), name
    known = {kind.value for kind in FieldKind}
    for name, each in fields():
        assert each["label"].strip(), (name, each["key"])
        assert each.get("kind", FieldKind.TEXT.value) in known, (name, each["key"])
