"""The same code asked for twice at one moment: one letter, and one asking that is counted."""

from __future__ import annotations

import pytest
from django.db import transaction
from tests.accounts.people import MORNING
from tests.dossiers.test_concurrency import cutting_in

from motcua.accounts.enums import CodeUse
from motcua.accounts.errors import CodeSentRecently
from motcua.accounts.models import ContactCode
from motcua.accounts.services import contact_codes

pytestmark = pytest.mark.django_db(transaction=True)


def ask() -> contact_codes.Asked:
    with transaction.atomic():
        return contact_codes.ask(
            use=CodeUse.LOOKUP,
            named="066090000001",
            address="an@example.vn",
            place="here",
            is_reached=True,
            at=MORNING,
        )


def test_of_two_askings_at_once_one_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    with cutting_in(monkeypatch, contact_codes, "_wait", ask) as came:
        asked = ask()
    assert asked.code
    assert isinstance(came[0], CodeSentRecently)
    assert ContactCode.objects.count() == 1
