"""What the form of a verb says before its button is pressed, compared with what then happens."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desk.conftest import At
from tests.desk.test_views_verbs import address, press
from tests.dossiers.test_services_attaching import paper
from tests.dossiers.test_services_turns import ASK, ask
from tests.dossiers.world import World, next_version, steps
from tests.resilience.scenery import ask as ask_unit

from motcua.accounts.models import Account
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.dossiers import policy, services
from motcua.dossiers.enums import Box, Correctable, Status, Verb
from motcua.dossiers.queries import boxes
from motcua.dossiers.rules.state import Applicant
from motcua.dossiers.services import Act
from motcua.law import queries as law
from motcua.notify import services as notify
from motcua.notify.models import MutedTopic, OutboxMessage
from motcua.notify.rules.messages import Topic
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import ProcessDefinition
from motcua.theme.wording import long_moment

pytestmark = pytest.mark.django_db
LIFE = (
    ("chi", Verb.ACCEPT, {}),
    ("chi", Verb.INVITE, {"visit_at_day": "6/3/2030", "visit_at_time": "8h", "purpose": "Đối chiếu"}),
    ("chi", Verb.HAND_OVER, {}),
    ("lan", Verb.ASSIGN, {"officer": "dung"}),
    ("lan", Verb.PAUSE, {"reason": "Nộp lệ phí"}),
    ("chi", Verb.TELL_APPLICANT, {}),
    ("lan", Verb.RESUME, {"note": "Đã nộp"}),
    ("hanh", Verb.EXTEND, {"new_day": "29/3/2024", "reason": "Chờ xác minh"}),
    ("dung", Verb.PROPOSE, {"decision": "grant", "text": "Đủ"}),
    ("hanh", Verb.APPROVE, {}),
    ("khoa", Verb.ISSUE_RESULT, {"number": "12/GP", "name": "Giấy phép"}),
    ("chi", Verb.ANNOUNCE, {}),
    ("chi", Verb.RECORD_NON_COLLECTION, {"note": "Đã gọi"}),
    ("chi", Verb.RETURN_RESULT, {"how": "counter", "who": "applicant", "proof": "Ký"}),
    ("chi", Verb.CLOSE, {}),
)


def told() -> int:
    """How many messages the applicant's side was sent."""
    return OutboxMessage.objects.filter(key__startswith="dossier.").count()


@pytest.mark.parametrize("is_reached", [True, False])
def test_form_promises_a_message_where_one_is_sent(world: World, at_desk: At, is_reached: bool) -> None:
    act = world.submit(world.draft()) if is_reached else world.register()
    done = []
    for who, verb, typed in LIFE:
        if verb is Verb.RECORD_NON_COLLECTION:
            world.later(days=7)  # whom it lies ready for has had their time
        given = typed | ({"officer": str(world.people["dung"].pk)} if "officer" in typed else {})
        client = at_desk(who)
        if client.get(address(act, verb)).status_code != 200:
            continue
        before = told()
        prospect = client.get(address(act, verb)).context["prospect"]
        version = world.state(act).version
        press(client, world, act, verb, **given)
        assert world.state(act).version > version, verb
        promised = any("được báo qua" in text for text in prospect.consequences)
        assert promised == (told() > before), verb
        assert not (promised and prospect.unreached), verb
        if prospect.unreached:
            assert "Gửi" not in prospect.button, verb
            assert "hãy gọi người nộp theo số 0905000001" in prospect.done, verb
        done.append(verb)
    assert {Verb.ACCEPT, Verb.ANNOUNCE, Verb.RETURN_RESULT, Verb.CLOSE} <= set(done)


def test_where_nothing_reaches_the_applicant_the_form_gives_the_number_and_what_to_say(
    world: World, at_desk: At
) -> None:
    act = world.register()
    text = at_desk("chi").get(address(act, Verb.ACCEPT)).content.decode()
    for words in (
        "Hệ thống không báo được cho người nộp", "mã hồ sơ, ngày hẹn trả kết quả", "Gọi số 0905000001.",
        "In phiếu và trao tận tay",
    ):  # fmt: skip
        assert words in text
    assert "Người nộp sẽ nhận tin nhắn" not in text


def test_nobody_to_call_is_said_and_the_address_given(world: World, at_desk: At) -> None:
    act = world.register(applicant=Applicant("Nguyễn Văn An", "066090000001", address="Thôn 1 <x>"))
    text = at_desk("chi").get(address(act, Verb.REDIRECT)).content.decode()
    assert "Gửi thư tới địa chỉ: Thôn 1 &lt;x&gt;." in text
    assert "Gọi số" not in text


def test_who_wants_no_letters_of_a_kind_is_told_in_the_inbox_only(world: World, at_desk: At) -> None:
    act = world.submit(world.draft(applicant=Applicant("Nguyễn Văn An", "066090000001", "0905000001")))
    MutedTopic.objects.create(account=world.people["an"], topic="progress")
    chi = at_desk("chi")
    muted = chi.get(address(act, Verb.WITHDRAW)).context["prospect"].consequences[-1]
    assert "được báo qua hộp thư trên Cổng: " in muted
    assert "đã chọn không nhận thư điện tử" in muted
    assert "hộp thư trên Cổng và thư điện tử" in chi.get(address(act, Verb.DECLINE)).content.decode()


def test_day_that_is_said_before_acceptance_is_the_one_that_is_promised(world: World, at_desk: At) -> None:
    act, chi = world.register(), at_desk("chi")
    shown = chi.get(address(act, Verb.ACCEPT)).content.decode()
    press(chi, world, act, Verb.ACCEPT)
    due = world.state(act).due_at
    assert due is not None
    assert f"kết quả được hẹn trả lúc {long_moment(due)}" in shown


def test_request_that_is_controlled_says_who_agrees_and_that_nothing_is_sent_before(
    world: World, at_desk: At
) -> None:
    act, dung = world.until("assign"), at_desk("dung")
    text = dung.get(address(act, Verb.REQUEST_SUPPLEMENT)).content.decode()
    for words in (
        "Phải được kiểm soát trước khi gửi", "Lãnh đạo phê duyệt (Hanh)",
        "hệ thống không gửi gì cho người nộp",
        "khoản 2 Điều 20", "Trình kiểm soát", "thời hạn vẫn tính như trước",
    ):  # fmt: skip
        assert words in text
    assert 'name="preview"' in text
    before = told()
    asked = {"ask_1": "on", "what_1": "Bản rõ", "reason": "Mờ", "guidance": "Chụp lại"}
    slip = press(dung, world, act, Verb.REQUEST_SUPPLEMENT, preview="1", **asked)
    assert (slip.content[:5], told(), world.state(act).version) == (b"%PDF-", before, act.version)
    assert world.state(act).proposed_supplement is None
    press(dung, world, act, Verb.REQUEST_SUPPLEMENT, **asked)
    assert told() == before
    shown = dung.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert "Đã trình yêu cầu bổ sung để kiểm soát; người nộp chưa được báo." in shown
    hanh = at_desk("hanh")
    released = hanh.get(address(act, Verb.RELEASE_SUPPLEMENT)).content.decode()
    preview = press(hanh, world, act, Verb.RELEASE_SUPPLEMENT, preview="1")
    assert (preview.content[:5], told(), world.state(act).slips[1:]) == (b"%PDF-", before, ())
    assert "phiếu như người nộp sẽ nhận khi bộ phận một cửa gửi" in released
    assert "Đề xuất yêu cầu bổ sung của Dung" in released
    assert "Bộ phận một cửa nhận việc gửi yêu cầu này" in released
    press(hanh, world, act, Verb.RELEASE_SUPPLEMENT)
    assert told() == before
    chi = at_desk("chi")
    sending = chi.get(address(act, Verb.RELEASE_SUPPLEMENT)).content.decode()
    for words in (
        "Yêu cầu bổ sung của Dung, Hanh đã đồng ý, chờ bộ phận một cửa gửi người nộp",
        "Gửi yêu cầu bổ sung cho người nộp", "Xem trước phiếu", "tạm dừng từ lúc này",
    ):  # fmt: skip
        assert words in sending
    preview = press(chi, world, act, Verb.RELEASE_SUPPLEMENT, preview="1")
    assert (preview.content[:5], told()) == (b"%PDF-", before)


@pytest.mark.clause("PT24-3.2")
def test_request_that_the_desk_sends_is_nowhere_said_to_go_out_at_the_press(
    world: World, at_desk: At
) -> None:
    """Nobody controls it there, and still it waits: for the desk."""
    act = world.until("assign")
    page = at_desk("dung").get(address(act, Verb.REQUEST_SUPPLEMENT))
    text = page.content.decode()
    assert page.context["prospect"].control is None
    assert "không đòi hỏi kiểm soát: yêu cầu chuyển thẳng đến bộ phận một cửa" in text
    assert "được gửi ngay" not in text
    assert "Cho đến khi bộ phận một cửa gửi, người nộp chưa được báo" in text


def test_leader_who_asks_where_the_desk_sends_is_not_told_that_it_goes_out_at_once(
    world: World, at_desk: At
) -> None:
    act = world.until("assign")
    Position.objects.create(
        account=world.people["dung"], unit=world.units[UnitKind.LEADERSHIP], role=Role.APPROVER.value
    )
    text = at_desk("dung").get(address(act, Verb.REQUEST_SUPPLEMENT)).content.decode()
    assert "Bạn là người kiểm soát" in text
    assert "yêu cầu chuyển thẳng đến bộ phận một cửa" in text
    assert "được gửi ngay" not in text


def test_request_at_intake_is_sent_at_once_where_only_units_are_controlled(world: World, at_desk: At) -> None:
    act = world.register()
    text = at_desk("chi").get(address(act, Verb.REQUEST_SUPPLEMENT)).content.decode()
    assert "quy chế không đòi hỏi kiểm soát: yêu cầu được gửi ngay" in text
    assert "chưa tiếp nhận nên thời hạn giải quyết chưa tính" in text


def test_controller_who_asks_is_told_that_nobody_else_is_waited_for(
    world: World, at_desk: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    regulation = law.regulation("QN20")
    monkeypatch.setattr(law, "regulation", lambda name, on=None: regulation)
    act = world.register()
    text = at_desk("chi").get(address(act, Verb.REQUEST_SUPPLEMENT)).content.decode()
    assert "Trưởng bộ phận một cửa" in text
    assert "khoản 2 Điều 11" in text


def test_apology_names_the_day_promised_now_and_the_number_to_call(world: World, at_desk: At) -> None:
    act = world.accept(world.register())
    page = at_desk("hanh").get(address(act, Verb.EXTEND)).context["prospect"]
    assert page.unreached.phone == "0905000001"
    assert page.consequences[-2].startswith("Ngày hẹn hiện nay: 08 giờ 01 phút, ngày 07")
    assert page.consequences[-1].startswith("Phiếu gửi bây giờ là kịp")
    world.later(days=2, hours=6)
    late = at_desk("hanh").get(address(act, Verb.EXTEND)).context["prospect"].consequences[-1]
    assert late.startswith("Phiếu gửi bây giờ là muộn")


# --- the line of time ---------------------------------------------------------------------------------------
def entries(client: Client, act: Act, kind: str = "") -> list[tuple[str, str]]:
    page = client.get(reverse("desk:dossier", args=[act.dossier_id]) + (f"?muc={kind}" if kind else ""))
    return [(entry.title, entry.tag) for entry in page.context["timeline"].entries]


def test_history_holds_letters_messages_and_notes_and_can_be_narrowed(world: World, at_desk: At) -> None:
    act, chi = world.until("accept"), at_desk("chi")
    page = reverse("desk:dossier", args=[act.dossier_id])
    chi.post(reverse("desk:add_note", args=[act.dossier_id]), {"text": "Đã gọi"})
    OutboxMessage.objects.filter(key="dossier.accepted", channel="email").update(state="failed")
    assert entries(chi, act)[0] == ("Ghi chú trong cơ quan", "")
    letters = entries(chi, act, "thu-bao")
    assert [tag for _title, tag in letters] == ["Không gửi được", "Chờ gửi"]  # accepted, acknowledged
    acts = entries(chi, act, "dien-bien")
    assert len(entries(chi, act)) == len(letters) + len(acts) + 1
    assert entries(chi, act, "ghi-chu") == [("Ghi chú trong cơ quan", "")]
    assert entries(chi, act, "tin-nhan") == []
    assert "chưa nhắn gì cho nhau" in chi.get(page + "?muc=tin-nhan").content.decode()
    assert entries(chi, act, "x") == entries(chi, act)


def test_letters_cost_no_query_each(world: World, at_desk: At) -> None:
    act, chi = world.until("accept"), at_desk("chi")
    page = reverse("desk:dossier", args=[act.dossier_id])
    chi.get(page)
    with CaptureQueriesContext(connection) as few:
        chi.get(page)
    for row in OutboxMessage.objects.all():
        row.pk = None
        row.save()
    with CaptureQueriesContext(connection) as many:
        chi.get(page)
    assert (len(many), OutboxMessage.objects.count()) == (len(few), 8)


def test_form_names_the_step_and_the_people_that_come_next(world: World, at_desk: At) -> None:
    act, dung = world.until("assign"), at_desk("dung")
    text = dung.get(address(act, Verb.PROPOSE)).content.decode()
    press(dung, world, act, Verb.PROPOSE, decision="grant", text="Đủ")
    (task,) = world.state(act).tasks
    assert f"Bước tiếp theo: “{task.name}” ở " in text
    assert "(Hanh)." in text


def test_forms_of_deciding_and_numbering_name_the_step_and_the_people_that_come_next(
    world: World, at_desk: At
) -> None:
    act = world.until("propose")
    for who, verb, given, people in (
        ("hanh", Verb.APPROVE, {}, "(Khoa)."),
        ("khoa", Verb.ISSUE_RESULT, {"number": "12/GP", "name": "Giấy phép"}, "(Chi)."),
    ):
        said = at_desk(who).get(address(act, verb)).context["prospect"].consequences
        press(at_desk(who), world, act, verb, **given)
        (task,) = world.state(act).tasks
        (step,) = [each for each in said if each.startswith(f"Bước tiếp theo: “{task.name}” ở ")]
        assert step.endswith(people)


def test_who_does_the_next_step_too_is_called_by_no_name(world: World, at_desk: At) -> None:
    act = world.until("propose")
    Position.objects.filter(account=world.people["khoa"]).update(account=world.people["hanh"])
    said = at_desk("hanh").get(address(act, Verb.APPROVE)).context["prospect"].consequences
    assert [each[-6:] for each in said if each.startswith("Bước tiếp theo")] == ["(bạn)."]


def test_desk_that_numbers_the_result_is_not_told_that_it_goes_to_the_desk(world: World, at_desk: At) -> None:
    unnumbered = tuple(each for each in REVIEWED if each[0] not in ("review", "number"))
    code = world.version.procedure.code
    next_version(world, ProcessDefinition(0, "Quy trình", code, steps(unnumbered)))
    act = world.until("approve")
    said = at_desk("chi").get(address(act, Verb.ISSUE_RESULT)).context["prospect"].consequences
    assert said[0] == "Kết quả có số, ký hiệu và ở ngay bộ phận một cửa, chờ trao cho người nộp."
    assert said[-1] == "Người nộp chưa được báo: hãy báo khi có thể trao kết quả."
    assert not any("Bước tiếp theo" in each or "đi cùng hồ sơ" in each for each in said)


def test_form_says_where_nobody_is_there_to_take_the_next_step(world: World, at_desk: At) -> None:
    act = world.until("assign")
    Position.objects.filter(account=world.people["hanh"]).delete()
    text = at_desk("dung").get(address(act, Verb.PROPOSE)).content.decode()
    assert "Chưa có ai làm được bước tiếp theo" in text
    assert "hiện chưa có ai giữ vị trí để làm" in text


REVIEWED = (
    ("receive", StepKind.INTAKE, None), ("assign", StepKind.ASSIGN, None),
    ("examine", StepKind.PROCESS, None), ("review", StepKind.REVIEW, None),
    ("approve", StepKind.APPROVE, None), ("number", StepKind.CLERICAL, None),
    ("return", StepKind.RETURN, None),
)  # fmt: skip


def links(client: Client, act: Act) -> list[tuple[str, str]]:
    """What the page of the dossier offers to end a step, each with its weight."""
    shown = client.get(reverse("desk:dossier", args=[act.dossier_id])).context["page"]
    found = [*shown.main_verbs, *shown.other_verbs]
    ends = (Verb.PROPOSE, Verb.COMPLETE_STEP)
    return [(each.page.verb.value, each.page.tone) for each in found if each.page.verb in ends]


def test_step_right_before_the_leader_ends_by_a_proposal_and_by_nothing_else(
    world: World, at_desk: At
) -> None:
    act, dung = world.until("assign"), at_desk("dung")
    assert links(dung, act) == [("propose", "primary")]
    assert dung.get(address(act, Verb.COMPLETE_STEP)).status_code == 409


def test_step_that_may_end_either_way_says_what_becomes_of_the_proposal(world: World, at_desk: At) -> None:
    code = world.version.procedure.code
    next_version(world, ProcessDefinition(0, "Quy trình", code, steps(REVIEWED)))
    act, dung, lan = world.until("assign"), at_desk("dung"), at_desk("lan")
    assert links(dung, act) == [("propose", "primary"), ("complete_step", "secondary")]
    assert "Bước kết thúc mà chưa có đề xuất" in dung.get(address(act, Verb.COMPLETE_STEP)).content.decode()
    act = world.propose(act, decision="refuse", text="Thiếu")
    assert links(lan, act) == [("complete_step", "primary"), ("propose", "secondary")]
    passing = lan.get(address(act, Verb.COMPLETE_STEP)).content.decode()
    assert "Đề xuất đang có (Không đủ điều kiện giải quyết) đi tiếp như cũ" in passing
    other = lan.get(address(act, Verb.PROPOSE)).content.decode()
    assert "thay đề xuất đang có (Không đủ điều kiện giải quyết)" in other
    press(lan, world, act, Verb.COMPLETE_STEP, outcome="done")
    assert [task.step_key for task in world.state(act).tasks] == ["approve"]
    assert world.state(act).proposal == "refuse"


def test_correction_says_what_becomes_of_a_number_and_of_the_account(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    said = [
        chi.get(address(act, Verb.CORRECT)).content.decode()
        for act in (world.until("submit"), world.register(owner_id=str(world.people["an"].pk)))
    ]
    assert "tự khai trên Cổng nên không đính chính được ở đây" in said[0]
    assert 'name="personal_id"' not in said[0]
    assert "thôi gắn với tài khoản trên Cổng" in said[1]
    assert 'name="personal_id"' in said[1]


def test_decision_that_is_taken_back_speaks_of_the_step_and_of_nothing_that_the_applicant_gave(
    world: World, at_desk: At
) -> None:
    act = world.until("approve")
    page = at_desk("hanh").get(address(act, Verb.CORRECT)).content.decode()
    assert "bước phê duyệt mở lại với thời hạn cũ" in page
    assert "Giấy tờ làm căn cứ" in page
    for other in ("Giấy đề nghị của người nộp", "Đổi thư điện tử", "phiếu đã lập không thay đổi"):
        assert other not in page


@pytest.mark.parametrize("is_known", [True, False])
def test_form_that_takes_a_decline_back_says_what_becomes_of_the_dossier(
    world: World, at_desk: At, is_known: bool
) -> None:
    child = {"applicant": Applicant("Lê Minh Anh", date_of_birth=date(2023, 5, 1))}
    act = world.until("submit") if is_known else world.register(**child)
    chi = at_desk("chi")
    press(
        chi,
        world,
        act,
        Verb.DECLINE,
        ground="by_law",
        provision="Điều 17 Nghị định số 61/2018/NĐ-CP",
        reason="Theo quy định",
    )
    page = chi.get(address(act, Verb.CORRECT))
    said, prospect = page.content.decode(), page.context["prospect"]
    assert (prospect.button, prospect.done) == (
        "Thu hồi việc từ chối",
        "Đã thu hồi việc từ chối tiếp nhận."
        if is_known
        else "Đã thu hồi việc từ chối tiếp nhận. Hệ thống không báo được: hãy tự báo cho người nộp.",
    )
    for each in ("hạn trả lời vẫn như trước khi từ chối", "ghi là đã thu hồi", "Giấy tờ làm căn cứ"):
        assert each in said
    assert ("không thu hồi được nữa" in said, "Hãy hỏi người nộp trước" in said) == (is_known, not is_known)
    for other in ("Giấy đề nghị của người nộp", "Đổi thư điện tử", "phiếu đã lập không thay đổi"):
        assert other not in said
    before = told()
    answer = press(chi, world, act, Verb.CORRECT, what="decline", reason="Bấm nhầm")
    assert answer.status_code == 302
    assert (world.state(act).status, told() > before) == (Status.SUBMITTED, is_known)
    page = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert "(đã thu hồi)" in page


def test_form_keeps_what_was_typed_where_the_applicant_has_filed_anew(world: World, at_desk: At) -> None:
    act = world.until("submit")
    chi = at_desk("chi")
    press(
        chi,
        world,
        act,
        Verb.DECLINE,
        ground="by_law",
        provision="Điều 17 Nghị định số 61/2018/NĐ-CP",
        reason="Theo quy định",
    )
    anew = world.until("submit")
    answer = press(chi, world, act, Verb.CORRECT, what="decline", reason="Bấm nhầm hồ sơ khác")
    page = answer.content.decode()
    assert f"hồ sơ {anew.reference}" in page
    assert "Bấm nhầm hồ sơ khác" in page
    assert world.state(act).status is Status.DECLINED


def test_old_address_is_spoken_of_only_where_an_address_can_be_changed(world: World, at_desk: At) -> None:
    act = world.until("issue")
    said = "Đổi thư điện tử thì địa chỉ cũ cũng được báo."
    for name, fields, is_said in (("khoa", {"number"}, False), ("chi", {"email"}, True)):
        answer = at_desk(name).get(reverse("desk:verb", args=[act.dossier_id, "dinh-chinh"]))
        assert fields <= set(answer.context["form"].fields)
        assert ("email" in answer.context["form"].fields) is is_said
        assert (said in answer.content.decode()) is is_said


def test_form_that_takes_a_request_back_says_what_becomes_of_the_dossier(world: World, at_desk: At) -> None:
    act = ask(world, world.until("submit"), "chi")
    by, chi = world.state(act).asking, at_desk("chi")
    assert by is not None
    (check,) = by.tasks
    page = chi.get(address(act, Verb.CORRECT))
    said = page.content.decode()
    assert "Gửi nhầm yêu cầu bổ sung" in said
    for each in ("trở lại chờ bộ phận một cửa kiểm tra", "ghi là đã thu hồi", "không thu hồi được nữa"):
        assert each in said
    assert check.due_at is not None
    assert f"Hạn trả lời vẫn là {long_moment(check.due_at)}" in said
    before = told()
    answer = press(chi, world, act, Verb.CORRECT, what="supplement", reason="Bấm nhầm")
    assert answer.status_code == 302
    assert (world.state(act).status, told() > before) == (Status.SUBMITTED, True)
    assert "(đã thu hồi)" in chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()


def test_case_officer_who_asked_by_mistake_is_told_what_comes_of_it_and_nothing_else(
    world: World, at_desk: At
) -> None:
    act = ask(world, world.until("assign"), "dung")
    page = at_desk("dung").get(address(act, Verb.CORRECT))
    said, prospect = page.content.decode(), page.context["prospect"]
    assert (prospect.button, prospect.done) == ("Thu hồi yêu cầu bổ sung", "Đã thu hồi yêu cầu bổ sung.")
    for each in ("thời hạn tính như chưa từng có yêu cầu", "Hẹn trả kết quả vẫn là", "Giấy tờ làm căn cứ"):
        assert each in said
    assert "yêu cầu bổ sung được thu hồi, lý do và không phải bổ sung nữa" in said
    for other in ("Giấy đề nghị của người nộp", "Đổi thư điện tử", "phiếu đã lập không thay đổi"):
        assert other not in said
    world.later(days=30)
    assert (
        "nay đã qua: hồ sơ tính là quá hạn"
        in at_desk("dung").get(address(act, Verb.CORRECT)).content.decode()
    )


@pytest.mark.parametrize(
    ("verb", "button", "done"),
    [
        ("withdraw_at_desk", "Thu hồi việc rút hồ sơ", "Đã thu hồi việc rút hồ sơ."),
        ("stop", "Thu hồi việc dừng giải quyết", "Đã thu hồi việc dừng giải quyết hồ sơ."),
    ],
)
def test_form_that_takes_an_ending_back_says_what_becomes_of_the_dossier(
    world: World, at_desk: At, verb: str, button: str, done: str
) -> None:
    act = getattr(world, verb)(world.until("assign"))
    chi, due_at = at_desk("chi"), world.state(act).due_at
    assert due_at is not None
    page = chi.get(address(act, Verb.CORRECT))
    said, prospect = page.content.decode(), page.context["prospect"]
    assert (prospect.button, prospect.done) == (button, done)
    for each in (
        "Ghi nhầm là đã rút hoặc đã dừng giải quyết",
        "ở đúng nơi đã nằm",
        f"Hẹn trả kết quả vẫn là {long_moment(due_at)}",
        "không thu hồi được nữa",
        "là ghi nhầm, lý do và không phải nộp lại hồ sơ",
        "Giấy tờ làm căn cứ",
    ):
        assert each in said
    for other in ("Giấy đề nghị của người nộp", "Đổi thư điện tử", "phiếu đã lập không thay đổi"):
        assert other not in said
    world.later(days=30)
    late = at_desk("chi").get(address(act, Verb.CORRECT)).content.decode()
    assert "nay đã qua: hồ sơ tính là quá hạn" in late
    before = told()
    answer = press(chi, world, act, Verb.CORRECT, what="ending", reason="Ghi nhầm")
    assert answer.status_code == 302
    assert (world.state(act).status, told() > before) == (Status.IN_PROGRESS, True)


def test_form_that_takes_an_ending_back_speaks_of_who_is_waited_for_and_of_the_paper(
    world: World, at_desk: At
) -> None:
    asked = world.withdraw_at_desk(ask(world, world.until("assign"), "dung"))
    assert "trở lại chờ người nộp" in at_desk("chi").get(address(asked, Verb.CORRECT)).content.decode()
    act = world.withdraw_at_desk(world.until("submit"), file_id=paper(world, "chi"))
    said = at_desk("chi").get(address(act, Verb.CORRECT)).content.decode()
    assert "trở lại chờ bộ phận một cửa kiểm tra" in said
    assert "người nộp không xem được" in said
    act = services.correct(**world._on(act, "chi"), what=Correctable.ENDING, reason="Ghi nhầm")
    page = at_desk("chi").get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert "(ghi nhầm, đã thu hồi)" in page


def test_request_taken_back_is_no_first_one_in_the_form_that_asks(world: World, at_desk: At) -> None:
    act = ask(world, world.until("submit"), "chi")
    chi = at_desk("chi")
    press(chi, world, act, Verb.CORRECT, what="supplement", reason="Bấm nhầm")
    assert 'name="again_ground"' not in chi.get(address(act, Verb.REQUEST_SUPPLEMENT)).content.decode()


def test_reminder_is_said_to_reach_those_who_have_to_answer(world: World, at_desk: At) -> None:
    act = world.until("assign")
    act, quang = ask_unit(world, act), world.people["quang"]
    Account.objects.filter(pk=quang.pk).update(email="quang@example.vn")
    notify.choose_topics(actor=world.actor("quang"), wanted=[Topic.REMINDERS])
    dung = at_desk("dung")
    page = dung.get(address(act, Verb.REMIND)).content.decode()
    assert "thấy lời nhắc ở “Thông báo”; ai đã chọn nhận thư điện tử về việc này thì nhận thêm thư" in page
    assert "không gửi thư" not in page
    press(dung, world, act, Verb.REMIND, number="1", note="Nhắc")
    told = OutboxMessage.objects.filter(key="desk.reminded", account=quang)
    assert {each.channel for each in told} == {"in_app", "email"}


def test_work_given_away_is_promised_to_no_list_while_it_stands_or_is_held(world: World, at_desk: At) -> None:
    lan, em = at_desk("lan"), world.people["em"]
    running, paused, held = (world.until("assign") for _ in range(3))
    services.pause(**world._on(paused, "dung"), reason="Nộp lệ phí")
    services.request_supplement(**world._on(held, "dung"), **ASK)
    for act, where, terms in (
        (running, "Việc chuyển sang “Việc của tôi” của người được chọn.", "của hồ sơ vẫn tính tiếp"),
        (paused, "Việc đang tạm dừng chỉ vào “Việc của tôi”", "Thời hạn của hồ sơ vẫn dừng như trước."),
        (held, "Việc đang chờ yêu cầu bổ sung được đồng ý", "của hồ sơ vẫn tính tiếp"),
    ):
        said = " ".join(lan.get(address(act, Verb.REASSIGN)).context["prospect"].consequences)
        assert where in said
        assert terms in said
        press(lan, world, act, Verb.REASSIGN, what="ca-ho-so", officer=str(em.pk), reason="Nghỉ phép")
        posts = policy.footing_of(world.actor("em"), world.now).posts
        theirs = boxes.tasks(world.actor("em"), posts, Box.MINE)
        assert theirs.filter(dossier_id=act.dossier_id).exists() == (act is running)
