"""A refused act that is about no dossier names the clauses of the regulation in force."""

from __future__ import annotations

from datetime import datetime

import pytest
from pytest_django import Settings

from motcua.kernel.dates import ZONE
from motcua.kernel.errors import Forbidden, Refusal, Technical
from motcua.law import queries as law
from motcua.law.rules.grounding import Grounds, named_in
from motcua.law.services import grounds_of, rests_on

AT = datetime(2024, 11, 4, 9, tzinfo=ZONE)


class OfOurs(Technical):
    """A limit of a test."""


def _may() -> None:
    """Who may. Basis: DL24-10.2, PT24-23.8; DL24-10.2."""


@rests_on(_may, names="operator.agency")
def refuse(*, at: datetime, refusal: Refusal | None = None) -> str:
    """Basis: DL24-18.4#3."""
    if refusal is not None:
        raise refusal
    return "done"


@rests_on()
def refuse_by_itself(*, at: datetime) -> None:
    """Basis: DL24-18.4#3.

    DL24-5.4 is no basis.
    """
    raise Forbidden()


@pytest.mark.parametrize(
    ("province", "clauses"),
    [
        ("dak-lak", ("DL24-10.2", "DL24-14.1#3")),
        ("phu-tho", ("PT24-23.8", "PT24-21.1#1")),
        ("quang-ngai", ("QN20-23.1#1", "QN20-22.4")),
    ],
)
def test_refusal_names_what_rules_and_key_say_of_the_regulation_in_force(
    province: str, clauses: tuple[str, ...], settings: Settings
) -> None:
    settings.PROVINCE = province
    assert refuse(at=AT) == "done"
    with pytest.raises(Forbidden) as refused:
        refuse(at=AT, refusal=Forbidden())
    assert refused.value.clauses == clauses


def test_service_without_rules_rests_on_itself(settings: Settings) -> None:
    settings.PROVINCE = "dak-lak"
    with pytest.raises(Forbidden) as refused:
        refuse_by_itself(at=AT)
    assert refused.value.clauses == ("DL24-18.4#3",)
    settings.PROVINCE = "phu-tho"  # says nothing of it
    with pytest.raises(Forbidden) as refused:
        refuse_by_itself(at=AT)
    assert refused.value.clauses == ()


def test_clauses_of_its_own_stay_and_what_is_ours_has_none(settings: Settings) -> None:
    settings.PROVINCE = "dak-lak"
    with pytest.raises(Forbidden) as refused:
        refuse(at=AT, refusal=Forbidden(clauses=("DL24-5.4",)))
    assert refused.value.clauses == ("DL24-5.4",)
    with pytest.raises(OfOurs) as of_ours:
        refuse(at=AT, refusal=OfOurs())
    assert of_ours.value.clauses == ()


def test_where_no_regulation_is_in_force_the_refusal_says_nothing(settings: Settings) -> None:
    settings.PROVINCE = "dak-lak"
    with pytest.raises(Forbidden) as refused:
        refuse(at=AT.replace(year=1999), refusal=Forbidden())
    assert refused.value.clauses == ()


def test_day_is_that_of_vietnam(settings: Settings) -> None:
    """The decision of Kon Tum of 2022 is in force from 24 March; in London it is still the 23rd."""
    settings.PROVINCE = "kon-tum"
    for moment, name in (("2022-03-23T23:59+07:00", "KT18"), ("2022-03-23T17:00+00:00", "KT22")):
        with pytest.raises(Forbidden) as refused:
            refuse(at=datetime.fromisoformat(moment), refusal=Forbidden())
        assert refused.value.clauses
        assert {one.partition("-")[0] for one in refused.value.clauses} == {name}


def test_grounds_are_those_of_the_service() -> None:
    assert grounds_of(refuse) == Grounds((_may,), "operator.agency")
    assert grounds_of(refuse).under(law.regulation("DL24")) == ("DL24-10.2", "DL24-14.1#3")
    with pytest.raises(KeyError):
        grounds_of(_may)


def test_no_basis_names_nothing() -> None:
    assert named_in(None, "DL24") == named_in("DL24-10.2", "DL24") == ()
