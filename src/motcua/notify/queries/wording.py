"""Putting a message into words, in the language of its reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.template import Context
from django.template.loader import select_template
from django.utils import translation
from django.utils.translation import gettext

from motcua.kernel import dates
from motcua.kernel.provinces import PROVINCES
from motcua.notify.rules import letters, messages, places, rewording
from motcua.notify.rules.rewording import OURS, LetterText


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
    own: LetterText = OURS,
) -> Wording:
    """The text of `key`: its template's first line is the subject. Raises UnknownMessage.

    Another language than Vietnamese has its own template, `<key>.<language>.txt`; without one the Vietnamese
    text is used. Plain text, so nothing is escaped; what people typed cannot reach the subject's next line.
    A moment given as `due_at` (ISO 8601) is written out in that language and takes the place of `due`; so is
    each of `_MOMENTS`. A day (`_DAYS`, ISO 8601) is written out likewise, behind the word "ngày".
    `words` are the province's own; they go around the text of a letter to people, and their number to call
    takes the place of the one that was posted. `agency_phones` are called before it: the agency knows the
    dossier. `own` is the letter in the province's words, used in the languages in which it was written.
    `by_mail` leaves out what of this kind stays inside, and says so.

    Basis: QN20-18, DL24-11.3.
    """
    kind, given = messages.kind(key), context
    if by_mail and kind.stays_inside:
        told = {name: text for name, text in context.items() if name in messages.TOLD_OUTSIDE}
        context = told | {"is_kept": "1"}
    is_organisation = _is_organisation(recipient, given)
    ours = {"site": settings.PUBLIC_URL, "portal": _portal(language)}
    values = {**ours, **context, "recipient": recipient}
    values["is_organisation"] = "1" if is_organisation else ""
    for name in _MOMENTS:
        if context.get(f"{name}_at"):
            values[name] = _moment(context[f"{name}_at"], language)
    for name in _DAYS:
        if context.get(name):
            values[name] = _day(context[name], language)
    if words.hotline and kind.is_to_people:
        values["hotline"] = words.hotline
    if context.get("agency_phones"):
        values["hotline"] = _numbers(str(context["agency_phones"]), str(values.get("hotline", "")), language)
    parts = {
        name: letters.tidy(_rendered(f"parts/{name}", values, language)) for name in places.parts_of(key)
    }
    values = parts | values
    written = own.in_language(language)
    if written and is_organisation:
        written = (written[0], written[1].replace("Ông/Bà {người nhận}", "{người nhận}"))
    subject, body = _filled(key, *written, values) if written else ("", "")
    if not (subject and body):
        subject, body = letters.split(_rendered(key, values, language))
    return Wording(subject, words.dress(body, language) if kind.is_to_people else body)


def _is_organisation(recipient: str, context: Mapping[str, str]) -> bool:
    """Whether a letter goes to an organisation itself: those who act for it are people with a name."""
    return bool(context.get("is_organisation")) and recipient == str(context.get("applicant", ""))[:150]


def _filled(key: str, subject: str, body: str, values: Mapping[str, str]) -> tuple[str, str]:
    """The province's letter with these facts: empty where they leave nothing of it, so that ours goes out."""
    subject, body = rewording.fill(subject, body, values, key)
    return letters.split(f"{' '.join(subject.split())}\n{body}")


def _rendered(name: str, values: Mapping[str, str], language: str) -> str:
    names = [f"notify/{name}.txt"]
    if language != "vi":
        names.insert(0, f"notify/{name}.{language}.txt")
    template = select_template(names)
    return str(template.template.render(Context(dict(values), autoescape=False, use_l10n=False)))


def letter_to_start_from(key: str) -> LetterText:
    """Our own letter with its places in it, for whoever writes it anew. What leads up to a list stands in its
    line, so that both are left out together. Raises LetterStaysOurs."""
    kind = rewording.kind_of(key)
    names = {each.fact: f"{{{each.word}}}" for each in kind.places}
    lists = [names[each.fact] for each in kind.places if each.is_list]
    recipient = names.pop("recipient")
    vietnamese, english = (
        wording(key, names, recipient=recipient, language=language) for language in ("vi", "en")
    )
    bodies = [vietnamese.body, english.body]
    for place in lists:
        bodies = [body.replace(f":\n{place}", f": {place}") for body in bodies]
    return LetterText(vietnamese.subject, bodies[0], english.subject, bodies[1])


def _portal(language: str) -> str:
    """Who writes where no agency does: which province's portal it is, for somebody may use several."""
    name = PROVINCES[settings.PROVINCE]
    if language == "vi":
        return f"Cổng Dịch vụ công {name}"
    with translation.override(language):
        return f"The public service portal of {gettext(name)}"


def _numbers(agency: str, province: str, language: str) -> str:
    """Whom to call: the agency of the dossier first, then the number of the province."""
    found = list(dict.fromkeys(each.strip() for each in (*agency.split(";"), province) if each.strip()))
    return (" or " if language != "vi" else " hoặc ").join(found)


def _moment(iso: str, language: str) -> str:
    at = datetime.fromisoformat(iso).astimezone(dates.ZONE)
    if language == "vi":
        return dates.in_words(at)
    return f"{at:%H:%M}, {at.day} {_MONTHS[at.month - 1]} {at.year}"


def _day(text: str, language: str) -> str:
    """A day as it stands in a sentence; what was written before days were given so, as it was written."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    if language == "vi":
        return dates.day_in_words(day).removeprefix("ngày ")
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MOMENTS = ("due", "was_due", "receipt", "came", "received", "when", "new_when", "began", "ended", "moment")
_DAYS = ("requested_on", "since", "until", "first_day", "last_day")
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
