"""Numbers and mailboxes that strangers type crossed, at the same moment."""

from __future__ import annotations

from functools import partial

import pytest
from tests.accounts.people import MORNING, citizen
from tests.dossiers.test_concurrency import alone, cutting_in

from motcua.accounts import services
from motcua.accounts.models import Account
from motcua.accounts.services import registration

pytestmark = pytest.mark.django_db(transaction=True)


def register(personal_id: str, email: str) -> object:
    return services.register_citizen(
        full_name="Lê Văn Cường",
        personal_id=personal_id,
        phone="0912000000",
        email=email,
        password="Mot-mat-khau-dai-2026",
        at=MORNING,
        accepts_terms=True,
    )


def test_number_of_one_and_mailbox_of_the_other_make_nobody_wait_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    citizen("Nguyễn Văn An", personal_id="066090000001", phone="0912345671", email="an@example.vn")
    citizen("Trần Văn Bình", personal_id="066090000002", phone="0912345672", email="binh@example.vn")
    before = list(Account.objects.order_by("id").values())
    crossed = partial(register, "066090000002", "an@example.vn")
    with cutting_in(monkeypatch, registration, "_put_in_place", crossed) as came:
        alone(partial(register, "066090000001", "binh@example.vn"))
    assert len(came) == 1
    assert list(Account.objects.order_by("id").values()) == before
