"""Tables of accounts: people who log in, and the codes sent to them."""

from motcua.accounts.models.account import Account, AccountManager
from motcua.accounts.models.code import EmailCode

__all__ = ["Account", "AccountManager", "EmailCode"]
