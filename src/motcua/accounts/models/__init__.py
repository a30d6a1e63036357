"""Tables of accounts: people who log in, from where, the codes sent to them, and failures to log in."""

from motcua.accounts.models.account import Account, AccountManager
from motcua.accounts.models.code import EmailCode
from motcua.accounts.models.failures import FailedLogins
from motcua.accounts.models.login import Login

__all__ = ["Account", "AccountManager", "EmailCode", "FailedLogins", "Login"]
