"""The texts that came with the system, and the place of every clause in them."""

import pytest

from motcua.law import queries
from motcua.law.rules.texts import Paragraph, load_text, place_of

ARTICLES = {"KT18": 17, "QN20": 30, "KT22": 27, "DL24": 26, "PT24": 26}


@pytest.mark.parametrize(("short_name", "count"), ARTICLES.items())
def test_text_holds_every_article_once_and_in_order(short_name, count):
    text = queries.text(short_name)
    numbers = [article.number for article in text.articles()]
    own = [number for number in numbers if not number.startswith("QD")]
    assert own == [str(number) for number in range(1, count + 1)]
    assert all(article.title.startswith("Điều ") for article in text.articles())


def test_every_clause_stands_in_the_text_but_the_one_from_the_metadata():
    law = queries.law()
    lost = [one.id for one in law.clauses.values() if not law.texts[one.regulation].of(one.id)]
    assert lost == ["DL24-META"]


def test_clause_that_stands_outside_the_articles_has_no_paragraphs():
    assert queries.text("DL24").of("DL24-META") == ()


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("DL24-8.1.c#2", "Thời điểm nhận hồ sơ trực tuyến"),
        ("KT18-14.4", "1/2 ngày làm việc"),
        ("PT24-9.2bis#1", "cấp một mã số hồ sơ"),
        ("QN20-6.1.b-1", "Không quá 05 ngày làm việc"),
        ("KT22-QD2", "24 tháng 3 năm 2022"),
        ("PT24-21.6", "12 giờ"),
        ("DL24-9.0", "Ngay sau khi tiếp nhận hồ sơ"),
    ],
)
def test_clause_is_found_where_the_text_says_it(clause, words):
    regulation = clause.partition("-")[0]
    found = queries.text(regulation).of(clause)
    assert any(words in paragraph.words for paragraph in found)


def test_clause_takes_what_stands_below_it_along():
    """No clause of the registry is of the two dashes of PT24-10.1.c; those of QN20-6.1.b have theirs."""
    words = [one.words for one in queries.text("PT24").of("PT24-10.1.c#2")]
    assert len(words) == 4
    assert any("phải được lập thành hồ sơ" in each for each in words)
    assert [one.address for one in queries.text("QN20").of("QN20-6.1.b-1")] == ["6.1.b-1"]
    assert [one.address for one in queries.text("PT24").of("PT24-9.1.0#1")] == ["9.1"]


@pytest.mark.parametrize("short_name", ARTICLES)
def test_no_paragraph_below_a_clause_is_lost(short_name):
    """Each stands with the nearest clause at or above it, and with no other."""
    text, law = queries.text(short_name), queries.law()
    clauses = {place_of(one): one for one in law.clauses if one.startswith(f"{short_name}-")}
    for paragraph in text.paragraphs:
        above = paragraph.address
        while above and above not in clauses:
            above = above.rpartition("-" if "-" in above else ".")[0]
        found = {place for place, one in clauses.items() if paragraph in text.of(one)}
        # a clause of a place that the text has not stands with what is around it
        assert {each for each in found if each in {one.address for one in text.paragraphs}} <= {above}
        assert not above or above in found or f"{above}.0" in found


def test_text_broken_line_is_a_problem_with_its_number():
    text, problems = load_text(
        "DL24", "# Nguồn\n1\tĐiều 1. A\n1.1 không có dấu tab\n§\tChương II\n2\tĐiều 2. B\n"
    )
    assert [str(each) for each in problems] == ["DL24.txt: line 3: not an address, a tab and words"]
    assert text.source == "Nguồn"
    assert [(one.number, one.chapter) for one in text.articles()] == [("1", ""), ("2", "Chương II")]
    assert text.of("DL24-1.1") == (Paragraph("1", "Điều 1. A"),)
