"""The receipt that was left out at the acceptance, asked for afterwards."""

from __future__ import annotations

import pytest
from tests.dossiers.wards import same_day
from tests.dossiers.world import World

from motcua.documents.enums import SlipKind
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Verb
from motcua.dossiers.errors import ReceiptGiven, WrongState
from motcua.dossiers.services import Act, reading
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Forbidden
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db


def issue(world: World, act: Act, by: str = "chi") -> Act:
    return services.issue_receipt(**world._on(act, by))


def offered(world: World, act: Act, name: str = "chi") -> set[Verb]:
    view = reading.open_dossier(actor=world.actor(name), at=world.now, dossier_id=act.dossier_id)
    return {offer.verb for offer in view.verbs}


@pytest.mark.clause("DL24-8.2#4")
@pytest.mark.clause("PT24-9.2bis#4")
def test_receipt_asked_for_afterwards_says_what_the_acceptance_said(world: World) -> None:
    accepted = world.accept(same_day(world))
    before, told = world.state(accepted), OutboxMessage.objects.count()
    act = issue(world, world.hand_over(accepted))
    state = world.state(act)
    (slip,) = state.slips
    assert (slip.kind, slip.number, slip.issued_at, slip.event) == (
        SlipKind.INTAKE_RECEIPT, state.code, world.now, act.version
    )  # fmt: skip
    assert (state.due_at, state.received_at, state.code) == (before.due_at, before.received_at, before.code)
    assert (act.status, OutboxMessage.objects.count()) == ("in_progress", told)
    file_id = services.slip_file(
        actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id, event=slip.event
    )
    assert file_id
    assert services.verify().difference is None


@pytest.mark.clause("DL24-8.2#3")
def test_receipt_is_issued_once_by_the_desk_between_acceptance_and_return(world: World) -> None:
    act = same_day(world)
    with pytest.raises(WrongState):
        issue(world, act)
    act = world.accept(act)
    assert Verb.ISSUE_RECEIPT in offered(world, act)
    for name in ("dung", "hanh", "giang", "an"):
        with pytest.raises(Forbidden):
            issue(world, act, name)
    act = issue(world, act)
    assert Verb.ISSUE_RECEIPT not in offered(world, act)
    with pytest.raises(ReceiptGiven):
        issue(world, act)
    assert world.state(act).version == act.version
    late = same_day_until_returned(world)
    assert Verb.ISSUE_RECEIPT not in offered(world, late)
    with pytest.raises(WrongState):
        issue(world, late)


def same_day_until_returned(world: World) -> Act:
    act = world.accept(world.register(procedure_version_id=version_of(world)))
    for step in ("hand_over", "assign", "propose", "approve", "issue", "give_back"):
        act = getattr(world, step)(act)
    return act


def version_of(world: World) -> int:
    found = queries.find(world.actor("chi"), "nguyen van an", at=world.now)
    return next(each.procedure_version_id for each in found if each.procedure == "Thủ tục trả kết quả ngay")


def test_dossier_whose_acceptance_gave_the_receipt_gets_no_other(world: World) -> None:
    act = world.until("accept")
    assert Verb.ISSUE_RECEIPT not in offered(world, act)
    with pytest.raises(ReceiptGiven):
        issue(world, act)


def test_regulation_that_gives_the_receipt_at_once_would_have_had_no_need_of_a_later_one(
    world: World,
) -> None:
    act = issue(world, world.accept(same_day(world)))
    number = world.state(act).reference
    own, other = services.explain_under(actor=SYSTEM, at=world.now, number=number, short_name="QN20")
    assert [each.code for each in own.objections] == []
    assert [(each.kind, each.code) for each in other.objections] == [
        ("receipt_issued", "dossiers.receipt_given")
    ]
