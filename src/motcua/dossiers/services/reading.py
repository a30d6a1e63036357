"""Opening a dossier: the right is asked, the reading is recorded, the page gets all it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from motcua.accounts import queries as accounts
from motcua.accounts.queries import acting
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.agencies.rules.cards import AgencyCard, KnownOfficer, Officer, UnitCard
from motcua.audit import queries as recorded
from motcua.audit import services as audit
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.cards import Offer
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.documents import queries as documents
from motcua.documents.rules.cards import FileCard
from motcua.dossiers import policy, queries
from motcua.dossiers.enums import Correctable, DeclineGround, Status, Verb
from motcua.dossiers.errors import NoLongerWithUnit
from motcua.dossiers.models import DossierFile
from motcua.dossiers.queries import (
    DossierPapers,
    DossierView,
    HistoryEntry,
    NoLongerActs,
    VerbOffer,
)
from motcua.dossiers.rules import returning
from motcua.dossiers.rules.awaiting import verifications_awaited
from motcua.dossiers.rules.behalf import organisation_tray
from motcua.dossiers.rules.decide.intake import check_ground
from motcua.dossiers.rules.decide.lateness import may_apologise_again
from motcua.dossiers.rules.decide.mending import current
from motcua.dossiers.rules.files import given, internal
from motcua.dossiers.rules.footing import Footing
from motcua.dossiers.rules.holding import holding
from motcua.dossiers.rules.life import (
    CHECK_STEP,
    CONTROL_STEP,
    CORRECTABLE_IN,
    HELD_BY_REQUEST,
    LETTER_STEP,
    OPEN_IN,
    RELAY_STEP,
    STEP_KINDS,
)
from motcua.dossiers.rules.moves import waits_for_applicant
from motcua.dossiers.rules.receipt import arrival, lacks_receipt, receipt_when_passed_on
from motcua.dossiers.rules.state import OpenTask, State
from motcua.dossiers.rules.waits import is_collected, is_still_to_come
from motcua.dossiers.rules.withdrawing import AS_ASKED, comes_too_late
from motcua.dossiers.services import gather
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.law import queries as law
from motcua.process import queries as process
from motcua.process.rules.definitions import IF, Outcome, Step, last_approve
from motcua.process.rules.tokens import Run, steps_to_send_back_to
from motcua.process.rules.tokens import send_back as sent_back
from motcua.worktime.rules import local

_WHY_PAPERS = "Xem giấy tờ của hồ sơ để giải quyết"
_ONE_LOOK = timedelta(minutes=30)  # who leafs through the papers reads the dossier once
_OURS = (CHECK_STEP, CONTROL_STEP, RELAY_STEP, LETTER_STEP)  # steps of no internal process


def open_dossier(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    why: str = "Xem hồ sơ để giải quyết",
    tells_stuck: bool = False,
) -> DossierView:
    """The dossier with what its page shows. Raises NotFound or Forbidden.

    A reading by anybody but the owner is recorded. `tells_stuck`: also what nobody can do on that day.

    Basis: DL24-3.4, PT24-3.6, PT24-25.2, DL24-9.1.a#2.
    """
    found = queries.opened(dossier_id, local(at).date() if tells_stuck else None)
    state = found.state
    footing = policy.footing_of(actor, at)
    if not policy.may_read(actor, footing, state):
        raise _closed_to(actor, footing, state, at, dossier_id)
    is_owner = policy.is_owner(actor, footing, state)
    if not is_owner:
        audit.record_read(actor=actor, what=f"dossier:{dossier_id}", why=why, at=at)
    agency = agencies.agency(state.target.agency_id)
    is_whole = policy.may_read_contents(actor, footing, state)
    seen = state if is_whole else _cover_of(state)
    officers = _officers(state, actor, at)
    return DossierView(
        id=dossier_id,
        state=seen,
        sheet=catalogue.sheet(state.target.procedure_version_id),
        agency_name=agency.name,
        desk_name=queries.desk_of(state.target),
        received_at_desk=queries.received_at_desk(state.target),
        history=_shown(queries.history(dossier_id), is_owner) if is_whole else (),
        arrived_at=arrival(state),
        due=queries.due_of(state),
        verbs=verbs_open_to(actor, footing, state, at),
        slips=seen.slips,
        officer_names={key: each.full_name for key, each in officers.items()},
        files=_files(state),
        footing=footing,
        held_by=_held_by(state, agency),
        is_cover=not is_whole,
        is_of_office=policy.is_of_office(footing, state),
        bundle_id=found.bundle_id,
        contacts_now=found.contacts_now,
        no_longer_acts=None if is_owner or not is_whole else _no_longer_acts(state, at),
        away={key: each.away for key, each in officers.items() if each.away},
        stuck=found.stuck,
        sender=policy.sender_of(actor, footing, state) if state.filed_at is None else None,
        fetched=found.fetched if is_whole else None,
    )


def _no_longer_acts(state: State, at: datetime) -> NoLongerActs | None:
    """That whoever filed an open dossier for somebody else may act for them no more; None while they may, or
    where nobody did by a right that the house knows.

    Basis: KT22-1.2.c, PT24-8.2; what the desk is told of it is ours (ADR 0113).
    """
    behalf, owner = state.behalf, state.owner_id
    if behalf is None or not owner or state.ended_at is not None:
        return None
    last_day = ended_at = None
    if behalf.organisation_id:
        departed = acting.departed(owner, behalf.organisation_id)
        if departed is None:
            return None
        ended_at = departed.at
    else:
        code, on = state.target.procedure_code, local(at).date()
        if owner == behalf.account_id or acting.holds_mandate(owner, behalf.account_id, code, on):
            return None
        lapsed = acting.last_lapsed(owner, behalf.account_id, code, on)
        if lapsed is not None:
            last_day, ended_at = (lapsed.last_day, None) if lapsed.ran_out else (None, lapsed.ended_at)
    known = accounts.cards([owner]).get(int(owner))
    own = frozenset({known.email, known.phone} - {""}) if known else frozenset()
    return NoLongerActs(ended_at, last_day, bool(behalf.organisation_id), own)


def still_reads(*, actor: Actor, at: datetime, dossier_id: str, why: str) -> bool:
    """Ask anew for the right to a dossier of which a page was drawn before; whether it opens more than its
    cover. Raises NotFound or Forbidden.

    Recorded as opening it is.

    Basis: DL24-3.4, PT24-3.6.
    """
    state, footing = queries.state_of(dossier_id), policy.footing_of(actor, at)
    if not policy.may_read(actor, footing, state):
        raise _closed_to(actor, footing, state, at, dossier_id)
    if not policy.is_owner(actor, footing, state):
        audit.record_read(actor=actor, what=f"dossier:{dossier_id}", why=why, at=at)
    return policy.may_read_contents(actor, footing, state)


def stays_open(*, actor: Actor, view: DossierView, after: State) -> bool:
    """Whether who has opened the dossier may still do so as it is after their act. Nothing of it is read to
    them, so nothing is recorded.

    Basis: DL24-3.4, PT24-3.6, KT18-13.5.
    """
    return policy.may_read(actor, view.footing, after)


def _closed_to(actor: Actor, footing: Footing, state: State, at: datetime, dossier_id: str) -> Forbidden:
    """The refusal for whoever may not read it: an officer with whose unit it lay, or who did something to it,
    is told that this is over. Nobody else in an office learns anything."""
    units = policy.units_inside(footing)
    if actor.is_officer and state.filed_at is not None and queries.lay_with(dossier_id, units, actor):
        return NoLongerWithUnit()
    return policy.why_not(actor, footing, state, at)


def own_dossier(*, actor: Actor, at: datetime, number: str) -> str:
    """The id of the dossier with this number if the actor has its own page, else empty: nothing is told of
    what is somebody else's."""
    try:
        dossier_id = queries.id_of(number)
    except NotFound:
        return ""
    state, footing = queries.state_of(dossier_id), policy.footing_of(actor, at)
    return dossier_id if policy.is_owner(actor, footing, state) else ""


def must_act(*, actor: Actor, at: datetime, view: DossierView) -> None:
    """Refuse whoever has opened the dossier as an applicant, but has no right to act on it any more: what
    they sent is not too late for the dossier, but for them. Raises NoLongerActing.

    Basis: KT22-1.2.c, PT24-8.2.
    """
    if not policy.may_act_as_owner(Verb.SUPPLEMENT, actor, view.footing, view.state):
        raise policy.why_not(actor, view.footing, view.state, at)


def _cover_of(state: State) -> State:
    """What somebody sees who only carries the result: for whom it is and where it goes, and no more.

    Basis: DL24-3.4, PT24-3.6.
    """
    person = replace(
        state.contents.applicant, personal_id="", passport="", nationality="", date_of_birth=None, email=""
    )
    return replace(
        state,
        contents=replace(state.contents, applicant=person, form_data={}, documents=()),
        apologies=(),
        case_officer_id=None,
        consultations=(),
        verifications=(),
        attached=(),
        request_papers=(),
        sent_back=(),
        letters=(),
        supplements=(),
        slips=(),
        proposal=None,
        decision=None,
        decision_note="",
        reason="",
    )


def _held_by(state: State, agency: AgencyCard) -> tuple[str, ...]:
    """Names of the units that have the dossier; of another agency that agency's."""
    found = []
    for task in holding(state):
        at_desk = task.unit_id == state.target.posting.desk
        name = agency.name_of(task.unit_id) or task.elsewhere
        found.append(name or (queries.desk_of(state.target) if at_desk else ""))
    return tuple(name for name in found if name)


def _shown(history: tuple[HistoryEntry, ...], to_owner: bool) -> tuple[HistoryEntry, ...]:
    """The history as people need it: how often a draft was saved is nobody's business but its owner's."""
    drafts = [entry for entry in history if entry.kind == "draft_saved"]
    rest = tuple(entry for entry in history if entry.kind != "draft_saved")
    return (*drafts[:1], *rest) if to_owner else rest


_DECIDING = (Verb.APPROVE, Verb.REFUSE)


def verbs_open_to(actor: Actor, footing: Footing, state: State, at: datetime) -> tuple[VerbOffer, ...]:
    """What this actor may do to the dossier now, in the order of its life."""
    offers: list[VerbOffer] = []
    for verb, statuses in OPEN_IN.items():
        if state.status not in statuses or not policy.may(verb, actor, footing, state):
            continue
        if state.proposed_supplement is not None and verb in HELD_BY_REQUEST:
            continue
        kinds = STEP_KINDS.get(verb) if verb is not Verb.ENTRUST else None
        if kinds is None:
            if _has_room(verb, state, actor, footing, at):
                offers.append(VerbOffer(verb))
            continue
        offers += [
            VerbOffer(verb, task)
            for task in state.tasks
            if (task.kind in kinds or (verb is Verb.ASSIGN and policy.is_unassigned(state, task)))
            and policy.may_do(verb, actor, footing, state, task)
            and _fits(verb, task, state)
            and not (verb in _DECIDING and policy.is_own_proposal(actor, footing, state, task))
        ]
    return tuple(offers)


def file_of(*, actor: Actor, at: datetime, dossier_id: str, file_id: str) -> str:
    """The id of a file of the dossier that the actor may read. Raises NotFound, Forbidden.

    The applicant gets a result only once it was announced or returned.
    """
    state, footing = queries.state_of(dossier_id), policy.footing_of(actor, at)
    if not policy.may_read_contents(actor, footing, state):
        raise _closed_to(actor, footing, state, at, dossier_id)
    link = DossierFile.objects.filter(dossier_id=UUID(dossier_id), file_id=_uuid(file_id)).first()
    if link is None or not may_have(actor, state, str(link.file_id), link.is_result):
        raise NotFound()
    if not policy.is_owner(actor, footing, state):
        _record_look(actor, dossier_id, [f"file:{file_id}"], at)
    return str(link.file_id)


def _record_look(actor: Actor, dossier_id: str, read: list[str], at: datetime) -> None:
    """Record what was read of a dossier. It is a reading of the dossier, too, of which its owner is told:
    recorded unless the actor has just read it, for a page is fetched beside an open form.

    Basis: DL24-3.4, PT24-3.6.
    """
    dossier = f"dossier:{dossier_id}"
    if not read or not recorded.has_read(actor, dossier, since=at - _ONE_LOOK):
        read.append(dossier)
    audit.record_reads(actor=actor, what=read, why=_WHY_PAPERS, at=at)


def file_sent(*, actor: Actor, at: datetime, file_id: str) -> str:
    """The id of a file that this officer sent in, while they look at it beside the form it is for. Once a
    dossier holds it, it is read through the dossier, with its rights and its record.

    Raises NotFound, Forbidden.

    Basis: DL24-3.4, PT24-3.6.
    """
    if not documents.sent_by(actor, [file_id]):
        raise NotFound()
    if not policy.footing_of(actor, at).posts:
        raise Forbidden()
    holds = DossierFile.objects.filter(file_id=_uuid(file_id)).order_by("dossier_id").first()
    if holds is None:
        return file_id
    return file_of(actor=actor, at=at, dossier_id=str(holds.dossier_id), file_id=file_id)


def is_laid_ready_for(*, actor: Actor, at: datetime, file_id: str) -> bool:
    """Whether the file lies ready for an organisation for which the actor files: in what its people bring for
    a supplement, or in a draft of theirs. Whoever only sees for it, or belongs to it no more, has none.

    Basis: KT22-1.2.c, PT24-8.2; our own reading beyond them (ADR 0023).
    """
    filing_for = policy.side_of(actor, at).filing_for
    owners = [organisation_tray(str(each)).id for each in filing_for]
    if not owners:
        return False
    in_drafts = DossierFile.objects.filter(
        file_id=_uuid(file_id), dossier__organisation_id__in=filing_for, dossier__status=Status.DRAFT
    )
    return bool(documents.lying_ready(owners, [file_id])) or in_drafts.exists()


def papers_of(*, actor: Actor, at: datetime, dossier_id: str, file_id: str = "") -> DossierPapers:
    """The papers of a dossier, as its officers look at them. Raises NotFound, Forbidden.

    `file_id` is the one that was chosen, if any: that it was is recorded, and again whenever a page of it is
    handed out (`file_of`).

    Basis: DL24-3.4, PT24-3.6.
    """
    state, footing = queries.state_of(dossier_id), policy.footing_of(actor, at)
    if not policy.may_read_contents(actor, footing, state) or actor.is_citizen:
        raise Forbidden()
    files = _files(state)
    _record_look(actor, dossier_id, [f"file:{file_id}"] if file_id in files else [], at)
    return DossierPapers(dossier_id, state, catalogue.sheet(state.target.procedure_version_id), files)


def may_have(actor: Actor, state: State, file_id: str, is_result: bool) -> bool:
    """Whether somebody who may read the dossier may have this file of it.

    The applicant gets nothing of the office's own, and a result only once it was announced or returned.
    """
    if not actor.is_citizen:
        return True
    is_out = state.ready_at is not None or bool(state.returned_at)
    return file_id not in internal(state) and (is_out or not is_result)


def handings_of(view: DossierView) -> tuple[str, ...]:
    """The ways in which whoever opened the dossier may hand its result over, the one agreed first."""
    ways = queries.handings(view.state, view.sheet)
    return tuple(how for how in ways if policy.may_hand_over_so(how, view.footing, view.state))


def may_close(actor: Actor, view: DossierView) -> bool:
    """Whether they may close the dossier once its result was handed over."""
    return policy.may(Verb.CLOSE, actor, view.footing, view.state)


def candidates(*, actor: Actor, at: datetime, dossier_id: str) -> tuple[Officer, ...]:
    """The officers to whom the case may be given."""
    state = queries.state_of(dossier_id)
    if not policy.may_read(actor, policy.footing_of(actor, at), state):
        raise Forbidden()
    return gather.officers_for(state.target, None, at)


def givable(*, view: DossierView, at: datetime) -> tuple[tuple[OpenTask | None, tuple[Officer, ...]], ...]:
    """What the reader of a dossier may give to another officer, and to whom: the case (None), and each open
    task. One query: the dossier and the posts are those with which it was opened."""
    state, footing = view.state, view.footing
    whole: tuple[OpenTask | None, ...] = (None,) if state.case_officer_id is not None else ()
    tasks = [task for task in (*whole, *state.tasks) if policy.may_give(footing, state, task)]
    return tuple(zip(tasks, gather.officers_for_each(state.target, tasks, at), strict=True))


def askable(state: State, at: datetime) -> tuple[tuple[str, tuple[UnitCard, ...]], ...]:
    """The units that may be asked for an opinion, by agency in Vietnamese order."""
    province = agencies.agency(state.target.agency_id).province
    found = agencies.staffed_units(province, (Role.UNIT_HEAD, Role.CASE_OFFICER), local(at).date())
    others = (
        (name, tuple(u for u in units if u.id != state.target.posting.settling)) for name, units in found
    )
    return tuple((name, units) for name, units in others if units)


def redirectable(state: State, at: datetime) -> tuple[Offer, ...]:
    """The agencies to which a filing may be passed on: they settle the procedure too, and still exist."""
    target = state.target
    offers = catalogue.offers_of(target.procedure_version_id, on=local(at).date())
    own = [each.province for each in offers if each.agency_id == target.agency_id]
    here = own[0] if own else agencies.agency(target.agency_id).province
    not_to = {target.agency_id, *state.redirected_from}
    return tuple(each for each in offers if each.province == here and each.agency_id not in not_to)


def agencies_beside(state: State, at: datetime) -> tuple[str, ...]:
    """The names of the province's other agencies, to which somebody who came to the wrong one may have to go.

    Basis: DL24-8.1.a#3, PT24-9.2.a.
    """
    own = agencies.agency(state.target.agency_id)
    found = agencies.agencies(own.province, local(at).date())
    return tuple(dict.fromkeys(card.name for card in found if card.id != own.id))


def declinable(*, actor: Actor, state: State, at: datetime) -> dict[DeclineGround, Refusal | None]:
    """Every ground of declining, with why it cannot be used yet; None where it can.

    Basis: PT24-9.1.b, DL24-8.1.a#3, KT22-14.2bis.a#3; readings A35, A45.
    """
    facts = gather.facts_for(state.target, state.process_id, actor, at)
    found: dict[DeclineGround, Refusal | None] = {}
    for ground in DeclineGround:
        try:
            check_ground(ground, state, facts, at)
        except Refusal as refusal:
            found[ground] = refusal
        else:
            found[ground] = None
    return found


def correctable(*, actor: Actor, view: DossierView) -> dict[Correctable, dict[str, str]]:
    """What the actor may put right in the dossier that they have opened: its fields as they stand."""
    state, footing = view.state, view.footing
    return {
        what: current(state, what)
        for what in Correctable
        if state.status in CORRECTABLE_IN[what]
        and policy.may_correct(what, actor, footing, state)
        and (what is not Correctable.IDENTITY or current(state, what))
    }


def changed_ways(*, state: State, sheet: ProcedureSheet, at: datetime) -> tuple[str, ...]:
    """The ways to which the choice of how the result comes may be corrected, and the present one."""
    return returning.changed_ways(state, sheet, gather.regulation_of(state, at))


def outcomes_of(state: State, task: OpenTask) -> tuple[Outcome, ...]:
    """The ways out of the task's step; none for the desk's check."""
    step = _step(state, task)
    return step.outcomes if step else ()


def endings_of(state: State, task: OpenTask) -> tuple[Outcome, ...]:
    """The ways in which the task's step is completed: not straight to whoever approves while there is nothing
    that they could decide on. There the process wants a proposal.

    Basis: KT18-15.0, DL24-9.1.a#2, PT24-10.1.a#2.
    """
    ways = outcomes_of(state, task)
    if state.process_id is None or state.proposal is not None or state.decision is not None:
        return ways
    if task.kind not in STEP_KINDS[Verb.PROPOSE]:
        return ways
    definition = process.definition(state.process_id)
    return tuple(
        way for way in ways if not way.to or any(definition.step(key).kind != "approve" for key in way.to)
    )


def cases_of(state: State, task: OpenTask) -> tuple[Outcome, ...]:
    """Straight on, and the cases in which a step is done that others pass over; empty if there are none."""
    ways = outcomes_of(state, task)
    cases = tuple(way for way in ways if way.key.startswith(IF))
    return (ways[0], *cases) if cases else ()


def send_back_targets(state: State, task: OpenTask) -> tuple[Step, ...]:
    """The earlier steps to which the task may be sent back."""
    if state.process_id is None or state.run is None or task.step_key in _OURS:
        return ()
    definition = process.definition(state.process_id)
    keys = steps_to_send_back_to(definition, Run.from_json(dict(state.run)), task.step_key)
    return tuple(definition.step(key) for key in keys if definition.step(key).kind != "intake")


def ended_by_sending_back(state: State, task: OpenTask, to_step: str) -> tuple[OpenTask, ...]:
    """The parts of other agencies that would end with it, if the task were sent back to this step."""
    if state.process_id is None or state.run is None:
        return ()
    run = Run.from_json(dict(state.run))
    after = sent_back(process.definition(state.process_id), run, task.step_key, to_step)
    others = (each for each in state.tasks if each.is_given_away and each.key != task.key)
    return tuple(each for each in others if each.step_key not in after.open)


def keeps_receipt(state: State, at: datetime) -> bool:
    """Whether the official receipt stays where it is when the filing is passed on to another agency now."""
    regulation = law.regulation(state.target.regulation, local(at).date())
    return receipt_when_passed_on(state, at, regulation) == state.received_at


def _step(state: State, task: OpenTask) -> Step | None:
    if state.process_id is None or task.step_key in _OURS:
        return None
    return process.definition(state.process_id).step(task.step_key)


def _has_room(verb: Verb, state: State, actor: Actor, footing: Footing, at: datetime) -> bool:
    """Whether the rule would not refuse the verb outright."""
    at_desk = any(task.kind == "return" for task in state.tasks)
    if verb in (Verb.ANNOUNCE, Verb.RETURN_RESULT):
        return bool(state.results) and at_desk
    if verb is Verb.DECLINE:
        return state.accepted_at is None
    if verb is Verb.ISSUE_RECEIPT:
        return lacks_receipt(state)
    if verb is Verb.SUPPLEMENT and state.status is Status.SUBMITTED:
        return actor.is_officer and state.target.channel != "online"
    if verb in AS_ASKED and state.decision is not None:  # until then nothing ends it
        regulation = law.regulation(state.target.regulation, local(at).date())
        is_open = comes_too_late(state, regulation) is None
        return is_open and state.accepted_at is not None
    if verb in (Verb.STOP, Verb.RESUME):
        return state.accepted_at is not None
    if verb is Verb.ENTRUST:
        return any(task.kind in STEP_KINDS[verb] and not task.is_of_the_process for task in state.tasks)
    if verb is Verb.CALL_OFF_VERIFICATION:
        return bool(verifications_awaited(state))
    if verb is Verb.REMIND:
        return any(each.is_open for each in state.consultations)
    if verb is Verb.EXTEND:
        regulation = law.regulation(state.target.regulation, local(at).date())
        runs = state.due_at is not None and not state.is_paused and state.finished_at is None
        return runs and may_apologise_again(state, regulation)
    if verb is Verb.PAUSE:
        return bool(law.regulation(state.target.regulation, local(at).date()).words("pause.grounds"))
    if verb is Verb.REASSIGN:
        return policy.may_give_anything(footing, state)
    if verb is Verb.RECORD_NON_COLLECTION:
        if not is_collected(state, law.regulation(state.target.regulation)):
            return False
        calendar = gather.calendar_of(state.target, gather.term_from(state) or at, at)
        return not is_still_to_come(state, calendar, at)
    return True


def _fits(verb: Verb, task: OpenTask, state: State) -> bool:
    """Whether a task verb makes sense on this task now; the rule has the last word."""
    if verb is Verb.HAND_OVER:
        return task.step_key != CHECK_STEP
    if verb in (Verb.APPROVE, Verb.REFUSE) and state.proposal is None:
        return not _has_proposer_before(state, task)
    if verb in (Verb.APPROVE, Verb.REFUSE):
        as_proposed = Verb.REFUSE if state.proposal == "refuse" else Verb.APPROVE
        return verb is as_proposed or _decides(state, task)
    if verb is Verb.SEND_BACK:
        return bool(send_back_targets(state, task))
    if verb is Verb.ISSUE_RESULT:
        return task.kind == "clerical" or not _has_clerical_ahead(state)
    if verb is Verb.COMPLETE_STEP and (waits_for_applicant(state, task) or not endings_of(state, task)):
        return False
    if verb is Verb.COMPLETE_STEP and not state.results:
        return not (_leads_to_return(state, task) or _ends_with_number(state, task))
    return True


def _decides(state: State, task: OpenTask) -> bool:
    """Whether this step decides: it is the last one that approves."""
    if state.process_id is None:
        return False
    deciding = last_approve(process.definition(state.process_id))
    return deciding is not None and deciding.key == task.step_key


def _has_proposer_before(state: State, task: OpenTask) -> bool:
    step = _step(state, task)
    if step is None or state.process_id is None:
        return True
    kinds = STEP_KINDS[Verb.PROPOSE]
    steps = process.definition(state.process_id).steps
    return any(other.order < step.order and str(other.kind) in kinds for other in steps)


def _leads_to_return(state: State, task: OpenTask) -> bool:
    step = _step(state, task)
    if step is None or state.process_id is None:
        return False
    last = process.definition(state.process_id).last.key
    return all(last in outcome.to for outcome in step.outcomes)


def _ends_with_number(state: State, task: OpenTask) -> bool:
    step = _step(state, task)
    return step is not None and step.ends_with_number


def _has_clerical_ahead(state: State) -> bool:
    if state.process_id is None:
        return False
    definition = process.definition(state.process_id)
    deciding = last_approve(definition)
    after = deciding.order if deciding else 0
    return any(step.kind == "clerical" and step.order > after for step in definition.steps)


def _officers(state: State, actor: Actor, at: datetime) -> dict[str, KnownOfficer]:
    """Those who have the dossier or a step of it, by id; the actor is known, and is there."""
    ids = {task.officer_id for task in state.tasks if task.officer_id} | (
        {state.case_officer_id} if state.case_officer_id else set()
    )
    own = {actor.id: KnownOfficer(actor.name)} if actor.is_officer and actor.id in ids else {}
    found = agencies.known_officers(map(int, ids - own.keys()), local(at).date())
    return own | {str(key): officer for key, officer in found.items()}


def _files(state: State) -> dict[str, FileCard]:
    ids = (
        internal(state)
        + given(state)
        + tuple(d.file_id for d in state.contents.documents if d.file_id)
        + tuple(each.document.file_id for each in state.earlier_papers if each.document.file_id)
        + tuple(paper.file_id for paper in state.results if paper.file_id)
        + tuple(paper.file_id for paper in state.request_papers)
        + ((state.behalf.file_id,) if state.behalf and state.behalf.file_id else ())
    )
    return documents.cards(ids) if ids else {}


def _uuid(text: str) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound() from None
