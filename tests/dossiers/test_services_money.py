"""What the letters tell of paying and getting back, under the regulation that the dossier lives under."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings
from tests.dossiers.world import World, make_world, moment, sheet
from tests.resilience.scenery import upload

from motcua.catalogue.enums import OnlineLevel, PaymentTime
from motcua.catalogue.rules.sheets import Fee
from motcua.documents import services as documents
from motcua.dossiers import services
from motcua.dossiers.rules.state import DocumentRef
from motcua.dossiers.services import Act
from motcua.kernel.dates import in_words
from motcua.kernel.money import Money
from motcua.notify import queries as notify
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
PLACES = {
    "KT18": ("kon-tum", "2021-06-01 08:00"),
    "KT22": ("kon-tum", "2022-05-10 08:00"),
    "QN20": ("quang-ngai", "2021-03-01 08:00"),
    "DL24": ("dak-lak", "2024-03-04 08:00"),
    "PT24": ("phu-tho", "2024-11-04 08:00"),
}
WHEN = {
    PaymentTime.ACCEPTANCE: (
        "Nộp khi hồ sơ được tiếp nhận (đã đến lúc, bỏ qua nếu đã nộp): Lệ phí cấp giấy."
    ),
    PaymentTime.NOTICE: "Nộp khi có thông báo nộp của cơ quan giải quyết: Phí thẩm định.",
    PaymentTime.RESULT: "Nộp khi nhận kết quả: Lệ phí cấp giấy.",
    None: "Nộp khi nhận kết quả: Lệ phí cấp giấy.",  # DL24-19.1.c, of who comes for it
}
DUE = {
    ("KT18", OnlineLevel.PARTIAL): PaymentTime.ACCEPTANCE,
    ("KT18", OnlineLevel.FULL): PaymentTime.RESULT,
    ("DL24", OnlineLevel.FULL): None,
}
FEES = (Fee("Lệ phí cấp giấy", Money(20000)), Fee("Phí tại quầy", Money(50000), channel="counter"))


def set_up(settings: Settings, regulation: str, **content: Any) -> World:
    """The small world on a day of that regulation."""
    settings.PROVINCE, day = PLACES[regulation]
    world = make_world(sheet(**{"fees": FEES} | content))
    world.now = moment(day)
    return world


def letter(key: str) -> str:
    """The newest letter of that key to the applicant, as it is read."""
    message = OutboxMessage.objects.filter(key=key).latest("id")
    return notify.wording(key, message.context, recipient=message.recipient_name).body


@pytest.mark.parametrize(
    ("regulation", "level", "ways"),
    [
        pytest.param(
            "KT18",
            OnlineLevel.PARTIAL,
            ("- Nộp trực tiếp tại cơ quan.",),
            marks=pytest.mark.clause("KT18-14.3#2", "KT18-7.1.b"),
        ),
        pytest.param(
            "KT18",
            OnlineLevel.FULL,
            (
                "- Hiện chưa nộp trực tuyến được trên Cổng Dịch vụ công này;",
                "- Nộp tại bưu điện xã, phường.",
                "- Nộp qua dịch vụ bưu chính vào tài khoản của cơ quan.",
            ),
            marks=pytest.mark.clause("KT18-14.3#2", "KT18-7.2.b#2"),
        ),
        (
            "DL24",
            OnlineLevel.FULL,
            (
                "- Hiện chưa nộp trực tuyến được trên Cổng Dịch vụ công này;",
                "- Nộp qua dịch vụ bưu chính vào tài khoản của cơ quan.",
                "- Nộp trực tiếp tại cơ quan.",
            ),
        ),
    ],
)
def test_acceptance_tells_what_to_pay_how_and_when(
    settings: Settings, regulation: str, level: OnlineLevel, ways: tuple[str, ...]
) -> None:
    when = DUE[regulation, level]
    fees = replace(FEES[0], due=when), Fee("Phí thẩm định", Money(30000), due=PaymentTime.NOTICE), FEES[1]
    world = set_up(settings, regulation, online_level=level, fees=fees)
    world.accept(world.until("submit"), certified_by_post=True)
    text = letter("dossier.accepted")
    assert "Phí, lệ phí phải nộp:\n- Lệ phí cấp giấy: 20.000 đồng" in text
    assert "Phí tại quầy" not in text
    told = [line for line in text.splitlines() if line.startswith(("- Nộp", "- Hiện chưa nộp"))]
    assert len(told) == len(ways)
    assert all(line.startswith(way) for line, way in zip(told, ways, strict=True))
    assert ("chưa nộp trực tuyến được" in text) is (level is OnlineLevel.FULL)
    times = [line for line in text.splitlines() if line.startswith(("Nộp khi", "Thời điểm"))]
    wanted = sorted([WHEN[when], WHEN[PaymentTime.NOTICE]], key=list(WHEN.values()).index)
    if regulation == "KT18":  # no term stands still for a payment: this letter is the notice (reading A77)
        now = "giải quyết (đã đến lúc, bỏ qua nếu đã nộp):"
        wanted = [line.replace("giải quyết:", now) for line in wanted]
    assert times == wanted


def test_acceptance_says_that_no_time_was_published(settings: Settings) -> None:
    world = set_up(settings, "KT18", online_level=OnlineLevel.PARTIAL)
    world.accept(world.until("submit"))
    text = letter("dossier.accepted")
    assert "Thời điểm nộp chưa được công bố, vui lòng hỏi bộ phận một cửa: Lệ phí cấp giấy." in text
    assert "Nộp khi" not in text


@pytest.mark.parametrize(
    "regulation",
    [
        pytest.param("KT18", marks=pytest.mark.clause("KT18-14.3#1")),
        pytest.param("DL24", marks=pytest.mark.clause("DL24-19.1.c")),
    ],
)
def test_acceptance_tells_the_day_of_the_result_and_the_papers_to_bring(
    settings: Settings, regulation: str
) -> None:
    world = set_up(settings, regulation, online_level=OnlineLevel.PARTIAL)
    given = {"actor": world.actor("an"), "at": world.later(minutes=1), "name": "giay.pdf"}
    stored = str(documents.store(upload=upload(), **given).id)
    act = world.accept(world.submit(world.draft(documents=(DocumentRef("paper", file_id=stored),))))
    due = world.state(act).due_at
    assert due is not None
    text = letter("dossier.accepted")
    assert f"Ngày hẹn trả kết quả: {in_words(due)}." in text
    assert "mang theo bản chính để đối chiếu: Giấy chứng minh." in text


def test_acceptance_of_a_free_procedure_speaks_of_no_fee(settings: Settings) -> None:
    world = set_up(settings, "KT18", fees=(Fee("Lệ phí", Money(0)),))
    world.accept(world.until("submit"), certified_by_post=True)
    assert "phải nộp" not in letter("dossier.accepted")


def test_acceptance_where_the_text_is_silent_tells_no_fee(settings: Settings) -> None:
    set_up(settings, "PT24", online_level=OnlineLevel.PARTIAL).until("accept")
    assert "phải nộp" not in letter("dossier.accepted")


def not_collected(world: World) -> Act:
    act = world.until("announce")
    return services.record_non_collection(
        actor=world.actor("chi"),
        at=world.later(days=7),
        dossier_id=act.dossier_id,
        expected_version=act.version,
        note="Đã gọi hai lần",
    )


@pytest.mark.parametrize(
    ("regulation", "is_lost"),
    [
        pytest.param("KT18", True, marks=pytest.mark.clause("KT18-8.2.c#2")),
        pytest.param("DL24", True, marks=pytest.mark.clause("DL24-9.4#2")),
        pytest.param("QN20", True, marks=pytest.mark.clause("QN20-13.4#2")),
        ("PT24", False),
        ("KT22", False),
    ],
)
def test_reminder_speaks_of_a_lost_refund_only_where_the_text_does(
    settings: Settings, regulation: str, is_lost: bool
) -> None:
    not_collected(set_up(settings, regulation, online_level=OnlineLevel.PARTIAL))
    assert ("không được hoàn lại vì lý do không nhận kết quả" in letter("dossier.not_collected")) is is_lost
