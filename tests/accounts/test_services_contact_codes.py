"""Codes to the contact of a dossier: counted alike whether or not anybody got one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.accounts.people import MORNING as AT

from motcua.accounts.enums import CodeUse
from motcua.accounts.errors import CodeSentRecently, TooManyCodes, TooManyFromHere, WrongCode
from motcua.accounts.models import ContactCode
from motcua.accounts.rules.limits import limit
from motcua.accounts.services import contact_codes

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def ask(at: datetime = AT, **changes: Any) -> contact_codes.Asked:
    given: dict[str, Any] = {
        "use": CodeUse.LOOKUP,
        "named": "066090000001",
        "address": "an@example.vn",
        "place": "here",
        "is_reached": True,
        "at": at,
    }
    return contact_codes.ask(**given | changes)


def prove(asked: contact_codes.Asked, typed: str, at: datetime = AT) -> contact_codes.Proved | None:
    return contact_codes.prove(use=CodeUse.LOOKUP, asked_id=asked.id, typed=typed, at=at)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_code_proves_the_mailbox_once_and_for_a_quarter_of_an_hour() -> None:
    asked = ask()
    shown = prove(asked, f" {asked.code[:3]} {asked.code[3:]} ", AT + MINUTE)
    assert shown is not None
    assert (shown.named, shown.address) == ("066090000001", "an@example.vn")
    opened = contact_codes.proved(use=CodeUse.LOOKUP, asked_id=asked.id, at=AT + 15 * MINUTE)
    assert opened.until == AT + 16 * MINUTE
    assert prove(asked, asked.code, AT + 2 * MINUTE) is None
    with pytest.raises(WrongCode):
        contact_codes.proved(use=CodeUse.LOOKUP, asked_id=asked.id, at=AT + 16 * MINUTE)


def test_code_is_stored_as_a_hash_only() -> None:
    asked = ask()
    assert asked.code not in str(ContactCode.objects.values().get(pk=asked.id))
    assert asked.code not in repr(asked)


def test_asking_that_reached_nobody_is_opened_by_no_code() -> None:
    asked = ask(is_reached=False)
    assert (ContactCode.objects.get(pk=asked.id).code_hash, asked.code) == ("", "")
    assert [prove(asked, typed) for typed in ("", "000000")] == [None, None]
    with pytest.raises(WrongCode):
        contact_codes.proved(use=CodeUse.LOOKUP, asked_id=asked.id, at=AT)


def test_code_is_void_after_five_misses_and_after_ten_minutes() -> None:
    asked = ask()
    assert [prove(asked, wrong(asked.code)) for _ in range(5)] == [None] * 5
    assert prove(asked, asked.code) is None
    later = ask(AT + MINUTE)
    assert later.code == ""  # the first letter still serves, for another asking's tries
    assert prove(later, asked.code, AT + 10 * MINUTE) is None


def test_code_of_another_use_or_account_proves_nothing() -> None:
    asked = ask()
    other = contact_codes.prove(use=CodeUse.JOIN, asked_id=asked.id, typed=asked.code, at=AT)
    somebody = contact_codes.prove(
        use=CodeUse.LOOKUP, asked_id=asked.id, typed=asked.code, at=AT, account_id=1
    )
    assert (other, somebody) == (None, None)


def test_stranger_shuts_the_mailbox_for_nobody() -> None:
    """Whatever strangers ask, the owner is never refused, and holds a code again within the hour."""
    letters, sent = [], {}
    for minute in range(180):
        asked = ask(AT + minute * MINUTE, place=f"stranger{minute}")
        if asked.code:
            letters.append(minute)
            sent[minute] = asked.code
    assert all(len([each for each in letters if each <= m < each + 60]) <= 5 for m in range(180))
    for minute in range(180, 240):
        owner = ask(AT + minute * MINUTE, place=f"owner{minute}")
        code = owner.code or sent[letters[-1]]
        if prove(owner, code, AT + minute * MINUTE):
            break
    assert minute < 200


def test_letter_that_was_sent_a_moment_ago_opens_the_next_asking_too() -> None:
    stranger = ask(place="elsewhere")
    owner = ask(AT + MINUTE)
    assert owner.code == ""
    assert [prove(stranger, wrong(stranger.code)) for _ in range(5)] == [None] * 5
    assert prove(owner, stranger.code, AT + 2 * MINUTE) is not None


def test_code_opens_one_asking_only() -> None:
    stranger = ask(place="elsewhere")
    owner = ask(AT + MINUTE)
    assert prove(owner, stranger.code, AT + 2 * MINUTE) is not None
    assert prove(stranger, stranger.code, AT + 3 * MINUTE) is None
    assert ask(AT + 4 * MINUTE).code != ""


def test_code_is_worn_out_by_the_misses_of_all_who_asked() -> None:
    first = ask(place="a")
    for number in range(3):
        other = ask(AT + MINUTE, place=f"guesser{number}")
        assert [prove(other, wrong(first.code), AT + MINUTE) for _ in range(5)] == [None] * 5
    assert prove(first, first.code, AT + MINUTE) is None
    again = ask(AT + 2 * MINUTE, place="a")
    assert prove(again, again.code, AT + 2 * MINUTE) is not None


def test_letters_that_were_closed_count_for_the_mailbox() -> None:
    for number in range(5):
        contact_codes.give_up(use=CodeUse.LOOKUP, asked_id=ask(place=f"p{number}").id)
    assert ask(place="p6").code == ""
    assert ask(AT + 61 * MINUTE, place="p6").code != ""


def test_asking_for_nobody_leaves_the_letters_of_the_mailbox() -> None:
    for number in range(9):
        ask(named=f"nobody {number}", place=f"p{number}", is_reached=False)
    assert ask().code != ""


def test_asking_in_somebodys_name_leaves_the_code_of_the_owner_good() -> None:
    asked = ask()
    ask(AT + MINUTE, place="elsewhere")
    assert prove(asked, asked.code, AT + 2 * MINUTE) is not None


@pytest.mark.parametrize("is_reached", [True, False])
def test_limits_do_not_tell_whether_anybody_was_reached(is_reached: bool) -> None:
    ask(is_reached=is_reached)
    with pytest.raises(CodeSentRecently) as soon:
        ask(AT + MINUTE / 2, is_reached=is_reached)
    assert soon.value.params == {"seconds": 31}
    for count in range(1, 5):
        ask(AT + count * MINUTE, is_reached=is_reached)
    with pytest.raises(CodeSentRecently):
        ask(AT + 30 * MINUTE, is_reached=is_reached)
    ask(AT + 61 * MINUTE, is_reached=is_reached)


def test_another_name_at_the_same_mailbox_is_counted_with_it() -> None:
    ask()
    with pytest.raises(CodeSentRecently):
        ask(named="tran thi binh")
    ask(address="binh@example.vn")


def test_one_place_asks_for_a_mailbox_no_more_than_so_often_a_day() -> None:
    for count in range(limit("contact_code.most_a_day")):
        ask(AT + count * 15 * MINUTE)
    with pytest.raises(TooManyCodes):
        ask(AT + 23 * 60 * MINUTE)
    ask(AT + 23 * 60 * MINUTE, place="elsewhere")
    ask(AT + 24 * 60 * MINUTE + MINUTE)


def test_one_place_asks_for_so_many_people_an_hour() -> None:
    most = limit("contact_code.most_from_one_place")
    for count in range(most):
        ask(address=f"nguoi{count}@example.vn")
    with pytest.raises(TooManyFromHere):
        ask(address="nguoi@example.vn")
    ask(address="nguoi@example.vn", place="elsewhere")


def test_giving_up_closes_what_was_open_and_still_counts() -> None:
    asked = ask()
    prove(asked, asked.code)
    contact_codes.give_up(use=CodeUse.LOOKUP, asked_id=asked.id)
    with pytest.raises(WrongCode):
        contact_codes.proved(use=CodeUse.LOOKUP, asked_id=asked.id, at=AT)
    assert prove(asked, asked.code) is None
    with pytest.raises(CodeSentRecently):
        ask()


def test_askings_of_the_day_before_are_forgotten() -> None:
    ask()
    kept = ask(AT + timedelta(hours=2))
    assert contact_codes.forget_old(at=AT + timedelta(hours=25)) == 1
    assert [row.pk for row in ContactCode.objects.all()] == [kept.id]


@pytest.mark.parametrize("typed", ["", " ", "000", "x" * 5000, "\u0661\u0662\u0663\u0664\u0665\u0666"])
def test_whatever_else_is_typed_opens_nothing(typed: str) -> None:
    assert prove(ask(), typed) is None
