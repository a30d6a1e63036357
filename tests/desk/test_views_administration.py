"""Pages of administrators: who may see them, what they do, what is said when it is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Status
from pytest_django import DjangoAssertNumQueries, Settings
from tests.desk.conftest import At
from tests.dossiers.world import MONDAY, World

from motcua.accounts.models import Account
from motcua.agencies import queries, services
from motcua.agencies.enums import AgencyKind, AgencyLevel, Role, UnitKind
from motcua.agencies.models import Agency, Position
from motcua.audit import queries as audit
from motcua.desk import health, labels
from motcua.desk.acts import said
from motcua.desk.views.administration import people
from motcua.desk.views.administration.messages import failure
from motcua.dossiers.errors import KeyTaken
from motcua.notify import services as notify_services
from motcua.notify.enums import Delivery
from motcua.notify.models import OutboxMessage
from motcua.notify.queries import pulse
from motcua.notify.rules.job_faults import JobFault
from motcua.notify.rules.messages import TOO_LATE
from motcua.worktime.rules import local

pytestmark = pytest.mark.django_db
OF_PROVINCE = ("outbox", "jobs", "health", "acts", "new_agency")


@pytest.fixture
def giang(world: World, at_desk: At) -> Client:
    """The province's administrator."""
    Account.objects.filter(username="giang").update(is_admin=True)
    world.people["giang"].refresh_from_db()
    return at_desk("giang")


@pytest.fixture
def lan(world: World, at_desk: At) -> Client:
    """The administrator of the department."""
    Position.objects.create(account=world.people["lan"], unit=world.units[UnitKind.OFFICE], role=Role.ADMIN)
    return at_desk("lan")


def address(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


@pytest.mark.parametrize("name", ["agencies", "officers", "new_officer", *OF_PROVINCE])
def test_page_of_administrators_by_who_asks(
    world: World, giang: Client, lan: Client, at_desk: At, name: str
) -> None:
    asked = {"giang": giang, "lan": lan, "chi": at_desk("chi")}
    seen = {who: client.get(address(name)).status_code for who, client in asked.items()}
    assert seen == {"giang": 200, "lan": 403 if name in (*OF_PROVINCE, "new_officer") else 200, "chi": 403}


def test_officers_of_an_agency_are_its_own(world: World, lan: Client) -> None:
    assert listed(lan) == ["chi", "dung", "em", "hanh", "khoa", "lan"]


def listed(client: Client, query: str = "") -> list[str]:
    """Whom the list of accounts shows, in its order."""
    return [card.username for card, _ in client.get(address("officers") + query).context["lines"]]


def test_list_of_accounts_shows_and_narrows_by_posts(world: World, giang: Client) -> None:
    em, desk = world.people["em"], world.units[UnitKind.DESK]
    Position.objects.filter(account=em).update(valid_to="2024-03-01")  # over
    Position.objects.create(account=em, unit=desk, role=Role.CLERK, valid_from="2024-04-01")
    shown = {card.username: posts for card, posts in giang.get(address("officers")).context["lines"]}
    assert [(held.unit_id, role) for held, role in shown["em"]] == [(desk.pk, "Văn thư")]
    assert shown["giang"] == []
    here = f"?co_quan={world.agency.pk}"
    assert listed(giang, f"{here}&vai_tro=clerk") == ["em", "khoa"]
    assert listed(giang, f"{here}&vai_tro=admin") == []
    assert listed(giang, "?tinh_trang=without_post") == ["giang"]
    Account.objects.filter(username="chi").update(is_active=False)
    assert listed(giang, f"{here}&tinh_trang=blocked") == ["chi"]
    assert "chi" not in listed(giang, "?tinh_trang=active")
    everybody = ["chi", "dung", "em", "giang", "hanh", "khoa", "lan"]
    assert listed(giang, "?co_quan=999999&vai_tro=king&tinh_trang=x&sau=x") == everybody


def test_narrowed_list_keeps_its_words_out_of_the_address(world: World, giang: Client) -> None:
    asked = {"asked": "Khoa", "vai_tro": "clerk", "co_quan": str(world.agency.pk), "tinh_trang": ""}
    there = giang.post(address("officers"), asked).headers["Location"]
    assert "Khoa" not in there
    page = giang.get(there)
    assert [card.username for card, _ in page.context["lines"]] == ["khoa"]
    assert 'value="Khoa"' in page.content.decode()


def test_list_of_accounts_goes_on_by_pages_at_the_cost_of_one(
    world: World,
    giang: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(people, "LIST", 3)
    seen, query = [], ""
    while True:
        with django_assert_max_num_queries(15):
            page = giang.get(address("officers") + query)
        seen += [card.username for card, _ in page.context["lines"]]
        query = page.context["next"]
        if not query:
            break
    assert seen == ["chi", "dung", "em", "giang", "hanh", "khoa", "lan"]


def test_administrator_of_an_agency_narrows_among_its_own(world: World, lan: Client) -> None:
    Position.objects.filter(account=world.people["em"]).update(valid_to="2024-03-01")
    assert listed(lan, "?tinh_trang=without_post") == ["em"]
    assert listed(lan, "?vai_tro=approver") == ["hanh"]


def test_new_account_leads_to_its_first_post_without_a_username(world: World, giang: Client) -> None:
    given = giang.post(address("new_officer"), {"full_name": "Lê Nga", "username": "le.nga"})
    nga = Account.objects.get(username="le.nga")
    where = address("give_post", nga.pk)
    assert where in given.content.decode()
    unit = world.units[UnitKind.DIVISION].pk
    post = {"unit_id": unit, "role": "case_officer", "valid_from": "05/03/2024"}
    done = giang.post(f"{where}?co_quan={world.agency.pk}", post)
    assert done.headers["Location"] == address("officer", nga.pk)
    held = Position.objects.get(account=nga)
    assert (held.unit_id, held.role, str(held.valid_from)) == (unit, "case_officer", "2024-03-05")


def test_post_wants_an_agency_and_a_role_that_its_unit_has(world: World, giang: Client) -> None:
    other = Agency.objects.create(
        province="dak-lak", key="so-khac", name="Sở Khác", level="province", kind="department"
    )
    em = world.people["em"]
    where = address("give_post", em.pk)
    assert giang.get(where).context["form"] is None  # two agencies: it is asked first
    assert giang.get(f"{where}?co_quan=").status_code == 422
    assert giang.get(f"{where}?co_quan={other.pk}").context["agency"].id == other.pk
    before = Position.objects.count()
    post = {"unit_id": world.units[UnitKind.DESK].pk, "role": "approver", "valid_from": "05/03/2024"}
    page = giang.post(f"{where}?co_quan={world.agency.pk}", post)
    assert (page.status_code, len(page.context["page_errors"])) == (422, 1)
    assert Position.objects.count() == before


def test_nobody_gives_posts_to_themselves_or_to_who_is_out_of_reach(
    world: World, lan: Client, giang: Client, at_desk: At
) -> None:
    own = address("give_post", world.people["giang"].pk)
    assert giang.get(own).status_code == 403
    assert own not in giang.get(address("officer", world.people["giang"].pk)).content.decode()
    assert lan.get(own).status_code == 404
    assert at_desk("chi").get(address("give_post", world.people["em"].pk)).status_code == 403


def test_officer_of_elsewhere_is_not_found_by_an_agency(world: World, lan: Client, giang: Client) -> None:
    giang_id = world.people["giang"].pk
    assert lan.get(address("officer", giang_id)).status_code == 404
    assert giang.get(address("officer", giang_id)).status_code == 200


def test_citizen_is_no_officer_to_look_after(world: World, giang: Client) -> None:
    assert giang.get(address("officer", world.people["an"].pk)).status_code == 404


def test_officer_is_blocked_and_opened_again(world: World, lan: Client) -> None:
    em = world.people["em"]
    for slug, is_active in (("khoa", False), ("mo", True)):
        assert slug in {each for each, _ in lan.get(address("officer", em.pk)).context["acts"]}
        assert lan.get(address("account_act", em.pk, slug)).status_code == 200
        lan.post(address("account_act", em.pk, slug))
        em.refresh_from_db()
        assert em.is_active is is_active
    done = audit.acts(what=f"account:{em.pk}")
    assert [act.act for act in done] == ["officer_opened", "officer_closed"]
    assert {said(act).body for act in done} == {f"{em.full_name} · {em.get_username()}"}


def test_log_of_an_agency_tells_of_its_posts_and_of_none_elsewhere(world: World, lan: Client) -> None:
    em, unit = world.people["em"], world.units[UnitKind.DIVISION]
    end = services.appoint(
        actor=world.actor("lan"),
        at=world.now,
        account_id=em.pk,
        unit_id=unit.pk,
        role=Role.UNIT_HEAD,
        valid_from=world.now.date(),
    )
    services.relieve(actor=world.actor("lan"), at=world.now, position_id=end, last_day=world.now.date())
    entries = lan.get(address("agency", unit.agency_id)).context["entries"]
    assert [each.title for each in entries[:2]] == ["Kết thúc vị trí công tác", "Giao vị trí công tác"]
    assert all(each.body.startswith(em.full_name) for each in entries[:2])
    assert not audit.acts_at("agency:0")


def test_log_of_an_agency_keeps_a_post_that_was_given_by_mistake(
    world: World, lan: Client, at_desk: At
) -> None:
    """No row of it is left where its holder has no other post here; their page stays, for what was done."""
    em = world.people["em"].pk
    Position.objects.filter(account_id=em).delete()
    assert lan.get(address("officer", em)).status_code == 404
    given = {"unit_id": world.units[UnitKind.DIVISION].pk, "role": "unit_head", "valid_from": "04/03/2024"}
    lan.post(address("appoint", world.agency.pk), given | {"username": "em"})
    post = Position.objects.get(account_id=em)
    lan.post(address("relieve", post.pk), {"at_once": "on", "last_day": ""})
    assert not Position.objects.filter(account_id=em).exists()
    page = lan.get(address("agency", world.agency.pk))
    titles = [each.title for each in page.context["entries"]]
    assert titles == ["Thu hồi ngay vị trí công tác", "Giao vị trí công tác"]
    officer = lan.get(address("officer", em))
    assert [each.title for each in officer.context["entries"]] == titles
    assert not officer.context["may_change"]


def test_details_of_an_officer_are_put_right_and_shown_in_the_log(world: World, lan: Client) -> None:
    em = world.people["em"]
    where = address("change_officer", em.pk)
    assert where in lan.get(address("officer", em.pk)).content.decode()
    shown = {"initial-full_name": em.full_name, "initial-phone": "", "initial-email": em.email}
    bad = lan.post(where, shown | {"full_name": "Em 2", "phone": "12", "email": em.email})
    assert (bad.status_code, len(bad.context["page_errors"])) == (422, 2)
    # Somebody else mends the e-mail while the page is open: it is not put back.
    Account.objects.filter(pk=em.pk).update(email="em.moi@example.vn")
    answer = lan.post(where, shown | {"full_name": "Lê Thị Êm", "phone": "0905000078", "email": em.email})
    assert answer.headers["Location"] == address("officer", em.pk)
    em.refresh_from_db()
    assert (em.full_name, em.phone, em.email) == ("Lê Thị Êm", "0905000078", "em.moi@example.vn")
    said = lan.get(address("officer", em.pk)).context["entries"][0]
    assert "Số điện thoại: không có → 0905000078" in said.body


def test_names_in_what_happened_stay_as_they_were(world: World, giang: Client, at_desk: At) -> None:
    act = world.until("accept")
    chi = world.people["chi"]
    old = chi.full_name
    giang.post(address("change_officer", chi.pk), {"full_name": "Tên Mới", "phone": "", "email": ""})
    chi.refresh_from_db()
    page = at_desk("chi").get(address("dossier", act.dossier_id)).content.decode()
    assert (chi.full_name, old in page) == ("Tên Mới", True)


def test_nobody_puts_right_themselves_or_an_administrator_of_the_province(
    world: World, lan: Client, giang: Client
) -> None:
    lan_id, giang_id = world.people["lan"].pk, world.people["giang"].pk
    assert lan.get(address("change_officer", lan_id)).status_code == 403
    assert address("change_officer", lan_id) not in lan.get(address("officer", lan_id)).content.decode()
    Position.objects.create(account=world.people["giang"], unit=world.units[UnitKind.OFFICE], role=Role.CLERK)
    answer = lan.post(address("change_officer", giang_id), {"full_name": "Khác", "phone": "", "email": ""})
    assert answer.status_code == 403
    assert giang.get(address("change_officer", giang_id)).status_code == 403


def test_given_password_is_shown_once_and_logs_in(world: World, lan: Client) -> None:
    em = world.people["em"]
    given = lan.post(address("account_act", em.pk, "mat-khau")).context["given"]
    em.refresh_from_db()
    assert (em.check_password(given.password), em.must_change_password) == (True, True)


def test_lockout_is_shown_and_lifted(world: World, giang: Client) -> None:
    em = world.people["em"]
    for _ in range(5):
        answer = Client().post(address("log_in"), {"username": "em", "password": "sai mật khẩu"})
    assert answer.status_code == 429
    assert giang.get(address("officer", em.pk)).context["is_locked"]
    giang.post(address("account_act", em.pk, "mo-khoa-dang-nhap"))
    assert not giang.get(address("officer", em.pk)).context["is_locked"]


def test_agency_cannot_make_administrators_of_the_province(world: World, lan: Client) -> None:
    em = world.people["em"]
    assert lan.post(address("account_act", em.pk, "giao-quan-tri")).status_code == 403
    em.refresh_from_db()
    assert not em.is_admin


def test_post_is_given_and_ended_on_the_page_of_the_agency(world: World, lan: Client) -> None:
    given = {
        "username": "em",
        "unit_id": world.units[UnitKind.DIVISION].pk,
        "role": "unit_head",
        "valid_from": "04/03/2024",
    }
    lan.post(address("appoint", world.agency.pk), given)
    post = Position.objects.get(account=world.people["em"], role="unit_head")
    page = lan.get(address("agency", world.agency.pk))
    assert post.pk in {held.id for _, _, people in page.context["units"] for held, _ in people}
    lan.post(address("relieve", post.pk), {"last_day": "05/03/2024"})
    post.refresh_from_db()
    assert str(post.valid_to) == "2024-03-05"
    asked = lan.post(address("relieve", post.pk), {"last_day": ""})
    assert asked.context["form"].errors.keys() == {"last_day"}
    done = lan.post(address("relieve", post.pk), {"at_once": "on", "last_day": ""}, follow=True)
    assert [str(each) for each in done.context["messages"]] == [
        "Đã thu hồi vị trí. Người đó thôi quyền ở đây từ lúc này."
    ]
    assert not Position.objects.filter(pk=post.pk).exists()


def test_administrator_whom_the_province_took_back_is_not_made_again_by_an_end(
    world: World, lan: Client, giang: Client
) -> None:
    em, today = world.people["em"].pk, world.now.date()
    given = {"username": "em", "unit_id": world.units[UnitKind.OFFICE].pk, "role": "admin"}
    giang.post(address("appoint", world.agency.pk), given | {"valid_from": "01/02/2024"})
    post = Position.objects.get(account_id=em, role="admin")
    giang.post(address("relieve", post.pk), {"at_once": "on", "last_day": ""})
    answers = [
        lan.get(address("relieve", post.pk)),
        lan.post(address("relieve", post.pk), {"last_day": "31/12/2034"}),
        lan.post(address("relieve", post.pk), {"at_once": "on", "last_day": ""}),
    ]
    assert [answer.status_code for answer in answers] == [409] * 3
    assert "Vị trí này đã kết thúc" in answers[0].content.decode()
    assert Role.ADMIN not in {held.role for held in queries.positions_of(em, today)}


def test_day_after_the_end_of_a_post_is_told_in_its_form(world: World, lan: Client) -> None:
    post = Position.objects.get(account=world.people["em"])
    lan.post(address("relieve", post.pk), {"last_day": "08/03/2024"})
    answer = lan.post(address("relieve", post.pk), {"last_day": "31/12/2034"})
    assert "sau ngày 08 tháng 3 năm 2024" in answer.content.decode()
    post.refresh_from_db()
    assert str(post.valid_to) == "2024-03-08"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "khong.co"}, "username"),
        ({"valid_from": "31/02/2024"}, "valid_from"),
        ({"role": "admin"}, "role"),
        ({"unit_id": "2147483647"}, "unit_id"),
        ({"role": "receiver"}, "__all__"),
    ],
)
def test_post_that_cannot_be_is_told_at_its_field(
    world: World, lan: Client, changes: dict[str, str], field: str
) -> None:
    given = {
        "username": "em",
        "unit_id": str(world.units[UnitKind.DIVISION].pk),
        "role": "unit_head",
        "valid_from": "04/03/2024",
    }
    answer = lan.post(address("appoint", world.agency.pk), given | changes)
    assert list(answer.context["form"].errors) == [field]


@pytest.mark.parametrize(
    ("changes", "href", "said"),
    [
        (
            {"kind": "department"},
            "#id_level",
            "Chưa ghi được cơ quan: cơ quan loại này phải thuộc “Cấp tỉnh”.",
        ),
        ({"code": "H15.15"}, "#id_code", "Chưa ghi được cơ quan: mã H15.15 đã thuộc cơ quan khác."),
        (
            {"name": "Ủy ban nhân dân xã Đã Có"},
            "#id_name",
            "Tỉnh này đã có cơ quan “Ủy ban nhân dân xã Đã Có”.",
        ),
    ],
)
def test_agency_that_cannot_be_is_refused_at_its_field(
    world: World, giang: Client, changes: dict[str, str], href: str, said: str
) -> None:
    given = {"name": "Ủy ban nhân dân xã Đã Có", "kind": "commune_committee", "level": "commune"}
    giang.post(address("new_agency"), given)
    before = Agency.objects.count()
    answer = giang.post(address("new_agency"), given | {"name": "Xã Thử Nghiệm"} | changes)
    (error,) = answer.context["page_errors"]
    assert (error.href, Agency.objects.count()) == (href, before)
    assert error.text.startswith(said)


def test_page_of_another_agency_is_forbidden(world: World, lan: Client, giang: Client) -> None:
    given = {"name": "Xã Thử Nghiệm", "kind": "commune_committee", "level": "commune"}
    made = giang.post(address("new_agency"), given).headers["Location"]
    assert (giang.get(made).status_code, lan.get(made).status_code) == (200, 403)


def test_outbox_shows_words_and_sends_failed_messages_again(world: World, giang: Client) -> None:
    world.until("accept")
    OutboxMessage.objects.filter(key="dossier.accepted", channel="email").update(
        state=Delivery.FAILED, settled_at=world.now, last_error="550"
    )
    failed = giang.get(address("outbox"), {"tt": "failed"})
    (line, *_rest) = failed.context["lines"][0]
    page = giang.get(address("message", line.id)).content.decode()
    assert "dossier.accepted" not in failed.content.decode() + page
    assert "Nguyễn Văn An" in page
    giang.post(address("send_again", line.id))
    assert OutboxMessage.objects.get(pk=line.id).state == Delivery.WAITING
    assert audit.acts()[0].act == "message_sent_again"


def test_letters_that_wait_say_when_they_are_tried_next_and_are_sent_now(world: World, giang: Client) -> None:
    world.until("accept")
    OutboxMessage.objects.filter(channel="email").delete()
    told = OutboxMessage.objects.filter(key="dossier.accepted").values_list("context", flat=True)[0]
    now, rows = world.now, []
    for hours in (11, 5):
        rows.append(
            OutboxMessage.objects.create(
                key="dossier.accepted",
                channel="email",
                address="an@example.vn",
                recipient_name="An",
                context=told,
                attempts=8,
                last_error="mail server not reached",
                posted_at=now - timedelta(days=1),
                next_try_at=now + timedelta(hours=hours),
            )
        )
    listed = giang.get(address("outbox"), {"tt": "waiting"}).content.decode()
    when = f"Thử lại lúc {local(rows[0].next_try_at):%H:%M %d/%m/%Y}"
    assert when in listed
    assert "Không kết nối được với máy chủ thư" in listed
    assert reverse("desk:outbox") + "?tt=waiting" in giang.get(address("health")).content.decode()
    page = giang.get(address("message", rows[0].pk)).content.decode()
    assert address("send_now", rows[0].pk) in page
    giang.post(address("send_now", rows[0].pk))
    rows[0].refresh_from_db()
    assert (rows[0].next_try_at <= world.now, rows[0].attempts) == (True, 8)
    assert audit.acts()[0].act == "message_sent_now"
    assert "1 thư đang chờ đến lần thử sau" in giang.get(address("send_all_now")).content.decode()
    assert giang.post(address("send_all_now")).url == reverse("desk:outbox") + "?tt=waiting"
    assert audit.acts()[0].act == "messages_sent_now"
    job = ProcrastinateJob.objects.get(task_name="notify.send_waiting")
    until = datetime.fromisoformat(job.args["until"])
    assert notify_services.bring_forward(until=until, at=until) == 1
    assert not OutboxMessage.objects.filter(state="waiting", next_try_at__gt=until).exists()
    OutboxMessage.objects.filter(pk=rows[0].pk).update(state=Delivery.SENT)
    assert giang.post(address("send_now", rows[0].pk)).status_code == 404


def test_code_in_a_message_is_shown_to_nobody(world: World, giang: Client) -> None:
    row = OutboxMessage.objects.create(
        key="account.code",
        channel="email",
        account=world.people["an"],
        recipient_name="An",
        context={"code": "123456"},
        posted_at=world.now,
        next_try_at=world.now,
    )
    assert "123456" not in giang.get(address("message", row.pk)).content.decode()


def test_code_that_was_wiped_leaves_whole_sentences(world: World, giang: Client) -> None:
    row = OutboxMessage.objects.create(
        key="account.code",
        channel="email",
        account=world.people["an"],
        recipient_name="An",
        context={},
        state=Delivery.FAILED,
        last_error=TOO_LATE,
        posted_at=world.now,
        settled_at=world.now,
        next_try_at=world.now,
    )
    page = giang.get(address("message", row.pk)).content.decode()
    assert "hiệu lực trong 10 phút" in page
    assert "••••••" in page
    listed = giang.get(address("outbox")).content.decode()
    assert "Đến lượt gửi thì thư đã hết hiệu lực" in page
    assert "Đến lượt gửi thì thư đã hết hiệu lực" in listed
    assert TOO_LATE not in page + listed


def test_letter_that_came_too_late_is_no_fault_of_the_installation(world: World) -> None:
    def failed(error: str) -> tuple[int, int]:
        OutboxMessage.objects.create(
            key="account.code",
            channel="email",
            account=world.people["an"],
            recipient_name="An",
            context={},
            state=Delivery.FAILED,
            last_error=error,
            posted_at=world.now,
            settled_at=world.now,
            next_try_at=world.now,
        )
        return (pulse().failed, pulse().expired)

    assert (failed(TOO_LATE), failed("recipient refused: 550")) == ((0, 1), (1, 1))


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("recipient refused: 550 5.1.1", "Máy chủ thư không nhận địa chỉ này (550 5.1.1)."),
        ("refused: 554", "Máy chủ thư không nhận thư này (554)."),
        ("mail server not reached (TimeoutError)", "Không kết nối được với máy chủ thư."),
        ("550", "550"),
        ("", ""),
    ],
)
def test_why_a_letter_did_not_go_is_said_in_words(kept: str, said: str) -> None:
    assert failure(kept) == said


def test_closures_of_whoever_administers_the_province_say_what_they_are(giang: Client) -> None:
    page = giang.get(address("closures")).content.decode()
    assert "hãy tìm cơ quan, mở trang của cơ quan đó" in page


def test_failed_job_is_run_again(world: World, giang: Client) -> None:
    job_id = app.configure_task("notify.deliver").defer(timestamp=0)
    app.job_manager.connector.get_sync_connector().execute_query(
        "UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %(id)s", id=job_id
    )
    assert "Gửi thư đang chờ" in giang.get(address("jobs")).content.decode()
    (told,) = [each for each in giang.get(address("health")).context["checks"] if each.name == "Việc nền"]
    assert (told.is_well, told.found) == (False, "1 việc không chạy được.")
    assert told.links == (("Việc nền", address("jobs")),)
    giang.post(address("retry_job", job_id))
    assert "Không có việc nào hỏng." in giang.get(address("health")).content.decode()
    assert ProcrastinateJob.objects.get(pk=job_id).status == Status.TODO.value
    assert giang.post(address("retry_job", job_id)).status_code == 404


def test_failed_job_says_what_went_wrong_and_what_can_be_done(world: World, giang: Client) -> None:
    job_id = app.configure_task("notify.deliver").defer(timestamp=0)
    app.job_manager.connector.get_sync_connector().execute_query(
        "UPDATE procrastinate_jobs SET status = 'failed', attempts = 3 WHERE id = %(id)s", id=job_id
    )
    page = giang.get(address("jobs")).content.decode()
    assert "Không ghi lại được vì sao." in page
    assert "3 lần thử" in page
    notify_services.keep_failure(job_id=job_id, error=ConnectionResetError("an@example.vn"), at=world.now)
    page = giang.get(address("jobs")).content.decode()
    assert "Một dịch vụ bên ngoài không trả lời." in page
    assert "Kiểm tra mạng và địa chỉ của dịch vụ" in page
    assert "Việc này cũng tự chạy lại theo lịch." in page
    assert "1 lần thử" in page
    assert "ConnectionResetError" in page
    assert "an@example.vn" not in page
    notify_services.keep_failure(job_id=job_id, error=KeyTaken(name="Nguyễn Văn An"), at=world.now)
    page = giang.get(address("jobs")).content.decode()
    assert "2 lần thử" in page
    assert "Một quy tắc của hệ thống từ chối việc này." in page
    assert "“Trang này đã được dùng để gửi một hồ sơ khác." in page


@pytest.mark.parametrize("fault", JobFault)
def test_every_fault_of_a_job_has_its_words(fault: JobFault) -> None:
    assert all(labels.FAULT[fault.value])


def test_every_job_has_a_name_in_words() -> None:
    ours = {name for name in app.tasks if not name.startswith(("builtin:", "procrastinate.", "tests."))}
    assert ours <= labels.TASK.keys()


def test_health_says_how_quickly_the_database_answers_without_milliseconds() -> None:
    assert health.answered_in(timedelta(milliseconds=3)) == "Trả lời ngay."
    assert health.answered_in(timedelta(milliseconds=1250)) == "Trả lời chậm: mất 1,2 giây."


def test_store_that_is_no_folder_is_not_well(
    world: World, giang: Client, settings: Settings, tmp_path: Path
) -> None:
    """Somebody put a file where the folder of the store was: nothing can be kept."""
    place = tmp_path / "store"
    place.write_text("", encoding="utf-8")
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": place}}
    settings.STORAGES = settings.STORAGES | {"default": folder}
    checks = {check.name: check.is_well for check in giang.get(address("health")).context["checks"]}
    assert checks["Kho tệp"] is False


def test_empty_post_is_named_by_its_agency_and_by_the_health_of_the_system(
    world: World, giang: Client
) -> None:
    """Without its head the unit has nobody to give out cases: dossiers would stop there (ADR 0042)."""

    def empty() -> tuple[list[tuple[int, str, int]], bool]:
        page = giang.get(address("agency", world.agency.pk))
        checks = {check.name: check for check in giang.get(address("health")).context["checks"]}
        check = checks["Vị trí công tác ở các cơ quan"]
        names = [name for name, _ in check.links]
        assert names == ([] if check.is_well else [world.agency.name])
        posts = [(post.unit_id, post.role.value, post.procedures) for post, _ in page.context["empty_posts"]]
        assert ("Vị trí còn trống" in page.content.decode()) is bool(posts)
        return posts, check.is_well

    assert empty() == ([], True)
    held = Position.objects.filter(account=world.people["lan"])
    held.update(valid_to=world.now.date() - timedelta(days=1))
    division = world.units[UnitKind.DIVISION].pk
    assert empty() == ([(division, "unit_head", 1)], False)
    given = giang.get(address("appoint", world.agency.pk), {"don_vi": division, "vai_tro": "unit_head"})
    assert given.context["form"].initial["role"] == "unit_head"
    held.update(valid_to=None)
    Position.objects.filter(account=world.people["chi"]).update(role=Role.DESK_HEAD.value)
    assert empty() == ([], True)  # the head of the desk does what its receivers do


def test_health_tells_of_a_worker_that_is_missing(world: World, giang: Client) -> None:
    checks = {check.name: check.is_well for check in giang.get(address("health")).context["checks"]}
    assert checks["Tiến trình chạy việc nền"] is False
    assert checks["Cơ sở dữ liệu"] is checks["Kho tệp"] is True


def test_administrator_without_a_post_begins_with_the_agencies(giang: Client) -> None:
    assert giang.get(reverse("desk:home")).headers["Location"] == reverse("desk:agencies")


def test_who_gets_a_post_is_found_by_letters_of_the_name_and_picked(world: World, lan: Client) -> None:
    page = address("appoint", world.agency.pk)
    typed = {
        "username": "Dun", "unit_id": str(world.units[UnitKind.DESK].pk), "role": "receiver",
        "valid_from": "04/03/2024", "valid_to": "",
    }  # fmt: skip
    before = Position.objects.count()
    found = lan.post(page, typed | {"find": "yes"})
    assert [
        (officer.username, "Dung" in found.content.decode()) for officer, _ in found.context["found"]
    ] == [("dung", True)]
    assert not found.context["page_errors"]
    picked = lan.post(page, typed | {"pick": "dung"})
    form = picked.context["form"]
    assert (form["username"].value(), form["role"].value()) == ("dung", "receiver")
    assert Position.objects.count() == before  # nothing is done by looking
    assert lan.post(page, typed | {"username": "dung"}).status_code == 302
    assert Position.objects.count() == before + 1


def test_name_that_is_no_username_brings_up_who_is_meant(world: World, lan: Client) -> None:
    typed = {
        "username": "Dun", "unit_id": str(world.units[UnitKind.DESK].pk), "role": "receiver",
        "valid_from": "04/03/2024", "valid_to": "",
    }  # fmt: skip
    answer = lan.post(address("appoint", world.agency.pk), typed)
    assert list(answer.context["form"].errors) == ["username"]
    assert [officer.username for officer, _ in answer.context["found"]] == ["dung"]


def test_who_works_elsewhere_is_found_by_the_province_only(world: World, lan: Client, giang: Client) -> None:
    Account.objects.create(kind="officer", username="binh.xa", full_name="Lê Bình", created_at=world.now)
    asked = {"username": "binh.xa", "find": "yes"}
    found = [each.post(address("appoint", world.agency.pk), asked).context["found"] for each in (lan, giang)]
    assert [[officer.username for officer, _ in each] for each in found] == [[], ["binh.xa"]]


@pytest.mark.parametrize("typed", [{"find": "yes"}, {"find": "yes", "username": "   "}, {"pick": "x" * 900}])
def test_search_for_nobody_finds_nobody_and_does_nothing(
    world: World, lan: Client, typed: dict[str, str]
) -> None:
    answer = lan.post(address("appoint", world.agency.pk), typed)
    assert (answer.status_code, answer.context["found"]) == (200, ())


def test_page_of_an_agency_says_in_which_order_it_is_set_up_and_what_is_there(
    world: World, giang: Client
) -> None:
    made = Agency.objects.create(
        province="dak-lak", key="xa-moi", code="H15.99", name="UBND xã Mới",
        level=AgencyLevel.COMMUNE, kind=AgencyKind.COMMUNE_COMMITTEE,
    )  # fmt: skip

    def steps(agency_id: int) -> list[str]:
        text = giang.get(reverse("desk:agency", args=[agency_id])).content.decode()
        ((found),) = re.findall(r'id="steps">.*?<ol[^>]*>(.*?)</ol>', text, re.DOTALL)
        return [
            " ".join(re.sub(r"<[^>]+>", "", each).split()) for each in re.findall(r"<li>(.*?)</li>", found)
        ]

    assert steps(made.pk) == [
        "Giờ làm việc: theo giờ của cơ quan cấp trên hoặc của tỉnh",
        "Thêm đơn vị: đã có 0 đơn vị",
        "Tài khoản cán bộ, giao vị trí công tác: chưa ai giữ vị trí nào",
        "Thủ tục cơ quan giải quyết: chưa có thủ tục nào",
    ]
    there = steps(world.agency.pk)
    assert there[1] == f"Thêm đơn vị: đã có {len(world.units)} đơn vị"
    assert there[3] == "Thủ tục cơ quan giải quyết: đã có 1 thủ tục"
    assert there[4].startswith("Vị trí mà các thủ tục đó cần: ")


def test_log_names_the_system_in_the_language_of_the_page() -> None:
    act = audit.AdministrativeAct(1, "exports_cleared", "x", {}, "Hệ thống", MONDAY, is_of_system=True)
    with translation.override("en"):
        assert said(act).who == "The system"
        assert said(replace(act, is_of_system=False)).who == "Hệ thống"
