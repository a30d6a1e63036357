"""Accounts of officers: made, put right, blocked, opened, given a new password; the list of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.accounts import queries as accounts
from motcua.accounts import services as account_services
from motcua.accounts.enums import AccountKind
from motcua.accounts.queries import AccountCard
from motcua.accounts.services.officers import GivenAccount
from motcua.agencies import policy
from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.policy import Scope
from motcua.agencies.rules.cards import AgencyCard, Holding
from motcua.audit import queries as audit
from motcua.desk import clock, searches
from motcua.desk import labels as desk_labels
from motcua.desk.acts import said
from motcua.desk.forms.administration import (
    ChangeOfficer,
    ChooseAgency,
    FindOfficer,
    NewOfficer,
    NewOfficerOfAgency,
)
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.law_pages.outside import forbidden
from motcua.desk.officers import actor_of, must_administer
from motcua.kernel.errors import N_, Forbidden, NotFound, Refusal
from motcua.kernel.numbers import read_number
from motcua.theme import wording
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors

LIST = 30


@access("officer")
@require_http_methods(["GET", "POST"])
def officers(request: HttpRequest) -> HttpResponse:
    """Accounts as a Vietnamese dictionary orders them, with their posts, and when each was used.

    What was searched for is posted, for it may be a name; what was chosen besides stands in the address.

    Basis: QN20-26.4.
    """
    scope, today = must_administer(request, act="people"), clock.now().date()
    issues = policy.issuing(scope, settings.PROVINCE, today)
    within = None if _sees_all(scope) else scope.agency_ids
    offered = agencies.names(settings.PROVINCE, today, within=within)
    if request.method == "POST":
        chosen = FindOfficer(request.POST, agencies=offered)
        return redirect(searches.keep(request, request.POST.get("asked", ""), chosen.filters()))
    kept = searches.words_of(request)
    form = FindOfficer(request.GET.dict() | {"asked": kept or ""}, agencies=offered)
    wanted = form.wanted()
    page = agencies.staff(
        on=today,
        text=kept or "",
        within=within,
        after=read_number(request.GET.get("sau", "")),
        limit=LIST,
        **wanted,
    )
    here = form.filters() | ({searches.KEY: request.GET[searches.KEY]} if kept else {})
    context = frame(request, "officers") | {
        "form": form.as_chosen(),
        "is_narrowed": bool(kept or form.filters()),
        "lines": [(line.account, posts_in_words(line.posts)) for line in page.lines],
        "today": today,
        "next": "?" + urlencode(here | {"sau": page.after}) if page.after else "",
        "previous": "?" + urlencode(here) if request.GET.get("sau") else "",
        "is_forgotten": kept is None,
        "may_issue": not issues.is_empty,
        "issuer": issues.issuer,
        "clauses": issues.clauses,
    }
    return render(request, "desk/administration/officers.html", context)


def _had_post_in(scope: Scope, account_id: int) -> bool:
    return audit.has_act_at(f"account:{account_id}", [f"agency:{each}" for each in scope.agency_ids])


def _sees_all(scope: Scope) -> bool:
    """Whether the accounts of all agencies are shown: to who issues them all, and who is told of changes."""
    today = clock.now().date()
    return (
        scope.is_province
        or policy.issuing(scope, settings.PROVINCE, today).is_everywhere
        or policy.is_told(scope, settings.PROVINCE, today)
    )


def agencies_within(scope: Scope, *, is_everywhere: bool = False) -> tuple[AgencyCard, ...]:
    """The agencies that exist today and are within the reach of an administrator, or all."""
    if scope.is_province or is_everywhere:
        return agencies.agencies(settings.PROVINCE, clock.now().date())
    return agencies.cards(scope.agency_ids)


@access("officer")
@require_http_methods(["GET", "POST"])
def new_officer(request: HttpRequest) -> HttpResponse:
    """The given password is shown once, on the answer to this POST, and stored nowhere.

    Who issues accounts for all agencies by the regulation chooses first at which agency the post is.
    """
    scope, today = must_administer(request, act="people"), clock.now().date()
    issues = policy.issuing(scope, settings.PROVINCE, today)
    if issues.is_empty:
        policy.must_issue(scope, None, settings.PROVINCE, today)
    posted = request.POST if request.method == "POST" else None
    offered = agencies_within(scope, is_everywhere=issues.is_everywhere)
    choosing = _choosing(request, offered) if issues.is_everywhere and not scope.is_province else None
    chosen = offered
    if choosing is not None:
        wanted = read_number(request.GET.get("co_quan", ""))
        chosen = tuple(card for card in offered if card.id == wanted)
    form: NewOfficer | None = None
    if scope.is_province:
        form = NewOfficer(posted)
    elif chosen:
        form = _form_of_agency(request, chosen)
    given = None
    if posted is not None and form is not None and form.is_valid():
        try:
            given = agency_services.add_officer(actor=actor_of(request), at=clock.now(), **form.cleaned_data)
        except Forbidden:
            raise
        except Refusal as refusal:
            tell(form, refusal)
    context = frame(request, "officers") | {
        "form": form,
        "choosing": choosing,
        "agency": chosen[0] if choosing is not None and chosen else None,
        "given": given,
        "wants_post": scope.is_province,  # others have given the first one with the account
        "page_errors": page_errors(*(each for each in (choosing, form) if each is not None)),
    }
    name = "given_password" if given else "new_officer"
    return render(request, f"desk/administration/{name}.html", context)


def _choosing(request: HttpRequest, offered: tuple[AgencyCard, ...]) -> ChooseAgency:
    asked = {"co_quan": request.GET["co_quan"]} if "co_quan" in request.GET else None
    return ChooseAgency(asked, agencies=offered)


def _form_of_agency(request: HttpRequest, chosen: tuple[AgencyCard, ...]) -> NewOfficerOfAgency:
    units = [unit for card in chosen for unit in card.units]
    posted = request.POST if request.method == "POST" else None
    today = clock.now().date().strftime("%d/%m/%Y")
    return NewOfficerOfAgency(posted, units=units, initial={"valid_from": today})


@access("officer")
@require_safe
def officer(request: HttpRequest, account_id: int) -> HttpResponse:
    """One officer: posts with their days, what may be done with the account, and what was done."""
    card, scope = officer_within(request, account_id)
    now = clock.now()
    may = policy.may_look_after(scope, account_id, now)
    is_locked = account_services.is_locked_out(AccountKind.OFFICER, card.username or "", now)
    may = may and str(card.id) != actor_of(request).id
    held = agencies.holdings(account_id=account_id)
    offered = [act for act in ACTS.values() if may and act.fits(card, scope, is_locked)]
    context = frame(request, "officers") | {
        "card": card,
        "is_locked": is_locked,
        "posts": posts_in_words(held),
        "today": now.date(),
        "may_change": may,
        "may_appoint": str(card.id) != actor_of(request).id,
        "ends": [each.id for each in held if scope.covers(each.agency_id)],
        "acts": [(act.slug, gettext(act.title)) for act in offered],
        "entries": [said(each) for each in audit.acts(what=f"account:{account_id}", limit=20)],
    }
    return render(request, "desk/administration/officer.html", context)


def posts_in_words(held: tuple[Holding, ...]) -> list[tuple[Holding, str]]:
    return [(each, gettext(desk_labels.ROLE[each.role])) for each in held]


def officer_within(request: HttpRequest, account_id: int) -> tuple[AccountCard, Scope]:
    """An officer who is within reach: of the province, of who issues all accounts and of who is told of
    changes everybody, of an agency who works there, or did, if only by a post that was taken back on its
    first day and is told of in the log alone."""
    scope, card = must_administer(request, act="people"), accounts.account_card(account_id)
    if not card.is_officer:
        raise NotFound
    works_here = any(scope.covers(each.agency_id) for each in agencies.holdings(account_id=account_id))
    if not (scope.is_province or works_here or _sees_all(scope) or _had_post_in(scope, account_id)):
        raise NotFound
    return card, scope


@access("officer")
@require_http_methods(["GET", "POST"])
def change_officer(request: HttpRequest, account_id: int) -> HttpResponse:
    """Name, telephone and e-mail put right; what happened under the old name keeps it."""
    card, scope = officer_within(request, account_id)
    if str(card.id) == actor_of(request).id or not policy.may_look_after(scope, account_id, clock.now()):
        raise forbidden("people", clock.now())
    initial = {"full_name": card.full_name, "phone": card.phone, "email": card.email}
    form = ChangeOfficer(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            agency_services.change_officer(
                actor=actor_of(request), at=clock.now(), account_id=account_id, **form.changes()
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã sửa thông tin cán bộ; người này đã được báo."))
            return redirect("desk:officer", account_id)
    context = frame(request, "officers") | {"card": card, "form": form, "page_errors": page_errors(form)}
    status = 422 if form.errors else 200
    return render(request, "desk/administration/change_officer.html", context, status=status)


def _left_alone(slug: str, account_id: int) -> list[str]:
    """For whom somebody stands in whose account is about to be blocked: then nobody does."""
    if slug != "khoa":
        return []
    return [
        gettext(
            "Người này đang thay %(name)s đến hết %(last)s: không còn ai làm thay, việc của %(name)s nằm lại "
            "cho đến khi ghi người thay khác."
        )
        % {"name": each.full_name, "last": wording.short_day(each.last_day)}
        for each in agencies.stood_in_by(account_id, clock.now().date())
    ]


# --- what may be done with an account ---------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class AccountAct:
    """One act with its page: what it is called, what will happen, whom it fits."""

    slug: str
    title: str
    button: str
    consequences: tuple[str, ...]
    done: str
    fits: Callable[[AccountCard, Scope, bool], bool]
    is_warning: bool = False


ACTS = {
    act.slug: act
    for act in (
        AccountAct(
            "mat-khau",
            N_("Cấp mật khẩu mới"),
            N_("Cấp mật khẩu"),
            (
                N_("Mật khẩu cũ hết dùng được ngay; mọi lần đăng nhập của người này kết thúc."),
                N_("Mật khẩu mới hiện một lần để giao tận tay và phải đổi ở lần đăng nhập đầu tiên."),
            ),
            "",
            lambda card, scope, locked: card.is_active,
        ),
        AccountAct(
            "mo-khoa-dang-nhap",
            N_("Mở khóa đăng nhập"),
            N_("Mở khóa"),
            (N_("Các lần nhập sai được bỏ qua; người này đăng nhập lại được ngay bằng mật khẩu của mình."),),
            N_("Đã mở khóa đăng nhập."),
            lambda card, scope, locked: locked,
        ),
        AccountAct(
            "khoa",
            N_("Khóa tài khoản"),
            N_("Khóa tài khoản"),
            (
                N_("Người này không đăng nhập được nữa; phiên đang mở kết thúc ngay."),
                N_("Hồ sơ người này đang giữ vẫn mang tên họ cho đến khi được giao cho người khác."),
            ),
            N_("Đã khóa tài khoản."),
            lambda card, scope, locked: card.is_active,
            is_warning=True,
        ),
        AccountAct(
            "mo",
            N_("Mở lại tài khoản"),
            N_("Mở lại"),
            (N_("Người này đăng nhập lại được bằng mật khẩu cũ."),),
            N_("Đã mở lại tài khoản."),
            lambda card, scope, locked: not card.is_active,
        ),
        AccountAct(
            "giao-quan-tri",
            N_("Giao quyền quản trị của tỉnh"),
            N_("Giao quyền"),
            (N_("Người này quản lý được mọi cơ quan, tài khoản và thư gửi đi của cả tỉnh."),),
            N_("Đã giao quyền quản trị của tỉnh."),
            lambda card, scope, locked: scope.is_province and card.is_active and not card.is_admin,
            is_warning=True,
        ),
        AccountAct(
            "thoi-quan-tri",
            N_("Thôi quyền quản trị của tỉnh"),
            N_("Thôi quyền"),
            (N_("Người này không còn quản trị cả tỉnh; vị trí công tác giữ nguyên."),),
            N_("Đã thôi quyền quản trị của tỉnh."),
            lambda card, scope, locked: scope.is_province and card.is_admin,
            is_warning=True,
        ),
    )
}


@access("officer")
@require_http_methods(["GET", "POST"])
def account_act(request: HttpRequest, account_id: int, slug: str) -> HttpResponse:
    """Says what will happen; sent, does it and comes back to the officer's page."""
    act = ACTS.get(slug)
    if act is None:
        raise Http404
    card, scope = officer_within(request, account_id)
    if not policy.may_look_after(scope, account_id, clock.now()):
        raise forbidden("people", clock.now())
    if request.method == "POST":
        given = _do(request, slug, account_id)
        if given is not None:
            context = frame(request, "officers") | {"given": given}
            return render(request, "desk/administration/given_password.html", context)
        messages.success(request, gettext(act.done))
        return redirect("desk:officer", account_id)
    context = frame(request, "officers") | {
        "card": card,
        "title": gettext(act.title),
        "button": gettext(act.button),
        "consequences": [*map(gettext, act.consequences), *_left_alone(slug, account_id)],
        "is_warning": act.is_warning,
    }
    return render(request, "desk/administration/account_act.html", context)


def _do(request: HttpRequest, slug: str, account_id: int) -> GivenAccount | None:
    actor, at = actor_of(request), clock.now()
    match slug:
        case "mat-khau":
            return agency_services.give_password(actor=actor, at=at, account_id=account_id)
        case "mo-khoa-dang-nhap":
            agency_services.unlock(actor=actor, at=at, account_id=account_id)
        case "khoa" | "mo":
            is_active = slug == "mo"
            agency_services.open_or_close(actor=actor, at=at, account_id=account_id, is_active=is_active)
        case "giao-quan-tri" | "thoi-quan-tri":
            is_admin = slug == "giao-quan-tri"
            account_services.set_admin(actor=actor, account_id=account_id, is_admin=is_admin, at=at)
    return None
