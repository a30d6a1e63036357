"""Words of the agency tree."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an officer does at a unit. One account may hold several posts."""

    RECEIVER = "receiver"  # takes in dossiers and hands out results at the one-stop desk
    DESK_HEAD = "desk_head"  # head of the one-stop desk
    UNIT_HEAD = "unit_head"  # assigns and reviews the work of a division
    CASE_OFFICER = "case_officer"  # examines the dossier
    APPROVER = "approver"  # leader who decides and signs
    CLERK = "clerk"  # numbers, seals, hands on
    ADMIN = "admin"  # manages accounts and catalogues of the agency
    POSTAL_STAFF = "postal_staff"  # of the postal or another hired enterprise, at the one-stop desk


class StaffState(StrEnum):
    """How an officer's account stands, for those who administer it."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    WITHOUT_POST = "without_post"  # may log in, but holds no post and gets none on a later day


class UnitKind(StrEnum):
    DESK = "desk"  # bộ phận một cửa
    DIVISION = "division"  # phòng chuyên môn
    LEADERSHIP = "leadership"  # lãnh đạo cơ quan
    OFFICE = "office"  # văn phòng, văn thư


class AgencyLevel(StrEnum):
    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"  # until 30 June 2025
    COMMUNE = "commune"


class AgencyKind(StrEnum):
    """What an agency is; all kinds have units, people with posts, and procedures of their own.

    Basis: QN20-1.2, KT18-2.1, PT24-1.2, KT22-1.2.a, KT22-1.2.b.
    """

    PROVINCE_COMMITTEE = "province_committee"
    DISTRICT_COMMITTEE = "district_committee"
    COMMUNE_COMMITTEE = "commune_committee"
    DEPARTMENT = "department"  # sở, ban, ngành
    ONE_STOP_CENTRE = "one_stop_centre"
    MANAGEMENT_BOARD = "management_board"
    VERTICAL_AGENCY = "vertical_agency"  # answers to a ministry, takes part at the one-stop centre
    PUBLIC_SERVICE_UNIT = "public_service_unit"  # đơn vị sự nghiệp công lập
    ASSOCIATION = "association"  # hội, đoàn thể
    DIVISION = "division"  # stored as a unit of its parent, not as an agency
