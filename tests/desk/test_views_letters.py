"""Letters of apology that will be due, and those that never came, at the desk."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.desk.conftest import At
from tests.dossiers.test_services_lateness import extend, promised
from tests.dossiers.world import World

from motcua.agencies.enums import Role
from motcua.agencies.models import Position
from motcua.desk.views import worklists
from motcua.dossiers import services
from motcua.dossiers.services import Act

pytestmark = pytest.mark.django_db
PRESSING, WATCH = "/noi-bo/can-don-doc/", "/noi-bo/theo-doi/"


def said(at_desk: At, act: Act, who: str = "hanh") -> str:
    letter = at_desk(who).get(reverse("desk:dossier", args=[act.dossier_id])).context["page"].letter
    return letter.text if letter else ""


def begun(world: World) -> tuple[Act, datetime]:
    act = world.until("assign")
    return act, promised(world, act)


def test_page_says_by_when_the_letter_is_due_and_that_it_was_missed(world: World, at_desk: At) -> None:
    act, due = begun(world)
    by = due - timedelta(days=1)
    moment = f"{by:%H:%M %d/%m/%Y}"
    for now, words in (
        (by - timedelta(minutes=1), f"chậm nhất {moment}."),
        (by + timedelta(minutes=1), f"Đã qua hạn gửi phiếu xin lỗi ({moment})."),
        (due + timedelta(minutes=1), f"Hạn gửi phiếu là {moment}."),
    ):
        world.now = now
        assert words in said(at_desk, act)


def test_list_of_what_is_pressing_names_letters_that_are_due_soon(world: World, at_desk: At) -> None:
    act, due = begun(world)
    world.now = due - timedelta(days=2)
    (letter,) = at_desk("hanh").get(PRESSING).context["letters"]
    owed = letter.owed
    assert (owed.dossier_id, owed.letter_by) == (act.dossier_id, due - timedelta(days=1))
    assert owed.is_missed is False
    assert "Gửi phiếu chậm nhất" in at_desk("hanh").get(PRESSING).content.decode()
    world.now = due - timedelta(hours=23)
    assert "Đã qua hạn gửi phiếu" in at_desk("hanh").get(PRESSING).content.decode()
    extend(world, act)
    assert at_desk("hanh").get(PRESSING).context["letters"] == []


def test_no_letter_in_time_is_possible_and_nobody_is_reminded_before_the_term_ends(
    world: World, at_desk: At
) -> None:
    act = world.submit(world.draft())
    world.later(days=2, hours=1)
    act = world.accept(act)
    accepted, due = world.now, promised(world, act)
    assert due - timedelta(days=1) < accepted < due
    world.later(minutes=1)
    assert said(at_desk, act) == "Nếu không kịp hạn, lãnh đạo gửi phiếu xin lỗi và hẹn lại ngay."
    assert said(at_desk, act, "chi") == said(at_desk, act)  # nobody is to be told of it yet
    assert at_desk("hanh").get(PRESSING).context["letters"] == []
    world.now = due + timedelta(minutes=1)
    assert f"Hạn gửi phiếu là {accepted:%H:%M %d/%m/%Y}." in said(at_desk, act)
    (line,) = at_desk("hanh").get(WATCH).context["letters"]
    assert line["overdue"].due_at == accepted


def make_chi_head_of_the_desk(world: World) -> None:
    Position.objects.filter(account=world.people["chi"]).update(role=Role.DESK_HEAD.value)


def test_who_cannot_send_the_letter_is_told_to_tell_the_leader(world: World, at_desk: At) -> None:
    act, due = begun(world)
    make_chi_head_of_the_desk(world)
    for now, words in (
        (due - timedelta(days=2), "Hãy báo lãnh đạo cơ quan (Hanh) gửi phiếu chậm nhất"),
        (due - timedelta(hours=23), "Hãy báo lãnh đạo cơ quan (Hanh)."),
    ):
        world.now = now
        assert words in " ".join(at_desk("chi").get(PRESSING).content.decode().split())
        assert "Hãy báo" not in at_desk("hanh").get(PRESSING).content.decode()
        assert "báo lãnh đạo cơ quan (Hanh)" in said(at_desk, act, "chi")
        assert "báo lãnh đạo" not in said(at_desk, act)
    world.now = due + timedelta(minutes=1)
    assert "báo lãnh đạo cơ quan (Hanh)" in said(at_desk, act, "chi")


def test_where_nobody_leads_the_post_is_named(world: World, at_desk: At) -> None:
    act, due = begun(world)
    make_chi_head_of_the_desk(world)
    Position.objects.filter(account=world.people["hanh"]).delete()
    world.now = due - timedelta(days=2)
    (letter,) = at_desk("chi").get(PRESSING).context["letters"]
    assert letter.leader == "lãnh đạo cơ quan"
    assert "báo lãnh đạo cơ quan gửi phiếu" in said(at_desk, act, "chi")


def test_letters_cost_no_query_for_each_of_them(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        _, due = begun(world)
    world.now = due - timedelta(days=2)
    hanh = at_desk("hanh")
    hanh.get(PRESSING)
    with django_assert_max_num_queries(15):
        assert len(hanh.get(PRESSING).context["letters"]) == 4
    world.now += timedelta(days=14)
    with django_assert_max_num_queries(15):
        assert len(hanh.get(WATCH).context["letters"]) == 4


def test_what_never_came_is_followed_and_counted_with_the_result(world: World, at_desk: At) -> None:
    act, due = begun(world)
    world.now = due + timedelta(hours=1)
    (line,) = at_desk("hanh").get(WATCH).context["letters"]
    assert (line["overdue"].kind, line["overdue"].due_at) == ("letter", due - timedelta(days=1))
    act = world.issue(world.approve(world.propose(act)))
    page = at_desk("hanh").get(WATCH)
    assert page.context["letters"] == []
    assert [each.letter_missed for each in page.context["lines"]] == [1]
    history = at_desk("hanh").get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert f"Quá hạn mà không có phiếu xin lỗi; hạn gửi phiếu là {due - timedelta(days=1):%H:%M}" in history
    assert services.verify().difference is None


def test_letters_bear_a_number_of_their_own(
    world: World, at_desk: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        _, due = begun(world)
    world.now = due - timedelta(days=2)
    shown = at_desk("hanh").get(PRESSING)
    assert (len(shown.context["letters"]), shown.context["letters_count"]) == (2, "2")
    assert "gửi phiếu xin lỗi (2)</h2>" in shown.content.decode()
    monkeypatch.setattr(worklists, "LETTERS", 1)
    shown = at_desk("hanh").get(PRESSING)
    assert (len(shown.context["letters"]), shown.context["letters_count"]) == (1, "1+")
