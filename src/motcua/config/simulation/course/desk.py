"""What the desk does at the beginning and at the end, and what it corrects."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from motcua.agencies.enums import Role
from motcua.catalogue.enums import Channel
from motcua.config.demo import sample
from motcua.config.simulation.course.look import AGAIN, Deed, Look, by
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Correctable, DeclineGround, Verb
from motcua.dossiers.rules.receipt import lacks_receipt
from motcua.dossiers.services import reading
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.dossiers.rules.state import Declining, Ending

VISIT = "Ký vào bản vẽ hiện trạng"


def accept(look: Look) -> Deed | None:
    """What has to be followed by its certified papers has come by post when the desk looks at it."""
    comes_by_post = queries.waits_for_post(look.state, look.story.sheet, look.at.date())
    return look.at_desk(Verb.ACCEPT, services.accept, certified_by_post=comes_by_post)


def issue_receipt(look: Look) -> Deed | None:
    if not lacks_receipt(look.state):
        return None
    return look.at_desk(Verb.ISSUE_RECEIPT, services.issue_receipt)


def decline(look: Look) -> Deed | None:
    asked = look.state.requests
    is_answered = bool(asked) and asked[-1].answered_at is not None
    known = [DeclineGround.NOT_COMPETENT, DeclineGround.DUPLICATE]
    if is_answered or not asked:
        known.append(DeclineGround.BY_LAW)
    if is_answered:
        known += [DeclineGround.NOT_SUPPLEMENTED, DeclineGround.INVALID_PAPERS]
    ground = look.rng.choice(known)
    said = {"reason": sample.DECLINE_REASON, "provision": sample.DECLINE_PROVISION, **sample.DECLINE_WAY}
    return look.at_desk(Verb.DECLINE, services.decline, ground=ground, **said)


def redirect(look: Look) -> Deed | None:
    """To another agency that is played, if one settles the procedure."""
    target = look.state.target
    others = [
        office.staff.agency.id
        for office in look.world.offices
        if office.staff.agency.id != target.agency_id
        and (target.procedure_version_id in {each.version_id for each in office.sheets})
    ]
    if not others:
        return None
    agency_id = look.rng.choice(others)
    return look.at_desk(Verb.REDIRECT, services.redirect, agency_id=agency_id, reason=sample.DECLINE_REASON)


def invite(look: Look) -> Deed | None:
    visit = look.calendar.next_opening(look.at + timedelta(days=look.rng.randint(1, 5)))
    ground = AGAIN if look.rng.random() < 0.6 else ""
    return look.at_desk(Verb.INVITE, services.invite, visit_at=visit, purpose=VISIT, ground=ground)


def hand_back(look: Look) -> Deed | None:
    how = queries.goes_back(look.state)
    if how != "counter" and look.story.sheet.returns("counter") and look.rng.random() < 0.1:
        how = "counter"
    handed: dict[str, Any] = {"how": how}
    if how == "postal":
        handed["postal_number"] = f"EM{look.rng.randrange(10**9):09d}VN"
    if how != "online":
        handed |= {
            "received_by": look.state.contents.applicant.name,
            "proof": handed.get("postal_number", "Ký nhận tại quầy"),
            "papers_compared": look.rng.random() < 0.95,
            "form_signed": True,
        }
    return look.at_desk(Verb.RETURN_RESULT, services.return_result, **handed)


def take_return_back(look: Look) -> Deed | None:
    details = {"what": Correctable.RETURN, "reason": "Ghi nhầm hồ sơ của người khác."}
    return look.at_desk(Verb.CORRECT, services.correct, **details)


def take_decline_back(look: Look) -> Deed | None:
    return _take_back(look, look.state.declining, Correctable.DECLINE, "Từ chối nhầm hồ sơ của người khác.")


def take_ending_back(look: Look) -> Deed | None:
    return _take_back(look, look.state.ending, Correctable.ENDING, "Ghi nhầm hồ sơ của người khác.")


def _take_back(look: Look, was: Declining | Ending | None, what: Correctable, reason: str) -> Deed | None:
    """Whoever recorded it notices, or the head of the desk does."""
    if was is None:
        return None
    recorded = look.there(look.world.officer(was.instead_of or was.by))
    actor = look.of_role(Role.DESK_HEAD) if recorded is None or look.rng.random() < 0.2 else recorded
    details = {"what": what, "reason": reason}
    return by(actor or recorded, Verb.CORRECT, services.correct, details)


def take_request_back(look: Look) -> Deed | None:
    """Whoever asked for a supplement or let it go out notices that it was a mistake, or a head does."""
    was = look.state.asking
    if was is None:
        return None
    heads = [Role.DESK_HEAD] if look.state.accepted_at is None else [Role.DESK_HEAD, Role.UNIT_HEAD]
    asked = look.there(look.world.officer(look.rng.choice(was.by)))
    head = look.of_role(look.rng.choice(heads)) if asked is None or look.rng.random() < 0.3 else None
    details = {"what": Correctable.SUPPLEMENT, "reason": "Yêu cầu nhầm hồ sơ của người khác."}
    return by(head or asked, Verb.CORRECT, services.correct, details)


def correct_contact(look: Look) -> Deed | None:
    """How the applicant is reached; what the desk itself read off a paper, their name, too."""
    values = {"phone": sample.phone(look.rng.randrange(10**6))}
    if look.rng.random() < 0.5:
        values["address"] = sample.address(look.rng, "phường mẫu")
    is_person = not look.state.contents.applicant.organisation_number
    if is_person and look.state.target.channel != Channel.ONLINE and look.rng.random() < 0.3:
        values["name"] = sample.full_name(look.rng)
    details = {"what": Correctable.CONTACT, "values": values, "reason": "Gõ nhầm thông tin liên hệ."}
    return look.at_desk(Verb.CORRECT, services.correct, **details)


def correct_delivery(look: Look) -> Deed | None:
    """To the post, where that could be chosen when filing."""
    if "postal" not in reading.changed_ways(state=look.state, sheet=look.story.sheet, at=look.at):
        return None
    values = {"how": "postal", "delivery_address": sample.address(look.rng, "phường mẫu")}
    details: dict[str, Any] = {
        "what": Correctable.DELIVERY,
        "values": values,
        "reason": "Người nộp đề nghị đổi.",
    }
    details |= {"requested_on": local(look.at).date(), "request": "Gọi điện đến quầy"}
    return look.at_desk(Verb.CORRECT, services.correct, **details)


def correct_result(look: Look) -> Deed | None:
    clerk = look.of_role(Role.CLERK)
    values = {"number": f"{look.rng.randint(901, 999)}/KQ"}
    details = {"what": Correctable.RESULT, "values": values, "reason": "Gõ nhầm số."}
    return by(clerk, Verb.CORRECT, services.correct, details)
