"""Every worked case in this folder agrees with what the real services do."""

from pathlib import Path

import pytest

from motcua.config.cases import printing, read_case, run_case
from motcua.config.cases.model import CaseResult
from motcua.law import queries as law

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.django_db
@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_case_played_through_the_services_agrees(file):
    result = run_case(read_case(file))
    assert result.agrees, "\n" + printing.as_text(result)
    assert _clauses_without_a_row(result) == []


def _clauses_without_a_row(result: CaseResult) -> list[tuple[int, str]]:
    """Act and clause of every refusal that names what the registry of clauses does not hold."""
    refused = [(one.act.number, one.seen["refused"]) for one in result.acts if "refused" in one.seen]
    return [(number, c) for number, told in refused for c in told["clauses"] if c not in law.law().clauses]
