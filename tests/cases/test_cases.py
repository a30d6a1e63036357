"""Every worked case in this folder agrees with what the real services do."""

from pathlib import Path

import pytest

from motcua.config.cases import printing, read_case, run_case

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.django_db
@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_case_played_through_the_services_agrees(file):
    result = run_case(read_case(file))
    assert result.agrees, "\n" + printing.as_text(result)
