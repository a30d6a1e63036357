"""The dossiers on whose applicant's side somebody stands, by keyset: own ones, and those of others.

Each kind of right has its index, so a page takes the first rows of each and puts them in order: an
organisation with a hundred thousand dossiers costs what a person with three does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan

from motcua.dossiers.enums import ENDED, Status
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.cursors import cursor_of, read_cursor
from motcua.dossiers.queries.fetched import fetched_of, waits_fetched
from motcua.dossiers.queries.views import DossierSummary
from motcua.dossiers.queries.worklists import summaries


@dataclass(frozen=True, slots=True)
class Sources:
    """Which dossiers are wanted: one's own, those filed for one by others, those one filed for people, and
    those of organisations, with or without their drafts.

    Of what was filed for people those for whom a mandate holds: `mandates` are who gave them and the codes
    that each covers, none for all. What one has prepared for people is among it, unless it shall be such as
    can be gone on with (`lapsed_drafts`).
    """

    account_id: int
    own: bool = True
    given: bool = True
    taken: bool = True
    lapsed_drafts: bool = True
    mandates: tuple[tuple[int, frozenset[str]], ...] = ()
    with_drafts: tuple[int, ...] = ()
    without_drafts: tuple[int, ...] = ()

    def parts(self) -> list[Q]:
        found: list[Q] = []
        if self.own:
            found.append(Q(owner_id=self.account_id, principal__isnull=True, organisation__isnull=True))
        if self.given:
            found.append(Q(principal_id=self.account_id, filed_at__isnull=False))
        if self.taken:
            found.append(Q(owner_id=self.account_id, principal__isnull=False) & self._held())
        found += [Q(organisation_id=number) for number in self.with_drafts]
        found += [Q(organisation_id=number, filed_at__isnull=False) for number in self.without_drafts]
        return found

    def _held(self) -> Q:
        wanted = Q(principal_id__in=[giver for giver, codes in self.mandates if not codes])
        for giver, codes in self.mandates:
            if codes:
                wanted |= Q(principal_id=giver, procedure_version__procedure__code__in=sorted(codes))
        return wanted | Q(filed_at__isnull=True) if self.lapsed_drafts else wanted

    def lapsed(self, found: Iterable[DossierSummary]) -> frozenset[str]:
        """The ids of those drafts among these that no mandate covers any more. One query, none if nothing
        among them was prepared under a mandate."""
        drafts = [UUID(each.id) for each in found if each.is_under_mandate and each.status is Status.DRAFT]
        if not drafts:
            return frozenset()
        held = Dossier.objects.filter(replace(self, lapsed_drafts=False)._held(), pk__in=drafts)
        return frozenset(map(str, set(drafts) - set(held.values_list("pk", flat=True))))


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """The states that make a part of the list. `fetched`: what is to be returned online and was fetched is in
    it too (True), or is not although its state is (False); None where the state alone counts."""

    statuses: frozenset[Status]
    fetched: bool | None = None

    def wanted(self) -> Q:
        wanted = Q(status__in=sorted(status.value for status in self.statuses))
        if self.fetched is not None:
            wanted = wanted | waits_fetched() if self.fetched else wanted & ~waits_fetched()
        if self.statuses & ENDED:
            return wanted & (Q(ended_at__isnull=True) | Q(filed_at__isnull=False))
        return wanted & Q(ended_at__isnull=True)


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page, the newest change first; `next_cursor` asks for the page after it, None at the end."""

    items: tuple[DossierSummary, ...]
    next_cursor: str | None


def has_filed_for_people(account_id: int) -> bool:
    """Whether the account has ever prepared or filed anything under a mandate."""
    return Dossier.objects.filter(owner_id=account_id, principal__isnull=False).exists()


def has_open_of(organisation_id: int) -> bool:
    """Whether a dossier or a draft of the organisation is open. Implements `accounts.ports.InUse`."""
    return bool(open_of([organisation_id]))


def open_of(organisation_ids: Collection[int]) -> frozenset[int]:
    """Those of the organisations of which a dossier or a draft is open. One query."""
    if not organisation_ids:
        return frozenset()
    rows = Dossier.objects.filter(organisation_id__in=organisation_ids, ended_at__isnull=True)
    return frozenset(rows.order_by().values_list("organisation_id", flat=True).distinct())


def has_open_matters(account_id: int) -> bool:
    """Whether something that was filed by the account, or for its owner, is still open; drafts are not."""
    touched = Q(owner_id=account_id) | Q(principal_id=account_id)
    return Dossier.objects.filter(touched, filed_at__isnull=False, ended_at__isnull=True).exists()


def own_dossiers(account_id: str, *, limit: int = 200) -> tuple[DossierSummary, ...]:
    """The dossiers of a person, the newest change first: filed by themselves, or for them by a mandate.

    What somebody filed for others is not among them, nor what belongs to an organisation.
    """
    (found,) = _places(Sources(int(account_id), taken=False).parts(), [Q()], limit)
    rows = _rows_of(identity for _, identity in found)
    return tuple(rows[identity] for _, identity in found)


def own_pages(
    sources: Sources,
    groups: Sequence[OwnGroup],
    *,
    procedure_code: str = "",
    after: str | None = None,
    limit: int = 25,
) -> tuple[OwnPage, ...]:
    """One page for each group, of one procedure if its code is given: two queries for all, and a third where
    a result lies ready to be fetched.

    Drafts that were thrown away are none of them: nothing was ever filed. Their record stays and is found
    by its address. An unreadable cursor gives the first page.
    """
    parts = sources.parts()
    if not parts:
        return (OwnPage((), None),) * len(groups)
    cursor = read_cursor(after, 2)
    asked = Q(procedure_version__procedure__code=procedure_code) if procedure_code else Q()
    if cursor is not None:
        asked &= Q(TupleLessThan(Tuple("updated_at", "id"), (cursor[0], UUID(cursor[1]))))
    found = _places(parts, [asked & group.wanted() for group in groups], limit + 1)
    rows = _with_fetched(_rows_of(identity for page in found for _, identity in page[:limit]))
    return tuple(
        OwnPage(
            tuple(rows[identity] for _, identity in page[:limit]),
            cursor_of(*page[limit - 1]) if len(page) > limit else None,
        )
        for page in found
    )


def _rows_of(identities: Iterable[UUID]) -> dict[UUID, DossierSummary]:
    """The dossiers of these ids, read once their place is known: their states are unpacked for each."""
    wanted = set(identities)
    found = summaries(Dossier.objects.filter(pk__in=wanted)) if wanted else ()
    return {UUID(each.id): each for each in found}


def _with_fetched(rows: dict[UUID, DossierSummary]) -> dict[UUID, DossierSummary]:
    """The rows, with when their results were fetched that are to be returned online."""
    ready = [key for key, row in rows.items() if row.status is Status.READY and row.comes == "online"]
    found = fetched_of(ready)
    return rows | {key: replace(rows[key], fetched=fetched) for key, fetched in found.items()}


def _places(parts: Sequence[Q], groups: Sequence[Q], limit: int) -> list[list[tuple[datetime, UUID]]]:
    """Moment and id of the dossiers of each group in order; each part of the sources is read by its own
    index, all of them in one query."""
    first, *others = [
        Dossier.objects.filter(part & wanted)
        .annotate(group=Value(number))
        .order_by("-updated_at", "-id")
        .values_list("group", "updated_at", "id")[:limit]
        for number, wanted in enumerate(groups)
        for part in parts
    ]
    found: list[list[tuple[datetime, UUID]]] = [[] for _ in groups]
    for number, updated_at, identity in first.union(*others, all=True) if others else first:
        found[number].append((updated_at, identity))
    return [sorted(each, reverse=True)[:limit] for each in found]
