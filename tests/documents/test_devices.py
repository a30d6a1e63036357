"""What the page on devices asks of them is what the system really takes from them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from motcua.accounts.rules.identity_cards import read_card
from motcua.desk.scanning import reference_in
from motcua.documents import queries

PAGE = (Path(__file__).resolve().parents[2] / "docs/ops/devices.md").read_text(encoding="utf-8")
SLIPS = files("motcua.documents") / "data/slips/2018"


def _row(device: str) -> str:
    (row,) = (line for line in PAGE.splitlines() if line.startswith(f"| {device} |"))
    return row


@pytest.mark.clause("QN20-17.3")
@pytest.mark.any_regulation("a page of the manual for every province")
def test_scanners_are_asked_for_the_files_that_are_received() -> None:
    limits = queries.limits()
    seen = ", ".join(each.label for each in limits.types if each.is_shown_inline)
    assert f"files that the browser can send: {seen};" in _row("Document scanner")
    assert f"up to {limits.size_text} each" in _row("Document scanner")


@pytest.mark.clause("QN20-17.3")
@pytest.mark.any_regulation("a page of the manual for every province")
def test_printers_are_asked_for_the_paper_of_the_slips() -> None:
    form, register = ((SLIPS / name).read_text(encoding="utf-8") for name in ("form.typ", "register.typ"))
    assert 'paper: "a5"' in form
    assert 'paper: "a4"' in register
    assert "flipped: true" in register
    assert "width: 21mm" in form
    assert "A5 upright for slips, A4 across for the register" in _row("Printer")
    assert "21 mm" in _row("Printer")


@pytest.mark.clause("QN20-17.3")
@pytest.mark.any_regulation("a page of the manual for every province")
def test_code_scanners_type_what_the_desk_reads() -> None:
    row = _row("Code scanner")
    assert "`/tra-cuu/CODE`" in row
    assert reference_in("https://dichvucong.example.vn/tra-cuu/H15.15-240304-0001#x") == "H15.15-240304-0001"
    order = row.partition("identity card (`")[2].partition("`")[0].replace("\\|", "|").split("|")
    values = {
        "number": "066090000001",
        "old number": "240512345",
        "name": "Nguyễn Văn An",
        "ddmmyyyy": "01021990",
        "sex": "Nam",
        "address": "Buôn Ma Thuột",
    }
    card = read_card("|".join(values[part] for part in order))
    assert card is not None
    assert (card.personal_id, card.old_id, card.name) == ("066090000001", "240512345", "Nguyễn Văn An")
    assert (card.sex, card.address) == ("Nam", "Buôn Ma Thuột")
    assert card.date_of_birth is not None
    assert card.issued_on == card.date_of_birth
