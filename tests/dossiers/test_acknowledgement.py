"""The acknowledgement of an online filing: from the events, for whoever may see the dossier."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.documents.test_services_slips import text_of, without_spaces
from tests.dossiers.wards import ward
from tests.dossiers.world import World, make_world, moment, sheet

from motcua.audit.models import ReadRecord
from motcua.dossiers import services
from motcua.dossiers.rules.receipt import reply_awaited, stated_receipt
from motcua.dossiers.services import Act
from motcua.kernel.dates import in_words
from motcua.kernel.errors import Forbidden, NotFound
from motcua.law import queries as law
from motcua.notify import queries as notify
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db


def slip_of(world: World, act: Act, who: str = "an") -> str:
    made = services.acknowledgement(actor=world.actor(who), at=world.now, dossier_id=act.dossier_id)
    return without_spaces(text_of(made.content))


def said(words: str) -> str:
    return without_spaces(words)


def told(at: datetime) -> str:
    return said(f"{at:%H} giờ {at:%M} phút, ngày {at:%d}")


@pytest.mark.clause("QN20-11.1#2")
def test_acknowledgement_says_what_the_filing_was(world: World) -> None:
    act = world.until("submit")
    found, state = slip_of(world, act), world.state(act)
    assert state.filed_at is not None
    reply_by = reply_awaited(state)
    assert reply_by is not None
    for words in ("Nguyễn Văn An", state.filing_number, "Tờ khai điện tử", "Mẫu số 01"):
        assert said(words) in found
    assert said("Gửi lúc: ") + told(state.filed_at) in found
    assert said("chậm nhất: ") + told(reply_by) in found


def test_acknowledgement_stays_what_it_was(world: World) -> None:
    act = world.until("submit")
    given = {"actor": world.actor("an"), "dossier_id": act.dossier_id}
    before = services.acknowledgement(**given, at=world.now)
    moved = services.redirect(**world._on(act, "chi"), agency_id=ward(world).pk, reason="Của phường")
    act = world.accept(moved, actor=world.actor("hue"))
    assert world.state(act).code
    assert services.acknowledgement(**given, at=world.later(minutes=5)) == before
    assert world.state(act).filing_number in before.name


@pytest.mark.parametrize(("short_name", "is_told"), [("QN20", True), ("DL24", True), ("KT18", False)])
def test_official_receipt_is_told_where_it_does_not_wait_for_the_acceptance(
    world: World, short_name: str, is_told: bool
) -> None:
    state = world.state(world.until("submit"))
    expected = state.received_at if is_told else None
    assert stated_receipt(state, law.regulation(short_name)) == expected


def test_filing_out_of_hours_is_told_when_it_is_received(world: World) -> None:
    world.now = moment("2024-03-02 21:00")
    act = world.submit(world.draft())
    state = world.state(act)
    assert state.received_at is not None
    assert state.received_at != state.filed_at
    assert said("tiếp nhận chính thức: ") + told(state.received_at) in slip_of(world, act)


@pytest.mark.clause("QN20-21.5#1", "KT18-13.5", "DL24-18.5")
def test_acknowledgement_is_for_those_of_the_dossier_alone(world: World) -> None:
    act = world.until("submit")
    for name in ("binh", "giang"):
        with pytest.raises(Forbidden):
            slip_of(world, act, name)
    assert ReadRecord.objects.count() == 0
    slip_of(world, act)
    assert ReadRecord.objects.count() == 0
    slip_of(world, act, "chi")
    (record,) = ReadRecord.objects.all()
    assert record.why == "Xem xác nhận hồ sơ gửi trực tuyến"


def test_nothing_is_acknowledged_that_was_not_sent_online(world: World) -> None:
    with pytest.raises(NotFound):
        slip_of(world, world.register(), "chi")
    draft = world.draft()
    with pytest.raises(NotFound):
        slip_of(world, draft)
    with pytest.raises(Forbidden):
        slip_of(world, draft, "chi")


def test_package_holds_the_acknowledgement_of_what_was_sent_online(world: World) -> None:
    act = world.until("submit")
    given = {"actor": world.actor("an"), "at": world.now, "dossier_id": act.dossier_id}
    made = services.acknowledgement(**given)
    assert made in [each.card for each in services.package_of(**given).files]


def test_letter_tells_until_when_it_is_answered_and_where_the_paper_lies(world: World) -> None:
    act = world.until("submit")
    state = world.state(act)
    message = OutboxMessage.objects.filter(key="dossier.acknowledged").first()
    assert message is not None
    reply_by = reply_awaited(state)
    assert reply_by is not None
    assert message.context["due_at"] == reply_by.isoformat()
    assert message.context["paper"].endswith(f"/ho-so-cua-toi/{act.dossier_id}/xac-nhan-da-gui/")


def test_acknowledgement_quotes_no_internal_key_as_a_code() -> None:
    world = make_world(sheet(code="X.tro-cap"))
    found = slip_of(world, world.until("submit"))
    assert said("Cấp giấy phép thử nghiệm") in found
    assert "X.tro-cap" not in found
    assert said("Mã thủ tục") not in found


@pytest.mark.clause("QN20-11.1#2")
def test_letter_states_when_the_filing_is_officially_received(world: World) -> None:
    state = world.state(world.until("submit"))
    assert state.received_at is not None
    message = OutboxMessage.objects.filter(key="dossier.acknowledged").first()
    assert message is not None
    told_as = notify.wording("dossier.acknowledged", message.context, recipient="An").body
    assert (
        f"Thời điểm tiếp nhận chính thức: {in_words(state.received_at)}, nếu hồ sơ đầy đủ, hợp lệ." in told_as
    )
