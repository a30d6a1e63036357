"""Letters to applicants in the province's own words: what is taken, what is refused, what goes out."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.world import MONDAY

from motcua.audit import queries as audit
from motcua.kernel.actors import SYSTEM, Actor, ActorKind
from motcua.kernel.errors import Forbidden, Refusal
from motcua.notify import errors, queries, services
from motcua.notify.models import LetterWording, OutboxMessage
from motcua.notify.rules import samples
from motcua.notify.rules.letters import Letter
from motcua.notify.rules.messages import KEYS
from motcua.notify.rules.places import KINDS
from motcua.notify.rules.rewording import OURS, LetterText, checked, fill, words_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SITE = "https://dichvucong.example.vn"
KEY = "dossier.accepted"
TEXT = LetterText(
    "Đã nhận hồ sơ {mã hồ sơ}",
    "Kính gửi {người nhận},\n\nHẹn trả: {ngày hẹn trả}.\nPhải nộp: {phí, lệ phí}\n\nXem: {trang hồ sơ}",
)


class Recorder:
    """Takes every letter."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> None:
        self.letters.append(letter)

    def close(self) -> None:
        """Nothing is open."""


def check(text: LetterText = TEXT, key: str = KEY, **changes: str) -> LetterText:
    return checked(key, replace(text, **changes), site=SITE)


def reword(text: LetterText = TEXT, *, hours: int = 0, seen: int = 0, **changes: object) -> int:
    given = {
        "actor": SYSTEM,
        "at": MONDAY + hours * HOUR,
        "key": KEY,
        "text": text,
        "why": "CV 12",
        "seen": seen,
    }
    return services.reword_letter(**given | changes)  # type: ignore[arg-type]  # a dict of all kinds


@pytest.mark.parametrize("key", sorted(KINDS))
def test_letter_to_start_from_is_taken_and_says_what_ours_says(key: str) -> None:
    start = queries.letter_to_start_from(key)
    assert check(start, key) == start
    facts = samples.facts(key, hotline="1022")
    if "guidance" not in {each.fact for each in KINDS[key].places}:  # this letter is never given any
        facts["guidance"] = ""
    for language in ("vi", "en"):
        ours, own = (
            queries.wording(key, facts, recipient="An", language=language, own=text) for text in (OURS, start)
        )
        assert own == ours
        least = queries.sample_of(key, language=language, own=start, least=True)
        assert not any(line in least.body.splitlines() for line in ("Phí, lệ phí phải nộp:", "Cần bổ sung:"))
        assert "{" not in least.subject + least.body
        assert "000.00.00.H00" in least.subject + least.body


def test_every_letter_must_name_its_dossier_and_needs_only_places_it_has() -> None:
    for kind in KINDS.values():
        assert "mã hồ sơ" in [each.place.word for each in kind.needed]
        assert all(each.place in kind.places for each in kind.needed)
        assert len({each.word for each in kind.places}) == len(kind.places)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"subject": ""}, errors.LetterHalfWritten, "subject"),
        ({"body": "{mã hồ sơ} {ngày hẹn trả}"}, errors.LetterHalfWritten, "body"),
        ({"subject_english": "Only a subject"}, errors.LetterHalfWritten, "body_english"),
        ({"subject": "x" * 151}, errors.LetterTooLong, "subject"),
        ({"body": TEXT.body + "x" * 4000}, errors.LetterTooLong, "body"),
        ({"body": TEXT.body + "\x00"}, errors.LetterUnreadable, "body"),
        ({"subject": "Hồ sơ \u202e{mã hồ sơ}"}, errors.LetterUnreadable, "subject"),
        ({"body": TEXT.body + " {"}, errors.LetterLooseBrace, "body"),
        ({"body": TEXT.body + " {{ code }}"}, errors.LetterLooseBrace, "body"),
        ({"body": TEXT.body + " {lý do}"}, errors.LetterPlaceUnknown, "body"),
        ({"body": TEXT.body + " {0.__class__}"}, errors.LetterPlaceUnknown, "body"),
        ({"subject": "Đã nhận hồ sơ"}, errors.LetterPlaceMissing, "body"),
        ({"body": "Xem: {trang hồ sơ}"}, errors.LetterPlaceMissing, "body"),
        ({"body": "Hẹn trả {ngày hẹn trả}, mang {bản chính cần mang}."}, errors.LetterPlaceLost, "body"),
        (
            {"subject_english": "Dossier {mã hồ sơ}", "body_english": "Come."},
            errors.LetterPlaceMissing,
            "body_english",
        ),
    ],
)
def test_what_cannot_be_sent_is_refused_at_its_field(
    changes: dict[str, str], refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        check(**changes)
    assert refused.value.params["field"] == field


@pytest.mark.parametrize(
    "link",
    [
        "https://dichvucong.example.vn.evil.com/",
        "https://dichvucong.example.vn@evil.com/",
        "https://dichvucong.example.vn/x@evil.com",
        "http://evil.com",
        "//evil.com/x",
        "www.evil{mã hồ sơ}",
        "evil.com",
        "EVIL.COM/nop-phi",
        "evil\u3002com",
        "evil\uff0ecom",
        "a@evil.vn",
        "mailto:a",
        "192.168.1.1/nop",
        "{trang hồ sơ}.evil.com",
        "{trang hồ sơ}@evil.com",
        "https://{mã hồ sơ}/",
    ],
)
def test_link_that_leads_elsewhere_is_refused(link: str) -> None:
    with pytest.raises(errors.ForeignLink):
        check(body=f"{TEXT.body}\nNộp tại {link} ngay.")


@pytest.mark.parametrize(
    "said", [f"{SITE}/tra-cuu/", f"({SITE}/x).", SITE, "12.000 đồng", "ngày 02.3.2026.", "…"]
)
def test_own_address_figures_and_dots_are_no_foreign_link(said: str) -> None:
    assert said in check(body=f"{TEXT.body}\nXem {said}").body


def test_subject_stays_one_line_and_places_are_read_however_typed() -> None:
    clean = check(subject="Hồ sơ\r\nBcc: x { Mã   hồ sơ }", body=TEXT.body.replace("\n", "\r\n"))
    assert clean.subject == "Hồ sơ Bcc: x {mã hồ sơ}"
    assert clean.body == TEXT.body


def test_line_with_an_empty_place_is_left_out_and_a_list_begins_below() -> None:
    facts = {"recipient": "An", "code": "H15-1", "due": "mai", "link": "L"}
    assert fill(TEXT.subject, TEXT.body, facts, KEY) == (
        "Đã nhận hồ sơ H15-1",
        "Kính gửi An,\n\nHẹn trả: mai.\n\nXem: L",
    )
    _, body = fill(TEXT.subject, TEXT.body, facts | {"fees": "- A\n- B"}, KEY)
    assert "Phải nộp:\n- A\n- B\n" in body


hostile = st.text(alphabet="{}%$\\ \n0.:@/xXôđ_<>&|", max_size=40)


@given(subject=hostile, body=hostile)
def test_hostile_text_is_refused_or_kept_as_it_may_be(subject: str, body: str) -> None:
    try:
        clean = check(subject=f"{{mã hồ sơ}} {subject}", body=f"{{ngày hẹn trả}}\n{body}")
    except Refusal:
        return
    assert "\n" not in clean.subject
    assert "//" not in (clean.subject + clean.body)
    assert set(words_in(clean.subject + clean.body)) <= {each.word for each in KINDS[KEY].places}
    assert check(clean) == clean


@given(value=hostile.filter(str.strip))
def test_what_a_dossier_carries_is_never_read_as_a_place(value: str) -> None:
    text = LetterText("Hồ sơ {mã hồ sơ}", "Lý do: {lý do}")
    reason = value.strip()
    written = queries.wording(
        "dossier.corrected",
        {"code": reason, "reason": f"x{{mã hồ sơ}}{reason}"},
        recipient="An",
        own=text,
    )
    assert "\n" not in written.subject
    assert written.body.startswith("Lý do: x{mã hồ sơ}")


def test_letter_that_goes_out_has_the_words_of_the_moment_it_was_posted() -> None:
    facts = samples.facts(KEY, hotline="1022")
    recipient = services.Recipient(None, "an@example.vn", "An")

    def post(hours: int) -> int:
        services.post(key=KEY, recipients=[recipient], context=facts, about="", at=MONDAY + hours * HOUR)
        return OutboxMessage.objects.latest("id").pk

    before = post(0)
    number = reword(hours=1)
    between = post(2)
    reword(OURS, hours=3, seen=number)
    after = post(4)
    carrier = Recorder()
    for _ in range(3):
        services.deliver_next(transport=carrier, at=MONDAY + 5 * HOUR)
    ours = queries.sample_of(KEY).subject
    assert [letter.subject for letter in carrier.letters] == [ours, f"Đã nhận hồ sơ {facts['code']}", ours]
    assert carrier.letters[1].body == (
        "Kính gửi An,\n\nHẹn trả: 17 giờ 00 phút, ngày 05 tháng 3 năm 2026.\n"
        "Phải nộp:\n- Lệ phí: 8.000 đồng\n\n"
        f"Xem: {facts['link']}"
    )
    shown = [queries.outbox_message(each) for each in (before, between, after)]
    assert [each.body for each in shown if each] == [letter.body for letter in carrier.letters]
    assert queries.reworded_letters() == frozenset()
    assert [each.is_ours for each in queries.letter_history(KEY)] == [True, False]


def test_english_that_was_not_reworded_is_ours() -> None:
    ours = queries.sample_of(KEY, language="en")
    assert queries.sample_of(KEY, language="en", own=TEXT) == ours
    english = replace(TEXT, subject_english="Got {mã hồ sơ}", body_english="By {ngày hẹn trả}")
    assert queries.sample_of(KEY, language="en", own=english).body == "By 17:00, 5 March 2026"


def test_version_is_in_the_chain_of_acts_with_its_reason() -> None:
    number = reword()
    reword(OURS, seen=number, hours=1)
    written = [(act.act, act.facts["why"], act.facts["subject"]) for act in audit.acts(what=f"letter:{KEY}")]
    assert sorted(written) == [("letter_given_back", "CV 12", ""), ("letter_reworded", "CV 12", TEXT.subject)]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"why": " "}, errors.WordsWithoutReason),
        ({"why": "x" * 501}, errors.WordsTooLong),
        ({"text": OURS}, errors.WordsUnchanged),
        ({"text": replace(TEXT, body="x")}, errors.LetterPlaceMissing),
        ({"seen": 7}, errors.WordsChangedMeanwhile),
        ({"actor": Actor(ActorKind.OFFICER, "0", "Ai đó")}, Forbidden),
    ],
)
def test_refusal_changes_nothing(changes: dict[str, object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        reword(**changes)  # type: ignore[arg-type]  # a dict of all kinds
    assert (LetterWording.objects.count(), audit.acts()) == (0, ())


@pytest.mark.parametrize("key", sorted(set(KEYS) - set(KINDS)))
def test_letter_that_guards_somebody_or_goes_to_officers_stays_ours(key: str) -> None:
    with pytest.raises(errors.LetterStaysOurs):
        reword(key=key)


def test_same_letter_again_is_refused_and_other_letters_have_versions_of_their_own() -> None:
    number = reword()
    with pytest.raises(errors.WordsUnchanged):
        reword(seen=number)
    reword(LetterText("Hồ sơ {mã hồ sơ}", "Đã rút.\n{lịch xác minh}"), key="dossier.withdrawn")
    assert queries.reworded_letters() == {KEY, "dossier.withdrawn"}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_at_once_the_later_is_told() -> None:
    start, said = Barrier(2), []

    def write(word: str) -> None:
        start.wait()
        try:
            reword(replace(TEXT, subject=f"{word} {{mã hồ sơ}}"))
            said.append("written")
        except errors.WordsChangedMeanwhile:
            said.append("told")
        finally:
            connection.close()

    both = [Thread(target=write, args=[word]) for word in ("Một", "Hai")]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(said) == ["told", "written"]
    assert LetterWording.objects.count() == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE notify_letterwording SET subject = ''", "DELETE FROM notify_letterwording"]
)
def test_version_is_kept_by_the_database_as_it_is(statement: str) -> None:
    reword()
    refused = pytest.raises(IntegrityError, match="of notify_letterwording refused")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_site_of_the_installation_may_be_named() -> None:
    number = reword(replace(TEXT, body=f"{TEXT.body}\n{settings.PUBLIC_URL}/"))
    assert asdict(queries.letter_history(KEY)[0].text)["body"].endswith(f"{settings.PUBLIC_URL}/")
    assert number
