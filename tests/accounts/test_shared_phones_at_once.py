"""Two people with one telephone number, who forget their passwords at the same moment."""

from __future__ import annotations

from functools import partial

import pytest
from tests.accounts.people import MORNING, citizen
from tests.dossiers.test_concurrency import alone, cutting_in

from motcua.accounts import services
from motcua.accounts.models import Account, EmailCode
from motcua.accounts.services import codes
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "0933333333"
WORDS = {"giang@example.vn": "sông dài cá lội", "son@example.vn": "núi cao mây phủ"}


@pytest.fixture(autouse=True)
def mother_and_son() -> None:
    citizen("Lê Thị Giang", personal_id="066170000002", phone=PHONE, email="giang@example.vn")
    citizen("Nguyễn Văn Ân", personal_id="066200000003", phone=PHONE, email="son@example.vn")


def ask() -> None:
    services.request_reset(kind="citizen", identifier=PHONE, at=MORNING)


def reset(address: str) -> None:
    sent = OutboxMessage.objects.get(key="account.reset", address=address)
    services.reset_password(
        kind="citizen", identifier=PHONE, code=sent.context["code"], new=WORDS[address], at=MORNING
    )


def test_both_ask_at_once_and_each_mailbox_gets_one_code(monkeypatch: pytest.MonkeyPatch) -> None:
    with cutting_in(monkeypatch, codes, "send", ask) as came:
        alone(ask)
    assert len(came) == 1
    assert sorted(EmailCode.objects.values_list("address", flat=True)) == sorted(WORDS)


def test_both_set_their_passwords_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ask()
    with cutting_in(monkeypatch, codes, "spend", partial(reset, "son@example.vn")) as came:
        alone(partial(reset, "giang@example.vn"))
    assert len(came) == 1
    for address, password in WORDS.items():
        assert Account.objects.get(email=address).check_password(password)
