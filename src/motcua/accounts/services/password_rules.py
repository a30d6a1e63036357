"""Which passwords are good enough: Django's validators, our sentences."""

from __future__ import annotations

import secrets
from difflib import SequenceMatcher

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
    validate_password,
)
from django.core.exceptions import ValidationError

from motcua.accounts.models import Account
from motcua.kernel.errors import N_
from motcua.kernel.text import fold

MIN_LENGTH = 10
MAX_LENGTH = 200  # a longer one would only keep the hasher busy
_LONG_NAME = 6  # letters: a shorter name stands within other words

_SIMILARITY = UserAttributeSimilarityValidator(("username", "full_name", "personal_id", "phone", "email"))
_VALIDATORS = (
    MinimumLengthValidator(MIN_LENGTH),
    NumericPasswordValidator(),
    _SIMILARITY,
    CommonPasswordValidator(),
)
_SENTENCES = {
    "password_too_short": N_("Mật khẩu cần ít nhất 10 ký tự."),
    "password_entirely_numeric": N_("Mật khẩu không được chỉ gồm chữ số."),
    "password_too_similar": N_("Mật khẩu quá giống thông tin cá nhân hoặc tên đăng nhập của bạn."),
    "password_too_common": N_("Mật khẩu này quá phổ biến, dễ bị đoán. Hãy chọn mật khẩu khác."),
}
TOO_LONG = N_("Mật khẩu dài quá 200 ký tự.")

_LETTERS = "abcdefghijkmnpqrstuvwxyz"  # without l and o, which are misread
_DIGITS = "23456789"


def fault(password: str, account: Account) -> str | None:
    """The first reason against a password for this account, as a sentence; None if it is good."""
    if len(password) > MAX_LENGTH:
        return TOO_LONG
    try:
        validate_password(password, account, _VALIDATORS)
    except ValidationError as refused:
        return _SENTENCES[str(refused.error_list[0].code)]
    if _is_like_a_name(password, account.full_name):
        return _SENTENCES["password_too_similar"]
    return None


def _is_like_a_name(password: str, full_name: str) -> bool:
    """Whether it is the name as Vietnamese type it where no accents are wanted: without them, in one word.

    Django compares letter by letter with accents, which finds nothing there.
    """
    typed, name = (fold(text).replace(" ", "") for text in (password, full_name))
    if len(name) >= _LONG_NAME and name in typed:
        return True
    return SequenceMatcher(a=typed, b=name).ratio() >= _SIMILARITY.max_similarity


def generate() -> str:
    """A password to be given to an officer and changed at once: three groups that can be read aloud."""
    groups = ["".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)]
    return "-".join(groups) + "-" + "".join(secrets.choice(_DIGITS) for _ in range(3))
