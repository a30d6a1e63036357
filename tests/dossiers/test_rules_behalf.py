"""The rights on the portal by which somebody files for somebody else, and what a dossier keeps of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.dossiers.test_rules_life import CONTENTS

from motcua.accounts.rules.acting import Grant, MemberRole
from motcua.dossiers.enums import Capacity
from motcua.dossiers.rules.behalf import BELONGS, OWNS, behalf_of, bound, fitting
from motcua.dossiers.rules.state import Applicant, Behalf

FIRM = Grant(
    "to-chuc-7", "Công ty H15", "6001234567", True, organisation_id="7", role=MemberRole.OWNER, is_proved=True
)
PERSON = Grant(
    "uy-quyen-1", "An", "066090000001", True, principal_id="1", file_id="giay",
    since=date(2024, 3, 1), until=date(2024, 9, 30),
)  # fmt: skip


@pytest.mark.parametrize(
    ("role", "capacity", "authority"),
    [
        (MemberRole.OWNER, Capacity.REPRESENTATIVE, OWNS),
        (MemberRole.FILER, Capacity.AUTHORISED, BELONGS),
    ],
)
def test_only_who_owns_an_organisation_files_as_its_legal_representative(
    role: MemberRole, capacity: Capacity, authority: str
) -> None:
    assert behalf_of(replace(FIRM, role=role)) == Behalf(
        "Công ty H15", "6001234567", capacity, authority, organisation_id="7", is_proved=True
    )


def test_mandate_is_kept_with_its_days_and_its_paper() -> None:
    assert behalf_of(PERSON) == Behalf(
        "An",
        "066090000001",
        Capacity.AUTHORISED,
        "Ủy quyền trên Cổng từ 01/03/2024 đến 30/09/2024",
        account_id="1",
        file_id="giay",
    )


OTHERS = (
    replace(FIRM, number="6009999999"),
    replace(FIRM, may_act=False),
    replace(FIRM, procedures=frozenset({"1.000002"})),
    replace(PERSON, principal_id="2"),
    replace(PERSON, number="6001234567", principal_id="2"),  # a person who bears the number of the firm
)


@pytest.mark.parametrize(
    ("principal_id", "number", "found"),
    [("", "6001234567", FIRM), ("1", "", PERSON), ("1", "6001234567", FIRM), ("3", "", None), ("", "", None)],
)
def test_right_is_found_among_others_by_the_number_of_the_firm_or_the_account_of_the_person(
    principal_id: str, number: str, found: Grant | None
) -> None:
    among = (*OTHERS, FIRM, PERSON)
    assert fitting(among, "1.000001", principal_id=principal_id, organisation_number=number) == found


def test_what_is_filed_under_a_right_is_the_matter_of_whose_right_it_is() -> None:
    born = date(1990, 1, 1)
    typed = replace(CONTENTS, applicant=Applicant("Ai đó", "000000000000", date_of_birth=born))
    for_person, for_firm = (bound(typed, behalf_of(each), "Bình") for each in (PERSON, FIRM))
    assert for_person.applicant == Applicant("An", "066090000001", date_of_birth=born)
    assert for_firm.applicant == Applicant("Công ty H15", organisation_number="6001234567")
    assert (for_firm.submitter_name, for_firm.capacity, for_firm.authority) == (
        "Bình",
        Capacity.REPRESENTATIVE,
        OWNS,
    )
