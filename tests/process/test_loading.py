"""The data that come with the system load whole, and loading again changes nothing."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.catalogue import queries as catalogue
from motcua.catalogue import services as catalogue_services
from motcua.kernel.actors import SYSTEM
from motcua.process import queries
from motcua.process import services as process_services
from motcua.process.enums import StepKind
from motcua.worktime.rules import ZONE

AT = datetime(2025, 12, 1, 9, 0, tzinfo=ZONE)
PROVINCES = ["kon-tum", "quang-ngai", "dak-lak", "phu-tho"]


@pytest.mark.django_db
@pytest.mark.parametrize("province", PROVINCES)
def test_province_loads_without_a_failed_row(province: str) -> None:
    closed_stay_open = province == "kon-tum"
    first = agency_services.load_province(
        province=province, actor=SYSTEM, at=AT, keep_closed_open=closed_stay_open
    )
    assert first.lines()[-1].endswith("lỗi 0")
    procedures = catalogue_services.load_published(province=province, actor=SYSTEM, at=AT)
    assert (procedures.created, procedures.failures) == (47, ())
    process_services.load_published(actor=SYSTEM, at=AT)
    for card in catalogue.published(date(2025, 12, 1)):
        offers = catalogue.offers_of(card.version_id, province=province, on=date(2025, 12, 1))
        assert offers, card
        for offer in offers[:1]:
            agency = agencies.agency(offer.agency_id)
            assert None not in (agency.desk_unit_id, agency.leadership_unit_id, agency.office_unit_id)


@pytest.mark.django_db
def test_province_loaded_again_changes_nothing() -> None:
    for _ in range(2):
        report = agency_services.load_province(province="kon-tum", actor=SYSTEM, at=AT)
    assert (report.created, report.updated, report.failures) == (0, 0, ())


@pytest.mark.django_db
def test_processes_load_and_each_procedure_has_one_with_intake_approval_and_return() -> None:
    catalogue_services.import_file(catalogue_services.PROCEDURES, actor=SYSTEM, at=AT)
    report = process_services.load_published(actor=SYSTEM, at=AT)
    assert (report.created, report.failures) == (91, ())
    again = process_services.load_published(actor=SYSTEM, at=AT)
    assert (again.created, again.updated, again.failures) == (0, 0, ())
    for card in catalogue.published():
        definition = queries.definition_for(card.code, None, date(2026, 1, 5))
        kinds = [step.kind for step in definition.steps]
        assert (kinds[0], kinds[-1]) == (StepKind.INTAKE, StepKind.RETURN), card
        assert StepKind.APPROVE in kinds, card
