"""The cast, as accounts. Passwords are the same for all: `PASSWORD`."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from motcua.accounts.enums import AccountKind
from motcua.accounts.models import Account
from motcua.accounts.queries import AccountCard, card_of

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = datetime(2024, 3, 4, 8, 0, tzinfo=HANOI)
PASSWORD = "trời xanh mây trắng"


def citizen(
    full_name: str = "Nguyễn Văn An",
    *,
    personal_id: str = "066090000001",
    phone: str = "0912345678",
    email: str = "an@example.vn",
    is_confirmed: bool = True,
    **fields: object,
) -> AccountCard:
    """A citizen; An unless told otherwise."""
    account = Account.objects.create(
        kind=AccountKind.CITIZEN,
        full_name=full_name,
        personal_id=personal_id,
        phone=phone,
        email=email,
        email_verified_at=MORNING if is_confirmed else None,
        password=make_password(PASSWORD),
        created_at=MORNING,
        **fields,
    )
    return card_of(account)


def officer(
    full_name: str = "Trần Thị Chi", *, username: str = "chi", email: str = "chi@example.vn", **fields: object
) -> AccountCard:
    """An officer with a password of their own; Chi unless told otherwise."""
    account = Account.objects.create(
        kind=AccountKind.OFFICER,
        full_name=full_name,
        username=username,
        email=email,
        password=make_password(PASSWORD),
        created_at=MORNING,
        **fields,
    )
    return card_of(account)
