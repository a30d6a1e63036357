"""The return desk: scan the appointment slip, hand over with proof, go on with the next."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from motcua.desk import clock, lists, scanning
from motcua.desk.dossier_page import course
from motcua.desk.dossier_page.verbs import verb_href
from motcua.desk.forms.lists import KeepList, ScanReturn
from motcua.desk.officers import actor_of, opened, seat_of
from motcua.desk.pages_of_verbs import BY_VERB
from motcua.desk.views.worklists import list_page
from motcua.dossiers import labels, queries
from motcua.dossiers.enums import ENDED, Box, Status, Verb
from motcua.dossiers.queries import DossierView
from motcua.kernel.errors import Forbidden
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors

NEXT = {
    Status.RESULT_ISSUED: Verb.RETURN_RESULT,
    Status.READY: Verb.RETURN_RESULT,
    Status.RETURNED: Verb.CLOSE,
}


@access("officer")
@require_POST
def scan(request: HttpRequest) -> HttpResponse:
    """Open the page of what is to be done with the dossier of this number; else say where it stands.

    The end of a code will do among what is ready to be returned; where several end alike, they are offered.
    """
    seat = seat_of(request)
    if not seat.is_receiver:
        raise Forbidden
    form = ScanReturn(request.POST)
    alike: tuple[queries.ReadyToReturn, ...] = ()
    if form.is_valid():
        number = scanning.reference_in(form.cleaned_data["number"])
        found = queries.by_number(actor_of(request), number, posts=seat.posts)
        alike = () if found else queries.to_return_by_tail(actor_of(request), number, posts=seat.posts)
        if len(alike) == 1:
            found = alike[0].found
        if href := _href_of(found, _seen(request, found)):
            return HttpResponseRedirect(href)
        if not alike:
            form.add_error("number", _why_not(found, _seen(request, found), number))
    if alike:
        for name in ("autofocus", "data-mc-scan"):  # by which the field would take the focus from the choices
            form.fields["number"].widget.attrs.pop(name)
    setting = lists.setting_of(request, Box.RETURNS)
    more = {
        "scanned": form,
        "alike": [(each, _href_of(each.found, None)) for each in alike],
        "page_errors": page_errors(form),
        "field_has_focus": not alike,
    }
    return list_page(request, setting, KeepList(), **more)


def _seen(request: HttpRequest, found: queries.Numbered | None) -> DossierView | None:
    """The dossier as its page shows it, where it does not wait at a desk: where it lies is said, and what the
    officer may do there all the same. None where its number is enough, or it is closed to the officer."""
    if found is None or found.is_at_desk or found.status is Status.RETURNED:
        return None
    try:
        return opened(request, UUID(found.id), at=clock.now(), why="Quét mã hồ sơ ở quầy trả kết quả")
    except Forbidden:
        return None


def _href_of(found: queries.Numbered | None, seen: DossierView | None) -> str:
    """Where what comes next is done with it; nothing where there is nothing to be done yet."""
    verb = _next_verb(found)
    if found is None or verb is None:
        return ""
    if seen is not None and verb not in {offer.verb for offer in seen.verbs}:
        return ""
    return f"{verb_href(found.id, BY_VERB[verb])}?{urlencode({'ve': lists.SLUGS[Box.RETURNS]})}"


def _next_verb(found: queries.Numbered | None) -> Verb | None:
    """Where no clerk numbers the results, the desk does it before it hands one over."""
    if found is None:
        return None
    if found.status is Status.DECIDED and found.is_at_desk:
        return Verb.ISSUE_RESULT
    return NEXT.get(found.status)


def _why_not(found: queries.Numbered | None, seen: DossierView | None, number: str) -> str:
    if found is None and queries.is_tail(number):
        return gettext(
            "Không có hồ sơ nào chờ trả mang số này ở cơ quan bạn. "
            "Hãy gõ cả mã hồ sơ để biết hồ sơ đang ở đâu."
        )
    if found is None:
        return gettext("Không có hồ sơ nào của cơ quan bạn mang số này.")
    words = {"status": gettext(labels.STATUS[found.status])}
    if found.status in ENDED:
        return gettext("Hồ sơ này đã kết thúc, không còn kết quả chờ trả. Trạng thái: %(status)s.") % words
    if found.status in NEXT:
        said = gettext("Kết quả của hồ sơ này chưa được chuyển đến bộ phận một cửa. Trạng thái: %(status)s.")
    else:
        said = gettext("Hồ sơ này chưa có kết quả để trả. Trạng thái: %(status)s.")
    return " ".join(filter(None, (said % words, _where(seen))))


def _where(seen: DossierView | None) -> str:
    """Which steps are open, and with whom; empty if none is, or the dossier may not be read."""
    waits = course.tasks(seen, clock.now()) if seen else ()
    if not waits:
        return ""
    steps = "; ".join(" – ".join(filter(None, (each.name, each.who))) for each in waits)
    return gettext("Hồ sơ đang ở: %(steps)s.") % {"steps": steps}
