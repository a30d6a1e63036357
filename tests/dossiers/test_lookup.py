"""Looking for dossiers without their codes: only the mailbox that a dossier carries learns anything."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.world import World

from motcua.accounts.errors import CodeSentRecently, FieldErrors, WrongCode
from motcua.accounts.models import ContactCode
from motcua.dossiers import services
from motcua.dossiers.queries import LookedUp
from motcua.dossiers.queries.views import Tracking
from motcua.dossiers.rules.lookup import is_number, meant
from motcua.dossiers.rules.state import Applicant
from motcua.dossiers.services import Act
from motcua.kernel.text import fold
from motcua.notify.models import OutboxMessage

AN = Applicant("Nguyễn Văn An", "066090000001", "0905000001", "An.Nguyen@example.vn")
MAIL = "an.nguyen@example.vn"


@pytest.fixture
def brought(world: World) -> Act:
    """Brought to the counter, under no account, with a mailbox."""
    return world.accept(world.register(applicant=AN))


def ask(world: World, **changes: Any) -> int:
    given: dict[str, Any] = {"named": "066 090 000 001", "email": MAIL, "place": "here"}
    return services.ask_for_lookup(at=world.later(minutes=2), **given | changes)


def code_sent() -> str | None:
    letter = OutboxMessage.objects.filter(key="contact.lookup_code").order_by("-id").first()
    return None if letter is None else str(letter.context["code"])


def opened(world: World, **changes: Any) -> tuple[LookedUp, ...]:
    asked, code = ask(world, **changes), code_sent()
    assert code is not None
    services.prove_lookup(asked_id=asked, code=code, at=world.now)
    return services.looked_up(asked_id=asked, at=world.now)


@pytest.mark.django_db
@pytest.mark.clause("DL24-3.4", "DL24-18.5")
@pytest.mark.parametrize("named", ["066090000001", "Nguyễn Văn An", " nguyen  van AN "])
def test_dossiers_are_found_by_number_or_name_with_the_code(world: World, brought: Act, named: str) -> None:
    (found,) = opened(world, named=named)
    assert (found.reference, found.initials, found.agency_name) == (brought.code, "N. V. A.", "Sở Tư pháp")
    letter = OutboxMessage.objects.get(key="contact.lookup_code")
    assert (letter.address, letter.account_id) == (MAIL, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"named": "066090000002"},
        {"named": "Trần Thị Bình"},
        {"named": "Văn An"},
        {"named": "Nguyễn"},
        {"email": "ke.gian@example.vn"},
        {"email": "an@example.vn"},
    ],
)
def test_nobody_else_is_sent_anything_and_the_answer_is_the_same(
    world: World, brought: Act, changes: dict[str, str]
) -> None:
    asked = ask(world, **changes)
    assert code_sent() is None
    row = ContactCode.objects.get(pk=asked)
    assert row.code_hash == ""
    with pytest.raises(WrongCode):
        services.prove_lookup(asked_id=asked, code="000000", at=world.now)
    with pytest.raises(WrongCode):
        services.looked_up(asked_id=asked, at=world.now)
    with pytest.raises(CodeSentRecently):
        services.ask_for_lookup(
            named=changes.get("named", "066090000001"),
            email=changes.get("email", MAIL),
            place="here",
            at=world.now + timedelta(seconds=5),
        )


@pytest.mark.django_db
def test_drafts_and_other_peoples_dossiers_at_one_mailbox_stay_apart(world: World, brought: Act) -> None:
    world.draft(applicant=AN)
    other = Applicant("Lê Thị Bình", "066190005678", "", MAIL)
    world.accept(world.register(applicant=other))
    assert [each.reference for each in opened(world)] == [brought.code]
    assert [each.initials for each in opened(world, named="Lê Thị Bình")] == ["L. T. B."]


@pytest.mark.django_db
def test_newest_come_first_and_not_more_than_shown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    acts = [world.accept(world.register(applicant=AN)) for _ in range(3)]
    assert [each.reference for each in opened(world)] == [act.code for act in reversed(acts)]
    monkeypatch.setattr("motcua.dossiers.services.lookup.MOST_SHOWN", 2)
    assert len(opened(world)) == 2


@pytest.mark.django_db
def test_corrected_mailbox_is_the_one_that_counts(world: World, brought: Act) -> None:
    services.correct(
        actor=world.actor("chi"),
        at=world.later(minutes=1),
        dossier_id=brought.dossier_id,
        expected_version=None,
        what="contact",
        values={"email": "moi@example.vn"},
        reason="Ghi nhầm",
    )
    ask(world)
    assert code_sent() is None
    assert len(opened(world, email="moi@example.vn")) == 1


@pytest.mark.django_db
def test_list_closes_by_itself_and_at_once_when_asked_to(world: World, brought: Act) -> None:
    asked = ask(world)
    services.prove_lookup(asked_id=asked, code=code_sent() or "", at=world.now)
    with pytest.raises(WrongCode):
        services.looked_up(asked_id=asked, at=world.now + timedelta(minutes=15))
    services.forget_lookup(asked_id=asked)
    with pytest.raises(WrongCode):
        services.looked_up(asked_id=asked, at=world.now)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "faulty"),
    [
        ({"named": "12345"}, ["named"]),
        ({"named": "H15-240304-0001"}, ["named"]),
        ({"named": " "}, ["named"]),
        ({"email": "không phải thư"}, ["email"]),
        ({"named": "1", "email": "x"}, ["named", "email"]),
        ({"named": "x\0y" * 100, "email": MAIL}, []),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(
    world: World, changes: dict[str, str], faulty: list[str]
) -> None:
    if not faulty:
        with pytest.raises(FieldErrors):
            ask(world, **changes)
        return
    with pytest.raises(FieldErrors) as refused:
        ask(world, **changes)
    assert sorted(refused.value.fields) == sorted(faulty)
    assert not ContactCode.objects.exists()


def test_list_tells_no_more_than_tracking_and_initials() -> None:
    told = {field.name for field in fields(LookedUp)} - {"initials"}
    assert told <= {field.name for field in fields(Tracking)}


@given(st.text(max_size=250))
def test_meant_is_a_number_of_twelve_digits_or_a_folded_name(typed: str) -> None:
    found = meant(typed)
    if found is None:
        return
    if is_number(found):
        assert len(found) == 12
    else:
        assert found == fold(found)
        assert meant(found) == found


@given(st.from_regex(r"[A-ZĐÂÔ][a-zđăâêôơưễờặỳ]{1,6}( [A-ZĐÁƯ][a-zđăâêôơưốứằỷ]{1,6}){1,4}", fullmatch=True))
def test_full_name_is_meant_with_or_without_accents(name: str) -> None:
    assert meant(name) == meant(fold(name)) == meant(f"  {name.upper()} ") == fold(name)
