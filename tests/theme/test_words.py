"""What people read keeps to docs/style-vi.md: no word that it refuses, no date or sum in a foreign form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.messages import texts

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/motcua"
STYLE = (ROOT / "docs/style-vi.md").read_text(encoding="utf-8")
# Pages of administrators and of lawyers may name the parts of a machine; citizens meet none of them.
NOT_FOR_CITIZENS = (
    *("desk/", "law/", "audit/", "incidents/", "agencies/", "process/", "integrations/"),
    *("config/", "catalogue/services/", "accounts/services/officers.py"),
)
LETTERS = "[a-zà-ỹđ]"
FOREIGN = {
    "a day not written 24/03/2022": r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}-\d{1,2}-\d{4}\b",
    "a time not written 08:30": r"\b\d{1,2}h(?:\d{2})?\b|\b\d{1,2}:\d{2} ?(?:AM|PM)\b",
    "a sum not written 50.000 đồng": r"\d,\d{3}\b|\d ?(?:đ|VNĐ|VND|₫)(?!\w)|₫",
    "a straight quotation mark": r"\"",
    "three dots": r"\.\.\.",
    "an exclamation mark": r"!",
    "two blanks": r"  ",
}


def refused(heading: str) -> list[str]:
    """The words of the first column of the table below a sentence of the style sheet."""
    rows = STYLE.partition(heading)[2].strip().partition("\n\n")[0].splitlines()[2:]
    return [word.strip() for row in rows for word in row.split("|")[1].split(",")]


FOR_NOBODY = refused("Nobody reads these:")
NOT_BY_CITIZENS = refused("only on pages of administrators:")


def spoken() -> Iterator[tuple[str, str]]:
    """Every Vietnamese text of the interface with the place where it stands."""
    for message in texts():
        forms = message.id if isinstance(message.id, tuple | list) else (message.id,)
        for place, _ in message.locations:
            yield place.removeprefix("src/motcua/"), " ".join(str(forms[0]).split(" \n"))


def written() -> Iterator[tuple[str, str]]:
    """Every letter, in Vietnamese, without its placeholders."""
    for file in sorted((SOURCE / "notify/templates/notify").rglob("*.txt")):
        if not file.name.endswith(".en.txt"):
            text = re.sub(r"{[{%#].*?[}%#]}", "", file.read_text(encoding="utf-8"))
            yield file.name, text


def slips() -> Iterator[tuple[str, str]]:
    """The forms of the slips, as they are drawn."""
    for file in sorted((SOURCE / "documents/data/slips").rglob("*.typ")):
        yield file.name, file.read_text(encoding="utf-8")


def bare(text: str) -> str:
    """Without placeholders, whose names are ours and not the reader's."""
    return re.sub(r"%\(\w+\)[#0\- +]?\d*(?:\.\d+)?[sdf]|{{.*?}}", "…", text)


def holds(word: str, text: str) -> bool:
    return re.search(rf"(?<!{LETTERS}){re.escape(word)}(?!{LETTERS})", text, re.IGNORECASE) is not None


@pytest.fixture(scope="module", name="said")
def all_that_is_said() -> list[tuple[str, str]]:
    """Reading the whole source takes seconds: not at import, where every process of a run would."""
    return [(place, bare(text)) for place, text in spoken()]


def test_style_sheet_names_words() -> None:
    assert {"click", "file", "vui lòng"} <= set(FOR_NOBODY)
    assert {"token", "UUID", "TTHC"} <= set(NOT_BY_CITIZENS)


def test_no_text_holds_a_word_that_nobody_reads(said: list[tuple[str, str]]) -> None:
    assert [(place, word, text) for place, text in said for word in FOR_NOBODY if holds(word, text)] == []


def test_no_text_for_citizens_holds_a_technical_term(said: list[tuple[str, str]]) -> None:
    found = [
        (place, word, text)
        for place, text in said
        if not place.startswith(NOT_FOR_CITIZENS)
        for word in NOT_BY_CITIZENS
        if holds(word, re.sub("cơ sở dữ liệu quốc gia", "", text, flags=re.IGNORECASE))
    ]
    assert found == []


def test_no_slip_holds_a_foreign_word() -> None:
    labels = [(name, label) for name, text in slips() for label in re.findall(r"\[([^\[\]#]+)\]", text)]
    assert [(name, word) for name, label in labels for word in FOR_NOBODY if holds(word, label)] == []


def test_no_letter_holds_a_technical_term() -> None:
    words = [word for word in (*FOR_NOBODY, *NOT_BY_CITIZENS) if word != "vui lòng"]
    assert [(name, word) for name, text in written() for word in words if holds(word, text)] == []


def test_desk_is_called_by_one_name(said: list[tuple[str, str]]) -> None:
    """It is a common noun; the names that laws and signs have for it stand in their texts and in data."""
    everything = [*said, *written(), *slips()]
    assert [(place, text) for place, text in everything if "Bộ phận Một cửa" in text] == []


@pytest.mark.parametrize("what", FOREIGN)
def test_no_text_is_written_in_a_foreign_form(what: str, said: list[tuple[str, str]]) -> None:
    assert [(place, text) for place, text in said if re.search(FOREIGN[what], text)] == []


def test_templates_write_days_times_and_sums_by_the_filters_of_the_house() -> None:
    """What Django's own filters may write: months of figures, hours, and moments for machines."""
    allowed = {'date:"n/Y"', 'date:"c"', 'time:"H:i"'}
    found = [
        (path.name, use)
        for face in ("portal", "desk", "theme")
        for path in sorted((SOURCE / face).rglob("templates/**/*.html"))
        for use in re.findall(
            r"\|((?:date|time|intcomma|floatformat|localize)\b(?::\"[^\"]*\")?)",
            path.read_text(encoding="utf-8"),
        )
        if use not in allowed
    ]
    assert found == []


# They stand when nothing works that could translate.
BILINGUAL = {"413.html", "414.html", "500.html", "503.html", "sent_again.html"}


def test_templates_say_nothing_in_vietnamese_that_is_not_translated() -> None:
    marked = re.compile(
        r"{%\s*(?:translate|trans)\b.*?%}|{%\s*blocktranslate\b.*?endblocktranslate\s*%}|{#.*?#}"
        r"|{%\s*comment.*?endcomment\s*%}|_\(\".*?\"\)",
        re.DOTALL,
    )
    left = [
        (path.name, line.strip())
        for face in ("portal", "desk", "theme")
        for path in sorted((SOURCE / face).rglob("templates/**/*.html"))
        if path.name not in BILINGUAL
        for line in marked.sub("", path.read_text(encoding="utf-8")).splitlines()
        if re.search("[À-ÖØ-öø-ỹ]", line)
    ]
    assert left == []
