"""Organisations I belong to: declare one, invite people, say what each may do, leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from motcua.accounts import services
from motcua.accounts.errors import AlreadyDeclared
from motcua.accounts.queries import acting
from motcua.accounts.queries.acting import Member, OrganisationCard
from motcua.accounts.rules.acting import MemberRole, NumberKind, Proof
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.portal import who
from motcua.portal.forms.acting import (
    NUMBER_KINDS,
    ROLE_NAMES,
    InviteForm,
    OrganisationContactsForm,
    OrganisationForm,
    RoleForm,
)
from motcua.portal.views.account import page, show
from motcua.theme.access import access
from motcua.theme.own_account import CodeForm
from motcua.theme.refusals import sentence

ACTS = ("role", "pass_on", "remove")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of an organisation as its page shows them."""

    member: Member
    role: str
    is_me: bool


@access("citizen")
def organisations(request: HttpRequest) -> HttpResponse:
    """Invitations on top, then the organisations I belong to."""
    rows: list[dict[str, Any]] = [
        {"card": each, "role": ROLE_NAMES[each.own.role], "is_proved": each.proof is Proof.PROVED}
        for each in acting.organisations_of(who.card(request).id)
    ]
    context = {
        "nav": "account",
        "invitations": [row for row in rows if row["card"].own.account_id is None],
        "rows": [row for row in rows if row["card"].own.account_id is not None],
    }
    return render(request, "portal/acting/organisations.html", context)


@access("citizen")
def new_organisation(request: HttpRequest) -> HttpResponse:
    form, known = OrganisationForm(request.POST or None), 0
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.declare_organisation(
                actor=who.actor(request),
                name=data["name"],
                number_kind=NumberKind(data["number_kind"]),
                number=data["number"],
                address=data["address"],
                phone=data["phone"],
                email=data["email"],
                at=who.now(),
            )
        except AlreadyDeclared as refusal:
            show(form, refusal, "number")
            known = int(str(refusal.params["organisation_id"]))
        except Refusal as refusal:
            show(form, refusal)
        else:
            messages.success(request, gettext("Đã khai báo tổ chức. Bây giờ bạn có thể mời người cùng làm."))
            return redirect("portal:organisation", organisation_id=made)
    return page(request, "portal/acting/new_organisation.html", form, nav="account", known=known)


@access("citizen")
def organisation(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """What is known of it, and its people with what each may do."""
    card = acting.organisation(who.card(request).id, organisation_id)
    members = acting.members(organisation_id)
    people = [
        Person(each, str(ROLE_NAMES[each.role]), each.account_id == card.own.account_id) for each in members
    ]
    context = {
        "nav": "account",
        "card": card,
        "number_kind": NUMBER_KINDS[card.number_kind],
        "is_proved": card.proof is Proof.PROVED,
        "runs_it": runs(card),
        "is_alone": is_alone(card, members),
        "files": card.own.role is not MemberRole.VIEWER,
        "own_role": ROLE_NAMES[card.own.role],
        "people": [each for each in people if each.member.account_id is not None],
        "invited": [each for each in people if each.member.account_id is None] if runs(card) else [],
    }
    return render(request, "portal/acting/organisation.html", context)


def runs(card: OrganisationCard) -> bool:
    return card.own.role is MemberRole.OWNER


def run_by(request: HttpRequest, organisation_id: int) -> OrganisationCard:
    """The organisation, for its legal representative. Raises NotFound, Forbidden."""
    card = acting.organisation(who.card(request).id, organisation_id)
    if not runs(card):
        raise Forbidden
    return card


@access("citizen")
def organisation_contacts(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Change address, phone and mailbox. A new mailbox is used once it is confirmed."""
    card = run_by(request, organisation_id)
    known = {"address": card.address, "phone": card.phone, "email": card.email}
    form = OrganisationContactsForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            waits = services.change_organisation_contacts(
                actor=who.actor(request), organisation_id=organisation_id, at=who.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            show(form, refusal, "email")
        else:
            messages.success(request, gettext("Đã lưu thông tin liên hệ của tổ chức."))
            if waits:
                messages.info(request, gettext("Đã gửi mã tới hộp thư mới."))
            page_of_it = "portal:organisation_mailbox" if waits else "portal:organisation"
            return redirect(page_of_it, organisation_id=organisation_id)
    return page(request, "portal/acting/contacts.html", form, nav="account", card=card)


@access("citizen")
def organisation_mailbox(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """The code that went to the mailbox; or have one sent, again or for the first time."""
    card = run_by(request, organisation_id)
    if not card.email or card.is_email_confirmed:
        return redirect("portal:organisation", organisation_id=organisation_id)
    is_asking = request.POST.get("act") == "send"
    form = CodeForm(request.POST if request.method == "POST" and not is_asking else None)
    asked: dict[str, Any] = {"actor": who.actor(request), "organisation_id": organisation_id, "at": who.now()}
    if is_asking:
        try:
            services.ask_for_mailbox_code(**asked)
        except Refusal as refusal:
            messages.warning(request, sentence(refusal))
        else:
            messages.success(request, gettext("Đã gửi mã tới %(email)s.") % {"email": card.email})
        return redirect("portal:organisation_mailbox", organisation_id=organisation_id)
    if request.method == "POST" and form.is_valid():
        try:
            services.confirm_mailbox(code=form.cleaned_data["code"], **asked)
        except Refusal as refusal:
            show(form, refusal, "code")
        else:
            messages.success(
                request, gettext("Đã xác nhận hộp thư. Từ nay thông báo về hồ sơ cũng gửi tới đây.")
            )
            return redirect("portal:organisation", organisation_id=organisation_id)
    return page(request, "portal/acting/mailbox.html", form, nav="account", card=card)


@access("citizen")
def invite_member(request: HttpRequest, organisation_id: int) -> HttpResponse:
    card = run_by(request, organisation_id)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.invite_member(
                actor=who.actor(request),
                organisation_id=organisation_id,
                number=data["number"],
                name=data["name"],
                role=MemberRole(data["role"]),
                at=who.now(),
            )
        except Refusal as refusal:
            show(form, refusal)
        else:
            messages.success(request, gettext("Đã gửi lời mời. Người đó thấy lời mời khi đăng nhập."))
            return redirect("portal:organisation", organisation_id=organisation_id)
    return page(request, "portal/acting/invite.html", form, nav="account", card=card)


@access("citizen")
def member(request: HttpRequest, organisation_id: int, membership_id: int) -> HttpResponse:
    """Change what somebody may do, hand the representation to them, or end their membership."""
    card = run_by(request, organisation_id)
    found = next((each for each in acting.members(organisation_id) if each.id == membership_id), None)
    if found is None:
        raise NotFound
    act = request.POST.get("act", "")
    if request.method == "POST" and act not in ACTS:
        raise NotFound
    form = RoleForm(request.POST if act == "role" else None, initial={"role": found.role.value})
    if request.method == "POST" and (act != "role" or form.is_valid()):
        try:
            said = _change(request, card, found, act, form)
        except Refusal as refusal:
            if act == "role":
                show(form, refusal)
            else:
                messages.warning(request, sentence(refusal))
                return redirect("portal:member", organisation_id, membership_id)
        else:
            messages.success(request, said)
            return redirect("portal:organisation", organisation_id=organisation_id)
    context = {
        "nav": "account",
        "card": card,
        "member": found,
        "role": ROLE_NAMES[found.role],
        "is_me": found.account_id == card.own.account_id,
    }
    return page(request, "portal/acting/member.html", form, **context)


def _change(request: HttpRequest, card: OrganisationCard, found: Member, act: str, form: RoleForm) -> str:
    """Do what was chosen; answers the sentence that says so."""
    actor, at = who.actor(request), who.now()
    if act == "role":
        role = MemberRole(form.cleaned_data["role"])
        services.change_role(actor=actor, organisation_id=card.id, membership_id=found.id, role=role, at=at)
        return gettext("Đã đổi vai trò.")
    if act == "pass_on":
        services.pass_on(actor=actor, organisation_id=card.id, membership_id=found.id, at=at)
        return gettext("Đã chuyển quyền đại diện. Từ nay bạn là người nộp hồ sơ của tổ chức.")
    services.remove_member(actor=actor, organisation_id=card.id, membership_id=found.id, at=at)
    if found.account_id is None:
        return gettext("Đã rút lại lời mời.")
    return gettext("Người này không còn thuộc tổ chức.")


@access("citizen")
def leave_organisation(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Leave, or close it where nobody else is left, after being told what that means."""
    card = acting.organisation(who.card(request).id, organisation_id)
    if request.method == "POST":
        closes = request.POST.get("act") == "close"
        act = services.close_organisation if closes else services.leave_organisation
        try:
            act(actor=who.actor(request), organisation_id=organisation_id, at=who.now())
        except Refusal as refusal:
            messages.warning(request, sentence(refusal))
            return redirect("portal:organisation", organisation_id=organisation_id)
        said = gettext("Đã đóng tổ chức trên Cổng.") if closes else gettext("Bạn đã rời tổ chức.")
        messages.success(request, said)
        return redirect("portal:organisations")
    context = {
        "nav": "account",
        "card": card,
        "is_alone": is_alone(card, acting.members(organisation_id)),
        "must_pass_on": runs(card) and acting.is_last_owner(who.card(request).id, organisation_id),
    }
    return render(request, "portal/acting/leave.html", context)


def is_alone(card: OrganisationCard, people: Iterable[Member]) -> bool:
    """Whether nobody belongs to it but its legal representative: they close it, for there is nobody to whom
    they could pass it on."""
    return runs(card) and all(each.account_id in (None, card.own.account_id) for each in people)


@access("citizen")
def invitation(request: HttpRequest, membership_id: int) -> HttpResponse:
    """An invitation to me: accept or decline."""
    invited = acting.invitation(who.card(request).id, membership_id)
    card = invited.organisation
    if request.method != "POST":
        is_declared = card.proof is Proof.DECLARED
        context = {"nav": "account", "card": card, "by": invited.by, "is_declared": is_declared}
        context["role"] = ROLE_NAMES[card.own.role]
        return render(request, "portal/acting/invitation.html", context)
    act = request.POST.get("act", "")
    if act not in ("accept", "decline"):
        return redirect("portal:invitation", membership_id=membership_id)
    try:
        if act == "accept":
            services.accept_invitation(actor=who.actor(request), membership_id=membership_id, at=who.now())
            messages.success(request, gettext("Bạn đã tham gia tổ chức."))
            return redirect("portal:organisation", organisation_id=card.id)
        services.decline_invitation(actor=who.actor(request), membership_id=membership_id, at=who.now())
        messages.success(request, gettext("Bạn đã từ chối lời mời."))
    except Refusal as refusal:
        messages.warning(request, sentence(refusal))
    return redirect("portal:organisations")
