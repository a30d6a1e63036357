"""Closing one's account: what stands against it, and what becomes of drafts (ADR 0069)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Q, QuerySet

from motcua.accounts import services as accounts
from motcua.accounts.errors import WrongCode
from motcua.documents import services as documents
from motcua.dossiers.enums import Status
from motcua.dossiers.errors import (
    OrganisationHoldsYou,
    ResultComesHere,
    WaitsForYou,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.lines import way_back_of
from motcua.dossiers.queries.own import open_of
from motcua.dossiers.queries.worklists import summaries
from motcua.dossiers.services.filing import withdraw
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.notify import services as notify

WHY = "Chủ tài khoản đóng tài khoản"
_MOST = 50  # hindrances that are named


class Hindrance(StrEnum):
    """What stands against closing: something is awaited of the applicant, a result comes into the account, an
    organisation has no other representative."""

    AWAITED = "awaited"
    RESULT = "result"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Standing:
    """One of them, by the id and the name of the dossier or the organisation."""

    what: Hindrance
    id: str
    name: str
    reference: str = ""


def against_closing(*, actor: Actor) -> tuple[Standing, ...]:
    """Everything that stands against closing the account now. Raises Forbidden for officers.

    Basis: DL24-5.4, PT24-5.4; our own reading beyond them (ADR 0069).
    """
    if not actor.is_citizen or not actor.id.isdigit():
        raise Forbidden()
    mine = _mine(int(actor.id)).filter(filed_at__isnull=False, ended_at__isnull=True)
    awaited = Q(status__in=[Status.AWAITING_SUPPLEMENT.value, Status.AWAITING_PAYMENT.value])
    coming = mine.alias(comes=way_back_of("state"))
    found = [
        Standing(Hindrance.AWAITED, each.id, each.procedure, each.reference)
        for each in summaries(mine.filter(awaited).order_by("-updated_at")[:_MOST])
    ]
    found += [
        Standing(Hindrance.RESULT, each.id, each.procedure, each.reference)
        for each in summaries(coming.filter(comes="online").exclude(awaited).order_by("-updated_at")[:_MOST])
    ]
    owned = accounts.only_owner_of(int(actor.id))
    in_use = open_of([organisation_id for organisation_id, _, has_others in owned if not has_others])
    return (
        *found,
        *(
            Standing(Hindrance.ORGANISATION, str(organisation_id), name)
            for organisation_id, name, has_others in owned
            if has_others or organisation_id in in_use
        ),
    )


def must_be_free(*, actor: Actor) -> None:
    """Raises WaitsForYou, ResultComesHere or OrganisationHoldsYou for the first that stands against it."""
    refusals = {
        Hindrance.AWAITED: WaitsForYou,
        Hindrance.RESULT: ResultComesHere,
        Hindrance.ORGANISATION: OrganisationHoldsYou,
    }
    for each in against_closing(actor=actor):
        raise refusals[each.what](name=each.name)


def ask_to_close_account(*, actor: Actor, password: str, at: datetime) -> None:
    """Send the code that closes the account. Raises what stands against it, and what `ask_to_close` does."""
    must_be_free(actor=actor)
    accounts.ask_to_close(actor=actor, password=password, at=at)


def close_account(*, actor: Actor, code: str, at: datetime) -> None:
    """Close the actor's account by its code: drafts are thrown away, what was filed goes its way.

    Nothing moves meanwhile: the account is locked first, so nothing new comes to belong to it (`hold_open`),
    then whatever belongs to it, so nothing begins to stand against closing once that was looked at. A draft
    that is sent at the same moment is either thrown away or stays filed; if something stands against closing
    then, nothing was done. Raises WrongCode (the try is counted), what stands against it, Forbidden for an
    account that is closed already.

    Basis: KT22-7.1#1, DL24-24.5, PT24-24.1; our own reading beyond them (ADR 0069).
    """
    with transaction.atomic():
        if accounts.is_proved_to_close(actor=actor, code=code, at=at):
            _hold_all(actor)
            must_be_free(actor=actor)
            _throw_drafts_away(actor, at)
            documents.clear(actor=actor, purpose="")
            notify.choose_topics(actor=actor, wanted=set())
            accounts.close(actor=actor, at=at)
            return
    raise WrongCode


def _hold_all(actor: Actor) -> None:
    """Lock what belongs to the account, also by a mandate, also what has ended: a correction opens it anew.

    Whoever holds one of them is waited for and waits for nothing that is held here: what an act writes only
    refers to the account.
    """
    belongs = Q(owner_id=int(actor.id)) | Q(principal_id=int(actor.id))
    rows = Dossier.objects.filter(belongs).select_for_update(of=("self",)).order_by("id")
    list(rows.values_list("pk", flat=True))


def _throw_drafts_away(actor: Actor, at: datetime) -> None:
    """What was sent meanwhile is a filing, and is not withdrawn."""
    drafts = Dossier.objects.filter(
        owner_id=int(actor.id),
        organisation__isnull=True,
        status=Status.DRAFT.value,
        ended_at__isnull=True,
    )
    for dossier_id, version in list(drafts.order_by("id").values_list("pk", "version")):
        withdraw(actor=actor, at=at, dossier_id=str(dossier_id), expected_version=version, reason=WHY)


def _mine(account_id: int) -> QuerySet[Dossier]:
    """One's own matters, whoever filed them; not those of others, who go on with them."""
    own = Q(owner_id=account_id, principal__isnull=True, organisation__isnull=True)
    return Dossier.objects.filter(own | Q(principal_id=account_id))
