"""A planned stop: switched on and off by the command line, told to everybody, and what only reads stays."""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.accounts.people import citizen

from motcua.accounts.models import Account
from motcua.audit import queries as audit
from motcua.config import pages
from motcua.config.commands import maintenance as command
from motcua.kernel.actors import SYSTEM, Actor, ActorKind
from motcua.kernel.errors import Forbidden, Refusal
from motcua.notify import queries, services
from motcua.notify.enums import NoticeKind
from motcua.theme import stops

pytestmark = pytest.mark.django_db
STAYS = ("/tra-cuu/", "/ky-ot/", "/lien-he/", "/huong-dan/", "/huong-dan/nguoi-dan/", "/dieu-khoan/")
INFORMS = (
    "/thu-tuc/",
    "/thu-tuc/?q=khai+sinh",
    "/co-quan/",
    "/co-quan/?q=dak+glei",
    "/cong-khai/",
    "/so-do/",
)
STOPS = (
    "/",
    "/nop-ho-so/1.000001/",
    "/noi-bo/",
    "/noi-bo/dang-nhap/",
    "/dang-nhap/",
    "/ho-so-cua-toi/",
    "/khong-co/",
)
OURS = "Cổng Dịch vụ công tỉnh"
WHY = "Nâng cấp máy in giấy hẹn"


@pytest.fixture(autouse=True)
def state(settings: Settings, tmp_path: Path) -> Path:
    settings.STATE_DIR = tmp_path
    settings.HOTLINE = "0262.1022"
    return tmp_path


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


def on(hours: int = 2, *words: str) -> int:
    return run("on", "--until", later(hours).isoformat(), "--reason", WHY, *words)


def later(hours: int) -> datetime:
    return (timezone.localtime() + timedelta(hours=hours)).replace(second=0, microsecond=0)


def test_everybody_is_told_why_and_until_when() -> None:
    assert on(2, "--reason-english", "New printers") == 0
    for path in STOPS:
        answer = Client().get(path)
        page = answer.content.decode()
        assert answer.status_code == 503, path
        assert 60 <= int(answer.headers["Retry-After"]) <= 2 * 3600
        for words in (WHY, "New printers", f"{later(2):%H} giờ", "tel:0262.1022", "/tra-cuu/", OURS):
            assert words in page
        assert "chưa được nhận" not in page


def test_what_only_reads_stays_and_says_that_the_system_stops() -> None:
    on()
    for path in (*STAYS, *INFORMS):
        answer = Client().get(path)
        assert (answer.status_code, "Hệ thống đang bảo trì đến" in answer.content.decode()) == (200, True), (
            path
        )
    sent = Client().post("/tra-cuu/", {"ma": "H15.15-240101-0001"})
    assert (sent.status_code, sent.headers["Location"]) == (302, "/tra-cuu/H15.15-240101-0001")


def test_probes_and_static_files_are_answered() -> None:
    on()
    assert Client().get("/health").status_code == 200
    assert Client().get("/ready").status_code == 200


def test_form_that_is_sent_meanwhile_is_said_not_to_be_received() -> None:
    on()
    page = Client().post("/dang-nhap/", {"identifier": "an@example.vn"}).content.decode()
    assert "Điều bạn vừa gửi chưa được nhận." in page
    assert "What you have just sent was not received." in page


def test_form_that_is_sent_meanwhile_can_be_sent_again_from_the_answer() -> None:
    on()
    typed = {
        "csrfmiddlewaretoken": "T",
        "full_name": "Nguyễn Thị “An”",
        "password": "mat-khau-cu",
        "note": "Hai\ndòng",
    }
    here = {"referer": "http://testserver/tai-khoan/thong-tin/"}
    path = "/tai-khoan/thong-tin/?tra-lai=x"
    page = Client().post(path, typed, headers=here).content.decode()
    assert f'<form method="post" action="{path}">' in page
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="T">' in page
    assert '<input type="hidden" name="full_name" value="Nguyễn Thị “An”">' in page
    assert 'name="password" type="password"' in page
    assert "mat-khau-cu" not in page
    assert "nút quay lại" not in page
    stranger = here | {"origin": "https://elsewhere.example"}
    assert "<form" not in Client().post(path, typed, headers=stranger).content.decode()
    with_file = typed | {"upload": SimpleUploadedFile("don.pdf", b"%PDF-")}
    page = Client().post(path, with_file, headers=here).content.decode()
    assert "<form" not in page
    assert "chọn lại tệp" in page
    assert "Hai\ndòng" in page


def test_who_is_logged_in_is_so_again_afterwards() -> None:
    client = Client()
    client.force_login(
        Account.objects.get(pk=citizen().id), backend="motcua.accounts.services.backends.EntryBackend"
    )
    on()
    page = client.get("/lien-he/")
    assert (page.status_code, "Đăng xuất" in page.content.decode()) == (200, False)
    assert run("off") == 0
    assert "Đăng xuất" in client.get("/lien-he/").content.decode()


def test_stop_that_takes_longer_says_so() -> None:
    began, promised = later(-3), later(-1)
    stops.begin(stops.Stop(began, promised, WHY))
    answer = Client().get("/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(pages.OFTEN))
    assert "kéo dài hơn" in answer.content.decode()


def test_page_that_fails_meanwhile_is_the_page_of_the_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """As tracking would, while its tables are being changed."""

    def broken(*_: object) -> None:
        raise RuntimeError

    on()
    monkeypatch.setattr("motcua.dossiers.queries.tracking", broken)
    client = Client(raise_request_exception=False)
    answer = client.get("/tra-cuu/H15.15-240101-0001")
    assert (answer.status_code, WHY in answer.content.decode()) == (503, True)


def test_both_acts_are_in_the_chain_and_off_ends_the_stop() -> None:
    assert (on(), run("off"), run("off")) == (0, 0, 1)
    assert [(each.act, each.facts["reason"]) for each in audit.acts(what="system")] == [
        ("stop_ended", WHY),
        ("stop_began", WHY),
    ]
    assert Client().get("/").status_code == 200


def test_stop_takes_its_words_from_the_notice_that_told_of_it_and_ends_it() -> None:
    now = timezone.localtime()
    number = services.give_notice(
        actor=SYSTEM,
        at=now,
        kind=NoticeKind.STOP,
        title="Tạm ngừng tối nay",
        body="Từ 20:00 đến 22:00 để nâng cấp.",
        shown_from=now,
        shown_to=later(2),
        body_english="From 20:00 to 22:00.",
    )
    assert run("on", "--notice", str(number)) == 0
    page = Client().get("/").content.decode()
    assert ("Từ 20:00 đến 22:00" in page, "From 20:00 to 22:00." in page) == (True, True)
    run("off")
    assert queries.notices(timezone.localtime()) == ()


def test_stop_begun_without_a_database_is_recorded_when_it_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def away(**_: object) -> None:
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(services, "begin_stop", away)
        assert on() == 0
    assert "the database is away" in capsys.readouterr().out
    assert Client().get("/").status_code == 503
    assert run("off") == 0
    assert [each.act for each in audit.acts(what="system")] == ["stop_ended", "stop_began"]


@pytest.mark.parametrize(
    "words",
    [
        ("on",),
        ("on", "--reason", WHY),
        ("on", "--until", "2020-01-01T08:00", "--reason", WHY),
        ("on", "--until", "2999-01-01T08:00", "--reason", "  "),
        ("on", "--notice", "0"),
        ("off",),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(words: tuple[str, ...]) -> None:
    assert run(*words) == 1
    assert (stops.current(), audit.acts(what="system")) == (None, ())


def test_second_stop_does_not_take_the_place_of_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert (on(2), on(5), run("status")) == (0, 1, 0)
    assert f"until {later(2):%H:%M %d/%m/%Y}: {WHY}" in capsys.readouterr().out


def test_only_who_administers_may_stop_the_system() -> None:
    entry = services.StopEntry(later(1), WHY)
    with pytest.raises(Forbidden):
        services.begin_stop(actor=Actor(ActorKind.OFFICER, "0", "Chi"), at=timezone.localtime(), stop=entry)
    with pytest.raises(Refusal):
        services.check_stop(entry, later(2))


def test_file_that_is_damaged_stops_the_system_calmly(state: Path) -> None:
    (state / stops.NAME).write_text("{}", encoding="utf-8")
    answer = Client().get("/")
    assert (answer.status_code, "quay lại sau ít phút" in answer.content.decode()) == (503, True)
    assert run("status") == 1
