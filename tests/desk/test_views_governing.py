"""Governing the catalogue at the desk: who sees the pages, what they refuse, what the buttons do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.desk.conftest import At
from tests.dossiers.world import World, published, sheet
from tests.regulations import PLACES

from motcua.accounts.models import Account
from motcua.accounts.services.sessions import SEEN_AT
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Agency, Position, Unit
from motcua.catalogue import queries, services
from motcua.catalogue.enums import Change, OnlineLevel
from motcua.catalogue.models import Announcement, Duty, Proposal, Roadmap
from motcua.catalogue.rules.announcing import Named
from motcua.catalogue.rules.sheets import Fee, RequiredDocument, Result
from motcua.catalogue.services import Decision
from motcua.desk.forms.process_steps import rearranged
from motcua.kernel.actors import SYSTEM
from motcua.kernel.money import Money
from motcua.law import queries as law
from motcua.process import services as process_services
from motcua.process.enums import StepKind
from motcua.process.models import ProcessDraft
from motcua.process.rules.drafts import StepEntry

pytestmark = pytest.mark.django_db
OPEN = ("duties", "announcements", "new_announcement", "proposals", "processes", "items", "new_item")


@pytest.fixture
def khoa(at_desk: At) -> Client:
    """The clerk, who acts for the agency."""
    return at_desk("khoa")


@pytest.fixture
def giang(world: World, at_desk: At) -> Client:
    """The province's administrator."""
    Account.objects.filter(username="giang").update(is_admin=True, kind="officer")
    world.people["giang"].refresh_from_db()
    return at_desk("giang")


def address(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def announced(world: World, count: int = 1) -> int:
    today = world.now.date()
    named = [Named(world.version.procedure.code, "Cấp giấy", Change.CHANGED)]
    named += [Named(f"1.10{n:04}", f"Thủ tục {n}", Change.NEW) for n in range(count - 1)]
    decision = Decision(
        "8/QĐ-UBND", "Công bố", "Chủ tịch", today, today, world.agency.pk, tuple(named), has_process=True
    )
    return services.record_announcement(actor=SYSTEM, at=world.later(minutes=1), decision=decision)


@pytest.mark.parametrize("name", OPEN)
def test_pages_are_for_those_who_act_for_an_agency(world: World, at_desk: At, name: str) -> None:
    path = address(name)
    assert [at_desk(who).get(path).status_code for who in ("khoa", "hanh", "dung", "chi")] == [
        200,
        200,
        403,
        403,
    ]
    assert Client().get(path).status_code == 302


def test_the_rail_leads_there_only_who_may_go(world: World, at_desk: At) -> None:
    home = address("home")
    link = f'href="{address("duties")}"'
    assert link in at_desk("khoa").get(home, follow=True).content.decode()
    assert link not in at_desk("dung").get(home, follow=True).content.decode()


def test_a_decision_is_recorded_and_bad_lines_are_named(world: World, khoa: Client) -> None:
    today = world.now.date()
    typed = {
        "number": "8/QĐ-UBND",
        "title": "Công bố",
        "signer": "Chủ tịch",
        "signed_on": f"{today}",
        "effective_on": f"{today}",
        "lead_agency": world.agency.pk,
        "new": "không có mã",
        "changed": world.version.procedure.code,
    }
    answer = khoa.post(address("new_announcement"), typed)
    assert answer.status_code == 422
    assert "Dòng 1" in answer.content.decode()
    assert Announcement.objects.count() == 0
    answer = khoa.post(address("new_announcement"), typed | {"new": ""})
    made = Announcement.objects.get()
    assert answer["Location"] == address("announcement", made.pk)
    shown = khoa.get(answer["Location"]).content.decode()
    assert "Cập nhật, công khai trên Hệ thống" in shown
    assert "DL24-11.4" in shown
    assert khoa.post(address("new_announcement"), typed | {"new": ""}).status_code == 422


def test_a_duty_is_recorded_as_done_once(world: World, khoa: Client) -> None:
    announced(world)
    website = Duty.objects.get(kind="website")
    path = address("duty", website.pk)
    tomorrow = world.now.date() + timedelta(days=1)
    assert khoa.post(path, {"done_on": f"{tomorrow}", "proof": "x"}).status_code == 422
    assert khoa.post(path, {"done_on": "", "proof": ""}).status_code == 422
    assert khoa.post(path, {"done_on": f"{world.now.date()}", "proof": "Công văn 5"}).status_code == 302
    assert "Công văn 5" in khoa.get(path).content.decode()
    assert "Ghi nhận đã xong</button>" not in khoa.get(path).content.decode()


@pytest.mark.clause("PT24-17")
def test_whoever_checks_asks_to_have_content_put_right_and_its_agency_reads_what(
    world: World, khoa: Client, giang: Client
) -> None:
    announced(world)
    check = Duty.objects.get(kind="check")
    path = address("duty", check.pk)
    assert khoa.get(path).status_code == 403
    answer = giang.post(path, {"ask": "1", "to": "agency", "asked": " "})
    assert (answer.status_code, Duty.objects.filter(kind="correct").count()) == (422, 0)
    assert 'href="#id_asked"' in answer.content.decode()
    answer = giang.post(path, {"ask": "1", "to": "agency", "asked": "Thời hạn ghi 5 ngày"})
    made = Duty.objects.get(kind="correct")
    assert answer["Location"] == address("duty", made.pk)
    with CaptureQueriesContext(connection) as asked:
        page = khoa.get(address("duty", made.pk)).content.decode()
    assert len(asked) <= 15
    assert "Thời hạn ghi 5 ngày" in page
    assert "Cập nhật lại nội dung theo kiến nghị" in khoa.get(address("duties")).content.decode()
    refused = khoa.post(address("duty", made.pk), {"proof": "Đã sửa"})
    assert "chưa được cập nhật trên Hệ thống kể từ khi có kiến nghị" in refused.content.decode()
    done = giang.post(path, {"done_on": f"{world.now:%d/%m/%Y}", "proof": "Biên bản 3"})
    assert "Nội dung đã kiến nghị chưa được cập nhật lại" in done.content.decode()
    check.refresh_from_db()
    assert check.done_on is None


def test_a_duty_of_another_body_is_shown_to_those_who_oversee_only(
    world: World, khoa: Client, giang: Client
) -> None:
    announced(world)
    set_up = Duty.objects.get(kind="set_up")
    assert khoa.get(address("duty", set_up.pk)).status_code == 403
    answer = giang.get(address("duty", set_up.pk))
    assert answer.status_code == 200
    assert answer.context["may"] is True
    assert khoa.get(address("duty", 10**30)).status_code == 404


def _listed(page: HttpResponse) -> set[tuple[str, str]]:
    """Of which procedures a page lists duties, and whose they are, as it is read."""
    row = r'mc-work__aside">([\d.]+) [^<]*</span></td>\s*<td class="govuk-table__cell">([^<]+)</td>'
    return set(re.findall(row, page.content.decode()))


@pytest.mark.clause("KT22-23.1#2", "DL24-11.1#3", "PT24-23.1#2")
def test_agency_watches_what_becomes_of_its_own_procedures_and_the_office_of_all(
    world: World, at_desk: At, khoa: Client, regulation: str
) -> None:
    province = PLACES[regulation][0]
    office = Agency.objects.create(
        province=province, key="van-phong-ubnd-tinh", name="Văn phòng", level="province", kind="department"
    )
    unit = Unit.objects.create(agency=office, key="vp", name="Văn phòng", kind=UnitKind.OFFICE)
    world.people["van"] = Account.objects.create(
        kind="officer", username="van", full_name="Lê Thị Vân", created_at=world.now
    )
    Position.objects.create(account=world.people["van"], unit=unit, role=Role.CLERK)
    agencies.forget()
    announced(world)
    today, others = world.now.date(), (Named("1.300001", "Thủ tục khác", Change.NEW),)
    other = Decision("9/QĐ", "Công bố", "Chủ tịch", today, today, office.pk, others, has_process=True)
    services.record_announcement(actor=SYSTEM, at=world.later(minutes=1), decision=other)
    van, path, own = at_desk("van"), address("duties"), world.version.procedure.code
    assert at_desk("dung").get(path).status_code == 403
    assert _listed(khoa.get(path)) == {(own, world.agency.name)}
    assert _listed(van.get(path)) >= {(own, world.agency.name), ("1.300001", "Văn phòng")}
    assert {whose for _, whose in _listed(van.get(path + "?cua=toi"))} == {"Văn phòng"}
    assert _listed(khoa.get(path + "?loc=da-xong")) == set()


def test_lists_ask_the_same_number_of_questions_however_long(world: World, khoa: Client) -> None:
    announced(world)
    with CaptureQueriesContext(connection) as few:
        khoa.get(address("duties"))
    Announcement.objects.all()
    today = world.now.date()
    named = tuple(Named(f"1.20{n:04}", f"Thủ tục {n}", Change.NEW) for n in range(30))
    more = Decision("9/QĐ", "Công bố", "Chủ tịch", today, today, world.agency.pk, named, has_process=True)
    services.record_announcement(actor=SYSTEM, at=world.later(minutes=1), decision=more)
    with CaptureQueriesContext(connection) as many:
        answer = khoa.get(address("duties"))
    assert len(answer.context["lines"]) == 40
    assert len(many) == len(few)
    second = khoa.get(address("duties") + answer.context["next"])
    assert len(second.context["lines"]) == 22
    assert khoa.get(address("duties") + "?sau=khong&loc=gi").status_code == 200


@pytest.mark.clause("QN20-3.3", "DL24-3.1")
def test_review_says_what_a_procedure_lacks_at_its_level_and_which_law_asks_it(
    world: World, khoa: Client, regulation: str
) -> None:
    """In Quảng Ngãi it is offered in part, in Đắk Lắk in full, which asks that fees can be paid online."""
    forms = ["mẫu đơn để tải về"] if regulation == "QN20" else []
    told = ["kết quả của thủ tục", "văn bản quy định thủ tục", *forms]
    page = khoa.get(address("review", world.agency.pk)).content.decode()
    assert f"Còn thiếu: {', '.join(told)}</span>" in page
    assert "1 thủ tục còn thiếu nội dung" in page
    asking = {
        "QN20": "Thông tư 32/2017/TT-BTTTT, Điều 5 (QN20-3.3)",
        "DL24": "Nghị định 45/2020/NĐ-CP, Điều 4 (DL24-3.1)",
    }
    assert asking[regulation] in page
    whole = sheet(
        code="1.000002",
        online_level=OnlineLevel(world.version.online_level),
        components=(RequiredDocument("paper", "Giấy chứng minh"),),
        results=(Result("kq", "Giấy phép"),),
        legal_basis=("Luật Hộ tịch",),
    )
    for each in (whole, replace(whole, code="1.000003", fees=(Fee("Lệ phí", Money(8000)),))):
        published(each, world.agency, world.units[UnitKind.DIVISION])
    lines = khoa.get(address("review", world.agency.pk)).context["lines"]
    found = {line.code: lacks for line, _level, lacks, _uses in lines}
    unpaid = ("thanh toán trực tuyến",) if regulation == "DL24" else ()
    assert (found["1.000002"], found["1.000003"]) == ((), unpaid)


def test_review_asks_the_same_number_of_questions_however_long(world: World, khoa: Client) -> None:
    with CaptureQueriesContext(connection) as few:
        khoa.get(address("review", world.agency.pk))
    for number in range(10, 40):
        published(sheet(code=f"1.0000{number}"), world.agency, world.units[UnitKind.DIVISION])
    queries.forget()
    with CaptureQueriesContext(connection) as many:
        answer = khoa.get(address("review", world.agency.pk))
    assert len(answer.context["lines"]) == 31
    assert len(many) <= len(few) + 1  # the sheets of the procedures, which are kept once read
    assert len(many) <= 15


def test_from_the_review_to_the_decision(world: World, khoa: Client, giang: Client) -> None:
    code = world.version.procedure.code
    review = address("review", world.agency.pk)
    assert code in khoa.get(review).content.decode()
    propose = address("propose", world.agency.pk, code)
    (level, *_rest) = [value for value, _ in khoa.get(propose).context["form"].fields["level"].choices]
    assert khoa.post(propose, {"level": level}).status_code == 422
    year = world.now.year + 1
    typed = {"level": level, "service_kind": "administrative", "year": year, "reason": "Nhiều hồ sơ"}
    page = khoa.post(propose, typed)["Location"]
    number = Proposal.objects.get().pk
    assert khoa.post(propose, typed).status_code == 422
    assert khoa.post(review, {"note": ""}).status_code == 302
    assert Roadmap.objects.get().count == 1

    assess = address("assess_proposal", number)
    given = {"what": "return", "text": "Ghi rõ số hồ sơ", "version": 1}
    assert khoa.post(assess, given).status_code == 403
    assert giang.get(assess)["Location"] == page  # after a log-in, or in the other language
    assert giang.post(assess, given).status_code == 302
    change = address("change_proposal", number)
    too_late = {"Referer": f"http://testserver{change}"}  # the page that said what was wrong
    token = str(khoa.get(page).context["csrf_token"])
    assert khoa.get(change)["Location"] == page
    session = khoa.session
    session[SEEN_AT] = 1
    session.save()
    sent = typed | {"version": 2, "reason": "Gần 1200 hồ sơ một năm", "csrfmiddlewaretoken": token}
    assert "/dang-nhap/" in khoa.post(change, sent, headers=too_late)["Location"]
    khoa.force_login(world.people["khoa"], backend="motcua.accounts.services.backends.EntryBackend")
    session = khoa.session
    session[SEEN_AT] = 2_000_000_000
    session.save()
    assert "Gần 1200 hồ sơ một năm" in khoa.get(change, follow=True).content.decode()
    assert khoa.post(change, typed | {"version": 1}).status_code == 422
    assert khoa.post(change, typed | {"version": 2, "reason": "1200 hồ sơ"}).status_code == 302
    assert giang.post(assess, {"what": "support", "text": "Được", "version": 3}).status_code == 302
    assert "1200 hồ sơ" in khoa.get(page).content.decode()

    decide = address("new_online_decision")
    assert khoa.get(decide).status_code == 403
    today = world.now.date()
    decision = {
        "number": "40/QĐ",
        "signer": "Chủ tịch",
        "signed_on": f"{today}",
        "effective_on": f"{today + timedelta(days=3)}",
    }
    assert giang.post(decide, decision).status_code == 422
    assert giang.post(decide, decision | {f"p{number}": "approve"}).status_code == 302
    assert queries.by_code(code, today + timedelta(days=3)).online_level == level
    assert khoa.post(address("withdraw_proposal", number), {"version": 5}).status_code in (409, 422)


@pytest.mark.clause("PT24-18.1.0")
def test_proposal_asks_for_the_decision_of_the_ministry_and_shows_it_to_whoever_assesses(
    world: World, khoa: Client, giang: Client
) -> None:
    propose = address("propose", world.agency.pk, world.version.procedure.code)
    (level, *_rest) = [value for value, _ in khoa.get(propose).context["form"].fields["level"].choices]
    year = world.now.year + 1
    typed = {"level": level, "service_kind": "administrative", "year": year, "reason": "Nhiều hồ sơ"}
    answer = khoa.post(propose, typed)
    wanted = {"ministry", "ministry_number", "ministry_signed_on"}
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wanted)
    ground = {"ministry": "Bộ Tư pháp", "ministry_number": "1420/QĐ-BTP", "ministry_signed_on": "03/02/2025"}
    page = khoa.post(propose, typed | ground)["Location"]
    assert "1420/QĐ-BTP, 03/02/2025, Bộ Tư pháp" in giang.get(page).content.decode()


def test_overdue_roadmaps_are_for_those_who_oversee(world: World, khoa: Client, giang: Client) -> None:
    assert khoa.get(address("roadmaps")).status_code == 403
    assert giang.get(address("roadmaps")).status_code == 200


@pytest.mark.clause("KT22-18.1")
def test_yearly_review_that_never_took_place_is_shown_as_missed_once_its_year_is_over(
    world: World, khoa: Client, giang: Client
) -> None:
    this, ahead = (f"?nam={world.now.year + n}" for n in (0, 1))
    late = giang.get(address("roadmaps") + this)
    assert [card.name for card in late.context["missing"]] == [world.agency.name]
    assert "Chưa gửi, đã quá hạn" in late.content.decode()
    assert "Chưa gửi, đã quá hạn" not in giang.get(address("roadmaps") + ahead).content.decode()
    review = address("review", world.agency.pk)
    assert "chưa gửi, đã quá hạn" in khoa.get(review + this).content.decode()
    assert "chưa gửi, đã quá hạn" not in khoa.get(review + ahead).content.decode()


@pytest.mark.parametrize(
    ("short_name", "is_asked"),
    [
        ("QN20", True),
        ("KT18", True),
        pytest.param("DL24", False, marks=pytest.mark.clause("DL24-11.1#1")),
    ],
)
def test_agencies_are_missing_only_where_the_regulation_asks_for_a_roadmap(
    world: World, giang: Client, monkeypatch: pytest.MonkeyPatch, short_name: str, is_asked: bool
) -> None:
    asked = law.regulation(short_name)
    monkeypatch.setattr(law, "regulation_in_force", lambda province, on: asked)
    page = giang.get(address("roadmaps"))
    assert ([card.name for card in page.context["missing"]] == [world.agency.name]) is is_asked
    review = "" if is_asked else "Danh mục dịch vụ trực tuyến được rà soát thường xuyên (DL24-11.1#1)."
    assert review in page.content.decode()


def test_the_editor_keeps_what_was_typed_and_moves_steps(world: World, khoa: Client) -> None:
    begun = khoa.post(address("processes"), {"code": world.version.procedure.code, "agency": world.agency.pk})
    draft = ProcessDraft.objects.get()
    assert begun["Location"] == address("process_steps", draft.pk)
    page = khoa.get(begun["Location"])
    forms = page.context["forms"]
    assert page.context["is_unassigned"] is False
    typed = {"name": "Quy trình thử", "version": 1, "count": len(forms)}
    for form in forms:
        for name in form.fields:
            value = form.initial.get(name)
            if value not in (None, False):
                typed[form.add_prefix(name)] = value
    bad = typed | {"s1-time": "nhanh", "act": "save"}
    answer = khoa.post(begun["Location"], bad)
    assert answer.status_code == 422
    assert 'value="nhanh"' in answer.content.decode()
    answer = khoa.post(begun["Location"], typed | {"s1-action": "Nhận hồ sơ", "act": "down-1"})
    assert [form.initial["action"] for form in answer.context["forms"]][1] == "Nhận hồ sơ"
    draft.refresh_from_db()
    assert draft.body["steps"][1]["action"] == "Nhận hồ sơ"
    stale = khoa.post(begun["Location"], typed | {"act": "save"})
    assert stale.status_code == 422
    assert khoa.get(address("process_draft", draft.pk)).status_code == 200
    kept = [each for each in draft.body["steps"] if each["kind"] != "assign"]
    ProcessDraft.objects.filter(pk=draft.pk).update(body=draft.body | {"steps": kept})
    for name in ("process_steps", "process_draft"):
        assert (
            "công chức ở vị trí được ghi tự nhận việc" in khoa.get(address(name, draft.pk)).content.decode()
        )
    assert khoa.post(address("approve_process", draft.pk), {"version": 2}).status_code == 422
    assert khoa.post(address("drop_process", draft.pk), {"version": 2}).status_code == 302


def test_items_and_contacts_are_kept_by_those_who_answer_for_them(
    world: World, khoa: Client, giang: Client, at_desk: At
) -> None:
    typed = {"kind": "evaluation", "agency": world.agency.pk, "title": "Quý I", "body": "98%", "source": "CV"}
    assert khoa.post(address("new_item"), typed | {"title": ""}).status_code == 422
    assert khoa.post(address("new_item"), typed).status_code == 302
    (card,) = queries.public_items("dak-lak")
    change = {"title": "Quý II", "body": "99%", "source": "CV", "version": 1}
    assert khoa.post(address("item", card.id), change).status_code == 302
    assert khoa.post(address("item", card.id), change).status_code == 422
    assert at_desk("dung").get(address("item", card.id)).status_code == 403
    assert khoa.post(address("withdraw_item", card.id), {"version": 2}).status_code == 302
    contacts = address("contacts", world.agency.pk)
    assert khoa.get(contacts).status_code == 403
    assert giang.post(contacts, {"name": "Một cửa", "duty": "Hướng dẫn"}).status_code == 422
    assert (
        giang.post(contacts, {"name": "Một cửa", "duty": "Hướng dẫn", "phone": "0900000001"}).status_code
        == 302
    )
    assert "0900000001" in giang.get(contacts).content.decode()


ENTRIES = st.integers(1, 7).flatmap(
    lambda count: st.tuples(
        *(
            st.builds(
                StepEntry,
                kind=st.just(StepKind.PROCESS),
                action=st.just(f"bước {n}"),
                back_to=st.one_of(st.none(), st.integers(1, max(1, n - 1))) if n > 1 else st.none(),
            )
            for n in range(1, count + 1)
        )
    )
)


TIMED = tuple(
    StepEntry(
        StepKind.PROCESS, name, time=time, time_unit="working_day" if time else "none", shares_time=not time
    )
    for name, time in (("một", "1"), ("hai", "3"), ("ba", ""), ("bốn", "2"))
)


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("khác", ["một 1", "hai 3", "ba", "bốn 2"]),
        ("drop-2", ["một 1", "ba 3", "bốn 2"]),
        ("up-3", ["một 1", "ba 3", "hai", "bốn 2"]),
        ("add-2", ["một 1", "hai 3", "", "ba", "bốn 2"]),
        ("add-1", ["một 1", " !", "hai 3", "ba", "bốn 2"]),
        ("drop-1", ["hai 3", "ba", "bốn 2"]),
        ("down-3", ["một 1", "hai 3", "bốn 2", "ba !"]),
    ],
)
def test_steps_that_share_a_time_keep_it_while_they_stand_together(act: str, expected: list[str]) -> None:
    """`!`: neither a time of its own nor a shared one, so that the check of the sum finds it."""
    after = rearranged(TIMED, act)
    assert not after[0].shares_time
    assert [f"{step.action} {step.time or ('' if step.shares_time else '!')}".rstrip() for step in after] == [
        each.rstrip() for each in expected
    ]


@given(entries=ENTRIES, act=st.sampled_from(["add", "drop", "up", "down", "khác"]), place=st.integers(0, 9))
def test_buttons_lose_no_step_but_the_one_taken_out_and_no_way_back_leads_elsewhere(
    entries: tuple[StepEntry, ...], act: str, place: int
) -> None:
    after = rearranged(entries, f"{act}-{place}")
    names = [step.action for step in after if step.action]
    gone = {step.action for step in entries} - set(names)
    assert len(gone) <= (act == "drop")
    assert len(after) - len(names) <= (act == "add")
    for number, step in enumerate(after, start=1):
        if step.back_to is not None:
            assert step.back_to < number
            before = next(each for each in entries if each.action == step.action)
            assert before.back_to is not None
            assert after[step.back_to - 1].action == entries[before.back_to - 1].action


@pytest.mark.clause("QN20-5.3")
def test_a_draft_becomes_the_paper_of_a_decision_with_list_and_process(world: World, khoa: Client) -> None:
    code = world.version.procedure.code
    khoa.post(address("processes"), {"code": code, "agency": world.agency.pk})
    draft = ProcessDraft.objects.get()
    steps = (
        StepEntry(StepKind.INTAKE, "Nhận hồ sơ kiểu mới"),
        StepEntry(StepKind.PROCESS, "Thẩm định kiểu mới", time="2", time_unit="working_day"),
        StepEntry(StepKind.OPINION, "Niêm yết", only_if="có khiếu nại", shares_time=True),
        StepEntry(StepKind.APPROVE, "Ký duyệt", time="1", time_unit="working_day"),
        StepEntry(StepKind.RETURN, "Trả"),
    )
    process_services.write_draft(
        actor=world.actor("khoa"), at=world.now, draft_id=draft.pk, version=1, name="Mới", steps=steps
    )
    before = ProcessDraft.objects.get().version
    khoa.cookies["django_language"] = "en"  # the paper is Vietnamese all the same
    text = khoa.get(address("draft_of_decision", draft.pk)).content.decode()
    paper = text.partition("<article")[2].partition("</article>")[0]
    words = (code, "Cấp giấy phép thử nghiệm", "3 ngày làm việc", world.agency.name, "39/2020/QĐ-UBND")
    for said in (*words, "Niêm yết", "chỉ khi có khiếu nại", "2 ngày làm việc", "chung với bước trên"):
        assert said in paper
    assert [paper.index(step.action) for step in steps] == sorted(paper.index(step.action) for step in steps)
    assert ProcessDraft.objects.get().version == before
    process_services.write_draft(
        actor=world.actor("khoa"), at=world.now, draft_id=draft.pk, version=before, name="Mới", steps=()
    )
    assert khoa.get(address("draft_of_decision", draft.pk)).headers["Location"] == address(
        "process_draft", draft.pk
    )
