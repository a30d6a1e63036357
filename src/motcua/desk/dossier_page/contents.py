"""What was filed and what came of it: people, facts, form, papers, results, slips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext

from motcua.catalogue.enums import Channel
from motcua.catalogue.rules import eforms
from motcua.desk import labels as desk_labels
from motcua.desk.dossier_page.values import Agreement, Paper, Row, SlipLink
from motcua.dossiers import labels, queries
from motcua.dossiers.queries import DossierView
from motcua.dossiers.rules.completeness import authority_brought, rests_on_paper
from motcua.dossiers.rules.receipt import came_off_hours, was_completed
from motcua.dossiers.rules.state import DocumentRef, RequestPaper, Slip
from motcua.theme import consents, wording

if TYPE_CHECKING:
    from motcua.catalogue.rules.sheets import ProcedureSheet


def people(view: DossierView) -> tuple[Row, ...]:
    contents = view.state.contents
    person = contents.applicant
    born = wording.short_day(person.date_of_birth) if person.date_of_birth else ""
    rows = (
        Row(gettext("Chủ hồ sơ"), person.name),
        Row(gettext("Số định danh"), person.personal_id),
        Row(gettext("Hộ chiếu hoặc giấy tờ đi lại"), person.passport),
        Row(gettext("Công dân nước"), person.nationality),
        Row(gettext("Mã số thuế hoặc số thành lập"), _organisation(view)),
        Row(gettext("Ngày sinh"), born),
        Row(gettext("Điện thoại"), _contact(person.phone, view)),
        Row(gettext("Thư điện tử"), _contact(person.email, view)),
        Row(gettext("Địa chỉ"), person.address),
        Row(gettext("Người nộp thay"), contents.submitter_name),
        Row(
            gettext("Tư cách người nộp thay"),
            gettext(labels.CAPACITY[contents.capacity]) if contents.capacity else "",
        ),
        Row(gettext("Giấy tờ chứng minh tư cách"), _authority(view)),
        Row(gettext("Nay không còn nộp thay"), _no_longer_acts(view)),
    )
    return tuple(row for row in rows if row.value)


def _authority(view: DossierView) -> str:
    """By which paper somebody else filed it, and of who is entrusted or hired whether it was sent or seen."""
    state = view.state
    contents, said = state.contents, state.contents.authority
    if not rests_on_paper(contents, state.behalf):
        return said
    if state.target.channel != Channel.ONLINE:
        if contents.authority_seen:
            return gettext("%(paper)s (nơi tiếp nhận đã xem)") % {"paper": said}
        return gettext("%(paper)s (nơi tiếp nhận chưa ghi là đã xem)") % {"paper": said}
    brought = authority_brought(view.sheet, state.target, contents)
    if any(each.file_id for each in brought):
        return gettext("%(paper)s (có gửi kèm)") % {"paper": said}
    reason = next((each.note for each in brought if each.note), "")
    if not reason:
        return gettext("%(paper)s (không gửi kèm)") % {"paper": said}
    return gettext("%(paper)s (không gửi kèm; người nộp ghi: %(reason)s)") % {"paper": said, "reason": reason}


def _no_longer_acts(view: DossierView) -> str:
    """Since when whoever filed it acts for the applicant no more; empty while they do."""
    end = view.no_longer_acts
    if end is None:
        return ""
    words = {
        "at": wording.long_moment(end.ended_at) if end.ended_at else "",
        "day": wording.short_day(end.last_day) if end.last_day else "",
    }
    if end.is_of_organisation:
        return gettext("Người nộp đã thôi thuộc tổ chức lúc %(at)s.") % words
    if end.ended_at:
        return gettext("Ủy quyền đã chấm dứt lúc %(at)s. Nay chỉ làm việc với chủ hồ sơ.") % words
    if end.last_day:
        return gettext("Ủy quyền đã hết hạn sau ngày %(day)s. Nay chỉ làm việc với chủ hồ sơ.") % words
    return gettext("Ủy quyền không còn hiệu lực. Nay chỉ làm việc với chủ hồ sơ.")


def _contact(said: str, view: DossierView) -> str:
    """A contact as it counts now, and that it is that of whoever filed it and acts no more."""
    shown, end = _with_present(said, view.contacts_now), view.no_longer_acts
    if end is None or not {said, view.contacts_now.get(said, said)} & end.contacts:
        return shown
    return gettext("%(contact)s (của người nộp, nay không còn nộp thay)") % {"contact": shown}


def _with_present(said: str, now: Mapping[str, str]) -> str:
    """A contact as the dossier says it, and what its owner has put in its place since."""
    if said not in now:
        return said
    if not now[said]:
        return gettext("%(said)s (người nộp đã thôi dùng)") % {"said": said}
    return gettext("%(now)s (ghi khi nộp: %(said)s, nay đã đổi)") % {"now": now[said], "said": said}


def delivery(view: DossierView) -> str:
    """How the result is wanted, and where it is sent."""
    wanted = view.state.contents.delivery
    how = gettext(desk_labels.DELIVERY.get(wanted.how, ""))
    return f"{how}: {wanted.address}" if wanted.address else how


def facts(view: DossierView) -> tuple[Row, ...]:
    state = view.state
    officer = view.officer_names.get(state.case_officer_id or "", "")
    rows = (
        Row(gettext("Trường hợp"), state.target.variant),
        Row(gettext("Cách nộp"), gettext(labels.CHANNEL.get(state.target.channel, ""))),
        Row(gettext("Nộp lúc"), _moment(state.filed_at)),
        Row(gettext("Trả lời chậm lúc"), _moment(state.answered_late_at)),
        Row(gettext("Phải trả lời trước"), "" if state.unanswered_by else _moment(state.reply_due_at)),
        Row(gettext("Không được trả lời trong hạn"), _moment(state.unanswered_by)),
        Row(gettext("Tính từ"), _counted_from(view)),
        Row(gettext("Tiếp nhận lúc"), _moment(state.accepted_at)),
        Row(gettext("Không được chuyển trong hạn"), _moment(state.unforwarded_by)),
        Row(gettext("Nơi tiếp nhận"), view.received_at_desk),
        Row(gettext("Cơ quan giải quyết"), view.agency_name),
        Row(gettext("Người thụ lý"), officer),
        Row(gettext("Nhận kết quả"), delivery(view)),
        Row(
            gettext("Giấy tiếp nhận"),
            gettext("Người nộp đề nghị lập") if state.contents.delivery.receipt_asked else "",
        ),
        Row(gettext("Lý do"), state.reason),
    )
    return tuple(row for row in rows if row.value)


def agreement(view: DossierView) -> Agreement | None:
    """What the sender agreed to about personal data; None for what the desk entered, where nobody is asked.

    Basis: DL24-3.4, PT24-3.6, QN20-21.5#1, KT18-13.5.
    """
    given = view.state.consent
    if not given or view.is_cover:
        return None
    return Agreement(view.state.filed_at, consents.WORDINGS.get(given))


def form(view: DossierView) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    return answers(view.sheet.eform, view.state.contents.form_data)


def answers(
    eform: Sequence[eforms.FormSection], data: Mapping[str, Any]
) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """What was answered, section by section."""
    sections = []
    for section in eform:
        rows = tuple(
            Row(gettext(question.label), wording.answer(question, data[question.key]))
            for question in section.fields
            if data.get(question.key) not in (None, "")
        )
        if rows:
            sections.append((gettext(section.title), rows))
    return tuple(sections)


def _organisation(view: DossierView) -> str:
    """The number of the organisation, and that it has to be checked unless a register has shown it."""
    number, behalf = view.state.contents.applicant.organisation_number, view.state.behalf
    is_seen = view.state.target.channel != "online"  # the desk has read it off the papers
    if not number or is_seen or (behalf is not None and behalf.is_proved):
        return number
    return gettext("%(number)s (tự khai, cần đối chiếu)") % {"number": number}


def papers(view: DossierView) -> tuple[Paper, ...]:
    """What was filed, after the power of attorney by which it was; then what the applicant asked for by
    letter since."""
    behalf = view.state.behalf
    channel = view.state.target.channel
    asked = tuple(
        DocumentRef(
            "request", each.file_id, name=gettext(labels.request_paper(each.what)), note=_asked_for(each)
        )
        for each in view.state.request_papers
    )
    filed = papers_of(
        view.id, view.sheet, (*view.state.contents.documents, *asked), view.file_names, channel=channel
    )
    if behalf is None or not behalf.file_id:
        return filed
    power = DocumentRef("power_of_attorney", behalf.file_id, name=gettext("Giấy ủy quyền trên Cổng"))
    return (*papers_of(view.id, view.sheet, (power,), view.file_names, channel=channel), *filed)


def _asked_for(paper: RequestPaper) -> str:
    """What the applicant asked for by the paper, and when it was recorded; where that was taken back, that
    the paper counts for nothing."""
    asked = f"{gettext(labels.EVENT[paper.what])}, {wording.short_moment(paper.at)}"
    return gettext("%(asked)s (ghi nhầm, đã thu hồi)") % {"asked": asked} if paper.taken_back_at else asked


def earlier_papers(view: DossierView) -> tuple[Paper, ...]:
    """What supplements replaced, the newest first, each with the moment from which it counts no more."""
    earlier = tuple(reversed(view.state.earlier_papers))
    documents = tuple(each.document for each in earlier)
    shown = papers_of(view.id, view.sheet, documents, view.file_names, channel=view.state.target.channel)
    return tuple(
        replace(
            paper,
            counts="",
            note=gettext("được thay lúc %(at)s") % {"at": wording.short_moment(each.replaced_at)},
        )
        for each, paper in zip(earlier, shown, strict=True)
    )


def papers_of(
    dossier_id: str,
    sheet: ProcedureSheet,
    documents: Sequence[DocumentRef],
    file_names: Mapping[str, str],
    *,
    channel: str,
) -> tuple[Paper, ...]:
    known = {component.key: component for component in sheet.components}
    return tuple(
        Paper(
            name=known[document.key].called if document.key in known else document.name,
            counts=wording.papers_handed_in(document, known.get(document.key), channel),
            note=document.note,
            file_name=file_names.get(document.file_id or "", ""),
            href=reverse("desk:paper", args=[dossier_id, document.file_id]) if document.file_id else "",
            beside=_beside(dossier_id, document.file_id),
        )
        for document in documents
    )


def results(view: DossierView) -> tuple[Paper, ...]:
    return tuple(
        Paper(
            name=paper.name,
            counts=gettext("số %(number)s") % {"number": paper.number},
            note=wording.short_moment(paper.issued_at),
            file_name=view.file_names.get(paper.file_id or "", ""),
            href=reverse("desk:paper", args=[view.id, paper.file_id]) if paper.file_id else "",
            beside=_beside(view.id, paper.file_id),
        )
        for paper in view.state.results
    )


def fetched(view: DossierView) -> str:
    """That the applicant's side has fetched the whole result; empty where it has not, or not all of it."""
    if view.fetched is None:
        return ""
    said = {"name": view.fetched.name, "moment": wording.short_moment(view.fetched.at)}
    return gettext("Phía người nộp (%(name)s) đã tải kết quả trên Cổng lúc %(moment)s.") % said


def _beside(dossier_id: str, file_id: str | None) -> str:
    """The page of the dossier with the paper beside the form."""
    return f"{reverse('desk:dossier', args=[dossier_id])}?giay={file_id}#preview" if file_id else ""


def slip_links(view: DossierView) -> tuple[SlipLink, ...]:
    return tuple(
        SlipLink(
            name=_name(slip),
            number=queries.printed_number(view.state, slip.kind, slip.number),
            issued_at=slip.issued_at,
            href=reverse("desk:slip", args=[view.id, slip.event]),
        )
        for slip in view.slips
    )


def _name(slip: Slip) -> str:
    name = gettext(desk_labels.SLIP[slip.kind])
    return gettext("%(slip)s (đã thu hồi)") % {"slip": name} if slip.taken_back_at else name


def _counted_from(view: DossierView) -> str:
    """From when the term counts: of what came in off hours and was moved, the next working period, and why;
    that is told before the acceptance already.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2.
    """
    state = view.state
    came = came_off_hours(state)
    if state.accepted_at is None and came is None:
        return ""
    at = _moment(state.received_at)
    if came is None:
        return at
    if was_completed(state):
        told = {"at": at, "came": _moment(came)}
        return gettext("%(at)s (bổ sung lúc %(came)s, ngoài giờ làm việc)") % told
    return gettext("%(at)s (gửi ngoài giờ làm việc)") % {"at": at}


def _moment(at: datetime | None) -> str:
    return wording.short_moment(at) if at else ""
