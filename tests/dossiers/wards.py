"""A second agency, where a story needs one."""

from __future__ import annotations

from tests.dossiers.world import World

from motcua.accounts.models import Account
from motcua.agencies.enums import AgencyKind, AgencyLevel, Role, UnitKind
from motcua.agencies.models import Agency, Position, Unit
from motcua.catalogue.models import Competence


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
