"""Days and moments as people type them: text of our own, no field in the language of the browser."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from motcua.kernel.dates import ZONE, read_clock, read_day
from motcua.kernel.errors import N_

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_FIRST, _LAST = date(1900, 1, 1), date(2100, 12, 31)  # beyond: nobody means it, and no arithmetic on days
EXAMPLE, BIRTH = "15/03/2026", "15/03/1990"
NO_DAY = N_("Hãy nhập một ngày có thật theo thứ tự ngày, tháng, năm, ví dụ %(example)s.")
NO_CLOCK = N_("Hãy nhập giờ và phút, ví dụ 08:30.")
NO_MOMENT = N_("Hãy nhập cả ngày và giờ, ví dụ 15/03/2026 và 08:30.")
MOMENT_HINT = _("Ví dụ 15/03/2026 và 08:30.")
LONGEST = 40  # characters; nothing longer means a day


def read_birthday(typed: str) -> date | None:
    """The birthday meant by what was typed; None if there is none."""
    return read_day(typed, not_after=timezone.localdate())


def day_hint(example: str = EXAMPLE) -> _StrPromise:
    """How a day is written, for below its label."""
    return format_lazy("{said} {example}.", said=gettext_lazy("Ngày/tháng/năm, ví dụ"), example=example)


def _attributes(width: int) -> dict[str, str]:
    return {
        "inputmode": "numeric",
        "autocomplete": "off",
        "class": f"govuk-input--width-{width}",
        "maxlength": str(LONGEST),
    }


def _clock_input() -> forms.TextInput:
    """A line for a time of day: letters and colons are typed, too."""
    return forms.TextInput(_attributes(5) | {"inputmode": "text"})


class DayInput(forms.TextInput):
    """A line for a day. Digits alone are enough, so a telephone may show its digits."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({**_attributes(10), **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else super().format_value(value)


class DayField(forms.Field):
    """A day; the help text says how it is written, after what else is to be said."""

    widget = DayInput

    def __init__(self, *, example: str = EXAMPLE, help_text: Any = "", **kwargs: Any) -> None:
        hint = day_hint(example)
        super().__init__(help_text=format_lazy("{} {}", help_text, hint) if help_text else hint, **kwargs)
        self.example = example

    def to_python(self, value: Any) -> date | None:
        typed = str(value or "").strip()
        if not typed:
            return None
        day = self.read(typed)
        if day is None or not _FIRST <= day <= _LAST:
            raise forms.ValidationError(gettext(NO_DAY) % {"example": self.example}, code="invalid")
        return day

    def read(self, typed: str) -> date | None:
        return read_day(typed)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, as we understood it: a year of two digits is shown again with all four."""
        return self.read(data.strip()) or data if isinstance(data, str) else data


class BirthField(DayField):
    """A birthday: it does not lie ahead, so of a year of two digits the last one is meant that is past."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(example=BIRTH, **kwargs)

    def read(self, typed: str) -> date | None:
        return read_birthday(typed)


class ClockField(forms.Field):
    """A time of day, `08:30`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=_clock_input(), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def to_python(self, value: Any) -> time | None:
        typed = str(value or "").strip()
        if not typed:
            return None
        clock = read_clock(typed)
        if clock is None:
            raise forms.ValidationError(gettext(NO_CLOCK), code="invalid")
        return clock


class MomentInput(forms.MultiWidget):
    """Two lines, for the day and the time: the field's name with `_day` and `_time` after it."""

    def __init__(self) -> None:
        lines: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.TextInput(_attributes(10)),
            "time": _clock_input(),
        }
        super().__init__(lines)

    def decompress(self, value: Any) -> list[str]:
        if not isinstance(value, datetime):
            return ["", ""]
        here = value.astimezone(ZONE)
        return [f"{here:%d/%m/%Y}", f"{here:%H:%M}"]


class MomentField(forms.Field):
    """A moment in Vietnamese time, its day and its time of day each on a line."""

    widget = MomentInput

    def __init__(self, *, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(
            help_text=format_lazy("{} {}", help_text, MOMENT_HINT) if help_text else MOMENT_HINT, **kwargs
        )

    def to_python(self, value: Any) -> datetime | None:
        typed_day, typed_clock = (str(each or "").strip() for each in value or ("", ""))
        if not typed_day and not typed_clock:
            return None
        day, clock = read_day(typed_day), read_clock(typed_clock)
        if not typed_day or not typed_clock:
            raise forms.ValidationError(gettext(NO_MOMENT), code="incomplete")
        if day is None or not _FIRST <= day <= _LAST:
            raise forms.ValidationError(gettext(NO_DAY) % {"example": EXAMPLE}, code="invalid")
        if clock is None:
            raise forms.ValidationError(gettext(NO_CLOCK), code="invalid")
        return datetime.combine(day, clock, ZONE)
