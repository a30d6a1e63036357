"""My dossiers: what waits for me, supplement, withdraw, and what I may download."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from tests.dossiers.test_refusal_sent import refused_online
from tests.dossiers.test_result_at_the_desk import bring, kept
from tests.dossiers.world import MONDAY, World, make_world, moment, sheet
from tests.portal.conftest import Browser
from tests.portal.samples import upload

from motcua.accounts.services.sessions import SEEN_AT
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.catalogue.enums import OnlineLevel
from motcua.catalogue.rules.sheets import Fee, RequiredDocument
from motcua.documents import services as documents
from motcua.dossiers import labels, queries, services
from motcua.dossiers.enums import Status
from motcua.dossiers.rules.state import DocumentRef, SupplementItem
from motcua.dossiers.services import Act
from motcua.kernel.money import Money
from motcua.portal import who
from motcua.theme.wording import short_moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def an(browser_of: Browser) -> Client:
    return browser_of("an")


def asked(world: World, *keys: str) -> Act:
    """A submitted dossier for which the desk has asked these papers again."""
    act = world.until("submit")
    return services.request_supplement(
        actor=world.actor("chi"),
        at=world.later(minutes=1),
        dossier_id=act.dossier_id,
        expected_version=act.version,
        items=tuple(SupplementItem(key, f"Bổ sung {key}") for key in keys),
        reason="Ảnh chụp bị mờ",
        guidance="Chụp lại rõ cả bốn góc",
    )


def page(act: Act, name: str = "") -> str:
    return f"/ho-so-cua-toi/{act.dossier_id}/" + (f"{name}/" if name else "")


def post(client: Client, act: Act, name: str, **data: Any) -> Any:
    version = queries.state_of(act.dossier_id).version
    return client.post(page(act, name), {"version": version, **data})


def test_supplement_of_a_conditional_paper_offers_no_reason_instead(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rule takes no reason for what was asked for by name, so the page must not offer one."""
    paper = RequiredDocument("paper", "Giấy chứng minh", condition="nếu có")
    form = RequiredDocument("form", "Tờ khai", is_form=True)
    world = make_world(sheet(components=(form, paper)))
    monkeypatch.setattr(who, "now", lambda: world.later(minutes=1))
    client = Client()
    client.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    act = asked(world, "paper")
    assert "Không phải nộp giấy này" not in client.get(page(act, "bo-sung/giay-to/paper")).content.decode()
    answer = post(client, act, "bo-sung/giay-to/paper", go_on="", **{"note-paper": "không cần"})
    assert [error.text for error in answer.context["page_errors"]] == ["Hãy gửi “Giấy chứng minh”."]


def test_what_was_filed_and_what_can_be_done_stand_under_headings_of_their_own(
    world: World, an: Client
) -> None:
    text = an.get(page(asked(world, "paper"))).content.decode()
    headings = [" ".join(each.split()) for each in re.findall(r"<h2[^>]*>(.*?)</h2>", text, re.DOTALL)]
    assert headings[headings.index("Giấy của cơ quan gửi bạn") + 1] == "Những gì bạn đã nộp"
    last = text.index("Việc bạn có thể làm")
    assert text.index("Những gì bạn đã nộp") < last < text.index("Rút hồ sơ", last)
    assert re.search(r"<dt>Đang chờ</dt><dd>Phần bổ sung của chủ hồ sơ</dd>", text)


@pytest.mark.clause("DL24-9.2#2", "PT24-10.2#2")
def test_refusal_on_the_merits_stands_where_results_stand(world: World, an: Client) -> None:
    """The paper with its reason is the result, and the page says what one can do then."""
    act = world.propose(world.until("assign"), decision="refuse", text="Không đủ điều kiện")
    act = world.issue(world.refuse(act), number="9/TB-STP", name="Thông báo không giải quyết")
    before = an.get(page(act)).content.decode()
    assert "Thông báo không giải quyết" not in before.partition("Hồ sơ đã đi qua")[0]
    act = world.announce(act)
    shown = an.get(page(act))
    assert [(each.name, each.number) for each in shown.context["results"]] == [
        ("Thông báo không giải quyết", "9/TB-STP")
    ]
    section = shown.content.decode().partition(">Kết quả</h2>")[2].partition("</ul>")[0]
    assert "Thông báo không giải quyết" in section
    assert "9/TB-STP" in section
    assert "Kết quả là văn bản từ chối, có ghi lý do." in shown.content.decode()
    granted = an.get(page(world.until("announce"))).content.decode()
    assert "văn bản từ chối" not in granted


@pytest.mark.clause("QN20-10.4")
def test_desk_tells_paper_by_paper_how_to_give_what_cannot_be_an_electronic_copy(
    world: World, an: Client
) -> None:
    """The page of the supplement says of each paper what the desk wrote of it, and how the whole is done."""
    desk = world.units[UnitKind.DESK]
    Position.objects.create(account=world.people["lan"], unit=desk, role=Role.DESK_HEAD)
    act = asked(world, "form", "paper")
    act = world.release(act, actor=world.actor("lan"))
    text = an.get(page(act, "bo-sung")).content.decode()
    named = ("Tờ khai", "Bổ sung form", "Giấy chứng minh", "Bổ sung paper")
    assert re.findall("|".join(named), text.partition("<main")[2])[:4] == list(named)
    assert "Chụp lại rõ cả bốn góc" in text


def test_list_without_dossiers_shows_the_way_to_a_first_one(an: Client) -> None:
    assert "Bạn chưa có hồ sơ nào" in an.get("/ho-so-cua-toi/").content.decode()


def test_list_puts_what_waits_for_me_on_top(world: World, an: Client) -> None:
    under_way, waiting, over = world.until("accept"), asked(world, "paper"), world.until("give_back")
    groups = an.get("/ho-so-cua-toi/").context["groups"]
    found = {group.key: [row["dossier"].id for row in group.rows] for group in groups}
    assert found == {
        "can-lam": [waiting.dossier_id],
        "dang-lam": [under_way.dossier_id],
        "da-xong": [over.dossier_id],
    }


def test_list_owns_up_to_lateness_as_the_page_does(world: World, an: Client) -> None:
    act = world.until("accept")
    due = queries.state_of(act.dossier_id).due_at
    assert due is not None
    words = "Hồ sơ đã quá hẹn"
    assert words not in an.get("/ho-so-cua-toi/").content.decode()
    world.now = due + timedelta(days=7)
    said = an.get(page(act)).context["lateness"]
    assert said.is_open
    assert said.sentence in an.get("/ho-so-cua-toi/").content.decode()


@pytest.mark.parametrize("how", ["counter", "postal"])
def test_list_says_of_a_refusal_that_is_sent_what_its_page_says(settings: Settings, how: str) -> None:
    """Nobody is invited to a desk, or to wait for the post, for a notice that lies in the account."""
    world, act = refused_online(settings, how)
    owner = Client()
    owner.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    for address in ("/ho-so-cua-toi/", page(act)):
        told = owner.get(address).content.decode()
        assert "không phải đến" in told
        assert "Mời bạn nhận kết quả" not in told
        assert "được gửi qua bưu chính" not in told


def test_late_result_that_is_not_where_it_is_returned_is_owned_up_to(world: World, an: Client) -> None:
    act = kept(world)
    due = queries.state_of(act.dossier_id).due_at
    assert due is not None
    world.now = due + timedelta(days=7)
    late = "mà kết quả chưa về đến nơi trả."
    pages = (page(act), "/ho-so-cua-toi/", f"/tra-cuu/{world.state(act).code}/")
    assert [late in an.get(each).content.decode() for each in pages] == [True] * 3
    bring(world, act)
    assert an.get(page(act)).context["lateness"].sentence.startswith("Kết quả có sau ngày hẹn")


def test_overdue_dossier_that_ended_without_a_result_says_how_late_it_was(world: World, an: Client) -> None:
    act, kept_in_time = world.until("accept"), world.until("accept")
    due = queries.state_of(act.dossier_id).due_at
    assert due is not None
    world.withdraw_at_desk(kept_in_time)
    world.now = due + timedelta(days=7)
    world.withdraw_at_desk(act)
    late, after = "Hồ sơ đã quá hẹn ", " khi kết thúc."
    for each in (page(act), f"/tra-cuu/{world.state(act).code}/"):
        text = an.get(each).content.decode()
        assert [words in text for words in (late, after, "kết thúc, trễ")] == [True] * 3
    listed = an.get("/ho-so-cua-toi/").content.decode()
    assert (listed.count(late), listed.count(after)) == (1, 1)
    assert late not in an.get(page(kept_in_time)).content.decode()


def test_list_tells_drafts_apart_and_folds_the_older_ones(world: World, an: Client) -> None:
    waiting = asked(world, "paper")
    drafts = [world.draft().dossier_id for _ in range(4) if world.later(minutes=1)]
    answer = an.get("/ho-so-cua-toi/")
    groups = answer.context["groups"]
    assert [group.key for group in groups] == ["can-lam", "dang-soan"]
    assert [row["dossier"].id for row in groups[0].rows] == [waiting.dossier_id]
    assert [row["dossier"].id for row in groups[1].shown] == drafts[:0:-1]
    assert [row["dossier"].id for row in groups[1].folded] == drafts[:1]
    text = answer.content.decode()
    assert text.count("Sửa lần cuối") == 4
    assert "Xem 1 bản soạn cũ hơn" in text
    for draft in drafts:
        assert f"Sửa lần cuối {short_moment(queries.state_of(draft).last_at)}" in text


def test_draft_is_thrown_away_from_its_list_of_parts_without_a_reason(world: World, an: Client) -> None:
    act = world.draft()
    assert f'href="{page(act, "rut")}"' in an.get(f"/nop-ho-so/{act.dossier_id}/").content.decode()
    text = an.get(page(act, "rut")).content.decode()
    assert "Cơ quan chưa nhận được gì từ bản soạn này." in text
    assert "Rút hồ sơ" not in text
    assert 'name="reason"' not in text
    assert queries.state_of(act.dossier_id).status is Status.DRAFT
    answer = an.post(page(act, "rut"), {"version": act.version}, follow=True)
    assert "Bản đang soạn đã được bỏ." in answer.content.decode()
    assert queries.state_of(act.dossier_id).status is Status.WITHDRAWN
    assert answer.context["groups"] == []  # nothing was ever filed
    kept = an.get(page(act)).content.decode()  # but its record stays
    assert "chưa từng được gửi" in kept
    for never in ("đã được rút theo yêu cầu", "Những gì bạn đã nộp", "Nơi giải quyết</dt>"):
        assert never not in kept


def test_dossier_that_was_filed_and_withdrawn_stays_among_what_is_over(world: World, an: Client) -> None:
    act = world.submit(world.draft())
    act = services.withdraw(
        actor=world.actor("an"), at=world.later(minutes=1), dossier_id=act.dossier_id,
        expected_version=act.version, reason="Nộp nhầm nơi",
    )  # fmt: skip
    (over,) = an.get("/ho-so-cua-toi/").context["groups"]
    assert [row["dossier"].id for row in over.rows] == [act.dossier_id]


def test_dossier_of_somebody_else_is_forbidden(world: World, browser_of: Browser) -> None:
    assert browser_of("binh").get(page(world.until("accept"))).status_code == 403


def test_officer_at_the_citizens_door_is_forbidden(world: World, browser_of: Browser) -> None:
    chi = browser_of("chi")
    session = chi.session
    session[SEEN_AT] = int(time.time())
    session.save()
    assert chi.get(page(world.until("accept"))).status_code == 403


def test_draft_opens_where_it_is_checked(world: World, an: Client) -> None:
    act = world.draft()
    assert an.get(page(act)).headers["Location"] == f"/nop-ho-so/{act.dossier_id}/"


@pytest.mark.clause("DL24-5.4")
def test_accepted_dossier_shows_code_and_due_date_with_its_reasons(world: World, an: Client) -> None:
    act = world.until("accept")
    text = an.get(page(act)).content.decode()
    state = queries.state_of(act.dossier_id)
    assert state.due_at is not None
    assert state.code in text
    assert f"{state.due_at:%H giờ %M phút}" in text
    assert "Vì sao có ngày hẹn này?" in text


def test_withdrawing_asks_why(world: World, an: Client) -> None:
    act = world.until("accept")
    answer = post(an, act, "rut", reason="")
    assert [error.href for error in answer.context["page_errors"]] == ["#id_reason"]


def test_withdrawing_ends_the_dossier(world: World, an: Client) -> None:
    act = world.until("accept")
    post(an, act, "rut", reason="Không còn cần nữa")
    assert queries.state_of(act.dossier_id).status is Status.WITHDRAWN


def test_withdrawing_from_a_stale_page_is_refused(world: World, an: Client) -> None:
    act = world.until("submit")
    world.accept(act)
    answer = an.post(page(act, "rut"), {"version": act.version, "reason": "Thôi"})
    assert answer.status_code == 422
    assert queries.state_of(act.dossier_id).status is Status.ACCEPTED


def test_withdrawal_is_offered_until_the_result_is_there_or_since_2025_until_the_decision(
    world: World, an: Client
) -> None:
    assert an.get(page(world.until("approve"), "rut")).status_code == 200
    assert an.get(page(world.until("issue"), "rut")).status_code == 302
    world.now = moment("2025-09-15 08:00")
    assert an.get(page(world.until("approve"), "rut")).status_code == 302


def test_result_can_be_downloaded_once_announced(world: World, an: Client) -> None:
    act = world.until("approve")
    card = documents.store(
        upload=upload(), name="giay-phep.pdf", actor=world.actor("khoa"), at=world.later(minutes=1)
    )
    act = world.issue(act, file_id=card.id)
    address = page(act, f"tep/{card.id}")
    assert an.get(address).status_code == 404
    world.announce(act)
    answer = an.get(address)
    assert answer.getvalue().startswith(b"%PDF")
    assert "giay-phep.pdf" in answer.headers["Content-Disposition"]


def test_package_holds_papers_slips_and_results_as_far_as_they_are_ones_own(
    world: World, an: Client, browser_of: Browser
) -> None:
    paper = documents.store(
        upload=upload(), name="don.pdf", actor=world.actor("an"), at=world.later(minutes=1)
    )
    draft = world.draft(documents=(DocumentRef("paper", paper.id, copies=1, name="Giấy chứng minh"),))
    assert an.get(page(draft, "tai-ve")).status_code == 404
    act = world.accept(world.submit(draft))
    act = world.propose(world.assign(world.hand_over(act)))
    act = world.approve(act)
    result = documents.store(
        upload=upload(), name="../giay-phep.pdf", actor=world.actor("khoa"), at=world.later(minutes=1)
    )
    act = world.issue(act, file_id=result.id)
    before = unpacked(an, act)
    assert [name for name in before if name.startswith("3 ")] == []
    world.announce(act)

    found = unpacked(an, act)

    receipt, sent = [name for name in found if name.startswith("2 Giấy của cơ quan/")]
    papers, results = "1 Giấy tờ đã nộp/don.pdf", "3 Kết quả/giay-phep.pdf"
    assert "Xác nhận đã nhận hồ sơ gửi trực tuyến" in sent
    form = "1 Giấy tờ đã nộp/Tờ khai điện tử.txt"
    assert list(found) == [form, papers, receipt, sent, results, "Danh sách.txt"]
    declared = found[form].decode("utf-8-sig")
    assert "Mục đích: Xin cấp giấy" in declared
    assert "Họ và tên: Nguyễn Văn An" in declared
    assert all(found[name].startswith(b"%PDF") for name in (papers, receipt, sent, results))
    told = found["Danh sách.txt"].decode("utf-8-sig")
    assert f"{papers} (" in told
    assert "Giấy chứng minh" in told
    assert browser_of("binh").get(page(act, "tai-ve")).status_code == 403


@pytest.mark.clause("QN20-11.1#2")
def test_acknowledgement_opens_from_the_dossier_and_for_nobody_else(
    world: World, an: Client, browser_of: Browser
) -> None:
    act = world.until("submit")
    address = page(act, "xac-nhan-da-gui")
    assert address in an.get(page(act)).content.decode()
    answer = an.get(address)
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert queries.state_of(act.dossier_id).filing_number in answer.headers["Content-Disposition"]
    assert browser_of("binh").get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_acknowledgement_is_not_offered_for_what_the_desk_registered(world: World, an: Client) -> None:
    act = world.accept(world.register(owner_id=str(world.people["an"].pk)))
    assert "xac-nhan-da-gui" not in an.get(page(act)).content.decode()
    assert an.get(page(act, "xac-nhan-da-gui")).status_code == 404


def test_what_was_handed_in_on_paper_at_the_desk_is_read_back_as_such(world: World, an: Client) -> None:
    papers = (DocumentRef("form", originals=1), DocumentRef("paper", originals=1, copies=2))
    act = world.accept(world.register(owner_id=str(world.people["an"].pk), documents=papers))
    shown = an.get(page(act))
    rows = {row.paper.key: row.on_paper for row in shown.context["worth_showing"]}
    assert rows == {"form": "1 bản chính, nộp tại quầy", "paper": "1 bản chính, 2 bản sao, nộp tại quầy"}
    text = shown.content.decode()
    assert "2 bản sao, nộp tại quầy" in text
    assert "Tờ khai được điền trên bản giấy" in text
    assert not [word for word in ("Chưa có<", "Chưa điền") if word in text]
    listing = unpacked(an, act)["Danh sách.txt"].decode()
    assert "Tờ khai: 1 bản chính, nộp tại quầy" in listing


def unpacked(an: Client, act: Act) -> dict[str, bytes]:
    answer = an.get(page(act, "tai-ve"))
    code = queries.state_of(act.dossier_id).reference
    assert answer.headers["Content-Type"] == "application/zip"
    assert f"filename*=UTF-8''ho-so-{code}.zip" in answer.headers["Content-Disposition"]
    assert "Content-Length" not in answer.headers
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_package_holds_the_messages_of_both_sides_and_names_no_officer(world: World, an: Client) -> None:
    act = world.accept(world.submit(world.draft(form_data={"purpose": "Xin cấp giấy"})))
    name = "4 Tin nhắn/Tin nhắn với bộ phận một cửa.txt"
    assert name not in unpacked(an, act)
    given = {"dossier_id": act.dossier_id}
    services.write_to_desk(actor=world.actor("an"), at=world.later(minutes=1), text="Bao giờ xong?", **given)
    services.answer_from_desk(
        actor=world.actor("chi"),
        at=world.later(minutes=1),
        text="Thứ năm.\nMời anh đến.",
        seen=10**9,
        **given,
    )
    text = unpacked(an, act)[name].decode("utf-8-sig")
    assert text.index("An:\nBao giờ xong?") < text.index("desk:\nThứ năm.\nMời anh đến.")
    assert world.people["chi"].full_name not in text


def test_package_holds_nothing_of_the_offices_own(world: World, an: Client) -> None:
    card = documents.store(
        upload=upload(), name="noi-bo.pdf", actor=world.actor("dung"), at=world.later(minutes=1)
    )
    act = world.until("assign")
    services.record_verification(
        **world._on(act, "dung"), held_at=world.now, place="Buôn Hồ", participants="An", content="Đúng",
        file_id=card.id,
    )  # fmt: skip
    assert not any("noi-bo" in name for name in unpacked(an, act))


def test_receipt_can_be_read_as_pdf_by_its_owner_only(world: World, an: Client, browser_of: Browser) -> None:
    act = world.until("accept")
    (slip,) = queries.state_of(act.dossier_id).slips
    answer = an.get(page(act, f"giay/{slip.event}"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.getvalue().startswith(b"%PDF")
    assert browser_of("binh").get(page(act, f"giay/{slip.event}")).status_code == 403


@pytest.mark.parametrize(
    ("province", "day", "before", "after"),
    [
        pytest.param(
            "dak-lak",
            MONDAY,
            "Bạn được hoàn lại",
            "không được hoàn lại",
            marks=pytest.mark.clause("DL24-9.4#1", "DL24-9.4#2"),
        ),
        pytest.param(
            "kon-tum",
            moment("2021-06-01 08:00"),
            "Bạn được hoàn lại",
            "không được hoàn lại",
            marks=pytest.mark.clause("KT18-8.2.c#1", "KT18-8.2.c#2"),
        ),
        pytest.param(
            "phu-tho",
            moment("2024-11-04 08:00"),
            "Nộp nhầm",
            "Nộp nhầm",
            marks=pytest.mark.clause("PT24-12.3"),
        ),
    ],
)
def test_dossier_that_is_over_tells_what_of_the_fees_is_given_back(
    db: None,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    province: str,
    day: datetime,
    before: str,
    after: str,
) -> None:
    settings.PROVINCE = province
    level = OnlineLevel.PARTIAL  # level 3: its result is collected, which is what a refund can hang on
    world = make_world(sheet(fees=(Fee("Lệ phí", Money(8000)),), online_level=level))
    world.now = day
    monkeypatch.setattr(who, "now", lambda: world.later(minutes=1))
    client = Client()
    client.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    running, stopped, settled = world.until("accept"), world.until("accept"), world.until("announce")
    world.stop(stopped)
    assert "Hoàn phí, lệ phí" not in client.get(page(running)).content.decode()
    assert before in client.get(page(stopped)).content.decode()
    text = client.get(page(settled)).content.decode()
    assert after in text
    assert ("Bạn được hoàn lại" in text) is (after == before)


@pytest.mark.clause("QN20-13.4#1")
def test_refund_is_considered_once_the_matter_was_broken_off_and_not_of_what_was_settled(
    db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.PROVINCE = "quang-ngai"
    world = make_world(sheet(fees=(Fee("Lệ phí", Money(8000)),), online_level=OnlineLevel.PARTIAL))
    world.now = moment("2021-03-01 08:00")
    monkeypatch.setattr(who, "now", lambda: world.later(minutes=1))
    client = Client()
    client.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    stopped, settled = world.until("accept"), world.until("announce")
    world.stop(stopped)
    _, _, told = client.get(page(stopped)).content.decode().partition("Hoàn phí, lệ phí")
    considered = re.search(r"Cơ quan xem xét hoàn lại.*?</ul>", told, re.DOTALL)
    assert considered is not None
    grounds = re.findall(r"<li>(.*?)</li>", considered[0])
    assert grounds == [labels.REFUND_GROUND[each] for each in ("agency_cannot", "withdrawal")]
    assert "xem xét hoàn lại" not in client.get(page(settled)).content.decode()


@pytest.mark.clause("KT22-26.3", "KT18-6.2#2", "QN20-27.2")
def test_own_page_tells_how_the_dossier_stands_until_when_and_which_way_it_went(
    world: World, an: Client
) -> None:
    act = world.until("assign")
    text = an.get(page(act)).content.decode()
    tags = re.search(r'mc-standing__tags">(.*?)</p>', text, re.DOTALL)
    assert tags is not None
    assert "Đang giải quyết" in tags[1]
    assert "còn" in tags[1].lower()
    _, _, way = text.partition("Hồ sơ đã đi qua")
    gone, _, ahead = way.partition("Tiếp theo")
    assert re.findall(r'mc-timeline__title">(.*?)</p>', gone) == [
        "Đã nộp hồ sơ trực tuyến",
        "Đã tiếp nhận hồ sơ, hẹn trả kết quả",
        "Đã chuyển đơn vị giải quyết",
    ]
    assert "mc-timeline__title" in ahead


def test_inbox_marks_a_message_as_read_when_it_is_opened(world: World, an: Client) -> None:
    world.until("accept")
    newest = an.get("/hop-thu/").context["found"][0]
    assert newest.is_read is False
    an.get(f"/hop-thu/{newest.id}/")
    assert an.get("/hop-thu/").context["found"][0].is_read is True


def test_message_of_somebody_else_is_not_found(world: World, an: Client, browser_of: Browser) -> None:
    world.until("accept")
    newest = an.get("/hop-thu/").context["found"][0]
    assert browser_of("binh").get(f"/hop-thu/{newest.id}/").status_code == 404


def test_message_to_the_desk_is_sent_and_its_answer_read(world: World, an: Client) -> None:
    act = world.until("accept")
    assert "Hỏi bộ phận một cửa" in an.get(page(act)).content.decode()
    empty = an.post(page(act, "tin-nhan"), {"text": " "})
    assert [error.href for error in empty.context["page_errors"]] == ["#id_text"]
    sent = an.post(page(act, "tin-nhan"), {"text": "Khi nào có <b>kết quả</b>?"})
    assert sent.headers["Location"] == page(act, "tin-nhan")
    services.answer_from_desk(
        actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id, text="Thứ Tư ạ.", seen=0
    )
    text = an.get(page(act, "tin-nhan")).content.decode()
    assert "Khi nào có &lt;b&gt;kết quả&lt;/b&gt;?" in text
    assert text.index("Khi nào") < text.index("Thứ Tư ạ.")
    assert "Tin nhắn với bộ phận một cửa (2)" in an.get(page(act)).content.decode()


def test_sixth_message_without_an_answer_is_refused_and_kept_in_its_field(world: World, an: Client) -> None:
    act = world.until("accept")
    for number in range(5):
        an.post(page(act, "tin-nhan"), {"text": f"Câu {number}"})
    refused = an.post(page(act, "tin-nhan"), {"text": "Câu thứ sáu"})
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "Đã có 5 tin nhắn chờ trả lời" in text
    assert "Câu thứ sáu" in text


def test_draft_has_no_messages(world: World, an: Client) -> None:
    assert an.get(page(world.draft(), "tin-nhan")).status_code == 302


def test_letters_stand_in_the_order_of_time_and_it_is_said_who_has_the_dossier(
    world: World, an: Client
) -> None:
    act = asked(world, "paper")
    shown = an.get(page(act))
    letters = shown.context["letters"]
    assert len(letters) > 1
    assert letters == sorted(letters, key=lambda each: each.at)
    assert "Phần bổ sung của chủ hồ sơ" in shown.content.decode()
