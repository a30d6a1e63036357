"""Lists of work: as the officer has set them, a page at a time, with a way from each dossier to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.enums import Role
from motcua.desk import clock, lists
from motcua.desk.absent import stood_in_for
from motcua.desk.dossier_page.course import leader_named
from motcua.desk.forms.lists import KeepList, ScanReturn
from motcua.desk.frame import frame
from motcua.desk.lines import Line, lines_of
from motcua.desk.officers import Seat, actor_of, scope_of, seat_of
from motcua.desk.several import DECIDING
from motcua.dossiers import labels, policy, queries, services
from motcua.dossiers.enums import Box
from motcua.dossiers.queries import Worklist
from motcua.kernel.errors import N_, Refusal
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.refusals import sentence
from motcua.worktime.rules import local

PAGE = 25
LETTERS = 20  # shown above what presses; more are counted as such
# What an empty list will hold, where its lines are not what is to be done, the most pressing on top.
WHEN_FILLED: dict[Box, str] = {
    Box.WAITING: N_(
        "Hồ sơ chờ người nộp bổ sung hoặc thực hiện nghĩa vụ sẽ đứng ở đây, chờ lâu nhất ở trên cùng."
    ),
    Box.MESSAGES: N_("Tin nhắn của người nộp chưa được trả lời sẽ đứng ở đây, chờ lâu nhất ở trên cùng."),
    Box.TODAY: N_("Hồ sơ bạn vừa xử lý trong ngày hôm nay sẽ đứng ở đây, mới nhất ở trên cùng."),
    Box.DONE: N_("Hồ sơ đã kết thúc sẽ đứng ở đây, mới nhất ở trên cùng."),
    Box.UNCLOSED: N_("Hồ sơ đã trả kết quả mà chưa đóng sẽ đứng ở đây."),
}
STEERED = (Box.PRESSING, Box.OTHERS)  # where those who answer for others see what lies with them


@access("officer")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The list an officer starts the day with: for leaders what waits for their decision."""
    seat = seat_of(request)
    if not seat.posts and not scope_of(request).is_empty:
        return redirect("desk:agencies")
    if not seat.posts:
        return render(request, "desk/no_post.html", frame(request, ""))
    return redirect("desk:worklist", lists.SLUGS[_first_box(seat)])


def _first_box(seat: Seat) -> Box:
    if Role.APPROVER in seat.roles:
        return Box.APPROVALS
    return Box.MINE if seat.roles == {Role.CASE_OFFICER} else Box.UNIT


@access("officer")
@require_safe
def worklist(request: HttpRequest, slug: str) -> HttpResponse:
    """One box, thirty lines at a time."""
    return list_page(request, lists.setting_of(request, lists.box_of(slug)), KeepList())


@access("officer")
@require_POST
def keep_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what the list shows now under a name."""
    box = lists.box_of(slug)
    choice = lists.choice_in(request.POST.get("query", ""), box, lists.units_of(request))
    form = KeepList(request.POST)
    if form.is_valid():
        try:
            kept_id = services.keep_list(
                actor=actor_of(request), box=box, name=form.cleaned_data["name"], choice=choice
            )
        except Refusal as refusal:
            form.add_error("name", sentence(refusal))
        else:
            messages.success(request, gettext("Đã giữ bộ lọc. Bộ lọc nằm trong cột bên trái."))
            return HttpResponseRedirect(lists.list_href(box, f"luu={kept_id}"))
    return list_page(request, lists.setting_for(request, box, choice), form)


@access("officer")
@require_POST
def drop_list(request: HttpRequest, slug: str, kept_id: int) -> HttpResponse:
    services.drop_list(actor=actor_of(request), kept_id=kept_id)
    messages.success(request, gettext("Đã bỏ bộ lọc."))
    return HttpResponseRedirect(lists.list_href(lists.box_of(slug), ""))


@access("officer")
@require_safe
def next_dossier(request: HttpRequest, slug: str) -> HttpResponse:
    """The dossier after the one that was open, in the list it was opened from; at the end, the list."""
    setting = lists.setting_of(request, lists.box_of(slug))
    most = PAGE if setting.box is Box.TODAY else 1  # there some lines lead nowhere
    page = _page(request, setting, request.GET.get("sau"), most)
    item = next((each for each in page.items if not each.is_closed), None)
    if item is None:
        messages.success(request, gettext("Đã hết danh sách. Dưới đây là danh sách từ đầu."))
        return HttpResponseRedirect(setting.href)
    after, before = request.GET.get("tu"), request.GET.get("den")
    href = lists.dossier_href(
        item.dossier_id, setting.box, setting.query, item.cursor, after=after, before=before
    )
    return HttpResponseRedirect(href)


def list_page(request: HttpRequest, setting: lists.Setting, keep: KeepList, **more: object) -> HttpResponse:
    """The page of a list; `more` goes on top of its context."""
    now, after, before = clock.now(), request.GET.get("sau") or None, request.GET.get("truoc") or None
    page = _page(request, setting, after, PAGE, before=before)
    lines = lines_of(
        page.items,
        seat_of(request),
        now,
        lambda item: lists.dossier_href(
            item.dossier_id, setting.box, setting.query, item.cursor, after=after, before=before
        ),
        names_unit=setting.box is Box.PRESSING,
    )
    columns = _columns(setting)
    letters = _letters(request, setting, now) if after is None and before is None else []
    here = f"kept-{setting.kept.id}" if setting.kept else setting.box.value
    context = frame(request, here) | {
        "setting": setting,
        "slug": lists.SLUGS[setting.box],
        "title": setting.kept.name if setting.kept else gettext(labels.BOX[setting.box]),
        "when_filled": gettext(
            WHEN_FILLED.get(setting.box, N_("Khi có hồ sơ, hồ sơ gấp nhất đứng trên cùng."))
        ),
        "columns": columns,
        "is_wide": len(columns) > SIDE_BY_SIDE,
        "set_as": _set_as(setting),
        "lines": lines,
        "ticking": _ticking(request, setting, lines),
        "picked_all": request.GET.get("chon") == "tat-ca",
        "pick_href": lists.list_href(setting.box, setting.query, after=after, before=before),
        "scanning": setting.box is Box.RETURNS and seat_of(request).is_receiver,
        "scanned": ScanReturn(),
        "next": lists.list_href(setting.box, setting.query, after=page.next_cursor)
        if page.next_cursor
        else "",
        "previous": lists.list_href(setting.box, setting.query, before=page.previous_cursor)
        if page.previous_cursor
        else "",
        "is_first": after is None and page.previous_cursor is None,
        "keep": keep,
        "stands_in": stood_in_for(int(actor_of(request).id), seat_of(request).posts, local(now).date()),
        "letters": letters[:LETTERS],
        "letters_count": f"{LETTERS}+" if len(letters) > LETTERS else str(len(letters)),
        "page_errors": page_errors(keep),
    }
    return render(request, "desk/worklist.html", context | more)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter of apology that is due soon; `leader` is whom to tell of it, empty for who sends it."""

    owed: queries.LetterOwed
    leader: str


def _letters(request: HttpRequest, setting: lists.Setting, now: datetime) -> list[_Letter]:
    """On top of what is pressing, and nowhere else: the letters of apology that are due soon, one more than
    is shown if there are so many.

    They bear a number of their own: the rail counts tasks of the table below, as counting letters reads every
    dossier's state and the calendar, too much for what stands around every page.
    """
    if setting.box is not Box.PRESSING or setting.choice.narrows:
        return []
    posts = seat_of(request).posts
    return [
        _Letter(each, "" if policy.signs_letters(posts, each.leadership_id) else leader_named(each.leaders))
        for each in queries.letters_owed(posts, now, LETTERS + 1)
    ]


def _ticking(request: HttpRequest, setting: lists.Setting, lines: list[Line]) -> str:
    """What ticked lines are for, where a tick can come to something: agreed to, steered, or given out."""
    roles = seat_of(request).roles
    if setting.box is Box.APPROVALS and roles & DECIDING and any(line.is_for_approval for line in lines):
        return "deciding"
    if setting.box is Box.UNIT and Role.UNIT_HEAD in roles and lines:
        return "giving"
    return "steering" if setting.box in STEERED and roles & queries.ANSWERING and lines else ""


def _set_as(setting: lists.Setting) -> list[tuple[str, str]]:
    """What narrows and orders the list, in the words of its form: a sheet of paper must say it by itself."""
    said = []
    for bound in setting.form:
        value = bound.value()
        if bound.name == "cot" or not value:
            continue
        words = dict(getattr(bound.field, "choices", ()))
        said.append((str(bound.label), str(words.get(str(value), value))))
    return said


SIDE_BY_SIDE = 4  # more scroll sideways in the table's own box beside the rail of a screen of 1280 pixels


def _columns(setting: lists.Setting) -> list[tuple[str, str]]:
    """What was chosen, each by its name in a column of its own, so that it can be compared down the page."""
    shown = queries.shown_columns(setting.choice.columns, setting.box)
    return [(each.value, gettext(labels.COLUMN[each])) for each in shown]


def _page(
    request: HttpRequest, setting: lists.Setting, after: str | None, limit: int, *, before: str | None = None
) -> Worklist:
    return queries.listed(
        actor_of(request),
        setting.box,
        setting.choice,
        posts=seat_of(request).posts,
        at=clock.now(),
        after=after or None,
        before=before,
        limit=limit,
    )
