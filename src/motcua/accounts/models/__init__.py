"""Tables of accounts: people who log in, the codes sent to them, and failures to log in."""

from motcua.accounts.models.account import Account, AccountManager
from motcua.accounts.models.code import EmailCode
from motcua.accounts.models.failures import FailedLogins

__all__ = ["Account", "AccountManager", "EmailCode", "FailedLogins"]
