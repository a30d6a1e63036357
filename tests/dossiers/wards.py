"""A second agency and a second procedure, where a story needs one."""

from __future__ import annotations

from datetime import time
from typing import Any

from tests.dossiers.world import World, process_for, published, sheet

from motcua.accounts.models import Account
from motcua.agencies.enums import AgencyKind, AgencyLevel, Role, UnitKind
from motcua.agencies.models import Agency, Position, Unit
from motcua.catalogue.models import Competence
from motcua.catalogue.rules.sheets import OfferedLimit
from motcua.dossiers.services import Act
from motcua.kernel.limits import TimeLimit


def ward(world: World) -> Agency:
    """Another agency that settles the procedure, with Huệ at its desk."""
    agency = Agency.objects.create(
        province=world.agency.province, key="phuong", code="H15.22", name="UBND phường",
        level=AgencyLevel.COMMUNE, kind=AgencyKind.COMMUNE_COMMITTEE,
    )  # fmt: skip
    units = {
        kind: Unit.objects.create(agency=agency, key=kind.value, name=kind.value, kind=kind.value)
        for kind in UnitKind
    }
    Competence.objects.create(
        procedure=world.version.procedure, agency=agency, settling_unit=units[UnitKind.DIVISION]
    )
    world.people["hue"] = Account.objects.create(
        kind="officer", username="hue", full_name="Huệ", created_at=world.now
    )
    Position.objects.create(account=world.people["hue"], unit=units[UnitKind.DESK], role=Role.RECEIVER.value)
    return agency


def same_day(world: World, **changes: Any) -> Act:
    """A dossier at the counter of a procedure that gives its result within the day, before the cut-off."""
    limit = OfferedLimit(None, None, TimeLimit.parse("1wd"), "1", "working_day", cutoff=time(15))
    content = sheet(code="1.000015", title="Thủ tục trả kết quả ngay", limits=(limit,))
    version = published(content, world.agency, world.units[UnitKind.DIVISION])
    process_for(content.code)
    return world.register(procedure_version_id=version.pk, **changes)
