"""The page that answers a form stands at an address of its own, where Back and the other language find it.

A page that is the answer to a sent form is no page for the browser: whoever follows a link on it and comes
Back is asked whether to send the form again. So such a page is laid down in the session, and the browser is
led to an address with its key, which shows it as it was, with the code that it had (ADR 0039), to whoever
might still be shown it anew (ADR 0108).

What was typed and not sent yet when somebody changed the language is carried over in the same way (ADR 0068):
there is no page then, only what its forms held.
"""

from __future__ import annotations

import base64
import secrets
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from motcua.theme import entries, filling
from motcua.theme.addresses import page_above
from motcua.theme.camera import USES_CAMERA, allow_camera
from motcua.theme.kept_forms import SECONDS, SECRETS, typed_in

KEPT = "answered_page"
KEY = "tra-lai"  # in the address
MOST = 4  # of one browser; each is looked at by its key
MOST_CHARACTERS = 60_000  # of one page as it is kept; a larger one is answered as it ever was
LONGEST_CARRIED = 200_000
REFUSED = (400, 409, 422)
SUMMARY = "can-xem-lai"  # the id of what says what is wrong (`theme/components/error_summary.html`)
TOP = "#"


@dataclass(frozen=True, slots=True)
class Answered:
    """One page that answered a form: under which key, at which path, for whom, in which language."""

    key: str
    path: str
    account: int | None
    language: str
    status: int
    page: str  # packed
    typed: list[list[str]]  # what the form carried, without secrets
    until: int
    may_film: bool = False  # whether it may open the camera
    carried: list[dict[str, Any]] = field(default_factory=list)  # `Carried`, of a page that was left
    seal: str = ""  # by what right it was drawn
    action: str = ""  # where its form is sent to, if that is another path

    @property
    def html(self) -> str:
        return zlib.decompress(base64.b64decode(self.page)).decode()


@dataclass(frozen=True, slots=True)
class Carried:
    """What one form held when its page was left for another language: where it is sent to, what was typed
    without secrets, the files that were chosen, by name, and whether something secret was."""

    action: str
    typed: list[list[str]]
    files: list[str]
    has_secrets: bool = False


@dataclass(frozen=True, slots=True)
class Rights:
    """How a face asks whether somebody may still see what was laid down.

    `seal`: by what right pages are drawn for whoever asks now. `still`: whether a page of this address, drawn
    by the right of that seal, may be shown as it was; else it is drawn anew. Raises Forbidden or NotFound
    where the page itself would, and records a reading as the page itself does.
    """

    seal: Callable[[HttpRequest], str]
    still: Callable[[HttpRequest, str], bool]


_RIGHTS: dict[str, Rights] = {}


def register_rights(kind: str, rights: Rights) -> None:
    """Ask people of this kind so before they are shown what was laid down."""
    _RIGHTS[kind] = rights


def led_on(request: HttpRequest, response: HttpResponseBase, *, stands: bool) -> HttpResponseBase:
    """What the browser gets for a form that was sent: the way to the page that answers it, else as it is.

    Pages of refused forms are laid down, and with `stands` every page that answers a form. A form that was
    taken leaves nothing of itself behind.
    """
    # A look that was drawn as a sending (`kept_forms.replayed`) stands at its address as it is.
    is_look = request.method != "POST" or getattr(request, "_motcua_replayed", False)
    if is_look or not hasattr(request, "session"):
        return response
    if response.status_code not in REFUSED and not (stands and response.status_code == 200):
        # One view may answer by another, which has led on already.
        if 300 <= response.status_code < 400 and not hasattr(request, "_motcua_led_on"):
            _forget(request)
        return response
    if not isinstance(response, HttpResponse) or not _is_page(response):
        return response
    answered = _laid_down(request, response)
    if answered is None:
        return response
    request._motcua_led_on = True  # type: ignore[attr-defined]  # a mark of ours on it
    return HttpResponse(status=303, headers={"Location": address_of(request) + _place_in(response)})


def _place_in(response: HttpResponse) -> str:
    """Where on the page that answers one lands: at what is wrong, which without script nothing else shows.

    A redirect without a place of its own takes over that of the page before, which a refusal must not. A
    page that shows what was asked for wants it: the button says by its `formaction` where that stands. A
    field that asks for the focus has the error beside it, and gets none on a page with another place.
    """
    html = response.content.decode(response.charset)
    if f'id="{SUMMARY}"' in html and " autofocus" not in html:
        return f"#{SUMMARY}"
    return TOP if response.status_code in REFUSED else ""


def address_of(request: HttpRequest) -> str:
    """Where the page that is drawn stands: with a key if it answers a form, for there it may be laid down."""
    if request.method != "POST":
        return request.get_full_path()
    return f"{request.path}?{urlencode([*_query(request), (KEY, _key_of(request))])}"


def _key_of(request: HttpRequest) -> str:
    """The key of the page that answers this form, made when it is first asked for."""
    key: str = getattr(request, "_motcua_key", "") or secrets.token_urlsafe(8)
    request._motcua_key = key  # type: ignore[attr-defined]  # a mark of ours on it
    return key


def shown(request: HttpRequest) -> HttpResponse | None:
    """The page that stands at this address; None if none does, or one in another language."""
    answered = _found(request)
    if answered is None or answered.language != get_language():
        return None
    return _as_it_was(answered) if _may_still_see(request, answered) else None


def filled(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The page as it is drawn now with what was typed, for whoever has changed the language meanwhile.

    An address that only takes a form has no page of its own: what stands there is shown as it was.
    """
    answered = _found(request)
    if answered is None:
        return response
    if answered.carried and response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return _moved_up(request, answered)
    if response.status_code != 200 or not isinstance(response, HttpResponse) or not _is_page(response):
        if answered.carried:
            return response
        if _may_still_see(request, answered):
            return _as_it_was(answered)
        return (
            _moved_up(request, answered)
            if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
            else response
        )
    if answered.carried:
        html = response.content.decode(response.charset)
        html = _with_carried(html, request, carried_here(request))
        response.content = html.encode(response.charset)
        return response
    typed = [(name, text) for name, text in answered.typed]
    html = response.content.decode(response.charset)
    action = answered.action or request.path
    found = filling.fill(html, page=request.path, action=action, typed=typed)
    response.content = found.html.encode(response.charset)
    return response


def carry(request: HttpRequest, page: str, forms: Sequence[Carried]) -> str:
    """Lay down what the forms of a page held; the address at which it stands in another language.

    Raises ValueError for more than people type.
    """
    size = sum(len(name) + len(text) for form in forms for name, text in form.typed)
    if size > LONGEST_CARRIED:
        raise ValueError
    parts = urlsplit(page)
    query = [(name, text) for name, text in parse_qsl(parts.query, keep_blank_values=True) if name != KEY]
    answered = Answered(
        key=secrets.token_urlsafe(8),
        path=parts.path,
        account=request.user.pk,
        language="",
        status=200,
        page="",
        typed=[],
        until=int(timezone.now().timestamp()) + SECONDS,
        carried=[asdict(form) for form in forms],
    )
    _put(request, answered)
    return f"{parts.path}?{urlencode([*query, (KEY, answered.key)])}"


def carried_here(request: HttpRequest) -> list[Carried]:
    """What the forms of this page held when it was left for another language; empty if it was not."""
    answered = _found(request)
    return [Carried(**each) for each in answered.carried] if answered is not None else []


def _moved_up(request: HttpRequest, answered: Answered) -> HttpResponse:
    """An address that only takes a form has its form on the page above."""
    above = page_above(request.path_info)
    _put(request, replace(answered, path=above, action=answered.action or answered.path))
    return HttpResponseRedirect(f"{above}?{urlencode({KEY: answered.key})}")


def _with_carried(html: str, request: HttpRequest, forms: Sequence[Carried]) -> str:
    files: list[str] = []
    left: list[str] = []  # has no place on the page any more, and somebody may have put thought into it
    for form in forms:
        typed = [(name, text) for name, text in form.typed]
        found = filling.fill(html, page=request.path, action=form.action or request.path, typed=typed)
        html = found.html
        files += form.files
        left += [text for _, text in found.left if len(text.split()) > 1]
    has_secrets = any(form.has_secrets for form in forms)
    context = {"files": files, "left": left, "has_secrets": has_secrets}
    notice = render_to_string("theme/components/carried.html", context, request)
    at = filling.main_start(html)
    return html[:at] + notice + html[at:]


def _as_it_was(answered: Answered) -> HttpResponse:
    headers = {"Cache-Control": "no-store, private"}
    response = HttpResponse(answered.html, status=answered.status, headers=headers)
    return allow_camera(response) if answered.may_film else response


def _is_page(response: HttpResponse) -> bool:
    """A kiosk's page goes away by itself, and nobody after it may find it."""
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return is_html and not response.has_header("Refresh")


def _laid_down(request: HttpRequest, response: HttpResponse) -> Answered | None:
    html = filling.blanked(response.content.decode(response.charset), SECRETS)
    page = base64.b64encode(zlib.compress(html.encode())).decode()
    typed = typed_in(request)
    if len(page) + sum(len(name) + len(text) for name, text in typed) > MOST_CHARACTERS:
        return None
    answered = Answered(
        key=_key_of(request),
        path=request.path,
        account=request.user.pk,
        language=get_language() or "",
        status=response.status_code,
        page=page,
        typed=[list(pair) for pair in typed],
        until=int(timezone.now().timestamp()) + SECONDS,
        may_film=getattr(response, USES_CAMERA, False),
        seal=_seal(request),
    )
    _put(request, answered)
    return answered


def _found(request: HttpRequest) -> Answered | None:
    key = request.GET.get(KEY, "")
    if not key or request.method == "POST":
        return None
    row = entries.of(request.session, KEPT).get(key)
    answered = Answered(**row) if row is not None else None
    if answered is None or answered.until <= timezone.now().timestamp():
        return None
    return answered if (answered.path, answered.account) == (request.path, request.user.pk) else None


def _forget(request: HttpRequest) -> None:
    for key, row in entries.of(request.session, KEPT).items():
        if request.path in (row["path"], row["action"]):
            entries.drop(request.session, KEPT, key)


def _put(request: HttpRequest, answered: Answered) -> None:
    entries.put(request.session, KEPT, answered.key, asdict(answered), most=MOST)


def _seal(request: HttpRequest) -> str:
    rights = _rights_of(request)
    return rights.seal(request) if rights is not None else ""


def _may_still_see(request: HttpRequest, answered: Answered) -> bool:
    rights = _rights_of(request)
    return rights is None or rights.still(request, answered.seal)


def _rights_of(request: HttpRequest) -> Rights | None:
    return _RIGHTS.get(getattr(request.user, "kind", ""))


def _query(request: HttpRequest) -> list[tuple[str, str]]:
    """What the address says besides."""
    pairs = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    return [(name, text) for name, text in pairs if name != KEY]
