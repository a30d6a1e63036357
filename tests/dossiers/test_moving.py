"""Who changes mailbox or number is reached at the new one, and the old one learns nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import Settings
from tests.accounts.conftest import last_code
from tests.accounts.people import PASSWORD
from tests.dossiers.test_acting import ask, cast, company, mandate, told
from tests.dossiers.test_counter_acting import FIRM
from tests.dossiers.test_lookup import code_sent, opened
from tests.dossiers.world import World
from tests.notify.conftest import mailroom
from tests.notify.mailroom import MailRoom

from motcua.accounts import services as accounts
from motcua.accounts.models import Account, FormerContact
from motcua.accounts.rules.acting import MemberRole
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Capacity
from motcua.dossiers.rules.state import Applicant
from motcua.dossiers.services import Act
from motcua.notify import services as notify
from motcua.notify.models import OutboxMessage
from motcua.notify.services.smtp import SmtpTransport
from motcua.portal.forms.details import ContactForm

OLD, NEW = "an@example.vn", "an.moi@example.vn"
REACH = Applicant("Nguyễn Văn An", "066090000001", "0905000009", OLD, "Buôn Ma Thuột")

pytestmark = pytest.mark.django_db

__all__ = ["cast", "mailroom"]  # fixtures


def change(world: World, who: str = "an", email: str = NEW) -> None:
    at = world.later(minutes=5)
    services_of = {"actor": world.actor(who), "at": at}
    accounts.ask_for_email(**services_of, email=email, password=PASSWORD)
    services.confirm_email_change(**services_of, code=last_code("account.change_email"))


def addresses(act: Act, key: str) -> list[tuple[str, str]]:
    """Where letters of this kind go: ("an", "") is the account's own mailbox, whatever it is by then."""
    rows = OutboxMessage.objects.filter(key=key, about=act.dossier_id, channel="email").order_by("id")
    return [(row.account.email if row.account else "", row.address) for row in rows]


def filed(world: World, **changes: str) -> Act:
    act = world.draft(actor=world.actor("an"), applicant=replace(REACH, **changes))
    return world.submit(act, actor=world.actor("an"))


def test_request_and_result_go_to_the_mailbox_that_the_account_has_now(cast: World) -> None:
    act = filed(cast)
    change(cast)
    act = ask(cast, act)
    assert addresses(act, "dossier.supplement_requested") == [(NEW, "")]
    later = filed(cast, email=NEW)
    change(cast, email="an.nua@example.vn")
    done = later
    for verb in ("accept", "hand_over", "assign", "propose", "approve", "issue", "announce"):
        done = getattr(cast, verb)(done)
    assert addresses(done, "dossier.accepted") == [("an.nua@example.vn", "")]
    assert addresses(done, "dossier.result_ready") == [("an.nua@example.vn", "")]
    assert cast.state(done).contents.applicant.email == NEW  # what was filed keeps what it said


def test_typed_address_that_was_never_the_accounts_stays(cast: World) -> None:
    act = filed(cast, email="viec@example.vn")
    change(cast)
    act = ask(cast, act)
    assert addresses(act, "dossier.supplement_requested") == [(NEW, "viec@example.vn")]


def test_mailbox_that_another_account_left_is_still_written_to_for_others(cast: World) -> None:
    """Bình filed with An's address: that An has left it says nothing about Bình's letters."""
    act = cast.submit(cast.draft(actor=cast.actor("binh"), applicant=REACH), actor=cast.actor("binh"))
    change(cast)
    act = ask(cast, act)
    assert [address for _, address in addresses(act, "dossier.supplement_requested")] == [OLD]


def test_draft_follows_mailbox_and_number_and_what_the_form_took_from_them(cast: World) -> None:
    draft = cast.draft(actor=cast.actor("an"), applicant=replace(REACH, phone="0905000001"))
    other = cast.draft(actor=cast.actor("an"), applicant=replace(REACH, email="viec@example.vn"))
    Account.objects.filter(pk=cast.people["an"].pk).update(phone="0905000001")
    change(cast)
    asked = {"actor": cast.actor("an"), "at": cast.later(minutes=5)}
    accounts.ask_for_phone(**asked, phone="0905000002", password=PASSWORD)
    services.confirm_phone_change(**asked, code=last_code("account.change_phone"))
    person = cast.state(draft).contents.applicant
    assert (person.email, person.phone) == (NEW, "0905000002")
    assert cast.state(other).contents.applicant.email == "viec@example.vn"


def test_whoever_reads_the_old_mailbox_learns_nothing_any_more(cast: World) -> None:
    act = filed(cast)
    act = cast.accept(act)
    assert [each.reference for each in opened(cast, email=OLD)] == [act.code]
    change(cast)
    OutboxMessage.objects.filter(key="contact.lookup_code").delete()
    services.ask_for_lookup(named="066090000001", email=OLD, place="there", at=cast.later(hours=1))
    assert code_sent() is None
    assert [each.reference for each in opened(cast, email=NEW)] == [act.code]
    services.correct(
        actor=cast.actor("chi"), at=cast.later(minutes=1), dossier_id=act.dossier_id, expected_version=None,
        what="contact", values={"email": "viec@example.vn"}, reason="Theo đề nghị",
    )  # fmt: skip
    told = {address for _, address in addresses(act, "dossier.corrected")}
    assert told == {"viec@example.vn", NEW}  # nobody writes another address into a dossier behind its owner


def test_code_on_its_way_when_the_mailbox_changes_opens_nothing(cast: World) -> None:
    cast.accept(filed(cast))
    at = cast.later(minutes=2)
    asked = services.ask_for_lookup(named="066090000001", email=OLD, place="there", at=at)
    code = code_sent()
    assert code is not None
    services.prove_lookup(asked_id=asked, code=code, at=at)
    assert len(services.looked_up(asked_id=asked, at=at)) == 1
    change(cast)
    assert services.looked_up(asked_id=asked, at=at + timedelta(minutes=5)) == ()


def test_who_takes_up_the_old_mailbox_again_is_reached_there(cast: World) -> None:
    act = filed(cast)
    change(cast)
    change(cast, email=OLD)
    act = ask(cast, act)
    assert addresses(act, "dossier.supplement_requested") == [(OLD, "")]
    assert list(FormerContact.objects.values_list("value", flat=True)) == [NEW]


def test_representative_who_changes_is_not_written_to_where_they_left(cast: World) -> None:
    """Bình files for An with the address that is Bình's own then, and another time with An's daughter's."""
    key = f"uy-quyen-{mandate(cast)}"
    own = cast.draft(
        actor=cast.actor("binh"), acting_by=key, applicant=replace(REACH, email="binh@example.vn")
    )
    own = cast.submit(own, actor=cast.actor("binh"))
    typed = cast.draft(
        actor=cast.actor("binh"), acting_by=key, applicant=replace(REACH, email="con@example.vn")
    )
    typed = cast.submit(typed, actor=cast.actor("binh"))
    change(cast, "binh", "binh.moi@example.vn")
    change(cast)
    ask(cast, own)
    ask(cast, typed)
    both = [("an.moi@example.vn", ""), ("binh.moi@example.vn", "")]
    assert sorted(addresses(own, "dossier.supplement_requested")) == both
    assert sorted(addresses(typed, "dossier.supplement_requested")) == [("", "con@example.vn"), *both]


def test_what_is_filed_for_another_tells_both_each_by_their_own_choice(cast: World) -> None:
    """An files for Lê Thị Con with papers that show the right, and gives her address."""
    draft = cast.draft(
        actor=cast.actor("an"), applicant=Applicant("Lê Thị Con", "066190005678", "", "con@example.vn"),
        submitter_name="Nguyễn Văn An", capacity=Capacity.REPRESENTATIVE, authority="Giấy khai sinh",
    )  # fmt: skip
    act = cast.submit(draft, actor=cast.actor("an"))
    assert sorted(addresses(act, "dossier.acknowledged")) == [("", "con@example.vn"), (OLD, "")]


def test_organisation_that_gave_up_a_mailbox_is_not_written_to_there(cast: World) -> None:
    made = company(cast, binh=MemberRole.FILER)
    where = {"actor": cast.actor("an"), "organisation_id": made, "at": cast.later(minutes=1)}
    accounts.ask_for_mailbox_code(**where)
    accounts.confirm_mailbox(**where, code=last_code("organisation.mailbox_code"))
    bringer = services.Bringer(str(cast.people["binh"].pk), f"to-chuc-{made}")
    firm = replace(FIRM, email="cong-ty@example.vn")
    act = cast.register(applicant=firm, bringer=bringer, submitter_name="Binh")
    act = cast.accept(act)
    assert "cong-ty@example.vn" in told(act, "dossier.accepted")
    contacts = {"address": "12 Lê Duẩn", "phone": "", "email": "cong-ty.moi@example.vn"}
    where["at"] = cast.later(minutes=5)
    accounts.change_organisation_contacts(**where, **contacts)
    assert queries.opened(act.dossier_id).contacts_now == {"cong-ty@example.vn": "cong-ty.moi@example.vn"}
    cast.withdraw_at_desk(act)
    assert {address for _, address in addresses(act, "dossier.withdrawn")} == {""}


@pytest.mark.django_db(transaction=True)
def test_muted_topic_stays_muted_after_the_change(
    cast: World,
    mailroom: MailRoom,
    settings: Settings,
) -> None:
    act = filed(cast)
    notify.choose_topics(actor=cast.actor("an"), wanted=())
    change(cast)
    act = ask(cast, act)
    withdraw = {"actor": cast.actor("an"), "at": cast.later(minutes=1), "reason": "Không cần nữa"}
    services.withdraw(**withdraw, dossier_id=act.dossier_id, expected_version=None)
    at = cast.later(minutes=1)
    transport = SmtpTransport()
    while notify.deliver_next(transport=transport, at=at):
        pass
    transport.close()
    rows = OutboxMessage.objects.filter(about=act.dossier_id, channel="email").values_list("key", "state")
    assert dict(rows) == {
        "dossier.acknowledged": "muted", "dossier.supplement_requested": "sent", "dossier.withdrawn": "muted",
    }  # fmt: skip
    here = [letter for letter in mailroom.arrived if "bổ sung" in str(letter["Subject"])]
    assert {str(letter["To"]) for letter in here} == {f"Nguyễn Văn An <{NEW}>"}


def test_officer_reads_what_was_said_and_what_counts_now(cast: World) -> None:
    act = filed(cast)
    assert queries.opened(act.dossier_id).contacts_now == {}
    change(cast)
    assert queries.opened(act.dossier_id).contacts_now == {OLD: NEW}


def test_old_mailbox_cannot_be_typed_into_a_draft_again(cast: World) -> None:
    change(cast)
    contents = cast.state(cast.draft(actor=cast.actor("an"), applicant=replace(REACH, email=NEW))).contents
    typed = {"phone": "0905000009", "address": "Buôn Ma Thuột"}
    errors = {}
    for whose, email in (("an", OLD), ("an", NEW), ("binh", OLD)):
        account_id = cast.people[whose].pk
        form = ContactForm(
            typed | {"email": email}, contents=contents, account_id=account_id, is_organisation=False
        )
        errors[whose, email] = set(form.errors)
    assert errors == {("an", OLD): {"email"}, ("an", NEW): set(), ("binh", OLD): set()}
