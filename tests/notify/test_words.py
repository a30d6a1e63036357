"""The province's own words: around every letter to people from then on, and never lost."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from tests.dossiers.world import MONDAY

from motcua.audit import queries as audit
from motcua.kernel.actors import SYSTEM, Actor, ActorKind
from motcua.kernel.errors import Forbidden, Refusal
from motcua.notify import queries, services
from motcua.notify.errors import WordsChangedMeanwhile, WordsTooLong, WordsUnchanged, WordsWithoutReason
from motcua.notify.models import OutboxMessage, ProvinceWords
from motcua.notify.queries import Words
from motcua.notify.rules import samples
from motcua.notify.rules.messages import KEYS, kind
from motcua.notify.rules.places import parts_of

pytestmark = pytest.mark.django_db
TEMPLATES = Path(queries.__file__).parents[1] / "templates" / "notify"
WORDS = Words("UBND tỉnh Mẫu", "Xin không trả lời thư này.", "Mẫu Province", "", "0262 3 811 022")
HOUR = timedelta(hours=1)
OURS = {"site", "portal", "recipient"}  # in every letter


def write(words: Words = WORDS, *, hours: int = 0, seen: int = 0, **changes: object) -> int:
    given = {"actor": SYSTEM, "at": MONDAY + hours * HOUR, "words": words, "why": "Công văn 12", "seen": seen}
    return services.write_words(**given | changes)  # type: ignore[arg-type]


def test_words_stand_around_a_letter_in_the_language_of_its_reader() -> None:
    vietnamese = queries.sample_of("dossier.accepted", words=WORDS)
    english = queries.sample_of("dossier.accepted", language="en", words=WORDS)
    assert vietnamese.body.startswith("UBND tỉnh Mẫu\n\nKính gửi Ông/Bà Nguyễn Văn Mẫu,")
    assert vietnamese.body.endswith("\n\nXin không trả lời thư này.")
    assert english.body.startswith("Mẫu Province\n\n")
    assert english.body.endswith("\n\nXin không trả lời thư này.")  # better than nothing
    assert "gọi 0262 3 811 022." in vietnamese.body


@pytest.mark.clause("DL24-11.3")
@pytest.mark.any_regulation("words of a letter, which no regulation gives")
def test_numbers_of_the_agency_are_called_before_that_of_the_province() -> None:
    posted = samples.facts("dossier.accepted", hotline="1022") | {"agency_phones": "0262 1; 0262 2"}
    written = queries.wording("dossier.accepted", posted, recipient="An", language="vi", words=WORDS)
    english = queries.wording("dossier.accepted", posted, recipient="An", language="en", words=Words())
    assert "gọi 0262 1 hoặc 0262 2 hoặc 0262 3 811 022." in written.body
    assert "0262 1 or 0262 2 or 1022" in english.body


@pytest.mark.parametrize("key", KEYS)
def test_letter_that_no_agency_signs_names_the_province(key: str, settings: Settings) -> None:
    settings.PROVINCE = "phu-tho"
    signed = {
        language: queries.wording(key, {}, recipient="An", language=language) for language in ("vi", "en")
    }
    assert not re.search(r"^Cổng Dịch vụ công$", signed["vi"].body, re.MULTILINE)
    assert not re.search(r"^The public service portal$", signed["en"].body, re.MULTILINE)
    if key == "account.code":
        assert "\nCổng Dịch vụ công tỉnh Phú Thọ\n" in signed["vi"].body
        assert "\nThe public service portal of Phú Thọ Province\n" in signed["en"].body


def test_letters_are_sent_in_the_name_of_the_portal_of_the_province(settings: Settings) -> None:
    assert settings.DEFAULT_FROM_EMAIL.startswith("Cổng Dịch vụ công tỉnh Đắk Lắk <")


def test_without_words_a_letter_is_as_it_was() -> None:
    assert queries.sample_of("dossier.accepted").body.startswith("Kính gửi")


def test_word_among_officers_is_left_alone() -> None:
    assert queries.sample_of("desk.assigned", words=WORDS) == queries.sample_of("desk.assigned")


def post(at_hour: int) -> int:
    recipient = services.Recipient(None, "an@example.vn", "An")
    at = MONDAY + at_hour * HOUR
    services.post(key="dossier.accepted", recipients=[recipient], context={}, about="", at=at)
    return OutboxMessage.objects.latest("id").pk


def test_letter_keeps_the_words_of_the_moment_it_was_posted() -> None:
    before = post(0)
    number = write(hours=1)
    between = post(2)
    write(Words(header="Khác"), hours=3, seen=number)
    bodies = [found.body if (found := queries.outbox_message(each)) else "" for each in (before, between)]
    assert [body.partition("\n")[0] for body in bodies] == ["Kính gửi Ông/Bà An,", "UBND tỉnh Mẫu"]
    assert queries.words_at(MONDAY + 4 * HOUR) == Words(header="Khác")
    assert [each.words.header for each in queries.words_history()] == ["Khác", "UBND tỉnh Mẫu"]


def test_version_is_in_the_chain_of_acts_with_its_reason() -> None:
    number = write()
    (act,) = audit.acts(what=f"words:{number}")
    assert (act.act, act.facts["why"], act.facts["closing"]) == (
        "words_written",
        "Công văn 12",
        WORDS.closing,
    )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"why": " "}, WordsWithoutReason),
        ({"why": "\u200b\u2060"}, WordsWithoutReason),
        ({"words": Words(header="x" * 201)}, WordsTooLong),
        ({"words": Words()}, WordsUnchanged),
        ({"seen": 7}, WordsChangedMeanwhile),
        ({"actor": Actor(ActorKind.OFFICER, "0", "Ai đó")}, Forbidden),
    ],
)
def test_refusal_changes_nothing(changes: dict[str, object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        write(**changes)  # type: ignore[arg-type]
    assert (ProvinceWords.objects.count(), audit.acts()) == (0, ())


def test_same_words_again_are_refused() -> None:
    number = write()
    with pytest.raises(WordsUnchanged):
        write(seen=number)


@pytest.mark.parametrize(
    "statement", ["UPDATE notify_provincewords SET header = ''", "DELETE FROM notify_provincewords"]
)
def test_version_is_kept_by_the_database_as_it_is(statement: str) -> None:
    write()
    refused = pytest.raises(IntegrityError, match="of notify_provincewords refused")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_message_can_be_looked_at_with_sample_facts(language: str) -> None:
    for key in KEYS:
        facts = samples.facts(key, hotline="1022")
        name = f"{key}{'.en' if language == 'en' else ''}.txt"
        source = (TEMPLATES / name).read_text(encoding="utf-8")
        made_there = set(re.findall(r"(\w+)=", source))
        asked = set(re.findall(r"\{\{ *(\w+)", source)) - made_there - {*OURS, *parts_of(key)}
        assert asked - facts.keys() == set(), name
        shown = queries.sample_of(key, language=language)
        assert "" not in (shown.subject, shown.body), name
        assert not kind(key).is_to_people or samples.RECIPIENT in shown.body, name


@given(header=st.text(max_size=30), closing=st.text(max_size=30), body=st.text(min_size=1, max_size=60))
def test_body_is_never_changed_only_surrounded(header: str, closing: str, body: str) -> None:
    dressed = Words(header, closing).dress(body, "vi")
    assert (
        dressed.removeprefix(f"{header}\n\n" if header else "").removesuffix(
            f"\n\n{closing}" if closing else ""
        )
        == body
    )
