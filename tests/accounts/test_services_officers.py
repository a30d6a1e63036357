"""Officers' accounts, and who may look after them."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import get_user
from tests.accounts.conftest import Requests, last_code
from tests.accounts.people import MORNING, PASSWORD, citizen, officer

from motcua.accounts import policy, services
from motcua.accounts.enums import AccountKind
from motcua.accounts.errors import FieldErrors, WrongCode, WrongLogin
from motcua.accounts.models import Account
from motcua.accounts.queries import AccountCard, account_card, actor_of
from motcua.accounts.rules import entries
from motcua.accounts.services import officers
from motcua.audit import queries as audit
from motcua.kernel.actors import SYSTEM, Actor, ActorKind
from motcua.kernel.errors import Forbidden, NotFound
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db


def administrator() -> AccountCard:
    return officer("Quản trị viên", username="quantri", email="quantri@example.vn", is_admin=True)


@pytest.mark.clause("DL24-24.2#1", "QN20-4.3#1")
@pytest.mark.any_regulation("who logs in how is the same under every regulation: nothing of it asks for one")
def test_create_by_administrator_gives_a_password_to_be_changed() -> None:
    given = services.create_officer(
        actor=actor_of(administrator()), username="Dung.LV", full_name="Lê Văn Dũng", at=MORNING
    )

    assert (given.account.username, given.account.must_change_password) == ("dung.lv", True)
    assert given.password not in repr(given)
    card = services.log_in(
        request=Requests.address(),
        kind=AccountKind.OFFICER,
        identifier="dung.lv",
        password=given.password,
        at=MORNING,
    )
    assert card == given.account


def test_create_with_wrong_entries_names_the_fields() -> None:
    with pytest.raises(FieldErrors) as refused:
        services.create_officer(
            actor=SYSTEM, username="d", full_name="", email="x", phone="1", password="ngắn", at=MORNING
        )
    assert sorted(refused.value.fields) == ["email", "full_name", "password", "phone", "username"]


def test_create_with_taken_username_is_refused() -> None:
    officer()
    with pytest.raises(FieldErrors) as refused:
        services.create_officer(actor=SYSTEM, username="CHI", full_name="Chi Khác", at=MORNING)
    assert refused.value.fields == {"username": officers.TAKEN_USERNAME}


def test_only_active_administrators_with_their_own_password_may_administer() -> None:
    admin = administrator()
    given = officer("Mới", username="moi", is_admin=True, must_change_password=True)
    closed = officer("Cũ", username="cu", is_admin=True, is_active=False)
    stranger = Actor(ActorKind.OFFICER, "4711", "Giang")

    may = [
        policy.may_administer(actor)
        for actor in (
            SYSTEM,
            actor_of(admin),
            actor_of(given),
            actor_of(closed),
            actor_of(officer()),
            actor_of(citizen()),
            stranger,
            Actor(ActorKind.OFFICER, "", "Ai đó"),
        )
    ]
    assert may == [True, True, False, False, False, False, False, False]


@pytest.mark.parametrize("verb", ["create", "give", "close", "promote"])
@pytest.mark.clause("PT24-3.4", "QN20-4.3#1")
@pytest.mark.any_regulation("who logs in how is the same under every regulation: nothing of it asks for one")
def test_every_verb_by_plain_officer_is_forbidden(verb: str) -> None:
    chi = officer()
    dung = officer("Lê Văn Dũng", username="dung")
    actor = actor_of(chi)
    verbs = {
        "create": lambda: services.create_officer(
            actor=actor, username="moi", full_name="Người Mới", at=MORNING
        ),
        "give": lambda: services.give_password(actor=actor, account_id=dung.id, at=MORNING),
        "close": lambda: services.set_active(actor=actor, account_id=dung.id, is_active=False, at=MORNING),
        "promote": lambda: services.set_admin(actor=actor, account_id=chi.id, is_admin=True, at=MORNING),
    }
    with pytest.raises(Forbidden):
        verbs[verb]()
    assert account_card(dung.id) == dung
    assert Account.objects.count() == 2


def test_give_password_ends_the_old_one_and_must_be_changed() -> None:
    chi = officer()
    given = services.give_password(actor=SYSTEM, account_id=chi.id, at=MORNING)

    assert given.account.must_change_password
    with pytest.raises(WrongLogin):
        services.log_in(
            request=Requests.address(),
            kind=AccountKind.OFFICER,
            identifier="chi",
            password=PASSWORD,
            at=MORNING,
        )


def test_close_ends_open_sessions() -> None:
    chi = officer()
    request = Requests.address()
    services.log_in(
        request=request, kind=AccountKind.OFFICER, identifier="chi", password=PASSWORD, at=MORNING
    )

    services.set_active(actor=SYSTEM, account_id=chi.id, is_active=False, at=MORNING)

    assert not get_user(request).is_authenticated


def test_administrator_cannot_close_or_demote_themselves() -> None:
    admin = administrator()
    with pytest.raises(Forbidden):
        services.set_active(actor=actor_of(admin), account_id=admin.id, is_active=False, at=MORNING)
    with pytest.raises(Forbidden):
        services.set_admin(actor=actor_of(admin), account_id=admin.id, is_admin=False, at=MORNING)


def test_verbs_on_a_citizen_do_not_find_an_officer() -> None:
    with pytest.raises(NotFound):
        services.give_password(actor=SYSTEM, account_id=citizen().id, at=MORNING)


@pytest.mark.clause("PT24-6.1.d")
@pytest.mark.any_regulation("who logs in how is the same under every regulation: nothing of it asks for one")
def test_profile_changed_by_owner_keeps_number_and_contacts() -> None:
    an = citizen()
    card = services.update_profile(
        actor=actor_of(an),
        full_name="Nguyễn Văn  Ân",
        address=" 1 Hùng Vương ",
        date_of_birth=date(1990, 5, 1),
        at=MORNING,
    )

    assert (card.full_name, card.address) == ("Nguyễn Văn Ân", "1 Hùng Vương")
    assert (card.personal_id, card.email, card.phone) == (an.personal_id, an.email, an.phone)
    assert Account.objects.get().search_text == "nguyen van an"


def test_profile_with_a_birthday_ahead_names_the_field() -> None:
    an = citizen()
    with pytest.raises(FieldErrors) as refused:
        services.update_profile(
            actor=actor_of(an), full_name="An", address="", date_of_birth=date(2044, 1, 1), at=MORNING
        )
    assert refused.value.fields == {"date_of_birth": entries.BAD_BIRTH}


def test_language_is_one_of_ours() -> None:
    an = citizen()
    services.set_language(actor=actor_of(an), language="en")
    assert account_card(an.id).language == "en"
    with pytest.raises(FieldErrors):
        services.set_language(actor=actor_of(an), language="fr")


def test_change_of_an_officer_is_in_the_chain_with_old_and_new_values_and_told() -> None:
    admin, chi = administrator(), officer(email_verified_at=MORNING)
    card = services.change_officer(
        actor=actor_of(admin), account_id=chi.id, at=MORNING, full_name="Trần  Thị Chí", phone="0905 000 077"
    )
    assert (card.full_name, card.phone, card.email_is_verified) == ("Trần Thị Chí", "0905000077", True)
    act = audit.acts(what=f"account:{chi.id}")[0]
    assert (act.act, act.actor_name) == ("officer_changed", "Quản trị viên")
    assert act.facts == {
        "name": "Trần Thị Chí",
        "username": "chi",
        "full_name_was": "Trần Thị Chi",
        "full_name_is": "Trần Thị Chí",
        "phone_was": "",
        "phone_is": "0905000077",
    }
    told = OutboxMessage.objects.filter(key="account.changed_by_administrator")
    assert set(told.values_list("channel", "address")) == {("in_app", ""), ("email", "chi@example.vn")}
    found = Account.objects.get(pk=chi.id)
    assert found.search_text == "tran thi chi chi"


def test_new_email_of_an_officer_is_a_claim_and_codes_for_the_old_one_are_void() -> None:
    admin, chi = administrator(), officer(email_verified_at=MORNING)
    services.request_reset(kind=AccountKind.OFFICER, identifier="chi", at=MORNING)
    card = services.change_officer(
        actor=actor_of(admin), account_id=chi.id, at=MORNING, email="Moi@example.vn"
    )
    assert (card.email, card.email_is_verified) == ("moi@example.vn", False)
    told = OutboxMessage.objects.filter(key="account.changed_by_administrator", channel="email")
    assert told.get().address == "chi@example.vn"
    with pytest.raises(WrongCode):
        services.reset_password(
            kind=AccountKind.OFFICER,
            identifier="chi",
            code=last_code("account.reset"),
            new="nước chảy đá mòn",
            at=MORNING,
        )


def test_change_that_changes_nothing_is_no_act() -> None:
    admin, chi = administrator(), officer(email_verified_at=MORNING)
    services.change_officer(
        actor=actor_of(admin),
        account_id=chi.id,
        at=MORNING,
        full_name=" Trần Thị Chi ",
        email="chi@example.vn",
    )
    assert (account_card(chi.id), len(audit.acts(what=f"account:{chi.id}"))) == (chi, 0)


def test_change_with_wrong_entries_names_the_fields_and_changes_nothing() -> None:
    admin, chi = administrator(), officer()
    with pytest.raises(FieldErrors) as refused:
        services.change_officer(
            actor=actor_of(admin), account_id=chi.id, at=MORNING, full_name="Chi 2", phone="1", email="x"
        )
    assert (set(refused.value.fields), account_card(chi.id)) == ({"full_name", "phone", "email"}, chi)


def test_nobody_changes_themselves_a_citizen_or_without_the_right() -> None:
    admin, chi = administrator(), officer()
    for actor, who in ((admin, admin), (chi, admin), (chi, chi)):
        with pytest.raises(Forbidden):
            services.change_officer(actor=actor_of(actor), account_id=who.id, at=MORNING, full_name="Ai Đó")
    with pytest.raises(NotFound):
        services.change_officer(actor=actor_of(admin), account_id=citizen().id, at=MORNING, full_name="Ai Đó")
