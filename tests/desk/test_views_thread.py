"""What applicants write to the desk: seen in its list, answered on the page of the dossier."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.agencies.models import Position
from motcua.dossiers import services
from motcua.dossiers.models import OfficeNote, OpenThread, ThreadMessage
from motcua.dossiers.services import Act
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
LIST = "/noi-bo/tin-nhan/"


def asked(world: World, text: str = "Khi nào có <b>kết quả</b>?") -> Act:
    act = world.until("accept")
    services.write_to_desk(
        actor=world.actor("an"), at=world.later(minutes=1), dossier_id=act.dossier_id, text=text
    )
    return act


def address(act: Act) -> str:
    return reverse("desk:answer_message", args=[act.dossier_id])


def page(act: Act) -> str:
    return reverse("desk:dossier", args=[act.dossier_id])


def test_message_is_listed_counted_and_answered(world: World, at_desk: At) -> None:
    act, chi = asked(world), at_desk("chi")
    listed = chi.get(LIST)
    assert [line.item.dossier_id for line in listed.context["lines"]] == [act.dossier_id]
    (link,) = [link for group in listed.context["rail"] for link in group.links if link.href == LIST]
    assert link.count == 1
    shown = chi.get(page(act))
    assert "Khi nào có &lt;b&gt;kết quả&lt;/b&gt;?" in shown.content.decode()
    assert "Chờ trả lời" in shown.content.decode()
    assert shown.content.decode().count('id="id_text"') == 1  # the note's; the answer has one of its own

    answer = chi.post(address(act), {"text": "Thứ Tư ạ.", "seen": str(shown.context["thread"].seen)})

    assert answer.headers["Location"] == page(act) + "#messages"
    assert chi.get(LIST).context["lines"] == []
    assert [each.text for each in chi.get(page(act)).context["thread"].said][-1] == "Thứ Tư ạ."


def test_message_without_need_of_an_answer_is_settled(world: World, at_desk: At) -> None:
    act, chi = asked(world, "Cảm ơn"), at_desk("chi")
    seen = chi.get(page(act)).context["thread"].seen
    chi.post(address(act), {"settle": "1", "seen": str(seen)})
    assert not OpenThread.objects.exists()
    assert "không cần trả lời" in OfficeNote.objects.get().text


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "٣"])
def test_answer_that_has_seen_nothing_leaves_the_message_open(world: World, at_desk: At, seen: str) -> None:
    act = asked(world)
    at_desk("chi").post(address(act), {"text": "Thứ Tư ạ.", "seen": seen})
    assert (ThreadMessage.objects.count(), OpenThread.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Hãy viết câu trả lời."),
        (" ", "Hãy viết câu trả lời."),
        (
            "x" * 2012,
            "“Trả lời người nộp” dài hơn cho phép 12 ký tự (nhiều nhất 2.000 ký tự). Hãy viết ngắn lại.",
        ),
        ("a\x07b", "Nội dung có ký tự lạ không in được. Hãy xóa rồi gõ lại."),
    ],
)
def test_answer_that_cannot_be_sent_stands_in_its_box_again(
    world: World, at_desk: At, text: str, said: str
) -> None:
    act, chi = asked(world), at_desk("chi")
    answer = chi.post(address(act), {"text": text, "seen": "1"})
    assert answer.status_code == 422
    assert [(each.text, each.href) for each in answer.context["page_errors"]] == [(said, "#id_answer_text")]
    assert answer.context["answer"]["text"].value() == text
    assert "<title>Lỗi: Hồ sơ" in answer.content.decode()
    assert (ThreadMessage.objects.count(), OpenThread.objects.count()) == (1, 1)


def test_second_answer_from_an_older_page_is_sent_only_by_whoever_has_seen_the_first(
    world: World, at_desk: At
) -> None:
    post = Position.objects.get(account=world.people["chi"])
    Position.objects.create(account=world.people["giang"], unit=post.unit, role=post.role)
    act, chi, giang = asked(world), at_desk("chi"), at_desk("giang")
    seen = str(giang.get(page(act)).context["thread"].seen)
    chi.post(address(act), {"text": "Thứ Tư ạ.", "seen": seen})
    told = OutboxMessage.objects.count()

    refused = giang.post(address(act), {"text": "Thứ Sáu ạ.", "seen": seen})

    (error,) = refused.context["page_errors"]
    assert error.text.startswith("Chi vừa trả lời người nộp: “Thứ Tư ạ.” Câu của bạn chưa được gửi.")
    assert (refused.status_code, error.href) == (422, "#id_answer_text")
    assert refused.context["answer"]["text"].value() == "Thứ Sáu ạ."
    said = re.findall(r'<li class="mc-talk__said.*?</li>', refused.content.decode(), re.DOTALL)
    assert [("Thứ Tư ạ." in each, "Chưa có lúc bạn viết" in each) for each in said] == [
        (False, False),
        (True, True),
    ]
    assert (ThreadMessage.objects.count(), OutboxMessage.objects.count()) == (2, told)

    giang.post(address(act), {"text": "Thứ Sáu ạ.", "seen": str(refused.context["thread"].seen)})
    said = [each.text for each in giang.get(page(act)).context["thread"].said]
    assert said[1:] == ["Thứ Tư ạ.", "Thứ Sáu ạ."]


def test_same_press_once_more_is_no_second_answer(world: World, at_desk: At) -> None:
    act, chi = asked(world), at_desk("chi")
    for _ in range(2):
        answer = chi.post(address(act), {"text": "Thứ Tư ạ.", "seen": "1"})
        assert answer.status_code == 302
    assert ThreadMessage.objects.count() == 2


def test_answer_that_fitted_its_box_is_sent(world: World, at_desk: At) -> None:
    typed = "\n".join(["dòng"] * 400)
    act = asked(world)
    answer = at_desk("chi").post(address(act), {"text": typed.replace("\n", "\r\n"), "seen": "1"})
    assert (answer.status_code, ThreadMessage.objects.latest("id").text) == (302, typed)


def test_address_of_a_refused_answer_leads_to_the_dossier(world: World, at_desk: At) -> None:
    act = asked(world)
    assert at_desk("chi").get(address(act)).headers["Location"] == page(act)
    assert at_desk("giang").get(address(act)).status_code == 403


def test_case_officer_reads_and_is_offered_no_answer(world: World, at_desk: At) -> None:
    act = asked(world)
    act = world.assign(world.hand_over(act))
    shown = at_desk("dung").get(page(act))
    assert "Khi nào có" in shown.content.decode()
    assert address(act) not in shown.content.decode()
    assert at_desk("dung").post(address(act), {"text": "Xong", "seen": "1"}).status_code == 403


def test_list_of_messages_is_offered_to_the_desk_only(world: World, at_desk: At) -> None:
    asked(world)
    rails = {
        who: [link.href for group in at_desk(who).get(LIST).context["rail"] for link in group.links]
        for who in ("chi", "dung")
    }
    assert (LIST in rails["chi"], LIST in rails["dung"]) == (True, False)
    assert at_desk("dung").get(LIST).context["lines"] == []


def test_thread_is_not_offered_where_nobody_has_written(world: World, at_desk: At) -> None:
    act = world.until("accept")
    assert 'id="messages"' not in at_desk("chi").get(page(act)).content.decode()


def test_who_needs_no_answer_with_one_typed_keeps_it_and_settles_nothing(world: World, at_desk: At) -> None:
    act, chi = asked(world), at_desk("chi")
    seen = str(chi.get(page(act)).context["thread"].seen)
    answer = chi.post(address(act), {"settle": "1", "seen": seen, "waits": "1", "text": "Thứ Tư ạ."})
    assert [error.href for error in answer.context["page_errors"]] == ["#id_answer_text"]
    assert "Thứ Tư ạ.</textarea>" in answer.content.decode()
    assert (OpenThread.objects.count(), OfficeNote.objects.count()) == (1, 0)
    chi.post(address(act), {"settle": "1", "seen": seen, "waits": "1", "text": "  "})
    assert (OpenThread.objects.count(), OfficeNote.objects.count()) == (0, 1)


def test_answer_after_a_colleague_said_that_none_is_needed_is_shown_before_it_is_sent(
    world: World, at_desk: At
) -> None:
    act, chi = asked(world), at_desk("chi")
    shown = chi.get(page(act))
    assert 'name="waits"' in shown.content.decode()
    given = {"seen": str(shown.context["thread"].seen), "waits": "1", "text": "Thứ Tư ạ."}
    at_desk("chi").post(address(act), {"settle": "1", "seen": given["seen"], "waits": "1"})

    refused = chi.post(address(act), given)
    text = refused.content.decode()
    assert ("vừa ghi là tin nhắn không cần trả lời" in text, "Thứ Tư ạ.</textarea>" in text) == (True, True)
    assert (ThreadMessage.objects.filter(is_from_desk=True).count(), 'name="waits"' in text) == (0, False)
    chi.post(address(act), {"seen": given["seen"], "text": given["text"]})
    assert ThreadMessage.objects.filter(is_from_desk=True).count() == 1
