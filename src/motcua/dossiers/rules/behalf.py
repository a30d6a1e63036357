"""Filing for somebody else by a right that the house knows."""

from __future__ import annotations

from dataclasses import replace

from motcua.accounts.rules.acting import Grant, MemberRole
from motcua.dossiers.enums import Capacity
from motcua.dossiers.rules.state import Behalf, Contents

OWNS = "Người đại diện theo pháp luật của tổ chức"  # data, like the words that people type themselves
BELONGS = "Người được tổ chức giao nộp hồ sơ trên Cổng"


def behalf_of(grant: Grant) -> Behalf:
    """What the dossier keeps of the right by which it is filed.

    Basis: KT22-1.2.c, PT24-8.2.
    """
    if grant.organisation_id:
        is_owner = grant.role is MemberRole.OWNER
        return Behalf(
            name=grant.name,
            number=grant.number,
            capacity=Capacity.REPRESENTATIVE if is_owner else Capacity.AUTHORISED,
            authority=OWNS if is_owner else BELONGS,
            organisation_id=grant.organisation_id,
            is_proved=grant.is_proved,
        )
    return Behalf(
        name=grant.name,
        number=grant.number,
        capacity=Capacity.AUTHORISED,
        authority=f"Ủy quyền trên Cổng từ {grant.since:%d/%m/%Y} đến {grant.until:%d/%m/%Y}",
        account_id=grant.principal_id,
        file_id=grant.file_id,
    )


def bound(contents: Contents, behalf: Behalf, submitter: str) -> Contents:
    """The contents with the applicant whose right is used: nobody files under it for a third person."""
    person = contents.applicant
    is_organisation = bool(behalf.organisation_id)
    return replace(
        contents,
        applicant=replace(
            person,
            name=behalf.name,
            personal_id="" if is_organisation else behalf.number,
            organisation_number=behalf.number if is_organisation else "",
            date_of_birth=None if is_organisation else person.date_of_birth,
        ),
        submitter_name=submitter,
        capacity=behalf.capacity,
        authority=behalf.authority,
    )
