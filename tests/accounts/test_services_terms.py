"""The terms of use are acknowledged at registration and first log-in, and again when they change."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings
from tests.accounts.conftest import Requests, last_code
from tests.accounts.people import HANOI, MORNING, PASSWORD, citizen, officer

from motcua.accounts import queries, services
from motcua.accounts.errors import FieldErrors, TermsChanged
from motcua.accounts.models import TermsAcknowledgement
from motcua.accounts.services.terms import TERMS_DUE

pytestmark = pytest.mark.django_db
IN_FORCE = {
    "KT18": ("kon-tum", datetime(2021, 6, 1, 8, 0, tzinfo=HANOI), "KT18/2018-04-20"),
    "KT22": ("kon-tum", datetime(2022, 5, 10, 8, 0, tzinfo=HANOI), "KT22/2022-03-24"),
    "QN20": ("quang-ngai", datetime(2021, 3, 1, 8, 0, tzinfo=HANOI), "QN20/2021-01-10"),
    "DL24": ("dak-lak", datetime(2024, 3, 4, 8, 0, tzinfo=HANOI), "DL24/2024-01-29"),
    "PT24": ("phu-tho", datetime(2024, 11, 4, 8, 0, tzinfo=HANOI), "PT24/2024-10-15"),
}
APPLICANTS = [
    pytest.param("KT18", marks=pytest.mark.clause("KT18-16.1")),
    pytest.param("KT22", marks=pytest.mark.clause("KT22-26.1")),
    pytest.param("QN20", marks=pytest.mark.clause("QN20-27.1#1")),
    pytest.param("DL24", marks=pytest.mark.clause("DL24-12.1", "DL24-24.5")),
    pytest.param("PT24", marks=pytest.mark.clause("PT24-24.1")),
]
OFFICERS = [
    pytest.param("KT22", marks=pytest.mark.clause("KT22-23.5", "KT22-6.2#3")),
    pytest.param("QN20", marks=pytest.mark.clause("QN20-21.6")),
    pytest.param("PT24", marks=pytest.mark.clause("PT24-23.5")),
    pytest.param("DL24", marks=pytest.mark.clause("DL24-10.1")),
]


def acknowledged(account_id: int) -> list[str]:
    rows = TermsAcknowledgement.objects.filter(account_id=account_id).order_by("id")
    return [f"{row.regulation}/{row.since}" for row in rows]


def due_after_log_in(kind: str, name: str, at: datetime) -> str | None:
    request = Requests.address()
    services.log_in(request=request, kind=kind, identifier=name, password=PASSWORD, at=at)
    return request.session.get(TERMS_DUE)


@pytest.mark.parametrize("name", APPLICANTS)
def test_registering_records_which_terms_were_accepted(settings: Settings, name: str) -> None:
    settings.PROVINCE, at, version = IN_FORCE[name]
    entries = {
        "full_name": "Nguyễn Văn An",
        "personal_id": "066090000001",
        "phone": "0912345678",
        "email": "an@example.vn",
        "password": PASSWORD,
        "at": at,
    }
    with pytest.raises(FieldErrors) as refused:
        services.register_citizen(**entries)
    assert list(refused.value.fields) == ["accepts_terms"]
    assert TermsAcknowledgement.objects.count() == 0
    made = services.register_citizen(**entries, accepts_terms=True)
    assert TermsAcknowledgement.objects.count() == 0  # what is never confirmed can be forgotten whole
    services.confirm_email(account_id=made.id, registered_at=at, code=last_code(), at=at)
    assert acknowledged(made.id) == [version]
    assert TermsAcknowledgement.objects.get().at == at


@pytest.mark.parametrize("name", OFFICERS)
def test_first_log_in_of_an_officer_asks_for_the_duties_and_records_them(
    settings: Settings, name: str
) -> None:
    settings.PROVINCE, at, version = IN_FORCE[name]
    chi = officer()
    assert due_after_log_in("officer", "chi", at) == version
    services.acknowledge(actor=queries.actor_of(chi), version=version, at=at)
    assert due_after_log_in("officer", "chi", at) is None
    assert (acknowledged(chi.id), TermsAcknowledgement.objects.get().at) == ([version], at)


@pytest.mark.clause("KT22-26.1", "KT18-16.1")
def test_terms_are_asked_again_when_another_regulation_comes_into_force(settings: Settings) -> None:
    settings.PROVINCE = "kon-tum"
    an, old, new = citizen(), IN_FORCE["KT18"], IN_FORCE["KT22"]
    services.acknowledge(actor=queries.actor_of(an), version=old[2], at=old[1])
    assert due_after_log_in("citizen", "an@example.vn", old[1]) is None
    eve = datetime(2022, 3, 23, 23, 59, tzinfo=HANOI)
    assert due_after_log_in("citizen", "an@example.vn", eve) is None
    assert due_after_log_in("citizen", "an@example.vn", eve + timedelta(minutes=1)) == new[2]
    services.acknowledge(actor=queries.actor_of(an), version=new[2], at=new[1])
    assert acknowledged(an.id) == [old[2], new[2]]


@pytest.mark.parametrize("version", ["KT18/2018-04-20", "DL24/2024-01-28", "", "x" * 200])
def test_terms_that_are_not_in_force_cannot_be_acknowledged(version: str) -> None:
    an = citizen()
    with pytest.raises(TermsChanged):
        services.acknowledge(actor=queries.actor_of(an), version=version, at=MORNING)
    assert acknowledged(an.id) == []


def test_nobody_is_asked_where_no_regulation_is_in_force() -> None:
    citizen()
    assert due_after_log_in("citizen", "an@example.vn", MORNING.replace(year=2020)) is None


def test_acknowledgement_is_never_changed_nor_taken_away() -> None:
    an = citizen()
    services.acknowledge(actor=queries.actor_of(an), version="DL24/2024-01-29", at=MORNING)
    for attempt in (
        lambda: TermsAcknowledgement.objects.update(regulation="PT24"),
        lambda: TermsAcknowledgement.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    assert acknowledged(an.id) == ["DL24/2024-01-29"]
