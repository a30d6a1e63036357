"""What the pages of a filing show of it: what is asked, what was answered, what is missing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.catalogue.rules.cards import Offer
from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.dossiers import labels
from motcua.dossiers.errors import Stale
from motcua.dossiers.rules.state import Contents
from motcua.kernel.errors import Refusal
from motcua.portal import papers, who
from motcua.portal.drafts import Draft
from motcua.portal.forms.details import DELIVERIES
from motcua.portal.forms.eform import day_text
from motcua.theme import wording
from motcua.theme.refusals import sentence


def offers_of(version_id: int) -> tuple[Offer, ...]:
    return catalogue.offers_of(version_id, province=settings.PROVINCE, on=who.now().date())


def papers_of(draft: Draft) -> tuple[RequiredDocument, ...]:
    components = draft.view.sheet.components_for(Channel.ONLINE, draft.target.variant or None)
    return papers.asked(components)


def read_back(draft: Draft) -> list[papers.PaperRow]:
    lines = papers.rows(papers_of(draft), draft.contents.documents)
    return papers.worth_showing(lines)


def prefill(draft: Draft) -> dict[str, Any]:
    """Answers that the details already gave."""
    person = draft.contents.applicant
    known = {
        "full_name": person.name,
        "personal_id": person.personal_id,
        "date_of_birth": day_text(person.date_of_birth),
        "phone": person.phone,
        "email": person.email,
        "address": person.address,
    }
    questions = (question for section in draft.view.sheet.eform for question in section.fields)
    return {each.key: known[each.prefill] for each in questions if each.prefill in known}


def _capacity(draft: Draft) -> str:
    capacity = draft.contents.capacity
    return gettext(labels.CAPACITY[capacity]) if capacity else ""


def summary_of(draft: Draft) -> list[dict[str, str]]:
    person = draft.contents.applicant
    facts = [
        (gettext("Trường hợp"), draft.target.variant),
        (gettext("Cơ quan giải quyết"), draft.view.agency_name),
        (gettext("Tên tổ chức") if person.organisation_number else gettext("Họ và tên"), person.name),
        (gettext("Số định danh cá nhân"), person.personal_id),
        (gettext("Mã số thuế hoặc số quyết định thành lập"), person.organisation_number),
        (gettext("Ngày sinh"), day_text(person.date_of_birth)),
        (gettext("Số điện thoại"), person.phone),
        (gettext("Thư điện tử"), person.email),
        (gettext("Địa chỉ liên hệ"), person.address),
        (gettext("Người nộp thay"), draft.contents.submitter_name),
        (gettext("Tư cách người nộp thay"), _capacity(draft)),
        (gettext("Giấy tờ chứng minh tư cách"), draft.contents.authority),
    ]
    return [{"key": key, "value": value} for key, value in facts if value]


def wish_of(contents: Contents) -> list[dict[str, str]]:
    """How and where the result is wanted; nothing while nobody has said so."""
    how = str(dict(DELIVERIES).get(contents.delivery.how, contents.delivery.how))
    facts = [
        (gettext("Cách nhận"), how),
        (gettext("Địa chỉ nhận bưu phẩm"), contents.delivery.address),
    ]
    return [{"key": key, "value": value} for key, value in facts if value]


def answers_of(draft: Draft) -> list[dict[str, Any]]:
    """The e-form read back: by section, choices by their words, only what was answered."""
    data = draft.contents.form_data
    return [
        {
            "title": section.title,
            "rows": [
                {"key": each.label, "value": wording.answer(each, data[each.key])}
                for each in section.fields
                if data.get(each.key)
            ],
        }
        for section in draft.view.sheet.eform
    ]


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
