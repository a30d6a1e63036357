"""What people type, and what has to come first, or that nothing has to come: `questions.toml`."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue import queries, services
from motcua.catalogue.queries.search import Answers, synonyms
from motcua.catalogue.queries.sheets import in_force
from motcua.catalogue.rules import searching
from motcua.kernel.actors import SYSTEM
from motcua.kernel.text import fold
from motcua.worktime.rules import ZONE

QUESTIONS = tomllib.loads((Path(__file__).parent / "questions.toml").read_text(encoding="utf-8"))
SYNONYMS = Path(searching.__file__).parents[1] / "data/synonyms.toml"
FIRST, NONE, NEAR = QUESTIONS["first"], QUESTIONS["none"]["words"], QUESTIONS["near"]


@pytest.fixture
def published() -> None:
    at = datetime(2025, 12, 1, 9, 0, tzinfo=ZONE)
    services.import_file(services.PROCEDURES, actor=SYSTEM, at=at)


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_what_people_mean_comes_first() -> None:
    astray = {}
    for text, code in FIRST.items():
        found = queries.search(text, 3)
        if not found or found[0].code != code:
            astray[text] = [card.title for card in found]
    assert astray == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_what_is_settled_elsewhere_finds_nothing() -> None:
    noise = {text: [card.title for card in queries.search(text, 3)] for text in NONE}
    assert {text: found for text, found in noise.items() if found} == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_where_nothing_fits_what_there_is_about_the_same_thing_is_named() -> None:
    assert {text: [card.code for card in queries.near(text)][:1] for text in NEAR} == {
        text: [code] for text, code in NEAR.items()
    }
    assert queries.near("xyzzy") == ()
    assert queries.near("hộ chiếu") == ()


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("one", "other"), [("đăng ký xe", "đăng kí xe"), ("dang ky ket hon", "dang ki ket hon"), ("quý", "quí")]
)
def test_i_and_y_are_one_letter_where_vietnamese_writes_either(one: str, other: str) -> None:
    assert queries.search(other) == queries.search(one)
    assert queries.search("đăng kí xe") != ()


def test_i_and_y_stay_two_letters_where_they_make_two_words() -> None:
    asked = searching.question("máy", {})
    assert searching.score(asked, "Mái nhà", "") == 0
    assert searching.score(asked, "Máy móc", "") > 1


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_words_of_for_whom_or_how_never_empty_a_search_whose_core_is_a_matter_of_here() -> None:
    found = {text: queries.answers(text, 5).cards for text in QUESTIONS["with_more"]}
    first = {text: cards[0].code if cards else "" for text, cards in found.items()}
    assert first == QUESTIONS["with_more"]
    assert max(len(cards) for cards in found.values()) <= 5


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_phrase_whose_core_is_no_matter_of_here_still_finds_nothing() -> None:
    is_near = {"gia hạn giấy phép xây dựng"}  # what there is about the same paper is named as near
    texts = [*QUESTIONS["without_core"]["words"], *(text for text in NONE if text not in is_near)]
    assert {text: cards for text in texts if (cards := queries.answers(text).cards)} == {}
    assert not queries.answers("gia hạn giấy phép xây dựng").is_whole


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_search_finds_names_what_is_nearest_or_says_that_it_is_not_here() -> None:
    astray: dict[str, list[str]] = {}
    for verdict, questions in QUESTIONS["verdicts"].items():
        for text, expected in questions.items():
            found = queries.answers(text, 5)
            said = ("found" if found.is_whole else "near") if found.cards else "none"
            first = found.cards[0].code if found.cards else next(iter(queries.usual_names(text)), "")
            if (said, first) != (verdict, expected):
                astray[text] = [said, first, *(card.title for card in found.cards)]
    assert (sum(map(len, QUESTIONS["verdicts"].values())) >= 40, astray) == (True, {})


@pytest.mark.parametrize(
    ("text", "title", "answers"),
    [
        ("địa chỉ", "Chi trả trợ cấp trong cùng địa bàn", False),
        ("dia chi", "Chi trả trợ cấp trong cùng địa bàn", False),
        ("trợ cấp cùng địa bàn", "Chi trả trợ cấp trong cùng địa bàn", True),
        ("tro cpa cung dia ban", "Chi trả trợ cấp trong cùng địa bàn", True),
        ("bàn địa", "Chi trả trợ cấp trong cùng địa bàn", False),
        ("xac nhan thu nhap", "Thủ tục xác nhận hôn nhân", False),
        ("hòa giải đất", "Hòa giải tranh chấp đất đai", True),
    ],
)
def test_syllables_answer_only_where_they_stand_together(text: str, title: str, *, answers: bool) -> None:
    assert bool(searching.score(searching.question(text, {}), title, "")) == answers


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("hoi", 1),  # all there is
        ("xa hoi", 2),  # "xã hội", of which a title speaks, and not "hỏi"
        ("hóa đơn", 2),
        ("đơn khai sinh", 2),
    ],
)
def test_syllable_says_something_where_it_is_half_of_a_word(text: str, weights: int) -> None:
    title = searching.target_of("Trợ cấp xã hội", "")
    asked = searching.question(text, {}, titles=[title])
    assert sum(weight > 0 for weight in asked.weights) == weights


def test_word_of_an_everyday_phrase_that_only_joins_may_be_left_out() -> None:
    assert queries.usual_names("kết hôn người nước ngoài") == queries.usual_names(
        "kết hôn với người nước ngoài"
    )


def test_phrase_with_other_accents_is_not_said_in_a_title() -> None:
    asked = searching.question("thuốc lá", {"thuốc": ("khám bệnh, cấp thuốc",)})
    assert searching.found_in(asked, searching.target_of("Thuộc thẩm quyền", ""))[0][0] == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_what_comes_nearest_is_found_by_the_same_query_and_said_to_be_that() -> None:
    with CaptureQueriesContext(connection) as asked:
        found = queries.answers("khai sinh cho cháu ngoại")
    assert (len(asked), found.is_whole) == (1, False)
    assert queries.answers("đăng ký khai sinh") == Answers(queries.search("đăng ký khai sinh"), is_whole=True)


def test_word_that_is_whole_by_itself_is_no_other_with_a_tone_left_out() -> None:
    assert queries.usual_names("thuê nhà") == ()
    assert queries.usual_names("nop thue") == ("đăng ký thuế",)
    assert queries.usual_names("cươi") == ("đăng ký kết hôn",)


def test_usual_names_are_those_of_the_longest_phrase() -> None:
    assert queries.usual_names("cap lai bang lai") == ("cấp lại giấy phép lái xe",)
    assert queries.usual_names("hộ chiếu") == ("cấp hộ chiếu phổ thông",)
    assert queries.usual_names("xyzzy") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mở công ty", "không phải là công ty"),
        ("mat so ho khau", "không được cấp lại"),
        ("tôi làm mất sổ hộ khẩu", "không được cấp lại"),
        ("bán rượu", "giấy phép"),
    ],
)
def test_what_is_to_be_known_of_a_matter_is_told(text: str, said: str) -> None:
    notes = queries.notes(text)
    assert [said in note.vietnamese for note in notes] == [True]
    assert all(note.english for note in notes)


@pytest.mark.parametrize("text", ["", "khai sinh", "nhập hộ khẩu", "đóng cửa công ty", "doanh nghiệp"])
def test_nothing_is_told_of_other_matters(text: str) -> None:
    assert queries.notes(text) == ()


def test_notes_are_of_phrases_that_are_known() -> None:
    table = tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))
    assert {words for note in table["notes"] for words in note["words"]} - set(table["synonyms"]) == set()


@pytest.mark.parametrize("word", ["truong", "nghieng", "khoang", "thuong", "certificate", "xyzxyzxyz"])
def test_one_word_is_not_taken_apart(word: str) -> None:
    assert [each.folded for each in searching.question(word, synonyms()).words] == [word]


@given(st.sampled_from(sorted(synonyms())))
def test_phrase_that_was_typed_without_blanks_is_read_as_words_or_left_alone(everyday: str) -> None:
    glued = fold(everyday).replace(" ", "")
    asked = searching.question(glued, synonyms())
    read = "".join(word.folded for word in asked.words)
    assert read.replace("y", "i") == glued.replace("y", "i")


@given(st.sampled_from(sorted(synonyms())))
def test_every_everyday_phrase_finds_a_procedure_of_its_official_name(everyday: str) -> None:
    """With its accents and without."""
    title = synonyms()[everyday][0]
    for text in (everyday, fold(everyday)):
        assert searching.score(searching.question(text, synonyms()), title.capitalize(), "") > 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_a_score(text: str, title: str) -> None:
    asked = searching.question(text, synonyms())
    assert searching.score(asked, title, fold(title)) >= 0


@given(st.lists(st.sampled_from(["khai", "sinh", "đăng", "ký", "kết", "hôn", "tử"]), min_size=2, unique=True))
def test_a_title_answers_its_own_words_best(words: list[str]) -> None:
    title = " ".join(words)
    asked = searching.question(title, {})
    assert searching.score(asked, title, "") >= searching.score(asked, f"{title} và việc khác", "")


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [("thuongg binh", "thuong binh"), ("luong huu", "luong huu"), ("tnhh", "tnhh"), ("xyzzy", "xyzzy")],
)
def test_key_pressed_twice_is_one_letter_where_that_makes_a_syllable(typed: str, read_as: str) -> None:
    assert searching.question(typed, {}).phrase == read_as


def test_matter_that_is_not_settled_here_is_named_after_a_slip_too() -> None:
    assert queries.usual_names("thuongg binh") == ("chế độ ưu đãi đối với thương binh, người có công",)


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("lamf", "làm"),
        ("lam2", "làm"),
        ("ddoocj", "độc"),
        ("hoon", "hôn"),
        ("truwowngf", "trường"),
        ("truong72", "trường"),
        ("xinh", "sinh"),
        ("chợ", "trợ"),
        ("xin", "xin"),  # a word of its own
        ("kt3", "kt3"),
        ("2024", "2024"),
        ("tur", "tur"),  # of Telex it is half a word
        ("visa", "visa"),
    ],
)
def test_word_typed_for_another_keyboard_or_as_it_sounds_is_read_as_a_known_one(
    typed: str, read_as: str
) -> None:
    assert [word.text for word in searching.question(typed, synonyms()).words] == [read_as]


def test_word_with_accents_is_not_found_for_another_that_shares_its_letters() -> None:
    assert searching.score(searching.question("thuốc", {}), "Chủ trương thuộc thẩm quyền", "thuoc") == 0
    assert searching.score(searching.question("thai sản", {}), "Đăng ký tài sản", "") == 0
    assert searching.score(searching.question("thuoc", {}), "Chủ trương thuộc thẩm quyền", "thuoc") > 1


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("mất giấy tờ", "giay-to-sai"),
        ("giay to mat", "giay-to-sai"),
        ("lost papers", "giay-to-sai"),
        ("người thân qua đời", "nguoi-than-mat"),
        ("moving house", "cho-o"),
        ("xyzzy", ""),
        ("", ""),
    ],
)
def test_what_happens_in_a_life_is_found_too(text: str, key: str) -> None:
    assert [event.key for event in queries.events(text)][:1] == ([key] if key else [])


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_accents_left_out_make_no_sure_answer_of_one_syllable_outside_the_title() -> None:
    assert queries.search("giay to mat") == queries.search("giấy tờ mất") == ()


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_every_title_finds_its_own_procedure_first_without_accents_too() -> None:
    titles = dict(in_force(None).values_list("title", "procedure__code"))
    found = queries.search_each([*titles, *map(fold, titles)], 1)
    astray = {
        text: [card.title for card in found[text]]
        for title, code in titles.items()
        for text in (title, fold(title))
        if [card.code for card in found[text]] != [code]
    }
    assert (len(titles) > 40, astray) == (True, {})


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "text", ["đã kết hôn", "người đã mất", "giấy phép kinh doanh vận tải", "ra nước ngoài"]
)
def test_words_that_titles_hold_or_that_join_are_read_the_same_without_accents(text: str) -> None:
    first = [[card.code for card in queries.answers(each).cards[:1]] for each in (text, fold(text))]
    assert first[0] == first[1]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [("nguoi da mat", "nguoi da mat"), ("ra sao", "ra sao"), ("dấy khai sinh", "giấy khai sinh")],
)
def test_word_that_joins_a_sentence_is_none_that_sounds_alike(text: str, read_as: str) -> None:
    assert " ".join(word.text for word in searching.question(text, synonyms()).words) == read_as


def test_word_of_a_title_is_none_that_sounds_alike() -> None:
    title = searching.target_of("Công nhận làng xanh", "")
    assert searching.question("xanh", {"sanh": ("sanh",)}).phrase == "sanh"
    assert searching.question("xanh", {"sanh": ("sanh",)}, titles=[title]).phrase == "xanh"


def test_title_that_holds_all_that_was_asked_goes_before_an_everyday_phrase() -> None:
    """But the everyday phrase alone is what it is in everyday words."""
    synonyms_of_one = {"giấy phép kinh doanh": ("đăng ký hộ kinh doanh",)}
    titles = ("Đăng ký hộ kinh doanh", "Cấp giấy phép kinh doanh vận tải bằng xe ô tô")

    def first(text: str) -> str:
        asked = searching.question(text, synonyms_of_one)
        return max(titles, key=lambda title: searching.score(asked, title, "van tai"))

    assert first("giấy phép kinh doanh vận tải") == first("giay phep kinh doanh van tai") == titles[1]
    assert first("kinh doanh vận tải giấy phép") == titles[1]
    assert first("giấy phép kinh doanh") == titles[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("giấy độc thâm", ["độc thân"]),
        ("nhap ho kahu", ["nhập hộ khẩu"]),
        ("mở qán ăn", ["mở quán ăn"]),
        ("thuế", ["thuế"]),  # a word that is known as it stands is no slip of "thuê"
        ("giấy độc hại", []),  # two slips away
        ("so dro", []),
    ],
)
def test_everyday_phrase_is_known_after_one_slip_in_one_of_its_words(typed: str, meant: list[str]) -> None:
    assert [each.everyday for each in searching.question(typed, synonyms()).known] == meant
