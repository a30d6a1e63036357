"""Public tracking beyond the ordinary: scanned codes, lateness, the kiosk."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.documents import samples
from tests.dossiers.test_verify import tamper
from tests.dossiers.world import World

from motcua.agencies.models import Agency
from motcua.documents import services as documents
from motcua.dossiers import queries, services
from motcua.dossiers.enums import DeclineGround
from motcua.dossiers.rules.state import ResultDelivery
from motcua.dossiers.services import Act
from motcua.notify.models import OutboxMessage
from motcua.portal import standing
from motcua.portal.views.tracking import reference_in
from motcua.worktime.rules import ZONE, local

pytestmark = pytest.mark.django_db
CLOSED = datetime(2026, 11, 27, 17, 30, tzinfo=ZONE)  # when the desk has just closed
HOUR = timedelta(hours=1)
SCANNED = "https://dichvucong.example.vn/tra-cuu/{code}#procedure=1.000001;id=066090000001"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (" h15-1 ", "H15-1"),
        (SCANNED.format(code="000.00.15.H15-240304-0001"), "000.00.15.H15-240304-0001"),
        ("http://x/tra-cuu/YC-1A2B-3C4D/", "YC-1A2B-3C4D"),
        ("https://example.org/khac", "HTTPS://EXAMPLE.ORG/KHAC"),
        ("#", ""),
        ("x" * 5000, "X" * 400),
    ],
)
def test_reference_is_read_from_what_a_scanner_types(typed: str, code: str) -> None:
    assert reference_in(typed) == code


def test_scanned_address_leads_to_the_dossier(world: World) -> None:
    code = queries.state_of(world.until("accept").dossier_id).code
    answer = Client().post("/tra-cuu/", {"ma": SCANNED.format(code=code)})
    assert answer.headers["Location"] == f"/tra-cuu/{code}"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("yc 1a2b 3c4d", "YC 1A2B 3C4D"), ("000.00.15.h15-240304-0001", "000.00.15.H15-240304-0001")],
)
def test_number_of_a_dossier_comes_into_the_address(typed: str, code: str) -> None:
    assert Client().post("/tra-cuu/", {"ma": typed}).headers["Location"] == f"/tra-cuu/{quote(code)}"


@pytest.mark.parametrize(
    "typed",
    [
        *("https://example.org/khac", "a/b", "#", "/", "Trần Thị Hoa", "tran thi hoa", "hoa.tran@example.vn"),
        *("nguyen van an 001185012345", "an-001185012345", "hoa"),
    ],
)
def test_something_else_asks_again(typed: str) -> None:
    answer = Client().post("/tra-cuu/", {"ma": typed})
    assert answer.status_code == 422
    assert 'value=""' in answer.content.decode().partition('id="ma"')[2][:80]


def test_number_of_a_person_in_the_search_leads_to_where_dossiers_are_found_by_it() -> None:
    for typed in ("001185012345", "001 185 012 345"):
        answer = Client().get("/thu-tuc/", {"q": typed})
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("portal:lookup"))


@pytest.mark.parametrize(
    "typed", ["066090000001", "066 090 000 001", "240512345", "0905000001", "+84905000001"]
)
def test_number_of_a_person_never_comes_into_an_address(typed: str) -> None:
    answer = Client().post("/tra-cuu/", {"ma": typed})
    assert answer.status_code == 422
    assert typed not in answer.content.decode()


def told(world: World, act_id: str) -> str:
    return Client().get(f"/tra-cuu/{queries.state_of(act_id).code}").content.decode()


def test_dossier_in_time_gets_no_apology(world: World) -> None:
    for text in faces(world, world.until("approve")):
        assert "Chúng tôi xin lỗi" not in text


def test_open_dossier_past_its_date_is_owned_up_to(world: World) -> None:
    act = world.until("approve")
    world.later(days=7)
    for text in faces(world, act):
        assert "Hồ sơ đã quá hẹn 2 ngày 1 giờ làm việc mà chưa có kết quả." in text
        assert text.count("Chúng tôi xin lỗi vì sự chậm trễ này. Để biết lý do") == 1


def test_lateness_of_days_and_hours_is_not_said_to_be_days(world: World) -> None:
    act = world.until("approve")
    due = queries.state_of(act.dossier_id).due_at
    assert due is not None
    world.now = due + timedelta(days=1, minutes=520)  # 400 of them open
    late = "Hồ sơ đã quá hẹn 1 ngày 7 giờ làm việc mà chưa có kết quả."
    for text in faces(world, act):
        assert late in text
        assert "trễ 1 ngày 7 giờ làm việc<" in text


def test_late_result_is_owned_up_to(world: World) -> None:
    act = world.until("approve")
    world.later(days=7)
    act = world.give_back(world.announce(world.issue(act)))
    for text in faces(world, act):
        assert "Kết quả có sau ngày hẹn 2 ngày 1 giờ làm việc." in text
        assert text.count("Chúng tôi xin lỗi vì sự chậm trễ này.") == 1
        assert "Để biết lý do" not in text


def test_dossier_past_the_new_date_of_its_letter_is_owned_up_to_once(world: World) -> None:
    act = extended(world)
    world.later(days=14)
    for text in faces(world, act):
        assert text.count("mà chưa có kết quả.") == 1
        assert text.count("Chúng tôi xin lỗi vì sự chậm trễ này.") == 1
        assert "Để biết lý do và ngày hẹn mới" not in text


def extended(world: World) -> Act:
    """A dossier with a letter in time and a new date, Tuesday 12 March."""
    act = world.until("assign")
    letter = {"new_day": date(2024, 3, 12), "reason": "Chờ xác minh"}
    return services.extend(**world._on(act, "hanh") | letter)


def faces(world: World, act: Act) -> list[str]:
    """What tracking, the kiosk and the own page say."""
    code = queries.state_of(act.dossier_id).code
    owner = Client()
    owner.force_login(world.people["an"])
    own = owner.get(f"/ho-so-cua-toi/{act.dossier_id}/").content.decode()
    return [told(world, act.dossier_id), Client().post("/ky-ot/", {"ma": code}).content.decode(), own]


def test_reason_of_an_apology_names_nobody_to_whoever_has_the_code(world: World) -> None:
    act = world.until("assign")
    name = queries.state_of(act.dossier_id).contents.applicant.name
    letter = {"new_day": date(2024, 3, 12), "reason": f"Chờ ông {name} bổ túc bản vẽ của bà Lê Thị Mai"}
    act = services.extend(**world._on(act, "hanh") | letter)
    public, kiosk, own = faces(world, act)
    for text in (public, kiosk):
        assert name not in text
        assert "Lê Thị Mai" not in text
        assert "bản vẽ của bà …" in text
    assert name in own


def test_list_of_ones_own_tells_the_new_date_of_a_dossier_that_is_late(world: World) -> None:
    act = world.until("assign")
    world.later(days=30)
    letter = {"new_day": local(world.now).date() + timedelta(days=7), "reason": "Chờ xác minh"}
    state = queries.state_of(services.extend(**world._on(act, "hanh") | letter).dossier_id)
    assert state.promised_at is not None
    assert state.due_at is not None
    assert state.measured_due_at == state.promised_at  # late, whatever a letter says
    owner = Client()
    owner.force_login(world.people["an"])
    cards = " ".join(owner.get("/ho-so-cua-toi/").content.decode().split())
    first, new = (f"{local(each):%H:%M %d/%m/%Y}" for each in (state.promised_at, state.due_at))
    assert f"hẹn trả {first}, nay hẹn lại {new}" in cards


PRESENT = "Cơ quan xin lỗi vì chậm trễ và đã hẹn lại"


def test_apology_is_in_the_present_while_the_result_is_awaited(world: World) -> None:
    for text in faces(world, extended(world)):
        assert PRESENT in text


@pytest.mark.parametrize(
    ("days", "title", "pill"),
    [
        (0, "Cơ quan đã hẹn lại, nhưng kết quả vẫn có trước ngày hẹn đầu", "xong đúng hạn"),
        (7, "Khi đó cơ quan đã xin lỗi và hẹn lại", "xong trong hạn đã hẹn lại"),
        (14, "Khi đó cơ quan đã xin lỗi và hẹn lại", "xong, trễ"),
    ],
)
def test_apology_of_an_ended_dossier_is_told_as_what_happened(
    world: World, days: int, title: str, pill: str
) -> None:
    act = extended(world)
    world.later(days=days)
    act = world.close(world.give_back(world.announce(world.issue(world.approve(world.propose(act))))))
    for text in faces(world, act):
        assert PRESENT not in text
        assert "Chúng tôi xin lỗi" not in text
        assert title in text
        assert pill in text
        assert "Kết quả đã có lúc" in text


def test_result_that_waits_says_where_and_when_and_what_to_bring(world: World) -> None:
    act = world.until("announce")
    for text in faces(world, act):
        assert "Nhận kết quả tại desk" in text  # the name of the desk in this world
        assert "Giờ làm việc" in text
        assert "Hãy mang theo" in text
        assert "Thẻ căn cước" in text
    assert "Kết quả đã có, chờ chủ hồ sơ nhận." in told(world, act.dossier_id)
    world.give_back(act)
    for text in faces(world, act):
        assert "Nhận kết quả tại" not in text


@pytest.mark.parametrize(
    ("wish", "is_file", "own", "public"),
    [
        (ResultDelivery("online"), True, "bạn tải về ở mục “Kết quả”", "mở hồ sơ rồi tải kết quả về"),
        (ResultDelivery("online"), False, "chưa có tệp trên Cổng", "Kết quả đã có, chờ chủ hồ sơ nhận."),
        (ResultDelivery("postal", "12 Lê Duẩn"), False, "địa chỉ bạn đã ghi", "địa chỉ chủ hồ sơ đã ghi"),
    ],
)
def test_result_that_nobody_fetches_says_how_it_comes(
    world: World, wish: ResultDelivery, is_file: bool, own: str, public: str
) -> None:
    act = world.accept(world.submit(world.draft(delivery=wish)))
    act = world.approve(world.propose(world.assign(world.hand_over(act))))
    upload = {"upload": SimpleUploadedFile("ket-qua.pdf", samples.pdf()), "name": "ket-qua.pdf"}
    file = documents.store(**upload, actor=world.actor("khoa"), at=world.now) if is_file else None
    act = world.announce(world.issue(act, file_id=file and file.id))
    *anybody, mine = faces(world, act)
    assert own in mine
    for text in anybody:
        assert public in text
        assert "Nhận kết quả tại" not in text
    said = OutboxMessage.objects.get(
        key="dossier.result_ready", channel="in_app", account_id=world.people["an"].pk
    ).context
    assert (said["delivery"], bool(said["has_file"])) == (wish.how, is_file)
    assert said["own_link"].endswith(f"/ho-so-cua-toi/{act.dossier_id}/")


WAY = {
    "competent": "Cơ quan khác",
    "guidance": "Nộp trực tiếp, mang theo thẻ căn cước",
    "provision": "Điều 17 Nghị định số 61/2018/NĐ-CP",
}


@pytest.mark.parametrize(
    ("ground", "reason", "said"),
    [
        ("not_competent", "Trần Thị Kín nộp ở ủy ban nhân dân xã Ea Kao.", "Xã Ea Kao"),
        ("not_competent", "Trần Thị Kín nộp nhầm nơi.", "để biết cơ quan nào có thẩm quyền"),
        ("by_law", "Ủy ban nhân dân Xã Ea Kao đã trả Trần Thị Kín.", "người khác hỏi bộ phận một cửa"),
    ],
)
def test_refused_dossier_says_what_can_be_done_and_keeps_its_reason(
    world: World, ground: str, reason: str, said: str
) -> None:
    name = "Ủy ban nhân dân Xã Ea Kao"
    Agency.objects.create(
        province="dak-lak", key="ea-kao", name=name, level="commune", kind="commune_committee"
    )
    act = world.submit(world.draft())
    act = services.decline(**world._on(act, "chi"), ground=DeclineGround(ground), reason=reason, **WAY)
    number = queries.state_of(act.dossier_id).reference
    for text in (
        Client().get(f"/tra-cuu/{number}").content.decode(),
        Client().post("/ky-ot/", {"ma": number}).content.decode(),
    ):
        assert "Chủ hồ sơ có thể làm gì?" in text
        assert said in text
        assert ("Xã Ea Kao" in text) == (said == "Xã Ea Kao")
        assert "Trần Thị Kín" not in text


@pytest.mark.clause("KT22-11.1.a", "QN20-14.1.a", "PT24-11.1.a", "PT24-11.2", "PT24-9.2bis#2", "DL24-8.2#2")
def test_whoever_types_a_code_reads_how_the_dossier_stands_and_what_was_done(world: World) -> None:
    act = world.until("accept")
    state = queries.state_of(act.dossier_id)
    code, due_at = state.code, state.due_at
    assert due_at is not None
    page = Client().get(f"/tra-cuu/{code}").content.decode()
    assert standing.of(state.status).sentence in page
    assert f"{local(due_at):%d/%m/%Y}" in page
    done = page.partition("Hồ sơ đã đi qua")[2].partition("Tiếp theo")[0]
    assert "Đã tiếp nhận hồ sơ, hẹn trả kết quả" in done


@pytest.mark.clause("PT24-14.2")
def test_look_up_tells_what_the_chain_says_and_nothing_personal_and_a_change_by_force_is_found(
    world: World,
) -> None:
    act = world.until("accept")
    state = queries.state_of(act.dossier_id)
    found = queries.tracking(state.code)
    assert found is not None
    assert (found.status, found.due_at) == (state.status, state.due_at)
    text = told(world, act.dossier_id)
    for secret in (state.contents.applicant.name, state.contents.applicant.personal_id, "an@example.vn"):
        assert secret not in text
    for guess in (state.code[:-1], f"{state.code}0", state.contents.applicant.personal_id):
        assert queries.tracking(guess) is None
    assert services.verify().difference is None
    tamper("UPDATE dossiers_dossier SET due_at = due_at - interval '1 day'")
    assert "due_at differs" in str(services.verify().difference)


def test_lateness_of_a_minute_is_said(world: World) -> None:
    act = world.until("accept")
    found = queries.tracking(queries.state_of(act.dossier_id).code)
    assert found is not None
    assert found.due is not None
    assert found.due_at is not None
    with translation.override("vi"):
        term = standing.Term(found.due_at, found.due.calendar)
        opens = next(
            found.due_at + timedelta(minutes=minutes)
            for minutes in range(1, 4 * 24 * 60)
            if found.due.calendar.open_minutes(found.due_at, found.due_at + timedelta(minutes=minutes))
        )
        late, in_time = (standing.lateness(term, at) for at in (opens, found.due_at))
        closed_since = replace(term, due_at=CLOSED, finished_at=None)
        after_hours = standing.lateness(closed_since, CLOSED + timedelta(hours=2))
        done = standing.lateness(replace(term, due_at=CLOSED, finished_at=CLOSED + HOUR), CLOSED + 2 * HOUR)
    assert late == standing.Lateness("Hồ sơ đã quá hẹn 1 phút làm việc mà chưa có kết quả.", is_open=True)
    assert in_time is None
    assert after_hours == standing.Lateness("Hồ sơ đã quá hẹn mà chưa có kết quả.", is_open=True)
    assert done == standing.Lateness("Kết quả có sau ngày hẹn, ngoài giờ làm việc.", is_open=False)


def test_what_is_ahead_says_that_the_date_has_passed() -> None:
    happened = [standing.Happened("accepted", CLOSED - 9 * HOUR)]
    with translation.override("vi"):
        told = [
            [
                each.body
                for each in standing.way(happened, at, is_over=False, due_at=CLOSED).ahead
                if each.body
            ]
            for at in (CLOSED, CLOSED + HOUR)
        ]
    moment = "17 giờ 30 phút, ngày 27 tháng 11 năm 2026"
    assert told == [[f"Chậm nhất {moment}"], [f"Đã hẹn {moment}, nay quá hẹn"]]


def test_kiosk_shows_the_dossier_and_forgets_it(world: World) -> None:
    state = queries.state_of(world.until("approve").dossier_id)
    answer = Client().post("/ky-ot/", {"ma": SCANNED.format(code=state.code)})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert answer.headers["Refresh"] == "180; url=/ky-ot/"
    assert "Trang này tự đóng sau 3 phút." in text
    assert "Thêm thời gian" in text
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert state.code in text
    assert not re.search(rf'(?:href|action)="[^"]*{re.escape(state.code)}', text)
    for secret in (state.contents.applicant.name, state.contents.applicant.personal_id):
        assert secret not in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Hãy nhập mã hồ sơ."),
        ("0905 123 456", "Đây là số định danh hoặc số điện thoại, không phải mã hồ sơ."),
        ("nguyễn văn an", "Nếu không có mã, hãy bấm “Tìm hồ sơ khi không có mã” ở dưới."),
    ],
)
def test_kiosk_says_what_is_wrong_and_keeps_nothing_that_is_no_code(
    world: World, typed: str, said: str
) -> None:
    answer = Client().post("/ky-ot/", {"ma": typed})
    text = answer.content.decode()
    assert (answer.status_code, answer.headers["Refresh"]) == (422, "300; url=/ky-ot/")
    assert said in text
    assert 'name="ma" value=""' in text


def test_kiosk_leaves_a_code_that_is_not_found_to_be_looked_through(world: World) -> None:
    answer = Client().post("/ky-ot/", {"ma": "000.00.00.h15-261109-9999"})
    text = answer.content.decode()
    assert (answer.status_code, answer.headers["Refresh"]) == (422, "300; url=/ky-ot/")
    assert "Không có hồ sơ nào mang mã này. Hãy xem lại từng chữ số trên giấy hẹn." in text
    assert 'name="ma" value="000.00.00.H15-261109-9999"' in text


def test_kiosk_waits_at_its_start(world: World) -> None:
    answer = Client().get("/ky-ot/")
    assert answer.status_code == 200
    assert "Refresh" not in answer.headers
    assert settings.SESSION_COOKIE_NAME not in answer.cookies
