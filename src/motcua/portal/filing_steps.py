"""The way through a filing: the page of each part, and which comes behind it and in front of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from motcua.accounts.rules.acting import Grant
from motcua.catalogue.rules.cards import Offer
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.dossiers import queries
from motcua.dossiers.enums import PartKind
from motcua.dossiers.errors import NotEntrusted
from motcua.dossiers.rules.behalf import sent_by
from motcua.dossiers.rules.preparation import ABOUT_PEOPLE, Part, Preparation
from motcua.kernel.ids import uuid7
from motcua.portal import filings, who
from motcua.portal.drafts import Draft
from motcua.portal.forms.details import MYSELF, SOMEBODY

PAGES = {
    PartKind.WHOM: "file_whom",
    PartKind.CASE: "file_case",
    PartKind.AGENCY: "file_agency",
    PartKind.PERSON: "file_person",
    PartKind.CAPACITY: "file_capacity",
    PartKind.CONTACT: "file_contact",
    PartKind.QUESTIONS: "file_form",
    PartKind.PAPERS: "file_papers",
    PartKind.DELIVERY: "file_delivery",
    PartKind.SENDING: "file_check",
}
BACK_TO_CHECK = {"ve": "xem-lai"}  # of a page that was opened from the last one to change something
FROM_CHECK = "?" + urlencode(BACK_TO_CHECK)
FAULTS = {"loi": "1"}  # of a page that says at once what is wrong with what is kept


@dataclass(frozen=True, slots=True)
class Chapter:
    """What belongs together, as the list shows it and the pages count it."""

    key: str
    title: str
    kinds: frozenset[PartKind]


def chapters(sheet: ProcedureSheet) -> list[Chapter]:
    """Of a filing of this procedure, in their order."""
    all_of_them = [
        Chapter("whose", gettext("Người nộp và nơi giải quyết"), ABOUT_PEOPLE),
        Chapter("form", gettext("Tờ khai"), frozenset({PartKind.QUESTIONS})),
        Chapter("papers", gettext("Giấy tờ và kết quả"), frozenset({PartKind.PAPERS, PartKind.DELIVERY})),
        Chapter("send", gettext("Gửi hồ sơ"), frozenset({PartKind.SENDING})),
    ]
    return [each for each in all_of_them if each.key != "form" or sheet.eform]


def preparation(draft: Draft) -> Preparation:
    """How far the parts of the draft have come."""
    agencies = [offer.agency_id for offer in filings.offers_of(draft.target.procedure_version_id)]
    state = replace(draft.view.state, contents=sent_by(draft.contents, draft.view.sender))
    return queries.preparation_of(state, draft.view.sheet, who.now().date(), agencies)


def page(dossier_id: str, part: Part, *, back_to_check: bool = False) -> str:
    """The address of a part's page."""
    arguments = [dossier_id, part.section] if part.section else [dossier_id]
    address = reverse(f"portal:{PAGES[part.kind]}", args=arguments)
    return f"{address}{FROM_CHECK}" if back_to_check else address


def changes(draft: Draft, found: Preparation) -> Callable[[PartKind, int], str]:
    """The page on which a part is changed, which leads back to the last one; empty where there is none."""

    def change(kind: PartKind, section: int) -> str:
        part = found.part(kind, section)
        return page(draft.view.id, part, back_to_check=True) if part else ""

    return change


def shows_faults(request: HttpRequest) -> bool:
    return all(request.GET.get(key) == value for key, value in FAULTS.items())


def is_from_check(request: HttpRequest) -> bool:
    """Whether the page was opened from the last one, to change one answer."""
    return all(request.GET.get(key) == value for key, value in BACK_TO_CHECK.items())


def with_faults(address: str) -> str:
    """The page as it says at once what is wrong."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(FAULTS)}"


def onwards(request: HttpRequest, draft: Draft, kind: PartKind, section: int = 0) -> str:
    """Where one comes after a page was saved; `draft` is as it is now.

    Back to the list after the questions about people, for that is where the way through the rest begins;
    to what is still to do, and then to the last page, for who came from there.
    """
    dossier_id, overview = draft.view.id, reverse("portal:file_tasks", args=[draft.view.id])
    found = preparation(draft)
    part = found.part(kind, section)
    if "later" in request.POST:
        return overview
    if "back" in request.POST:
        before = found.before(part) if part else None
        if is_from_check(request):
            return page(dossier_id, found.parts[-1])
        return page(dossier_id, before) if before else overview
    if is_from_check(request):
        return page(dossier_id, found.next, back_to_check=found.next is not found.parts[-1])
    after = found.after(part) if part else None
    if after is None or (kind in ABOUT_PEOPLE and after.kind not in ABOUT_PEOPLE):
        return overview
    return page(dossier_id, after)


# --- Before there is a draft --------------------------------------------------------------------------------
WHOSE, CASE, PLACE = "cho", "truong-hop", "noi"  # what an address carries, as the sheet's calculator does
ANSWERED = "tra-loi"  # the question for whom was sent, answered or not
KEY = "lan"  # by which one beginning is one draft, however often its pages are gone back to and sent


@dataclass(frozen=True, slots=True)
class Begun:
    """What is settled of a filing that is being begun: by the address, or because there is no other choice.

    `pending` is the next question, None when a draft can be made. `key` tells this beginning from others.
    """

    whose: str
    grant: Grant | None
    variant: str
    offer: Offer | None
    asked: dict[str, str]
    pending: PartKind | None
    key: UUID | None = None

    @property
    def is_for_another(self) -> bool:
        return self.whose == SOMEBODY

    def address(self, path: str, **answers: str) -> str:
        """This question answered, or without a key of `asked` asked again."""
        carried = {key: text for key, text in {**self.asked, **answers}.items() if text}
        return f"{path}?{urlencode(carried)}" if carried else path

    def with_new_key(self, path: str) -> str:
        """The same address as a beginning of its own."""
        return self.address(path, **{KEY: uuid7(who.now()).hex})

    def differs_from(self, draft: Draft) -> PartKind | None:
        """The first question that the address answers otherwise than the draft does."""
        questions = (
            (PartKind.WHOM, self.is_for_another != (bool(draft.contents.submitter_name) and not self.grant)),
            (PartKind.CASE, self.variant != draft.target.variant),
            (PartKind.AGENCY, self.offer is not None and self.offer.agency_id != draft.target.agency_id),
        )
        return next((kind for kind, differs in questions if differs), None)

    def is_by_the_right_of(self, draft: Draft) -> bool:
        """Whether both are for the same person or organisation, or neither is by a right the house knows."""
        behalf, grant = draft.view.state.behalf, self.grant
        if behalf is None or grant is None:
            return behalf is None and grant is None
        known = (behalf.account_id, behalf.organisation_id)
        return known == (grant.principal_id, grant.organisation_id)


def begun(
    query: QueryDict, sheet: ProcedureSheet, offers: tuple[Offer, ...], principals: tuple[Grant, ...]
) -> Begun:
    """What the address says. What it asks for in vain is passed over, but no right that one does not have.

    Raises NotEntrusted.
    """
    whose, variant, place = (query.get(key, "") for key in (WHOSE, CASE, PLACE))
    grant = next((each for each in principals if each.key == whose), None)
    if whose not in ("", MYSELF, SOMEBODY) and grant is None:
        raise NotEntrusted
    variant = variant if variant in sheet.cases else ""
    offer = next((each for each in offers if str(each.agency_id) == place), None)
    key = _key_in(query.get(KEY, ""))
    asked = {WHOSE: whose, CASE: variant, PLACE: place if offer else "", KEY: key.hex if key else ""}
    offer = offers[0] if len(offers) == 1 else offer
    open_questions = (
        (PartKind.WHOM, not whose),
        (PartKind.CASE, bool(sheet.cases) and not variant),
        (PartKind.AGENCY, offer is None),
    )
    pending = next((kind for kind, is_open in open_questions if is_open), None)
    return Begun(whose, grant, sheet.variant_of(variant), offer, asked, pending, key)


def _key_in(text: str) -> UUID | None:
    key = UUID(text) if re.fullmatch("[0-9a-f]{32}", text) else None
    return key if key and key.version == 7 else None


def back_from(start: Begun, path: str, sheet: ProcedureSheet, offers: tuple[Offer, ...]) -> str:
    """The question before the one that is asked now; the sheet before the first."""
    order = (
        (PartKind.WHOM, WHOSE, True),
        (PartKind.CASE, CASE, bool(sheet.variants)),
        (PartKind.AGENCY, PLACE, len(offers) > 1),
    )
    kinds = [kind for kind, _, _ in order]
    behind = kinds.index(start.pending) if start.pending else len(order)
    for _, key, is_asked in reversed(order[:behind]):
        if is_asked:
            return start.address(path, **{key: ""})
    return reverse("portal:sheet", args=[sheet.code])
