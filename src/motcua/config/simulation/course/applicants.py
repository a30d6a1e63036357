"""What applicants do, and the desk for those who have no account."""

from __future__ import annotations

from typing import Any

from motcua.agencies.enums import Role
from motcua.catalogue.rules.sheets import AUTHORITY_PAPER
from motcua.config.demo import papers, sample
from motcua.config.simulation.course.look import Deed, Look, by
from motcua.dossiers import services
from motcua.dossiers.enums import Capacity, Status, Verb
from motcua.dossiers.rules.completeness import missing_documents
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.state import DocumentRef, ResultDelivery
from motcua.kernel.actors import Actor
from motcua.worktime.rules import local


def submit(look: Look) -> Deed | None:
    key = {"submission_key": f"{look.story.key}-{look.state.owner_id}", "consent": CONSENT}
    return by(look.owner(), Verb.SUBMIT, services.submit, key)


def save_again(look: Look) -> Deed | None:
    owner, story, contents = look.owner(), look.story, look.state.contents
    if owner is None:
        return None
    details: dict[str, Any] = {
        "procedure_version_id": story.sheet.version_id,
        "agency_id": story.agency_id,
        "applicant": story.applicant,
        "form_data": papers.answers(story.sheet, story.applicant, story.variant, look.at, look.rng),
        "documents": _whole_papers(look, owner),
        "variant": story.variant,
        # Not every way is offered at every level: who was turned down collects the result.
        "delivery": contents.delivery if look.rng.random() < 0.5 else ResultDelivery("counter"),
    }
    if look.rng.random() < 0.1 and not story.sheet.no_mandate:
        details |= {
            "submitter_name": sample.full_name(look.rng),
            "capacity": Capacity.AUTHORISED,
            "authority": "Giấy ủy quyền số 12/UQ",
            "documents": (*details["documents"], _power(look, owner)),
        }
    return Deed(Verb.SAVE_DRAFT, services.save_draft, owner, details)


def _power(look: Look, actor: Actor) -> DocumentRef:
    """What shows that somebody may file for another."""
    asked = look.story.sheet.components_for(look.story.channel, look.story.variant)
    paper = next((each for each in asked if each.is_for_others), AUTHORITY_PAPER)
    return papers.paper(paper.key, paper.name, look.story.channel, actor=actor, at=look.at)


def _whole_papers(look: Look, actor: Actor) -> tuple[DocumentRef, ...]:
    story = look.story
    return papers.papers(story.sheet, story.channel, story.variant, actor=actor, at=look.at)


def is_missing_papers(look: Look) -> bool:
    return bool(missing_documents(look.story.sheet, look.state.target, look.state.contents))


def bring_missing(look: Look) -> Deed | None:
    desk = look.of_role(Role.RECEIVER)
    if desk is None:
        return None
    return Deed(Verb.SUPPLEMENT, services.supplement, desk, {"documents": _whole_papers(look, desk)})


def bring(look: Look) -> Deed | None:
    """Everything that was asked; now and then only a part of it, or nothing."""
    request = look.state.supplement_awaited()
    actor = look.owner() or look.of_role(Role.RECEIVER)
    if request is None or actor is None:
        return None
    keys = [item.key for item in request.items]
    if look.rng.random() < 0.12:
        keys = keys[1:]
    brought = tuple(
        papers.paper(key, "", look.story.channel, actor=actor, at=look.at) for key in dict.fromkeys(keys)
    )
    return Deed(Verb.SUPPLEMENT, services.supplement, actor, {"documents": brought})


def withdraw(look: Look) -> Deed | None:
    actor = look.owner() or look.of_role(Role.RECEIVER)
    if actor is None or (look.state.status is Status.DRAFT and actor.is_officer):
        return None
    asked = {"requested_on": local(look.at).date(), "request": sample.WITHDRAW_REQUEST}
    said = {"reason": sample.WITHDRAW_REASON} | (asked if actor.is_officer else {})
    return Deed(Verb.WITHDRAW, services.withdraw, actor, said)
