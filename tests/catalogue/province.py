"""A province with the bodies that the regulations name, for the tests of governing the catalogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.dossiers.world import moment

from motcua.accounts.models import Account
from motcua.accounts.queries import actor_of
from motcua.agencies.enums import Role
from motcua.agencies.models import Agency, Position, Unit
from motcua.catalogue import services
from motcua.catalogue.enums import Change
from motcua.catalogue.models import Duty
from motcua.catalogue.rules.announcing import Named
from motcua.catalogue.services import Decision
from motcua.kernel.actors import Actor

CODE = "1.009999"
ROW = {
    "id": "cap-thu",
    "code": CODE,
    "name_vi": "Cấp giấy thử",
    "field": "Hộ tịch",
    "online_level": "partial",
    "legal_time": {"value": 3, "unit": "working_day"},
    "components": [{"name": "Đơn", "original": 1, "copies": 0, "required": True}],
}
WHO = {"office": "van-phong-ubnd-tinh", "dttt": "so-thong-tin-va-truyen-thong", "justice": "so-tu-phap"}


class Province:
    """A province with the bodies that the regulations name; each has a clerk, Sở Khác an officer besides."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.agencies: dict[str, Agency] = {}
        self.people: dict[str, Actor] = {}
        for party, key in {**WHO, "lead": "so-khac"}.items():
            self.agencies[party] = Agency.objects.create(
                province=name, key=key, name=f"Cơ quan {party}", level="province", kind="department"
            )
            unit = Unit.objects.create(agency=self.agencies[party], key="vp", name="Văn phòng", kind="office")
            self.people[party] = self._person(party, unit, Role.CLERK)
        self.people["officer"] = self._person("officer", unit, Role.CASE_OFFICER)
        admin = Account.objects.create(
            kind="officer",
            username="admin",
            full_name="Quản trị",
            created_at=moment("2019-01-01 08:00"),
            is_admin=True,
        )
        self.people["admin"] = actor_of(admin)

    def _person(self, name: str, unit: Unit, role: Role) -> Actor:
        account = Account.objects.create(
            kind="officer", username=name, full_name=name.title(), created_at=moment("2019-01-01 08:00")
        )
        Position.objects.create(account=account, unit=unit, role=role)
        return actor_of(account)

    def decision(self, **changes: object) -> Decision:
        made = Decision(
            number="12/QĐ-UBND",
            title="Công bố danh mục thủ tục hành chính",
            signer="Chủ tịch Ủy ban nhân dân tỉnh",
            signed_on=date(2024, 11, 4),
            effective_on=date(2024, 11, 15),
            lead_agency_id=self.agencies["lead"].pk,
            procedures=(Named(CODE, "Cấp giấy thử", Change.NEW),),
            has_process=True,
        )
        return replace(made, **changes)  # type: ignore[arg-type]

    def announce(
        self, who: str = "admin", at: str = "2024-11-20 09:00", **changes: object
    ) -> dict[str, Duty]:
        number = services.record_announcement(
            actor=self.people[who], at=moment(at), decision=self.decision(**changes)
        )
        rows = Duty.objects.filter(announced__announcement_id=number).select_related("agency")
        return {row.kind: row for row in rows}

    def fulfil(
        self, duty: Duty, who: str, day: str, at: str | None = None, proof: str = "Công văn 7"
    ) -> None:
        services.fulfil_duty(
            actor=self.people[who],
            at=moment(at or f"{day} 16:00"),
            duty_id=duty.pk,
            done_on=date.fromisoformat(day),
            proof=proof,
        )
