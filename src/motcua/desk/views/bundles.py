"""Many dossiers in one visit: each taken in by itself, printed and found again together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.accounts import queries as accounts
from motcua.accounts.queries import AccountCard
from motcua.accounts.rules.identity_cards import read_card
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import queries as catalogue
from motcua.desk import clock, previews
from motcua.desk import labels as desk_labels
from motcua.desk.counter import applicants_known, bringer_known, settled_each, settled_here, version_in
from motcua.desk.forms.bundle import PERSON, BundleSheet, Kind, Line
from motcua.desk.forms.intake import Intake, Sent
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, seat_of
from motcua.desk.twins import warn_lines
from motcua.documents import queries as documents
from motcua.dossiers import labels, queries, services
from motcua.dossiers.errors import Incomplete
from motcua.kernel.errors import Forbidden, Refusal
from motcua.theme.access import access
from motcua.theme.camera import with_camera
from motcua.theme.refusals import sentence

ADDED = 5


@access("officer", stands=True)
@require_http_methods(["GET", "POST"])
@with_camera
def bundle_sheet(request: HttpRequest, kind: str) -> HttpResponse:
    """The sheet. Look-ups show it again with what was found; `accept` and `register` take its lines in, each
    once. Lines that are refused stay on the sheet with the reason; the others are taken in.

    `preview` shows the receipt that one line would be given, and leaves nothing behind.
    """
    desks = seat_of(request).receives_at()
    if not desks:
        raise Forbidden
    if kind not in set(Kind):
        raise Http404
    now = clock.now()
    sent = Sent(request.FILES, actor_of(request), now, request.POST)
    sheet = BundleSheet(Kind(kind), request.POST, agencies=desks, today=now.date(), sent=sent)
    if (line := sheet.line_at(request.POST.get("preview", ""))) is not None:
        return _previewed(request, sheet, line)
    if request.POST.get("action") in ("accept", "register") and "pick" not in request.POST:
        return _made(request, sheet)
    _looked_up(request, sheet, desks)
    return _page(request, sheet, desks)


@access("officer")
@require_safe
def bundles(request: HttpRequest) -> HttpResponse:
    """Visits at the officer's desks, the newest first."""
    seat = seat_of(request)
    if not seat.receives_at():
        raise Forbidden
    page = queries.bundles_at(seat.posts, after=request.GET.get("sau"))
    context = frame(request, "bundles") | {
        "cards": page.cards,
        "next": f"?sau={page.next_cursor}" if page.next_cursor else "",
    }
    return render(request, "desk/bundles.html", context)


@access("officer")
@require_safe
def bundle(request: HttpRequest, bundle_id: UUID) -> HttpResponse:
    """The dossiers of one visit with the way to print all receipts."""
    found = services.bundle_of(actor=actor_of(request), at=clock.now(), bundle_id=str(bundle_id))
    context = frame(request, "bundles") | {"bundle": found, "lines": _with_status(found)}
    return render(request, "desk/bundle.html", context)


@access("officer")
@require_safe
def bundle_receipts(request: HttpRequest, bundle_id: UUID) -> HttpResponse:
    """All intake receipts of a visit, to be printed in one go."""
    content = services.receipts_of(actor=actor_of(request), at=clock.now(), bundle_id=str(bundle_id))
    return previews.shown(content, "giay-tiep-nhan.pdf")


def _with_status(found: queries.BundleView) -> list[tuple[queries.BundleLine, str, str]]:
    return [
        (line, gettext(labels.STATUS[line.status]), desk_labels.STATUS_TONE.get(line.status, ""))
        for line in found.lines
    ]


# --- looking up -------------------------------------------------------------------------------------------
def _looked_up(request: HttpRequest, sheet: BundleSheet, desks: tuple[AgencyCard, ...]) -> None:
    """Read cards and numbers, find procedures, lay in a pasted list, add lines where there are none left."""
    action = request.POST.get("action", "look")
    _cards_in_their_places(sheet)
    if sheet.kind is Kind.PEOPLE:
        _look_up_shared_procedure(request, sheet, desks)
        known = _applicants(request, [line.typed for line in sheet.lines])
        for line, (typed, word) in zip(sheet.lines, known, strict=True):
            line.typed, line.word = typed, word
        if action == "paste":
            _paste(request, sheet)
    else:
        ((sheet.shared, sheet.word),) = _applicants(request, [sheet.shared])
        _look_up_procedures(request, sheet.lines, desks)
    _bringer(request, sheet)
    _open_line(request, sheet)
    if action == "more" or sheet.first_empty() is None:
        sheet.more(ADDED)


def _cards_in_their_places(sheet: BundleSheet) -> None:
    """A card that was scanned into a search of procedures stands where the person does, as at intake: of the
    one whom all lines are about, or of the next line."""
    searches = [sheet.shared] if sheet.kind is Kind.PEOPLE else [line.typed for line in sheet.lines]
    for typed in searches:
        scanned = typed.get("procedure_text", "")
        if read_card(scanned) is None:
            continue
        typed["procedure_text"] = ""
        if sheet.kind is Kind.PROCEDURES:
            sheet.shared["personal_id"] = scanned
        elif (place := sheet.first_empty()) is not None:
            place.typed["personal_id"] = scanned


def _applicants(request: HttpRequest, lines: list[dict[str, str]]) -> list[tuple[dict[str, str], str]]:
    """The entries of lines or of the sheet with what is known of the applicants, and a word about each."""
    found = applicants_known(request, cast("list[dict[str, Any]]", lines), may_look_up=True)
    return [
        ({name: text for name, text in known.items() if name in typed or name in PERSON}, word)
        for typed, (known, word) in zip(lines, found, strict=True)
    ]


def _bringer(request: HttpRequest, sheet: BundleSheet) -> None:
    """Who brings all of them. By which right is said for the one applicant there is, else at each line."""
    version = version_in(sheet.lines[0].typed.get("version_id") or sheet.shared.get("version_id", ""))
    read = catalogue.sheet(version) if version else None
    typed, word = bringer_known(request, cast("dict[str, Any]", sheet.shared), read)
    sheet.shared = typed
    sheet.bringer_word = word if sheet.kind is Kind.PROCEDURES else ""


def _open_line(request: HttpRequest, sheet: BundleSheet) -> None:
    """Show the papers of a line one by one, ticked as they were together."""
    for line in sheet.lines:
        if request.POST.get("open") == str(line.index):
            line.is_open = True


def _look_up_shared_procedure(
    request: HttpRequest, sheet: BundleSheet, desks: tuple[AgencyCard, ...]
) -> None:
    version = version_in(str(request.POST.get("pick") or sheet.shared.get("version_id") or ""))
    if request.POST.get("action") == "other_procedure":
        version, sheet.shared["procedure_text"], sheet.shared["variant"] = None, "", ""
    asked = sheet.shared.get("procedure_text", "").strip() if version is None else ""
    found = settled_here(asked, desks)
    if len(found) == 1:
        version, found = found[0].version_id, ()
    sheet.shared["version_id"] = str(version or "")
    sheet.found, sheet.asked = found, asked


def _look_up_procedures(request: HttpRequest, lines: list[Line], desks: tuple[AgencyCard, ...]) -> None:
    asked = [_asked_of(request, line) for line in lines]
    hits = settled_each((text for text in asked if text), desks)
    for line, text in zip(lines, asked, strict=True):
        line.found = hits.get(text, ())
        if len(line.found) == 1:
            line.typed["version_id"], line.found = str(line.found[0].version_id), ()
        elif text and not line.found:
            line.word = gettext("Không tìm thấy thủ tục này trong số thủ tục mà bộ phận tiếp nhận.")
    chosen = {version_in(line.typed["version_id"]) for line in lines}
    catalogue.sheets(each for each in chosen if each)  # read together; each line then takes its own


def _asked_of(request: HttpRequest, line: Line) -> str:
    """What a line asks for; nothing once its procedure is chosen, which it then names."""
    number, _, picked = request.POST.get("pick", "").partition(":")
    version = version_in(picked if number == str(line.index) else line.typed["version_id"])
    if request.POST.get("drop") == str(line.index):
        version, line.typed = None, dict.fromkeys(line.typed, "")
    line.typed["version_id"] = str(version or "")
    return line.typed["procedure_text"].strip() if version is None else ""


def _paste(request: HttpRequest, sheet: BundleSheet) -> None:
    count, left = sheet.paste()
    if count:
        text = ngettext("Đã điền %(count)d người.", "Đã điền %(count)d người.", count)
        messages.success(request, text % {"count": count})
    if left:
        text = gettext(
            "%(count)d người không còn chỗ trong tờ này nên ở lại ô dán danh sách: "
            "hãy điền tiếp sau khi nhận các dòng trên."
        )
        messages.warning(request, text % {"count": left})


# --- taking in --------------------------------------------------------------------------------------------
def _made(request: HttpRequest, sheet: BundleSheet) -> HttpResponse:
    done: set[int] = set()
    accepting = request.POST.get("action") == "accept"
    judged, desks = sheet.judged(), seat_of(request).receives_at()
    warn_lines(request, sheet, desks)
    known = accounts.find_citizens([line.form.applicant().personal_id for line in judged if line.form])
    for line in judged:
        if line.warned and not line.warned.is_waved:
            line.errors.append(line.warned.refusal)
            continue
        if accepting and not _names_papers(line):
            continue
        try:
            _take_in(request, sheet, line, known, accept_at_once=accepting)
        except Forbidden:
            raise
        except Refusal as refusal:
            _tell(line, refusal)
        else:
            done.add(line.index)
    found = services.bundle_by_key(actor=actor_of(request), at=clock.now(), key=sheet.key)
    is_left = any(not line.is_empty and line.index not in done for line in sheet.lines)
    is_left = is_left or bool(sheet.pasted.strip())  # nobody of a pasted list is lost with the sheet
    if found is not None and not is_left and not sheet.errors:
        return HttpResponseRedirect(reverse("desk:bundle", args=[found.id]))
    sheet.without(done)
    return _page(request, sheet, desks, found, status=422)


def _previewed(request: HttpRequest, sheet: BundleSheet, line: Line) -> HttpResponse:
    for each in sheet.judged(only=line):
        if not _names_papers(each):
            continue
        try:
            make = partial(_take_in, request, sheet, each, None, accept_at_once=True)
            return previews.shown(services.preview_of(make, after=0))
        except Forbidden:
            raise
        except Refusal as refusal:
            _tell(each, refusal)
    return _page(request, sheet, seat_of(request).receives_at(), status=422)


def _names_papers(line: Line) -> bool:
    """Whether nothing is to be said of papers that no list names; else the line is opened to name them."""
    assert line.form is not None
    text = line.form.judge_unknown_papers()
    if text:
        line.errors.append(text)
        line.is_open = True
    return not text


def _tell(line: Line, refusal: Refusal) -> None:
    """Say beside the line why it was refused; of papers, how many are missing: which ones, beside each."""
    if not isinstance(refusal, Incomplete):
        line.errors.append(sentence(refusal))
        return
    assert line.form is not None
    count = len(line.form.papers.mark_missing(cast("tuple[str, ...]", refusal.params["documents"])))
    line.is_open = True
    text = ngettext(
        "Còn thiếu %(count)d giấy tờ. Hãy đánh dấu giấy tờ đã nhận ở dòng này.",
        "Còn thiếu %(count)d giấy tờ. Hãy đánh dấu giấy tờ đã nhận ở dòng này.",
        count,
    )
    line.errors.append(text % {"count": count})


def _take_in(
    request: HttpRequest,
    sheet: BundleSheet,
    line: Line,
    known: Mapping[str, AccountCard] | None,
    *,
    accept_at_once: bool,
) -> services.Act:
    form = line.form
    assert form is not None
    return services.take_in(
        actor=actor_of(request),
        at=clock.now(),
        sheet=services.Sheet(sheet.key, _brought_by(sheet, form)),
        filing=form.filing(known),
        accept_at_once=accept_at_once,
        receipt_asked=form.cleaned_data["receipt_asked"],
    )


def _brought_by(sheet: BundleSheet, form: Intake) -> str:
    """Who came, if it is known: with the dossiers of many people whoever was named, else the one person."""
    named: str = form.cleaned_data["submitter_name"]
    return named if named or sheet.kind is Kind.PEOPLE else form.cleaned_data["name"]


def _page(
    request: HttpRequest,
    sheet: BundleSheet,
    desks: tuple[AgencyCard, ...],
    done: queries.BundleView | None = None,
    status: int = 200,
) -> HttpResponse:
    sheet.show()
    warn_lines(request, sheet, desks)
    form = sheet.common()
    focus = _focus(sheet, form)
    if focus in form.fields:
        form.fields[focus].widget.attrs["autofocus"] = True
    context = frame(request, "bundle") | {
        "sheet": sheet,
        "kind": sheet.kind.value,
        "other": next(each.value for each in Kind if each is not sheet.kind),
        "is_people": sheet.kind is Kind.PEOPLE,
        "form": form,
        "done": done,
        "focus": focus,
        "most": services.MOST_AT_ONCE,
        "limits": documents.limits(),
        "page_errors": sheet.page_errors(),
    }
    return render(request, "desk/bundle_sheet.html", context, status=status)


def _focus(sheet: BundleSheet, form: Any) -> str:
    """Where the officer goes on: what the lines share, then the first line that is empty or in doubt."""
    if sheet.pasted_word:
        return "list"
    if sheet.kind is Kind.PEOPLE and form.sheet is None:
        return "choice" if sheet.found else "procedure_text"
    if sheet.kind is Kind.PROCEDURES and not sheet.shared.get("name", "").strip():
        return "personal_id"
    line = next((line for line in sheet.lines if line.is_open_question), None)
    return line.goes_on_at if line else ""
