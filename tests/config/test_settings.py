"""Reading the environment, and what guards every answer."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from motcua.config import addresses, database, env, pages, secret, security
from motcua.config.env import BadSetting


def test_secret_in_a_file_is_read_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "password").write_text("giữ kín\n", encoding="utf-8")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "password"))
    assert env.text("THING") == "giữ kín"


def test_secret_file_that_is_missing_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING_FILE", "/nowhere/password")
    with pytest.raises(BadSetting, match="THING_FILE"):
        env.text("THING")


@pytest.mark.parametrize(
    ("value", "read"), [("yes", True), ("1", True), ("ON", True), ("no", False), ("0", False), ("", False)]
)
def test_flag_takes_words(value: str, read: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", value)
    assert env.flag("THING", default=not read) is read


def test_wrong_values_name_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "perhaps")
    for reader in (
        lambda: env.flag("THING", False),
        lambda: env.number("THING", 1),
        lambda: env.choice("THING", ("a", "b"), "a"),
    ):
        with pytest.raises(BadSetting, match="THING"):
            reader()


@pytest.mark.parametrize(
    ("address", "answered"),
    [
        ("https://dichvucong.example.vn", ["dichvucong.example.vn", "localhost"]),
        ("https://Dichvucong.example.vn:8443", ["dichvucong.example.vn", "localhost"]),
        ("http://localhost:8000", ["localhost"]),
        ("http://[::1]:8000", ["[::1]", "localhost"]),
    ],
)
def test_address_that_people_type_is_answered_and_so_is_what_is_named_beside_it(
    address: str, answered: list[str]
) -> None:
    assert addresses.answered(address, ["localhost"]) == answered


@pytest.mark.parametrize("address", ["", "dichvucong.example.vn", "https://", "http://[::1"])
def test_address_without_a_host_name_names_the_variable(address: str) -> None:
    with pytest.raises(BadSetting, match="MOTCUA_PUBLIC_URL"):
        addresses.answered(address, ["localhost"])


def test_settings_answer_at_the_address_that_people_type() -> None:
    asked = "from motcua.config import settings; print(*settings.ALLOWED_HOSTS)"
    told = os.environ | {"MOTCUA_PUBLIC_URL": "https://dvc.example.vn", "MOTCUA_ALLOWED_HOSTS": "kiosk"}
    done = subprocess.run([sys.executable, "-c", asked], env=told, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["dvc.example.vn", "kiosk"]


def test_database_url_becomes_settings_with_its_options() -> None:
    url = "postgresql://mot:cua@db1:5433,db2:5433/ho_so?target_session_attrs=read-write&sslmode=require"
    assert database.from_url(url) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "ho_so",
        "USER": "mot",
        "PASSWORD": "cua",
        "HOST": "db1,db2",
        "PORT": "5433,5433",
        "OPTIONS": {"target_session_attrs": "read-write", "sslmode": "require"},
    }


def test_bad_database_url_is_refused_without_repeating_its_password() -> None:
    with pytest.raises(BadSetting) as refused:
        database.from_url("mysql://mot:bi-mat@db/ho_so")
    assert "bi-mat" not in str(refused.value)


def test_own_key_is_made_once_and_only_we_can_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MOTCUA_SECRET_KEY", "MOTCUA_SECRET_KEY_FILE"):
        monkeypatch.setenv(name, "")
    secret.ensure(tmp_path)
    first = env.text("MOTCUA_SECRET_KEY")
    monkeypatch.setenv("MOTCUA_SECRET_KEY_FILE", "")
    secret.ensure(tmp_path)
    assert env.text("MOTCUA_SECRET_KEY") == first
    assert len(first) >= 60
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_every_answer_forbids_inline_script_and_frames(client: Client) -> None:
    answer = client.get("/health")
    assert answer.headers["Content-Security-Policy"] == security.CONTENT_SECURITY_POLICY
    assert "unsafe" not in security.CONTENT_SECURITY_POLICY
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_health_with_the_cookie_of_a_session_asks_no_database(client: Client) -> None:
    """Without the mark `django_db` any query would fail."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "k" * 32
    assert client.get("/health").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_with_the_cookie_of_a_session_does_not_open_the_session(
    client: Client,
) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "k" * 32
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/ready").json() == {"status": "ok"}
    assert [query["sql"] for query in asked if "django_session" in query["sql"]] == []


def test_request_over_the_limit_is_refused_unread(client: Client) -> None:
    with override_settings(MAX_REQUEST_BYTES=10):
        answer = client.post("/dang-nhap/", {"username": "an", "password": "mật khẩu dài"})
    assert answer.status_code == 413
    assert_guarded(answer)


@pytest.mark.django_db
def test_answer_under_a_name_that_is_not_ours_has_the_headers_of_every_page(client: Client) -> None:
    with override_settings(ALLOWED_HOSTS=["dichvucong.example"]):
        answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert_guarded(answer)


def test_way_to_the_safe_address_has_the_headers_of_every_page(client: Client) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        answer = client.get("/")
    assert answer.status_code == 301
    assert_guarded(answer)


def assert_guarded(answer: Any) -> None:
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"):
        assert answer.has_header(name), name


@pytest.mark.django_db
def test_ready_with_every_migration_applied(client: Client) -> None:
    assert client.get("/ready").json() == {"status": "ok"}


@pytest.mark.parametrize("page", [pages.failed, pages.unavailable])
def test_form_that_met_a_fault_is_said_to_be_perhaps_not_received(
    page: Callable[[HttpRequest], HttpResponse],
) -> None:
    lost = "Điều bạn vừa gửi có thể chưa được nhận."
    assert lost in page(RequestFactory().post("/")).content.decode()
    assert lost not in page(RequestFactory().get("/")).content.decode()


def test_failure_that_is_no_outage_is_a_500_page() -> None:
    try:
        raise ValueError("đứt gãy")
    except ValueError:
        answer = pages.failed(RequestFactory().get("/"))
    assert answer.status_code == 500


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("mail to an.nguyen@hopthu.example failed", "mail to … failed"),
        ("id 066190000001 not found", "id … not found"),
        ("GET /tra-cuu/?ma=000.00.00.H15-240207-0001", "GET /tra-cuu/?…"),
        ("dossier 000.00.00.H15-240207-0001 accepted", "dossier 000.00.00.H15-240207-0001 accepted"),
        ("call 0912 345 678 or +84 912 345 678", "call … or …"),
        ("due 2024-03-05 08:30:00 after 480 minutes", "due 2024-03-05 08:30:00 after 480 minutes"),
    ],
)
def test_log_lines_lose_personal_data(said: str, logged: str) -> None:
    record = logging.LogRecord("motcua", logging.INFO, __file__, 1, "%s", (said,), None)
    assert line_of().format(record) == logged


def line_of() -> logging.Formatter:
    """What our handler writes with, as the settings configure it."""
    (handler,) = settings.LOGGING["root"]["handlers"]
    given = settings.LOGGING["formatters"][settings.LOGGING["handlers"][handler]["formatter"]]
    assert given["()"] == f"{security.__name__}.{security.WithoutPersonalData.__name__}"
    return security.WithoutPersonalData("%(message)s")


def test_tracebacks_lose_personal_data_too() -> None:
    broken = (
        'duplicate key value violates "accounts_number"\n'
        "DETAIL:  Key (personal_id, full_name)=(066090001234, Nguyễn Văn An) already exists."
    )
    try:
        raise ValueError(broken)
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    written = line_of().format(record)
    assert "accounts_number" in written
    assert "Traceback" in written
    assert "Nguyễn" not in written
    assert "066090001234" not in written


def test_address_behind_a_proxy_is_what_the_proxy_saw() -> None:
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="6.6.6.6, 10.1.2.3", REMOTE_ADDR="127.0.0.1")
    assert security.address_behind_proxy(request) == "10.1.2.3"


def test_settings_of_a_public_site_pass_the_deployment_check(tmp_path: Path) -> None:
    environment = os.environ | {
        "MOTCUA_STATE_DIR": str(tmp_path),
        "MOTCUA_PUBLIC_URL": "https://dichvucong.example.vn",
        "MOTCUA_HSTS_SECONDS": "31536000",
        "DATABASE_URL": "postgresql://motcua@127.0.0.1:1/never_asked",
    }
    command = [
        sys.executable,
        "-m",
        "motcua.config.cli",
        "django",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    said = (done.returncode, done.stdout, done.stderr)
    assert said == (0, "System check identified no issues (2 silenced).\n", "")
