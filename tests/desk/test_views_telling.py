"""What those who settle have to say to the applicant: on their forms, in the desk's list, on its page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desk.conftest import At
from tests.desk.test_views_verbs import address, press
from tests.dossiers.test_services_attaching import attach
from tests.dossiers.test_services_telling import WORDS, pause, plan, to_applicant
from tests.dossiers.world import World

from motcua.desk.lists import SLUGS
from motcua.dossiers.enums import Box, Verb
from motcua.dossiers.services import Act

pytestmark = pytest.mark.django_db


def page_of(client: Client, act: Act) -> str:
    return client.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()


@pytest.mark.parametrize("verb", [Verb.PAUSE, Verb.PLAN_VERIFICATION, Verb.ATTACH_DOCUMENT])
def test_form_says_that_the_desk_tells_the_applicant(world: World, at_desk: At, verb: Verb) -> None:
    act = world.until("assign")
    prospect = at_desk("dung").get(address(act, verb)).context["prospect"]
    assert prospect.unreached is None
    assert not any("được báo qua" in text for text in prospect.consequences)
    assert "bộ phận một cửa xem" in prospect.consequences[-1].lower()


def test_form_of_the_desk_itself_says_whom_it_reaches(world: World, at_desk: At) -> None:
    shown = at_desk("chi").get(address(world.until("assign"), Verb.ATTACH_DOCUMENT))
    assert any("được báo qua" in text for text in shown.context["prospect"].consequences)


@pytest.mark.clause("KT22-6.2#1", "KT22-9#1", "PT24-3.2")
def test_desk_finds_it_in_its_list_reads_it_and_sends_it(world: World, at_desk: At) -> None:
    act = pause(world, world.until("assign"))
    client = at_desk("chi")
    listed = client.get(reverse("desk:worklist", args=[SLUGS[Box.UNIT]]))
    assert "Gửi thông báo cho người nộp" in listed.content.decode()
    assert WORDS in page_of(client, act)
    shown = client.get(address(act, Verb.TELL_APPLICANT)).content.decode()
    assert WORDS in shown
    assert "Tạm dừng chờ nghĩa vụ tài chính của" in shown
    press(client, world, act, Verb.TELL_APPLICANT)
    assert to_applicant(WORDS) > 0
    assert "Tạm dừng chờ nghĩa vụ tài chính của" not in page_of(client, act)
    assert "Bộ phận một cửa gửi thông báo cho người nộp" in page_of(client, act)


def test_page_shows_only_what_its_task_tells(world: World, at_desk: At) -> None:
    act = plan(world, attach(world, world.until("assign"), "dung", title="Trích lục", for_applicant=True))
    first, second = world.state(act).letters
    client = at_desk("chi")
    for letter, mine, other in ((first, "Trích lục", "Phòng 12"), (second, "Phòng 12", "Trích lục")):
        shown = client.get(address(act, Verb.TELL_APPLICANT) + f"?viec={letter.task_key}").content.decode()
        notice = shown.partition("chờ bộ phận một cửa gửi người nộp")[2].partition("<form")[0]
        assert mine in notice
        assert other not in notice
    assert "Chờ bộ phận một cửa báo người nộp" in page_of(client, act)


def test_officer_outside_the_desk_has_no_page_for_it(world: World, at_desk: At) -> None:
    act = pause(world, world.until("assign"))
    assert at_desk("dung").get(address(act, Verb.TELL_APPLICANT)).status_code == 409


def test_what_waits_costs_no_query_each(world: World, at_desk: At) -> None:
    act = plan(world, world.until("assign"))
    client = at_desk("chi")
    page_of(client, act)
    with CaptureQueriesContext(
        connection,
    ) as one:
        page_of(client, act)
    for _ in range(3):
        act = plan(world, act)
    with CaptureQueriesContext(connection) as many:
        page_of(client, act)
    assert len(many) == len(one) <= 15


def test_owner_reads_neither_words_nor_document_before_the_desk_has_told_them(
    world: World, at_desk: At
) -> None:
    act = pause(world, attach(world, world.until("assign"), "dung", title="Trích lục", for_applicant=True))
    owner, own = at_desk("an"), reverse("portal:own_dossier", args=[act.dossier_id])
    shown = owner.get(own).content.decode()
    assert WORDS not in shown
    assert "Trích lục" not in shown
    assert "Bộ phận một cửa sẽ báo cho bạn phải nộp gì" in shown
    for letter in world.state(act).letters:
        act = world.tell(act, task_key=letter.task_key)
    shown = owner.get(own).content.decode()
    assert WORDS in shown
    assert "Trích lục" in shown
