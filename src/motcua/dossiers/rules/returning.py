"""How a result may reach the applicant, and what has to be brought and compared then."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from motcua.accounts.rules import identifiers
from motcua.catalogue.rules.return_ways import clauses_of_level, ways
from motcua.dossiers.enums import Decision, TakerPaper
from motcua.dossiers.errors import (
    BadPassport,
    BadPersonalId,
    FormNotSigned,
    NoVisitRemote,
    PapersNotCompared,
    PostalNumberRequired,
    TakerNotEntrusted,
    TakerRequired,
    TooManyVisits,
    VisitWhenClosed,
    WayNotAgreed,
    WayNotOffered,
    WayNotOfProcedure,
    WayNotRequested,
)
from motcua.dossiers.rules.completeness import check_capacity
from motcua.dossiers.rules.desk_places import is_at_desk
from motcua.dossiers.rules.state import Handing, State, Taker
from motcua.dossiers.rules.withdrawing import check_day
from motcua.kernel.text import visible
from motcua.worktime.errors import NeverOpens

if TYPE_CHECKING:
    from datetime import date, datetime

    from motcua.catalogue.rules.sheets import ProcedureSheet, RequiredDocument
    from motcua.dossiers.rules import commands
    from motcua.law.rules import Regulation
    from motcua.worktime.rules import Calendar

_AGREED = "result.online_form_agreed"
_REGISTERED = "result.postal_registered"
SENT = "refusal.sent_electronically"
_MARKS_BETWEEN = re.compile(r"[\s.-]+")  # as people group a long number
_POSTAL_NUMBER = re.compile(r"(?=.*\d)[0-9A-Z]+")


def check_way(how: str, sheet: ProcedureSheet, channel: str, regulation: Regulation) -> None:
    """Refuse a way of return that the procedure does not allow, or the regulation not for its level.

    Basis: KT18-8.2.a, KT18-8.2.b, PT24-2.3, DL24-9.3#1; reading A47.
    """
    check_allowed(how, sheet, regulation)
    if how not in ways(sheet, channel, regulation):
        raise WayNotOffered(clauses=clauses_of_level(str(sheet.online_level), regulation))


def check_allowed(how: str, sheet: ProcedureSheet, regulation: Regulation) -> None:
    """Refuse a way of return that the procedure does not allow, whoever offers it: the counter when it takes
    something in, a correction, the handing over.

    Basis: KT18-8.2.a, KT18-8.2.b, QN20-13.2, QN20-13.3, PT24-10.4#1, DL24-9.3#1, KT22-12.1; reading A47; of
    marriage by reference Luật Hộ tịch 60/2014/QH13 Đ18 (memory), as the sheet of the procedure says.
    """
    if not sheet.returns(how):
        clauses = clauses_of_level(str(sheet.online_level), regulation)
        raise WayNotOfProcedure(clauses=clauses, basis=sheet.result_ways_basis)


def changed_ways(state: State, sheet: ProcedureSheet, regulation: Regulation) -> tuple[str, ...]:
    """The ways to which the one that was chosen may be changed, itself first: those that could be chosen when
    filing, and the counter, which serves whoever comes; of these what the procedure allows.

    Basis: KT18-8.2.a, KT18-8.2.b, PT24-2.3, DL24-9.3#1; of the counter our own reading (ADR 0042); of the
    procedure reading A47.
    """
    offered = ways(sheet, state.target.channel, regulation)
    known = dict.fromkeys((state.contents.delivery.how, *offered, "counter"))
    return tuple(way for way in known if sheet.returns(way))


def check_changed_way(how: str, state: State, sheet: ProcedureSheet, regulation: Regulation) -> None:
    """Refuse a correction to a way of return that is none of `changed_ways`."""
    if how not in changed_ways(state, sheet, regulation):
        check_way(how, sheet, state.target.channel, regulation)


def asked_for_way(state: State, command: commands.Correct, at: datetime) -> tuple[date | None, str]:
    """On which day and in which form the applicant asked for another way of return.

    Whoever filed online chose the way, and with it whether they have to come: the desk changes it as they ask
    and by no reason of its own, or every limit to visits would end where the desk likes. What a desk put down
    itself it may have put down wrongly; there the request is kept if there was one.

    Raises WayNotRequested, BadRequestDay.

    Basis: QN20-7.3, DL24-9.3#2, PT24-10.4#2, KT18-8.2.b, KT22-12.1; reading A17; the form of the request is
    ours (ADR 0107).
    """
    requested_on, request = command.requested_on, visible(command.request)
    if state.target.channel != "online" and not (requested_on or request):
        return None, ""
    if requested_on is None or not request:
        raise WayNotRequested()
    check_day(state, requested_on, at)
    return requested_on, request


def visits_asked(how: str, regulation: Regulation) -> int | None:
    """How often an applicant who filed online may be asked to come; None where no number is given.

    None at all where the result goes online or by post.

    Basis: QN20-7.2#3, QN20-7.3; readings A17, A18.
    """
    key = "result.max_visits" if how == "counter" else "result.max_visits_remote"
    return regulation.number(key)


def is_visit_too_many(state: State, regulation: Regulation) -> bool:
    """Whether one more visit is more than may be asked of somebody who filed online.

    Where the result is collected at the counter, that is the one visit: papers are compared then. To be at
    the desk when something is verified there is one too, as long as it is not called off.

    Basis: QN20-7.2#3, QN20-7.3; readings A17, A18.
    """
    allowed = visits_allowed(state, regulation)
    return allowed is not None and visits_made(state, regulation) >= allowed


def visits_allowed(state: State, regulation: Regulation) -> int | None:
    """How often the applicant of this dossier may be asked to come; None where no number is given.

    Basis: QN20-7.2#3, QN20-7.3; readings A17, A18.
    """
    return (
        visits_asked(goes_back(state, regulation), regulation) if state.target.channel == "online" else None
    )


def visits_made(state: State, regulation: Regulation) -> int:
    """How often the applicant was asked to come to the desk, with the visit for a result collected there.

    Basis: QN20-7.2#3, QN20-7.3; readings A17, A18.
    """
    verified = sum(
        each.with_applicant and not each.called_off and (each.at_desk or is_at_desk(each.place))
        for each in state.verifications
    )
    return len(state.visits) + verified + (goes_back(state, regulation) == "counter")


def check_open(calendar: Calendar, at: datetime) -> None:
    """Refuse to have somebody come to the desk while it is closed, or when nobody knows whether it is.

    No regulation says it in so many words; it is ours.
    """
    try:
        is_open = calendar.is_open(at)
    except NeverOpens:
        is_open = False
    if not is_open:
        raise VisitWhenClosed()


def check_visit(state: State, regulation: Regulation, ground: str) -> None:
    """Refuse one visit more than the regulation allows, unless its ground is recorded.

    No ground helps where the result goes online or by post and the regulation says that nobody need come.

    Basis: QN20-7.2#3, QN20-7.3; reading A18.
    """
    if not is_visit_too_many(state, regulation):
        return
    how = goes_back(state, regulation)
    is_remote = how != "counter"
    clauses = regulation.clauses("result.max_visits_remote" if is_remote else "result.max_visits")
    if is_remote and visits_asked(how, regulation) == 0:
        raise NoVisitRemote(clauses=clauses)
    if not ground:
        raise TooManyVisits(clauses=clauses)


def papers_to_bring(state: State, sheet: ProcedureSheet, regulation: Regulation) -> tuple[str, ...]:
    """Names of the papers that the applicant brings to the one visit: those filed online as files.

    Nothing is brought where the result goes online or by post, nor for a refusal: those papers got nothing.

    Basis: KT18-14.3#1, DL24-19.1.c, KT18-7.1.a#2, QN20-7.2#2, QN20-7.3; reading A18; of a refusal see
    `is_refused`.
    """
    if state.contents.delivery.how != "counter" or is_refused(state):
        return ()
    if not (regulation.flag("receipt.papers_to_bring") or _compares(sheet, regulation)):
        return ()
    return tuple(component.called for component in _filed_as_files(state, sheet))


def must_compare(state: State, sheet: ProcedureSheet, how: str, regulation: Regulation) -> bool:
    """Whether papers filed online are compared with the originals when the result is handed over.

    Basis: KT18-7.1.a#2, QN20-7.2#2; readings A18, A29; of a refusal see `is_refused`.
    """
    if how != "counter" or is_refused(state):
        return False
    return _compares(sheet, regulation) and bool(_filed_as_files(state, sheet))


def must_sign(state: State, sheet: ProcedureSheet, how: str, regulation: Regulation) -> bool:
    """Whether the applicant signs what they filled in online when the result is handed over.

    Basis: KT18-7.1.a#2; reading A24; of a refusal see `is_refused`.
    """
    if how != "counter" or is_refused(state):
        return False
    if state.target.channel != "online" or sheet.online_level != "partial":
        return False
    return regulation.flag("result.form_signed") is True and bool(state.contents.form_data)


def is_refused(state: State) -> bool:
    """Whether what is handed over says that nothing was granted.

    What is asked when a result is received (originals to compare, a form to sign, somebody who comes) is
    asked for the service that is rendered: KT18-8.2.a and KT18-7.1.a speak of its result, QN20-7.2 compares
    when results are received. For a refusal no text asks it, and a desk asks for nothing that no text asks.

    Basis: KT18-15.2, KT18-8.2.a, KT18-7.1.a#2, QN20-7.2#2; by reference NĐ 61/2018 Đ5 (found).
    """
    return state.decision is Decision.REFUSE


def goes_back(state: State, regulation: Regulation) -> str:
    """The way in which what was decided reaches the applicant unless they come: the agreed one. A refusal
    of what was filed online goes electronically where the regulation has the desk send it so and there is a
    file.

    Basis: KT18-15.2.
    """
    is_sent = is_refused(state) and state.target.channel == "online" and regulation.flag(SENT) is True
    has_file = bool(state.results) and state.results[-1].file_id is not None
    return "online" if is_sent and has_file else state.contents.delivery.how


def handings(state: State, sheet: ProcedureSheet, regulation: Regulation) -> tuple[str, ...]:
    """The ways in which the desk may hand the result over, the one that was agreed first.

    How the result comes is the applicant's choice, under every regulation: another way than the agreed one is
    recorded first (by `correct`, with the reason, and the applicant is told). Whoever comes to the counter is
    served there: the ways of a level say what may be asked of people, not what they may choose (PT24 defines
    its full level by post and online, and knows all three ways). What the procedure does not allow is none.

    A refusal is no result of the procedure, whose ways do not bind it: of what was filed online it is sent
    online too, beside the way that was chosen, so that nobody has to come for a no.

    Basis: DL24-9.3#2, PT24-10.4#2; PT24-10.4#1, QN20-7.3, QN20-13.2, QN20-13.3, KT18-8.2.b, KT22-12.1;
    KT18-15.2; readings A17, A47, our own reading where the text does not speak of an agreement (ADR 0042).
    """
    if is_refused(state):
        online = ("online",) if state.target.channel == "online" else ()
        first = goes_back(state, regulation)
        return tuple(dict.fromkeys((first, state.contents.delivery.how, *online, "counter")))
    known = dict.fromkeys((state.contents.delivery.how, "counter"))
    return tuple(way for way in known if sheet.returns(way))


def check_handing(state: State, sheet: ProcedureSheet, handing: Handing, regulation: Regulation) -> None:
    """Refuse a return in a way that is not offered or not agreed, or without the comparison or the signature
    that is due.

    Basis: DL24-9.3#2, PT24-10.4#2; PT24-10.4#1, QN20-7.3; KT18-8.2.a, KT18-8.2.b, KT18-7.1.a#2, QN20-7.2#2,
    PT24-2.3, DL24-9.3#1; of a refusal KT18-15.2.
    """
    if handing.how not in handings(state, sheet, regulation):
        check_way(handing.how, sheet, state.target.channel, regulation)
        is_said = regulation.flag(_AGREED) is True
        raise WayNotAgreed(clauses=regulation.clauses(_AGREED) if is_said else ())
    if must_compare(state, sheet, handing.how, regulation) and not handing.papers_compared:
        raise PapersNotCompared(clauses=regulation.clauses("filing.paper_check"))
    if must_sign(state, sheet, handing.how, regulation) and not handing.form_signed:
        raise FormNotSigned(clauses=regulation.clauses("result.form_signed"))


def goes_registered(how: str, regulation: Regulation) -> bool:
    """Whether what is returned in this way is a registered sending that is signed for.

    KT18 knows the post in this form only, so it holds for whatever goes by post under it.

    Basis: KT18-8.2.b.
    """
    return how == "postal" and regulation.flag(_REGISTERED) is True


def postal_number(handing: Handing, regulation: Regulation) -> str:
    """The number of a registered sending as it is kept: capital letters and digits, nothing between them.
    Empty where nothing goes registered.

    Raises PostalNumberRequired where there is none, or words in its place. What a number looks like no text
    says: that it is of letters and digits and has a digit is ours.

    Basis: KT18-8.2.b.
    """
    if not goes_registered(handing.how, regulation):
        return ""
    number = _MARKS_BETWEEN.sub("", handing.postal_number).upper()
    if not _POSTAL_NUMBER.fullmatch(number):
        raise PostalNumberRequired(clauses=regulation.clauses(_REGISTERED))
    return number


def taken(state: State, handing: Handing, regulation: Regulation) -> Handing:
    """The handing with by what somebody else than the applicant takes the result at the desk, or signs for it
    where it came by registered post.

    Who filed for the applicant is known: capacity and paper are those of the dossier. Anybody else shows that
    they may, and at the desk who they are too. A parcel is given out by the post: the desk sees nobody, and
    where the regulation does not have it signed for, a name is all there is.

    Basis: KT18-8.2.b, PT24-8.2, KT22-1.2.c; reading A54; by reference NĐ 61/2018 Đ20 (memory): results may be
    taken under a mandate. That the paper which shows who takes it is written down is our own reading: no text
    says how the desk keeps whom it gave a result to.
    """
    is_registered = goes_registered(handing.how, regulation)
    if handing.how != "counter" and not is_registered:
        return replace(handing, taker=None)
    name, contents, taker = visible(handing.received_by), state.contents, handing.taker
    if taker is None and name == visible(contents.applicant.name):
        return handing
    if taker is None and contents.capacity and name == visible(contents.submitter_name):
        return replace(handing, taker=Taker(contents.capacity, contents.authority))
    if is_registered:
        return replace(handing, taker=_signer(taker, regulation))
    if taker is None or taker.paper is None or not visible(taker.number):
        raise TakerRequired()
    if not visible(taker.authority):
        raise TakerNotEntrusted()
    check_capacity(taker.capacity, regulation)
    number = _number_of(taker.paper, taker.number)
    return replace(handing, taker=replace(taker, number=number, authority=visible(taker.authority)))


def _signer(taker: Taker | None, regulation: Regulation) -> Taker:
    """Who signed for a registered sending: their right is kept, and no paper of theirs, which nobody saw."""
    if taker is None or not visible(taker.authority):
        raise TakerNotEntrusted(clauses=regulation.clauses(_REGISTERED))
    check_capacity(taker.capacity, regulation)
    return Taker(taker.capacity, visible(taker.authority))


def _number_of(paper: TakerPaper, text: str) -> str:
    """The number as it is kept. Raises BadPersonalId, BadPassport."""
    if paper is TakerPaper.OTHER:
        return " ".join(text.split())
    is_card = paper is TakerPaper.IDENTITY
    number = identifiers.personal_id(text) if is_card else identifiers.passport(text)
    if number is None:
        raise BadPersonalId() if is_card else BadPassport()
    return number


def _compares(sheet: ProcedureSheet, regulation: Regulation) -> bool:
    """Where uncertified scans are taken at level 3 only, only what came so is compared."""
    if regulation.choice("filing.paper_check") != "at_result":
        return False
    return not regulation.flag("filing.scan_partial") or sheet.online_level == "partial"


def _filed_as_files(state: State, sheet: ProcedureSheet) -> tuple[RequiredDocument, ...]:
    if state.target.channel != "online":
        return ()
    filed = {document.key for document in state.contents.documents if document.file_id}
    return tuple(
        component
        for component in sheet.components_for("online", state.target.variant)
        if component.key in filed and not component.is_form and (component.originals or component.copies)
    )
