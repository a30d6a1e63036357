"""The command that makes the first administrator."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from tests.accounts.people import officer

from motcua.accounts.models import Account

pytestmark = pytest.mark.django_db


def test_create_officer_prints_a_password_that_fits() -> None:
    out = io.StringIO()
    call_command("create_officer", "quantri", "Phạm Quản Trị", "--admin", stdout=out)

    row = Account.objects.get()
    password = out.getvalue().splitlines()[1].removeprefix("password: ")
    assert row.check_password(password)
    assert (row.username, row.is_admin, row.must_change_password) == ("quantri", True, True)


def test_create_officer_with_wrong_entries_says_which() -> None:
    officer()
    with pytest.raises(CommandError) as refused:
        call_command("create_officer", "chi", "Chi Khác", stdout=io.StringIO())
    assert str(refused.value) == "username: Tên đăng nhập này đã có người dùng."
