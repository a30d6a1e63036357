"""Which rows stand in which box of an officer's desk: conditions and row sets, without order or page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Exact, In

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.dossiers.enums import ENDED, PAUSED, WITH_RESULT, Box, Status
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.queries.lines import way_back_of
from motcua.dossiers.rules.contracted import ACTS, RECEIVE, RETURN, RETURN_BY_POST
from motcua.dossiers.rules.life import CHECK_STEP, CONSULT_STEP
from motcua.dossiers.rules.warning import reached_until
from motcua.kernel.actors import Actor
from motcua.law import queries as law

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import Ahead, Post

_AGREEING = ("approve", "control")
_BEHIND_THE_DESK = ("settling", "leadership", "office")
_CLOSING = "result.explicit_close"
DESK = (Role.RECEIVER, Role.DESK_HEAD)
ANSWERING = frozenset({Role.APPROVER, Role.DESK_HEAD, Role.UNIT_HEAD})  # for the work of others
_OUTSIDE = (Role.ADMIN, Role.POSTAL_STAFF)  # whose posts open no unit's dossiers
_WITH_RESULT = sorted(status.value for status in WITH_RESULT)


def tasks(actor: Actor, posts: Collection[Post], box: Box) -> QuerySet[DossierTask]:
    rows = DossierTask.objects.filter(is_paused=False, is_held=False)
    if box is Box.MINE:
        return rows.filter(named(actor, posts))
    if box is Box.APPROVALS:
        theirs = named(actor, posts) | Q(takeable(posts), officer__isnull=True)
        return rows.filter(theirs, kind__in=_AGREEING).exclude(_own_proposals(actor, posts))
    if box is Box.RETURNS:  # whoever is at the desk hands over what lies there, whosever name it bears
        return rows.filter(takeable(posts), kind="return")
    return rows.filter(takeable(posts) | _to_be_given(posts), officer__isnull=True).exclude(
        kind__in=(*_AGREEING, "return")
    )


def _to_be_given(posts: Collection[Post]) -> Q:
    """What lies in a unit with nobody, for the unit's head: whoever gives work out sees what is not given.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, KT18-15.0; reading A71.
    """
    return Q(unit_id__in=sorted({post.unit_id for post in posts if post.role is Role.UNIT_HEAD}))


def _own_proposals(actor: Actor, posts: Collection[Post]) -> Q:
    """What the officer proposed and could decide in an absent colleague's place only: somebody else does."""
    own = [post for post in posts if not post.for_id]
    if len(own) == len(posts):  # nearly always: then no dossier's state is read
        return Q(pk__in=())
    proposed = Q(kind="approve", dossier__state__proposed_by=actor.id)
    return proposed & ~takeable(own) if own else proposed


@dataclass(frozen=True, slots=True)
class Brought:
    """What a closure that was announced brings nearer: marks of the agency's tasks that were reckoned before
    it, of terms that end behind its beginning, count as reached up to `until`."""

    agency_id: int
    starts_at: datetime
    announced_at: datetime
    until: datetime


def brought(posts: Collection[Post], at: datetime) -> tuple[Brought, ...]:
    """What closures of the agencies of these posts bring nearer at `at`; nearly always nothing.

    The marks of tasks are kept as their events reckoned them (ADR 0048); lists look at the calendar besides.
    """
    by_agency: dict[int, list[Ahead]] = {}
    for each in agencies.closures_ahead({post.agency_id for post in posts}, at):
        by_agency.setdefault(each.agency_id, []).append(each)
    return tuple(
        Brought(agency_id, each.span.starts_at, each.announced_at, until)
        for agency_id, closures in by_agency.items()
        for each, until in zip(
            closures,
            reached_until(at, [each.span for each in closures], closures[0].calendar),
            strict=True,
        )
    )


def soon(
    actor: Actor, posts: Collection[Post], at: datetime, nearer: Collection[Brought]
) -> QuerySet[DossierTask]:
    """Theirs or open to their posts: what has used up half of its term, and all of a late dossier, also while
    its clock stands.

    Once its result is there a dossier can no longer become late, but the return of what nobody comes for can;
    what else is left to do stands in other boxes.
    """
    ours = Q(officer__isnull=True) & takeable(posts)
    return DossierTask.objects.filter(named(actor, posts) | ours, _is_soon(at, nearer))


def pressing(
    posts: Collection[Post], at: datetime, nearer: Collection[Brought], on: date
) -> QuerySet[DossierTask]:
    """What is late, about to be late, or can be taken by nobody on the day, of what these posts answer for,
    in whoever's hands it is: a leader for the agency, the head of a desk for its dossiers wherever they lie,
    the head of a unit for what lies there.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, DL24-14.4#1.
    """
    led = sorted({post.agency_id for post in posts if post.role is Role.APPROVER})
    desks = sorted({post.unit_id for post in posts if post.role is Role.DESK_HEAD})
    headed = sorted({post.unit_id for post in posts if post.role is Role.UNIT_HEAD})
    theirs = Q(agency_id__in=led) | Q(desk_unit_id__in=desks) | Q(unit_id__in=headed)
    return DossierTask.objects.filter(
        theirs, _is_soon(at, nearer) | (Q(is_paused=False, is_held=False) & is_stuck(on))
    )


def is_stuck(on: date) -> Q:
    """Whether nobody could take a task on this day: its post is empty, whose name it bears has left, or they
    are away and nobody can act in their place."""
    asked = Coalesce(Cast("officer_id", TextField()), F("role"))
    return ~Q(_SomebodyActs(F("unit_id"), asked, on=on))


def stuck_tasks(dossier_ids: Collection[UUID], on: date) -> frozenset[tuple[str, str]]:
    """(dossier, key) of their open tasks that nobody could take on this day (`is_stuck`); one query."""
    rows = DossierTask.objects.filter(is_stuck(on), dossier_id__in=dossier_ids, is_paused=False)
    return frozenset((str(dossier_id), key) for dossier_id, key in rows.values_list("dossier_id", "key"))


class _SomebodyActs(Func):
    """Whether somebody can act on a day, at a unit, as the officer or else in the role that is asked for;
    heads of a desk also receive.

    The posts of the day are read once for all rows, not for each.
    """

    output_field = BooleanField()

    def __init__(self, *asked: Any, on: date) -> None:
        super().__init__(*asked)
        self.on = on

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        posts, values = agencies.acting_posts(self.on)
        names = "VALUES (acting.role), (acting.account_id::text), (CASE acting.role WHEN %s THEN %s END)"
        able = (
            f"SELECT acting.unit_id, able.name FROM ({posts}) AS acting, LATERAL ({names}) AS able(name)"  # noqa: S608 (no text of others in it)
            " WHERE able.name IS NOT NULL"
        )
        asked, asked_values = super().as_sql(compiler, connection, template="%(expressions)s", **context)
        heads = (Role.DESK_HEAD.value, Role.RECEIVER.value)
        return f"({asked}) IN ({able})", (*asked_values, *values, *heads)


def _is_soon(at: datetime, nearer: Collection[Brought]) -> Q:
    """What is first seen when it is late (`soon_at` is its `sort_at`) has no mark to come nearer.

    Asks the task's own row only, as it stands around every page: what stands still has no `soon_at`, and of
    what has its result only a return that nobody comes for has one.
    """
    by_closures = (
        Q(
            agency_id=each.agency_id,
            soon_at__lte=each.until,
            soon_at__lt=F("sort_at"),
            due_at__gt=each.starts_at,
            opened_at__lt=each.announced_at,
        )
        for each in nearer
    )
    return reduce(or_, by_closures, Q(soon_at__lte=at))


def named(actor: Actor, posts: Collection[Post]) -> Q:
    """What bears the officer's name, or that of an absent colleague for whom they stand in."""
    return Q(officer_id__in=map(int, names(actor, posts)))


def names(actor: Actor, posts: Collection[Post]) -> set[str]:
    """Account ids in whose name the officer acts: their own, and those of absent colleagues."""
    return {actor.id, *(post.for_id for post in posts if post.for_id)}


def takeable(posts: Collection[Post]) -> Q:
    """What whoever holds these posts may take: of the desk what comes in there, of a unit what lies with it.

    Basis: KT18-13.6, DL24-11.5#1.
    """
    pairs = {(post.unit_id, post.role.value) for post in posts}
    pairs |= {(post.unit_id, Role.RECEIVER.value) for post in posts if post.role in DESK}
    ours = (Q(unit_id=unit, role=role) for unit, role in sorted(pairs))
    desks = sorted({post.unit_id for post in posts if post.role is Role.POSTAL_STAFF})
    return reduce(or_, ours) | _contracted(desks) if desks else reduce(or_, ours)


def _contracted(desks: list[int]) -> Q:
    """What lies with staff under contract at these desks, as `rules.contracted` says of one dossier.

    Basis: QN20-28.2, KT22-1.2.g.
    """
    own = {word: _giving(word) for word in (RECEIVE, RETURN, RETURN_BY_POST)}
    under, comes = "dossier__state__target__regulation__in", way_back_of("dossier__state")
    by_post = Q(Exact(comes, "postal"), **{under: own[RETURN_BY_POST]})
    by_hand = Q(In(comes, ["counter", "postal"]), **{under: own[RETURN]})
    check = Q(step_key=CHECK_STEP, **{under: own[RECEIVE]})
    at_desk = Q(unit_id__in=desks, role=Role.RECEIVER.value)
    return at_desk & (check | (Q(kind="return", dossier__status__in=_WITH_RESULT) & (by_post | by_hand)))


def _giving(word: str) -> list[str]:
    """The regulations that give this to staff under contract."""
    return [name for name, found in law.law().regulations.items() if word in found.words(ACTS)]


def of_agencies(posts: Collection[Post]) -> Q:
    return Q(agency_id__in=agencies_of(posts))


def worked_on(posts: Collection[Post]) -> Q:
    """What `policy.may_read` lets them open: one of their units is of its posting, or has a task of it.

    Goes with `of_agencies`, whose indexes find the rows.
    """
    units = _units(posts)
    held = DossierTask.objects.filter(dossier_id=OuterRef("id"), unit_id__in=units)
    posted = (Q(**{f"state__target__posting__{place}__in": units}) for place in _BEHIND_THE_DESK)
    return reduce(or_, posted, Q(desk_unit_id__in=units)) | Q(Exists(held))


def readable(posts: Collection[Post]) -> Q:
    """What these posts open of whatever agency, as `policy.may_read` does it for one dossier: also what lies
    with staff under contract."""
    desks = sorted({post.unit_id for post in posts if post.role is Role.POSTAL_STAFF})
    if not desks:
        return worked_on(posts)
    carried = DossierTask.objects.filter(_contracted(desks), dossier_id=OuterRef("id"))
    return worked_on(posts) | Q(Exists(carried))


def agencies_of(posts: Collection[Post]) -> set[int]:
    """The agencies whose dossiers these posts work on."""
    return {post.agency_id for post in posts if post.role not in _OUTSIDE}


def desks_of(posts: Collection[Post]) -> list[int]:
    """The desks at which these posts receive."""
    return sorted({post.unit_id for post in posts if post.role in DESK})


def inside(posts: Collection[Post]) -> set[int]:
    """The units whose dossiers these posts open."""
    return {post.unit_id for post in posts if post.role not in _OUTSIDE}


def _units(posts: Collection[Post]) -> list[int]:
    return sorted(inside(posts))


def waiting(posts: Collection[Post]) -> QuerySet[Dossier]:
    """What the applicant is waited for: of a desk all that came in there, of another unit what lies there."""
    desks = desks_of(posts)
    others = sorted(inside(posts).difference(desks))
    halted = DossierTask.objects.filter(unit_id__in=others, is_paused=True)
    whose = [Q(desk_unit_id__in=desks)] if desks else []
    whose += [Q(id__in=halted.values("dossier_id"))] if others else []
    paused = sorted(status.value for status in PAUSED)
    return Dossier.objects.filter(reduce(or_, whose, Q(pk__in=())), status__in=paused)


def messages(posts: Collection[Post]) -> QuerySet[Dossier]:
    """Dossiers of their desks to which an applicant wrote, and nobody has dealt with it."""
    desks = desks_of(posts)
    rows = Dossier.objects.filter(open_thread__isnull=False, desk_unit_id__in=desks)
    return rows.annotate(written_at=F("open_thread__since"))


def asked(actor: Actor, posts: Collection[Post]) -> QuerySet[DossierTask]:
    """Opinions not given yet, in cases that bear the officer's name or are of a unit whose head they are."""
    headed = sorted({post.unit_id for post in posts if post.role is Role.UNIT_HEAD})
    concerned = Q(dossier__state__case_officer_id__in=sorted(names(actor, posts)))
    if headed:
        concerned |= Q(dossier__state__target__posting__settling__in=headed)
    here = agencies_of(posts)
    return DossierTask.objects.filter(concerned, kind=CONSULT_STEP, dossier__agency_id__in=here)


def unclosed(posts: Collection[Post]) -> QuerySet[Dossier]:
    """Dossiers of their desks whose result was handed over, under a regulation that has them closed then.

    Basis: QN20-13.5.
    """
    desks = desks_of(posts)
    closing = [name for name, found in law.law().regulations.items() if found.flag(_CLOSING)]
    return Dossier.objects.filter(
        status=Status.RETURNED, desk_unit_id__in=desks, state__target__regulation__in=closing
    )


def wants_closing(province: str) -> bool:
    """Whether a regulation of the province has dossiers closed by hand after the return.

    Basis: QN20-13.5.
    """
    timeline = law.law().timelines.get(province)
    return timeline is not None and any(found.flag(_CLOSING) for _period, found in timeline.entries)


def done(posts: Collection[Post]) -> QuerySet[Dossier]:
    return Dossier.objects.filter(
        of_agencies(posts),
        worked_on(posts),
        ended_at__isnull=False,
        filed_at__isnull=False,  # a draft thrown away was never before the agency
        status__in=[s.value for s in ENDED],
    )
