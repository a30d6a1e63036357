"""Tables of accounts: who logs in and from where, codes sent, contacts given up, failures to log in, terms
acknowledged, who may act for whom."""

from motcua.accounts.models.account import Account, AccountManager
from motcua.accounts.models.acting import Mandate, Membership, Organisation
from motcua.accounts.models.code import EmailCode
from motcua.accounts.models.contact_code import ContactCode
from motcua.accounts.models.failures import FailedLogins
from motcua.accounts.models.former_contact import FormerContact
from motcua.accounts.models.login import Login
from motcua.accounts.models.sharing import SharingChoice
from motcua.accounts.models.terms import TermsAcknowledgement

__all__ = [
    "Account",
    "AccountManager",
    "ContactCode",
    "EmailCode",
    "FailedLogins",
    "FormerContact",
    "Login",
    "Mandate",
    "Membership",
    "Organisation",
    "SharingChoice",
    "TermsAcknowledgement",
]
