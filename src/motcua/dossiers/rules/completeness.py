"""Is what was filed complete? The measure is the published procedure, never the officer's wish."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from motcua.catalogue.enums import Channel, OnlineLevel
from motcua.catalogue.rules import eforms
from motcua.catalogue.rules.agreeing import APPLICANT_ID, APPLICANT_KIND, CASE, KNOWN
from motcua.catalogue.rules.sheets import AUTHORITY_PAPER, ORGANISATION, PERSON
from motcua.dossiers.enums import Capacity
from motcua.dossiers.errors import (
    CapacityNotNamed,
    CapacityRequired,
    ChannelNotInRegulation,
    ChannelNotOffered,
    DeliveryNotChosen,
    DeliveryUnknown,
    DetailsUnfinished,
    ForOrganisationsOnly,
    ForPersonsOnly,
    Incomplete,
    NoMandateHere,
    RunByMinistry,
    VariantUnknown,
)
from motcua.dossiers.rules.behalf import Sender, sent_by
from motcua.dossiers.rules.state import (
    DELIVERIES,
    Applicant,
    Behalf,
    Contents,
    DocumentRef,
    ResultDelivery,
    Target,
)
from motcua.kernel.errors import N_
from motcua.kernel.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from motcua.catalogue.rules.eforms import FormSection
    from motcua.catalogue.rules.sheets import OfferedLimit, ProcedureSheet, RequiredDocument
    from motcua.law.rules import Regulation

_NO_SUCH_QUESTION = N_("Tờ khai của thủ tục không có câu hỏi này.")
_NOT_ASKED_HERE = N_("Câu này không hỏi chủ hồ sơ hoặc trường hợp đã chọn; hãy để trống.")
_ENTRUSTED = (Capacity.AUTHORISED, Capacity.HIRED)


def offered(sheet: ProcedureSheet, channel: str, variant: str) -> OfferedLimit:
    """The term offered for a channel and case. Refuses what the procedure does not offer.

    The ways are those of the text on the procedure; online is open what was announced so, at its level.

    Basis: DL24-7.1#1, DL24-7.1#2, DL24-7.2, PT24-8.0, KT18-5.1.a#1, QN20-7.1#1, KT22-19.2.b.
    """
    check_province(sheet, channel)
    if variant not in sheet.variants and (variant or sheet.cases_cover_all):
        raise VariantUnknown()
    if channel == "online" and sheet.online_level == "none":
        raise ChannelNotOffered()
    limit = sheet.limit_for(channel, variant)
    if limit is None:
        raise ChannelNotOffered()
    return limit


def check_province(sheet: ProcedureSheet, channel: str) -> None:
    """Refuse what a ministry provides online in the province: it goes by the ministry's rules, not here.

    Basis: KT18-2.2.
    """
    if channel == "online" and sheet.ministry:
        raise RunByMinistry(ministry=sheet.ministry)


def check_channel(channel: str, regulation: Regulation) -> None:
    """Refuse a filing by a way that the regulation does not have. The counter of the desk is always open.

    Regulations that speak of online services only leave the counter to the law on one-stop desks.

    Basis: DL24-7.1#1, DL24-7.1#2, DL24-7.2, PT24-8.1, PT24-8.2, PT24-8.3, KT22-8.1, KT22-9#1, KT22-1.2.g,
    QN20-10.1, QN20-28.2, KT18-7.1.a#1; the counter by reference NĐ 61/2018 Đ16 (memory).
    """
    ways = regulation.words("filing.channels")
    if ways and channel not in (*ways, "counter"):
        raise ChannelNotInRegulation(clauses=regulation.clauses("filing.channels"))


def check_delivery(delivery: ResultDelivery) -> None:
    """Refuse a way of getting the result that does not exist.

    Basis: KT18-8.2.a, KT18-8.2.b, QN20-13.2, QN20-13.3, KT22-12.1, DL24-9.3#1, PT24-10.4#1.
    """
    if delivery.how not in DELIVERIES:
        raise DeliveryUnknown()


def check_chosen(delivery: ResultDelivery) -> None:
    """Refuse to send while nobody has said how the result is wanted.

    Basis: KT18-8.2.a, KT18-8.2.b, QN20-13.2, QN20-13.3, KT22-12.1, DL24-9.3#1, PT24-10.4#1.
    """
    if not delivery.how:
        raise DeliveryNotChosen()


def check_typed(contents: Contents) -> None:
    """Refuse to send while nobody is named whose matter it is, or while something typed cannot be taken."""
    if contents.unfinished or not visible(contents.applicant.name):
        raise DetailsUnfinished()


def check_submitter(contents: Contents, regulation: Regulation) -> None:
    """Refuse a filing for somebody else that does not say in what capacity and by which paper.

    Where the regulation names who may file for others, they and legal representatives may, and nobody else.

    Basis: KT22-1.2.c, KT22-1.2.g, PT24-8.2; by reference NĐ 61/2018 Đ16 (memory).
    """
    if not contents.submitter_name:
        return
    if not (contents.capacity and visible(contents.authority)):
        raise CapacityRequired()
    check_capacity(contents.capacity, regulation)


def check_mandate(sheet: ProcedureSheet, contents: Contents, behalf: Behalf | None) -> None:
    """Refuse what is filed by a mandate or for hire where the procedure lets nobody be entrusted with it.

    Parents, guardians and organisations act by law, and whoever carries it in for the post does not act.

    Basis: by reference TT 04/2020/TT-BTP Đ2 (memory), as the sheet of the procedure says.
    """
    if not sheet.no_mandate:
        return
    is_entrusted = bool(contents.submitter_name) and contents.capacity in _ENTRUSTED
    if behalf.account_id if behalf else is_entrusted:
        raise NoMandateHere(basis=sheet.no_mandate)


def check_applicant(sheet: ProcedureSheet, contents: Contents, behalf: Behalf | None) -> None:
    """Refuse an organisation where the procedure is one of persons, and a person where it is not.

    Basis: by reference NĐ 63/2010/NĐ-CP Đ8 (memory): a procedure says by whom it is done. Of a procedure that
    does not say it here, nobody is refused.
    """
    is_organisation = bool(contents.applicant.organisation_number or (behalf and behalf.organisation_id))
    if is_organisation and not sheet.is_for(ORGANISATION):
        raise ForPersonsOnly()
    if not is_organisation and not sheet.is_for(PERSON):
        raise ForOrganisationsOnly()


def check_capacity(capacity: Capacity, regulation: Regulation) -> None:
    """Refuse who acts for others in a capacity that the regulation does not have, if it names any.

    Basis: KT22-1.2.c, KT22-1.2.g, PT24-8.2.
    """
    through = regulation.words("filing.through")
    if through and capacity.value not in ("representative", *through):
        raise CapacityNotNamed(clauses=regulation.clauses("filing.through"))


def is_followed_by_post(sheet: ProcedureSheet, target: Target, regulation: Regulation) -> bool:
    """Whether what is sent online has to come by post too: certified, and with the number of the filing.

    The regulation wants a filing of the highest level signed, or else followed so. Nothing can be signed
    here yet: every such filing is one without a signature. The level below takes uncertified scans.

    Basis: KT18-7.1.a#1, KT18-7.2.a#2; reading A29.
    """
    asks = regulation.choice("filing.signature_full") == "digital_or_certified_post"
    return asks and target.channel == Channel.ONLINE and sheet.online_level is OnlineLevel.FULL


def faulty_answers(
    sheet: ProcedureSheet, target: Target, contents: Contents, today: date | None = None
) -> dict[str, str]:
    """A sentence for each question of the e-form that is not answered, or not answered rightly.

    With `today`, dates that cannot lie ahead, or behind, are checked against it.
    """
    _, errors = eforms.check(
        sheet.eform, judged_with(contents.form_data, contents.applicant, target.variant), today=today
    )
    return errors


def typed_off_paper(
    eform: Sequence[FormSection],
    typed: Mapping[str, object],
    applicant: Applicant,
    case: str,
    today: date,
    translate: Callable[[str], str] = str,
) -> tuple[dict[str, str], dict[str, str]]:
    """Clean answers, and a sentence for each that is not right, of what a desk has typed off a paper form.

    What is empty may stay so, for there the paper counts. What answers no question of the form is not right,
    nor what answers one that is not asked of this applicant, or in this case.
    """
    known = {field.key for section in eform for field in section.fields}
    facts = judged_with(typed, applicant, case)
    clean, faults = eforms.check(eform, facts, today=today, translate=translate)
    pointless = {key: translate(_NOT_ASKED_HERE) for key in _pointless(eform, facts)}
    faults = {**faults, **pointless}
    here = {key for key, value in typed.items() if visible(str(value or ""))}
    strange = {key: translate(_NO_SUCH_QUESTION) for key in typed if key not in known}
    return clean, {key: fault for key, fault in faults.items() if key in here} | strange


def judged_with(answers: Mapping[str, object], applicant: Applicant, case: str) -> dict[str, object]:
    """Answers of the e-form, and beside them what is known of the dossier although no form asks it."""
    kind = ORGANISATION if applicant.organisation_number else PERSON
    return {**answers, APPLICANT_ID: applicant.personal_id, APPLICANT_KIND: kind, CASE: case}


def answers_that_count(sheet: ProcedureSheet, target: Target, contents: Contents) -> dict[str, object]:
    """The answers without those to questions that are not asked: of this applicant, in this case, or after
    the other answers. Whoever changes the case, or an answer, has not answered what only the one before
    asked."""
    known = judged_with(contents.form_data, contents.applicant, target.variant)
    asked = eforms.asked(sheet.eform, known)
    return {key: value for key, value in contents.form_data.items() if key in asked}


def as_sent(
    sheet: ProcedureSheet,
    target: Target,
    contents: Contents,
    behalf: Behalf | None,
    sender: Sender | None = None,
) -> Contents:
    """What of a draft is sent: the answers that count, the papers that are asked for, and who really sends
    it. The rest stays in the draft, for whoever changes their mind back.

    Nobody gives the house more about themselves and others than their procedure asks for.

    Basis: KT18-13.5, QN20-21.5#1, DL24-3.4, PT24-3.6; that a draft may hold more, our own reading (ADR 0096).
    """
    asked = {each.key for each in papers_of_filing(sheet, target, contents, behalf)} | {AUTHORITY_PAPER.key}
    return replace(
        sent_by(contents, sender),
        form_data=answers_that_count(sheet, target, contents),
        documents=tuple(each for each in contents.documents if each.key in asked),
    )


def _pointless(eform: Sequence[FormSection], facts: Mapping[str, object]) -> frozenset[str]:
    """Questions that what is known of the dossier has made pointless."""
    questions = (question for section in eform for question in section.fields)
    return frozenset(
        each.key
        for each in questions
        if each.depends_on and each.depends_on[0] in KNOWN and not eforms.is_asked(each, facts)
    )


def lacking(sheet: ProcedureSheet, target: Target, contents: Contents) -> tuple[RequiredDocument, ...]:
    """Required components that are absent.

    An e-form stands for its paper form online, but not for another form. A component that is due only under a
    condition counts as present when the applicant says in a note why it is not needed.
    """
    return tuple(
        component
        for component in sheet.components_for(target.channel, target.variant)
        if component.required and not _is_present(sheet, component, target, contents)
    )


def rests_on_paper(contents: Contents, behalf: Behalf | None) -> bool:
    """Whether who files does so by a paper that nobody has seen yet: they are entrusted or hired.

    Parents, guardians and heads of organisations act by law, carriers of the post do not act; of a mandate or
    an organisation in the account the house has the paper, or the role.

    Basis: KT22-1.2.c, PT24-8.2; reading A63.
    """
    return behalf is None and bool(contents.submitter_name) and contents.capacity in _ENTRUSTED


def papers_of_filing(
    sheet: ProcedureSheet, target: Target, contents: Contents, behalf: Behalf | None
) -> tuple[RequiredDocument, ...]:
    """The components of the procedure, and online what shows that whoever files may do so.

    That is the paper which the procedure itself asks of who acts for others; where it names none, one of the
    filing's own, which no supplement can ask for. A reason may stand in the place of either.

    Basis: KT22-1.2.c, PT24-8.2; reading A63.
    """
    components = sheet.components_for(target.channel, target.variant)
    if target.channel != Channel.ONLINE or not rests_on_paper(contents, behalf):
        return components
    own = next((each for each in components if each.is_for_others), None)
    if own is None:
        return (*components, AUTHORITY_PAPER)
    asked = replace(own, required=True, condition=own.condition or AUTHORITY_PAPER.condition)
    return tuple(asked if each is own else each for each in components)


def lacking_of_filing(
    sheet: ProcedureSheet, target: Target, contents: Contents, behalf: Behalf | None
) -> tuple[RequiredDocument, ...]:
    """Of the papers of a filing, those that are required and absent, as `lacking` means it.

    Basis: DL24-7.3#1, KT22-1.2.c, PT24-8.2; reading A63.
    """
    asked = papers_of_filing(sheet, target, contents, behalf)
    return tuple(each for each in asked if each.required and not _is_present(sheet, each, target, contents))


def authority_brought(sheet: ProcedureSheet, target: Target, contents: Contents) -> tuple[DocumentRef, ...]:
    """What was brought of the paper that shows that whoever filed may do so, or said in its place."""
    keys = {each.key for each in sheet.components_for(target.channel, target.variant) if each.is_for_others}
    return tuple(each for each in contents.documents if each.key in keys | {AUTHORITY_PAPER.key})


def missing_documents(sheet: ProcedureSheet, target: Target, contents: Contents) -> tuple[str, ...]:
    """Names of required components that are absent."""
    return tuple(component.called for component in lacking(sheet, target, contents))


def _is_present(
    sheet: ProcedureSheet, component: RequiredDocument, target: Target, contents: Contents
) -> bool:
    is_answered = sheet.is_answered(component) and bool(contents.form_data)
    if target.channel == "online" and (component.is_shown_only or is_answered):
        return True
    return any(_answers(component, each) for each in contents.documents if each.key == component.key)


def _answers(component: RequiredDocument, brought: DocumentRef) -> bool:
    """Several files and a note may stand for one component; one that counts is enough."""
    if brought.file_id or brought.originals or brought.copies:
        return True
    return bool(component.condition and visible(brought.note))


def handed_in(document: DocumentRef, component: RequiredDocument | None, channel: str) -> tuple[int, int]:
    """How many originals and copies of a paper the desk has: what the receipt and the dossier's page say.

    A paper that was scanned at the counter has still been handed in. What was only shown has not, and the
    copy that stands for a file sent online is no paper.

    Basis: by reference TT 01/2018 Mẫu 01 (found).
    """
    if component is not None and component.is_shown_only:
        return 0, 0
    is_file = channel == "online" and document.file_id is not None
    return document.originals, 0 if is_file else document.copies


def check_filing(
    sheet: ProcedureSheet, target: Target, contents: Contents, today: date, behalf: Behalf | None = None
) -> None:
    """Refuse an online filing that lacks answers or papers, or with a day that cannot lie where it does;
    all that is missing is said at once.

    Basis: QN20-10.2, DL24-7.3#1, QN20-11.1#1, PT24-7.2; of who files for others KT22-1.2.c, PT24-8.2.
    """
    errors = faulty_answers(sheet, target, contents, today)
    missing = tuple(each.called for each in lacking_of_filing(sheet, target, contents, behalf))
    if errors or missing:
        names = [*missing, *errors.values()]
        raise Incomplete(missing="; ".join(names), documents=missing, fields=errors)
