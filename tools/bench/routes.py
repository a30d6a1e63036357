"""Every page of the registry against what is stored: how long the server takes for it, and how many queries.

Asked in this process through all of the middleware, one after the other, so that no other page waits and no
line counts. Each page is asked about several dossiers and by whoever has to do with them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from string import Formatter
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet
from django.test import Client
from django.utils import timezone
from tests.routes.registry import PAGES, Visit

from motcua.accounts.enums import AccountKind
from motcua.accounts.models import Account
from motcua.accounts.queries import actor_of
from motcua.accounts.services.sessions import SEEN_AT
from motcua.agencies.enums import Role
from motcua.agencies.models import LocalClosure, Position
from motcua.agencies.queries import calendar_of, closures_mark
from motcua.agencies.services import ClosureWish
from motcua.config import memory
from motcua.dossiers import services
from motcua.dossiers.enums import Box, Status, Verb
from motcua.dossiers.models import Dossier, DossierTask, ListExport, ReasonTemplate
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.rules.life import CONSULT_STEP, CONTROL_STEP
from motcua.incidents import services as incidents
from motcua.incidents.enums import Scope
from motcua.incidents.models import Incident
from motcua.notify.models import OutboxMessage
from motcua.process.enums import StepKind

SAMPLES = 5  # different people and dossiers for each page
WARMED = 5  # asked before it counts: memory is filled, the database has prepared its statements
ALONE = 3  # times the rounds for a page asked by one only: of less than twenty, p95 is the slowest
BACKEND = "motcua.accounts.services.backends.EntryBackend"
PROCEDURE = "2.000635"


@dataclass(frozen=True, slots=True)
class Asked:
    """One page: milliseconds of the server, its most queries, and what it answered other than 200."""

    page: str
    p50_ms: float
    p95_ms: float
    queries: int
    answers: dict[int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody who asks, and the things that their addresses name."""

    account: Account | None
    things: dict[str, Any]


def measure(rounds: int, progress: Callable[[int], None]) -> list[dict[str, Any]]:
    """All pages; the slowest first. A page for which nothing is stored is not in the list."""
    place, found = Stored(), []
    memory.settle()  # as the web server does
    for number, visit in enumerate(PAGES, start=1):
        looks = place.looks(visit)
        if looks:
            found.append(_asked(visit, looks, rounds))
        progress(number)
    return [asdict(each) for each in sorted(found, key=lambda each: -each.p95_ms)]


def _asked(visit: Visit, looks: Sequence[Look], rounds: int) -> Asked:
    taken: list[float] = []
    answers: dict[int, int] = {}
    most = 0
    asking = [(_client(visit, look), visit.address(look.things)) for look in looks]
    for _ in range(min(rounds, -(-WARMED // len(asking)))):
        for client, address in asking:
            client.get(address)
    for _ in range(rounds * ALONE if len(asking) == 1 else rounds):
        for client, address in asking:
            counted = _Counter()
            with connection.execute_wrapper(counted):
                start = time.perf_counter()
                answer = client.get(address)
                taken.append(1000 * (time.perf_counter() - start))
            answers[answer.status_code] = answers.get(answer.status_code, 0) + 1
            most = max(most, counted.count)
    taken.sort()
    middle, late = taken[len(taken) // 2], taken[min(len(taken) - 1, len(taken) * 95 // 100)]
    return Asked(visit.title, round(middle, 1), round(late, 1), most, answers)


class _Counter:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.count += 1
        return execute(*statement)


def _client(visit: Visit, look: Look) -> Client:
    client = Client(raise_request_exception=False, headers={"accept-encoding": "gzip"})
    if look.account is not None:
        client.force_login(look.account, backend=BACKEND)
    session = client.session
    session[SEEN_AT] = int(timezone.now().timestamp())
    for key, thing in visit.session.items():
        session[key] = look.things[thing]
    session.save()
    return client


# Things of the registry's place of which the bench stores none: pages about them are not timed.
NOT_STORED = frozenset(
    {
        *(
            "announcement",
            "duty",
            "duty_done",
            "duty_seen",
            "item",
            "proposal",
            "returned_proposal",
            "unproposed",
        ),
        *("uncollected", "huy-doi-lich-xac-minh"),  # no result that nobody came for, no appointment
        *("process_draft", "submitted_draft", "visit", "own_paper", "paper", "blank_form"),
        *("company", "filer", "invited", "mandate", "offered"),
        *(
            "code_asked",
            "looked_up",
            "draft_with_cases",
            "draft_for_another",
            "supplemented",
            "without_receipt",
            "closure_near",
            "touched",
            "promise",
            "declined",
            "undeclined",
            "undeclined_code",
            "unasked",
            "unasked_code",
            "withdrawn",
            "unended",
            "unended_code",
            "export_stopped",
            "export_cleared",
        ),
    }
)


def is_stored(visit: Visit) -> bool:
    if visit.province:
        return False  # the bench stands in one province
    asked = (name for _text, name, _spec, _conversion in Formatter().parse(visit.query) if name)
    return not NOT_STORED.intersection((*visit.given.values(), *visit.session.values(), *asked))


class Stored:
    """What the bench has stored, by the names of the registry."""

    def __init__(self) -> None:
        busiest: Any = (
            DossierTask.objects.values("dossier__agency_id").annotate(n=Count("key")).order_by("-n").first()
        )
        self.agency_id = int(busiest["dossier__agency_id"])
        self.dossiers: QuerySet[Dossier] = Dossier.objects.filter(agency_id=self.agency_id)
        self.admin = self._admin()
        self.things = self._things()

    def looks(self, visit: Visit) -> list[Look]:
        """Who asks for this page and about what; empty where nothing of the kind is stored."""
        if not is_stored(visit):
            return []
        if "word" in visit.given.values():
            return list(self._told())
        wanted = next((name for part, name in visit.given.items() if part == "dossier_id"), "")
        if visit.who == "an":
            return list(self._owners(wanted, visit))
        if wanted:
            return [self._look(account, dossier) for account, dossier in self._at_work(wanted, visit.who)]
        named = [
            name for _text, name, _spec, _conversion in Formatter().parse(visit.query) if name in AT_WORK
        ]
        if named:
            return list(self._chosen(named, visit.who))
        accounts = [None] if not visit.who else self._people(visit.who)
        return [Look(account, self.things | self._of(account)) for account in accounts]

    def _chosen(self, names: Sequence[str], who: str) -> Iterator[Look]:
        """Somebody who has dossiers of all these kinds before them, and has picked one of each."""
        found = {name: next(iter(self._at_work(name, who)), None) for name in names}
        picked = {name: each for name, each in found.items() if each is not None}
        for account, dossier in list(picked.values())[:1]:
            chosen = dict.fromkeys(names, str(dossier.pk))
            chosen |= {name: str(each.pk) for name, (_, each) in picked.items()}
            yield Look(account, self.things | chosen | self._of(account))

    def _told(self) -> Iterator[Look]:
        """Officers with a message of theirs."""
        words = OutboxMessage.objects.filter(account__kind="officer", channel="in_app")
        for word in words.select_related("account").order_by("id")[:SAMPLES]:
            yield Look(word.account, self.things | {"word": word.pk})

    def _owners(self, wanted: str, visit: Visit) -> Iterator[Look]:
        """Citizens with a dossier in the state that the page is about."""
        status = OF_OWNERS.get(wanted)
        found = Dossier.objects.filter(owner__isnull=False)
        found = found.filter(status__in=status) if status else found
        if "letter" in visit.given.values():
            letters = OutboxMessage.objects.filter(account__kind="citizen", channel="in_app")
            for letter in letters.select_related("account").order_by("id")[:SAMPLES]:
                yield Look(letter.account, self.things | {"letter": letter.pk})
            return
        for dossier in found.select_related("owner").order_by("id")[:SAMPLES]:
            yield self._look(dossier.owner, dossier)

    def _at_work(self, wanted: str, who: str) -> Iterator[tuple[Account, Dossier]]:
        """Dossiers of the busiest agency in a state, each with an officer who has it before them."""
        status, kind, decision = AT_WORK[wanted]
        found = self.dossiers.filter(status__in=status)
        if kind != CONTROL_STEP:  # while a supplement request waits for it, most else is closed
            found = found.exclude(tasks__kind=CONTROL_STEP)
        if kind:
            found = found.filter(tasks__kind=kind)
        if decision:
            found = found.filter(state__proposal=decision)
        for dossier in found.order_by("id").distinct()[:SAMPLES]:
            task = dossier.tasks.filter(kind=kind).first() if kind else None
            account = self._officer_of(task, who)
            if account is not None:
                yield account, dossier

    def _officer_of(self, task: DossierTask | None, who: str) -> Account | None:
        if task is not None and ROLES[who] in LOOKING_ON and task.role != ROLES[who]:
            task = None  # a leader or the desk looks at what lies with others
        if task is not None and task.officer is not None:
            return task.officer
        role, unit_id = (task.role, task.unit_id) if task else (ROLES[who], None)
        posts = Position.objects.filter(role=role, unit__agency_id=self.agency_id, valid_to=None)
        posts = posts.filter(unit_id=unit_id) if unit_id else posts
        post = posts.select_related("account").order_by("id").first()
        return post.account if post else None

    def _people(self, who: str) -> list[Account]:
        if who == "tri":
            return [self.admin]
        if who == "giang":
            return list(
                Account.objects.filter(kind="officer", is_admin=False, positions=None).order_by("id")[:1]
            )
        account = self._officer_of(None, who)
        return [account] if account else []

    def _look(self, account: Account | None, dossier: Dossier) -> Look:
        named = dict.fromkeys((*OF_OWNERS, *AT_WORK), str(dossier.pk))
        return Look(account, self.things | named | self._of(account))

    def _of(self, account: Account | None) -> dict[str, Any]:
        """Things that belong to whoever asks."""
        if account is None or account.kind != "officer" or not account.positions.exists():
            return {}
        export = ListExport.objects.filter(account=account).order_by("-pk").first()
        if export is None:
            actor, at = actor_of(account), timezone.localtime()
            return {"export": services.ask_for_export(actor=actor, at=at, box=Box.UNIT, choice=Choice())}
        return {"export": export.pk}

    def _admin(self) -> Account:
        """The province's administrator; the people of the bench have none of their own."""
        account, _ = Account.objects.get_or_create(
            kind=AccountKind.OFFICER,
            username="bench-admin",
            defaults={"full_name": "Vũ Minh Trí", "is_admin": True, "created_at": timezone.now()},
        )
        return account

    def _things(self) -> dict[str, Any]:
        coded = self.dossiers.filter(code__isnull=False).order_by("id")
        late = coded.filter(due_at__lt=timezone.now(), finished_at=None).first() or coded.first()
        assert late is not None
        first = coded.first()
        assert first is not None
        desk = first.desk_unit_id
        post = Position.objects.filter(unit__agency_id=self.agency_id).order_by("id").first()
        assert post is not None
        today = timezone.localtime()
        return {
            "procedure": PROCEDURE,
            "agency": self.agency_id,
            "desk": desk,
            "code": first.code,
            "late_code": late.code,
            "officer": post.account_id,
            "username": self.admin.username,
            "position": post.pk,
            "email": "an@example.vn",
            "confirming": {"id": 0, "email": "an@example.vn", "registered_at": today.isoformat()},
            "closing": True,
            "changing": {"email": "an.moi@example.vn", "phone": "0987654321"},
            "outcomes": [],
            "apologies": {},
            "searches": [["tim", "/noi-bo/tim/", "nguyen van an"]],
            "first_day": f"{today - timedelta(days=30):%d/%m/%Y}",
            "last_day": f"{today:%d/%m/%Y}",
            "this_year": today.year,
            "outgoing": _first(OutboxMessage),
            "incident": _first(Incident) or self._declared(today),
            "closure": _first(LocalClosure) or self._closed(today),
            "reason": _first(ReasonTemplate) or self._kept(today),
        }

    # --- what no dossier brings, made once ---------------------------------------------------------------
    def _declared(self, at: datetime) -> str:
        began_at = at - timedelta(minutes=5)
        actor = actor_of(self.admin)
        card = incidents.declare(
            actor=actor, at=at, scope=Scope.PROVINCE, what="Mất kết nối", began_at=began_at
        )
        incidents.end(
            actor=actor, at=at, incident_id=card.window.id, ended_at=at, remedy="Đã nối lại đường truyền"
        )
        return card.window.id

    def _closed(self, at: datetime) -> int:
        opens = calendar_of(self.agency_id, at.date()).next_opening(at + timedelta(days=20))
        begins = opens.replace(hour=0, minute=0)
        ends = begins + timedelta(days=1)
        wish = ClosureWish(self.agency_id, begins, ends, "Tránh bão", "Thông báo 45/TB-UBND")
        seen = closures_mark(self.agency_id)
        return services.close_agency(actor=actor_of(self.admin), at=at, wish=wish, seen=seen).id

    def _kept(self, at: datetime) -> int:
        return services.add_reason(
            actor=actor_of(self.admin),
            at=at,
            agency_id=None,
            verb=Verb.DECLINE,
            title="Không thuộc thẩm quyền",
            text="Thủ tục này do cơ quan khác giải quyết.",
        )


def _first(model: Any) -> Any:
    return model.objects.order_by("pk").values_list("pk", flat=True).first()


OF_OWNERS: dict[str, tuple[Status, ...]] = {
    "draft": (Status.DRAFT,),
    "asked": (Status.AWAITING_SUPPLEMENT,),
    "accepted": (Status.ACCEPTED, Status.IN_PROGRESS),
    "returned": (Status.RETURNED, Status.CLOSED),
}
AT_WORK: dict[str, tuple[tuple[Status, ...], str | None, str]] = {
    "registered": ((Status.SUBMITTED,), None, ""),
    "asked": ((Status.AWAITING_SUPPLEMENT,), None, ""),
    "accepted": ((Status.ACCEPTED,), StepKind.INTAKE, ""),
    "unassigned": ((Status.IN_PROGRESS,), StepKind.ASSIGN, ""),
    "in_work": ((Status.IN_PROGRESS,), StepKind.PROCESS, ""),
    "with_part": ((Status.IN_PROGRESS,), StepKind.OPINION, ""),
    "consulted": ((Status.IN_PROGRESS,), CONSULT_STEP, ""),
    "held": ((Status.IN_PROGRESS,), CONTROL_STEP, ""),
    "paused": ((Status.AWAITING_PAYMENT,), None, ""),
    "proposed": ((Status.IN_PROGRESS,), StepKind.APPROVE, "grant"),
    "to_refuse": ((Status.IN_PROGRESS,), StepKind.APPROVE, "refuse"),
    "decided": ((Status.DECIDED,), StepKind.RETURN, ""),
    "issued": ((Status.RESULT_ISSUED,), None, ""),
    "ready": ((Status.READY,), None, ""),
    "returned": ((Status.RETURNED, Status.CLOSED), None, ""),
}
ROLES = {
    "chi": Role.RECEIVER,
    "lam": Role.UNIT_HEAD,
    "oanh": Role.UNIT_HEAD,
    "dung": Role.CASE_OFFICER,
    "hanh": Role.APPROVER,
    "khoa": Role.CLERK,
}
LOOKING_ON = (Role.APPROVER, Role.RECEIVER)
