"""E-forms: sections of fields, and the checking of what was typed.

`check` gives clean values (dates as ISO text, numbers without separators but the decimal comma, names with
single spaces) and one sentence per faulty field. It never drops what the person typed: faces show the raw
data again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules.agreeing import AnswerRule, disagreements
from motcua.kernel.dates import read_day
from motcua.kernel.errors import N_
from motcua.kernel.numbers import is_below_zero, read_decimal, read_whole, written
from motcua.kernel.text import fold, visible

_PHONE = re.compile(r"(?:\+84|0)\d{9,10}")
_MOST = Decimal(10) ** 15  # no count and no sum on a form is as large
_YEAR_DIGITS = 4
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One question. Which limits apply depends on the kind; `depends_on` asks it only after an answer,
    or where something that is known of the dossier (`agreeing.KNOWN`) is so.

    `prefill` names a fact of the applicant that may stand there at first: full_name (of a person),
    organisation_name, either_name, personal_id, organisation_number, date_of_birth, phone, email, address.

    Basis: KT22-4.2#2, DL24-3.3#2.
    """

    key: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    hint: str = ""
    options: tuple[Option, ...] = ()
    max_length: int = 200
    minimum: int | None = None
    maximum: int | None = None
    not_after_today: bool = False
    not_before_today: bool = False
    depends_on: tuple[str, str] | None = None
    prefill: str | None = None


@dataclass(frozen=True, slots=True)
class FormSection:
    title: str
    fields: tuple[FormField, ...]
    hint: str = ""
    rules: tuple[AnswerRule, ...] = ()  # whether the answers agree, with each other and with other sections


@dataclass(frozen=True, slots=True)
class FieldError:
    """`message` is a Vietnamese sentence to translate, with its `params`."""

    message: str
    params: Mapping[str, object]

    def __str__(self) -> str:
        return self.message % self.params


class _Faulty(Exception):
    def __init__(self, message: str, **params: object) -> None:
        self.error = FieldError(message, params)
        super().__init__(message)


def check(
    sections: Sequence[FormSection],
    data: Mapping[str, Any],
    *,
    today: date | None = None,
    translate: Callable[[str], str] = str,
) -> tuple[dict[str, str], dict[str, str]]:
    """Clean values by field, and messages by faulty field, in the order of the form.

    Fields the form does not have are left out; fields not asked (see `counting`) too. With `today`, dates
    that cannot lie ahead, or behind, are checked against it. Answers that do not agree with each other are
    told beside the field that its section's rule names; `data` may hold answers of other sections for it.
    """
    data = counting(sections, data)
    clean: dict[str, str] = {}
    errors: dict[str, str] = {}
    for field in (field for section in sections for field in section.fields):
        if not is_asked(field, data):
            continue
        typed = _text(data.get(field.key))
        try:
            value = _value(field, typed, today)
        except _Faulty as fault:
            errors[field.key] = translate(fault.error.message) % fault.error.params
            continue
        if value:
            clean[field.key] = value
    return clean, errors | _disagreements(sections, data, clean, errors, translate)


def _disagreements(
    sections: Sequence[FormSection],
    data: Mapping[str, Any],
    clean: Mapping[str, str],
    errors: Mapping[str, str],
    translate: Callable[[str], str],
) -> dict[str, str]:
    """What is right by itself and does not agree with the rest."""
    own = {field.key for section in sections for field in section.fields}
    beside = {key: _text(value) for key, value in data.items() if key not in own}
    asked = {
        field.key for section in sections for field in section.fields if is_asked(field, data)
    } - errors.keys()
    rules = (rule for section in sections for rule in section.rules if rule.field in asked)
    # What is faulty by itself is not compared: its own field says so.
    fitting = (rule for rule in rules if not rule.keys & errors.keys())
    return {key: translate(say) for key, say in disagreements(fitting, {**beside, **clean}).items()}


def counting(sections: Sequence[FormSection], data: Mapping[str, Any]) -> dict[str, Any]:
    """What is left of `data` without answers to questions that are not asked: an answer that stands there
    from before makes nothing due, neither does one that hangs on it. What answers no question of these
    sections stays."""
    fields = [field for section in sections for field in section.fields]
    left = dict(data)
    while gone := [each.key for each in fields if each.key in left and not is_asked(each, left)]:
        for key in gone:
            del left[key]
    return left


def asked(sections: Sequence[FormSection], data: Mapping[str, Any]) -> frozenset[str]:
    """The keys of the questions that are asked with these answers."""
    left = counting(sections, data)
    return frozenset(each.key for section in sections for each in section.fields if is_asked(each, left))


def is_asked(field: FormField, data: Mapping[str, Any]) -> bool:
    """False for a question that an answer has made pointless; `data` has only answers that count."""
    if field.depends_on is None:
        return True
    key, wanted = field.depends_on
    return _text(data.get(key)) == wanted


def as_typed(field: FormField, value: Any) -> Any:
    """A clean value as its question wants it typed: days as 15/03/1990, sums of money and numbers in groups.

    `check` reads it back as the same value. What is not clean is given back as it is: it was typed so.
    """
    if not isinstance(value, str):
        return value
    if field.kind is FieldKind.DATE and (day := read_day(value)):
        return day.strftime("%d/%m/%Y")
    if field.kind is FieldKind.DECIMAL and (number := read_decimal(value)) is not None:
        return written(number)
    # A whole number of four digits may be a year, and a year is not grouped.
    is_grouped = field.kind is FieldKind.MONEY or (
        field.kind is FieldKind.WHOLE_NUMBER and len(value) > _YEAR_DIGITS
    )
    return written(Decimal(value)) if is_grouped and value.isascii() and value.isdigit() else value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if value is True:
        return YES
    if value is False:
        return NO
    return visible(unicodedata.normalize("NFC", str(value)))


def _value(field: FormField, typed: str, today: date | None) -> str:
    if not typed:
        if field.required:
            raise _missing(field)
        return ""
    return _CHECKS[field.kind](field, typed, today)


def _missing(field: FormField) -> _Faulty:
    if field.kind in (FieldKind.CHOICE, FieldKind.YES_NO):
        return _Faulty(N_("Hãy chọn: %(label)s."), label=field.label.rstrip("?"))
    return _Faulty(N_("Hãy nhập: %(label)s."), label=field.label)


def _check_text(field: FormField, typed: str, today: date | None) -> str:
    text = " ".join(typed.split())
    if len(text) > field.max_length:
        raise _Faulty(N_("%(label)s dài quá %(limit)d ký tự."), label=field.label, limit=field.max_length)
    if any(unicodedata.category(char) == "Cc" for char in text):
        raise _Faulty(N_("%(label)s có ký tự không hợp lệ."), label=field.label)
    return text


def _check_long_text(field: FormField, typed: str, today: date | None) -> str:
    limit = max(field.max_length, 2000)
    text = "\n".join(line.rstrip() for line in typed.splitlines()).strip()
    if len(text) > limit:
        raise _Faulty(N_("%(label)s dài quá %(limit)d ký tự."), label=field.label, limit=limit)
    if any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in text):
        raise _Faulty(N_("%(label)s có ký tự không hợp lệ."), label=field.label)
    return text


def _check_date(field: FormField, typed: str, today: date | None) -> str:
    day = read_day(typed, not_after=today if field.not_after_today else None)
    if day is None:
        raise _Faulty(
            N_("%(label)s phải là một ngày có thật, viết theo dạng ngày/tháng/năm, ví dụ %(example)s."),
            label=field.label,
            example=example_day(field, today),
        )
    if day.year < 1900:
        raise _Faulty(N_("%(label)s không được trước năm 1900."), label=field.label)
    if field.not_after_today and today is not None and day > today:
        raise _Faulty(N_("%(label)s không được sau ngày hôm nay."), label=field.label)
    if field.not_before_today and today is not None and day < today:
        raise _Faulty(N_("%(label)s không được trước ngày hôm nay."), label=field.label)
    return day.isoformat()


def example_day(field: FormField, today: date | None) -> str:
    """A day such as this question means: the one of its hint, a birthday, else one near today."""
    if found := re.search(r"\b\d{2}/\d{2}/\d{4}\b", field.hint):
        return found[0]
    if "sinh" in fold(field.label).split():
        return "15/03/1990"
    day = date(today.year if today else 2026, 3, 15)
    lies_ahead = today is not None and field.not_after_today and day > today
    lies_behind = today is not None and field.not_before_today and day < today
    return f"{day:%d/%m}/{day.year - lies_ahead + lies_behind}"


def _check_whole_number(field: FormField, typed: str, today: date | None) -> str:
    number = read_whole(typed)
    if number is None:
        _refuse_negative(field, typed)
        if read_decimal(typed) is not None:
            raise _Faulty(N_("%(label)s là số nguyên, không ghi phần lẻ; ví dụ 2."), label=field.label)
        raise _Faulty(N_("%(label)s: hãy ghi một số không có phần lẻ, ví dụ 2."), label=field.label)
    return str(_in_range(field, _not_too_large(field, number)))


def _check_decimal(field: FormField, typed: str, today: date | None) -> str:
    number = read_decimal(typed)
    if number is None:
        _refuse_negative(field, typed)
        raise _Faulty(N_("%(label)s phải là một số, ví dụ 120,5."), label=field.label)
    # With the comma: a clean value is read again, and 1.234 would then be more than a thousand.
    return written(_in_range(field, number), grouped=False)


def _check_money(field: FormField, typed: str, today: date | None) -> str:
    bare = re.sub(r"\s*(?:đồng|vnđ|đ)\s*$", "", typed.lower())
    number = read_whole(bare)
    if number is None:
        _refuse_negative(field, bare)
        if read_decimal(bare) is not None:
            raise _Faulty(
                N_("%(label)s là số tiền bằng đồng, không ghi phần lẻ; ví dụ 50.000.000."), label=field.label
            )
        raise _Faulty(N_("%(label)s phải là số tiền bằng đồng, ví dụ 50.000.000."), label=field.label)
    return str(_in_range(field, _not_too_large(field, number)))


def _refuse_negative(field: FormField, typed: str) -> None:
    if is_below_zero(typed):
        raise _Faulty(N_("%(label)s không được là số âm."), label=field.label)


def _not_too_large(field: FormField, number: Decimal) -> Decimal:
    if number >= _MOST:
        most = written(_MOST - 1)
        raise _Faulty(N_("%(label)s không được quá %(limit)s."), label=field.label, limit=most)
    return number


def _in_range(field: FormField, number: Decimal) -> Decimal:
    if field.minimum is not None and number < field.minimum:
        raise _Faulty(N_("%(label)s phải từ %(limit)s trở lên."), label=field.label, limit=field.minimum)
    if field.maximum is not None and number > field.maximum:
        raise _Faulty(N_("%(label)s không được quá %(limit)s."), label=field.label, limit=field.maximum)
    return number


def _check_choice(field: FormField, typed: str, today: date | None) -> str:
    if typed not in {option.value for option in field.options}:
        raise _Faulty(N_("Hãy chọn một trong các mục đã cho: %(label)s."), label=field.label)
    return typed


def _check_yes_no(field: FormField, typed: str, today: date | None) -> str:
    answer = {"yes": YES, "on": YES, "true": YES, "1": YES, "no": NO, "false": NO, "0": NO}.get(typed.lower())
    if answer is None:
        raise _Faulty(N_("Hãy chọn có hoặc không: %(label)s."), label=field.label)
    return answer


def _check_personal_id(field: FormField, typed: str, today: date | None) -> str:
    digits = re.sub(r"[\s.\-]", "", typed)
    if not (digits.isascii() and re.fullmatch(r"\d{12}", digits)):
        raise _Faulty(N_("%(label)s gồm đúng 12 chữ số, như in trên thẻ căn cước."), label=field.label)
    return digits


def _check_phone(field: FormField, typed: str, today: date | None) -> str:
    digits = re.sub(r"[\s.\-()]", "", typed)
    if not (digits.isascii() and _PHONE.fullmatch(digits)):
        raise _Faulty(
            N_("%(label)s gồm 10 hoặc 11 chữ số, bắt đầu bằng số 0, ví dụ 0912345678."), label=field.label
        )
    return "0" + digits[3:] if digits.startswith("+84") else digits


def _check_email(field: FormField, typed: str, today: date | None) -> str:
    if len(typed) > 254 or not _EMAIL.fullmatch(typed):
        raise _Faulty(N_("%(label)s chưa đúng dạng, ví dụ ten@example.vn."), label=field.label)
    return typed.lower()


_CHECKS: dict[FieldKind, Callable[[FormField, str, date | None], str]] = {
    FieldKind.TEXT: _check_text,
    FieldKind.LONG_TEXT: _check_long_text,
    FieldKind.DATE: _check_date,
    FieldKind.WHOLE_NUMBER: _check_whole_number,
    FieldKind.DECIMAL: _check_decimal,
    FieldKind.MONEY: _check_money,
    FieldKind.CHOICE: _check_choice,
    FieldKind.YES_NO: _check_yes_no,
    FieldKind.PERSONAL_ID: _check_personal_id,
    FieldKind.PHONE: _check_phone,
    FieldKind.EMAIL: _check_email,
}
