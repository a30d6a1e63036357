"""What an officer sees who may not open a page, or looks for one that is not there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.dossiers.world import World

pytestmark = pytest.mark.django_db
At = Callable[[str], Client]
MISSING = (
    "/noi-bo/khong-co-trang-nay/",
    "/noi-bo/ho-so/00000000-0000-0000-0000-000000000000/",
)


@pytest.mark.parametrize("path", MISSING)
def test_officer_stays_at_the_desk_where_a_page_is_missing(world: World, at_desk: At, path: str) -> None:
    answer = at_desk("chi").get(path)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'action="/noi-bo/tim/"' in page
    assert "Về công việc của tôi" in page
    assert "mc-rail" in page
    assert "Hỏi ai ở cơ quan" in page
    assert 'action="/thu-tuc/"' not in page


def test_officer_who_may_not_learns_whom_to_ask(world: World, at_desk: At) -> None:
    kept_from_intake = at_desk("khoa").get("/noi-bo/tiep-nhan/")
    assert kept_from_intake.status_code == 403
    assert "Cần một hồ sơ cụ thể" not in kept_from_intake.content.decode()
    answer = at_desk("chi").get("/noi-bo/quan-tri/thu-gui-di/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Nếu công việc của bạn cần trang này, hãy hỏi" in page
    assert "mc-rail" in page
    assert 'action="/noi-bo/tim/"' in page
    assert "Cần một hồ sơ cụ thể" not in page


def test_administrator_of_the_province_is_not_told_to_ask_one(world: World, at_desk: At) -> None:
    giang = world.people["giang"]
    giang.is_admin = True
    giang.save()
    page = at_desk("giang").get(MISSING[0]).content.decode()
    assert "Cần một hồ sơ cụ thể" in page
    assert "Hãy hỏi quản trị viên của tỉnh" not in page


def test_who_is_no_officer_sees_the_page_of_everybody(world: World, at_desk: At) -> None:
    answer = at_desk("an").get("/noi-bo/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Bạn không mở được trang này" in page
    assert "Về công việc của tôi" not in page
