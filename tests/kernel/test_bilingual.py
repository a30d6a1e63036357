"""Texts of the data in two languages."""

import pytest
from tests.kernel.letters import has_own_letters

from motcua.kernel.bilingual import Bilingual, bilingual

BOTH = Bilingual("Hồ sơ", "Dossier")


@pytest.mark.parametrize(
    ("text", "language", "read"),
    [
        (BOTH, "vi", "Hồ sơ"),
        (BOTH, "en", "Dossier"),
        (BOTH, "en-gb", "Dossier"),
        (BOTH, "fr", "Hồ sơ"),
        (Bilingual("Hồ sơ"), "en", "Hồ sơ"),
    ],
)
def test_bilingual_reads_english_only_where_there_is_some(text, language, read):
    assert text.in_language(language) == read


def test_bilingual_takes_the_english_beside_the_key():
    assert bilingual({"how": " Hồ sơ ", "how_english": "Dossier"}, "how") == BOTH
    assert bilingual({"how": "Hồ sơ"}, "how") == Bilingual("Hồ sơ")
    assert not bilingual({}, "how")


@pytest.mark.parametrize(
    ("text", "has"), [("Hồ sơ", True), ("VI PHẠM", True), ("Đ18", True), ("the dossier", False)]
)
def test_own_letters_tell_vietnamese_from_english(text, has):
    assert has_own_letters(text) is has
