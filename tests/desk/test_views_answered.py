"""The page of a refused form: none is lost beside another, and nobody sees it whose right has ended."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from tests.desk.conftest import At
from tests.desk.test_views_intake import INTAKE, entries
from tests.dossiers.world import World

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.agencies.models import Position
from motcua.audit.models import ReadRecord
from motcua.theme import answered_pages


def address_of(page: Any) -> str:
    return f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}"


def relieve(world: World, name: str) -> None:
    yesterday = world.now.date() - timedelta(days=1)
    Position.objects.filter(account=world.people[name]).update(valid_to=yesterday)
    agencies.forget()


@pytest.mark.django_db(transaction=True)
def test_two_forms_of_one_browser_that_are_refused_at_once_both_stand_at_their_address(
    world: World, at_desk: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = at_desk("chi"), Client()
    second.cookies = first.cookies.copy()
    both_have_read, own = threading.Barrier(2), answered_pages._laid_down

    def laid_down(request: HttpRequest, response: HttpResponse) -> answered_pages.Answered | None:
        found = own(request, response)
        both_have_read.wait(60)
        return found

    def send(browser: Client, note: str, key: str) -> str:
        try:
            sent = entries(world, note=note, personal_id="1", request_key=key * 32)
            return address_of(browser.post(INTAKE, sent))
        finally:
            connection.close()

    monkeypatch.setattr(answered_pages, "_laid_down", laid_down)
    notes = ("Có người nhà đi cùng", "Hẹn gọi lại buổi chiều")
    with ThreadPoolExecutor(2) as pool:
        addresses = list(pool.map(send, (first, second), notes, "12"))
    shown = [first.get(where).content.decode() for where in addresses]
    assert [note for note, html in zip(notes, shown, strict=True) if note not in html] == []


@pytest.mark.django_db
def test_page_of_a_dossier_is_shown_again_as_a_reading_and_not_past_the_right(
    world: World, at_desk: At
) -> None:
    act = world.accept(world.register())
    chi = at_desk("chi")
    refused = chi.post(f"/noi-bo/ho-so/{act.dossier_id}/ghi-chu/", {"text": ""})
    where = address_of(refused)
    before = ReadRecord.objects.filter(what=f"dossier:{act.dossier_id}").count()
    assert "Nguyễn Văn An" in chi.get(where).content.decode()
    assert ReadRecord.objects.filter(what=f"dossier:{act.dossier_id}").count() == before + 1
    relieve(world, "chi")
    answer = chi.get(where)
    assert answer.status_code == 403
    assert "Nguyễn Văn An" not in answer.content.decode()
    assert ReadRecord.objects.filter(what=f"dossier:{act.dossier_id}").count() == before + 1


@pytest.mark.django_db
def test_page_of_no_dossier_is_asked_for_anew_once_the_posts_are_others(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    where = address_of(chi.post(INTAKE, entries(world, note="Có người nhà đi cùng", personal_id="1")))
    assert "Có người nhà đi cùng" in chi.get(where).content.decode()
    relieve(world, "chi")
    answer = chi.get(where)
    assert answer.status_code == 403
    assert "Có người nhà đi cùng" not in answer.content.decode()


@pytest.mark.django_db
def test_who_gains_a_post_loses_no_page_by_it(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    where = address_of(chi.post(INTAKE, entries(world, note="Có người nhà đi cùng", personal_id="1")))
    page = chi.get(where)
    held = Position.objects.filter(account=world.people["chi"]).values_list("unit_id", flat=True)
    other = next(unit for unit in world.units.values() if unit.pk not in held)
    Position.objects.create(account=world.people["chi"], unit=other, role=Role.CLERK)
    agencies.forget()
    assert "Có người nhà đi cùng" in page.content.decode()
    assert chi.get(where).content == page.content  # as it was, to the last letter
