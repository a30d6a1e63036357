"""Mandates: offered without telling who exists, accepted by number and name, ended by either side."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.accounts.acting import mandate
from tests.accounts.people import MORNING, PASSWORD, citizen, officer

from motcua.accounts import services
from motcua.accounts.errors import FieldErrors, MandateSettled, TooManyMandates
from motcua.accounts.models import Account, Mandate
from motcua.accounts.queries import acting, actor_of
from motcua.accounts.rules import acting as rules
from motcua.accounts.rules.limits import limit
from motcua.kernel.errors import Forbidden, NotFound
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()


def an() -> Account:
    return Account.objects.get(pk=citizen().id)


def binh(**fields: object) -> Account:
    given = {"personal_id": "066090000002", "phone": "0912345679", "email": "binh@example.vn"}
    return Account.objects.get(pk=citizen("Trần Văn Bình", **given | fields).id)  # type: ignore[arg-type]


def giang() -> Account:
    card = citizen("Lê Giang", personal_id="066090000003", phone="0912345670", email="giang@example.vn")
    return Account.objects.get(pk=card.id)


def grants(account: Account, on: date = TODAY) -> list[str]:
    return [grant.name for grant in acting.grants_of(account.pk, on)]


def told(key: str) -> list[int | None]:
    return sorted({row.account_id or 0 for row in OutboxMessage.objects.filter(key=key)})


@pytest.mark.clause("KT22-1.2.c", "PT24-8.2")
@pytest.mark.any_regulation("a mandate is between two accounts; filing under it is played in test_acting")
def test_mandate_gives_nothing_before_it_is_accepted_and_everything_after() -> None:
    giver, receiver = an(), binh()
    made = mandate(giver, receiver, MORNING, accepted=False)
    assert grants(receiver) == []
    assert told("mandate.offered") == [receiver.pk]

    services.accept_mandate(actor=actor_of(receiver), mandate_id=made, at=MORNING)

    (grant,) = acting.grants_of(receiver.pk, TODAY)
    assert (grant.name, grant.number, grant.principal_id) == (giver.full_name, "066090000001", str(giver.pk))
    assert told("mandate.accepted") == [giver.pk]
    assert grants(giver) == []


def test_mandate_holds_from_its_first_day_to_its_last() -> None:
    receiver = binh()
    mandate(an(), receiver, MORNING, since=TODAY + timedelta(days=2), until=TODAY + timedelta(days=4))
    assert [len(grants(receiver, TODAY + timedelta(days=n))) for n in range(1, 6)] == [0, 1, 1, 1, 0]


@pytest.mark.parametrize("exists", [True, False])
def test_offer_answers_the_same_whether_or_not_the_account_exists(exists: bool) -> None:
    giver = an()
    named = binh() if exists else Account(full_name="Trần Văn Bình", personal_id="066090000002")
    made = mandate(giver, named, MORNING, accepted=False)
    card = acting.mandate(giver.pk, made, TODAY)
    assert (card.other, card.number, card.standing) == ("Trần Văn Bình", "066090000002", "waiting")


def test_offer_finds_whoever_registers_later() -> None:
    giver = an()
    later = Account(full_name="Trần Văn Bình", personal_id="066090000002")
    made = mandate(giver, later, MORNING, accepted=False)
    receiver = binh()
    assert [card.id for card in acting.mandates_of(receiver.pk, TODAY)] == [made]
    services.accept_mandate(actor=actor_of(receiver), mandate_id=made, at=MORNING)
    assert grants(receiver) == [giver.full_name]


@pytest.mark.parametrize("change", [{"name": "Trần Văn Bìn"}, {"number": "066090000009"}])
def test_offer_to_another_name_or_number_is_not_theirs(change: dict[str, str]) -> None:
    receiver = binh()
    made = mandate(an(), receiver, MORNING, accepted=False, **change)
    assert acting.mandates_of(receiver.pk, TODAY) == ()
    with pytest.raises(NotFound):
        services.accept_mandate(actor=actor_of(receiver), mandate_id=made, at=MORNING)
    assert told("mandate.offered") == []


def test_offer_to_an_account_that_was_never_confirmed_waits() -> None:
    receiver = binh(is_confirmed=False)
    mandate(an(), receiver, MORNING, accepted=False)
    assert acting.mandates_of(receiver.pk, TODAY) == ()
    assert told("mandate.offered") == []


@pytest.mark.parametrize("who", ["giver", "receiver"])
def test_mandate_ends_at_once_and_the_other_side_is_told(who: str) -> None:
    giver, receiver = an(), binh()
    made = mandate(giver, receiver, MORNING)
    ends, other = (giver, receiver) if who == "giver" else (receiver, giver)

    services.end_mandate(actor=actor_of(ends), mandate_id=made, at=MORNING)

    assert grants(receiver) == []
    assert told("mandate.ended") == [other.pk]
    assert acting.mandate(other.pk, made, TODAY).standing == "ended"
    with pytest.raises(MandateSettled):
        services.end_mandate(actor=actor_of(giver), mandate_id=made, at=MORNING)


@pytest.mark.parametrize("exists", [True, False])
def test_offer_that_is_withdrawn_is_told_to_whom_it_was_made(exists: bool) -> None:
    giver = an()
    named = binh() if exists else Account(full_name="Trần Văn Bình", personal_id="066090000002")
    made = mandate(giver, named, MORNING, accepted=False)
    services.end_mandate(actor=actor_of(giver), mandate_id=made, at=MORNING)
    assert acting.mandate(giver.pk, made, TODAY).standing == "withdrawn"
    assert told("mandate.withdrawn") == ([named.pk] if exists else [])
    assert told("mandate.ended") == []


def test_mandate_that_was_declined_cannot_be_accepted() -> None:
    giver, receiver = an(), binh()
    made = mandate(giver, receiver, MORNING, accepted=False)
    services.end_mandate(actor=actor_of(receiver), mandate_id=made, at=MORNING)
    assert acting.mandate(giver.pk, made, TODAY).standing == "declined"
    assert told("mandate.declined") == [giver.pk]
    with pytest.raises(MandateSettled):
        services.accept_mandate(actor=actor_of(receiver), mandate_id=made, at=MORNING)
    assert grants(receiver) == []


def test_mandate_that_is_over_cannot_be_accepted() -> None:
    receiver = binh()
    made = mandate(an(), receiver, MORNING, accepted=False)
    with pytest.raises(MandateSettled):
        services.accept_mandate(actor=actor_of(receiver), mandate_id=made, at=MORNING + timedelta(days=31))


def test_mandate_is_nobody_elses_business() -> None:
    stranger = giang()
    made = mandate(an(), binh(), MORNING)
    with pytest.raises(NotFound):
        acting.mandate(stranger.pk, made, TODAY)
    for act in (services.end_mandate, services.accept_mandate):
        with pytest.raises(NotFound):
            act(actor=actor_of(stranger), mandate_id=made, at=MORNING)


def test_offer_needs_the_givers_password() -> None:
    giver = an()
    offer = services.Offer("066090000002", "Bình", TODAY, TODAY, (), "018f0000-0000-7000-8000-000000000000")
    with pytest.raises(FieldErrors) as refused:
        services.offer_mandate(actor=actor_of(giver), offer=offer, password="sai", at=MORNING)
    assert set(refused.value.fields) == {"password"}
    assert not Mandate.objects.exists()


def test_offer_says_all_that_is_wrong_at_once() -> None:
    giver = an()
    many = [f"1.{number:06d}" for number in range(limit("mandate.most_procedures") + 1)]
    offer = services.Offer("123", "", TODAY, None, many, "")
    with pytest.raises(FieldErrors) as refused:
        services.offer_mandate(actor=actor_of(giver), offer=offer, password=PASSWORD, at=MORNING)
    assert set(refused.value.fields) == {"number", "name", "until", "procedures", "paper"}
    own = services.Offer("066090000001", "An", TODAY, TODAY, (), "018f0000-0000-7000-8000-000000000000")
    with pytest.raises(FieldErrors) as refused:
        services.offer_mandate(actor=actor_of(giver), offer=own, password=PASSWORD, at=MORNING)
    assert refused.value.fields == {"number": rules.OWN_NUMBER}


def test_officer_neither_gives_nor_takes_a_mandate() -> None:
    chi = officer()
    offer = services.Offer("066090000002", "Bình", TODAY, TODAY, (), "018f0000-0000-7000-8000-000000000000")
    with pytest.raises(Forbidden):
        services.offer_mandate(actor=actor_of(chi), offer=offer, password=PASSWORD, at=MORNING)
    made = mandate(an(), binh(), MORNING, accepted=False)
    with pytest.raises(Forbidden):
        services.accept_mandate(actor=actor_of(chi), mandate_id=made, at=MORNING)


def test_offers_that_wait_are_limited() -> None:
    giver = an()
    unknown = Account(full_name="Ai Đó", personal_id="066090000099")
    for _ in range(limit("mandate.most_waiting")):
        last = mandate(giver, unknown, MORNING, accepted=False)
    with pytest.raises(TooManyMandates):
        mandate(giver, unknown, MORNING, accepted=False)
    services.end_mandate(actor=actor_of(giver), mandate_id=last, at=MORNING)
    mandate(giver, unknown, MORNING, accepted=False)


def test_giver_who_is_closed_gives_nothing() -> None:
    giver, receiver = an(), binh()
    mandate(giver, receiver, MORNING)
    Account.objects.filter(pk=giver.pk).update(is_active=False)
    assert grants(receiver) == []


def test_what_waits_is_counted() -> None:
    giver, receiver = an(), binh()
    mandate(giver, receiver, MORNING, accepted=False)
    assert [acting.waiting(each.pk, TODAY) for each in (giver, receiver)] == [0, 1]
