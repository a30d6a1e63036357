"""Pieces of public information, and whom people may ask at an agency."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.enums import AgencyLevel
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import queries, services
from motcua.catalogue.queries import ItemCard
from motcua.desk import clock, governing
from motcua.desk.forms.governing import AddContact, PublicItemForm
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.law_pages.outside import forbidden
from motcua.desk.officers import actor_of, must_administer
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.law import labels as law_labels
from motcua.law.rules import Regulation
from motcua.law.services import grounds_of
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors

PREFIX = "publicity."


@access("officer")
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    standing = governing.must_take_part(request)
    before = governing.number(request.GET.get("truoc", ""))
    ids = None if standing.is_province else standing.agency_ids
    cards = queries.public_items(settings.PROVINCE, agency_ids=ids, before=before)
    context = frame(request, "items") | {
        "lines": [(card, kind_name(card.kind)) for card in cards],
        "kinds": kinds_of(governing.regulation_of(request)),
        "next": f"?truoc={cards[-1].id}" if len(cards) == 30 else "",
        "previous": "?" if before is not None else "",
    }
    return render(request, "desk/governing/items.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def new_item(request: HttpRequest) -> HttpResponse:
    governing.must_take_part(request)
    form = PublicItemForm(
        request.POST if request.method == "POST" else None,
        kinds=kinds_of(governing.regulation_of(request)),
        cards=_publishers(request),
    )
    if form.is_bound and form.is_valid():
        try:
            services.publish_item(actor=actor_of(request), at=clock.now(), entry=form.entry())
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã công khai thông tin trên Cổng Dịch vụ công."))
            return redirect("desk:items")
    return _form_page(request, form, None)


@access("officer")
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Other words for what is up; the page of citizens tells when it was changed."""
    card = _item(request, item_id)
    known = {"title": card.title, "body": card.body, "source": card.source, "version": card.version}
    form = PublicItemForm(request.POST if request.method == "POST" else None, initial=known, is_new=False)
    if form.is_bound and form.is_valid():
        try:
            services.change_item(
                actor=actor_of(request),
                at=clock.now(),
                item_id=card.id,
                version=form.cleaned_data["version"] or 0,
                entry=form.entry(kind=card.kind, agency_id=card.agency_id),
            )
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã lưu nội dung mới."))
            return redirect("desk:items")
    return _form_page(request, form, card)


@access("officer")
@require_POST
def withdraw_item(request: HttpRequest, item_id: int) -> HttpResponse:
    card = _item(request, item_id)
    version = governing.number(request.POST.get("version", "")) or 0
    services.withdraw_item(actor=actor_of(request), at=clock.now(), item_id=card.id, version=version)
    messages.success(request, gettext("Đã gỡ thông tin khỏi Cổng Dịch vụ công."))
    return redirect("desk:items")


@access("officer")
@require_http_methods(["GET", "POST"])
def contacts(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Whom citizens may ask at the agency: shown on its page and among the public information.

    Basis: DL24-5.7, DL24-11.3, QN20-18.
    """
    scope = must_administer(request, act=grounds_of(agency_services.add_contact))
    card = agencies.agency(governing.small(agency_id))
    if not scope.covers(card.id):
        raise forbidden(grounds_of(agency_services.add_contact), clock.now())
    form = AddContact(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            entry = agency_services.ContactEntry(**form.cleaned_data)
            agency_services.add_contact(
                actor=actor_of(request), at=clock.now(), agency_id=card.id, entry=entry
            )
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã thêm liên hệ."))
            return redirect("desk:contacts", card.id)
    context = frame(request, "agencies") | {
        "card": card,
        "found": agencies.contacts({card.id}).get(card.id, ()),
        "form": form,
        "page_errors": page_errors(form),
    }
    return render(request, "desk/governing/contacts.html", context, status=422 if form.errors else 200)


@access("officer")
@require_POST
def drop_contact(request: HttpRequest, contact_id: int) -> HttpResponse:
    must_administer(request, act=grounds_of(agency_services.add_contact))
    agency_id = agency_services.drop_contact(
        actor=actor_of(request), at=clock.now(), contact_id=governing.small(contact_id)
    )
    messages.success(request, gettext("Đã bỏ liên hệ."))
    return redirect("desk:contacts", agency_id)


def kind_name(kind: str) -> str:
    return gettext(law_labels.KEYS[f"{PREFIX}{kind}"])


def kinds_of(regulation: Regulation | None) -> list[tuple[str, str]]:
    """The kinds of public information that the regulation names, as the form offers them."""
    values = regulation.values if regulation else ()
    names = [each.key.removeprefix(PREFIX) for each in values if each.key.startswith(PREFIX) and each.value]
    return [(name, kind_name(name)) for name in names]


def _publishers(request: HttpRequest) -> tuple[AgencyCard, ...]:
    if governing.standing_of(request).is_province:
        return agencies.agencies(settings.PROVINCE, clock.now().date(), level=AgencyLevel.PROVINCE)
    return governing.own_agencies(request)


def _item(request: HttpRequest, item_id: int) -> ItemCard:
    """Raises NotFound, Forbidden."""
    standing = governing.must_take_part(request)
    card = queries.public_item(settings.PROVINCE, governing.small(item_id))
    if card is None:
        raise NotFound()
    if not (standing.is_province or standing.acts_for(card.agency_id)):
        raise forbidden("items", clock.now())
    return card


def _form_page(request: HttpRequest, form: PublicItemForm, card: ItemCard | None) -> HttpResponse:
    context = frame(request, "items") | {
        "form": form,
        "card": card,
        "kind": kind_name(card.kind) if card else "",
        "page_errors": page_errors(form),
    }
    return render(request, "desk/governing/item.html", context, status=422 if form.errors else 200)
