"""What an officer sees who may not open a page, or looks for one that is not there."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import render
from django.test import Client, RequestFactory
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
    assert "Nếu công việc của bạn cần trang này</h2>" in page
    assert "mc-rail" in page
    assert 'action="/noi-bo/tim/"' in page
    assert "Cần một hồ sơ cụ thể" not in page


@pytest.mark.parametrize(
    ("path", "data", "basis"),
    [
        ("/noi-bo/su-co/", {"what": "Mất điện"}, "khoản 2 Điều 10, khoản 1 Điều 14"),
        ("/noi-bo/vang-mat/", {}, "điểm a khoản 1 Điều 9"),
        ("/noi-bo/quan-tri/thong-bao/", None, "khoản 4 Điều 5"),
    ],
)
def test_page_of_a_refusal_says_on_which_clauses_it_rests(
    world: World, at_desk: At, path: str, data: dict[str, str] | None, basis: str
) -> None:
    client = at_desk("chi")
    answer = client.get(path) if data is None else client.post(path, data)
    assert answer.status_code == 403
    assert f"Căn cứ: {basis} của Quy chế." in unescape(answer.content.decode())


def test_page_of_a_refusal_of_which_the_regulation_says_nothing_names_no_clause(
    world: World, at_desk: At
) -> None:
    answer = at_desk("chi").get("/noi-bo/quan-tri/viec-nen/")
    assert answer.status_code == 403
    assert "Căn cứ:" not in answer.content.decode()


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
    links = set(re.findall(r'href="(/[^"#]*)"', page))
    log_in = "/noi-bo/dang-nhap/?next=%2Fnoi-bo%2F"
    assert {each for each in links if each.startswith("/noi-bo/")} == {log_in, "/noi-bo/dang-nhap/"}
    assert {"/", "/tai-khoan/", "/ho-so-cua-toi/", log_in} <= links
    assert "tài khoản người dân của An. Trang này thuộc phần dành cho cán bộ, công chức." in page
    assert 'action="/noi-bo/' not in page


def test_links_of_the_page_that_is_closed_to_a_citizen_open(world: World, at_desk: At) -> None:
    """What is missing is closed to them like the rest; nor does the officers' log-in show the desk."""
    an = at_desk("an")
    for path, status in (("/noi-bo/tiep-nhan/", 403), (MISSING[0], 403), ("/noi-bo/dang-nhap/", 200)):
        answer = an.get(path)
        assert answer.status_code == status
        page = answer.content.decode()
        links = {unescape(each) for each in re.findall(r'<a [^>]*href="(/[^"#]*)"', page)}
        closed = [each for each in sorted(links) if an.get(each).status_code >= 400]
        assert (closed, 'action="/noi-bo/tim/"' in page) == ([], False)


def test_officer_at_the_portal_is_led_to_the_desk_and_to_the_citizens_log_in(
    world: World, at_desk: At
) -> None:
    chi = at_desk("chi")
    closed = chi.get("/ho-so-cua-toi/")
    page = closed.content.decode()
    assert closed.status_code == 403
    assert "tài khoản cán bộ của Chi. Trang này thuộc cổng dành cho người dân và tổ chức." in page
    assert 'href="/dang-nhap/?next=%2Fho-so-cua-toi%2F"' in page
    for text in (page, chi.get("/").content.decode()):
        header = text.partition("<header")[2].partition("<main")[0]
        links = set(re.findall(r'href="(/[^"#]*)"', header))
        assert {"/noi-bo/", "/noi-bo/tai-khoan/"} <= links
        assert [each for each in sorted(links) if chi.get(each).status_code >= 400] == []


def test_nobody_logged_in_is_led_to_log_in_by_the_closed_page(rf: RequestFactory) -> None:
    for path, log_in in (("/noi-bo/x/?y=1&z=2", "/noi-bo/dang-nhap/"), ("/x/?y=1&z=2", "/dang-nhap/")):
        request = rf.get(path)
        request.user = AnonymousUser()
        page = render(request, "403.html", status=403).content.decode()
        back = quote(path, safe="")
        assert f'href="{log_in}?next={back}"' in page
        assert "Bạn đang đăng nhập" not in page
