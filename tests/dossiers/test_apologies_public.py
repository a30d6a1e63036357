"""Letters of apology that are public: where the regulation publishes them, for a time, and nobody's name."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings
from tests.dossiers.saying import saying
from tests.dossiers.test_rules_life import CONTENTS, FACTS, FIRST
from tests.dossiers.world import MONDAY, World

from motcua.config.simulation import invariants
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Capacity, Correctable, TakerPaper
from motcua.dossiers.rules import decide, events, fold
from motcua.dossiers.rules.publishing import masked_name, masked_reason, publishes_apologies
from motcua.dossiers.rules.said_days import days_of
from motcua.dossiers.rules.state import Applicant, Contents, Handing, State, Taker
from motcua.dossiers.services import Act
from motcua.kernel import text as letters
from motcua.law import queries as law

AN = Applicant("Nguyễn Văn An", "066090000001", "0905 000 001", "an@example.vn", "12 Lê Duẩn, Buôn Ma Thuột")

SENT = events.Submitted(MONDAY, "DL24", "N1", "key", events.Move())


def about(contents: Contents) -> State:
    state = fold(None, decide(None, FIRST, FACTS, MONDAY)[0], MONDAY)
    return replace(state, contents=contents)


@pytest.mark.clause("DL24-5.10")
def test_only_the_regulation_that_says_so_publishes_apologies() -> None:
    publishing = {name for name, one in law.law().regulations.items() if publishes_apologies(one)}
    assert publishing == {"DL24"}
    assert publishes_apologies(saying("PT24", apology__published=True))


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Nguyễn Văn An", "N. V. A."), ("Y Êban", "Y. Ê."), ("  An ", "A."), ("", ""), ("(Ông) Đỗ", "Đ.")],
)
def test_name_is_published_as_initials(name: str, initials: str) -> None:
    assert masked_name(name) == initials


@pytest.mark.clause("DL24-5.10", "DL24-3.4")
@pytest.mark.parametrize(
    ("reason", "public"),
    [
        ("Chờ kết quả xác minh của Sở Xây dựng.", "Chờ kết quả xác minh của Sở Xây dựng."),
        ("Hồ sơ của nguyễn văn an chưa rõ.", "Hồ sơ của … chưa rõ."),
        ("Chưa liên hệ được số 0905 000 001 của ông An.", "Chưa liên hệ được số … của ông …."),
        ("Số 066090000001, an@example.vn", "Số …, …"),
        ("Đất tại 12 Lê Duẩn, Buôn Ma Thuột đang tranh chấp", "Đất tại … đang tranh chấp"),
        ("Bà Trần Thị Bình, người giáp ranh, vắng mặt", "Bà … người giáp ranh, vắng mặt"),
        ("Chờ Trần Thị Cúc ký", "Chờ … ký"),  # said in the form
        ("Bình thường: chờ 15 ngày", "Bình thường: chờ 15 ngày"),
        ("Hồ sơ của Nguyễn\u00a0\nVăn  An, số 066090–000001, gọi 0905/000/001", "Hồ sơ của …, số …, gọi …"),
        ("Ho so cua NGUYEN VAN AN, ong Le Van Tam", "Ho so cua …, ong …"),
        ("Ng\u200buyễn-Văn_An; (0905).000.001; 0905,000,001", "…; (…; …"),
        ("12 Le Duan - Buon Ma Thuot", "…"),
        ("an @ example.vn, mẹ là Tran Thi\u2003Cuc", "… mẹ là …"),
        ("Sinh 5/12/1990 hay 05/12/1990", "Sinh … hay …"),
        (
            "Chờ từ 15/03/2024 – 20/03/2024, 08:30 15/3/2024",
            "Chờ từ 15/03/2024 – 20/03/2024, 08:30 15/3/2024",
        ),
        ("Theo Điều 12, 15, 18, 20, 22", "Theo Điều 12, 15, 18, 20, 22"),
        ("Chờ ba Sở trả lời", "Chờ ba Sở trả lời"),
        ("Thiếu xác minh của Văn An, Nguyễn An, văn bản", "Thiếu xác minh của …, …, văn bản"),
        ("Thi hành án, thi án An", "Thi hành án, thi án An"),
        ("Con là Gia Bảo hay Lê Bảo; Van An", "Con là … hay …; …"),
        ("Đo thửa số 12 Lê Duẩn, số 12 đường Lê Duẩn", "Đo thửa số …, số …"),
        ("Đường Lê Duẩn ngập; UBND phường Tân Lợi", "Đường Lê Duẩn ngập; UBND phường Tân Lợi"),
        ("Nhà ở Thôn 3, 7/2 Trần Phú", "Nhà ở …, …"),
        ("Số giấy BK 123456 và C1234567", "Số giấy … và …"),
    ],
)
def test_reason_is_published_without_what_the_dossier_says_of_people(reason: str, public: str) -> None:
    form = {"mother": "Trần Thị Cúc", "born": "1990-12-05", "copies": "2", "wishes": ["Cấp bản sao"]}
    form |= {"child": "Lê Gia Bảo", "place": "Thôn 3, phường Tân Lợi", "shop": "Số 7/2 Trần Phú, Tuy Hòa"}
    got = masked_reason(reason, about(Contents(AN, form)))
    assert got.replace("…,", "…") == public.replace("…,", "…")


@pytest.mark.clause("DL24-5.10", "DL24-3.4")
@pytest.mark.parametrize(
    ("reason", "public"),
    [
        ("Người sinh ngày 01 tháng 02 năm 1990 vắng", "Người sinh ngày … vắng"),
        ("sinh ngày 1 tháng 2 năm 1990; sinh ngay 1 thang 2 nam 1990", "sinh ngày …; sinh ngay …"),
        ("mùng 1 tháng hai, năm 1990, Ngày 1 Tháng 2, 1990", "mùng …, Ngày …"),
        ("sinh 01/2/1990, 1/02/1990, 1.2.1990, 1-2-1990", "sinh …, …, …, …"),
        ("01.02.1990 – 15.03.2024", "… – 15.03.2024"),
        ("sinh 1 / 2 / 1990, 01/02 năm 1990, 1/2/90, 1990/2/1", "sinh …, …, …, …"),
        (
            "sinh năm 1990, SN 1990, sinh: 2/1990, sinh ngày 1/2, nam sinh 90",
            "sinh năm …, SN …, sinh: …, sinh ngày …, nam sinh …",
        ),
        ("01/II/1990, 1-ii-1990; born Feb 1, 1990; 1 February 1990", "…, …; born …; …"),
        ("1990 (năm sinh), sinh đúng ngày 1/2, sinh Feb 1990", "… (năm sinh), sinh đúng ngày …, sinh …"),
        ("cháu sinh 5/01/2024, ngày 05 tháng 01 năm 2024", "cháu sinh …, ngày …"),
        ("số 12, 1/2/1990", "số 12, …"),
        # What is not said of people, the days of the dossier above all.
        ("Nộp ngày 04/03/2024, hẹn 15 tháng 3 năm 2024", "Nộp ngày 04/03/2024, hẹn 15 tháng 3 năm 2024"),
        ("Hẹn 15-03-2024, 15.03.2024", "Hẹn 15-03-2024, 15.03.2024"),
        ("Luật năm 1990, tháng 2/1990, ngày 1/2; 2024", "Luật năm 1990, tháng 2/1990, ngày 1/2; 2024"),
        ("Ngày 11/2/1990, 1/2/1991, 1/21990", "Ngày 11/2/1990, 1/2/1991, 1/21990"),
        ("sinh 1 con, phát sinh 2 việc", "sinh 1 con, phát sinh 2 việc"),
        ("Phụ lục 1/II/2024, năm 1990 sinh viên", "Phụ lục 1/II/2024, năm 1990 sinh viên"),
    ],
)
def test_day_of_somebody_is_hidden_however_it_is_written_and_every_other_stays(
    reason: str, public: str
) -> None:
    state = about(
        Contents(replace(AN, date_of_birth=date(1990, 2, 1)), {"child": "2024-01-05", "cups": "12"})
    )
    assert masked_reason(reason, state) == public


MARKS = st.sampled_from(["/", ".", "-", " ", " / ", ", ", "–", "\u00a0", "/\u200b", "_"])


@given(
    st.dates(date(1910, 1, 1), date(2026, 1, 1)), st.booleans(), st.booleans(), st.booleans(), MARKS, MARKS
)
@settings(deadline=None)
def test_no_day_of_somebody_survives_however_its_numbers_are_set_apart(
    born: date, has_zero_day: bool, has_zero_month: bool, is_in_words: bool, first: str, second: str
) -> None:
    day = f"{born.day:02}" if has_zero_day else str(born.day)
    month = f"{born.month:02}" if has_zero_month else str(born.month)
    typed = f"{day}{first}tháng {month}{second}năm {born.year}"
    typed = typed if is_in_words else f"{day}{first}{month}{second}{born.year}"
    for known in (Contents(replace(AN, date_of_birth=born)), Contents(AN, {"child": born.isoformat()})):
        assert masked_reason(f"Trẻ sinh ngày {typed}.", about(known)) == "Trẻ sinh ngày …."
    assert [*days_of(letters.as_seen(typed))] == [born]


WORDS = st.text(alphabet="abcđêôưnhgtảấ XYĐ", max_size=30)


@given(WORDS, WORDS, st.sampled_from(["name", "personal_id", "phone", "email", "address"]))
def test_nothing_of_the_applicant_survives_wherever_it_stands(before: str, after: str, field: str) -> None:
    secret = getattr(AN, field)
    got = masked_reason(f"{before} {secret} {after}", about(replace(CONTENTS, applicant=AN)))
    assert secret.casefold() not in got.casefold()


NAMES = st.sampled_from(["Nguyễn Văn An", "Lê Thị Minh Hạnh", "trần bình", "H’ Hoa Niê", "Phạm Dũng"])
HOMES = st.sampled_from(["12 Lê Duẩn, Tân Lợi", "Số 7/2 đường Hùng Vương, Ea Tam", "Thôn 3, Ea Kao"])
CORRECTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("name"), NAMES),
        st.tuples(st.just("submitter_name"), NAMES),
        st.tuples(st.just("address"), HOMES),
        st.tuples(st.just("phone"), st.sampled_from(["0905000001", "02623 852 852"])),
        st.tuples(st.just("personal_id"), st.sampled_from(["066090000001", "066090000019"])),
        st.tuples(st.just("date_of_birth"), st.sampled_from(["1990-12-05", ""])),
    ),
    max_size=6,
)


@pytest.mark.clause("DL24-5.10", "DL24-3.4")
@given(CORRECTIONS, WORDS)
@settings(deadline=None)
def test_no_correction_makes_readable_what_was_hidden(made: list[tuple[str, str]], between: str) -> None:
    """Whatever was once said of people is hidden from then on, in letters from before and after."""
    state = fold(about(Contents(replace(AN, date_of_birth=date(1990, 5, 12)))), SENT, MONDAY)
    said = {AN.name, AN.personal_id, AN.phone, AN.email, "12 Lê Duẩn", "12/05/1990"}
    for name, value in made:
        state = fold(state, corrected(name, value), MONDAY)
        said.add(value.split(",")[0] if name == "address" else value)
        for each in filter(None, said):
            public = masked_reason(f"{between} {each} {between}", state)
            assert squeezed(each) not in squeezed(public)


def corrected(field: str, value: str) -> events.Corrected:
    identity = ("personal_id", "date_of_birth")
    what = Correctable.IDENTITY if field in identity else Correctable.CONTACT
    change = events.Change(field, "", value)
    return events.Corrected(what, (change,), "Gõ nhầm", events.Move())


@pytest.mark.clause("DL24-3.4")
def test_what_a_supplement_replaced_stays_hidden_and_what_a_draft_said_was_never_read() -> None:
    draft = about(Contents(AN, {"mother": "Trần Thị Cúc"}))
    draft = fold(draft, events.DraftSaved(draft.target, Contents(AN, {"mother": "Lê Thị Bé"}), "1"), MONDAY)
    sent = fold(draft, SENT, MONDAY)
    assert sent.said_before == ()
    answered = Contents(replace(AN, address="5 Trần Phú, Tuy Hòa"), {"mother": "Phạm Thị Dung"})
    after = fold(sent, events.Supplemented(answered, (), None, None, events.Move()), MONDAY)
    assert after.said_before == (AN.address, "Lê Thị Bé")
    assert masked_reason("Chờ Thị Bé, Thị Dung, 12 Lê Duẩn", after).count("…") == 3
    back = fold(after, corrected("address", AN.address), MONDAY)
    assert back.said_before == (AN.address, "Lê Thị Bé", "5 Trần Phú, Tuy Hòa")


def test_who_took_a_result_stays_hidden_once_the_return_was_taken_back() -> None:
    sent = fold(about(Contents(AN)), SENT, MONDAY)
    taker = Taker(Capacity.AUTHORISED, "Giấy ủy quyền", TakerPaper.IDENTITY, "066190000077")
    handing = Handing("counter", "Vũ Thị Xuân", taker=taker)
    returned = fold(sent, events.ResultReturned(handing, events.Move()), MONDAY)
    back = fold(returned, events.Corrected(Correctable.RETURN, (), "Nhầm", events.Move()), MONDAY)
    for each in (returned, back):
        assert masked_reason("Chờ Thị Xuân, 066 190 000 077", each) == "Chờ …, …"


@pytest.mark.parametrize(
    ("reason", "public"),
    [
        ("thư an @ example.vn chưa trả lời", "thư … chưa trả lời"),
        ("thư an@ example.vn, b @example.vn chưa trả lời", "thư … chưa trả lời"),
        ("<an@example.vn>", "…"),
        ("thư a@b@ c đến", "thư … đến"),
        ("@", "…"),
    ],
)
def test_address_is_found_from_its_sign(reason: str, public: str) -> None:
    assert masked_reason(reason, about(CONTENTS)) == public


def mask_time(reason: str) -> float:
    """Processor time of this thread, the least of three."""
    state, taken = about(Contents(AN, {"mother": "Trần Thị Cúc", "born": "1990-12-05"})), []
    for _ in range(3):
        began = time.thread_time()
        masked_reason(reason, state)
        taken.append(time.thread_time() - began)
    return min(taken)


@pytest.mark.parametrize(
    "words",
    [
        "ba ",
        "ba, ",
        "Anh ",
        "x",
        "@",
        "a@",
        "1 ",
        "1/2/1990 ",
        "sinh ",
        "A ",
        "số 12 ",
        "(",
        "Nguyễn ",
        "ông A, ",
    ],
)
def test_work_of_the_mask_grows_with_the_text_and_not_with_its_square(words: str) -> None:
    """Eight times the text: eight times the work, where its square would be sixty-four times."""
    assert mask_time(words * 4000) < 30 * mask_time(words * 500)


HIDDEN = st.sampled_from(["", " ", "  ", "\u00a0", "\n", "\r\n", "\u2003", "\u200b", "\u2060 ", "\u00ad"])
GROUPED = st.sampled_from(["", " ", "-", "–", ".", "/", " / ", "\u00a0", "\u2011", "_", ") ", ","])


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", letters.fold(letters.as_seen(text)))


@given(st.data(), WORDS, st.sampled_from(["name", "email", "address"]), st.booleans())
def test_no_word_survives_whatever_stands_between_its_parts(
    data: st.DataObject, before: str, field: str, is_bare: bool
) -> None:
    secret = getattr(AN, field)
    typed = "".join(data.draw(HIDDEN) + " " if char == " " else char for char in secret)
    typed = letters.fold(typed) if is_bare else typed
    got = masked_reason(f"{before} {typed}.", about(replace(CONTENTS, applicant=AN)))
    assert squeezed(secret) not in squeezed(got)


@given(st.data(), st.sampled_from(["066090000001", "0905000001", "0123456789"]))
def test_no_number_survives_however_its_digits_are_grouped(data: st.DataObject, number: str) -> None:
    typed = "".join(char + data.draw(GROUPED) for char in number)
    got = masked_reason(f"Số {typed} của ai", about(CONTENTS))
    assert number not in squeezed(got)


@given(st.sampled_from(["name", "personal_id", "phone", "address"]), st.text(" \n\u00a0\u200b", max_size=3))
def test_simulation_sees_what_people_would_read(field: str, between: str) -> None:
    state = about(Contents(AN))
    secret = getattr(AN, field).replace(" ", f"{between} ")
    assert list(invariants.leaks(state, f"<p>Ho so {letters.fold(secret)}\u00a0</p>"))
    assert not list(invariants.leaks(state, f"<p>{masked_reason(secret, state)}</p>"))


def extended(world: World, to: date = date(2024, 3, 12)) -> Act:
    act = world.until("assign")
    asked = world._on(act, "hanh") | {"new_day": to, "reason": "Nguyễn Văn An vắng mặt khi xác minh"}
    return services.extend(**asked)


@pytest.mark.django_db
@pytest.mark.clause("DL24-5.10")
def test_letter_is_public_from_the_moment_it_is_sent_without_the_name(world: World) -> None:
    act = world.until("assign")
    assert queries.public_apologies("dak-lak", world.now) == ((), None)
    act = services.extend(
        **world._on(act, "hanh") | {"new_day": date(2024, 3, 12), "reason": "Nguyễn Văn An vắng mặt"}
    )
    (letter,), older = queries.public_apologies("dak-lak", world.now)
    state = world.state(act)
    assert (letter.number, letter.initials, letter.reason) == (state.code, "N. V. A.", "… vắng mặt")
    assert (letter.was_due_at, letter.due_at, letter.is_timely) == (state.promised_at, state.due_at, True)
    assert (letter.agency_name, letter.procedure, older) == ("Sở Tư pháp", "Cấp giấy phép thử nghiệm", None)


@pytest.mark.django_db
@pytest.mark.clause("DL24-5.10", "DL24-3.4")
def test_whoever_follows_by_the_code_reads_no_name_however_it_is_spaced(world: World, client: Client) -> None:
    act = world.until("assign")
    reason = "Hồ sơ của Nguyễn\u00a0 Văn\nAn, số 066090–000001, điện thoại 0905/000/001"
    act = services.extend(**world._on(act, "hanh") | {"new_day": date(2024, 3, 12), "reason": reason})
    (letter,), _older = queries.public_apologies("dak-lak", world.now)
    page = client.get(reverse("portal:track", args=[world.state(act).code])).content.decode()
    assert letter.reason == "Hồ sơ của …, số …, điện thoại …"
    assert letter.reason in page
    assert not {"066090", "0905/000"} & set(re.findall("066090|0905/000", page))


@pytest.mark.django_db
def test_letter_stays_public_as_long_as_the_installation_sets(world: World, settings: Settings) -> None:
    extended(world)
    settings.APOLOGIES_PUBLIC_DAYS = 30
    assert len(queries.public_apologies("dak-lak", world.now + timedelta(days=29))[0]) == 1
    assert queries.public_apologies("dak-lak", world.now + timedelta(days=31))[0] == ()
    assert queries.public_apologies("dak-lak", world.now - timedelta(days=1))[0] == ()
    assert queries.public_apologies("phu-tho", world.now)[0] == ()


@pytest.mark.django_db
def test_letter_of_a_dossier_under_another_regulation_is_not_public(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    extended(world)
    silent = replace(law.law(), regulations={"DL24": saying("DL24", apology__published=None)})
    monkeypatch.setattr(law, "law", lambda: silent)
    assert queries.public_apologies("dak-lak", world.now) == ((), None)


@pytest.mark.django_db
def test_letters_come_a_page_at_a_time_in_one_question(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    codes = [world.state(extended(world)).code for _ in range(5)]
    queries.public_apologies("dak-lak", world.now)  # agencies are remembered
    seen, after = [], None
    for _ in range(3):
        with django_assert_num_queries(1):
            page, after = queries.public_apologies("dak-lak", world.now, after=after, limit=2)
        seen += [letter.number for letter in page]
    assert (seen, after) == (codes[::-1], None)
    assert queries.public_apologies("dak-lak", world.now, after="lạ", limit=2)[0]
