"""Which files belong to a dossier, and which of them only those who work on it may read."""

from __future__ import annotations

from dataclasses import replace

from tests.dossiers.test_rules_life import CONTENTS, TARGET
from tests.dossiers.world import MONDAY

from motcua.dossiers.enums import Capacity, Decision, DossierPart, Status
from motcua.dossiers.rules.files import given, held, internal
from motcua.dossiers.rules.state import (
    AttachedDocument,
    Behalf,
    Consultation,
    DocumentRef,
    RequestPaper,
    ResultPaper,
    State,
    Verification,
)

PAPERS = (DocumentRef("paper", "scan"), DocumentRef("form", originals=1))
DRAFT = State(
    Status.DRAFT,
    1,
    TARGET,
    replace(CONTENTS, documents=PAPERS),
    behalf=Behalf("An", "066090000001", Capacity.AUTHORISED, "Ủy quyền", "1", file_id="mandate"),
)
FILED = replace(
    DRAFT,
    status=Status.IN_PROGRESS,
    filed_at=MONDAY,
    request_papers=(RequestPaper("asked", "corrected", MONDAY),),
    consultations=(
        Consultation(1, "?", 9, 9, "Sở", MONDAY, "7", MONDAY, file_id="opinion"),
        Consultation(2, "?", 9, 9, "Sở", MONDAY, "7", MONDAY),
    ),
    verifications=(Verification(1, None, "Thửa 12", "An", "Ranh giới", file_id="seen"),),
    attached=(
        AttachedDocument(1, DossierPart.DESK, "Ghi chú", "note", MONDAY),
        AttachedDocument(2, DossierPart.DESK, "Giấy mời", "letter", MONDAY, for_applicant=True),
    ),
    results=(
        ResultPaper("1", "Giấy phép", MONDAY, Decision.GRANT, "result"),
        ResultPaper("2", "Bản giấy", MONDAY, Decision.GRANT),
    ),
)


def test_dossier_holds_every_file_and_knows_which_is_a_result() -> None:
    dossier = dict.fromkeys(
        ("scan", "mandate", "asked", "opinion", "seen", "note", "letter", "replaced"), False
    )
    assert held({"replaced": False}, FILED) == dossier | {"result": True}


def test_draft_holds_what_is_in_it_now_and_lets_go_of_what_was_taken_out() -> None:
    assert held({"taken out": False}, DRAFT) == {"scan": False, "mandate": False}


def test_file_of_the_office_is_internal_and_what_was_added_for_the_applicant_is_given() -> None:
    assert internal(FILED) == ("opinion", "seen", "note")
    assert given(FILED) == ("letter",)
