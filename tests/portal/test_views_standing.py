"""What pages say of a dossier that nobody has accepted, or for which somebody must act."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.timezone import localtime as now
from tests.accounts.people import citizen
from tests.dossiers.test_result_at_the_desk import bring, kept
from tests.dossiers.wards import ward
from tests.dossiers.world import World, moment
from tests.portal.conftest import Browser

from motcua.accounts.models import Account
from motcua.agencies import queries as agencies
from motcua.agencies.enums import UnitKind
from motcua.agencies.models import Agency, Unit
from motcua.agencies.queries.memory import forget
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Correctable, DeclineGround, PauseGround
from motcua.dossiers.rules.receipt import reply_awaited
from motcua.dossiers.rules.state import DocumentRef, SupplementItem
from motcua.dossiers.services import Act
from motcua.kernel.actors import SYSTEM
from motcua.notify import services as notify
from motcua.notify.enums import NoticeKind
from motcua.notify.models import OutboxMessage
from motcua.theme.wording import long_moment, short_moment

pytestmark = pytest.mark.django_db

COUNTS, RECEIVED = "Thời điểm tiếp nhận chính thức", "Ngày nhận hồ sơ"
NO_LAST_DAY = "Không có ngày cuối để bổ sung"


@pytest.fixture
def an(browser_of: Browser) -> Client:
    return browser_of("an")


def words(answer: Any) -> str:
    """What a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def public(act: Act, **more: str) -> list[str]:
    """Tracking and the kiosk."""
    number = queries.state_of(act.dossier_id).reference
    return [
        words(Client().get(f"/tra-cuu/{number}")),
        words(Client().post("/ky-ot/", {"ma": number, **more})),
    ]


def own(an: Client, act: Act) -> str:
    return words(an.get(f"/ho-so-cua-toi/{act.dossier_id}/"))


def asked(world: World, act: Act) -> Act:
    return services.request_supplement(
        **world._on(act, "chi"), items=(SupplementItem("paper", "Chụp lại"),), reason="Mờ", guidance="Rõ góc"
    )


def withdrawn(world: World, act: Act) -> Act:
    return services.withdraw(**world._on(act, "an"), reason="Nộp nhầm nơi")


def test_moment_is_that_of_the_receipt_only_once_it_was_accepted(world: World, an: Client) -> None:
    waiting = world.until("submit")
    for text in (own(an, waiting), *public(waiting)):
        assert COUNTS in text
        assert RECEIVED not in text
    waiting = asked(world, waiting)
    for text in (own(an, waiting), *public(waiting)):
        assert COUNTS in text
        assert RECEIVED not in text
    accepted = world.until("accept")
    for text in (own(an, accepted), *public(accepted)):
        assert RECEIVED in text
        assert COUNTS not in text


OFF_HOURS = "vì gửi ngoài giờ làm việc"


def test_what_came_off_hours_says_when_it_came_and_from_when_it_counts(world: World, an: Client) -> None:
    world.later(days=-1)  # Sunday
    act = world.until("submit")
    state = queries.state_of(act.dossier_id)
    assert state.filed_at is not None
    assert state.received_at is not None
    both = f"Nộp lúc {long_moment(state.filed_at)}; tính từ {long_moment(state.received_at)} {OFF_HOURS}"
    for text in (own(an, act), *public(act)):
        assert f"{COUNTS} {both}, nếu hồ sơ đầy đủ, hợp lệ" in text
    for text in (own(an, act := world.accept(act)), *public(act)):  # on the same Sunday
        assert f"{RECEIVED} {both}" in text
        assert "nếu hồ sơ đầy đủ, hợp lệ" not in text


def test_what_came_while_the_agency_was_open_counts_from_then(world: World, an: Client) -> None:
    act = world.until("submit")
    for text in (own(an, act), *public(act)):
        assert OFF_HOURS not in text


MOVED = (
    "Thời hạn giải quyết tính từ thời điểm này, không tính từ lúc nộp: hồ sơ được bổ sung trước khi tiếp nhận"
)
ANSWER_MOVED = "Thời hạn trả lời của bộ phận một cửa được tính lại vì hồ sơ được bổ sung trước khi tiếp nhận."


def test_moment_that_a_supplement_moved_says_why(world: World, an: Client) -> None:
    act = asked(world, world.until("submit"))
    filed = queries.state_of(act.dossier_id).received_at
    for text in (own(an, act), *public(act)):
        assert MOVED not in text
    act = services.supplement(**world._on(act, "chi"), documents=(DocumentRef("paper", originals=1),))
    moved = queries.state_of(act.dossier_id).received_at
    assert filed is not None
    assert moved is not None
    assert moved > filed
    said = MOVED if queries.counted(queries.state_of(act.dossier_id)).is_stated else ANSWER_MOVED
    for text in (own(an, act), *public(act)):
        assert said in text
    act = world.accept(act)
    for text in (own(an, act), *public(act)):
        assert MOVED in text


def test_moment_that_stays_the_same_after_a_supplement_was_not_moved(world: World, an: Client) -> None:
    world.later(days=-1)  # Sunday: both come before the agency opens
    act = asked(world, world.until("submit"))
    filed = queries.state_of(act.dossier_id).received_at
    act = services.supplement(**world._on(act, "chi"), documents=(DocumentRef("paper", originals=1),))
    assert queries.state_of(act.dossier_id).received_at == filed
    for text in (own(an, act), *public(act)):
        assert COUNTS in text
        assert MOVED not in text


def test_what_was_withdrawn_before_it_was_accepted_was_never_received(world: World, an: Client) -> None:
    gone = withdrawn(world, world.until("submit"))
    for text in (own(an, gone), *public(gone)):
        assert RECEIVED not in text
        assert COUNTS not in text
    once = withdrawn(world, world.until("accept"))
    assert RECEIVED in own(an, once)


def test_answer_is_promised_on_every_page_until_it_was_given(world: World, an: Client) -> None:
    act = world.until("submit")
    reply_by = reply_awaited(queries.state_of(act.dossier_id))
    assert reply_by is not None
    told = f"Bộ phận một cửa trả lời chậm nhất {long_moment(reply_by)}"
    for text in (own(an, act), *public(act)):
        assert told in text
    in_list = f"trả lời chậm nhất {short_moment(reply_by)}"
    assert in_list in words(an.get("/ho-so-cua-toi/"))
    act = world.accept(act)
    for text in (own(an, act), *public(act), words(an.get("/ho-so-cua-toi/"))):
        assert "trả lời chậm nhất" not in text


def test_supplement_says_that_it_has_no_last_day(world: World, an: Client) -> None:
    act = asked(world, world.until("submit"))
    form = words(an.get(f"/ho-so-cua-toi/{act.dossier_id}/bo-sung/"))
    for text in (own(an, act), words(an.get("/ho-so-cua-toi/")), form):
        assert NO_LAST_DAY in text


def test_public_pages_say_who_must_act_and_where_and_nothing_personal(world: World) -> None:
    supplement = asked(world, world.until("submit"))
    payment = services.pause(
        **world._on(world.until("assign"), "dung"),
        ground=PauseGround.FINANCIAL_OBLIGATION,
        reason="Nguyễn Văn An nộp thuế đất",
    )
    stopped = world.stop(world.until("assign"), reason="Nguyễn Văn An đã bán đất")
    for act, said in (
        (supplement, "chờ chủ hồ sơ bổ sung giấy tờ"),
        (payment, "chờ chủ hồ sơ hoàn thành nghĩa vụ tài chính"),
        (stopped, "Hồ sơ đã dừng giải quyết theo đề nghị."),
    ):
        for text in public(act):
            assert said in text
            assert "bộ phận một cửa nơi nộp" in text
            assert "Người nộp qua tài khoản đăng nhập" in text
            for secret in ("Nguyễn Văn An", "thuế đất", "bán đất", "Chụp lại"):
                assert secret not in text


def test_kiosk_explains_the_date_and_speaks_english_without_losing_the_dossier(world: World) -> None:
    act = world.until("accept")
    number = queries.state_of(act.dossier_id).reference
    client = Client()
    answer = client.post("/ky-ot/", {"ma": number})
    assert "Vì sao có ngày hẹn này?" in words(answer)
    assert (
        '<button class="mc-plain-button" type="submit" name="language" value="en"' in answer.content.decode()
    )
    answer = client.post("/ky-ot/", {"ma": number, "language": "en"})
    assert "Why this due date?" in words(answer)
    assert number in words(answer)
    assert answer.headers["Content-Language"] == "en"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert "Vì sao có ngày hẹn này?" in public(act, language="xx")[1]
    assert 'value="en"' in Client().get("/ky-ot/").content.decode()


def test_declined_dossier_tells_its_owner_the_reason_and_what_can_be_done(world: World, an: Client) -> None:
    act = world.until("submit")
    services.decline(
        **world._on(act, "chi"),
        ground=DeclineGround.BY_LAW,
        provision="Điều 17 Nghị định số 61/2018/NĐ-CP",
        reason="Thiếu chữ ký của mẹ",
    )
    answer = an.get(f"/ho-so-cua-toi/{act.dossier_id}/")
    text = words(answer)
    for said in ("Thiếu chữ ký của mẹ", "Chủ hồ sơ có thể làm gì?", "Khi đã khắc phục", "có thể nộp lại"):
        assert said in text
    assert 'href="/thu-tuc/1.000001/"' in answer.content.decode()
    assert "xem lý do đầy đủ khi đăng nhập" not in text
    for text in public(act):
        assert "có thể nộp lại" in text


def test_declined_for_want_of_competence_sends_elsewhere_and_asks_for_nothing_to_be_mended(
    world: World, an: Client
) -> None:
    act = world.until("submit")
    way = {"competent": "Xã Ea Kao", "guidance": "Nộp tại bộ phận một cửa của xã"}
    services.decline(
        **world._on(act, "chi"), ground=DeclineGround.NOT_COMPETENT, reason="Không thuộc phường", **way
    )
    mine = own(an, act)
    assert "không có thẩm quyền giải quyết. Hãy nộp hồ sơ đến: Xã Ea Kao Hồ sơ nộp ở đó là hồ sơ mới" in mine
    assert "Hãy hỏi bộ phận một cửa" not in mine
    for text in (mine, *public(act)):
        assert "khắc phục" not in text
        assert "có thể nộp lại" not in text
        assert "tính thời hạn từ đầu" in text
    for text in public(act):  # what the desk wrote is not known as the name of an agency
        assert "Xã Ea Kao" not in text
        assert "Hãy hỏi bộ phận một cửa" in text


def test_refused_dossier_tells_its_owner_what_can_be_done(world: World, an: Client) -> None:
    act = world.refuse(world.propose(world.assign(world.hand_over(world.until("accept"))), decision="refuse"))
    act = world.announce(world.issue(act))
    text = own(an, act)
    assert "Kết quả là văn bản từ chối" in text
    assert "Nộp lại thủ tục này" in text
    assert "Chủ hồ sơ có thể làm gì?" not in own(an, world.until("announce"))


def timeline(answer: Any) -> list[str]:
    items = re.findall(r'<li class="mc-timeline__item.*?</li>', answer.content.decode(), re.DOTALL)
    return [" ".join(unescape(re.sub(r"<time.*?</time>|<[^>]+>", " ", each)).split()) for each in items]


def test_way_names_the_bodies_and_where_the_dossier_went_and_no_officer(world: World, an: Client) -> None:
    act = world.until("give_back")  # units bear the names of their kinds in this world
    assert timeline(an.get(f"/ho-so-cua-toi/{act.dossier_id}/")) == [
        "Đã nộp hồ sơ trực tuyến Người nộp → desk",
        "Đã tiếp nhận hồ sơ, hẹn trả kết quả desk, Sở Tư pháp",
        "Đã chuyển đơn vị giải quyết desk, Sở Tư pháp → division",
        "Đã phê duyệt leadership, Sở Tư pháp → office",
        "Đã ban hành kết quả office, Sở Tư pháp → desk",
        "Đã báo có kết quả desk, Sở Tư pháp → người nộp",
        "Đã trả kết quả desk, Sở Tư pháp → người nộp",
    ]
    number = queries.state_of(act.dossier_id).reference
    for one in timeline(Client().get(f"/tra-cuu/{number}")):
        assert "Sở Tư pháp" not in one  # what anybody may know: what happened, not who did it


def test_what_is_to_come_stands_apart_in_words(world: World, an: Client) -> None:
    act = world.until("submit")
    number = queries.state_of(act.dossier_id).reference
    pages = [
        an.get(f"/ho-so-cua-toi/{act.dossier_id}/"),
        Client().get(f"/tra-cuu/{number}"),
        Client().post("/ky-ot/", {"ma": number}),
    ]
    for answer in pages:
        before, _, after = answer.content.decode().partition("Tiếp theo <")
        assert "Đã nộp hồ sơ trực tuyến" in before
        assert "(chưa đến)" in after
        for title in ("Cơ quan tiếp nhận, hẹn ngày trả kết quả", "Kết quả được trả"):
            assert title not in before
            assert title in after
    over = an.get(f"/ho-so-cua-toi/{world.until('give_back').dossier_id}/").content.decode()
    assert "(chưa đến)" not in over


def test_way_of_a_dossier_that_was_passed_on_names_both_agencies(world: World, an: Client) -> None:
    act = world.until("submit")
    act = services.redirect(**world._on(act, "chi"), agency_id=ward(world).pk, reason="Của phường")
    act = world.accept(act, actor=world.actor("hue"))
    other = agencies.agency(queries.state_of(act.dossier_id).target.agency_id).name
    way = timeline(an.get(f"/ho-so-cua-toi/{act.dossier_id}/"))
    assert way[1] == f"Đã chuyển đến cơ quan có thẩm quyền desk, Sở Tư pháp → {other}"
    assert way[2].startswith("Đã tiếp nhận hồ sơ, hẹn trả kết quả")
    assert way[2].endswith(other)


def test_desk_with_the_name_of_its_level_is_called_by_its_ward(world: World, an: Client) -> None:
    card = ward(world)
    Agency.objects.filter(pk=card.pk).update(name="Ủy ban nhân dân phường Ea Kao")
    Unit.objects.filter(agency_id=card.pk, kind=UnitKind.DESK).update(name="Bộ phận một cửa cấp xã")
    forget()
    act = world.until("submit")
    act = services.redirect(**world._on(act, "chi"), agency_id=card.pk, reason="Của phường")
    act = world.accept(act, actor=world.actor("hue"))
    page = an.get(f"/ho-so-cua-toi/{act.dossier_id}/")
    assert timeline(page)[2].endswith(" Bộ phận một cửa phường Ea Kao")
    assert "cấp xã" not in page.content.decode()


def test_act_of_which_no_unit_is_known_names_the_agency(world: World, an: Client) -> None:
    act = world.until("assign")
    act = services.pause(
        **world._on(act, "dung"), ground=PauseGround.FINANCIAL_OBLIGATION, reason="Nộp thuế đất"
    )
    an_page = f"/ho-so-cua-toi/{act.dossier_id}/"
    assert "Đã tạm dừng chờ nghĩa vụ tài chính Sở Tư pháp" in timeline(an.get(an_page))
    world.stop(act)
    assert timeline(an.get(an_page))[-1] == "Đã dừng giải quyết desk, Sở Tư pháp → người nộp"


def test_applicant_reads_that_a_pause_after_the_due_moment_excuses_nothing(world: World, an: Client) -> None:
    for late in (True, False):
        act = world.until("assign")
        due = world.state(act).due_at
        assert due is not None
        world.now = due + timedelta(days=1 if late else -1)
        act = services.pause(
            **world._on(act, "dung"), ground=PauseGround.FINANCIAL_OBLIGATION, reason="Nộp thuế đất"
        )
        world.later(days=4)
        said = "Cơ quan tạm dừng tính thời hạn khi đã quá hẹn, nên hồ sơ vẫn tính là trễ."
        for path in (f"/ho-so-cua-toi/{act.dossier_id}/", f"/tra-cuu/{act.code}/"):
            text = an.get(path).content.decode()
            assert (said in text, "tạm dừng tính thời hạn</" in text) == (late, not late)
            assert ("Tính lại khi hết thời gian tạm dừng" in text) is not late
        mine = an.get("/ho-so-cua-toi/").content.decode()
        assert said in mine  # of the first one


def test_way_reads_in_english_as_what_happened(world: World) -> None:
    number = queries.state_of(world.until("give_back").dossier_id).reference
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    way = timeline(client.get(f"/tra-cuu/{number}"))
    assert (way[0], way[4]) == ("Filed online", "Result issued")


def test_decline_that_was_taken_back_is_told_to_the_owner_and_in_public(world: World, an: Client) -> None:
    act = world.until("submit")
    act = services.decline(
        **world._on(act, "chi"),
        ground=DeclineGround.BY_LAW,
        provision="Điều 17 Nghị định số 61/2018/NĐ-CP",
        reason="Thiếu chữ ký",
    )
    back = {"what": Correctable.DECLINE, "reason": "Bấm nhầm hồ sơ khác"}
    act = services.correct(**world._on(act, "chi"), **back)
    seen = own(an, act)
    for text in (seen, *public(act)):
        assert "Đã từ chối tiếp nhận" in text
        assert "Đã thu hồi việc từ chối tiếp nhận do ghi nhầm" in text
        for over in ("Thiếu chữ ký", "có thể nộp lại", "Hồ sơ không được tiếp nhận"):
            assert over not in text
    assert "Phiếu từ chối tiếp nhận, giải quyết hồ sơ (đã thu hồi)" in seen
    assert "desk, Sở Tư pháp → người nộp" in seen
    assert "Bấm nhầm" not in public(act)[0]


def test_request_that_was_taken_back_is_told_to_the_owner_and_in_public(world: World, an: Client) -> None:
    act = asked(world, world.until("submit"))
    back = {"what": Correctable.SUPPLEMENT, "reason": "Bấm nhầm hồ sơ khác"}
    act = services.correct(**world._on(act, "chi"), **back)
    seen = own(an, act)
    for text in (seen, *public(act)):
        assert "Đã yêu cầu bổ sung hồ sơ" in text
        assert "Đã thu hồi yêu cầu bổ sung do gửi nhầm" in text
        for over in ("Cần bổ sung", "Cơ quan chờ chủ hồ sơ bổ sung", LOG_IN):
            assert over not in text
    assert "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (đã thu hồi)" in seen
    assert "Không phải bổ sung nữa" in seen
    assert "→ người nộp" in seen
    assert "Bấm nhầm" not in public(act)[0]
    assert "Không phải bổ sung nữa" not in own(an, asked(world, act))


@pytest.mark.parametrize(
    ("verb", "over", "back_again"),
    [
        ("withdraw_at_desk", "Hồ sơ đã được rút", "Đã thu hồi việc rút hồ sơ do ghi nhầm"),
        ("stop", "Hồ sơ đã dừng giải quyết", "Đã thu hồi việc dừng giải quyết do ghi nhầm"),
    ],
)
def test_ending_that_was_taken_back_is_told_to_the_owner_and_in_public(
    world: World, an: Client, verb: str, over: str, back_again: str
) -> None:
    world.now = moment("2026-03-05 08:00")
    act = getattr(world, verb)(world.until("assign"))
    assert over in own(an, act)
    back = {"what": Correctable.ENDING, "reason": "Ghi nhầm hồ sơ khác"}
    act = services.correct(**world._on(act, "chi"), **back)
    seen = own(an, act)
    for text in (seen, *public(act)):
        assert back_again in text
        assert over not in text
        assert "có thể nộp" not in text
    assert ("Thông báo dừng giải quyết hồ sơ (đã thu hồi)" in seen) is (verb == "stop")
    assert "Ghi nhầm hồ sơ khác" not in public(act)[0]


def test_decision_that_was_taken_back_is_no_milestone_for_the_applicant(world: World, an: Client) -> None:
    """They were not told of it either; the right one is told as if it were the only one."""
    act = world.propose(world.until("assign"), decision="refuse", text="Thiếu")
    back = {"what": Correctable.DECISION, "reason": "Bấm nhầm"}
    act = services.correct(**world._on(world.refuse(act), "hanh"), **back)
    for text in (own(an, act), *public(act)):
        assert "Đã từ chối giải quyết" not in text
        assert "Đã đính chính" not in text
    world.refuse(act)
    for text in (own(an, act), *public(act)):
        assert text.count("Đã từ chối giải quyết") == 1


LOG_IN = "Đăng nhập để bổ sung"


def test_who_is_asked_for_papers_is_led_to_where_they_are_given(
    world: World, an: Client, browser_of: Browser
) -> None:
    card = citizen("Trần Văn Lạ", personal_id="066090000077", phone="0905000077", email="la@example.vn")
    world.people["la"] = Account.objects.get(pk=card.id)
    act = asked(world, world.until("submit"))
    path, there = f"/tra-cuu/{queries.state_of(act.dossier_id).reference}", f"/{act.dossier_id}/bo-sung/"
    stranger, owner, other = (each.get(path) for each in (Client(), an, browser_of("la")))
    assert LOG_IN in words(stranger)
    assert f'href="/dang-nhap/?next={path}"' in stranger.content.decode()
    assert f'href="/ho-so-cua-toi{there}"' in owner.content.decode()
    for answer in (stranger, other):
        assert str(act.dossier_id) not in answer.content.decode()
    assert LOG_IN not in words(other)
    letters = OutboxMessage.objects.filter(key="dossier.supplement_requested")
    assert {row.context["link"].endswith(there) for row in letters if row.account_id} == {True}


def test_owner_finds_the_way_from_tracking_to_their_page_and_nobody_else(world: World, an: Client) -> None:
    act = world.until("accept")
    path = f"/tra-cuu/{queries.state_of(act.dossier_id).reference}"
    assert f'href="/ho-so-cua-toi/{act.dossier_id}/"' in an.get(path).content.decode()
    page = Client().get(path)
    assert str(act.dossier_id) not in page.content.decode()
    assert LOG_IN not in words(page)


def test_planned_stop_is_told_on_every_page_of_the_portal_until_it_ends(world: World, an: Client) -> None:
    draft = world.draft()
    number = notify.give_notice(
        actor=SYSTEM, at=now(), kind=NoticeKind.STOP, title="Tạm ngừng tối thứ Bảy", body="Từ 20:00.",
        shown_from=world.monday, shown_to=now() + timedelta(days=2),  # pages here lie in another year
    )  # fmt: skip
    paths = (
        "/dang-nhap/",
        "/tra-cuu/",
        "/ky-ot/",
        f"/nop-ho-so/{draft.dossier_id}/",
        "/",
        "/cong-khai/thong-bao/",
    )
    for path in paths:
        assert words(an.get(path)).count("Tạm ngừng tối thứ Bảy") == 1, path
    step = words(an.get(f"/nop-ho-so/{draft.dossier_id}/giay-to/"))  # in a task: one line that leads there
    assert (step.count("Tạm ngừng tối thứ Bảy"), "Từ 20:00." in step) == (1, False)
    assert "Từ 20:00." in words(an.get("/tra-cuu/"))
    notify.end_notice(actor=SYSTEM, at=now(), notice_id=number)
    for path in paths[:4]:  # the first page is asked in another year
        assert "Tạm ngừng" not in words(an.get(path)), path


def test_news_stay_where_news_are_read(an: Client) -> None:
    notify.give_notice(
        actor=SYSTEM, at=now(), kind=NoticeKind.NEWS, title="Có trang mới", body="Xem.",
        shown_from=now(), shown_to=now() + timedelta(days=2),
    )  # fmt: skip
    assert "Có trang mới" not in words(an.get("/tra-cuu/"))


def test_result_is_on_its_way_only_until_it_lies_where_it_is_handed_out(world: World, an: Client) -> None:
    """The desk's own number puts it there; where a step has still to bring it, it is on its way till then."""
    on_its_way, there = "đang được chuyển đến nơi trả", "Kết quả đã về đến nơi trả; bộ phận một cửa sẽ báo"
    act = kept(world)
    listed = words(an.get("/ho-so-cua-toi/"))
    for text in (own(an, act), *public(act), listed):
        assert on_its_way in text
        assert there not in text
    act = bring(world, act)
    for text in (own(an, act), *public(act), words(an.get("/ho-so-cua-toi/"))):
        assert there in text
        assert on_its_way not in text
