"""What a form carried when its session had ended: kept over the log-in, given back in the form (ADR 0024).
So is what a form carried that was refused as a whole, for no page has it any more.

It lies in the session of this browser, for an hour, for the account whose page it was and no other, each form
under a name of its own: whoever has several tabs open finds each again. Whose
page it was is known by the secret that the form was made with: each log-in gives the browser a new one, and a
signed cookie says which belonged to whom.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.theme import entries, filling
from motcua.theme.addresses import page_above

KEPT = "kept_form"
DROP = "drop_kept_form"  # the button that drops it
COOKIE, SALT = "motcua_pages", "motcua.theme.pages"
SECONDS = 3600
MOST = 4  # of one browser
LONGEST_COOKIE = 3 * 24 * 3600  # longer than any session
MOST_LOGINS = 5  # of one browser, whose pages may still be open
MOST_CHARACTERS = 200_000
MOST_FIELDS, MOST_FILES = 1_000, 60
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
SECRETS = frozenset({"password", "current", "new", "again", "code"})
_LETTERS = string.ascii_letters + string.digits  # of which Django makes its tokens
_SECRET_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Kept:
    """One form: whose, sent to which path, from which page, what was typed, and what could not be kept."""

    account: int
    action: str
    page: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    has_secrets: bool
    until: int
    is_refused: bool = False  # what sent it was logged in, and was refused as a whole

    @classmethod
    def read(cls, value: Any) -> Kept | None:
        """From the session; None if its time is over."""
        if value["until"] < timezone.now().timestamp():
            return None
        fields = tuple((name, text) for name, text in value["fields"])
        return cls(**{**value, "fields": fields, "files": tuple(value["files"])})

    @property
    def key(self) -> str:
        """Sent again from the same page, a form takes the place of what was kept of it before."""
        return f"{self.action} {self.page}"

    def as_dict(self) -> dict[str, Any]:
        return {
            "account": self.account,
            "action": self.action,
            "page": self.page,
            "fields": [list(pair) for pair in self.fields],
            "files": list(self.files),
            "has_secrets": self.has_secrets,
            "until": self.until,
            "is_refused": self.is_refused,
        }


def keep(request: HttpRequest, page: str, *, is_refused: bool = False) -> Kept | None:
    """Keep what this form carried until its account is back on `page`; None if that cannot be done.

    Passwords, codes and files are never kept; what was kept says so. Nothing is kept of a page whose account
    is not known for certain, nor of more than people type.
    """
    account = owner_of(request)
    pairs = [(name, str(text)) for name, texts in request.POST.lists() for text in texts if name != TOKEN]
    typed = tuple(pair for pair in pairs if pair[0] not in SECRETS)
    size = sum(len(name) + len(text) for name, text in typed)
    if account is None or not page or size > MOST_CHARACTERS or len(typed) > MOST_FIELDS:
        return None
    names = tuple((file.name or "")[:150] for _, files in request.FILES.lists() for file in files)
    until = int(timezone.now().timestamp()) + SECONDS
    has_secrets = len(typed) < len(pairs)
    kept = Kept(
        account, request.path, page, typed, names[:MOST_FILES], has_secrets, until, is_refused=is_refused
    )
    _put(request, kept)
    return kept


def written(request: HttpRequest) -> tuple[str, ...]:
    """What somebody put words to in this form, to be copied by hand; nothing secret, and nothing is kept.

    For a form of which nobody knows whose page it was: it is shown to whoever sent it, in the answer to it.
    """
    texts = (text.strip() for name, text in typed_in(request) if len(text.split()) > 1)
    found = tuple(dict.fromkeys(texts))
    return found if sum(map(len, found)) <= MOST_CHARACTERS and len(found) <= MOST_FIELDS else ()


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    hidden = SECRETS | {TOKEN}
    return [(name, str(text)) for name, texts in request.POST.lists() for text in texts if name not in hidden]


def replayed(request: HttpRequest, again: Mapping[str, str]) -> None:
    """Turn a look at the page into the harmless sending `again` of what was kept for it.

    For pages that ask different things after different answers, and so cannot be filled in from outside.
    """
    kept = _of_this_page(request)
    if kept is not None and kept.action == request.path:
        replay(request, kept.fields, again)


def replay(request: HttpRequest, fields: Iterable[tuple[str, str]], again: Mapping[str, str]) -> None:
    """Turn a look into the harmless sending `again` of these fields."""
    data = QueryDict(mutable=True)
    for name, text in fields:
        data.appendlist(name, text)
    for name, text in again.items():
        data[name] = text
    data._mutable = False
    request.method, request.POST = "POST", data  # type: ignore[assignment]
    request._motcua_replayed = True  # type: ignore[attr-defined]


def given_back(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The page with everything that was typed on it, if something was kept for it; else as it is.

    A page that leads elsewhere takes what was kept along, and an address that takes a form only leads to the
    page above it, where that form stands. Sent again, the form is no longer kept.
    """
    is_replayed = getattr(request, "_motcua_replayed", False)
    if request.method == "POST" and not is_replayed:
        sent = [kept for kept in _waiting(request) if kept.action == request.path]
        for each in sent:
            _drop(request, each)
        if sent:
            return response
    kept = _of_this_page(request)
    if kept is None:
        return response
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        response = HttpResponseRedirect(page_above(request.path_info))
    if 300 <= response.status_code < 400:
        _follow(request, kept, response.headers.get("Location", ""))
    elif isinstance(response, HttpResponse) and response.headers.get("Content-Type", "").startswith(
        "text/html"
    ):
        _put_in(request, kept, response, is_replayed=is_replayed)
    return response


def dropped(request: HttpRequest) -> bool:
    """Whether this is the button that drops what was kept; then it is gone, and nothing else is done."""
    if request.method != "POST" or DROP not in request.POST:
        return False
    for kept in _waiting(request):
        if urlsplit(kept.page).path == request.path:
            _drop(request, kept)
    return True


def _of_this_page(request: HttpRequest) -> Kept | None:
    """The latest form that is kept for the page that is asked for."""
    here = request.get_full_path()
    return next((kept for kept in reversed(_waiting(request)) if kept.page == here), None)


def _waiting(request: HttpRequest) -> list[Kept]:
    """What is kept for the account that is logged in now; what was somebody else's is forgotten."""
    waiting = []
    for key, value in entries.of(request.session, KEPT).items():
        kept = Kept.read(value)
        if kept is None or kept.account != request.user.pk:
            entries.drop(request.session, KEPT, key)
        else:
            waiting.append(kept)
    return waiting


def _put(request: HttpRequest, kept: Kept) -> None:
    entries.put(request.session, KEPT, kept.key, kept.as_dict(), most=MOST)


def _drop(request: HttpRequest, kept: Kept) -> None:
    entries.drop(request.session, KEPT, kept.key)


def _follow(request: HttpRequest, kept: Kept, location: str) -> None:
    if url_has_allowed_host_and_scheme(location, {request.get_host()}):
        parts = urlsplit(location)
        page = parts.path + (f"?{parts.query}" if parts.query else "")
        _drop(request, kept)
        _put(request, replace(kept, page=page))


def _put_in(request: HttpRequest, kept: Kept, response: HttpResponse, *, is_replayed: bool) -> None:
    html = response.content.decode(response.charset or "utf-8")
    filled = filling.Filled(html, len(kept.fields), ())
    if not is_replayed:
        filled = filling.fill(html, page=request.path, action=kept.action, typed=kept.fields)
    # What has no place on the page any more is shown where somebody may have put thought into it.
    left = tuple(text for _, text in filled.left if len(text.split()) > 1)
    context = {"kept": kept, "here": request.path, "drop": DROP, "is_filled": filled.fields > 0, "left": left}
    notice = render_to_string("theme/components/kept_form.html", context, request)
    at = filling.main_start(filled.html)
    response.content = (filled.html[:at] + notice + filled.html[at:]).encode("utf-8")
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(response.content))


# --- Whose page a form was ---------------------------------------------------------------------------------


def owner_of(request: HttpRequest) -> int | None:
    """The account that was logged in here when the sent form was made; None if that is not known."""
    secret = _unmasked(str(request.POST.get(TOKEN, "")))
    return _owners(request).get(_mark(secret)) if secret else None


def note_owner(request: HttpRequest, response: HttpResponseBase) -> None:
    """Send along whose pages are made with the secret that this browser has now."""
    secret = request.META.get("CSRF_COOKIE")
    if not secret or not request.user.is_authenticated:
        return
    owners, mark = _owners(request), _mark(secret)
    if owners.get(mark) == request.user.pk:
        return
    owners.pop(mark, None)
    latest = [*owners.items(), (mark, request.user.pk)][-MOST_LOGINS:]
    response.set_cookie(
        COOKIE,
        signing.dumps(latest, salt=SALT),
        max_age=LONGEST_COOKIE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _owners(request: HttpRequest) -> dict[str, int]:
    try:
        pairs = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LONGEST_COOKIE)
    except signing.BadSignature:
        return {}
    return {str(mark): int(account) for mark, account in pairs}


def _mark(secret: str) -> str:
    """Tells a secret again without telling it."""
    return salted_hmac(SALT, secret, algorithm="sha256").hexdigest()[:20]


def _unmasked(token: str) -> str:
    """The secret within a token; each page has another mask over it. Empty for what is no token."""
    if len(token) != 2 * _SECRET_LENGTH or any(letter not in _LETTERS for letter in token):
        return ""
    mask, masked = token[:_SECRET_LENGTH], token[_SECRET_LENGTH:]
    steps = (_LETTERS.index(each) - _LETTERS.index(shift) for each, shift in zip(masked, mask, strict=True))
    return "".join(_LETTERS[step] for step in steps)
