"""A procedure that nobody may be entrusted with: marriage, by the sheet of the catalogue."""

from __future__ import annotations

import pytest
from tests.dossiers.test_acting import cast, company, file_as, mandate
from tests.dossiers.test_counter_acting import FIRM, PERSON, bring
from tests.dossiers.world import ONLINE_LEVEL, World, make_world, sheet

from motcua.accounts.rules.acting import MemberRole
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import OnlineLevel
from motcua.dossiers.enums import Capacity
from motcua.dossiers.errors import ForOrganisationsOnly, ForPersonsOnly, NoMandateHere
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.completeness import check_applicant
from motcua.dossiers.rules.state import Contents

pytestmark = pytest.mark.django_db
__all__ = ["cast"]  # a fixture

TEXT = "Điều 2 Thông tư 04/2020/TT-BTP"
ENTRUSTED = {"submitter_name": "Binh", "authority": "Giấy ủy quyền số 12"}


@pytest.fixture
def world(db: None, regulation: str) -> World:
    """With a procedure that everybody files for themselves."""
    level = ONLINE_LEVEL.get(regulation, OnlineLevel.FULL)
    return make_world(sheet(no_mandate=TEXT, online_level=level), regulation=regulation)


def test_representative_with_a_mandate_for_everything_begins_nothing(cast: World) -> None:
    with pytest.raises(NoMandateHere) as refused:
        file_as(cast, "binh", f"uy-quyen-{mandate(cast)}", until="draft")
    assert refused.value.params["basis"] == TEXT
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("capacity", [Capacity.AUTHORISED, Capacity.HIRED])
def test_who_files_by_a_paper_is_told_before_sending_and_refused_then(
    cast: World, capacity: Capacity
) -> None:
    draft = cast.draft(actor=cast.actor("binh"), capacity=capacity, **ENTRUSTED)
    with pytest.raises(NoMandateHere):
        cast.submit(draft, actor=cast.actor("binh"))
    assert cast.state(draft).status == "draft"


@pytest.mark.parametrize("capacity", [Capacity.AUTHORISED, Capacity.HIRED])
def test_counter_takes_nothing_of_somebody_entrusted(cast: World, capacity: Capacity) -> None:
    with pytest.raises(NoMandateHere):
        cast.register(applicant=PERSON, capacity=capacity, **ENTRUSTED)
    with pytest.raises(NoMandateHere):
        bring(cast, PERSON, "binh", f"uy-quyen-{mandate(cast)}")
    assert not Dossier.objects.exists()


def test_who_acts_by_law_or_for_themselves_or_for_the_post_files(cast: World) -> None:
    made = company(cast, binh=MemberRole.FILER)
    assert cast.submit(cast.draft()).status == "submitted"
    by_law = cast.draft(actor=cast.actor("binh"), capacity=Capacity.REPRESENTATIVE, **ENTRUSTED)
    assert cast.submit(by_law, actor=cast.actor("binh")).status == "submitted"
    assert bring(cast, FIRM, "binh", f"to-chuc-{made}").status == "submitted"
    carried = cast.register(applicant=PERSON, capacity=Capacity.REPRESENTATIVE, **ENTRUSTED)
    assert carried.status == "submitted"


@pytest.fixture
def for_persons(db: None, regulation: str) -> World:
    """With a procedure whose dossiers are those of persons."""
    level = ONLINE_LEVEL.get(regulation, OnlineLevel.FULL)
    return make_world(sheet(applicants=("person",), online_level=level), regulation=regulation)


def test_counter_takes_nothing_of_a_company_that_is_for_persons(for_persons: World) -> None:
    with pytest.raises(ForPersonsOnly):
        for_persons.register(applicant=FIRM)
    assert not Dossier.objects.exists()
    assert for_persons.register(applicant=PERSON).status == "submitted"


def test_company_begins_nothing_online_that_is_for_persons(for_persons: World) -> None:
    made = company(for_persons)
    with pytest.raises(ForPersonsOnly):
        file_as(for_persons, "an", f"to-chuc-{made}", until="draft")
    assert not Dossier.objects.exists()


def test_person_is_told_what_is_for_organisations() -> None:
    for_firms = sheet(applicants=("organisation",))
    check_applicant(for_firms, Contents(FIRM), None)
    check_applicant(sheet(), Contents(FIRM), None)
    with pytest.raises(ForOrganisationsOnly):
        check_applicant(for_firms, Contents(PERSON), None)


def test_catalogue_names_those_that_are_left_out(cast: World) -> None:
    (card,) = catalogue.not_by_mandate(cast.now.date())
    assert card.code == "1.000001"
