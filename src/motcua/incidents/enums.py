"""Words of incidents."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """How far an incident reaches."""

    PROVINCE = "province"  # nobody can work on the system
    AGENCY = "agency"  # one agency cannot
    DESK = "desk"  # one one-stop desk cannot


class ReportKind(StrEnum):
    """What somebody who found it reports."""

    OUTAGE = "outage"  # the system fails or breaks off
    ACCOUNT = "account"  # an account was lost, stolen, or is used by somebody else
    MISUSE = "misuse"  # the system is used for what it is not there for, or a file is infected


class Whom(StrEnum):
    """Who is told of an incident; which of them, the regulation says."""

    OFFICE = "office"
    DTTT = "dttt"
    ICT_CENTRE = "ict_centre"
    ASSIGNED_UNIT = "assigned_unit"
    PROVIDER = "provider"
