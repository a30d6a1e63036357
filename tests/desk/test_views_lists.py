"""Lists as pages: what is chosen is shown and remembered, filters are kept, the next dossier opens."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.desk.conftest import At
from tests.dossiers.world import World, moment

from motcua.agencies.models import Position
from motcua.audit.models import ReadRecord
from motcua.desk.lists import SLUGS
from motcua.desk.views import worklists
from motcua.dossiers import services
from motcua.dossiers.enums import ENDED, Box, Column, PauseGround
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.rules.state import ResultDelivery, SupplementItem
from motcua.theme import wording
from motcua.theme.wording import short_moment
from motcua.worktime.rules import local

pytestmark = pytest.mark.django_db
UNIT = "/noi-bo/viec-cua-don-vi/"


@pytest.mark.parametrize(
    "slug", ["viec-cua-toi", "viec-cua-don-vi", "sap-tre", "cho-bo-sung", "cho-nguoi-khac", "da-lam-hom-nay"]
)
def test_every_list_is_a_page(world: World, at_desk: At, slug: str) -> None:
    world.until("propose")
    assert at_desk("chi").get(f"/noi-bo/{slug}/").status_code == 200


def test_rail_counts_what_is_about_to_be_late(world: World, at_desk: At) -> None:
    world.assign(world.hand_over(world.accept(world.register())))
    world.later(days=3)
    links = at_desk("dung").get("/noi-bo/viec-cua-toi/").context["rail"][0].links
    (soon,) = [link for link in links if link.text == "Sắp trễ và đã trễ"]
    assert (soon.count, soon.is_late) == (1, True)


def test_leader_finds_in_a_list_what_lies_late_at_a_unit(world: World, at_desk: At) -> None:
    """From the figures by the list to the dossier, where the letter of apology is offered."""
    dossier = world.hand_over(world.accept(world.register())).dossier_id
    hanh = at_desk("hanh")
    assert "Không có việc nào trễ" in hanh.get("/noi-bo/theo-doi/").content.decode()
    world.later(days=30)
    page = hanh.get("/noi-bo/theo-doi/").content.decode()
    assert 'href="/noi-bo/can-don-doc/">1 việc đang trễ' in page
    page = hanh.get("/noi-bo/can-don-doc/")
    (link,) = [link for link in page.context["rail"][0].links if link.text == "Cần đôn đốc"]
    assert (link.count, link.is_late, link.is_current) == (1, True, True)
    (line,) = page.context["lines"]
    assert line.item.dossier_id == dossier
    assert "Xin lỗi và hẹn lại" in hanh.get(line.href).content.decode()
    assert "Cần đôn đốc" not in at_desk("dung").get("/noi-bo/viec-cua-toi/").content.decode()


def test_list_says_of_a_step_that_nobody_can_do_it(world: World, at_desk: At) -> None:
    world.hand_over(world.accept(world.register()))
    Position.objects.filter(account=world.people["lan"]).delete()
    assert "Chưa có ai làm được bước này" in at_desk("hanh").get("/noi-bo/can-don-doc/").content.decode()


def test_chosen_columns_and_order_come_back_at_the_next_visit(world: World, at_desk: At) -> None:
    world.register()
    chi = at_desk("chi")
    chi.get(UNIT, {"loc": "1", "xep": "newest", "cot": ["unit", "filed"], "trang_thai": "accepted"})
    again = chi.get(UNIT)
    assert [key for key, _ in again.context["columns"]] == ["unit", "filed"]
    assert again.context["setting"].choice.sort == "newest"
    assert len(again.context["lines"]) == 1  # the narrowing was for once


def test_senseless_choice_in_the_address_shows_the_usual_list(world: World, at_desk: At) -> None:
    world.register()
    answer = at_desk("chi").get(
        UNIT, {"loc": "1", "xep": "x", "cot": "'", "don_vi": "9" * 40, "han": "?", "sau": "@@"}
    )
    assert len(answer.context["lines"]) == 1


def test_kept_filter_stands_in_the_rail_and_shows_its_list(world: World, at_desk: At) -> None:
    world.register()
    world.accept(world.register())
    chi = at_desk("chi")
    query = chi.get(UNIT, {"loc": "1", "trang_thai": "submitted"}).context["setting"].query
    kept = chi.post(f"{UNIT}giu-bo-loc/", {"name": "Chờ nhận", "query": query}, follow=True)
    texts = [link.text for group in kept.context["rail"] for link in group.links if link.is_current]
    assert (texts, [line.item.status for line in kept.context["lines"]]) == (["Chờ nhận"], ["submitted"])


def test_kept_filter_needs_a_name(world: World, at_desk: At) -> None:
    answer = at_desk("chi").post(f"{UNIT}giu-bo-loc/", {"name": "", "query": "loc=1&han=late"})
    assert [error.text for error in answer.context["page_errors"]] == ["Hãy nhập tên bộ lọc."]


def test_kept_filter_with_a_name_in_use_is_told_at_the_field(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    for _ in range(2):
        answer = chi.post(f"{UNIT}giu-bo-loc/", {"name": "Trễ", "query": "loc=1&han=late"})
    assert [error.text for error in answer.context["page_errors"]] == ["Bạn đã có bộ lọc mang tên này."]


def test_kept_filter_of_somebody_else_cannot_be_dropped(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    address = chi.post(f"{UNIT}giu-bo-loc/", {"name": "Trễ", "query": "loc=1&han=late"}).headers["Location"]
    number = address.rpartition("=")[2]
    assert at_desk("dung").post(f"{UNIT}bo-loc/{number}/bo/").status_code == 404
    assert chi.post(f"{UNIT}bo-loc/{number}/bo/").headers["Location"] == UNIT


def test_next_dossier_opens_without_going_back(world: World, at_desk: At) -> None:
    for _ in range(3):
        world.register()
    chi = at_desk("chi")
    first, second, third = (line.href for line in chi.get(UNIT).context["lines"])
    for here, there in ((first, second), (second, third)):
        following = chi.get(here).context["place"].next_href
        assert chi.get(following).headers["Location"] == there
    end = chi.get(chi.get(third).context["place"].next_href)
    assert end.headers["Location"] == UNIT


def test_next_dossier_is_offered_also_after_an_act(world: World, at_desk: At) -> None:
    world.register()
    world.register()
    chi = at_desk("chi")
    first, second = (line for line in chi.get(UNIT).context["lines"])
    version = chi.get(first.href).context["page"] and world.state(first.item.dossier_id).version
    done = chi.post(
        reverse("desk:verb", args=[first.item.dossier_id, "tiep-nhan"]), {"version": version}, follow=True
    )
    assert (
        chi.get(done.context["place"].next_href)
        .headers["Location"]
        .startswith(reverse("desk:dossier", args=[second.item.dossier_id]))
    )


def test_dossier_opened_by_its_own_address_has_no_next_one(world: World, at_desk: At) -> None:
    act = world.register()
    assert at_desk("chi").get(reverse("desk:dossier", args=[act.dossier_id])).context["place"] is None


def test_search_that_finds_people_is_recorded(world: World, at_desk: At) -> None:
    world.until("accept")
    chi = at_desk("chi")
    chi.post("/noi-bo/tim/", {"asked": "khong co ai"}, follow=True)
    assert not ReadRecord.objects.exists()
    chi.post("/noi-bo/tim/", {"asked": "nguyen"}, follow=True)
    assert list(ReadRecord.objects.values_list("what", "why")) == [("search", "Tìm hồ sơ theo tên hoặc số")]


def test_what_is_late_is_named_alike_in_every_list_and_on_the_dossier(world: World, at_desk: At) -> None:
    act = world.assign(world.hand_over(world.accept(world.register())))
    state = world.state(act)
    assert state.tasks[0].due_at is not None
    assert state.due_at is not None
    world.now = state.tasks[0].due_at + timedelta(hours=1)
    assert world.now < state.due_at
    for slug in ("viec-cua-toi", "sap-tre"):
        (line,) = at_desk("dung").get(f"/noi-bo/{slug}/").context["lines"]
        assert line.pill.text.startswith("bước trễ")
        assert not line.warning
    world.now = state.due_at + timedelta(days=7)
    shown = at_desk("dung").get(f"/noi-bo/ho-so/{act.dossier_id}/").context["page"]
    assert shown.pill.text.startswith("hồ sơ trễ")
    assert shown.tasks[0].pill.text.startswith("bước trễ")
    for slug in ("viec-cua-toi", "sap-tre"):
        (line,) = at_desk("dung").get(f"/noi-bo/{slug}/").context["lines"]
        assert line.pill.text == shown.pill.text  # no step hides that the dossier is late


@pytest.mark.parametrize(
    ("days", "with_letter", "said"),
    [
        (0, False, "xong đúng hạn"),
        (7, True, "xong trong hạn đã hẹn lại"),
        (7, False, "xong, trễ 2 ngày 1 giờ làm việc"),
    ],
)
def test_how_the_term_of_a_dossier_ended_is_said_in_lists_as_on_its_page(
    world: World, at_desk: At, days: int, with_letter: bool, said: str
) -> None:
    act = world.until("assign")
    if with_letter:
        letter = {"new_day": date(2024, 3, 12), "reason": "Chờ xác minh"}
        act = services.extend(**world._on(act, "hanh") | letter)
    world.later(days=days)
    act = world.issue(world.approve(world.propose(act)))
    chi = at_desk("chi")
    (line,) = chi.get("/noi-bo/tra-ket-qua/").context["lines"]
    assert line.ended.text == said
    assert line.pill is None  # neither its term nor that of a step contradicts it
    world.close(world.give_back(world.announce(act)))
    (line,) = chi.get("/noi-bo/da-xong/").context["lines"]
    assert (line.ended.text, line.pill) == (said, None)
    (row,) = chi.post("/noi-bo/tim/", {"asked": "Nguyễn Văn An"}, follow=True).context["found"]
    assert row["ended"].text == said
    assert chi.get(f"/noi-bo/ho-so/{act.dossier_id}/").context["page"].pill.text == said


def test_date_of_a_paused_dossier_is_said_to_be_that_from_before_the_pause(world: World, at_desk: At) -> None:
    act = world.accept(world.register())
    asked = {"items": (SupplementItem("paper", "Bản rõ"),), "reason": "Mờ", "guidance": "Chụp lại"}
    act = services.request_supplement(**world._on(act, "chi") | asked)
    chi, due = at_desk("chi"), world.state(act).due_at
    assert due is not None
    (line,) = chi.get("/noi-bo/cho-bo-sung/").context["lines"]
    assert line.promised.startswith("Hẹn trả trước khi tạm dừng: ")
    assert line.promised.endswith(" – sẽ hẹn lại khi hồ sơ tiếp tục")
    found = chi.post("/noi-bo/tim/", {"asked": "Nguyễn Văn An"}, follow=True)
    assert found.context["found"][0]["promised"] == line.promised
    assert line.promised in found.content.decode()
    register = chi.get(
        f"/noi-bo/so-theo-doi/?desk={world.state(act).target.posting.desk}&first=01/03/2024&last=31/03/2024"
    ).content.decode()
    assert "<dt>Hẹn trả trước khi tạm dừng</dt>" in register
    world.now = due + timedelta(days=3)
    page = chi.get("/noi-bo/cho-bo-sung/")
    assert "không tính là trễ" in page.context["lines"][0].promised
    found = chi.post("/noi-bo/tim/", {"asked": "Nguyễn Văn An"}, follow=True)
    assert "không tính là trễ" in found.context["found"][0]["promised"]
    assert "Hẹn trả trước khi tạm dừng:" in page.content.decode()


def test_dossier_stopped_when_it_was_late_is_said_to_be_late(world: World, at_desk: At) -> None:
    act = world.until("assign")
    due = world.state(act).due_at
    assert due is not None
    world.now = due + timedelta(days=1)
    form = f"/noi-bo/ho-so/{act.dossier_id}/"
    stays = "Hồ sơ đã quá hạn: tạm dừng không dời ngày hẹn, hồ sơ vẫn tính là trễ."
    assert stays in at_desk("dung").get(f"{form}cho-nghia-vu-tai-chinh/").content.decode()
    act = world.tell(services.pause(**world._on(act, "dung"), reason="Nộp lệ phí"))
    world.later(days=1)
    assert "nên ngày hẹn không lùi" in at_desk("dung").get(f"{form}tinh-tiep-thoi-han/").content.decode()
    for name, box in (("chi", "cho-bo-sung"), ("hanh", "can-don-doc"), ("dung", "sap-tre")):
        answer = at_desk(name).get(f"/noi-bo/{box}/")
        (line,) = answer.context["lines"]
        assert line.pill.text == "hồ sơ trễ 2 ngày làm việc"
        assert line.promised.endswith(" – ngày này qua trước khi tạm dừng nên hồ sơ vẫn tính là trễ")
        assert line.promised in answer.content.decode()
    answer = at_desk("dung").get(f"/noi-bo/ho-so/{act.dossier_id}/")
    assert answer.context["page"].pill.text == "hồ sơ trễ 2 ngày làm việc"
    text = answer.content.decode()
    assert f"Tạm dừng khi đã quá hạn {wording.long_moment(due)}: ngày hẹn không dời" in text
    assert "Hồ sơ đang tạm dừng: gửi phiếu khi hồ sơ tiếp tục." in text
    assert "Tính trễ theo bộ chỉ số" not in text


def test_step_that_is_late_after_the_result_is_there_does_not_stand_beside_in_time(
    world: World, at_desk: At
) -> None:
    act = world.issue(world.approve(world.propose(world.until("assign"))))
    world.later(days=20)
    (line,) = at_desk("chi").get("/noi-bo/tra-ket-qua/").context["lines"]
    assert (line.ended.text, line.pill) == ("xong đúng hạn", None)
    assert world.state(act).results


@pytest.mark.parametrize("verb", ["issue", "announce"])
def test_result_that_goes_out_says_its_term_in_lists_as_on_its_page(
    world: World, at_desk: At, verb: str
) -> None:
    act = world.until(verb, delivery=ResultDelivery("online"))
    due = world.state(act).due_at
    assert due is not None
    until = f"Hạn của bước: {short_moment(due)}"
    chi, address = at_desk("chi"), f"/noi-bo/ho-so/{act.dossier_id}/"
    (line,) = chi.get("/noi-bo/tra-ket-qua/").context["lines"]
    assert (line.until, line.ended, line.pill.text[:8]) == (until, None, "bước còn")
    world.now = due + timedelta(days=14)
    (line,) = chi.get("/noi-bo/tra-ket-qua/").context["lines"]
    (task,) = chi.get(address).context["page"].tasks
    assert line.pill.text.startswith("bước trễ")
    assert (task.pill.text, task.until) == (line.pill.text, until)
    assert [each.pill.text for each in chi.get("/noi-bo/sap-tre/").context["lines"]] == [line.pill.text]


@pytest.mark.parametrize("slug", ["cho-bo-sung", "da-xong", "da-lam-hom-nay", "tin-nhan", "chua-dong"])
def test_list_without_tasks_offers_only_orders_that_it_has(world: World, at_desk: At, slug: str) -> None:
    chi = at_desk("chi")
    chi.get(f"/noi-bo/{slug}/", {"loc": "1", "xep": "newest", "cot": ["work", "status"]})
    setting = chi.get(f"/noi-bo/{slug}/").context["setting"]
    orders = dict(setting.form["xep"].field.choices)
    assert (list(orders), setting.choice.sort) == (["due", "filed"], "due")
    assert orders["due"] != "Hết hạn sớm nhất trước"


def test_no_column_stands_twice(world: World, at_desk: At) -> None:
    """What was kept before still asks for the work beside the state."""
    world.until("propose")
    chi = at_desk("chi")
    both = Choice(columns=(Column.WORK, Column.STATUS))
    for box, slug in ((Box.TODAY, "da-lam-hom-nay"), (Box.OTHERS, "cho-nguoi-khac")):
        services.remember_list(actor=world.actor("chi"), box=box, choice=both)
        page = chi.get(f"/noi-bo/{slug}/")
        headings = [heading for _, heading in page.context["columns"]]
        expected = ["Trạng thái"] if box is Box.TODAY else ["Việc cần làm", "Trạng thái"]
        assert headings == expected
        offered = [name for name, _ in page.context["setting"].form["cot"].field.widget.choices]
        assert ("work" in offered) == (box is Box.OTHERS)


def test_short_columns_bear_their_names_where_there_are_no_headings(world: World, at_desk: At) -> None:
    world.register()
    page = at_desk("chi").get(UNIT, {"loc": "1", "cot": ["filed", "opened"]}).content.decode()
    assert all(f'aria-hidden="true">{name}: </span>' in page for name in ("Nộp lúc", "Chờ từ lúc"))


def test_second_page_leads_back_to_the_first(
    world: World, at_desk: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklists, "PAGE", 2)
    for _ in range(5):
        world.register()
    chi, asked = at_desk("chi"), {"loc": "1", "cot": ["filed"]}
    pages = [chi.get(UNIT, asked)]
    for way in ("next", "next", "previous", "previous"):
        pages.append(chi.get(pages[-1].context[way]))
    shown = [[line.pick for line in page.context["lines"]] for page in pages]
    assert shown == [shown[0], shown[1], shown[2], shown[1], shown[0]]
    assert [bool(page.context["previous"]) for page in pages] == [False, True, True, True, False]
    assert [page.context["is_first"] for page in pages] == [True, False, False, False, True]
    assert "Trang trước" in pages[3].content.decode()
    assert [key for key, _ in pages[3].context["columns"]] == ["filed"]
    assert "truoc=" in pages[3].context["pick_href"]


def test_every_column_that_was_chosen_stands_for_itself(world: World, at_desk: At) -> None:
    world.register()
    page = at_desk("chi").get(UNIT, {"loc": "1", "cot": [column.value for column in Column]})
    assert [key for key, _ in page.context["columns"]] == [column.value for column in Column]
    text = page.content.decode()
    assert len(re.findall(r'<th scope="col"', text)) == len(Column) + 1
    assert 'class="govuk-table mc-work mc-work--wide"' in text


def test_sheet_of_a_list_says_whose_it_is_and_how_it_was_narrowed(world: World, at_desk: At) -> None:
    world.register()
    page = at_desk("chi").get(UNIT, {"loc": "1", "trang_thai": "submitted", "thu_tuc": "<b>"})
    head = page.content.decode().partition("mc-printed--head")[2].partition("</p>")[0]
    assert world.agency.name in head
    assert "Thủ tục (mã hoặc vài chữ): &lt;b&gt;" in head
    assert "Sắp xếp: Hết hạn sớm nhất trước" in head


def test_list_of_what_has_ended_offers_only_how_dossiers_end(world: World, at_desk: At) -> None:
    def offered(slug: str) -> set[str]:
        form = at_desk("chi").get(reverse("desk:worklist", args=[slug])).context["setting"].form
        return {value for value, _text in form.fields["trang_thai"].widget.choices if value}

    assert offered(SLUGS[Box.DONE]) == {each.value for each in ENDED}
    assert "in_progress" in offered(SLUGS[Box.TODAY])


def test_lists_and_search_show_the_date_of_a_late_letter_beside_the_first(world: World, at_desk: At) -> None:
    act = world.until("assign")
    world.now = moment("2024-03-08 10:00")  # a day late
    asked = world._on(act, "hanh") | {"new_day": date(2024, 3, 12), "reason": "Chờ xác minh"}
    services.extend(**asked)
    first = Dossier.objects.get(id=act.dossier_id).due_at
    assert first is not None
    both = f"{local(first):%H:%M %d/%m/%Y}, nay hẹn lại 17:30 12/03/2024"
    for who, slug in (("chi", "cho-nguoi-khac"), ("hanh", "can-don-doc"), ("hanh", "da-lam-hom-nay")):
        page = " ".join(at_desk(who).get(f"/noi-bo/{slug}/").content.decode().split())
        assert f"Hẹn trả: {both}" in page
        assert "trễ" in page
    found = at_desk("chi").post("/noi-bo/tim/", {"asked": "Nguyễn Văn An"}, follow=True).content.decode()
    assert "nay hẹn lại" in found
    assert "17:30 12/03/2024" in found


def test_list_of_what_the_applicant_is_waited_for_says_since_when(world: World, at_desk: At) -> None:
    act = services.pause(
        **world._on(world.until("assign"), "dung"), ground=PauseGround.FINANCIAL_OBLIGATION, reason="Nộp thuế"
    )
    since = world.state(act).pauses[-1].start
    for who in ("chi", "dung"):
        page = at_desk(who).get("/noi-bo/cho-bo-sung/").content.decode()
        assert f"Chờ từ: {short_moment(since)}" in page
