"""Services of accounts: register, log in, devices, passwords, acting for others, officers.

Call them through this module: `services.register_citizen(...)`.
"""

from motcua.accounts.services.contacts import (
    ask_for_email,
    ask_for_phone,
    change_officers_phone,
    confirm_email_change,
    confirm_phone_change,
)
from motcua.accounts.services.leaving import ask_to_close, close, hold_open, only_owner_of
from motcua.accounts.services.leaving import is_proved as is_proved_to_close
from motcua.accounts.services.lockout import is_locked_out
from motcua.accounts.services.logins import end_login, end_other_logins
from motcua.accounts.services.mandates import (
    Offer,
    accept_mandate,
    end_mandate,
    faults_of_offer,
    offer_mandate,
)
from motcua.accounts.services.officers import (
    change_officer,
    create_officer,
    give_password,
    set_active,
    set_admin,
    unlock,
)
from motcua.accounts.services.organisation_contacts import (
    ask_for_mailbox_code,
    change_organisation_contacts,
    confirm_mailbox,
)
from motcua.accounts.services.organisations import (
    accept_invitation,
    change_role,
    close_organisation,
    declare_organisation,
    decline_invitation,
    invite_member,
    leave_organisation,
    pass_on,
    remove_member,
)
from motcua.accounts.services.passwords import change_password, request_reset, reset_password
from motcua.accounts.services.profiles import set_language, update_profile
from motcua.accounts.services.registration import (
    confirm_email,
    forget_unproved,
    password_fault,
    register_citizen,
    resend_code,
)
from motcua.accounts.services.sessions import log_in, log_out
from motcua.accounts.services.sharing import choose_sharing
from motcua.accounts.services.terms import acknowledge, terms_in_force

__all__ = [
    "Offer",
    "accept_invitation",
    "accept_mandate",
    "acknowledge",
    "ask_for_email",
    "ask_for_mailbox_code",
    "ask_for_phone",
    "ask_to_close",
    "change_officer",
    "change_officers_phone",
    "change_organisation_contacts",
    "change_password",
    "change_role",
    "choose_sharing",
    "close",
    "close_organisation",
    "confirm_email",
    "confirm_email_change",
    "confirm_mailbox",
    "confirm_phone_change",
    "create_officer",
    "declare_organisation",
    "decline_invitation",
    "end_login",
    "end_mandate",
    "end_other_logins",
    "faults_of_offer",
    "forget_unproved",
    "give_password",
    "hold_open",
    "invite_member",
    "is_locked_out",
    "is_proved_to_close",
    "leave_organisation",
    "log_in",
    "log_out",
    "offer_mandate",
    "only_owner_of",
    "pass_on",
    "password_fault",
    "register_citizen",
    "remove_member",
    "request_reset",
    "resend_code",
    "reset_password",
    "set_active",
    "set_admin",
    "set_language",
    "terms_in_force",
    "unlock",
    "update_profile",
]
