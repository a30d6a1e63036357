"""A citizen closes their own account: what ends, what stays, what stands against it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from tests.accounts import acting
from tests.accounts.conftest import last_code
from tests.accounts.people import PASSWORD
from tests.dossiers.test_acting import REACH, cast, company, mandate
from tests.dossiers.test_concurrency import alone, at_once
from tests.dossiers.world import CONSENT, World, make_world

from motcua.accounts import services as accounts
from motcua.accounts.errors import FieldErrors, WrongCode
from motcua.accounts.models import Account, Mandate, Membership
from motcua.accounts.queries import find_citizen
from motcua.accounts.rules.acting import MemberRole
from motcua.audit import queries as audit
from motcua.documents import queries as documents
from motcua.documents import services as document_services
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Status
from motcua.dossiers.errors import OrganisationHoldsYou, ResultComesHere, WaitsForYou
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.state import ResultDelivery, SupplementItem
from motcua.dossiers.services import Act, Hindrance, leaving
from motcua.dossiers.services import act as acts
from motcua.kernel.errors import Forbidden, Refusal
from motcua.notify.models import OutboxMessage

__all__ = ["cast"]  # a fixture

pytestmark = pytest.mark.django_db


def ask(world: World, who: str = "an", **changes: Any) -> str:
    """The code that closes the account."""
    given = {"actor": world.actor(who), "password": PASSWORD, "at": world.now} | changes
    services.ask_to_close_account(**given)
    return last_code("account.close_code")


def close(world: World, who: str = "an", code: str = "") -> None:
    code = code or ask(world, who)
    services.close_account(actor=world.actor(who), code=code, at=world.now)


def row(world: World, who: str = "an") -> Account:
    return Account.objects.get(pk=world.people[who].pk)


def filed(world: World, **changes: Any) -> Act:
    return world.submit(world.draft(**changes))


def supplement_wanted(world: World, act: Act) -> Act:
    return services.request_supplement(
        actor=world.actor("chi"), at=world.later(minutes=1), dossier_id=act.dossier_id,
        expected_version=world.state(act).version, items=(SupplementItem("paper", "Bản chụp rõ"),),
        reason="Ảnh mờ", guidance="Chụp lại",
    )  # fmt: skip


def online(world: World) -> Act:
    return filed(world, delivery=ResultDelivery("online"))


def test_drafts_go_what_was_filed_stays_and_can_be_followed(cast: World) -> None:
    draft, act = cast.draft(), cast.accept(filed(cast))
    document_services.lay(actor=cast.actor("an"), purpose="draft:x", contents={"a": 1}, at=cast.now)
    before = cast.state(act)
    close(cast)
    assert cast.state(draft).status is Status.WITHDRAWN
    assert cast.state(act) == before
    assert before.code
    assert queries.tracking(before.code) is not None
    assert documents.tray(cast.actor("an"), "draft:x") == {}
    closed = row(cast)
    assert (closed.is_active, closed.phone, closed.address, closed.date_of_birth) == (False, "", "", None)
    assert (closed.full_name, closed.personal_id) == ("An", cast.people["an"].personal_id)
    assert closed.closed_at == cast.now
    assert not closed.has_usable_password()
    assert find_citizen(closed.personal_id or "") is None
    assert [(each.act, each.what) for each in audit.acts(before=None, limit=1)] == [
        ("account_closed", f"account:{closed.pk}")
    ]


def test_letters_stop_but_those_that_must_be_sent(cast: World) -> None:
    act = filed(cast)
    close(cast)
    assert OutboxMessage.objects.filter(key="account.closed", account=cast.people["an"]).exists()
    cast.accept(act)
    sent = OutboxMessage.objects.filter(about=act.dossier_id, key="dossier.accepted", channel="email")
    assert sent.filter(account=cast.people["an"]).exists()


def test_number_and_mailbox_register_anew_and_see_nothing_of_before(cast: World) -> None:
    act = filed(cast)
    old = cast.people["an"]
    close(cast)
    at = cast.now + timedelta(days=1)
    accounts.register_citizen(
        full_name="An", personal_id=old.personal_id or "", phone="0905111222", email=old.email,
        password="mot mat khau moi 47", at=at, accepts_terms=True,
    )  # fmt: skip
    made = Account.objects.get(personal_id=old.personal_id, closed_at=None)
    code = last_code("account.code")
    accounts.confirm_email(account_id=made.pk, registered_at=made.created_at, code=code, at=at)
    cast.people["moi"] = Account.objects.get(pk=made.pk)
    assert made.pk != old.pk
    assert find_citizen(old.personal_id or "") is not None
    with pytest.raises(Forbidden):
        services.open_dossier(actor=cast.actor("moi"), at=at, dossier_id=act.dossier_id)


def test_password_and_code_are_both_asked(cast: World) -> None:
    with pytest.raises(FieldErrors):
        ask(cast, password="khong phai")
    code = ask(cast)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    with pytest.raises(WrongCode):
        close(cast, code=wrong)
    assert row(cast).is_active
    close(cast, code=code)
    with pytest.raises(Forbidden):  # pressed again
        services.close_account(actor=cast.actor("an"), code=code, at=cast.later(minutes=2))


@pytest.mark.parametrize(
    ("made", "what", "refusal"),
    [
        (lambda world: supplement_wanted(world, filed(world)), Hindrance.AWAITED, WaitsForYou),
        (online, Hindrance.RESULT, ResultComesHere),
    ],
)
def test_account_stays_open_while_something_is_awaited_or_comes_into_it(
    cast: World, made: Any, what: Hindrance, refusal: type[Refusal]
) -> None:
    act, draft = made(cast), cast.draft()
    accounts.ask_to_close(actor=cast.actor("an"), password=PASSWORD, at=cast.now)
    code = last_code("account.close_code")
    assert [(each.what, each.id) for each in services.against_closing(actor=cast.actor("an"))] == [
        (what, act.dossier_id)
    ]
    with pytest.raises(refusal):
        ask(cast)
    with pytest.raises(refusal):
        close(cast, code=code)
    assert row(cast).is_active
    assert cast.state(draft).status is Status.DRAFT
    services.withdraw(
        actor=cast.actor("an"), at=cast.now, dossier_id=act.dossier_id,
        expected_version=cast.state(act).version, reason="Không cần nữa",
    )  # fmt: skip
    close(cast, code=code)


def test_what_is_awaited_in_others_matters_does_not_hold_whoever_filed_it(cast: World) -> None:
    """The giver of the mandate goes on with it."""
    made = mandate(cast)
    draft = cast.draft(actor=cast.actor("binh"), acting_by=f"uy-quyen-{made}", applicant=REACH)
    act = supplement_wanted(cast, cast.submit(draft, actor=cast.actor("binh")))
    assert services.against_closing(actor=cast.actor("binh")) == ()
    assert [each.id for each in services.against_closing(actor=cast.actor("an"))] == [act.dossier_id]


def test_mandates_both_ways_end_with_word_to_the_others(cast: World) -> None:
    given = mandate(cast)
    held = acting.mandate(cast.people["hai"], cast.people["an"], cast.now)
    waiting = acting.mandate(cast.people["an"], cast.people["khach"], cast.now, accepted=False)
    close(cast)
    ended = Mandate.objects.filter(pk__in=(given, held, waiting))
    assert {each.ended_by for each in ended} == {cast.people["an"]}
    told = OutboxMessage.objects.filter(key__in=("mandate.ended", "mandate.withdrawn"))
    assert set(told.values_list("account_id", flat=True)) == {
        cast.people[name].pk for name in ("binh", "hai", "khach")
    }


def test_organisation_is_left_or_closed_and_holds_its_only_representative(cast: World) -> None:
    made = company(cast, binh=MemberRole.FILER)
    against = services.against_closing(actor=cast.actor("an"))
    assert [(each.what, each.id) for each in against] == [(Hindrance.ORGANISATION, str(made))]
    with pytest.raises(OrganisationHoldsYou):
        ask(cast)
    close(cast, "binh")
    left = OutboxMessage.objects.filter(key="organisation.left", account=cast.people["an"])
    assert left.exists()
    assert services.against_closing(actor=cast.actor("an")) == ()  # nobody else is there
    close(cast)
    assert not Membership.objects.filter(organisation_id=made, ended_at=None).exists()


def test_organisation_with_something_open_holds_its_last_person(cast: World) -> None:
    made = company(cast)
    cast.draft(acting_by=f"to-chuc-{made}", applicant=REACH)
    with pytest.raises(OrganisationHoldsYou):
        ask(cast)


def test_mandate_draft_of_a_representative_is_thrown_away_with_their_account(cast: World) -> None:
    made = mandate(cast)
    draft = cast.draft(actor=cast.actor("binh"), acting_by=f"uy-quyen-{made}", applicant=REACH)
    close(cast, "binh")
    assert cast.state(draft).status is Status.WITHDRAWN


# --- at one moment ------------------------------------------------------------------------------------------


def real(transactional: None) -> World:
    world = make_world()
    for name in ("an",):
        world.people[name].password = make_password(PASSWORD)
        world.people[name].save(update_fields=["password"])
    return world


@pytest.mark.django_db(transaction=True)
def test_draft_that_is_sent_while_the_account_closes_is_filed_or_thrown_away(transactional_db: None) -> None:
    world = real(transactional_db)
    draft, code = world.draft(), ask(world)

    def send() -> Any:
        try:
            return services.submit(
                actor=world.actor("an"), at=world.later(minutes=1), dossier_id=draft.dossier_id,
                expected_version=draft.version, submission_key="once", consent=CONSENT,
            )  # fmt: skip
        except Refusal as refusal:
            return refusal

    sent, _ = at_once(send, lambda: close(world, code=code))
    assert not row(world).is_active
    status = world.state(draft).status
    assert status is (Status.WITHDRAWN if isinstance(sent, Refusal) else Status.SUBMITTED)


@pytest.mark.django_db(transaction=True)
def test_closing_pressed_twice_at_one_moment_closes_once(transactional_db: None) -> None:
    world = real(transactional_db)
    code = ask(world)

    def press() -> type | None:
        try:
            close(world, code=code)
        except Refusal as refusal:
            return type(refusal)
        return None

    assert set(at_once(press, press)) == {None, Forbidden}
    assert OutboxMessage.objects.filter(key="account.closed").count() == 1
    assert len(audit.acts(before=None, limit=5)) == 1


def while_it_closes(
    world: World, monkeypatch: pytest.MonkeyPatch, work: Callable[[], Any]
) -> tuple[bool, Any]:
    """Close the account; when all was looked at, another begins with `work`. Whether that had to
    wait, and what came of it."""
    code, own = ask(world), leaving.accounts.close
    begun: list[tuple[bool, Future[Any]]] = []
    with ThreadPoolExecutor(1) as pool:

        def closing(**given: Any) -> None:
            other = pool.submit(alone, work)
            try:
                other.result(timeout=1)
            except TimeoutError:
                begun.append((True, other))
            else:
                begun.append((False, other))
            own(**given)

        monkeypatch.setattr(leaving.accounts, "close", closing)
        close(world, code=code)
        ((has_waited, other),) = begun
        return has_waited, other.result(timeout=20)


@pytest.mark.django_db(transaction=True)
def test_nothing_new_is_begun_in_an_account_that_is_being_closed(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = real(transactional_db)
    has_waited, came = while_it_closes(
        world, monkeypatch, lambda: world.submit(world.draft(delivery=ResultDelivery("online")))
    )
    assert has_waited
    assert isinstance(came, Forbidden)
    assert not row(world).is_active
    assert not Dossier.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_desk_that_takes_in_for_an_account_being_closed_links_it_to_none(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = real(transactional_db)
    has_waited, came = while_it_closes(
        world, monkeypatch, lambda: world.register(owner_id=str(world.people["an"].pk))
    )
    assert has_waited
    assert isinstance(came, Act)
    assert world.state(came).owner_id == ""


@pytest.mark.django_db(transaction=True)
def test_supplement_asked_while_the_account_closes_is_asked_of_who_has_none_any_more(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the agency's to ask whenever the law lets it: the letter then leads nobody to a log-in."""
    world = real(transactional_db)
    act = filed(world)
    has_waited, came = while_it_closes(world, monkeypatch, lambda: supplement_wanted(world, act))
    assert has_waited
    assert isinstance(came, Act)
    assert not row(world).is_active
    letter = OutboxMessage.objects.get(key="dossier.supplement_requested", channel="email")
    assert letter.account == world.people["an"]
    assert "is_own" not in letter.context


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("made", "refusal"), [("supplement", WaitsForYou), ("filing", ResultComesHere)])
def test_what_began_before_is_waited_for_and_holds_the_account(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch, made: str, refusal: type[Refusal]
) -> None:
    world = real(transactional_db)
    code = ask(world)
    is_supplement = made == "supplement"
    act = filed(world) if is_supplement else world.draft(delivery=ResultDelivery("online"))
    writes, own = Event(), acts.carry_out

    def recorded(*given: Any) -> Act:
        writes.set()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(1)")  # the closing comes to wait
        return own(*given)

    monkeypatch.setattr(acts, "carry_out", recorded)
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(
            alone, lambda: supplement_wanted(world, act) if is_supplement else world.submit(act)
        )
        assert writes.wait(20)
        monkeypatch.setattr(acts, "carry_out", own)
        with pytest.raises(refusal):
            close(world, code=code)
        assert isinstance(other.result(timeout=20), Act)
    assert row(world).is_active


def test_whoever_brings_a_dossier_by_a_closed_account_is_not_linked(cast: World) -> None:
    account = str(cast.people["an"].pk)
    close(cast)
    with pytest.raises(Forbidden):
        cast.draft()
    assert cast.state(cast.register(owner_id=account)).owner_id == ""
