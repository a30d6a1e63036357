"""Putting a message into words, in the language of its reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template import Context
from django.template.loader import select_template

from motcua.kernel import dates
from motcua.notify.rules import letters, messages


@dataclass(frozen=True, slots=True)
class Wording:
    subject: str
    body: str


def wording(
    key: str,
    context: Mapping[str, str],
    *,
    recipient: str,
    language: str = "vi",
    by_mail: bool = False,
    words: letters.Words = letters.Words(),  # noqa: B008 - frozen, adds nothing
) -> Wording:
    """The text of `key`: its template's first line is the subject. Raises UnknownMessage.

    Another language than Vietnamese has its own template, `<key>.<language>.txt`; without one the Vietnamese
    text is used. Plain text, so nothing is escaped; what people typed cannot reach the subject's next line.
    Moments given as `due_at`, `receipt_at` (ISO 8601) are written out in that language and take the place of
    `due`, `receipt`.
    `words` are the province's own; they go around the text of a letter to people, and their number to call
    takes the place of the one that was posted. `agency_phones` are called before it: the agency knows the
    dossier. `by_mail` leaves out what of this kind stays inside, and says so.

    Basis: QN20-18, DL24-11.3.
    """
    kind = messages.kind(key)
    if by_mail and kind.stays_inside:
        told = {name: text for name, text in context.items() if name in messages.TOLD_OUTSIDE}
        context = told | {"is_kept": "1"}
    names = [f"notify/{key}.txt"]
    if language != "vi":
        names.insert(0, f"notify/{key}.{language}.txt")
    template = select_template(names)
    values = {"site": settings.PUBLIC_URL, **context, "recipient": recipient}
    for name in ("due", "receipt"):
        if moment := context.get(f"{name}_at"):
            values[name] = _moment(moment, language)
    if words.hotline and kind.is_to_people:
        values["hotline"] = words.hotline
    if context.get("agency_phones"):
        values["hotline"] = _numbers(str(context["agency_phones"]), str(values.get("hotline", "")), language)
    text = template.template.render(Context(values, autoescape=False, use_l10n=False))
    subject, body = letters.split(text)
    return Wording(subject, words.dress(body, language) if kind.is_to_people else body)


def _numbers(agency: str, province: str, language: str) -> str:
    """Whom to call: the agency of the dossier first, then the number of the province."""
    found = list(dict.fromkeys(each.strip() for each in (*agency.split(";"), province) if each.strip()))
    return (" or " if language != "vi" else " hoặc ").join(found)


def _moment(iso: str, language: str) -> str:
    at = datetime.fromisoformat(iso).astimezone(dates.ZONE)
    if language == "vi":
        return dates.in_words(at)
    return f"{at:%H:%M}, {at.day} {_MONTHS[at.month - 1]} {at.year}"


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
