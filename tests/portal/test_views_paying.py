"""What a dossier costs is told to whoever files it: before, when and after it is sent."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from html import unescape
from time import time as clock_of_the_machine
from typing import Any

import pytest
from django.test import Client
from tests.documents.test_services_slips import text_of, without_spaces
from tests.dossiers.world import World, make_world, sheet
from tests.portal.samples import upload
from tests.portal.test_views_supplement import asked, at, send

from motcua.accounts.services.sessions import SEEN_AT
from motcua.catalogue.enums import FieldKind, OnlineLevel, PaymentTime
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.sheets import Fee, OfferedLimit
from motcua.desk import clock
from motcua.dossiers import services
from motcua.dossiers.rules.state import ResultDelivery
from motcua.dossiers.services import Act
from motcua.kernel.limits import TimeLimit
from motcua.kernel.money import Money
from motcua.notify import queries as notify
from motcua.notify.models import OutboxMessage
from motcua.portal import who

pytestmark = pytest.mark.django_db

NOT_YET = "Trang này chưa thu tiền trực tuyến"


def shown(client: Client, address: str) -> str:
    """What a page says, without its marks."""
    text = client.get(address).content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def told(
    monkeypatch: pytest.MonkeyPatch,
    *fees: Fee,
    mark: str = "found",
    variants: tuple[str, ...] = (),
    **changes: Any,
) -> tuple[World, Client]:
    world = make_world(sheet(fees=fees, provenance={"fee": mark}, variants=variants, **changes))
    monkeypatch.setattr(who, "now", lambda: world.later(minutes=1))
    client = Client()
    client.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    return world, client


def everywhere(world: World, client: Client, act: Act) -> tuple[list[str], str]:
    """The page before sending, the one after it, the dossier's own; and the words of the acknowledgement."""
    before = shown(client, f"/nop-ho-so/{act.dossier_id}/xem-lai/")
    world.submit(act)
    after = [
        shown(client, f"/nop-ho-so/{act.dossier_id}/da-gui/"),
        shown(client, f"/ho-so-cua-toi/{act.dossier_id}/"),
    ]
    slip = services.acknowledgement(actor=world.actor("an"), at=world.now, dossier_id=act.dossier_id)
    return [before, *after], without_spaces(text_of(slip.content))


def test_fee_of_the_channel_is_told_on_every_page_and_in_the_acknowledgement(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fees = Fee("Lệ phí", Money(150_000), "online"), Fee("Lệ phí tại quầy", Money(200_000), "counter")
    world, client = told(monkeypatch, *fees)
    pages, slip = everywhere(world, client, world.draft())
    for text in pages:
        assert "Lệ phí : 150.000 đồng" in text.replace("Lệ phí:", "Lệ phí :")
        assert "200.000" not in text
        assert "Khi gửi hồ sơ, bạn chưa phải trả tiền." in text
        assert NOT_YET in text
        assert "khác theo quy định của tỉnh: Chuyển qua bưu điện; Trực tiếp tại bộ phận một cửa." in text
    assert without_spaces("Phí, lệ phí: Lệ phí: 150.000 đồng") in slip
    assert "200.000" not in slip


@pytest.mark.parametrize("fees", [(), (Fee("Lệ phí", Money(0)),)])
def test_nothing_to_pay_is_said_and_not_how(monkeypatch: pytest.MonkeyPatch, fees: tuple[Fee, ...]) -> None:
    world, client = told(monkeypatch, *fees)
    pages, slip = everywhere(world, client, world.draft())
    for text in pages:
        assert "Không phải nộp phí, lệ phí." in text
        assert NOT_YET not in text
    assert without_spaces("Không phải nộp phí, lệ phí") in slip


def test_price_of_one_is_told_where_it_hangs_on_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    world, client = told(monkeypatch, Fee("Phí bản sao", Money(8000), note="mỗi bản, nếu yêu cầu"))
    pages, slip = everywhere(world, client, world.draft())
    for text in pages:
        assert "Phí bản sao: 8.000 đồng mỗi bản , nếu yêu cầu" in text.replace("bản,", "bản ,")
        assert "Chỉ phải trả khoản mà bạn xin thêm" in text
        assert NOT_YET not in text
    assert without_spaces("8.000 đồng mỗi bản, nếu yêu cầu") in slip


def test_sum_for_the_copies_asked_for_is_told_and_else_no_sum_is_promised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = (FormSection("Bản sao", (FormField("copies", "Số bản sao", FieldKind.WHOLE_NUMBER),)),)
    world, client = told(monkeypatch, Fee("Phí bản sao", Money(8000), note="mỗi bản"), eform=form)
    pages, slip = everywhere(world, client, world.draft(form_data={"copies": "2"}))
    for text in pages:
        assert "8.000 đồng mỗi bản, 2 bản là 16.000 đồng" in text
        assert "ghi lại số tiền phải nộp" in text
    assert without_spaces("8.000 đồng mỗi bản, 2 bản là 16.000 đồng") in slip


def test_no_sum_is_promised_where_none_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    world, client = told(monkeypatch, Fee("Phí bản sao", Money(8000), note="mỗi bản"))
    pages, _ = everywhere(world, client, world.draft())
    for text in pages:
        assert "ghi lại số tiền phải nộp" not in text
        assert "bộ phận một cửa cho biết khi tiếp nhận hồ sơ" in text


def test_amount_of_another_decision_and_unverified_figures_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    world, client = told(monkeypatch, Fee("Phí thẩm định", None), mark="part_unverified")
    pages, slip = everywhere(world, client, world.draft())
    for text in pages:
        assert "Phí thẩm định: theo quy định riêng" in text
        assert "Mức này chưa đối chiếu với văn bản công bố." in text
    assert (
        without_spaces(
            "theo quy định riêng, nộp khi nhận kết quả (mức này chưa đối chiếu với văn bản công bố)"
        )
        in slip
    )


def test_accepted_dossier_no_longer_speaks_of_sending_and_a_withdrawn_one_asks_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world, client = told(monkeypatch, Fee("Lệ phí", Money(150_000)))
    running, gone = world.until("accept"), world.until("submit")
    services.withdraw(
        actor=world.actor("an"), at=world.later(minutes=1), dossier_id=gone.dossier_id,
        expected_version=gone.version, reason="Nộp nhầm nơi",
    )  # fmt: skip
    text = shown(client, f"/ho-so-cua-toi/{running.dossier_id}/")
    assert "150.000 đồng" in text
    assert NOT_YET in text
    assert "chưa phải trả tiền" not in text
    assert "150.000" not in shown(client, f"/ho-so-cua-toi/{gone.dossier_id}/")


@pytest.mark.clause("KT18-7.1.b")
def test_own_pages_say_when_each_fee_is_paid_and_whether_it_is_time(
    monkeypatch: pytest.MonkeyPatch, regulation: str
) -> None:
    world, client = told(
        monkeypatch,
        Fee("Lệ phí", Money(150_000), due=PaymentTime.ACCEPTANCE),
        Fee("Phí thẩm định", Money(80_000)),
        online_level=OnlineLevel.PARTIAL,
    )
    act = world.draft()
    pages, slip = everywhere(world, client, act)
    for text in pages:
        assert "150.000 đồng Nộp khi hồ sơ được tiếp nhận Phí thẩm định: 80.000 đồng" in text
        assert "công bố, bộ phận một cửa cho biết khi tiếp nhận: Phí thẩm định." in text
        assert "Khi gửi hồ sơ, bạn chưa phải trả tiền." in text
    assert without_spaces("150.000 đồng, nộp khi hồ sơ được tiếp nhận; Phí thẩm định") in slip
    accepted = world.until("accept")
    text = shown(client, f"/ho-so-cua-toi/{accepted.dossier_id}/")
    assert "150.000 đồng Nộp khi hồ sơ được tiếp nhận (đã đến lúc, bỏ qua nếu đã nộp)" in text
    assert "chưa được công bố, hãy hỏi bộ phận một cửa: Phí thẩm định." in text


def test_fee_that_is_due_on_filing_is_not_called_not_due_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    world, client = told(monkeypatch, Fee("Lệ phí", Money(150_000), due=PaymentTime.FILING))
    pages, slip = everywhere(world, client, world.draft())
    assert ["(đã đến lúc, bỏ qua nếu đã nộp)" in text for text in pages] == [False, True, True]
    for text in pages:
        assert "150.000 đồng Nộp khi nộp hồ sơ" in text
        assert "bạn chưa phải trả tiền" not in text
        assert NOT_YET in text
    assert without_spaces("150.000 đồng, nộp khi nộp hồ sơ") in slip


def test_nothing_is_said_of_refunds_where_nothing_can_have_been_paid(monkeypatch: pytest.MonkeyPatch) -> None:
    world, client = told(
        monkeypatch, Fee("Lệ phí", Money(150_000), "online"), Fee("Phí", Money(0), "counter")
    )
    gone = world.until("submit")
    services.withdraw(
        actor=world.actor("an"), at=world.later(minutes=1), dossier_id=gone.dossier_id,
        expected_version=gone.version, reason="Nộp nhầm nơi",
    )  # fmt: skip
    assert "Hoàn phí" not in shown(client, f"/ho-so-cua-toi/{gone.dossier_id}/")
    assert "Hoàn phí" in shown(client, f"/ho-so-cua-toi/{world.until('announce').dossier_id}/")
    free = world.accept(world.register(owner_id=str(world.people["an"].pk)))
    for step in (world.hand_over, world.assign, world.propose, world.approve, world.issue, world.announce):
        free = step(free)
    assert "Hoàn phí" not in shown(client, f"/ho-so-cua-toi/{free.dossier_id}/")


ON_REQUEST = "giấy tiếp nhận chỉ được lập khi bạn đề nghị"


@pytest.mark.clause("DL24-8.2#3", "DL24-8.2#4")
@pytest.mark.parametrize("cutoff", [time(15), None], ids=["immediate", "with a term"])
def test_receipt_is_promised_only_where_it_need_not_be_asked_for(
    monkeypatch: pytest.MonkeyPatch, cutoff: time | None
) -> None:
    term = OfferedLimit(None, None, TimeLimit.parse("1wd"), "1", "Ngày làm việc", cutoff=cutoff)
    world = make_world(sheet(limits=(term,)))
    monkeypatch.setattr(who, "now", lambda: world.later(minutes=1))
    client = Client()
    client.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    act = world.draft()
    before = shown(client, f"/nop-ho-so/{act.dossier_id}/xem-lai/")
    world.submit(act)
    after = shown(client, f"/nop-ho-so/{act.dossier_id}/da-gui/")
    assert [ON_REQUEST in text for text in (before, after)] == [cutoff is not None] * 2
    assert ("bạn nhận giấy tiếp nhận" in after) == (cutoff is None)
    assert client.get(f"/ho-so-cua-toi/{act.dossier_id}/tin-nhan/").status_code == 200


@pytest.mark.clause("DL24-8.2#3", "DL24-8.2#4")
@pytest.mark.parametrize("cutoff", [time(15), None], ids=["immediate", "with a term"])
def test_letter_on_a_supplement_promises_no_other_receipt_than_its_page(
    monkeypatch: pytest.MonkeyPatch, cutoff: time | None
) -> None:
    term = OfferedLimit(None, None, TimeLimit.parse("1wd"), "1", "Ngày làm việc", cutoff=cutoff)
    world = make_world(sheet(limits=(term,)))
    monkeypatch.setattr(who, "now", lambda: world.later(minutes=1))
    client = Client()
    client.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    act = asked(world, "paper")
    client.post(at(act, "giay-to/paper/"), {"file-paper": upload(), "go_on": "yes"})
    send(client, act)
    page = shown(client, at(act, "1/da-gui/"))
    letter = OutboxMessage.objects.filter(key="dossier.supplemented").latest("pk")
    message = notify.wording(letter.key, letter.context, recipient="An")
    for text, asks, gets in (
        (page, ON_REQUEST, "bạn nhận giấy tiếp nhận"),
        (message.body, "chỉ được lập khi Ông/Bà đề nghị", "Ông/Bà nhận giấy tiếp nhận"),
    ):
        assert (asks in " ".join(text.split()), gets in text) == (cutoff is not None, cutoff is None)


@pytest.mark.clause("DL24-8.2#3", "DL24-8.2#4")
@pytest.mark.parametrize("is_asked", [True, False])
def test_wish_for_a_receipt_goes_with_the_filing_and_stands_ticked_at_the_desk(
    monkeypatch: pytest.MonkeyPatch, is_asked: bool
) -> None:
    term = OfferedLimit(None, None, TimeLimit.parse("1wd"), "1", "Ngày làm việc", cutoff=time(15))
    world = make_world(sheet(limits=(term,)))
    for module in (who, clock):
        monkeypatch.setattr(module, "now", lambda: world.later(minutes=1))
    an, chi = Client(), Client()
    for client, name in ((an, "an"), (chi, "chi")):
        client.force_login(world.people[name], backend="motcua.accounts.services.backends.EntryBackend")
    session = chi.session
    session[SEEN_AT] = int(clock_of_the_machine())
    session.save()
    act = world.draft()
    question = f"/nop-ho-so/{act.dossier_id}/nhan-ket-qua/"
    assert "Tôi đề nghị lập giấy tiếp nhận" in shown(an, question)
    given = {"version": act.version, "delivery": "counter"} | ({"receipt_asked": "on"} if is_asked else {})
    assert an.post(question, given).status_code == 302
    state = world.state(act)
    assert state.contents.delivery == ResultDelivery("counter", receipt_asked=is_asked)
    check = shown(an, f"/nop-ho-so/{act.dossier_id}/xem-lai/")
    assert ("Đề nghị lập" in check, ON_REQUEST in check) == (is_asked, not is_asked)

    sent = world.submit(replace(act, version=state.version))
    after = shown(an, f"/nop-ho-so/{act.dossier_id}/da-gui/")
    assert ("bạn nhận giấy tiếp nhận" in after) == is_asked
    form = chi.get(f"/noi-bo/ho-so/{act.dossier_id}/tiep-nhan/").context["form"]
    assert form["receipt_asked"].value() is is_asked
    typed = {"version": sent.version, "note": ""} | ({"receipt_asked": "on"} if is_asked else {})
    chi.post(f"/noi-bo/ho-so/{act.dossier_id}/tiep-nhan/", typed)
    assert bool(world.state(act).slips) is is_asked


def test_wish_for_a_receipt_is_asked_only_where_it_matters(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world(sheet())
    monkeypatch.setattr(who, "now", lambda: world.later(minutes=1))
    client = Client()
    client.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    act = world.draft()
    question = f"/nop-ho-so/{act.dossier_id}/nhan-ket-qua/"
    assert "giấy tiếp nhận" not in shown(client, question)
    client.post(question, {"version": act.version, "delivery": "counter", "receipt_asked": "on"})
    assert not world.state(act).contents.delivery.receipt_asked
