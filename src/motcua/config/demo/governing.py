"""A sample decision, a proposal and contacts: something to see on the pages of governing the catalogue."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from motcua.agencies import services as agency_services
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import policy, queries, services
from motcua.catalogue.enums import Change, OnlineLevel, ServiceKind
from motcua.catalogue.rules.announcing import Named
from motcua.catalogue.rules.online import Wish
from motcua.kernel.actors import SYSTEM, Actor

CONTACTS = (
    agency_services.ContactEntry(
        "Bộ phận một cửa", "Hướng dẫn nộp hồ sơ", "0900 000 001", "motcua@example.vn"
    ),
    agency_services.ContactEntry("Trần Thị Chi, cán bộ tiếp nhận", "Hồ sơ đang giải quyết", "0900 000 002"),
)


def keep_samples(agency: AgencyCard, clerk: Actor, now: datetime) -> None:
    """Nothing where the province has no regulation today: then no decision could be recorded under one."""
    for entry in CONTACTS:
        agency_services.add_contact(actor=SYSTEM, at=now, agency_id=agency.id, entry=entry)
    regulation = policy.regulation_of(settings.PROVINCE, now)
    if regulation is None:
        return
    signed_on = (now - timedelta(days=12)).date()
    settled = queries.settled_by(agency.id, now.date())
    services.record_announcement(
        actor=SYSTEM,
        at=now,
        decision=services.Decision(
            number="00/QĐ-UBND (mẫu)",
            title="Công bố danh mục thủ tục hành chính được sửa đổi (dữ liệu mẫu)",
            signer="Chủ tịch Ủy ban nhân dân tỉnh",
            signed_on=signed_on,
            effective_on=signed_on,
            lead_agency_id=agency.id,
            procedures=tuple(Named(card.code, card.title, Change.CHANGED) for card in settled[:2]),
            has_process=False,
        ),
    )
    wanted = next((card for card in settled if card.online_level is OnlineLevel.PARTIAL), None)
    if wanted is not None:
        services.propose(
            actor=clerk,
            at=now,
            code=wanted.code,
            agency_id=agency.id,
            wish=Wish(
                level=OnlineLevel.FULL,
                service_kind=ServiceKind.ADMINISTRATIVE,
                starts_on=(now + timedelta(days=90)).date(),
                criteria=regulation.words("catalogue.criteria")[:1],
                reason="Nhiều hồ sơ mỗi năm, người dân đề nghị không phải đến cơ quan (dữ liệu mẫu).",
                opinions="Các phòng chuyên môn đồng ý (dữ liệu mẫu).",
                year=now.year + 1,
                ministry="Bộ Tư pháp",
                ministry_number="00/QĐ-BTP (mẫu)",
                ministry_signed_on=signed_on,
            ),
        )
