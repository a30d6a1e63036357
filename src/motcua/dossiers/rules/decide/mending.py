"""Putting right what was recorded by mistake: by one more event, never by changing one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from motcua.accounts.rules import acting, entries, identifiers
from motcua.accounts.rules.acting import NumberKind
from motcua.dossiers.enums import Correctable, Status, Verb
from motcua.dossiers.errors import (
    AddressRequired,
    BadBirthday,
    BadEstablishment,
    BadLine,
    BadPassport,
    BadPersonalId,
    BadPhone,
    BadTaxCode,
    BirthdayRequired,
    FiledAnew,
    NationalityRequired,
    NotCorrectable,
    NothingToCorrect,
    NumberDiffersFromBirth,
    PaperNumberRequired,
    ReasonRequired,
    SeenPaperRequired,
    UnitIsOver,
    WrongState,
)
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.completeness import check_delivery
from motcua.dossiers.rules.life import BESIDE, CORRECTABLE_IN, STEP_KINDS
from motcua.dossiers.rules.moves import current_run, open_tasks, redated_as_if_running, return_redated
from motcua.dossiers.rules.returning import asked_for_way, check_changed_way
from motcua.dossiers.rules.state import ResultDelivery, State
from motcua.kernel.errors import Refusal
from motcua.kernel.text import visible
from motcua.process.rules import tokens
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts


def correct(state: State, command: commands.Correct, facts: Facts, at: datetime) -> events.Corrected:
    """Put right a text or a return that was recorded by mistake, with the reason; history shows both.

    What an applicant declared online stays their word: the desk corrects how to reach them, not who they
    are. What the desk itself read off a paper (name, passport and nationality, the number of an
    organisation) it puts right too. So it does with the number and the birthday of a person, until the result
    bears them, by a paper that it names; the dossier then leaves the account in which it was by the wrong
    number, and comes into no other without proof. A return is taken back as a whole, and the result waits at
    the desk again. A decision is taken back too, until its result has a number: its step is open again
    with the term it had, and no clock has stood still. So is a refusal of intake, unless the applicant has
    filed anew since, and a supplement request, until something came for it. A withdrawal or a stop that the
    desk recorded is taken back as a refusal of intake is; what applicants did themselves is their own will.

    Basis: QN20-21.2#2, KT22-23.2#2, PT24-23.2#2, PT24-9.1.0#1, DL24-11.2#2; of the number, of the decision,
    of the refusal of intake, of the request, of a withdrawal and a stop our own reading (ADR 0047, 0063,
    0066, 0088, 0095).
    """
    if state.status not in CORRECTABLE_IN[command.what]:
        raise WrongState(status=state.status.value)
    if not visible(command.reason):
        raise ReasonRequired()
    reason = visible(command.reason)
    if command.what is Correctable.RETURN:
        return events.Corrected(command.what, _handing(state), reason, _back_at_the_desk(state, at, facts))
    if command.what is Correctable.DECISION:
        return events.Corrected(command.what, (), reason, _back_before_the_leader(state, facts))
    if command.what is Correctable.DECLINE:
        return events.Corrected(command.what, (), reason, _back_before_the_decline(state, facts))
    if command.what is Correctable.SUPPLEMENT:
        return events.Corrected(command.what, (), reason, _back_before_the_request(state, facts))
    if command.what is Correctable.ENDING:
        move = _back_before_the_ending(state, facts)
        is_stop = state.status is Status.STOPPED
        undone = events.Stopped.KIND if is_stop else events.Withdrawn.KIND
        return events.Corrected(command.what, (), reason, move, undone=undone)
    now = current(state, command.what)
    if not command.values.keys() <= now.keys():
        raise NotCorrectable()
    typed = {name: visible(text) for name, text in command.values.items()}
    if command.what is Correctable.DELIVERY:
        typed = _with_address(typed, now, state)
    new = {name: _in_its_form(name, text, now, state, at) for name, text in typed.items()}
    changes = tuple(events.Change(name, now[name], text) for name, text in new.items() if text != now[name])
    if not changes:
        raise NothingToCorrect()
    _CHECKS[command.what](now | new)
    requested_on, request = None, ""
    if any(change.field == "how" for change in changes):
        check_changed_way(new["how"], state, facts.sheet, facts.regulation)
        requested_on, request = asked_for_way(state, command, at)
    if command.what is Correctable.IDENTITY:
        _check_known(state, now | new, command.seen)
    is_of_another = any(change.field == "personal_id" for change in changes)
    return events.Corrected(
        command.what,
        changes,
        reason,
        _sent_out_otherwise(state, new, facts),
        seen=visible(command.seen),
        left_account=state.owner_id if is_of_another else "",
        file_id=command.file_id,
        requested_on=requested_on,
        request=request,
    )


def _with_address(typed: dict[str, str], now: Mapping[str, str], state: State) -> dict[str, str]:
    """What goes by post goes to the address that was given, else to the applicant's, as at intake.

    Raises AddressRequired.
    """
    wanted = {**now, **typed}
    if wanted["how"] != "postal" or wanted["delivery_address"]:
        return typed
    address = state.contents.applicant.address
    if not address:
        raise AddressRequired()
    return typed | {"delivery_address": address}


def current(state: State, what: Correctable) -> dict[str, str]:
    """The fields that may be put right now, as they stand."""
    contents = state.contents
    if what is Correctable.CONTACT:
        person = contents.applicant
        reach = {"phone": person.phone, "email": person.email, "address": person.address}
        if state.target.channel == "online":
            return reach
        known = {"name": person.name} | _number_of(state)
        return known | reach | {"submitter_name": contents.submitter_name}
    if what is Correctable.IDENTITY:
        return _identity_of(state)
    if what is Correctable.DELIVERY:
        return {"how": contents.delivery.how, "delivery_address": contents.delivery.address}
    if what is Correctable.RESULT and state.results:
        return {"number": state.results[-1].number, "result_name": state.results[-1].name}
    return {}


def _identity_of(state: State) -> dict[str, str]:
    """Number and birthday of a person, as the desk read them; nothing of what was declared online.

    The number that a right on the portal stands for is that of the right. Who had none keeps none: the
    applicant would be of another kind, and that is another dossier.
    """
    person = state.contents.applicant
    if state.target.channel == "online" or person.organisation_number:
        return {}
    number = {"personal_id": person.personal_id} if person.personal_id and state.behalf is None else {}
    return number | {"date_of_birth": person.date_of_birth.isoformat() if person.date_of_birth else ""}


def _number_of(state: State) -> dict[str, str]:
    """What the applicant is known by, as the desk read it: another kind of applicant is another dossier.

    The number of an organisation that a right on the portal stands for is that of the right.
    """
    person = state.contents.applicant
    if person.passport:
        return {"passport": person.passport, "nationality": person.nationality}
    is_linked = state.behalf is not None and bool(state.behalf.organisation_id)
    if person.organisation_number and not is_linked:
        return {"organisation_number": person.organisation_number}
    return {}


def _in_its_form(name: str, text: str, now: Mapping[str, str], state: State, at: datetime) -> str:
    """The text as it is kept. Raises BadPersonalId, BadBirthday, BadPassport, NationalityRequired,
    BadTaxCode, BadEstablishment, BadPhone, BadLine."""
    if name == "phone":
        return _phone(text, now[name], is_organisation=bool(state.contents.applicant.organisation_number))
    if name == "personal_id":
        return _or_refused(identifiers.personal_id(text), BadPersonalId)
    if name == "date_of_birth":
        return _birthday(text, at)
    if name == "passport":
        return _or_refused(identifiers.passport(text), BadPassport)
    if name == "nationality":
        return _or_refused(" ".join(text.split()), NationalityRequired)
    if name != "organisation_number":
        return text
    if acting.tax_code(now[name]) is not None:
        return _or_refused(acting.tax_code(text), BadTaxCode)
    return _or_refused(acting.organisation_number(NumberKind.ESTABLISHMENT, text), BadEstablishment)


def _phone(text: str, before: str, *, is_organisation: bool) -> str:
    """As intake takes it; a number that was taken once and is left as it stands is not judged anew."""
    number = text if text == before else entries.phone_at_desk(text, is_organisation=is_organisation)
    if number is None:
        raise BadLine() if is_organisation else BadPhone()
    return number


def _birthday(text: str, at: datetime) -> str:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise BadBirthday() from None
    if entries.check_birth(day, local(at).date()):
        raise BadBirthday()
    return text


def _or_refused(text: str | None, refusal: type[Refusal]) -> str:
    if not text:
        raise refusal()
    return text


def _contact(values: Mapping[str, str]) -> None:
    if not values.get("name", "-"):
        raise NotCorrectable()


def _check_known(state: State, values: Mapping[str, str], seen: str) -> None:
    """Raises BirthdayRequired, SeenPaperRequired."""
    person = state.contents.applicant
    if not (person.personal_id or person.passport or values["date_of_birth"]):
        raise BirthdayRequired()
    if not visible(seen):
        raise SeenPaperRequired()


def _identity(values: Mapping[str, str]) -> None:
    """Raises NumberDiffersFromBirth."""
    born, number = values.get("date_of_birth", ""), values.get("personal_id", "")
    year = identifiers.birth_year(number)
    if born and year is not None and year != date.fromisoformat(born).year:
        raise NumberDiffersFromBirth(year=str(year))


def _delivery(values: Mapping[str, str]) -> None:
    check_delivery(ResultDelivery(values["how"], values["delivery_address"]))


def _result(values: Mapping[str, str]) -> None:
    if not (values["number"] and values["result_name"]):
        raise PaperNumberRequired()


_CHECKS: dict[Correctable, Callable[[Mapping[str, str]], None]] = {
    Correctable.CONTACT: _contact,
    Correctable.IDENTITY: _identity,
    Correctable.DELIVERY: _delivery,
    Correctable.RESULT: _result,
}


def _handing(state: State) -> tuple[events.Change, ...]:
    handing = state.handing
    if handing is None:
        raise NothingToCorrect()
    names = ("how", "received_by", "postal_number", "proof")
    found = {name: getattr(handing, name) for name in names}
    return tuple(events.Change(name, text, "") for name, text in found.items() if text)


def _sent_out_otherwise(state: State, new: Mapping[str, str], facts: Facts) -> events.Move:
    """An open return has a term where the result goes out, and none where the applicant comes for it."""
    delivery = replace(state.contents.delivery, how=new.get("how", state.contents.delivery.how))
    mended = replace(state, contents=replace(state.contents, delivery=delivery))
    return return_redated(mended, facts, state.measured_due_at) if "how" in new else events.Move()


def _back_at_the_desk(state: State, at: datetime, facts: Facts) -> events.Move:
    """The last step is open again, with the term it had: what lay there too long is as late as it was."""
    since = state.finished_at or at
    run = tokens.reopen(facts.process, tokens.Run.from_json(dict(state.run or {})), facts.process.last.key)
    return events.Move(opened=open_tasks(state, (facts.process.last.key,), since, facts), run=run.to_json())


def _back_before_the_leader(state: State, facts: Facts) -> events.Move:
    """The step that decided is open again, with the task it had; what it had opened is closed.

    Raises NotCorrectable where nobody knows who decided.
    """
    was = state.decided
    deciding = (
        next((task for task in was.tasks if task.kind in STEP_KINDS[Verb.APPROVE]), None) if was else None
    )
    if was is None or deciding is None:
        raise NotCorrectable()
    before = tokens.Run.from_json(dict(was.run))
    run = tokens.take_back(facts.process, current_run(state), before, deciding.step_key)
    closed = tuple(
        task.key for task in state.tasks if task.kind not in BESIDE and task.step_key not in run.open
    )
    return events.Move(closed=closed, opened=was.tasks, run=run.to_json())


def _back_before_the_decline(state: State, facts: Facts) -> events.Move:
    """The desk's check is open again, with the term it had; nothing is where papers were waited for.

    Raises NotCorrectable where nobody knows who declined, FiledAnew.
    """
    if state.declining is None:
        raise NotCorrectable()
    if facts.filed_anew:
        raise FiledAnew(reference=facts.filed_anew)
    return events.Move(opened=state.declining.tasks)


def _back_before_the_request(state: State, facts: Facts) -> events.Move:
    """The desk's check is open again, with the term it had; what a request after the acceptance left open
    goes on as it is, and what has opened since has the term it would have without the request. A control of
    the request is not opened again: what was proposed is gone.

    Raises NotCorrectable where nobody knows who asked.
    """
    if state.asking is None:
        raise NotCorrectable()
    redated = redated_as_if_running(state, facts)
    return replace(redated, opened=state.asking.tasks + redated.opened)


def _back_before_the_ending(state: State, facts: Facts) -> events.Move:
    """What lay there before the withdrawal or the stop is open again, with the terms it had.

    Raises NotCorrectable where the applicant did it, or nobody knows who recorded it; FiledAnew, UnitIsOver.
    """
    if state.ending is None:
        raise NotCorrectable()
    if facts.filed_anew:
        raise FiledAnew(reference=facts.filed_anew)
    if facts.unit_over:
        raise UnitIsOver(unit=facts.unit_over)
    return events.Move(opened=state.ending.tasks)
