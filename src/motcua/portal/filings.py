"""What the pages of a filing show of it: what is asked, what was answered, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from motcua.accounts.rules.acting import kind_of_number
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.catalogue.rules import agreeing
from motcua.catalogue.rules.blank_forms import FormsOf
from motcua.catalogue.rules.cards import Offer
from motcua.catalogue.rules.eforms import FormSection
from motcua.catalogue.rules.sheets import AUTHORITY_PAPER, ProcedureSheet, RequiredDocument
from motcua.documents.rules.cards import FileCard
from motcua.dossiers import labels
from motcua.dossiers.enums import Capacity, PartKind
from motcua.dossiers.errors import Stale
from motcua.dossiers.rules.behalf import tray_owner
from motcua.dossiers.rules.completeness import as_sent, papers_of_filing
from motcua.dossiers.rules.state import Contents, DocumentRef
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.portal import paper_pages, papers, who, words
from motcua.portal.drafts import Draft
from motcua.portal.forms.acting import NUMBER_KINDS
from motcua.portal.forms.details import DELIVERIES
from motcua.portal.forms.eform import day_text
from motcua.theme import wording
from motcua.theme.forms import lower_first
from motcua.theme.refusals import sentence


def offers_of(version_id: int) -> tuple[Offer, ...]:
    return catalogue.offers_of(version_id, province=settings.PROVINCE, on=who.now().date())


def forms_of(sheet: ProcedureSheet) -> FormsOf:
    """Blank forms to fill in, by the paper that is made of them."""
    return catalogue.forms_of(sheet.version_id)


def papers_of(draft: Draft) -> tuple[RequiredDocument, ...]:
    """Papers that this draft asks for. Who files for themselves is not offered what only shows that one may
    act for somebody else, unless it was sent already: then it can be seen and taken back. Nor is whoever
    files by a mandate whose paper goes along (`mandate_paper`)."""
    sheet, contents, behalf = draft.view.sheet, draft.contents, draft.view.state.behalf
    is_settled = (not contents.submitter_name and behalf is None) or bool(mandate_paper(draft))
    sent = {each.key for each in contents.documents}
    asked = papers_of_filing(sheet, draft.target, contents, behalf)
    if AUTHORITY_PAPER.key in sent and AUTHORITY_PAPER not in asked:
        asked = (*asked, replace(AUTHORITY_PAPER, required=False, condition=""))
    return tuple(
        each
        for each in papers.as_files(sheet, asked)
        if not (is_settled and each.is_for_others and not each.required) or each.key in sent
    )


def mandate_paper(draft: Draft) -> FileCard | None:
    """The power of attorney that was given with the mandate under which it is filed: it belongs to the
    dossier from the start, so that nobody has to send it again. None where there is none."""
    behalf = draft.view.state.behalf
    return draft.view.files.get(behalf.file_id) if behalf is not None and behalf.file_id else None


def sent_of(draft: Draft) -> Contents:
    """What the agency gets of it, or has got, from whoever looks at it: what is not asked any more stays in
    the draft, and who sends it is not always who began it."""
    if draft.view.state.filed_at is not None:
        return draft.contents
    view = draft.view
    return as_sent(view.sheet, draft.target, draft.contents, view.state.behalf, view.sender)


def read_back(draft: Draft) -> list[papers.PaperRow]:
    """The papers that are sent, or were: of a filing of before also those that its case did not ask for."""
    sent, asked, sheet = sent_of(draft).documents, papers_of(draft), draft.view.sheet
    channel = draft.target.channel
    if channel != Channel.ONLINE:  # there the form is a paper like any, and some are only shown
        asked = sheet.components_for(Channel(channel), draft.target.variant)
    earlier, cards = draft.view.state.earlier_papers, draft.view.files
    lines = papers.rows((*asked, *_besides(draft, asked, sent)), sent, cards=cards)
    lines = papers.with_paper(lines, sent, sheet, channel)
    return papers.worth_showing(papers.with_earlier(lines, earlier, cards))


def unjoined(draft: Draft, actor: Actor) -> list[papers.Unjoined]:
    """Pages of the papers of this draft that lie there and were not joined."""
    kept, behalf = draft.contents.documents, draft.view.state.behalf
    purpose = paper_pages.purpose_of_draft(draft.view.id)
    pages = paper_pages.of_papers(
        tray_owner(actor, behalf), "portal:file_pages", draft.view.id, purpose, kept
    )
    return papers.unjoined_in(papers.rows(papers_of(draft), kept, pages=pages))


def stays_behind(draft: Draft, present: tuple[DocumentRef, ...] | None = None) -> list[papers.PaperRow]:
    """Papers in the draft that are not sent, for what was chosen since asks for them no more. `present` are
    those that stand there by now."""
    contents = draft.contents if present is None else replace(draft.contents, documents=present)
    sent = as_sent(draft.view.sheet, draft.target, contents, draft.view.state.behalf).documents
    left = tuple(each for each in contents.documents if each.file_id and each not in sent)
    return papers.rows(_besides(draft, (), left), left)


def _besides(
    draft: Draft, asked: tuple[RequiredDocument, ...], present: tuple[DocumentRef, ...]
) -> list[RequiredDocument]:
    """The papers that have come, as files or on paper, and that are none of those asked for, each once."""
    names = {each.key: each.called for each in draft.view.sheet.components}
    keys = dict.fromkeys(each.key for each in present if each.file_id or each.originals or each.copies)
    known = {each.key for each in asked}
    said = {each.key: each.name for each in present}
    return [
        RequiredDocument(key, names.get(key) or said[key] or key, required=False)
        for key in keys
        if key not in known
    ]


def shown_of(draft: Draft, section: FormSection) -> dict[str, Any]:
    """The answers of a section as they are kept; of one that was not begun, what the details already say."""
    keys = [question.key for question in section.fields]
    kept = {key: draft.contents.form_data[key] for key in keys if key in draft.contents.form_data}
    return kept or {key: value for key, value in prefill(draft).items() if key in keys}


def prefill(draft: Draft) -> dict[str, Any]:
    """Answers that the details already gave, and such as another page of the form has: who asks for their own
    child says who they are once. How one is reached is how whoever files is: it stands behind the name of
    nobody else."""
    person = draft.contents.applicant
    is_organisation = bool(person.organisation_number)
    is_own_contact = is_organisation or not sent_of(draft).submitter_name
    known = {
        "full_name": "" if is_organisation else person.name,
        "organisation_name": person.name if is_organisation else "",
        "either_name": person.name,
        "personal_id": person.personal_id,
        "organisation_number": person.organisation_number,
        "date_of_birth": day_text(person.date_of_birth),
    }
    if is_own_contact:
        known |= {"phone": person.phone, "email": person.email, "address": person.address}
    questions = (question for section in draft.view.sheet.eform for question in section.fields)
    of_person = {each.key: known[each.prefill] for each in questions if each.prefill in known}
    rules = (rule for section in draft.view.sheet.eform for rule in section.rules)
    return of_person | agreeing.offered(rules, sent_of(draft).form_data)


def _capacity(capacity: Capacity | None) -> str:
    return gettext(labels.CAPACITY[capacity]) if capacity else ""


Change = Callable[[PartKind, int], str]  # the page on which a part can be changed


def _nowhere(kind: PartKind, section: int) -> str:
    return ""


def summary_of(draft: Draft, change: Change = _nowhere) -> list[dict[str, str]]:
    """Whose dossier it is, for whom, where; the first answer of each page with that page, if there is one."""
    contents, person = sent_of(draft), draft.contents.applicant
    is_organisation = bool(person.organisation_number)
    facts = [
        (PartKind.WHOM, gettext("Bạn nộp cho"), _whom(draft) if change is not _nowhere else ""),
        (PartKind.CASE, gettext("Trường hợp"), case_of(draft)),
        (PartKind.AGENCY, gettext("Cơ quan giải quyết"), draft.view.agency_name),
        (PartKind.PERSON, gettext("Tên tổ chức") if is_organisation else gettext("Họ và tên"), person.name),
        (PartKind.PERSON, gettext("Số định danh cá nhân"), person.personal_id),
        (
            PartKind.PERSON,
            str(NUMBER_KINDS[kind_of_number(person.organisation_number)]),
            person.organisation_number,
        ),
        (PartKind.PERSON, gettext("Ngày sinh"), day_text(person.date_of_birth)),
        (PartKind.CAPACITY, gettext("Người nộp thay"), contents.submitter_name),
        (PartKind.CAPACITY, gettext("Tư cách người nộp thay"), _capacity(contents.capacity)),
        (PartKind.CAPACITY, gettext("Căn cứ nộp thay"), contents.authority),
        (PartKind.CONTACT, gettext("Số điện thoại"), person.phone),
        (PartKind.CONTACT, gettext("Thư điện tử"), person.email),
        (PartKind.CONTACT, gettext("Địa chỉ liên hệ"), person.address),
    ]
    given = [(kind, {"key": key, "value": text}) for kind, key, text in facts if text]
    said = {kind for kind, _ in given}
    for kind in (PartKind.PERSON, PartKind.CONTACT):
        if kind not in said and change(kind, 0):  # asked, and nothing of it answered
            given.append((kind, {"key": str(words.PARTS[kind]), "value": gettext("Chưa điền.")}))
    firsts = dict(reversed(given))
    for kind, row in firsts.items():
        row |= {"href": change(kind, 0), "what": lower_first(str(words.PARTS[kind]))}
    return [row for _, row in given]


def case_of(draft: Draft) -> str:
    """The case in the words of the catalogue, begun with a capital; empty where there is none."""
    return draft.target.variant[:1].upper() + draft.target.variant[1:]


def _whom(draft: Draft) -> str:
    if draft.view.state.behalf is not None:
        return ""
    return gettext("Người khác") if draft.contents.submitter_name else gettext("Tôi")


def desk_of(draft: Draft) -> str:
    """Where the result is collected, with the agency: several desks are named alike."""
    return ", ".join((draft.view.desk_name or gettext("bộ phận một cửa"), draft.view.agency_name))


def wish_of(contents: Contents) -> list[dict[str, str]]:
    """How and where the result is wanted; nothing while nobody has said so."""
    how = str(dict(DELIVERIES).get(contents.delivery.how, contents.delivery.how))
    facts = [
        (gettext("Cách nhận"), how),
        (gettext("Địa chỉ nhận bưu phẩm"), contents.delivery.address),
        (gettext("Giấy tiếp nhận"), gettext("Đề nghị lập") if contents.delivery.receipt_asked else ""),
    ]
    return [{"key": key, "value": value} for key, value in facts if value]


def answers_of(draft: Draft, change: Change = _nowhere) -> list[dict[str, Any]]:
    """The e-form read back: by section, choices by their words, only what was answered and is sent. Of what
    was handed in at the desk, where nobody had to answer, no section stands there empty."""
    said = sent_of(draft).form_data
    sections = [
        section_of(section, said, change(PartKind.QUESTIONS, number))
        for number, section in enumerate(draft.view.sheet.eform, start=1)
    ]
    if draft.target.channel == Channel.ONLINE:
        return sections
    return [section for section in sections if section["rows"]]


def is_form_on_paper(draft: Draft) -> bool:
    """Whether the form was filled in on paper: one came, and no question of the e-form was answered."""
    forms = {each.key for each in draft.view.sheet.components if each.is_form}
    contents = sent_of(draft)
    came = (each for each in contents.documents if each.originals or each.copies)
    return not contents.form_data and any(each.key in forms for each in came)


def section_of(section: FormSection, data: Mapping[str, Any], href: str) -> dict[str, Any]:
    """One section read back; `href` is the page on which it is changed, empty where there is none."""
    rows = [
        {"key": each.label, "value": wording.answer(each, data[each.key])}
        for each in section.fields
        if data.get(each.key)
    ]
    return {"title": section.title, "href": href, "rows": rows}


def missing_paper(row: papers.PaperRow) -> str:
    if row.may_be_left_out:
        return gettext("Hãy gửi “%(paper)s”, hoặc ghi lý do không phải nộp.") % {"paper": row.paper.name}
    return gettext("Hãy gửi “%(paper)s”.") % {"paper": row.paper.name}


def said(refusal: Refusal) -> str:
    """The sentence of a refusal; for a stale draft, what to do about it."""
    if isinstance(refusal, Stale):
        return gettext(
            "Bản soạn này vừa được lưu ở một trang khác. Nội dung bạn gõ vẫn còn dưới đây; "
            "xem lại rồi bấm lần nữa."
        )
    return sentence(refusal)


def said_of_papers(refusal: Refusal) -> str:
    """The sentence of a refusal to keep papers; no page can hold a file that was chosen."""
    if isinstance(refusal, Stale):
        return gettext(
            "Bản soạn này đang được lưu ở nhiều trang cùng lúc nên chưa nhận được giấy tờ vừa gửi. "
            "Hãy chọn lại tệp rồi gửi lần nữa."
        )
    return sentence(refusal)
