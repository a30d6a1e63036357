"""Filing for somebody else by a right that the house knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from motcua.accounts.rules.acting import Grant, MemberRole
from motcua.dossiers.enums import Capacity
from motcua.dossiers.errors import BringerNotEntrusted
from motcua.dossiers.rules.state import Behalf, Contents
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.text import visible

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


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a dossier for somebody else by a right that the house knows: in which capacity, by what."""

    name: str
    capacity: Capacity
    authority: str


def sender_by(behalf: Behalf, grant: Grant | None, name: str) -> Sender:
    """Whoever of this name sends what was prepared under `behalf`, with the right that they hold themselves.

    People of an organisation each have their own place in it, whoever of them began the draft. A mandate is
    the one under which it was begun.

    Basis: KT22-1.2.c, PT24-8.2.
    """
    own = behalf_of(grant) if grant is not None and behalf.organisation_id else behalf
    return Sender(name, own.capacity, own.authority)


def sent_by(contents: Contents, sender: Sender | None) -> Contents:
    """The contents with who really sends them; as they are where nobody sends for somebody else by such a
    right."""
    if sender is None:
        return contents
    return replace(contents, submitter_name=sender.name, capacity=sender.capacity, authority=sender.authority)


def tray_owner(actor: Actor, behalf: Behalf | None) -> Actor:
    """In whose tray a citizen lays ready what a dossier is to get: an organisation has one, which all share
    who act for it. Nobody but who may act on the dossier may be asked for."""
    if behalf is None or not behalf.organisation_id or not actor.is_citizen:
        return actor
    return organisation_tray(behalf.organisation_id, behalf.name)


def organisation_tray(organisation_id: str, name: str = "") -> Actor:
    """The owner of what the people of an organisation lay ready together."""
    return Actor(ActorKind.CITIZEN, f"to-chuc-{organisation_id}", name)


def fitting(
    grants: Iterable[Grant], procedure_code: str, *, principal_id: str = "", organisation_number: str = ""
) -> Grant | None:
    """The right by which somebody may bring a dossier of this person or this organisation to a desk.

    An organisation is known by its number only: what is declared under it and has this person among those
    who file for it is theirs, whatever others declare.

    Basis: KT22-1.2.c, PT24-8.2.
    """
    for grant in grants:
        is_for_them = (
            bool(organisation_number) and grant.organisation_id and grant.number == organisation_number
        ) or (bool(principal_id) and grant.principal_id == principal_id)
        if is_for_them and grant.may_act and grant.covers(procedure_code):
            return grant
    return None


def brought(contents: Contents, behalf: Behalf) -> Contents:
    """The contents of what somebody brings to a desk under a right: capacity and paper are those of the
    right unless the desk has seen others. Raises BringerNotEntrusted where it is a right for somebody else.

    Basis: KT22-1.2.c, PT24-8.2.
    """
    person = contents.applicant
    number = person.organisation_number if behalf.organisation_id else person.personal_id
    if number != behalf.number or not contents.submitter_name:
        raise BringerNotEntrusted()
    return replace(
        contents,
        capacity=contents.capacity or behalf.capacity,
        authority=visible(contents.authority) or behalf.authority,
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
