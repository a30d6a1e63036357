"""Two administrators who end each other's right at one moment: one of them stays."""

from __future__ import annotations

import pytest
from tests.accounts.people import MORNING, officer
from tests.dossiers.test_concurrency import cutting_in

from motcua.accounts import policy, services
from motcua.accounts.models import Account
from motcua.accounts.queries import actor_of
from motcua.kernel.errors import Forbidden

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_end_each_others_right_the_second_has_none_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = officer("Một", username="mot", is_admin=True)
    two = officer("Hai", username="hai", is_admin=True)

    def back() -> object:
        return services.set_admin(actor=actor_of(two), account_id=one.id, is_admin=False, at=MORNING)

    with cutting_in(monkeypatch, policy, "must_administer", back) as came:
        services.set_admin(actor=actor_of(one), account_id=two.id, is_admin=False, at=MORNING)
    assert isinstance(came[0], Forbidden)
    assert list(Account.objects.filter(is_admin=True).values_list("pk", flat=True)) == [one.id]
