"""Changing the agency tree: imports, positions, calendars."""

from motcua.agencies.services.absences import answered_for, end_absence, record_absence
from motcua.agencies.services.administration import (
    Entry,
    add_agency,
    add_officer,
    add_unit,
    appoint,
    change_agency,
    change_officer,
    give_password,
    identify_agency,
    open_or_close,
    relieve,
    rename_unit,
    take_back,
    unlock,
)
from motcua.agencies.services.closures import (
    ClosureWish,
    announce_closure,
    closure_to_tell,
    planned_closure,
    withdraw_closure,
)
from motcua.agencies.services.contacts import ContactEntry, add_contact, drop_contact
from motcua.agencies.services.ending import (
    end_agency,
    end_unit,
    keep_agency,
    keep_unit,
    planned_end,
    planned_unit_end,
)
from motcua.agencies.services.identities import Card, ask_for_identity, check_identity
from motcua.agencies.services.importing import import_agencies, import_file
from motcua.agencies.services.loading import load_province
from motcua.agencies.services.opening import HoursWish, planned_hours, publish_hours, withdraw_hours
from motcua.agencies.services.positions import give_position

__all__ = [
    "Card",
    "ClosureWish",
    "ContactEntry",
    "Entry",
    "HoursWish",
    "add_agency",
    "add_contact",
    "add_officer",
    "add_unit",
    "announce_closure",
    "answered_for",
    "appoint",
    "ask_for_identity",
    "change_agency",
    "change_officer",
    "check_identity",
    "closure_to_tell",
    "drop_contact",
    "end_absence",
    "end_agency",
    "end_unit",
    "give_password",
    "give_position",
    "identify_agency",
    "import_agencies",
    "import_file",
    "keep_agency",
    "keep_unit",
    "load_province",
    "open_or_close",
    "planned_closure",
    "planned_end",
    "planned_hours",
    "planned_unit_end",
    "publish_hours",
    "record_absence",
    "relieve",
    "rename_unit",
    "take_back",
    "unlock",
    "withdraw_closure",
    "withdraw_hours",
]
