"""Telling people: turns the notices of the rules into outbox messages of the same statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from motcua.accounts import queries as accounts
from motcua.accounts.queries import acting, contacts
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.fees import copies_of
from motcua.catalogue.rules.sheets import EFORM
from motcua.dossiers import labels, policy, queries
from motcua.dossiers.enums import DeclineGround, Status
from motcua.dossiers.rules import appointments, events, notices
from motcua.dossiers.rules.answering import asks_for_form
from motcua.dossiers.rules.completeness import is_followed_by_post
from motcua.dossiers.rules.events import Event
from motcua.dossiers.rules.life import CONSULT_STEP
from motcua.dossiers.rules.receipt import came_off_hours, stated_receipt
from motcua.dossiers.rules.state import Behalf, OpenTask, State, SupplementRequest, Verification
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.dates import in_words
from motcua.law import queries as law
from motcua.notify import services as notify
from motcua.notify.queries import reached
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.catalogue.rules.sheets import ProcedureSheet
    from motcua.dossiers.rules.money import FeesDue


@dataclass(frozen=True, slots=True)
class Contact:
    """How the desk itself tells somebody whom nothing reaches that the system sends; empty what is not
    known, `phone` also where the regulation wants a letter."""

    phone: str
    address: str


def statements(
    dossier_id: UUID,
    event: Event,
    before: State | None,
    state: State,
    actor: Actor,
    at: datetime,
    sent_at: datetime,
) -> list[notify.Statement]:
    """What puts the messages about an event that led from `before` to `state`, by whoever did it, into the
    outbox.

    The event was done `at`; what tells of it is written and goes out at `sent_at`, to whom is there then. The
    two differ where it is entered after an outage (ADR 0106).
    """
    wanted = []
    to_applicant: Told | None = None
    if key := notices.for_applicant(event, state):
        context = _context(event, state, at) | _acknowledged(event, state, actor, dossier_id)
        context |= _collected(event, state, dossier_id) | _posted(event, state)
        whom = applicants_of(state, sent_at)
        if key == notices.DECLINE_TAKEN_BACK:
            context |= _of_waiting(state)
        elif key == notices.SUPPLEMENT_TAKEN_BACK:
            context |= _of_request_taken_back(state, sent_at)
        elif key == notices.ENDING_TAKEN_BACK:
            context |= _of_ending_taken_back(state, sent_at) | _undone(event)
        elif isinstance(event, events.Corrected):
            whom, context = _of_correction(event, state, whom), context | _kept_back(event)
        if _is_past_the_desk(event, state, actor, at):
            context["reason"] = ""
        wanted += _by_account(key, whom, context, event, dossier_id)
        to_applicant = key, whom
    if left := notices.for_left_account(event):
        owner = accounts.account_card(left[1])
        whose = notify.Recipient(owner.id, None, owner.full_name)
        wanted.append((left[0], [whose], _of_left(state)))
    told = (
        _officers(event, state, sent_at),
        _desk(event, state, sent_at, actor.id),
        _of_supplement(event, state, at, sent_at),
        _of_part(event, state, sent_at),
        _of_going_on(event, state, sent_at),
        _of_late_answer(event, state, at, sent_at, actor.id),
    )
    for key, whom in filter(None, told):
        others = [each for each in whom if each.account_id != actor.id]
        if others:
            said = _context(event, state, at, desk=True, dossier_id=dossier_id) | _undone(event)
            if key in notices.SAY_WHAT_WAS_TOLD:
                said |= _untold(to_applicant, event, state)
            wanted.append((key, others, said))
    for task in notices.arrived_elsewhere(event):
        if takers := _takers(task, sent_at):
            context = _context(event, state, at, desk=True, dossier_id=dossier_id) | _of_step(task, state)
            wanted.append(("desk.arrived", takers, context))
    for task in notices.ended_for_others(event, before, state):
        whom = [each for each in _who_has(task, sent_at) if each.account_id != actor.id]
        if whom and before is not None:
            said = _context(event, state, at, desk=True, dossier_id=dossier_id) | _of_ended(
                task, event, before
            )
            wanted.append(("desk.part_ended", whom, said))
    found = [
        notify.statement(key=key, recipients=whom, context=context, about=str(dossier_id), at=sent_at)
        for key, whom, context in wanted
    ]
    return [each for each in found if each is not None]


def _untold(told: Told | None, event: Event, state: State) -> dict[str, str]:
    """That the letter to the applicant reached nobody, and how they are told instead: as the form said to
    whoever did it; nothing where somebody was reached, or nothing was to be told.

    Basis: DL24-5.4, PT24-10.3#4; that the desk is told of it is ours.
    """
    if told is None or any(each.channels for each in reached(*told)):
        return {}
    person = state.contents.applicant
    call = _number_to_call(state) if isinstance(event, events.Extended) else person.phone
    return {"untold": "1", "call": call, "address": person.address}


def _by_account(
    key: str, whom: list[notify.Recipient], context: dict[str, str], event: Event, dossier_id: UUID
) -> list[tuple[str, list[notify.Recipient], dict[str, str]]]:
    """Who can give a supplement online is led to where it is given, others to how the dossier stands."""
    if not isinstance(event, events.SupplementRequested):
        return [(key, whom, context)]
    own = {"link": f"{settings.PUBLIC_URL}/ho-so-cua-toi/{dossier_id}/bo-sung/", "is_own": "1"}
    ids = [each.account_id for each in whom if each.account_id is not None]
    closed = contacts.closed_among(ids) if ids else frozenset[int]()
    with_account = [each for each in whom if each.account_id and int(each.account_id) not in closed]
    others = [each for each in whom if each not in with_account]
    parts = ((key, with_account, context | own), (key, others, context))
    return [part for part in parts if part[1]]


def word_done_with(
    dossier_id: UUID, before: State | None, after: State, actor: Actor, at: datetime
) -> list[notify.Statement]:
    """What marks word among officers about the dossier as read, whose work an event has done."""
    moot = notices.let_go(before, after, actor.id if actor.is_officer else "")
    if moot.is_everybody:
        return [notify.read_statement(about=str(dossier_id), accounts=None, at=at)]
    told = {str(each.account_id) for task in moot.tasks for each in _takers(task, at)}
    accounts = sorted(moot.accounts | (told - moot.held_by))
    return [notify.read_statement(about=str(dossier_id), accounts=accounts, at=at)] if accounts else []


def _officers(event: Event, state: State, at: datetime) -> Told | None:
    """(message key, the officers who are told of their work); None if nobody is."""
    named = notices.for_officers(event, state)
    if named is not None:
        key, ids = named
        whom = [notify.Recipient(each, None, getattr(event, "officer_name", "")) for each in ids]
        return key, _and_substitutes(whom, state, at)
    asked = notices.for_unit(event, state)
    if asked is None:
        return None
    key, task = asked
    found = _who_has(task, at)
    return (key, found) if found else None


def _and_substitutes(whom: list[notify.Recipient], state: State, at: datetime) -> list[notify.Recipient]:
    """These officers, and who stands in today, at a unit of the dossier, for those of them who are away."""
    known = agencies.known_officers([int(each.account_id or 0) for each in whom], local(at).date())
    units = policy.working_units(state)
    away = [each.away for each in known.values() if each.away is not None]
    instead = [
        notify.Recipient(str(each.substitute_id), None, each.substitute_name)
        for each in away
        if any(each.has_substitute_at(unit) for unit in units)
    ]
    there = {each.account_id for each in whom}
    return [*whom, *(each for each in instead if each.account_id not in there)]


def _who_has(task: OpenTask, at: datetime) -> list[notify.Recipient]:
    """Whose name it bears, with their substitute; else those who may take it."""
    if task.officer_id is None:
        return _takers(task, at)
    return [notify.Recipient(task.officer_id, None, ""), *_substitute(task, task.officer_id, at)]


def _substitute(task: OpenTask, officer_id: str, at: datetime) -> list[notify.Recipient]:
    """Who does the task today for the absent officer whose name it bears; nobody of who is there."""
    away = agencies.known_officers([int(officer_id)], local(at).date())[int(officer_id)].away
    role = None if policy.is_elsewhere(task) else task.role
    if away is None or not away.has_substitute_at(task.unit_id, role):
        return []
    return [notify.Recipient(str(away.substitute_id), None, away.substitute_name)]


Told = tuple[str, list[notify.Recipient]]


def _desk(event: Event, state: State, at: datetime, actor_id: str) -> Told | None:
    """(message key, the officers of the desk); None if nothing went out in its name, or they did it."""
    key = notices.for_desk(event, state)
    if key is None:
        return None
    there, heads = _at_the_desk(state, at, actor_id)
    return key, there or heads


def _at_the_desk(
    state: State, at: datetime, actor_id: str
) -> tuple[list[notify.Recipient], list[notify.Recipient]]:
    """Who receives people at the dossier's desk, and its heads; nobody where one of them did it."""
    there = _holders(state.target.posting.desk, Role.RECEIVER, at)
    heads = _holders(state.target.posting.desk, Role.DESK_HEAD, at)
    is_theirs = actor_id in {each.account_id for each in (*there, *heads)}
    return ([], []) if is_theirs else (there, heads)


def _of_supplement(event: Event, state: State, at: datetime, sent_at: datetime) -> Told | None:
    """(message key, who is alerted that a supplement arrived)."""
    if not isinstance(event, events.Supplemented):
        return None
    is_controlled, others = notices.for_supplement(state, law.regulation(state.target.regulation), at)
    heads = _holders(state.target.posting.desk, Role.DESK_HEAD, sent_at) if is_controlled else []
    told = {each.account_id for each in heads}
    named = [notify.Recipient(each, None, "") for each in others if each not in told]
    return "desk.supplemented", [*heads, *_and_substitutes(named, state, sent_at)]


def _of_part(event: Event, state: State, at: datetime) -> Told | None:
    """(message key, who hears of another agency's part beside the case officer)."""
    if not isinstance(event, events.StepCompleted) or not event.is_part:
        return None
    to_desk = notices.is_part_for_desk(law.regulation(state.target.regulation))
    desk = state.target.posting.desk
    told = [*_holders(desk, Role.RECEIVER, at), *_holders(desk, Role.DESK_HEAD, at)] if to_desk else []
    if state.case_officer_id is None:  # whoever gives the case out goes on with it
        told += _holders(state.target.posting.settling, Role.UNIT_HEAD, at)
    for task in event.move.opened:
        told += [each for each in _who_has(task, at) if each.account_id != state.case_officer_id]
    unique = {each.account_id: each for each in told}
    return "desk.part_done", list(unique.values())


def _of_going_on(event: Event, state: State, at: datetime) -> Told | None:
    """(message key, those who had the work of a dossier that was withdrawn or stopped by mistake: whose case
    it is, whose tasks bear their names, with who stands in for them, and who may take those that bear none).
    """
    if not notices.is_ending_taken_back(event):
        return None
    told = [notify.Recipient(state.case_officer_id, None, "")] if state.case_officer_id else []
    for task in state.tasks:
        told += _who_has(task, at)
    unique = {each.account_id: each for each in told}
    return ("desk.ending_taken_back", list(unique.values())) if unique else None


def _of_late_answer(
    event: Event, state: State, at: datetime, sent_at: datetime, actor_id: str
) -> Told | None:
    """(message key, the head of the desk, or whoever works there without one); None if they chase it."""
    key = notices.for_chasing(event, state, at)
    if key is None:
        return None
    there, heads = _at_the_desk(state, sent_at, actor_id)
    return key, heads or there


def _holders(unit_id: int, role: Role, at: datetime) -> list[notify.Recipient]:
    officers = agencies.officers_of(unit_id, role, local(at).date())
    return [notify.Recipient(str(each.account_id), None, each.full_name) for each in officers]


def _takers(task: OpenTask, at: datetime) -> list[notify.Recipient]:
    """Those who may take a task that bears nobody's name."""
    officers = agencies.officers_of(task.unit_id, task.role, local(at).date())
    return [notify.Recipient(str(each.account_id), None, each.full_name) for each in officers]


def _of_step(task: OpenTask, state: State) -> dict[str, str]:
    """What a letter about one step says of it."""
    due_at = task.due_at or state.due_at
    return {
        "question": task.duty or task.name,
        "due": in_words(due_at) if due_at else "",
        "due_at": due_at.isoformat() if due_at else "",
    }


_ENDED_BY = {
    events.SentBack.KIND: "sent_back",
    events.Entrusted.KIND: "given",
    events.Withdrawn.KIND: "withdrawn",
    events.Stopped.KIND: "stopped",
    events.ResultReturned.KIND: "returned",
}


def _of_ended(task: OpenTask, event: Event, before: State) -> dict[str, str]:
    """What a letter says of a part or a question that is theirs no more, and why: the act, and the reason
    where it is about them. What the lead notes for itself is not theirs to read, nor is the dossier now."""
    number = task.step_key.removeprefix(f"{CONSULT_STEP}-")
    asked = before.consultation(int(number)) if task.kind == CONSULT_STEP and number.isdigit() else None
    reason = event.reason if isinstance(event, events.Entrusted) else ""
    if isinstance(event, events.Proposed) and asked is not None:
        reason = event.taken_back
    return {
        "question": asked.question if asked else task.duty or task.name,
        "is_question": "1" if asked else "",
        "ended_by": _ENDED_BY.get(event.KIND, ""),
        "reason": reason,
        "guidance": "",
        "due": "",
        "due_at": "",
        "link": f"{settings.PUBLIC_URL}/noi-bo/",
    }


def applicants_of(state: State, at: datetime) -> list[notify.Recipient]:
    """Who is told what the applicant is told, at the addresses that were given with the filing.

    An address that is or was the account's own stands for the account: it is told where its mailbox is now,
    and never where it has left (ADR 0071). Whoever gave a mandate is told at the mailbox they proved
    themselves: the address in the filing was typed by the representative, and is told with them, as long as
    the mandate holds.
    """
    applicant, behalf = state.contents.applicant, state.behalf
    if behalf is None:
        typed = _other_than_own(applicant.email, state.owner_id)
        owner = notify.Recipient(state.owner_id or None, typed or None, applicant.name)
        if typed and state.owner_id and _is_filed_for_another(state):
            return [
                replace(owner, email=None, name=state.contents.submitter_name),
                replace(owner, account_id=None),
            ]
        return [owner]
    if behalf.account_id:
        principal = notify.Recipient(behalf.account_id, None, applicant.name)
        there = _representative(state, behalf, at)
        if there and (typed := _other_than_own(applicant.email, behalf.account_id, state.owner_id)):
            there.append(notify.Recipient(None, typed, applicant.name))
        return [principal, *there]
    people = acting.acting_members(behalf.organisation_id)
    told = [notify.Recipient(str(number), None, name) for number, name, _ in people]
    mailbox = _mailbox(state, behalf, [number for number, _, _ in people])
    if mailbox and mailbox not in {email for _, _, email in people}:
        told.append(notify.Recipient(None, mailbox, applicant.name))
    return told


def _is_filed_for_another(state: State) -> bool:
    """Whether the account is that of who filed online for somebody without a right on the portal: its choices
    are not those of the applicant, whose address it typed."""
    return state.behalf is None and state.target.channel == "online" and bool(state.contents.submitter_name)


def _other_than_own(address: str, *account_ids: str) -> str:
    """The address, if none of these accounts is told there in its own right."""
    own = [each for each in account_ids if each]
    return "" if own and address and contacts.is_or_was_own(address, own) else address


def reachable(states: Iterable[tuple[str, State]]) -> frozenset[str]:
    """Those of the dossiers, by id, of which word reaches somebody on the applicant's side: as
    `applicants_of` chooses whom to tell. One query at most."""
    known = list(states)
    firms = {
        int(state.behalf.organisation_id)
        for _, state in known
        if state.behalf is not None and state.behalf.organisation_id
    }
    peopled = acting.with_acting_members(firms) if firms else frozenset[int]()
    return frozenset(identity for identity, state in known if _is_reachable(state, peopled))


def _is_reachable(state: State, peopled: frozenset[int]) -> bool:
    behalf = state.behalf
    is_firm = behalf is not None and bool(behalf.organisation_id)
    if state.contents.applicant.email and notices.writes_to_typed_mailbox(
        state.target.channel, is_firm=is_firm
    ):
        return True
    if behalf is None:
        return bool(state.owner_id)
    return bool(behalf.account_id) or int(behalf.organisation_id) in peopled


def _mailbox(state: State, behalf: Behalf, people: list[int]) -> str:
    """Where an organisation itself is written to: the mailbox that it has confirmed, not one that somebody
    typed online; what was said at a counter counts as that of anybody who comes there, until it is given up
    by the organisation or whoever belongs to the dossier for it."""
    firm, said = behalf.organisation_id, state.contents.applicant.email
    if said and notices.writes_to_typed_mailbox(state.target.channel, is_firm=True):
        theirs: list[int | str] = [state.owner_id, *people]
        if not contacts.is_given_up(said, accounts=theirs, organisations=[firm]):
            return said
    return acting.mailbox_of(firm)


def accounts_of(state: State, at: datetime) -> list[notify.Recipient]:
    """Whose inboxes get what is told of the dossier: whose matter it is, and who acts for them now."""
    contents, behalf = state.contents, state.behalf
    if behalf is None:
        return [notify.Recipient(state.owner_id, None, contents.submitter_name or contents.applicant.name)]
    if behalf.account_id:
        principal = notify.Recipient(behalf.account_id, None, contents.applicant.name)
        return [principal, *_representative(state, behalf, at)]
    people = acting.acting_members(behalf.organisation_id)
    return [notify.Recipient(str(number), None, name) for number, name, _ in people]


def _representative(state: State, behalf: Behalf, at: datetime) -> list[notify.Recipient]:
    """Who filed, as long as the mandate holds: later they see nothing of it, and are told nothing."""
    on, code = local(at).date(), state.target.procedure_code
    if not acting.holds_mandate(state.owner_id, behalf.account_id, code, on):
        return []
    return [notify.Recipient(state.owner_id, None, state.contents.submitter_name)]


def _of_correction(
    event: events.Corrected, state: State, whom: list[notify.Recipient]
) -> list[notify.Recipient]:
    """Those who are told of a correction, by the names under which they are known already.

    The account or the mailbox may be that of somebody else, whom the desk took for the applicant: it must not
    learn from a letter who the applicant is. The e-mail that was taken away is told too, should the
    correction be wrong; the account that the dossier has left has a letter of its own.
    """
    before = {change.field: change.before for change in event.changes}
    known = before.get("name") or state.contents.applicant.name
    if event.left_account:
        whom = [
            each for each in whom if not (each.email and _is_told_as(each.email, state, event.left_account))
        ]
    told = [replace(each, name=_known_as(each, state, known)) for each in whom]
    old = before.get("email")
    if old and _is_told_as(old, state, state.owner_id):
        old = _own_mailbox(state.owner_id, told)
    return [*told, notify.Recipient(None, old, known)] if old else told


def _own_mailbox(owner_id: str, told: list[notify.Recipient]) -> str:
    """Where the account itself is written to, unless it is told there already: whoever writes another address
    into somebody's dossier does so in their sight."""
    if not owner_id or any(each.account_id == owner_id and each.email is None for each in told):
        return ""
    own = accounts.account_card(owner_id).email
    return "" if own.casefold() in {(each.email or "").casefold() for each in told} else own


def _is_told_as(address: str, state: State, owner_id: str) -> bool:
    """Whether whoever has the dossier is told at this address in their own right, or left it."""
    firm = state.behalf.organisation_id if state.behalf else ""
    whose = [owner_id, state.behalf.account_id if state.behalf else ""]
    return not _other_than_own(address, *whose) or contacts.is_given_up(address, organisations=[firm])


def _known_as(whom: notify.Recipient, state: State, known: str) -> str:
    if whom.account_id is None:
        return known
    is_applicant = state.behalf is None
    return accounts.account_card(whom.account_id).full_name if is_applicant else whom.name


def _is_past_the_desk(event: Event, state: State, actor: Actor, at: datetime) -> bool:
    """Whether somebody outside the desk put right what the applicant was told: they are told of it at once,
    and the desk why.

    Basis: KT22-6.2#1, KT22-9#1, PT24-3.2; by reference NĐ 61/2018 Đ5 (found); reading A76.
    """
    is_put_right = isinstance(event, events.Corrected) and event.what in notices.PUT_RIGHT_OUTSIDE
    return is_put_right and not policy.is_at_desk(policy.footing_of(actor, at), state)


def _kept_back(event: events.Corrected) -> dict[str, str]:
    """What a letter on a correction keeps back: where it is on who somebody is, the reason may name them."""
    of_whom = {"name", "personal_id", "passport", "organisation_number", "date_of_birth"}
    is_of_person = any(change.field in of_whom for change in event.changes)
    return {"applicant": ""} | ({"reason": ""} if is_of_person else {})


def _of_waiting(state: State) -> dict[str, str]:
    """For whom a dossier waits whose decline was taken back: the applicant, for which papers, or the desk,
    until when."""
    awaited, due_at = state.supplement_awaited(), state.reply_due_at
    return {
        "awaits_papers": "1" if awaited else "",
        "items": "\n".join(f"- {item.what}" for item in awaited.items) if awaited else "",
        "due": in_words(due_at) if due_at else "",
        "due_at": due_at.isoformat() if due_at else "",
    }


def _of_request_taken_back(state: State, at: datetime) -> dict[str, str]:
    """What was asked for by mistake, and until when the dossier is checked or settled."""
    is_accepted = state.accepted_at is not None
    due_at = state.due_at if is_accepted else state.reply_due_at
    return {
        "items": "\n".join(f"- {item.what}" for item in state.supplements[-1].items),
        "is_accepted": "1" if is_accepted else "",
        "is_overdue": "1" if due_at is not None and at > due_at else "",
        "due": in_words(due_at) if due_at else "",
        "due_at": due_at.isoformat() if due_at else "",
    }


def _of_ending_taken_back(state: State, at: datetime) -> dict[str, str]:
    """For whom a dossier waits that was withdrawn or stopped by mistake, and until when it is checked or
    settled; no date where the clock stands still."""
    awaited, is_accepted = state.supplement_awaited(), state.accepted_at is not None
    due_at = (None if state.is_paused else state.due_at) if is_accepted else state.reply_due_at
    return {
        "awaits_papers": "1" if awaited else "",
        "awaits_payment": "1" if state.status is Status.AWAITING_PAYMENT else "",
        "items": "\n".join(f"- {item.what}" for item in awaited.items) if awaited else "",
        "is_accepted": "1" if is_accepted else "",
        "is_overdue": "1" if due_at is not None and at > due_at else "",
        "due": in_words(due_at) if due_at else "",
        "due_at": due_at.isoformat() if due_at else "",
    }


def _undone(event: Event) -> dict[str, str]:
    """Which of both was recorded by mistake."""
    if not isinstance(event, events.Corrected) or not event.undone:
        return {}
    return {"is_stop": "1" if event.undone == events.Stopped.KIND else ""}


def _of_left(state: State) -> dict[str, str]:
    """What the account of a stranger may know: which dossier it was that it has seen, and whom to ask."""
    return {
        "code": state.reference,
        "procedure": catalogue.sheet(state.target.procedure_version_id).matter,
        "agency": agencies.agency(state.target.agency_id).name,
        "hotline": settings.HOTLINE,
    }


def _context(
    event: Event, state: State, at: datetime, *, desk: bool = False, dossier_id: UUID | None = None
) -> dict[str, str]:
    """All values are finished text: what was sent stays what it was."""
    request = state.supplements[-1] if state.supplements else None
    asked = isinstance(event, events.SupplementRequested) and request is not None
    sheet = catalogue.sheet(state.target.procedure_version_id)
    due_at = _told_due(event, state)
    told = isinstance(event, events.Accepted | events.Announced) and not desk
    path = f"/noi-bo/ho-so/{dossier_id}/" if desk else f"/tra-cuu/{state.reference}"
    return (
        {
            "applicant": state.contents.applicant.name,
            "is_organisation": "1" if state.contents.applicant.organisation_number else "",
            "code": state.reference,
            "procedure": sheet.matter,
            "bring": "; ".join(queries.to_bring(state, sheet)) if told else "",
            "agency": (card := agencies.agency(state.target.agency_id)).name,
            "desk": queries.desk_of(state.target),
            "guide": event.guided_by if isinstance(event, events.SupplementRequested) else "",
            "agency_phones": "; ".join(card.phones) if not desk else "",
            "received": in_words(state.received_at) if state.received_at else "",
            "received_at": state.received_at.isoformat() if state.received_at else "",
            "due": in_words(due_at) if due_at else "",
            "due_at": due_at.isoformat() if due_at else "",  # for letters in another language
            "purpose": event.purpose if isinstance(event, events.Invited) else "",
            "ground": event.ground if isinstance(event, events.Invited) else "",
            "reason": request.reason if asked and request else _reason(event) or state.reason,
            "requested_on": _asked_on(event),
            "request": event.request if isinstance(event, _AS_ASKED) else "",
            "document": _document(event, state),
            "is_elsewhere": "1" if _belongs_elsewhere(event) else "",
            "without_papers": "1" if _goes_on_without_papers(event, state, at) else "",
            "is_checked": "1" if _is_checked_again(event, state) else "",
            "receipt_on_request": "1" if _is_receipt_on_request(event, state, sheet) else "",
            "was_due": in_words(event.was_due_at) if isinstance(event, events.Extended) else "",
            "was_due_at": event.was_due_at.isoformat() if isinstance(event, events.Extended) else "",
            "call": _number_to_call(state) if desk and isinstance(event, events.Extended) else "",
            "guidance": _guidance(event, state, desk),
            "clock_runs": "1" if asked and request and request.clock_runs else "",
            "items": "\n".join(f"- {item.what}" for item in request.items) if asked and request else "",
            "link": f"{settings.PUBLIC_URL}{path}",
            "hotline": settings.HOTLINE,
        }
        | _money(event, state, sheet)
        | _asked(event, state)
        | _of_expected(event, state, at)
    )


def _document(event: Event, state: State) -> str:
    """The title of the document that was added, or of which the desk tells now."""
    if isinstance(event, events.ApplicantTold) and event.of == events.DocumentAttached.KIND:
        return next(each.title for each in state.attached if each.number == event.number)
    return event.title if isinstance(event, events.DocumentAttached) else ""


def _reason(event: Event) -> str:
    return event.told if isinstance(event, events.Declined) else getattr(event, "reason", "")


def _guidance(event: Event, state: State, desk: bool) -> str:
    """What the reader should do: as the request for papers or the refusal of intake says; the office's notes
    are for the office."""
    if isinstance(event, events.SupplementRequested):
        return state.supplements[-1].guidance
    if isinstance(event, events.Declined):
        return event.way
    return getattr(event, "note", "") if desk else ""


def _belongs_elsewhere(event: Event) -> bool:
    return isinstance(event, events.Declined) and event.ground is DeclineGround.NOT_COMPETENT


_AS_ASKED = (events.Withdrawn, events.Stopped, events.Corrected)


def _asked_on(event: Event) -> str:
    """The day on which the applicant asked for what the desk recorded."""
    day = event.requested_on if isinstance(event, _AS_ASKED) else None
    return day.isoformat() if day else ""


def _goes_on_without_papers(event: Event, state: State, at: datetime) -> bool:
    last = state.supplements[-1] if state.supplements else None
    return isinstance(event, events.Resumed) and last is not None and last.lapsed_at == at


def _is_checked_again(event: Event, state: State) -> bool:
    """Whether the desk looks at what was brought before anybody settles the dossier."""
    return isinstance(event, events.Supplemented) and state.accepted_at is None


def _is_receipt_on_request(event: Event, state: State, sheet: ProcedureSheet) -> bool:
    """Whether whoever brought what lacked gets a receipt only if they ask for one, as their page says."""
    if state.last_at is None or not _is_checked_again(event, state):
        return False
    return queries.is_receipt_on_request(state, sheet, local(state.last_at).date())


def _told_due(event: Event, state: State) -> datetime | None:
    """The moment that a letter names: of a visit, of the answer to a filing, else when the result is due."""
    if isinstance(event, events.Invited):
        return event.visit_at
    if isinstance(event, events.Submitted):
        return event.move.opened[0].due_at
    return state.due_at


def _acknowledged(event: Event, state: State, actor: Actor, dossier_id: UUID) -> dict[str, str]:
    """What was sent online, and where its acknowledgement lies, to keep or print; a log-in asks who reads it.

    A supplement that the desk took in at the counter has none.
    """
    own = f"{settings.PUBLIC_URL}/ho-so-cua-toi/{dossier_id}"
    if isinstance(event, events.Submitted):
        regulation = law.regulation(state.target.regulation)
        sheet = catalogue.sheet(state.target.procedure_version_id)
        waits = is_followed_by_post(sheet, state.target, regulation)
        receipt = stated_receipt(state, regulation)
        came = came_off_hours(state) if receipt else None
        return {
            "paper": f"{own}/xac-nhan-da-gui/",
            "by_post": queries.posted_to(state.target) if waits else "",
            "receipt": in_words(receipt) if receipt else "",
            "receipt_at": receipt.isoformat() if receipt else "",
            "came": in_words(came) if came else "",
            "came_at": came.isoformat() if came else "",
            "on_acceptance": "" if receipt else "1",
        }
    is_online = isinstance(event, events.Supplemented) and actor.kind is ActorKind.CITIZEN
    if not is_online or not state.supplements:
        return {}
    assert isinstance(event, events.Supplemented)
    request = state.supplements[-1]
    items = "\n".join(f"- {item.what}" for item in request.items)
    paper = f"{own}/bo-sung/{len(state.supplements)}/xac-nhan-da-gui/"
    return {"paper": paper, "items": items, "sent": _sent(event, state, request)}


def _posted(event: Event, state: State) -> dict[str, str]:
    """By which parcel a result went, and where to: the post has it, nobody holds it yet.

    Basis: KT18-8.2.b, DL24-9.3#2, PT24-10.4#1.
    """
    if not isinstance(event, events.ResultReturned) or event.handing.how != "postal":
        return {}
    parcel = ", ".join(filter(None, dict.fromkeys((event.handing.postal_number, event.handing.proof))))
    address = state.contents.delivery.address or state.contents.applicant.address
    return {"went_by_post": "1", "address": address, "parcel": parcel}


def _collected(event: Event, state: State, dossier_id: UUID) -> dict[str, str]:
    """How the result comes to the applicant: as a file to download, by post, or at the desk.

    Basis: DL24-9.3#2, PT24-10.4#1, PT24-10.4#2, KT18-8.2.b, KT18-15.2, QN20-13.2.
    """
    if not isinstance(event, events.Announced):
        return {}
    wish, is_in_account = state.contents.delivery, bool(state.owner_id or state.behalf)
    return {
        "delivery": queries.goes_back(state),
        "address": wish.address,
        "has_file": "1" if state.results and state.results[-1].file_id else "",
        "own_link": f"{settings.PUBLIC_URL}/ho-so-cua-toi/{dossier_id}/" if is_in_account else "",
    }


def _sent(event: events.Supplemented, state: State, request: SupplementRequest) -> str:
    """What came, by name, one a line: never what was wrong with it before."""
    sheet = catalogue.sheet(state.target.procedure_version_id)
    names = {each.key: each.called for each in sheet.components}
    forms = [EFORM] if asks_for_form(sheet, request) else []
    papers = (names.get(each.key, each.name) for each in event.added)
    return "\n".join(f"- {name}" for name in dict.fromkeys([*forms, *papers]))


def _number_to_call(state: State) -> str:
    return notices.number_to_call(state, law.regulation(state.target.regulation))


def _money(event: Event, state: State, sheet: ProcedureSheet) -> dict[str, str]:
    """What is to be paid, and that nothing is given back for a result that nobody comes for.

    `pay_ways` are words of the regulations, `pay_come` of the catalogue: the letters say them in the reader's
    language.
    """
    if isinstance(event, events.NotCollected):
        is_lost = queries.is_refund_lost(state) and not queries.costs_nothing(state, sheet)
        return {"no_refund": "1" if is_lost else ""}
    due = queries.fees_due(state, sheet) if isinstance(event, events.Accepted) else None
    if due is None:
        return {}
    amounts = [labels.fee_amount(fee, copies_of(fee, due.fees, due.copies)) for fee in due.fees]
    lines = [
        f"- {fee.name}" + (f": {amount}" if fee.amount else "")
        for fee, amount in zip(due.fees, amounts, strict=True)
    ]
    return {"fees": "\n".join(lines), "pay_ways": " ".join(due.ways)} | _paid_when(due)


def _paid_when(due: FeesDue) -> dict[str, str]:
    """By time of payment, the names of the fees due then, and which of these times have come."""
    timed = [(fee.name, when) for fee, when in zip(due.fees, due.dues, strict=True) if when is not None]
    names: dict[str, list[str]] = {}
    for name, when in timed:
        names.setdefault(when.time.value if when.time else "unsaid", []).append(name)
    come = {when.time.value: "" for _, when in timed if when.time and when.has_come}
    return {f"pay_at_{time}": "; ".join(dict.fromkeys(those)) for time, those in names.items()} | {
        "pay_come": " ".join(come)
    }


def _of_appointment(planned: events.VerificationPlanned | Verification) -> dict[str, str]:
    when = in_words(planned.planned_for) if planned.planned_for else ""
    when_at = planned.planned_for.isoformat() if planned.planned_for else ""
    said = {"place": planned.place, "guidance": planned.content, "ground": planned.ground}
    return {"when": when, "when_at": when_at} | said


def _of_called_off(state: State, known: int, moved: int) -> dict[str, str]:
    """The appointment that the applicant knows, and the one that is held instead if one is; the invitation to
    that one alone where they knew of none."""
    before = state.planned(known)
    if before is None:
        planned = state.planned(moved)
        return _of_appointment(planned) if planned else {}
    said = _of_appointment(before) | {"guidance": before.content, "ground": ""}
    now = appointments.moved_to(state, known)
    if now is None:
        return said
    new = _of_appointment(now)
    return said | {
        "new_when": new["when"],
        "new_when_at": new["when_at"],
        "new_place": new["place"],
        "ground": new["ground"],
    }


def _of_expected(event: Event, state: State, at: datetime) -> dict[str, str]:
    """What a letter about an ending, or about taking it back, says of the appointments that the applicant
    knows: the moment of one, or that there are several."""
    if not (isinstance(event, events.Withdrawn | events.Stopped) or notices.is_ending_taken_back(event)):
        return {}
    visits = appointments.expected(state, at)
    if len(visits) != 1:
        return {"visits": "1"} if visits else {}
    said = _of_appointment(visits[0])
    return {"visits": "1", "when": said["when"], "when_at": said["when_at"], "place": said["place"]}


def _asked(event: Event, state: State) -> dict[str, str]:
    """What letters about a question or a verification say beside the rest."""
    if isinstance(event, events.VerificationPlanned):
        return _of_appointment(event)
    if isinstance(event, events.VerificationCalledOff):
        return _of_called_off(state, event.told, event.moved_to)
    if isinstance(event, events.ApplicantTold) and event.of == events.VerificationCalledOff.KIND:
        return _of_called_off(state, event.number, 0)
    if isinstance(event, events.ApplicantTold):
        planned = state.planned(event.number) if event.of == events.VerificationPlanned.KIND else None
        return _of_appointment(planned) if planned else {}
    if isinstance(event, events.Entrusted):
        return _of_step(event.move.opened[0], state)
    if isinstance(event, events.SentBack):
        return _of_step(event.move.opened[0], state) | {"by": event.sent_by, "instead_of": event.sent_for}
    if isinstance(event, events.StepCompleted):
        return {"answer": event.note, "asked_of": event.by_agency}
    if not isinstance(event, events.Consulted | events.Reminded | events.Answered):
        return {}
    question = state.consultation(event.number)
    if question is None:
        return {}
    return {
        "question": question.question,
        "asked_of": question.to_name,
        "answer": question.answer,
        "due": in_words(question.due_at),
        "due_at": question.due_at.isoformat(),
    }
