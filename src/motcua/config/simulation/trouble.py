"""What goes wrong in a real office: the wrong people try, pages are stale, things are sent twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from motcua.agencies.enums import Role
from motcua.config.simulation import rights
from motcua.config.simulation.course import Deed, Look
from motcua.dossiers import services
from motcua.dossiers.enums import Verb
from motcua.dossiers.rules.life import OPEN_IN
from motcua.dossiers.rules.state import DocumentRef, OpenTask
from motcua.kernel.actors import Actor

FOREIGN = "00000000-0000-7000-8000-000000000000"
_WORDS = ("reason", "guidance", "question", "answer", "duty", "purpose", "content", "number", "title", "note")
_MUST_SAY = frozenset(
    {
        Verb.DECLINE,
        Verb.REDIRECT,
        Verb.REQUEST_SUPPLEMENT,
        Verb.RETURN_SUPPLEMENT,
        Verb.WITHDRAW,
        Verb.STOP,
        Verb.PAUSE,
        Verb.RESUME,
        Verb.EXTEND,
        Verb.REASSIGN,
        Verb.ENTRUST,
        Verb.CONSULT,
        Verb.ANSWER,
        Verb.PLAN_VERIFICATION,
        Verb.CALL_OFF_VERIFICATION,
        Verb.RECORD_VERIFICATION,
        Verb.ATTACH_DOCUMENT,
        Verb.SEND_BACK,
        Verb.REFUSE,
        Verb.ISSUE_RESULT,
        Verb.INVITE,
        Verb.RECORD_NON_COLLECTION,
        Verb.CORRECT,
    }
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A deed that must be refused: from a page of the version before (`stale`), or dated back (`earlier`)."""

    kind: str
    deed: Deed
    stale: bool = False
    earlier: timedelta = timedelta()


def troubles(look: Look, deed: Deed) -> list[Trouble]:
    """All the ways in which this deed could go wrong now."""
    found = list(_wrong_people(look, deed))
    state, details = look.state, deed.details
    if state.version > 1:
        found.append(Trouble("stale page", deed, stale=True))
    if state.last_at is not None and state.version > 1 and deed.verb is not Verb.SAVE_DRAFT:
        back = look.at - state.last_at + timedelta(minutes=1)
        found.append(Trouble("before the last event", deed, earlier=back))
    if "task_key" in details:
        found.append(Trouble("unknown task", _with(deed, task_key="none-99")))
    if word := next((each for each in _WORDS if details.get(each)), None):
        if deed.verb in _MUST_SAY and isinstance(details[word], str):
            found.append(Trouble("says nothing", _with(deed, **{word: "  "})))
        if isinstance(details[word], str):
            found.append(Trouble("text that cannot be kept", _with(deed, **{word: "a\x00b"})))
    if "documents" in details:
        foreign = DocumentRef("x", file_id=str(UUID(FOREIGN)))
        found.append(Trouble("somebody else's file", _with(deed, documents=(foreign,))))
    found += _too_early(look)
    return found


def _with(deed: Deed, **changes: Any) -> Deed:
    return replace(deed, details=deed.details | changes)


def _wrong_people(look: Look, deed: Deed) -> Iterator[Trouble]:
    """Citizens who do not own it, officers without a post, of another agency, or of another role."""
    world, state = look.world, look.state
    strangers: list[Actor] = [one.actor for one in world.citizens if one.actor.id != state.owner_id][:5]
    for stranger in (look.rng.choice(strangers), world.idle, world.admin):
        yield Trouble("wrong person", replace(deed, actor=stranger))
    where = rights.agencies_for(state, dict(world.agency_of))
    what = deed.details.get("what")
    allowed = rights.roles_for(deed.verb, state, what)
    for office in world.offices:
        elsewhere = office.staff.agency.id not in where
        for role, held in office.staff.by_role.items():
            for actor in held:
                if (elsewhere or role not in allowed) and _is_nobody_here(look, actor):
                    kind = "officer of another agency" if elsewhere else "officer of another role"
                    yield Trouble(kind, replace(deed, actor=actor))


def _is_nobody_here(look: Look, actor: Actor) -> bool:
    """Whether the officer has no part in it: bears no task's name, and stands in for nobody today."""
    named = any(task.officer_id == actor.id for task in look.state.tasks)
    return not named and not look.happenings.stands_in(actor.id, look.at.date())


def _too_early(look: Look) -> Iterator[Trouble]:
    """Verbs that the life of the dossier has no room for now."""
    state, desk = look.state, look.of_role(Role.RECEIVER)
    if desk is None:
        return
    first: OpenTask | None = state.tasks[0] if state.tasks else None
    tries: dict[Verb, tuple[Callable[..., Any], dict[str, Any]]] = {
        Verb.ACCEPT: (services.accept, {}),
        Verb.ANNOUNCE: (services.announce, {}),
        Verb.CLOSE: (services.close, {}),
        Verb.RETURN_RESULT: (services.return_result, {"how": "counter", "received_by": "x", "proof": "x"}),
        Verb.RECORD_NON_COLLECTION: (services.record_non_collection, {"note": "x"}),
        Verb.HAND_OVER: (services.hand_over, {"task_key": first.key if first else "none"}),
    }
    for verb, (service, details) in tries.items():
        if state.status not in OPEN_IN[verb]:
            yield Trouble("not its time", Deed(verb, service, desk, details))
