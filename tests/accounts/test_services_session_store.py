"""Two requests of one browser at the same moment: neither writes away what the other has written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.utils import timezone

from motcua.accounts.services.session_store import SessionStore, forget_what_is_over, merged

pytestmark = pytest.mark.django_db


def begun(**data: object) -> str:
    session = SessionStore()
    session.update(data)
    session.save()
    assert session.session_key is not None
    return str(session.session_key)


def both(key: str) -> tuple[SessionStore, SessionStore]:
    """The session as two requests have read it, before either writes."""
    one, other = SessionStore(key), SessionStore(key)
    assert dict(one.items()) == dict(other.items())
    return one, other


def held(key: str) -> dict[str, object]:
    return dict(SessionStore(key).items())


def test_each_request_writes_what_it_has_changed_and_nothing_else() -> None:
    key = begun(stays=1, goes=1, grows=1)
    one, other = both(key)
    one["mine"], one["grows"] = "a", 2
    one.save()
    other["yours"] = "b"
    del other["goes"]
    other.save()
    assert held(key) == {"stays": 1, "grows": 2, "mine": "a", "yours": "b"}
    assert dict(other.items()) == held(key)


def test_request_that_writes_twice_takes_nothing_back_that_it_learnt_in_between() -> None:
    key = begun(a=1)
    one, other = both(key)
    one["b"] = 1
    one.save()
    other["c"] = 1
    other.save()
    other["d"] = 1
    other.save()
    assert held(key) == {"a": 1, "b": 1, "c": 1, "d": 1}


def test_session_that_was_ended_is_not_brought_back() -> None:
    key = begun(a=1)
    one, other = both(key)
    one.flush()
    other["b"] = 1
    with pytest.raises(UpdateError):
        other.save()
    assert not Session.objects.exists()


def test_session_that_gets_another_key_keeps_what_it_holds() -> None:
    key = begun(a=1)
    session = SessionStore(key)
    session["b"] = 2
    session.cycle_key()
    session["c"] = 3
    session.save()
    assert held(key) == {}
    assert held(str(session.session_key)) == {"a": 1, "b": 2, "c": 3}


def test_session_that_is_emptied_holds_nothing() -> None:
    key = begun(a=1)
    session = SessionStore(key)
    session.clear()
    session.save()
    assert held(key) == {}


def test_what_is_over_goes_with_the_next_change_and_by_the_hour() -> None:
    now = timezone.now()
    over, standing = ({"until": int((now + timedelta(hours=h)).timestamp())} for h in (-1, 1))
    written, left = (begun(over=over, standing=standing, a=1) for _ in range(2))
    untouched = begun(a=1)
    session = SessionStore(written)
    session["b"] = 1
    session.save()
    assert held(written) == {"standing": standing, "a": 1, "b": 1}
    before = Session.objects.get(pk=untouched).session_data
    # What was just begun was stored as it is: it goes by the hour.
    assert forget_what_is_over(at=now) == 1
    assert held(left) == {"standing": standing, "a": 1}
    assert Session.objects.get(pk=untouched).session_data == before


def test_what_is_merged_is_the_stored_with_the_change() -> None:
    assert merged({"a": 1, "b": 2}, {"a": 1, "c": 3}, {"a": 1, "d": 4}) == {"a": 1, "b": 2, "d": 4}
    assert merged({"a": 5}, {"a": 1}, {"a": 1}) == {"a": 5}
    assert merged({"a": 5}, {"a": 1}, {"a": 2}) == {"a": 2}
    assert merged({"a": 5}, {"a": 1}, {}) == {}
