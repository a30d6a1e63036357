"""One filing changed on two pages at once: what each of them really changed, put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from motcua.dossiers.errors import Stale
from motcua.dossiers.rules.state import Applicant, Contents
from motcua.portal.forms.details import AskingForm, CapacityForm, ContactForm, DeliveryForm, PersonForm

T = TypeVar("T")
ASKING = (PersonForm, CapacityForm, ContactForm, DeliveryForm)


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that the pages of a filing change."""

    contents: Contents
    agency_id: int
    variant: str


def merged(shown: Prepared, wanted: Prepared, now: Prepared) -> Prepared:
    """What stands there `now`, changed by what the page wants that differs from what it had `shown`.

    The questions of one page about people or the result are one part, for half of two answers fits nobody;
    each question of the e-form is a part of its own. Raises Stale if both changed the same part, each to
    something else.
    """
    contents = [each.contents for each in (shown, wanted, now)]
    person = pick(*((_identity(each), each.submitter_name, _kept(each, PersonForm)) for each in contents))
    contact = pick(*((_contact(each), _kept(each, ContactForm)) for each in contents))
    capacity = pick(
        *(
            (each.submitter_name, each.capacity, each.authority, _kept(each, CapacityForm))
            for each in contents
        )
    )
    delivery = pick(*((each.delivery, _kept(each, DeliveryForm)) for each in contents))
    identity, submitter, unfinished_person = person
    together = Contents(
        applicant=_reached_as(identity, contact[0]),
        form_data=merged_answers(*(each.form_data for each in contents)),
        documents=pick(*(each.documents for each in contents)),
        delivery=delivery[0],
        submitter_name=submitter,
        capacity=capacity[1],
        authority=capacity[2],
        unfinished={**_rest(now.contents), **unfinished_person, **contact[1], **capacity[3], **delivery[1]},
    )
    return Prepared(
        together,
        pick(shown.agency_id, wanted.agency_id, now.agency_id),
        pick(shown.variant, wanted.variant, now.variant),
    )


def merged_answers(
    shown: Mapping[str, Any], wanted: Mapping[str, Any], now: Mapping[str, Any]
) -> dict[str, Any]:
    """The same for answers by question, in the order in which they stand now. Raises Stale."""
    keys: Iterable[str] = dict.fromkeys([*now, *wanted])
    found = {key: pick(shown.get(key), wanted.get(key), now.get(key)) for key in keys}
    return {key: value for key, value in found.items() if value is not None}


def sorted_out(
    shown: Mapping[str, Any], wanted: Mapping[str, Any], now: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What stands there now with what the page changed, question by question; and of questions that both
    changed, each to something else, what stands there now (None for nothing)."""
    together, contested = dict(now), {}
    for key in dict.fromkeys([*shown, *wanted, *now]):
        try:
            found = pick(shown.get(key), wanted.get(key), now.get(key))
        except Stale:
            contested[key] = now.get(key)
            continue
        together.pop(key, None)
        if found is not None:
            together[key] = found
    return together, contested


def pick(shown: T, wanted: T, now: T) -> T:
    """One part of what stands there now, or what the page wants of it. Raises Stale if both changed it."""
    if wanted in (shown, now):
        return now
    if now == shown:
        return wanted
    raise Stale


def _identity(contents: Contents) -> Applicant:
    """Who the applicant is, without how they are reached."""
    return replace(contents.applicant, phone="", email="", address="")


def _contact(contents: Contents) -> tuple[str, str, str]:
    return contents.applicant.phone, contents.applicant.email, contents.applicant.address


def _reached_as(identity: Applicant, contact: tuple[str, str, str]) -> Applicant:
    phone, email, address = contact
    return replace(identity, phone=phone, email=email, address=address)


def _kept(contents: Contents, form: type[AskingForm]) -> dict[str, str]:
    """What was typed on this page and cannot be taken as it stands."""
    return {name: text for name, text in contents.unfinished.items() if name in form.base_fields}


def _rest(contents: Contents) -> dict[str, str]:
    """What is unfinished and belongs to none of these pages."""
    known = {name for form in ASKING for name in form.base_fields}
    return {name: text for name, text in contents.unfinished.items() if name not in known}
