"""Tables of accounts: people who log in, codes sent to them, failures to log in, terms acknowledged."""

from motcua.accounts.models.account import Account, AccountManager
from motcua.accounts.models.code import EmailCode
from motcua.accounts.models.failures import FailedLogins
from motcua.accounts.models.terms import TermsAcknowledgement

__all__ = ["Account", "AccountManager", "EmailCode", "FailedLogins", "TermsAcknowledgement"]
