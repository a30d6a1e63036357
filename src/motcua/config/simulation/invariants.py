"""What must hold after every act and at the end. Each check says in words what does not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Any
from unicodedata import category

from django.conf import settings
from django.db import connection

from motcua.audit import queries as audit
from motcua.config.simulation import reckoning, rights
from motcua.config.simulation.course.reasons import BYSTANDERS, days_of_people
from motcua.dossiers import queries, services
from motcua.dossiers.enums import ENDED, PAUSED, Correctable, Status, Verb
from motcua.dossiers.models import CodeSerial, Dossier
from motcua.dossiers.rules.life import CONSULT_STEP
from motcua.dossiers.rules.moves import is_forwarding
from motcua.dossiers.rules.state import State
from motcua.dossiers.rules.waits import SUPPLEMENT_WAIT, supplement_awaited_until
from motcua.dossiers.services import Folded, Question
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal, Technical
from motcua.kernel.limits import TimeUnit
from motcua.kernel.text import fold
from motcua.law import queries as law
from motcua.worktime.rules import Due, local, working_minutes

Says = Iterator[str]
Trace = tuple[Any, ...]
_BESIDE = ("consult", "control", "relay", "letter", "check")  # tasks that are no step of the internal process
_DAY = re.compile(r"\d\d/\d\d/\d{4}")  # a day that was answered may be a day of the dossier, too
_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"(?<=\d)[ .–-](?=\d)")  # between the digits of one number
_SERIAL = re.compile(r"(.+)-(\d{6})-(\d{4,})$")


@dataclass(frozen=True)
class Done:
    """One act that was done: the dossier before (None: it was made) and after, who did what to it, when.

    `after` is what its events make of it, folded by those who look, not what the row says.
    """

    dossier_id: str
    before: State | None
    after: State
    verb: Verb
    actor: Actor
    at: datetime
    what: Any = None  # of a correction
    holds_a_post: bool | None = None  # what `post_asked` was answered; None: it was not asked

    @cached_property
    def due(self) -> Due | None:
        return queries.due_of(self.after)

    @cached_property
    def is_term_as_before(self) -> bool:
        """Whether all that term and ledger are made of is what it was when they were looked at last."""
        return self.before is not None and _term(self.before) == _term(self.after)


def _term(state: State) -> Trace:
    """All that `due_of` and the checks of the term look at."""
    counted = (state.term, state.received_at, state.accepted_at, state.due_at, state.pauses)
    return (*counted, state.target, state.apologies, state.ended_at, state.status in PAUSED)


def after_act(done: Done) -> Iterator[tuple[str, str]]:
    """(check, what does not hold) of everything that this act broke."""
    for check in CHECKS:
        for words in check(done):
            yield check.__name__.replace("_", " "), words


# --- After every act -------------------------------------------------------------------
def time_goes_on(done: Done) -> Says:
    """The newest moment never goes back, and every act is at least one event."""
    before = done.before
    if before is not None and not before.version < done.after.version <= before.version + 2:
        yield f"version {before.version} became {done.after.version}"
    if before is not None and before.last_at and done.after.last_at and done.after.last_at < before.last_at:
        yield f"the newest event moved from {before.last_at} back to {done.after.last_at}"


def no_due_date_without_ledger(done: Done) -> Says:
    state = done.after
    if state.due_at is None:
        if state.accepted_at is not None and state.term.limit:
            yield "accepted with a term, but without a due moment"
        return
    if done.is_term_as_before:
        return
    due = done.due
    if due is None:
        yield f"due {state.due_at}, but no ledger"
        return
    segments = due.segments
    if segments and segments[0].start != due.received_at:
        yield "the ledger does not begin with the receipt"
    if due.due_at is not None and segments and segments[-1].end != due.due_at:
        yield f"the ledger ends at {segments[-1].end}, the due moment is {due.due_at}"
    for one, following in pairwise(segments):
        if one.end != following.start:
            yield f"the ledger has a gap from {one.end} to {following.start}"


def clocks_conserve_time(done: Done) -> Says:
    """From receipt to due it is the limit and what was paused: opening time to the minute, or day by day.

    Counted from the opening minutes alone. A date that a letter has set is the letter's, until another pause.
    """
    state = done.after
    yield from _pauses_in_order(state)
    if done.is_term_as_before:
        return
    due = done.due
    if due is None or state.due_at is None or state.is_paused:
        return
    if state.apologies:
        yield from _date_of_the_letter(state)
        return
    if law.regulation(state.target.regulation).choice("supplement.clock") == "restart" and state.pauses:
        return  # no regulation says so today
    if state.term.cutoff:
        yield from reckoning.counted_by_a_cutoff(due, state)
    elif due.limit.unit in reckoning.BY_THE_CALENDAR:
        yield from reckoning.counted_by_the_calendar(due, state)
    elif due.limit.unit is TimeUnit.CLOCK_HOUR:
        yield from reckoning.counted_by_the_clock(due, state)
    else:
        yield from _opening_minutes(due, state)


def _date_of_the_letter(state: State) -> Says:
    letter = state.apologies[-1]
    if letter.due_at <= letter.was_due_at:
        yield f"a letter moved the date from {letter.was_due_at} to {letter.due_at}"
    if all(pause.start < letter.at for pause in state.pauses) and state.due_at != letter.due_at:
        yield f"due {state.due_at}, but the letter said {letter.due_at}"


def _opening_minutes(due: Due, state: State) -> Says:
    assert state.due_at is not None
    calendar = due.calendar
    paused = 0
    counted = (each for each in state.pauses if each.end is None or each.end != state.ended_at)
    for pause in counted:  # one that ended with the dossier itself moved nothing any more
        start, end = max(pause.start, due.effective_start), min(pause.end or state.due_at, state.due_at)
        paused += max(calendar.open_minutes(start, end), 0) if start < end else 0
    whole = calendar.open_minutes(due.effective_start, state.due_at)
    wanted = working_minutes(calendar, due.limit, calendar.next_opening(due.effective_start).date())
    if whole != wanted + paused:
        yield f"{whole} opening minutes to the due moment, {wanted} promised and {paused} paused"


def _pauses_in_order(state: State) -> Says:
    for number, pause in enumerate(state.pauses, start=1):
        if pause.end is None and number < len(state.pauses):
            yield f"pause {number} has no end, and another one follows"
        if pause.end is not None and pause.end < pause.start:
            yield f"pause {number} ends before it begins"
    for one, following in pairwise(state.pauses):
        if one.end is not None and following.start < one.end:
            yield "two pauses overlap"
    asked = state.supplement_awaited()
    runs = asked is not None and asked.clock_runs
    open_now = state.status in PAUSED and state.accepted_at is not None and not runs
    if state.status not in ENDED and state.is_paused != open_now:
        yield f"status {state.status}, but the clock {'stands' if state.is_paused else 'runs'}"


def at_most_one_apology(done: Done) -> Says:
    """Asked when a letter is written: an earlier one may be from before the law that gives the number."""
    before = len(done.before.apologies) if done.before else 0
    if len(done.after.apologies) == before:
        return
    allowed = law.regulation(done.after.target.regulation, done.at.date()).number("apology.max_count")
    if allowed is not None and len(done.after.apologies) > allowed:
        yield f"{len(done.after.apologies)} apologies"


def a_late_letter_hides_nothing(done: Done) -> Says:
    """Asked when the letter is written, of what was due then and of the opening minutes that were left."""
    state, before = done.after, done.before
    if before is None or before.due_at is None or len(state.apologies) == len(before.apologies):
        return
    notice = law.regulation(state.target.regulation, done.at.date()).limit("apology.min_notice")
    calendar = queries.calendar_of(before, done.at)
    in_time = notice is not None and reckoning.had_notice(calendar, done.at, before.due_at, notice)
    wanted = state.due_at if in_time else before.due_at
    if not before.apologies and state.measured_due_at != wanted:
        yield f"a letter {'in time' if in_time else 'too late'}: measured by {state.measured_due_at}"


def a_dossier_already_late_stays_late(done: Done) -> Says:
    """Once the moment by which lateness is measured has passed no act puts it off, unless the clock had been
    stopped before; and nothing that stops the clock then takes the dossier out of what is overdue.

    Reckoned from the pauses themselves, not by `State`.
    """
    before, after, at = done.before, done.after, done.at
    if before is None or before.measured_due_at is None or before.measured_due_at >= at:
        return
    if before.ended_at is not None:  # an ending that is taken back brings its pause back
        return
    last = before.pauses[-1] if before.pauses else None
    if last and last.end is None and last.start <= before.measured_due_at:
        return
    if after.measured_due_at != before.measured_due_at:
        yield f"was due {before.measured_due_at}, and at {at} became due {after.measured_due_at}"
    is_open = after.finished_at is None and after.ended_at is None
    if is_open and not after.is_overdue(at):
        yield f"due {after.measured_due_at}, and at {at} no longer overdue"


def no_act_without_a_right(done: Done) -> Says:
    """Asked of the positions themselves and of the table in `rights`, not of `policy`."""
    if done.actor.is_citizen:
        if done.verb not in rights.OWNER or done.after.owner_id != done.actor.id:
            yield f"{done.verb} by a citizen who may not"
        return
    holds = done.holds_a_post
    if holds is None:
        holds = _answer(*post_asked(done.before or done.after, done.verb, done.actor, done.at, done.what))[0]
    if not holds:
        yield f"{done.verb} by an officer without a fitting post"


_POST = """
SELECT EXISTS (
    SELECT FROM agencies_position AS held
    WHERE held.unit_id = ANY(%s::bigint[]) AND held.role = ANY(%s::text[])
        AND %s::date BETWEEN coalesce(held.valid_from, '-infinity') AND coalesce(held.valid_to, 'infinity')
        AND (
        held.account_id = %s::bigint OR held.account_id IN (
            SELECT account_id FROM agencies_absence AS away
            WHERE away.substitute_id = %s::bigint AND away.ended_on IS NULL
                AND %s::date BETWEEN away.first_day AND away.last_day)))"""


def post_asked(state: State, verb: Verb, actor: Actor, at: datetime, what: Any) -> Question:
    """Whether the officer holds a post that fits, or stands in that day for somebody who does.

    `state` is what the dossier was before the act.
    """
    allowed = rights.roles_for(verb, state, what)
    places = {state.target.posting.desk, state.target.posting.settling, state.target.posting.leadership}
    places |= {state.target.posting.office, *(task.unit_id for task in rights.tasks_of(state))}
    day = at.date()
    return _POST, [_listed(places), _listed(allowed), day, actor.id, actor.id, day]


def _listed(values: Iterable[Any]) -> str:
    """As PostgreSQL writes a list of numbers or plain words."""
    return "{" + ",".join(sorted(map(str, values))) + "}"


def nothing_asked_for_is_dropped_early(done: Done) -> Says:
    """No request lapses because the agency goes on before the applicant had the time that reading A35 gives.

    Counted from the opening minutes alone, and not by the rule that refuses it.
    """
    before = done.before
    asked = before.supplement_awaited() if before else None
    if before is None or asked is None or done.verb is not Verb.RESUME:
        return
    calendar = queries.calendar_of(before, done.at)
    start = asked.reopened_at or asked.requested_at
    waited = max(calendar.open_minutes(start, done.at), 0)
    wanted = working_minutes(calendar, SUPPLEMENT_WAIT, start.date())
    if asked.clock_runs and (kept := _to_be_kept(before, start)):
        wanted = min(wanted, calendar.open_minutes(start, kept) // 2)
    if waited < wanted:
        yield f"a request of {start} was dropped at {done.at}: {waited} of {wanted} opening minutes"


def _to_be_kept(state: State, start: datetime) -> datetime | None:
    """The first date that the dossier has to keep after `start`."""
    return min((due for due in (state.measured_due_at, state.due_at) if due and due > start), default=None)


def a_request_taken_back_stopped_no_clock(done: Done) -> Says:
    """What was asked by mistake has moved no date, and its pause is none; it waits for nobody any more. Only
    a step that opened within the pause, held against a promise that moved with it, is dated anew."""
    state, before = done.after, done.before
    if before is None or done.what is not Correctable.SUPPLEMENT:
        return
    asked = before.supplements[-1]
    if (state.due_at, state.promised_at) != (before.due_at, before.promised_at):
        yield f"due {before.due_at} became {state.due_at} by a request that was taken back"
    if any(pause.start == asked.requested_at for pause in state.pauses):
        yield f"the clock stood still since {asked.requested_at} for a request that was taken back"
    if len(state.supplements) != len(before.supplements) or len(state.requests) != len(before.requests) - 1:
        yield f"{len(state.supplements)} requests, of which {len(state.requests)} count"
    dues = {task.key: task.due_at for task in state.tasks}
    stood = [t for t in before.tasks if not before.is_paused or t.opened_at <= asked.requested_at]
    moved = [task.key for task in stood if dues.get(task.key, state.filed_at) != task.due_at]
    if moved:
        yield f"{moved} moved by a request that was taken back"


def an_ending_taken_back_leaves_the_dossier_as_it_lay(done: Done) -> Says:
    """What was withdrawn or stopped by mistake lies where it lay, by every date that it had."""
    state, before = done.after, done.before
    if before is None or done.what is not Correctable.ENDING or before.ending is None:
        return
    was = before.ending
    if (state.status, state.tasks, state.ended_at) != (was.status, was.tasks, None):
        yield f"{state.status} with {len(state.tasks)} tasks, but was {was.status} with {len(was.tasks)}"
    if (state.decision, state.proposed_supplement) != (was.decision, was.proposed_supplement):
        yield "what was decided or proposed is not what it was"
    if (state.due_at, state.promised_at) != (before.due_at, before.promised_at):
        yield f"due {before.due_at} became {state.due_at} by an ending that was taken back"
    if [each.start for each in state.pauses] != [each.start for each in before.pauses]:
        yield "the pauses are not those that there were"
    if state.is_paused and state.status not in PAUSED:
        yield f"{state.status}, and the clock stands still"
    if state.status is not Status.AWAITING_SUPPLEMENT and state.supplement_awaited():
        yield f"{state.status}, and papers are awaited"
    if state.decision and any(each.is_open for each in state.consultations):
        yield "decided, and an opinion is awaited again"


def no_wait_of_ours_outlasts_the_term(done: Done) -> Says:
    """Where the term runs on while papers are awaited, the agency may go on before it ends."""
    asked = done.after.supplement_awaited()
    if asked is None or not asked.clock_runs:
        return
    kept = _to_be_kept(done.after, asked.requested_at)
    until = supplement_awaited_until(done.after, queries.calendar_of(done.after, done.at))
    if kept is not None and until is not None and until >= kept:
        yield f"a request of {asked.requested_at} is waited for until {until}, and the term ends {kept}"


def no_step_outlasts_the_promise(done: Done) -> Says:
    """What bears a term of its own, at home or with another agency, ends in time for the whole, unless the
    promise had passed when it opened. While the clock stands still nothing is promised."""
    promised_at = done.after.measured_due_at
    for task in done.after.tasks:
        bears_a_term = bool(task.duty or task.limit) and task.kind != CONSULT_STEP
        if not bears_a_term or task.due_at is None or promised_at is None or done.after.is_paused:
            continue
        if task.opened_at < promised_at < task.due_at:
            yield f"{task.key} is due {task.due_at}, the dossier is promised {promised_at}"


def a_regulation_stays(done: Done) -> Says:
    """Under which a dossier was filed it is settled, whatever comes into force meanwhile."""
    before, now = done.before, done.after.target.regulation
    if before is not None and before.target.regulation not in ("", now):
        yield f"filed under {before.target.regulation}, now {now}"
    if now and (before is None or not before.target.regulation):
        in_force = law.regulation_in_force(settings.PROVINCE, done.at.date()).short_name
        if now != in_force:
            yield f"filed under {now} when {in_force} was in force"


def open_tasks_equal_the_process(done: Done) -> Says:
    """The open steps of the run, each once; before it and after it nothing but our own steps."""
    state = done.after
    steps = sorted(task.step_key for task in state.tasks if not _is_ours(task.kind, task.step_key))
    tokens = sorted(state.run["open"]) if state.run and state.status not in _NOTHING_OPEN else []
    if steps != tokens:
        yield f"open steps {steps}, tokens {tokens}"
    checks = [task for task in state.tasks if task.step_key == "check"]
    if len(checks) != (state.status is Status.SUBMITTED):
        yield f"status {state.status} with {len(checks)} checks at the desk"
    controls = [task for task in state.tasks if task.kind in ("control", "relay")]
    if state.status not in ENDED and len(controls) != (state.proposed_supplement is not None):
        yield f"{len(controls)} controls of a supplement request"
    awaited = sum(each.is_open for each in state.consultations)
    silent = sum(not (each.answered_at or each.taken_back) for each in state.consultations)
    asked = sum(task.kind == "consult" for task in state.tasks)
    if not awaited <= asked <= silent:  # whoever kept silent until the decision may still answer
        yield f"{awaited} questions without an answer, {silent} never answered, {asked} tasks"
    keys = [task.key for task in state.tasks]
    if len(keys) != len(set(keys)):
        yield f"two tasks of one key: {keys}"
    if state.status in ENDED and state.tasks:
        yield f"{state.status}, and {len(state.tasks)} tasks are open"


_HANDED_OUT = frozenset({Status.RETURNED, Status.CLOSED})
_SETTLED = frozenset({Status.RESULT_ISSUED, Status.READY, Status.RETURNED, Status.CLOSED})
_NOTHING_OPEN = frozenset({Status.DECLINED, Status.WITHDRAWN, Status.STOPPED})


def _is_ours(kind: str, step_key: str) -> bool:
    return kind in _BESIDE or step_key in _BESIDE


def nothing_puts_off_the_handing_over(done: Done) -> Says:
    """By when the desk hands over is what the regulation made of the acceptance, whatever happens there."""
    for task in done.after.tasks:
        was = done.before.task(task.key) if done.before is not None else None
        if was is not None and is_forwarding(was) and task.due_at != was.due_at:
            yield f"{task.key} was due {was.due_at}, now {task.due_at}"


def status_fits_what_happened(done: Done) -> Says:
    state = done.after
    if (state.accepted_at is None) != (state.code == ""):
        yield "a code without acceptance, or acceptance without a code"
    is_settled = bool(state.results and state.decision)
    if state.status in _SETTLED and not is_settled:
        yield f"{state.status} without a decided and numbered result"
    lies_there = any(task.kind == "return" for task in state.tasks) or state.status in _HANDED_OUT
    if is_settled and lies_there != (state.finished_at is not None):
        yield "finished without a result at the desk, or not finished with one"
    if state.ended_at is not None and state.status not in ENDED:
        yield f"ended, but {state.status}"
    if state.results and state.finished_at and state.accepted_at and state.finished_at < state.accepted_at:
        yield "finished before it was accepted"


def nothing_personal_is_public(done: Done) -> Says:
    """What anybody with the number gets to know, of what the dossier says of people and of what it said
    until this act."""
    state = done.after
    if not state.reference:
        return
    told_now = queries.told_of(state)
    printed = _printed(replace(told_now, due=None) if done.is_term_as_before else told_now)
    yield from leaks(state, printed)
    for letter in told_now.apologies:
        yield from leaks_of_letter(state, letter.reason)
    if done.before is not None and done.before.contents != state.contents:
        for letter in told_now.apologies:
            yield from leaks(done.before, letter.reason)
            yield from leaks_of_letter(done.before, letter.reason)
    if done.before is not None and done.before.reference == state.reference:
        return
    told = queries.tracking(state.reference)
    if told is None:
        yield f"{state.reference} cannot be followed"
    else:
        yield from leaks(state, _printed(told))


def _printed(told: object) -> str:
    """All that is told, each space of whatever kind as a space."""
    return re.sub(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|[nrt])", " ", repr(told))


# The matching is our own and simple: what hides words must not judge whether they are hidden.
def leaks(state: State, text: str) -> Says:
    """Personal words of the dossier that people would read in a text which everybody may read, and
    bystanders whom only a letter can have named."""
    words = _words_of(f"{text} {_JOINED.sub('', text)}")
    for name, word in private_words(state).items():
        if _words_of(word) in words:
            yield f"public, but shows the {name}"
    if any(_words_of(name) in words for name in BYSTANDERS):
        yield "public, but names a bystander"


def leaks_of_letter(state: State, text: str) -> Says:
    """Shorter ways to say the same in a public letter. On a whole page they may stand by chance."""
    person = state.contents.applicant
    names, house = person.name.split(), person.address.split(",")[0]
    short = " ".join(names[-2:]) if len(names) > 2 else ""
    for name, word in {"applicant's short name": short, "house": house}.items():
        if " " in word and _words_of(word, fold=str) in _words_of(text, fold=str):
            yield f"public, but shows the {name}"
    yield from _leaks_of_days(state, text)


def _leaks_of_days(state: State, text: str) -> Says:
    """Birthdays and days of the form, whatever stands between day, month and year; days that the letter
    itself has may be one of them by chance."""
    moments = (each for letter in state.apologies for each in (letter.at, letter.was_due_at, letter.due_at))
    own = {local(each).date() for each in moments}
    numbers = [int(each) for each in re.findall(r"\d+", text)]
    threes = set(zip(numbers, numbers[1:], numbers[2:], strict=False))
    for day in days_of_people(state):
        written = {(day.day, day.month, day.year), (day.year, day.month, day.day)}
        if day not in own and written & threes:
            yield "public, but shows a day of somebody"
        if f" sinh nam {day.year} " in _words_of(text):
            yield "public, but shows the year of a birth"


def _words_of(text: str, fold: Callable[[str], str] = fold) -> str:
    """The words, each between spaces, without what prints nothing."""
    printed = "".join(char for char in text if category(char) != "Cf")
    return f" {' '.join(_WORD.findall(fold(printed)))} "


def private_words(state: State) -> dict[str, str]:
    """What of the dossier nobody but those who work on it and its owner may read."""
    contents, person = state.contents, state.contents.applicant
    words = {
        "applicant's name": person.name,
        "personal number": person.personal_id,
        "phone": person.phone,
        "e-mail address": person.email,
        "address": person.address,
        "submitter's name": contents.submitter_name,
        "reason": state.reason,
        "delivery address": contents.delivery.address,
    }
    words |= {f"answer {key}": str(value) for key, value in contents.form_data.items()}
    return {name: word for name, word in words.items() if _is_nobody_elses(name, word)}


def _is_nobody_elses(name: str, word: str) -> bool:
    """Whether a word cannot stand on a page by chance: a whole name, a number of a person, anything long."""
    if _DAY.fullmatch(word):
        return False
    is_whole_name = name.endswith("name") and " " in word.strip()
    return len(word) > 8 or is_whole_name or (word.isdigit() and len(word) >= 6)


CHECKS: tuple[Callable[[Done], Says], ...] = (
    time_goes_on,
    no_due_date_without_ledger,
    clocks_conserve_time,
    at_most_one_apology,
    a_late_letter_hides_nothing,
    a_dossier_already_late_stays_late,
    nothing_asked_for_is_dropped_early,
    a_request_taken_back_stopped_no_clock,
    an_ending_taken_back_leaves_the_dossier_as_it_lay,
    no_wait_of_ours_outlasts_the_term,
    no_step_outlasts_the_promise,
    a_regulation_stays,
    no_act_without_a_right,
    open_tasks_equal_the_process,
    nothing_puts_off_the_handing_over,
    status_fits_what_happened,
    nothing_personal_is_public,
)


# --- After every refusal ---------------------------------------------------------------
_TRACE = """
SELECT (SELECT encode(last_hash, 'hex') || '/' || version FROM dossiers_dossier WHERE id = %s::uuid),
       (SELECT count(*) FROM dossiers_dossierevent WHERE dossier_id = %s::uuid), common.*
FROM (SELECT (SELECT max(id) FROM notify_outboxmessage),
             (SELECT coalesce(sum(last), 0)::bigint FROM dossiers_codeserial)) AS common"""
_TRACE_BESIDE = """
SELECT (SELECT max(id) FROM notify_outboxmessage), (SELECT max(id) FROM audit_actrecord),
       (SELECT count(*) FROM incidents_incident), (SELECT count(*) FROM incidents_incidentend),
       (SELECT count(*) FROM agencies_absence), (SELECT count(*) FROM agencies_localclosure)"""
COMMON_ASKED: Question = (
    "SELECT json_build_array((SELECT max(id) FROM notify_outboxmessage),"
    " (SELECT coalesce(sum(last), 0) FROM dossiers_codeserial))",
    (),
)


def trace(dossier_id: str | None) -> Trace:
    """What must be the same after a refusal: the dossier, its events, the outbox, the serials of codes."""
    return _answer(_TRACE, [dossier_id, dossier_id])


def trace_of(folded: Folded, common: list[int | None]) -> Trace:
    """The same of a dossier that was just found right, by what was answered to COMMON_ASKED."""
    return f"{folded.last_hash.hex()}/{folded.state.version}", folded.state.version, *common


def trace_beside() -> Trace:
    """The same of what is about no dossier: outages, absences, closures, the chain of acts, the outbox."""
    return _answer(_TRACE_BESIDE, [])


def _answer(sql: str, params: Sequence[Any]) -> Trace:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        row = cursor.fetchone()
    assert row is not None
    return tuple(row)


def after_refusal(
    refusal: Refusal, before: Trace, now: Trace, *, speaks: bool = True
) -> Iterator[tuple[str, str]]:
    """(check, what does not hold) of a refusal. `speaks`: the regulation says something of the act, as each
    does of acts on dossiers."""
    if before != now:
        yield "a refusal changes nothing", f"{refusal.code}: {before} became {now}"
    if speaks and not (refusal.clauses or isinstance(refusal, Technical)):
        yield "every refusal has clauses", f"{refusal.code} names none"
    unknown = [one for one in refusal.clauses if not _is_clause(one)]
    if unknown:
        yield "every refusal has clauses", f"{refusal.code} names {unknown}, which do not exist"


def _is_clause(named: str) -> bool:
    known = law.law().clauses
    return named in known or any(one.startswith((f"{named}#", f"{named}.")) for one in known)


# --- At the end ------------------------------------------------------------------------
def at_the_end(progress: Callable[[int], None] = lambda done: None) -> Iterator[tuple[str, str]]:
    """(check, what does not hold) over everything that is stored."""
    verified = services.verify(progress=progress)
    if verified.difference is not None:
        yield "refold equals rows", str(verified.difference)
    broken = audit.verify_acts()
    if broken is not None:
        yield "the chain of administrative acts holds", broken.ref
    for words in codes_are_unique_and_gapless():
        yield "codes are unique and gapless", words


def codes_are_unique_and_gapless() -> Says:
    """Each code once; for each agency and day the serials 1, 2, 3… up to the counter, none left out."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for code in Dossier.objects.exclude(code=None).exclude(code="").values_list("code", flat=True).iterator():
        match = _SERIAL.fullmatch(code or "")
        if match is None:
            yield f"{code} has no serial"
            continue
        found[match[1], match[2]].append(int(match[3]))
    counters = {
        (row.agency_code, row.on_day.strftime("%y%m%d")): row.last for row in CodeSerial.objects.iterator()
    }
    for key in found.keys() | counters.keys():
        serials = sorted(found.get(key, []))
        if serials != list(range(1, counters.get(key, 0) + 1)):
            yield f"{'-'.join(key)}: serials {serials[:5]}… of {len(serials)}, counter {counters.get(key, 0)}"
