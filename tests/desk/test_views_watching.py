"""The page on which terms are followed, and the one with which an agency is urged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desk.conftest import At
from tests.dossiers.saying import saying
from tests.dossiers.world import World
from tests.resilience.scenery import ask

from motcua.accounts.models import Account
from motcua.law import queries as law
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
LAW = law.law()
PAGE = "/noi-bo/theo-doi/"


def late(world: World) -> str:
    """A filing that nobody answered; its number."""
    act = world.submit(world.draft())
    world.later(days=4)
    return world.state(act).reference


def test_leader_sees_figures_and_what_is_overdue_with_a_way_to_it(world: World, at_desk: At) -> None:
    number = late(world)
    answer = at_desk("hanh").get(PAGE)
    text = answer.content.decode()
    (line,) = answer.context["at_desks"]
    assert reverse("desk:dossier", args=[line["overdue"].dossier_id]) in text
    assert number in text
    assert "Chưa trả lời người nộp" in text
    assert [each.agency_name for each in answer.context["lines"]] == ["Sở Tư pháp"]
    assert "/don-doc/" not in text
    assert "Nguyễn Văn An" not in text


def test_question_that_is_not_answered_names_who_was_asked(world: World, at_desk: At) -> None:
    ask(world, world.until("assign"))
    world.later(days=4)
    assert "Chờ ý kiến của Sở Tư pháp, Phòng khác" in at_desk("lan").get(PAGE).content.decode()


def test_office_sees_numbers_without_a_way_into_dossiers_and_urges(world: World, at_desk: At) -> None:
    Account.objects.filter(username="giang").update(is_admin=True)
    number, giang = late(world), at_desk("giang")
    text = giang.get(PAGE).content.decode()
    assert number in text
    assert "/noi-bo/ho-so/" not in text
    urge = reverse("desk:urge", args=[world.agency.pk])
    assert urge in text
    assert giang.get(urge).status_code == 200
    assert giang.post(urge, {"text": " "}).status_code == 422
    assert giang.post(urge, {"text": "Xử lý ngay"}).headers["Location"] == PAGE
    assert OutboxMessage.objects.filter(key="desk.urged").count() == 2


@pytest.mark.parametrize("name", ["chi", "dung", "khoa"])
def test_who_answers_for_nobody_has_no_such_page(world: World, at_desk: At, name: str) -> None:
    browser = at_desk(name)
    assert browser.get(PAGE).status_code == 403
    assert "/noi-bo/theo-doi/" not in browser.get("/noi-bo/", follow=True).content.decode()
    assert browser.get(reverse("desk:urge", args=[world.agency.pk])).status_code == 403


def test_rail_leads_leaders_there(world: World, at_desk: At) -> None:
    assert 'href="/noi-bo/theo-doi/"' in at_desk("hanh").get("/noi-bo/", follow=True).content.decode()
    assert (
        at_desk("hanh").post(reverse("desk:urge", args=[world.agency.pk]), {"text": "x"}).status_code == 403
    )


def test_months_and_hostile_addresses(world: World, at_desk: At) -> None:
    late(world)
    hanh = at_desk("hanh")
    assert hanh.get(f"{PAGE}?thang=2024-02").context["lines"] == ()
    for query in ("?thang=x", "?y-kien=" + "x" * 500, "?quay=W10="):
        assert hanh.get(PAGE + query).status_code == 200
    giang_page = reverse("desk:urge", args=[10**17])
    Account.objects.filter(username="giang").update(is_admin=True)
    assert at_desk("giang").get(giang_page).status_code == 404


def test_page_asks_as_much_for_many_as_for_one(world: World, at_desk: At) -> None:
    asked = []
    for _ in range(2):
        late(world)
        late(world)
        with CaptureQueriesContext(connection) as captured:
            at_desk("hanh").get(PAGE)
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_where_dossiers_are_closed_the_page_lists_those_that_are_not(
    world: World, at_desk: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = world.until("give_back")
    hanh = at_desk("hanh")
    assert "chưa kết thúc hồ sơ" not in hanh.get(PAGE).content.decode()
    closing = saying("DL24", result__explicit_close=True)
    monkeypatch.setattr(law, "regulation_in_force", lambda province, on: closing)
    monkeypatch.setattr(law, "law", lambda: replace(LAW, regulations={"DL24": closing}))
    answer = hanh.get(PAGE)
    assert [row["overdue"].dossier_id for row in answer.context["not_closed"]] == [act.dossier_id]
    assert "Đã trả kết quả, chưa kết thúc hồ sơ" in answer.content.decode()
