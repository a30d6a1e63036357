"""Putting right what was recorded, passing on what came to the wrong place, noting what nobody collects."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import F
from tests.documents import samples
from tests.dossiers.wards import ward
from tests.dossiers.world import World

from motcua.accounts.models import Account
from motcua.catalogue.models import Competence
from motcua.documents import services as documents
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box, Capacity, Correctable, Status, Verb
from motcua.dossiers.errors import (
    AddressRequired,
    BadBirthday,
    BadEstablishment,
    BadLine,
    BadPassport,
    BadPersonalId,
    BadPhone,
    BadTaxCode,
    BirthdayRequired,
    DeliveryUnknown,
    FileNotYours,
    NationalityRequired,
    NotCollectedHere,
    NotCompetent,
    NotCorrectable,
    NotElsewhere,
    NothingToCorrect,
    NumberDiffersFromBirth,
    PaperNumberRequired,
    ReasonRequired,
    SeenPaperRequired,
    Stale,
    TooEarlyToGiveUp,
    WrongState,
)
from motcua.dossiers.models import DailyFigure, Dossier, DossierEvent
from motcua.dossiers.rules.state import Applicant, ResultDelivery
from motcua.dossiers.services import Act
from motcua.kernel.errors import Forbidden, NotFound
from motcua.notify.models import OutboxMessage

compensation = import_module("motcua.dossiers.migrations.0023_figures_of_what_was_taken_back")


def correct(world: World, act: Act, what: str, by: str = "chi", **values: str) -> Act:
    asked = {"requested_on": world.now.date(), "request": "Gọi điện"}
    given = {"what": Correctable(what), "values": values, "reason": "Ghi nhầm"} | asked
    return services.correct(**world._on(act, by), **given)


def figure(name: str) -> int:
    return sum(DailyFigure.objects.filter(figure=name).values_list("count", flat=True))


def redirect(world: World, act: Act, to: int, by: str = "chi", **changes: Any) -> Act:
    return services.redirect(
        **world._on(act, by) | {"agency_id": to, "reason": "Thuộc thẩm quyền của phường"} | changes
    )


def test_contact_put_right_changes_the_rows_and_keeps_the_mistake_in_the_history(world: World) -> None:
    act = world.register()
    act = correct(world, act, "contact", name="Nguyễn Văn Ân", phone="0905999999")
    person = world.state(act).contents.applicant
    assert (person.name, person.phone) == ("Nguyễn Văn Ân", "0905999999")
    assert Dossier.objects.get(id=act.dossier_id).applicant_name == "Nguyễn Văn Ân"
    entry = queries.history(act.dossier_id)[-1]
    assert entry.details == (
        ("what", "contact"),
        ("change_name", "Nguyễn Văn An\nNguyễn Văn Ân"),
        ("change_phone", "0905000001\n0905999999"),
    )
    first = DossierEvent.objects.get(dossier_id=act.dossier_id, seq=1)
    assert first.payload["contents"]["applicant"]["name"] == "Nguyễn Văn An"
    assert services.verify().difference is None


def test_who_declared_online_is_not_renamed_by_the_desk(world: World) -> None:
    act = world.until("submit")
    with pytest.raises(NotCorrectable):
        correct(world, act, "contact", name="Người khác")
    assert correct(world, act, "contact", address="12 Lê Lợi").version == act.version + 1


JOHN = Applicant("John Smith", passport="M1234567", nationality="Anh")
COMPANY = Applicant("Công ty Mẫu", organisation_number="0100109106")
BODY = Applicant("Hội Mẫu", organisation_number="12/QĐ-UBND")


def test_passport_and_nationality_that_the_desk_misread_are_put_right(world: World) -> None:
    act = correct(
        world, world.register(applicant=JOHN), "contact", passport="m 765 4321", nationality=" Ai-len "
    )
    person = world.state(act).contents.applicant
    assert (person.passport, person.nationality) == ("M7654321", "Ai-len")
    assert ("change_passport", "M1234567\nM7654321") in queries.history(act.dossier_id)[-1].details
    assert [each.id for each in queries.find(world.actor("chi"), "m7654321", at=world.now)] == [
        act.dossier_id
    ]
    assert queries.find(world.actor("chi"), "m1234567", at=world.now) == ()
    assert services.verify().difference is None


@pytest.mark.parametrize(
    ("applicant", "typed", "kept"),
    [(COMPANY, "0100 109 106-001", "0100109106-001"), (BODY, " 15/QĐ-UBND ", "15/QĐ-UBND")],
)
def test_number_of_an_organisation_is_put_right_in_its_own_form(
    world: World, applicant: Applicant, typed: str, kept: str
) -> None:
    act = correct(world, world.register(applicant=applicant), "contact", organisation_number=typed)
    assert world.state(act).contents.applicant.organisation_number == kept


@pytest.mark.parametrize(
    ("applicant", "values", "refusal"),
    [
        (JOHN, {"passport": "sai"}, BadPassport),
        (JOHN, {"passport": ""}, BadPassport),
        (JOHN, {"nationality": "  "}, NationalityRequired),
        (JOHN, {"organisation_number": "0100109106"}, NotCorrectable),
        (JOHN, {"personal_id": "066190000001"}, NotCorrectable),
        (JOHN, {"passport": "m1234567"}, NothingToCorrect),
        (COMPANY, {"organisation_number": "12/QĐ"}, BadTaxCode),
        (COMPANY, {"passport": "M1234567"}, NotCorrectable),
        (BODY, {"organisation_number": " "}, BadEstablishment),
        (None, {"passport": "M1234567"}, NotCorrectable),
        (None, {"phone": "09abc"}, BadPhone),
        (COMPANY, {"phone": "09abc"}, BadLine),
    ],
)
def test_number_that_cannot_be_is_refused_and_nothing_changes(
    world: World, applicant: Applicant | None, values: dict[str, str], refusal: type[Exception]
) -> None:
    act = world.register(**({"applicant": applicant} if applicant else {}))
    with pytest.raises(refusal):
        correct(world, act, "contact", **values)
    assert world.state(act).version == act.version


def test_who_declared_a_number_online_is_not_another_organisation_by_the_desk(world: World) -> None:
    act = world.submit(
        world.draft(
            applicant=COMPANY, submitter_name="An", capacity=Capacity.REPRESENTATIVE, authority="GPKD"
        )
    )
    with pytest.raises(NotCorrectable):
        correct(world, act, "contact", organisation_number="0100109107")


def test_name_is_never_left_empty(world: World) -> None:
    with pytest.raises(NotCorrectable):
        correct(world, world.register(), "contact", name="  ")


CARD = "Thẻ căn cước cấp ngày 12/05/2022"
CHILD = Applicant("Nguyễn Thị Na", date_of_birth=date(2024, 2, 1))


def known(world: World, act: Act, seen: str = CARD, by: str = "chi", **values: str) -> Act:
    """Number or birthday put right by a paper."""
    given = {"what": Correctable.IDENTITY, "values": values, "reason": "Gõ nhầm", "seen": seen}
    return services.correct(**world._on(act, by), **given)


@pytest.mark.clause("PT24-9.1.0#1")
def test_number_and_birthday_that_the_desk_mistyped_are_put_right_by_a_paper(world: World) -> None:
    act = known(world, world.register(), personal_id="066 085 000 009", date_of_birth="1985-03-02")
    person = world.state(act).contents.applicant
    assert (person.personal_id, person.date_of_birth) == ("066085000009", date(1985, 3, 2))
    assert queries.history(act.dossier_id)[-1].details == (
        ("what", "identity"),
        ("change_personal_id", "066090000001\n066085000009"),
        ("change_date_of_birth", "\n1985-03-02"),
        ("seen", CARD),
    )
    found = [
        queries.find(world.actor("chi"), text, at=world.now) for text in ("066085000009", "066090000001")
    ]
    assert [[each.id for each in one] for one in found] == [[act.dossier_id], []]
    assert services.verify().difference is None


def test_dossier_with_a_wrong_number_leaves_its_account_which_is_told_and_enters_no_other(
    world: World,
) -> None:
    an, binh = world.people["an"], world.people["binh"]
    act = known(world, world.register(owner_id=str(an.pk)), personal_id=binh.personal_id or "")
    assert world.state(act).owner_id == ""
    assert Dossier.objects.get(id=act.dossier_id).owner_id is None
    for name in ("an", "binh"):
        with pytest.raises(Forbidden):
            services.open_dossier(actor=world.actor(name), at=world.now, dossier_id=act.dossier_id)
    told = OutboxMessage.objects.filter(key="dossier.left_account", channel="in_app")
    assert [row.account_id for row in told] == [an.pk]
    assert ("left_account", str(an.pk)) in queries.history(act.dossier_id)[-1].details
    assert services.verify().difference is None


def test_letters_never_tell_a_wrong_account_who_the_applicant_is(world: World) -> None:
    """An was taken for somebody else, whose name and number the desk puts right one after the other."""
    an = world.people["an"]
    person = Applicant("Nguyễn Văn An", personal_id=an.personal_id or "", email=an.email)
    act = world.register(owner_id=str(an.pk), applicant=person)
    secret, why = "Trần Thị Bí Mật", "Chọn nhầm, đúng là bà Bí Mật"
    common = {"what": Correctable.CONTACT, "values": {"name": secret}, "reason": why}
    act = services.correct(**world._on(act, "chi"), **common)
    known(world, act, personal_id="066085000009")
    rows = OutboxMessage.objects.filter(key__in=("dossier.corrected", "dossier.left_account"))
    assert sorted(rows.values_list("key", "channel")) == [
        ("dossier.corrected", "email"),
        ("dossier.corrected", "in_app"),
        ("dossier.left_account", "email"),
        ("dossier.left_account", "in_app"),
    ]
    assert {row.recipient_name for row in rows} == {an.full_name}
    said = " ".join(str(value) for row in rows for value in row.context.values())
    assert "Bí Mật" not in said
    left = rows.filter(key="dossier.left_account")
    assert {key for row in left for key in row.context} == {"code", "procedure", "agency", "hotline"}


def test_old_address_is_greeted_by_the_name_that_it_knows(world: World) -> None:
    correct(world, world.register(), "contact", name="Trần Thị Bí Mật", email="moi@example.vn")
    old = OutboxMessage.objects.filter(key="dossier.corrected", address="an@example.vn")
    assert {row.recipient_name for row in old} <= {"Nguyễn Văn An"}


def test_whose_number_it_is_takes_the_dossier_into_the_account_with_proof(world: World) -> None:
    an, binh = world.people["an"], world.people["binh"]
    Account.objects.filter(pk=binh.pk).update(identity_checked_at=world.now, full_name="Nguyễn Văn An")
    act = known(world, world.register(owner_id=str(an.pk)), personal_id=binh.personal_id or "")
    at = world.later(minutes=1)
    services.join_by_identity(actor=world.actor("binh"), dossier_id=act.dossier_id, at=at)
    assert world.state(act).owner_id == str(binh.pk)


def test_birthday_put_right_leaves_the_dossier_in_its_account(world: World) -> None:
    an = world.people["an"]
    act = known(world, world.register(owner_id=str(an.pk)), date_of_birth="1990-01-01")
    assert world.state(act).owner_id == str(an.pk)
    assert not OutboxMessage.objects.filter(key="dossier.left_account").exists()


@pytest.mark.parametrize(
    ("applicant", "values", "refusal"),
    [
        (None, {"personal_id": "06609000000"}, BadPersonalId),
        (None, {"personal_id": ""}, BadPersonalId),
        (None, {"personal_id": "066090000001"}, NothingToCorrect),
        (None, {"date_of_birth": "2030-01-01"}, BadBirthday),
        (None, {"date_of_birth": "1.1.1990"}, BadBirthday),
        (None, {"date_of_birth": "1991-01-01"}, NumberDiffersFromBirth),
        (None, {"personal_id": "066290000001", "date_of_birth": "1990-01-01"}, NumberDiffersFromBirth),
        (None, {"passport": "M1234567"}, NotCorrectable),
        (CHILD, {"personal_id": "066324000001"}, NotCorrectable),
        (CHILD, {"date_of_birth": ""}, BirthdayRequired),
        (COMPANY, {"date_of_birth": "1990-01-01"}, NotCorrectable),
        (JOHN, {"personal_id": "066090000001"}, NotCorrectable),
    ],
)
def test_identity_that_cannot_be_is_refused_and_nothing_changes(
    world: World, applicant: Applicant | None, values: dict[str, str], refusal: type[Exception]
) -> None:
    act = world.register(**({"applicant": applicant} if applicant else {}))
    with pytest.raises(refusal):
        known(world, act, **values)
    assert world.state(act).version == act.version


def test_identity_is_put_right_by_a_paper_before_the_result_and_not_where_it_was_declared(
    world: World,
) -> None:
    with pytest.raises(SeenPaperRequired):
        known(world, world.register(), seen=" ", date_of_birth="1990-01-01")
    with pytest.raises(NotCorrectable):
        known(world, world.until("submit"), date_of_birth="1990-01-01")
    act = world.accept(world.register(applicant=CHILD))
    act = world.approve(world.propose(world.assign(world.hand_over(act))))
    act = known(world, act, date_of_birth="2024-02-02")
    with pytest.raises(WrongState):
        known(world, world.issue(act), date_of_birth="2024-02-03")
    for by in ("khoa", "dung", "an"):
        with pytest.raises(Forbidden):
            known(world, world.register(), by=by, date_of_birth="1990-01-01")


def letter(world: World, name: str = "chi") -> str:
    """A scan that somebody has sent."""
    upload = SimpleUploadedFile("de-nghi.pdf", samples.pdf())
    card = documents.store(upload=upload, name="de-nghi.pdf", actor=world.actor(name), at=world.now)
    return str(card.id)


@pytest.mark.clause("PT24-2.5")
def test_paper_by_which_the_applicant_asked_is_kept_and_read_by_both_sides(world: World) -> None:
    act, file_id = world.until("accept"), letter(world)
    wish = {"what": Correctable.DELIVERY, "values": {"how": "postal", "delivery_address": "12 Lê Lợi"}}
    wish |= {"requested_on": world.now.date(), "request": "Đơn nộp tại quầy"}
    act = services.correct(**world._on(act, "chi"), **wish, reason="Đề nghị đổi", file_id=file_id)
    other = letter(world)
    act = world.stop(act, file_id=other)
    assert [(each.file_id, each.what) for each in world.state(act).request_papers] == [
        (file_id, "corrected"),
        (other, "stopped"),
    ]
    for name in ("chi", "an"):
        for one in (file_id, other):
            asked = {
                "actor": world.actor(name),
                "at": world.now,
                "dossier_id": act.dossier_id,
                "file_id": one,
            }
            assert services.file_of(**asked) == one
    package = services.package_of(actor=world.actor("an"), at=world.now, dossier_id=act.dossier_id)
    assert [each.about for each in package.files].count("Giấy đề nghị của người nộp") == 2
    assert services.verify().difference is None


def test_paper_of_somebody_else_is_not_attached_to_a_request(world: World) -> None:
    act, foreign = world.until("accept"), letter(world, "binh")
    with pytest.raises(FileNotYours):
        world.stop(act, file_id=foreign)
    assert world.state(act).version == act.version


def test_delivery_put_right_must_be_a_way_that_exists(world: World) -> None:
    act = world.until("accept")
    with pytest.raises(DeliveryUnknown):
        correct(world, act, "delivery", how="by pigeon")
    act = correct(world, act, "delivery", how="postal", delivery_address="12 Lê Lợi")
    wish = world.state(act).contents.delivery
    assert (wish.how, wish.address) == ("postal", "12 Lê Lợi")


def test_number_of_the_result_is_put_right_by_the_clerk_only(world: World) -> None:
    act = world.until("issue")
    with pytest.raises(Forbidden):
        correct(world, act, "result", number="13/GP")
    with pytest.raises(PaperNumberRequired):
        correct(world, act, "result", by="khoa", number=" ")
    act = correct(world, act, "result", by="khoa", number="13/GP", result_name="Giấy phép")
    assert world.state(act).results[-1].number == "13/GP"
    assert world.state(act).results[-1].issued_at == world.state(act).finished_at


def test_return_taken_back_waits_at_the_desk_again(world: World) -> None:
    act = correct(world, world.until("give_back"), "return")
    state = world.state(act)
    assert (act.status, state.returned_at, state.handing, state.ended_at) == (Status.READY, None, None, None)
    assert [task.step_key for task in state.tasks] == ["return"]
    (line,) = queries.worklist(world.actor("chi"), Box.RETURNS, at=world.now).items
    assert line.dossier_id == act.dossier_id
    assert figure("returned") == 0
    act = world.close(world.give_back(act))
    assert (act.status, figure("returned")) == (Status.CLOSED, 1)
    assert services.verify().difference is None


@pytest.mark.parametrize("verb", ["approve", "refuse"])
def test_decision_taken_back_leaves_the_dossier_as_if_it_had_never_been(world: World, verb: str) -> None:
    decision = "grant" if verb == "approve" else "refuse"
    act = world.propose(world.until("assign"), decision=decision, text="Theo hồ sơ")
    before = world.state(act)
    decided = getattr(world, verb)(act)
    told = OutboxMessage.objects.count()
    act = correct(world, decided, "decision", by="hanh")
    after = world.state(act)
    assert replace(after, version=before.version, last_at=before.last_at) == replace(
        before, task_serial=after.task_serial
    )
    assert OutboxMessage.objects.count() == told
    assert [each.kind for each in queries.history(act.dossier_id)][-1] == "corrected"
    assert services.verify().difference is None
    assert getattr(world, verb)(act).status == Status.DECIDED


@pytest.mark.parametrize("by", ["chi", "dung", "khoa", "an"])
def test_decision_is_taken_back_by_nobody_but_whoever_took_it(world: World, by: str) -> None:
    act = world.until("approve")
    with pytest.raises(Forbidden):
        correct(world, act, "decision", by=by)
    assert world.state(act).version == act.version


def test_decision_whose_result_has_a_number_is_not_taken_back(world: World) -> None:
    act = world.until("issue")
    with pytest.raises(Forbidden):
        correct(world, act, "decision", by="hanh")
    assert world.state(act).version == act.version


def test_decision_taken_back_twice_from_one_page_is_taken_back_once(world: World) -> None:
    act = world.until("approve")
    correct(world, act, "decision", by="hanh")
    with pytest.raises(Stale):
        correct(world, act, "decision", by="hanh")


@pytest.mark.parametrize(
    ("stage", "what", "values", "refusal"),
    [
        ("accept", "contact", {"phone": "0905000001"}, NothingToCorrect),
        ("accept", "contact", {"personal_id": "1"}, NotCorrectable),
        ("accept", "result", {"number": "1"}, Forbidden),
        ("accept", "return", {}, WrongState),
        ("close", "return", {}, WrongState),
        ("close", "delivery", {"how": "postal"}, WrongState),
    ],
)
def test_correction_that_cannot_be_is_refused(
    world: World, stage: str, what: str, values: dict[str, str], refusal: type[Exception]
) -> None:
    act = world.until(stage)
    with pytest.raises(refusal):
        correct(world, act, what, **values)
    assert world.state(act).version == act.version


def test_email_put_right_is_told_to_the_old_address_too(world: World) -> None:
    act = correct(world, world.until("accept"), "contact", email="moi@example.vn")
    rows = OutboxMessage.objects.filter(key="dossier.corrected", channel="email").order_by("address")
    assert [row.address for row in rows] == ["an@example.vn", "moi@example.vn"]
    correct(world, act, "contact", phone="0905999999")
    assert rows.all().count() == 3


def test_correction_without_a_reason_is_refused(world: World) -> None:
    act = world.until("accept")
    with pytest.raises(ReasonRequired):
        services.correct(**world._on(act, "chi"), what=Correctable.CONTACT, values={"phone": "1"}, reason=" ")


@pytest.mark.parametrize("by", ["dung", "lan", "giang", "an"])
def test_correction_by_somebody_whose_record_it_is_not_is_forbidden(world: World, by: str) -> None:
    with pytest.raises(Forbidden):
        correct(world, world.until("assign"), "contact", by=by, phone="0905999999")


def test_draft_thrown_away_is_corrected_by_nobody(world: World) -> None:
    act = world.draft()
    act = services.withdraw(**world._on(act, "an"), reason="Thôi")
    with pytest.raises(Forbidden):
        correct(world, act, "contact", phone="0905999999")


def test_filing_passed_on_too_late_is_a_late_answer_of_who_passed_it_on(world: World) -> None:
    act, other = world.until("submit"), ward(world)
    due = world.state(act).reply_due_at
    act = redirect(world, act, other.pk, at=due + timedelta(minutes=1))
    state = world.state(act)
    assert state.answered_late_at == due + timedelta(minutes=1)
    assert state.reply_due_at is not None  # the other agency's own term
    assert counts("redirected", "answered_late") == {
        (world.agency.pk, "redirected"): 1,
        (world.agency.pk, "answered_late"): 1,
    }
    world.accept(act, actor=world.actor("hue"), at=due + timedelta(minutes=2))
    assert counts("answered_late", "accepted") == {
        (world.agency.pk, "answered_late"): 1,
        (other.pk, "accepted"): 1,
    }
    assert services.verify().difference is None


def counts(*figures: str) -> dict[tuple[int, str], int]:
    rows = DailyFigure.objects.filter(figure__in=figures)
    return {(row.agency_id, row.figure): row.count for row in rows}


def test_filing_passed_on_is_the_other_agencys(world: World) -> None:
    act, other = world.until("submit"), ward(world)
    received = world.state(act).received_at
    act = redirect(world, act, other.pk)
    state = world.state(act)
    assert (state.target.agency_id, state.received_at) == (other.pk, received)
    row = Dossier.objects.get(id=act.dossier_id)
    assert (row.agency_id, row.desk_unit.agency_id) == (other.pk, other.pk)
    assert queries.worklist(world.actor("hue"), Box.UNIT, at=world.now).items[0].dossier_id == act.dossier_id
    with pytest.raises(Forbidden):
        services.open_dossier(actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id)
    with pytest.raises(NotElsewhere):
        redirect(world, act, world.agency.pk, by="hue")
    act = world.accept(act, actor=world.actor("hue"))
    assert act.status == Status.ACCEPTED
    assert services.verify().difference is None


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": ""}, ReasonRequired),
        ({"agency_id": 10**30}, NotFound),
        ({"by": "hue"}, Forbidden),
        ({"by": "dung"}, Forbidden),
        ({"by": "an"}, Forbidden),
    ],
)
def test_redirection_refused_changes_nothing(
    world: World, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    act, other = world.until("submit"), ward(world)
    with pytest.raises(refusal):
        redirect(world, act, other.pk, **changes)
    assert world.state(act).version == act.version


def test_filing_is_passed_on_only_to_an_agency_that_settles_it(world: World) -> None:
    act, other = world.until("submit"), ward(world)
    Competence.objects.filter(agency=other).delete()
    with pytest.raises(NotCompetent):
        redirect(world, act, other.pk)


@pytest.mark.parametrize(("how", "address"), [("online", ""), ("postal", "12 Lê Lợi")])
def test_result_that_goes_online_or_by_post_is_not_one_nobody_came_for(
    world: World, how: str, address: str
) -> None:
    act = world.draft(delivery=ResultDelivery(how, address))
    for step in ("submit", "accept", "hand_over", "assign", "propose", "approve", "issue", "announce"):
        act = getattr(world, step)(act)
    world.now += timedelta(days=14)
    with pytest.raises(NotCollectedHere):
        services.record_non_collection(**world._on(act, "chi"), note="Đã gọi, chưa đến")
    view = services.open_dossier(actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id)
    assert Verb.RECORD_NON_COLLECTION not in [offer.verb for offer in view.verbs]
    act = correct(world, act, "delivery", how="counter")
    with pytest.raises(TooEarlyToGiveUp):  # it waits there since it is to be collected
        services.record_non_collection(**world._on(act, "chi"), note="Đã gọi, chưa đến")
    world.now += timedelta(days=7)
    act = services.record_non_collection(**world._on(act, "chi"), note="Đã gọi, chưa đến")
    assert world.state(act).uncollected_at == world.now
    assert services.verify().difference is None


def test_result_nobody_came_for_is_noted_and_stays(world: World) -> None:
    act = world.until("announce")

    def is_offered() -> bool:
        view = services.open_dossier(actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id)
        return Verb.RECORD_NON_COLLECTION in [offer.verb for offer in view.verbs]

    with pytest.raises(TooEarlyToGiveUp) as early:
        services.record_non_collection(**world._on(act, "chi"), note="Đã gọi, chưa đến")
    until = early.value.params["until"]
    assert not is_offered()
    world.now = until - timedelta(minutes=1)
    assert not is_offered()
    world.now = until
    assert is_offered()
    act = services.record_non_collection(**world._on(act, "chi"), note="Đã gọi, chưa đến")
    state = world.state(act)
    assert (act.status, state.uncollected_at, figure("not_collected")) == (Status.READY, world.now, 1)
    assert world.give_back(act).status == Status.RETURNED
    for by in ("dung", "khoa", "an"):
        with pytest.raises(Forbidden):
            services.record_non_collection(**world._on(world.until("announce"), by), note="x")


@pytest.mark.parametrize(("minutes", "late"), [(0, 0), (1, 1)])
def test_forwarding_after_its_term_is_counted_and_shown(world: World, minutes: int, late: int) -> None:
    act = world.until("accept")
    (task,) = world.state(act).tasks
    assert task.due_at is not None
    world.now = task.due_at + timedelta(minutes=minutes - 1)
    act = world.hand_over(act)
    assert figure("forwarded_late") == late
    details = queries.history(act.dossier_id)[-1].details
    assert details == ((("forward_by", task.due_at.isoformat()),) if late else ())
    assert services.verify().difference is None


def test_figures_kept_before_they_compensated_are_put_right_by_the_migration(world: World) -> None:
    act = correct(world, world.until("approve"), "decision", by="hanh")
    correct(world, world.give_back(world.announce(world.issue(world.approve(act)))), "return")
    right = set(DailyFigure.objects.values_list("on_day", "figure", "count"))
    DailyFigure.objects.filter(figure__in=("granted", "returned")).update(count=F("count") + 1)
    day = world.now.date()
    DailyFigure.objects.create(agency=world.agency, on_day=day, figure="return_undone", count=1)
    assert services.verify().difference is not None
    with connection.cursor() as cursor:
        cursor.execute(compensation.COMPENSATE)
    assert set(DailyFigure.objects.values_list("on_day", "figure", "count")) == right
    assert services.verify().difference is None


def test_result_that_is_to_go_by_post_has_an_address_or_one_is_asked_for(
    world: World,
) -> None:
    """As at intake: the post is given nothing without a place to carry it to."""
    homeless = world.accept(world.register())
    wish = {"what": Correctable.DELIVERY, "values": {"how": "postal", "delivery_address": " "}}
    wish |= {"requested_on": world.now.date(), "request": "Điện thoại", "reason": "Đề nghị đổi"}
    with pytest.raises(AddressRequired):
        services.correct(**world._on(homeless, "chi"), **wish)
    assert world.state(homeless).contents.delivery.how == "counter"
    at_home = world.accept(world.submit(world.draft()))
    services.correct(**world._on(at_home, "chi"), **wish)
    assert world.state(at_home).contents.delivery == ResultDelivery("postal", "Buôn Ma Thuột")
