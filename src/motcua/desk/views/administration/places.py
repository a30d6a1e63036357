"""Agencies, their units and who holds which post there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.accounts import queries as accounts
from motcua.accounts.queries import AccountCard
from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.enums import AgencyLevel, UnitKind
from motcua.agencies.errors import AgencyExists, BadAgency, PostIsOver
from motcua.agencies.labels import LEVEL
from motcua.agencies.policy import Scope
from motcua.agencies.rules.cards import AgencyCard, Holding
from motcua.audit import queries as audit
from motcua.catalogue import queries as catalogue
from motcua.desk import clock
from motcua.desk import labels as desk_labels
from motcua.desk.acts import said
from motcua.desk.forms.administration import (
    Appoint,
    ChangeAgency,
    ChooseAgency,
    FindAgency,
    GivePost,
    IdentifyAgency,
    NewAgency,
    NewUnit,
    Relieve,
    RenameUnit,
)
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.law_pages.outside import forbidden
from motcua.desk.officers import actor_of, must_administer
from motcua.desk.views.administration.people import agencies_within, officer_within, posts_in_words
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.kernel.numbers import read_number
from motcua.law.services import grounds_of
from motcua.theme import wording
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.forms import FaceForm

LIST = 60
FOUND = 10  # officers whom a few letters bring up


@access("officer")
@require_safe
def agency_list(request: HttpRequest) -> HttpResponse:
    """The agencies within reach; names of agencies are public, so the question may stand in the address."""
    scope = must_administer(request)
    asked = request.GET.get("q", "").strip()[:100]
    if scope.is_province:
        cards = agencies.agencies(settings.PROVINCE, clock.now().date(), text=asked, limit=LIST)
    else:
        cards = agencies.cards(scope.agency_ids)
    context = frame(request, "agencies") | {
        "form": FindAgency(initial={"q": asked}),
        "agencies": [(card, gettext(LEVEL[card.level])) for card in cards],
        "is_full": len(cards) == LIST,
        "scope": scope,
        "asked": asked,
    }
    return render(request, "desk/administration/agencies.html", context)


@access("officer")
@require_safe
def agency_page(request: HttpRequest, agency_id: int) -> HttpResponse:
    """One agency: its units, who holds which post in them and for how long."""
    card = _agency(request, agency_id)
    held = posts_in_words(agencies.holdings(agency_id=agency_id))
    today = clock.now().date()
    units = [
        (
            unit,
            gettext(desk_labels.UNIT_KIND[unit.kind]),
            [pair for pair in held if pair[0].unit_id == unit.id and _runs(pair[0], today)],
        )
        for unit in card.units
    ]
    context = frame(request, "agencies") | {
        "card": card,
        "facts": agencies.facts_of(agency_id),
        "level": gettext(LEVEL[card.level]),
        "units": units,
        "today": today,
        "has_own_hours": bool(agencies.hours_versions(agency_id)),
        "people": len({pair[0].account_id for pair in held if _runs(pair[0], today)}),
        "procedures": catalogue.count_of_competences(agency_id, today),
        "has_ended": bool(card.validity.end and card.validity.end < today),
        "successors": agencies.successors(agency_id, today).agencies if card.validity.end else (),
        "ending_kinds": [UnitKind.DIVISION],
        "empty_posts": [
            (post, gettext(desk_labels.ROLE[post.role]))
            for post in dossiers.empty_posts(card.province, today, agency_id=agency_id)
        ],
        "past": [pair for pair in held if not _runs(pair[0], today)][:30],
        "scope": must_administer(request),
        "entries": [said(act) for act in audit.acts_at(f"agency:{agency_id}", limit=10)],
    }
    return render(request, "desk/administration/agency.html", context)


def _runs(held: Holding, today: Any) -> bool:
    """Now or later."""
    return held.days.end is None or held.days.end >= today


@access("officer")
@require_http_methods(["GET", "POST"])
def new_agency(request: HttpRequest) -> HttpResponse:
    must_administer(request, province=True)
    above = agencies.agencies(settings.PROVINCE, clock.now().date(), level=AgencyLevel.PROVINCE)
    initial = {"level": AgencyLevel.COMMUNE.value, "valid_from": clock.now().date()}
    form = NewAgency(_posted(request), above=above, initial=initial)
    if form.is_bound and form.is_valid():
        data = dict(form.cleaned_data)
        parent_id = data.pop("parent_id")
        parent_key = agencies.facts_of(parent_id).key if parent_id else ""
        entry = agency_services.Entry(province=settings.PROVINCE, parent_key=parent_key, **data)
        try:
            made = agency_services.add_agency(actor=actor_of(request), at=clock.now(), entry=entry)
        except BadAgency as refusal:
            tell(form, refusal, _field_of(str(refusal.params["column"])))
        except AgencyExists as refusal:
            tell(form, refusal, "name")
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã thêm cơ quan cùng các đơn vị thường có."))
            return redirect("desk:agency", made)
    lead = gettext("Cơ quan mới có sẵn bộ phận một cửa, phòng chuyên môn, lãnh đạo và văn phòng.")
    return _form_page(request, form, gettext("Thêm cơ quan"), gettext("Thêm cơ quan"), None, lead)


def _field_of(column: str) -> str | None:
    """The field in which what an import names this way was typed; None where no field is to blame."""
    column = {"name_vi": "name", "key": "name", "parent": "parent_id"}.get(column, column)
    return column if column in NewAgency.base_fields else None


@access("officer")
@require_http_methods(["GET", "POST"])
def change_agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    must_administer(request, province=True, act=grounds_of(agency_services.change_agency))
    card, facts = agencies.agency(agency_id), agencies.facts_of(agency_id)
    initial = {
        "name": card.name,
        "address": facts.address,
        "phones": "; ".join(card.phones),
        "email": card.email,
    }
    form = ChangeAgency(_posted(request), initial=initial)
    if (
        form.is_bound
        and form.is_valid()
        and _done(request, form, agency_services.change_agency, agency_id=agency_id, **form.cleaned_data)
    ):
        messages.success(request, gettext("Đã sửa thông tin cơ quan."))
        return redirect("desk:agency", agency_id)
    return _form_page(request, form, gettext("Sửa thông tin cơ quan"), gettext("Lưu"), card)


@access("officer")
@require_http_methods(["GET", "POST"])
def identify_agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Its code, while no dossier bears it, and the agency above."""
    must_administer(request, province=True)
    card = agencies.agency(agency_id)
    above = agencies.agencies(settings.PROVINCE, clock.now().date(), level=AgencyLevel.PROVINCE)
    if card.parent_id and all(each.id != card.parent_id for each in above):
        above = (*above, agencies.agency(card.parent_id))
    initial = {"code": card.code, "parent_id": card.parent_id}
    form = IdentifyAgency(
        _posted(request), above=[each for each in above if each.id != agency_id], initial=initial
    )
    if (
        form.is_bound
        and form.is_valid()
        and _done(request, form, services.identify_agency, agency_id=agency_id, **form.cleaned_data)
    ):
        messages.success(request, gettext("Đã sửa mã và cơ quan cấp trên."))
        return redirect("desk:agency", agency_id)
    if services.bears_code(agency_id):
        lead = gettext("Đã có hồ sơ mang mã của cơ quan này nên mã không đổi được nữa.")
    else:
        lead = gettext("Chưa có hồ sơ nào mang mã này nên mã còn sửa được.")
    kept = gettext("Loại và cấp của cơ quan không sửa được: đơn vị và thẩm quyền gắn với chúng.")
    title = gettext("Sửa mã và cơ quan cấp trên")
    return _form_page(request, form, title, gettext("Lưu"), card, f"{lead} {kept}")


@access("officer")
@require_http_methods(["GET", "POST"])
def new_unit(request: HttpRequest, agency_id: int) -> HttpResponse:
    card = _agency(request, agency_id)
    form = NewUnit(_posted(request), initial={"kind": UnitKind.DIVISION.value})
    if form.is_bound and form.is_valid():
        name, kind = form.cleaned_data["name"], UnitKind(form.cleaned_data["kind"])
        if _done(request, form, agency_services.add_unit, agency_id=agency_id, name=name, kind=kind):
            messages.success(request, gettext("Đã thêm đơn vị."))
            return redirect("desk:agency", agency_id)
    return _form_page(request, form, gettext("Thêm đơn vị"), gettext("Thêm đơn vị"), card)


@access("officer")
@require_http_methods(["GET", "POST"])
def rename_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    unit = agencies.unit(unit_id)
    card = _agency(request, unit.agency_id)
    form = RenameUnit(_posted(request), initial={"name": unit.name})
    if (
        form.is_bound
        and form.is_valid()
        and _done(request, form, agency_services.rename_unit, unit_id=unit_id, name=form.cleaned_data["name"])
    ):
        messages.success(request, gettext("Đã đổi tên đơn vị."))
        return redirect("desk:agency", card.id)
    return _form_page(request, form, gettext("Đổi tên đơn vị"), gettext("Đổi tên"), card)


@access("officer")
@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Give somebody a post at a unit of this agency."""
    card, scope = _agency(request, agency_id), must_administer(request)
    initial = {
        "unit_id": request.GET.get("don_vi", "")[:20],
        "role": request.GET.get("vai_tro", "")[:20],
        "valid_from": clock.now().date(),
    }
    form = Appoint(_posted(request), units=card.units, with_admin=scope.is_province, initial=initial)
    found: tuple[tuple[AccountCard, str], ...] = ()
    asked = ""
    if picked := request.POST.get("pick", ""):
        form.unjudged(username=picked[:60])
    elif "find" in request.POST:
        asked = request.POST.get("username", "").strip()[:60]
        found = _staff_found(scope, asked)
        form.unjudged()
    elif form.is_bound and form.is_valid():
        data = dict(form.cleaned_data)
        officer = accounts.find_officer(data.pop("username"))
        if officer is None:
            form.add_error("username", gettext("Không có cán bộ nào mang tên đăng nhập này."))
            asked = request.POST.get("username", "").strip()
            found = _staff_found(scope, asked)
        elif _done(request, form, agency_services.appoint, account_id=officer.id, **data):
            messages.success(request, gettext("Đã giao vị trí công tác."))
            return redirect("desk:agency", agency_id)
    lead = gettext(
        "Người được giao thấy việc của đơn vị từ ngày bắt đầu. Ngày đó chưa đến thì chưa có quyền gì."
    )
    context = frame(request, "agencies") | {
        "form": form,
        "card": card,
        "lead": lead,
        "asked": asked,
        "found": found,
        "is_cut": len(found) == FOUND,
        "page_errors": page_errors(form),
    }
    return render(request, "desk/administration/appoint.html", context)


def _staff_found(scope: Scope, text: str) -> tuple[tuple[AccountCard, str], ...]:
    """Officers within reach whose names fit, with where they work; nobody without a letter to go by."""
    if not text:
        return ()
    within = None if scope.is_province else scope.agency_ids
    page = agencies.staff(on=clock.now().date(), text=text, within=within, limit=FOUND)
    return tuple(
        (
            line.account,
            "; ".join(f"{role}, {held.agency_name}" for held, role in posts_in_words(line.posts)),
        )
        for line in page.lines
    )


@access("officer")
@require_http_methods(["GET", "POST"])
def give_post(request: HttpRequest, account_id: int) -> HttpResponse:
    """Give this officer a post: the agency is chosen first, then its unit. Goes on from a new account."""
    card, scope = officer_within(request, account_id)
    if str(card.id) == actor_of(request).id:
        raise forbidden("people", clock.now())
    offered = agencies_within(scope)
    wanted = read_number(request.GET.get("co_quan", ""))
    agency = next((each for each in offered if each.id == wanted or len(offered) == 1), None)
    form = None
    if agency is not None:
        initial = {"valid_from": clock.now().date()}
        form = GivePost(_posted(request), units=agency.units, with_admin=scope.is_province, initial=initial)
        if (
            form.is_bound
            and form.is_valid()
            and _done(request, form, agency_services.appoint, account_id=account_id, **form.cleaned_data)
        ):
            messages.success(request, gettext("Đã giao vị trí công tác."))
            return redirect("desk:officer", account_id)
    choosing = None
    if len(offered) > 1:
        asked = {"co_quan": request.GET["co_quan"]} if "co_quan" in request.GET else None
        choosing = ChooseAgency(asked, agencies=offered)
    context = frame(request, "officers") | {
        "card": card,
        "agency": agency,
        "form": form,
        "choosing": choosing,
        "page_errors": page_errors(*(each for each in (choosing, form) if each is not None)),
    }
    status = 422 if context["page_errors"] else 200
    return render(request, "desk/administration/give_post.html", context, status=status)


@access("officer")
@require_http_methods(["GET", "POST"])
def relieve(request: HttpRequest, position_id: int) -> HttpResponse:
    """End a post after its last day, or take it back at once."""
    held = agencies.holding(position_id)
    if held is None:
        raise NotFound
    card, today = _agency(request, held.agency_id), clock.now().date()
    if held.days.end and held.days.end < today:
        raise PostIsOver  # a form would offer what is refused
    form = Relieve(_posted(request), initial={"last_day": today})
    if form.is_bound and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        if form.cleaned_data["at_once"]:
            if _done(request, form, agency_services.take_back, position_id=position_id):
                messages.success(request, gettext("Đã thu hồi vị trí. Người đó thôi quyền ở đây từ lúc này."))
                return redirect("desk:agency", card.id)
        elif _done(request, form, agency_services.relieve, position_id=position_id, last_day=last_day):
            messages.success(request, gettext("Đã ghi ngày kết thúc vị trí."))
            return redirect("desk:agency", card.id)
    role = gettext(desk_labels.ROLE[held.role])
    lead = gettext("%(name)s – %(role)s, %(unit)s. Sau ngày này người đó không còn quyền ở vị trí này.") % {
        "name": held.full_name,
        "role": role,
        "unit": held.unit_name,
    }
    lead = " ".join([lead, *_left_short(held)])
    return _form_page(
        request, form, gettext("Kết thúc vị trí công tác"), gettext("Ghi ngày kết thúc"), card, lead
    )


def _left_short(held: Holding) -> list[str]:
    """For whom the holder stands in by this post: once it is over, nobody does that work."""
    return [
        gettext(
            "Người này đang thay %(name)s đến hết %(last)s nhờ vị trí này: vị trí kết thúc trước đó thì việc "
            "của %(name)s nằm lại cho đến khi ghi người thay khác."
        )
        % {"name": each.full_name, "last": wording.short_day(each.last_day)}
        for each in agencies.resting_on(held, clock.now().date())
    ]


def _agency(request: HttpRequest, agency_id: int) -> AgencyCard:
    if not must_administer(request, act="people").covers(agency_id):
        raise forbidden("people", clock.now())
    return agencies.agency(agency_id)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _done(request: HttpRequest, form: FaceForm, service: Any, **given: Any) -> bool:
    """Call the service; a refusal is told in the form."""
    try:
        service(actor=actor_of(request), at=clock.now(), **given)
    except Forbidden:
        raise
    except Refusal as refusal:
        tell(form, refusal)
        return False
    return True


def _form_page(
    request: HttpRequest, form: FaceForm, title: str, button: str, card: AgencyCard | None, lead: str = ""
) -> HttpResponse:
    context = frame(request, "agencies") | {
        "form": form,
        "title": title,
        "button": button,
        "card": card,
        "lead": lead,
        "page_errors": page_errors(form),
    }
    return render(request, "desk/administration/form.html", context)
