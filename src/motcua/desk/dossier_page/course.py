"""How it went and where it stands: history, open tasks, the pill, the proposal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import Officer
from motcua.desk import absent
from motcua.desk import labels as desk_labels
from motcua.desk.dossier_page.values import (
    Apology,
    Attached,
    AttachedPaper,
    Entry,
    Inspection,
    Letter,
    Opinion,
    ProposedSupplement,
    SentBack,
    Task,
    Telling,
)
from motcua.desk.lines import DOSSIER, STEP, UNTIL, UNTIL_OPINION, pill_of, until_words
from motcua.dossiers import labels, queries
from motcua.dossiers.enums import (
    Capacity,
    Correctable,
    Decision,
    DeclineGround,
    DossierPart,
    Status,
    TakerPaper,
)
from motcua.dossiers.policy import is_elsewhere, signs_letters
from motcua.dossiers.queries import DossierView, HistoryEntry, LateMark
from motcua.dossiers.rules.appointments import moved_to
from motcua.dossiers.rules.decide.lateness import notice_of, too_short_for_a_letter
from motcua.dossiers.rules.events import (
    DocumentAttached,
    Stopped,
    VerificationCalledOff,
    VerificationPlanned,
    Withdrawn,
)
from motcua.dossiers.rules.indexed import MOST_REQUESTS, is_asked_too_often, is_late_by_term
from motcua.dossiers.rules.life import CONSULT_STEP, LOOKED_AT_ANEW, RELAY_STEP
from motcua.dossiers.rules.moves import is_held, runs_on
from motcua.dossiers.rules.state import (
    AttachedDocument,
    Consultation,
    OpenTask,
    SendingBack,
    State,
    Verification,
)
from motcua.dossiers.rules.state import Letter as LetterToTell
from motcua.kernel.actors import ActorKind
from motcua.law import queries as law
from motcua.theme import wording
from motcua.theme.wording import Pill
from motcua.worktime.rules import local

_MOMENTS = frozenset(
    {
        "was_due_at",
        "due_at",
        "planned_for",
        "held_at",
        "answer_due",
        "was_for",
        "moved_for",
        "forward_by",
        "unanswered_by",
        "unforwarded_by",
        "visit",
        "missed_letter",
        "moot_letter",
    }
)
_WHERE_IT_ENDED = {"answer_by": "unanswered_by", "forward_by": "unforwarded_by"}


def history(view: DossierView) -> tuple[Entry, ...]:
    """The newest first; how the applicant prepared the dossier before sending it is left out."""
    return tuple(entry_of(entry, view) for entry in reversed(view.history) if entry.kind != "draft_saved")


def entry_of(entry: HistoryEntry, view: DossierView) -> Entry:
    lines = [
        _lateness(view.state, entry.at, is_timely=value == "True")
        if name == "is_timely"
        else _detail(_word(entry.kind, name), value)
        for name, value in _told(entry)
    ]
    lines += wording.changes(view.sheet.eform, entry.changed)
    if entry.late:
        lines.append(_late(entry.late))
    is_moved = entry.kind == VerificationCalledOff.KIND and any(
        name == "planned_for" for name, _ in entry.details
    )
    return Entry(
        title=gettext(labels.MOVED if is_moved else labels.EVENT.get(entry.kind, entry.kind)),
        at=entry.at,
        who=_who(entry),
        body="\n".join(line for line in [*lines, entry.note] if line),
        tag=gettext("ghi nhầm, đã thu hồi") if entry.is_undone else "",
        tone="wait" if entry.is_undone else "",
    )


def _told(entry: HistoryEntry) -> tuple[tuple[str, str], ...]:
    """Of an ending that was taken back, which it was instead of that it was one."""
    if any(name == "undone" for name, _ in entry.details):
        return tuple((name, value) for name, value in entry.details if name != "what")
    return entry.details


def _change(field: str, value: str) -> str:
    """A field with its text before and after."""
    before, _, after = value.partition("\n")
    if field == "how":
        before, after = (gettext(desk_labels.DELIVERY.get(text, text)) for text in (before, after))
    if field == "date_of_birth":
        before, after = (
            wording.short_day(date.fromisoformat(text)) if text else "" for text in (before, after)
        )
    said = {"field": gettext(desk_labels.CORRECTED.get(field, field)), "before": before, "after": after}
    return gettext("%(field)s: “%(before)s” → “%(after)s”") % said


def _word(kind: str, name: str) -> str:
    """The same field means another thing in a question than in an apology, and of what ended than of what was
    done late."""
    if kind in (Withdrawn.KIND, Stopped.KIND):
        return _WHERE_IT_ENDED.get(name, name)
    if kind == VerificationCalledOff.KIND:
        return {"planned_for": "moved_for", "place": "moved_place"}.get(name, name)
    if kind == "entrusted" and name == "to_name":
        return "entrusted_to"
    return "answer_due" if kind == "consulted" and name == "due_at" else name


def _who(entry: HistoryEntry) -> str:
    """The system has a word of ours for a name, which is translated; those of people stay."""
    is_of_system = entry.actor_kind == ActorKind.SYSTEM
    return _named(gettext(entry.actor_name) if is_of_system else entry.actor_name, entry.in_place_of)


def _named(name: str, absent: str) -> str:
    """Who did something, and in whose place."""
    return gettext("%(name)s, thay %(absent)s") % {"name": name, "absent": absent} if absent else name


def _late(mark: LateMark) -> str:
    said = gettext("Nhập bổ sung từ sổ giấy, trang %(page)s, lúc %(at)s") % {
        "page": mark.page,
        "at": wording.short_moment(mark.entered_at),
    }
    return f"{said}; {gettext('người đã làm: %(name)s') % {'name': mark.done_by}}" if mark.done_by else said


def _detail(name: str, value: str) -> str:
    if name == "decision":
        return gettext(labels.DECISION[Decision(value)])
    if name == "against":
        return _against(Decision(value))
    if name == "ground":
        return gettext(labels.GROUND[DeclineGround(value)])
    if name == "how":
        return gettext(desk_labels.HANDING.get(value, value))
    if name == "what":
        return gettext(labels.CORRECTABLE[Correctable(value)])
    if name == "undone":
        return gettext(desk_labels.UNDONE[value])
    if name.startswith("change_"):
        return _change(name.removeprefix("change_"), value)
    if name == "certified_by_post":
        said = gettext("Hồ sơ giấy có chứng thực, ghi mã hồ sơ, đã đến qua bưu điện.")
        return said if value == "True" else ""
    if name == "part":
        return gettext(labels.DOSSIER_PART[DossierPart(value)])
    if name == "for_applicant":
        is_theirs = value == "True"
        return gettext(desk_labels.SEEN_BY[is_theirs])
    if name == "is_late":
        return gettext("Trễ hạn của bước này.") if value == "True" else ""
    if name == "taker_capacity":
        value = gettext(labels.CAPACITY[Capacity(value)])
    if name == "taker_paper":
        paper, _, number = value.partition("\n")
        value = f"{gettext(labels.TAKER_PAPER[TakerPaper(paper)])} {number}"
    if name == "requested_on":
        value = wording.short_day(date.fromisoformat(value))
    if name in _MOMENTS:
        value = wording.short_moment(datetime.fromisoformat(value))
    text = desk_labels.DETAIL.get(name)
    return gettext(text) % {"value": value} if text else value


def proposal(view: DossierView) -> str:
    if view.state.proposal is None or view.state.decision is not None:
        return ""
    last = next((entry for entry in reversed(view.history) if entry.kind == "proposed"), None)
    said = gettext(labels.DECISION[view.state.proposal])
    return "\n".join(part for part in (said, last.note if last else "") if part)


def decision(view: DossierView) -> str:
    """What was decided; empty before, and for who only carries the dossier."""
    decided = view.state.decision
    return gettext(labels.DECIDED[decided]) if decided is not None and not view.is_cover else ""


def decided_otherwise(view: DossierView) -> str:
    """From which proposal the decision departs, and why; empty where it follows the proposal."""
    proposed = view.state.decided_against
    if proposed is None or view.is_cover:
        return ""
    return "\n".join(part for part in (_against(proposed), view.state.decision_note) if part)


def _against(proposed: Decision) -> str:
    said = {"proposal": gettext(labels.DECISION[proposed])}
    return gettext("Quyết định khác với đề xuất của người thụ lý (%(proposal)s).") % said


def sent_back(view: DossierView) -> tuple[SentBack, ...]:
    """What the reader of the page is told of it: of the tasks that are theirs to do."""
    theirs = dict.fromkeys(offer.task for offer in view.verbs if offer.task)
    found = (each for task in theirs for each in sent_back_before(view.state, task))
    return tuple(dict.fromkeys(found))


def sent_back_before(state: State, task: OpenTask) -> tuple[SentBack, ...]:
    """Why the task lies there again; who looks at the work anew compares with all that went before, the last
    on top."""
    own = state.sent_back_as(task.key)
    if own is not None:
        return (_sending_back(own, gettext("Việc này được trả lại để làm lại")),)
    if task.kind not in LOOKED_AT_ANEW or state.decision is not None:
        return ()
    title = gettext("Trước đây hồ sơ đã bị trả lại")
    before = [each for each in state.sent_back if each.at <= task.opened_at]
    return tuple(_sending_back(each, title) for each in reversed(before))


def _sending_back(each: SendingBack, title: str) -> SentBack:
    said = gettext(labels.DECISION[each.proposal]) if each.proposal else ""
    was = "\n".join(part for part in (said, each.text) if part)
    return SentBack(title, each.at, _named(each.by, each.instead_of), each.reason, was)


def consultations(view: DossierView, now: datetime) -> tuple[Opinion, ...]:
    return tuple(_opinion(each, view, now) for each in view.state.consultations)


def _opinion(asked: Consultation, view: DossierView, now: datetime) -> Opinion:
    calendar = queries.calendar_of(view.state, now)
    if asked.answered_at is not None:
        late = asked.answered_at > asked.due_at
        said = Pill(
            gettext("đã trả lời, trễ hạn") if late else gettext("đã trả lời"), "late" if late else "done"
        )
    elif asked.taken_back:
        said = Pill(gettext("đã rút lại câu hỏi"), "calm")
    elif asked.lapsed_at is not None:
        said = Pill(gettext("không trả lời"), "late")
    else:
        said = pill_of(asked.due_at, calendar, now) or Pill("", "calm")
    return Opinion(
        number=asked.number,
        to=asked.to_name,
        question=asked.question,
        answer=asked.answer,
        due_at=asked.due_at,
        pill=said,
        is_silent=asked.answered_at is None
        and not asked.taken_back
        and (asked.lapsed_at is not None or asked.due_at < now),
        reminders=len(asked.reminded_at),
        file_name=view.file_names.get(asked.file_id or "", ""),
        href=reverse("desk:paper", args=[view.id, asked.file_id]) if asked.file_id else "",
        taken_back=asked.taken_back,
    )


def verifications(view: DossierView) -> tuple[Inspection, ...]:
    return tuple(
        Inspection(
            when=each.held_at or each.planned_for,
            is_held=each.held_at is not None,
            place=each.place,
            participants=each.participants,
            content=each.content,
            file_name=view.file_names.get(each.file_id or "", ""),
            href=reverse("desk:paper", args=[view.id, each.file_id]) if each.file_id else "",
            called_off=each.called_off,
            is_moved=bool(each.moved_to),
        )
        for each in view.state.verifications
    )


def _seen_by(state: State, document: AttachedDocument) -> str:
    is_waiting = document.for_applicant and document not in state.given
    return gettext(desk_labels.NOT_SEEN_YET if is_waiting else desk_labels.SEEN_BY[document.for_applicant])


def attached(view: DossierView) -> tuple[Attached, ...]:
    """The other documents, part by part, in each the oldest first."""
    return tuple(
        Attached(
            part=gettext(labels.DOSSIER_PART[part]),
            documents=tuple(
                AttachedPaper(
                    each.title,
                    each.at,
                    _seen_by(view.state, each),
                    reverse("desk:paper", args=[view.id, each.file_id]),
                )
                for each in view.state.attached
                if each.part is part
            ),
        )
        for part in DossierPart
        if any(each.part is part for each in view.state.attached)
    )


def waits_for_payment(view: DossierView) -> str:
    """What obligation the clock waits for; empty where it waits for none."""
    if view.state.status is not Status.AWAITING_PAYMENT:
        return ""
    last = next((entry for entry in reversed(view.history) if entry.kind == "paused"), None)
    return last.note if last else ""


def due_line(view: DossierView) -> str:
    """Until when the dossier is to be done, as its ledger says; empty where no term runs."""
    state = view.state
    if state.due_at is None or view.due is None:
        return ""
    if state.ended_at is not None and state.finished_at is None:
        return gettext("Hồ sơ đã kết thúc, thời hạn không tính tiếp.")
    if state.stopped_late:
        return _due_when_stopped(state)
    if state.is_paused:
        return gettext("Thời hạn đang tạm dừng, ngày hẹn được tính lại khi hết tạm dừng.")
    if state.promised_at is not None:
        dates = {"due": wording.long_moment(state.due_at), "was": wording.long_moment(state.promised_at)}
        return gettext("Hẹn lại %(due)s; theo thời hạn là %(was)s.") % dates
    return gettext("Hẹn trả lúc %(due)s.") % {"due": wording.long_moment(state.due_at)}


def _due_when_stopped(state: State) -> str:
    """Of a dossier that was late when its clock was stopped: only the date of a late letter still moves."""
    first = {"due": wording.long_moment(state.measured_due_at)} if state.measured_due_at else {}
    if state.stands_still_for(state.due_at):
        said = gettext(
            "Tạm dừng khi đã quá hạn %(due)s nên vẫn tính là trễ; ngày hẹn lại tính khi hết tạm dừng."
        )
    else:
        said = gettext("Tạm dừng khi đã quá hạn %(due)s: ngày hẹn không dời, hồ sơ vẫn tính là trễ.")
    return said % first


def apologies(view: DossierView) -> tuple[Apology, ...]:
    return tuple(
        Apology(
            each.was_due_at,
            each.due_at,
            each.reason,
            _lateness(view.state, each.at, is_timely=each.is_timely),
        )
        for each in view.state.apologies
    )


def _lateness(state: State, at: datetime, *, is_timely: bool) -> str:
    """That a letter of that moment puts nothing off, and why: it came late, or no law knew it yet."""
    if is_timely:
        return ""
    then = law.regulation(state.target.regulation, local(at).date())
    return gettext(desk_labels.APOLOGY_LATE if notice_of(then) else desk_labels.APOLOGY_UNASKED)


def late_in_index(view: DossierView) -> str:
    """Why a dossier that is not late by its term counts as late in the national index, by which law and from
    when; empty for one that does not, or that the pill calls late already."""
    regulation = law.regulation(view.state.target.regulation)
    value = regulation.get(MOST_REQUESTS)
    is_said = view.state.is_late or is_late_by_term(view.state, regulation)
    if value is None or is_said or not is_asked_too_often(view.state, regulation):
        return ""
    reference = value.by_reference
    words = {
        "law": reference.law if reference else regulation.decision,
        "n": regulation.number(MOST_REQUESTS),
    }
    if reference is None or reference.since is None:
        return gettext("Tính trễ theo bộ chỉ số của %(law)s: yêu cầu bổ sung quá %(n)s lần") % words
    words["since"] = wording.short_day(reference.since)
    return gettext("Tính trễ theo bộ chỉ số của %(law)s: từ %(since)s yêu cầu bổ sung quá %(n)s lần") % words


def letter(view: DossierView, now: datetime) -> Letter | None:
    """What is owed to the applicant if the dossier will not be done in time, or was not; None: no letter.

    Whoever cannot send it reads whom to tell: the letter bears the leader's name.
    """
    due_at = view.state.due_at
    by = queries.letter_due_of(view.state)
    if by is None or due_at is None:
        return None
    if now <= due_at and too_short_for_a_letter(view.state, by):  # nobody is to be told of it yet
        return Letter(
            gettext("Nếu không kịp hạn, lãnh đạo gửi phiếu xin lỗi và hẹn lại ngay."), is_missed=False
        )
    moment = {"by": wording.short_moment(by), "leader": _leader_to_tell(view, now)}
    is_missed = now > by
    if now > due_at:
        said = gettext("Vi phạm: hồ sơ quá hạn mà không có phiếu xin lỗi. Hạn gửi phiếu là %(by)s.")
    elif is_missed:
        said = gettext("Đã qua hạn gửi phiếu xin lỗi (%(by)s). Không có kết quả khi hết hạn là vi phạm.")
    elif moment["leader"]:
        said = gettext("Nếu không kịp hạn, hãy báo %(leader)s gửi phiếu xin lỗi và hẹn lại chậm nhất %(by)s.")
    else:
        said = gettext("Nếu không kịp hạn, lãnh đạo gửi phiếu xin lỗi và hẹn lại chậm nhất %(by)s.")
    if view.state.is_paused:
        said = f"{said} {gettext('Hồ sơ đang tạm dừng: gửi phiếu khi hồ sơ tiếp tục.')}"
    elif is_missed and moment["leader"]:
        said = f"{said} {gettext('Phiếu do lãnh đạo gửi: hãy báo %(leader)s.')}"
    return Letter(said % moment, is_missed=is_missed)


def _leader_to_tell(view: DossierView, now: datetime) -> str:
    """Who sends the letter, for those who cannot send it themselves; empty for those who can."""
    leadership = view.state.target.posting.leadership
    if signs_letters(view.footing.posts, leadership):
        return ""
    return leader_named(queries.leaders_of(leadership, now))


def leader_named(leaders: Collection[Officer]) -> str:
    """The leader to whom something is told: by name where somebody holds the post, and who is away."""
    if not leaders:
        return gettext("lãnh đạo cơ quan")
    return gettext("lãnh đạo cơ quan (%(names)s)") % {"names": "; ".join(map(absent.named, leaders))}


def proposed_supplement(view: DossierView) -> ProposedSupplement | None:
    proposed = view.state.proposed_supplement
    if proposed is None:
        return None
    items = tuple(item.what for item in proposed.items)
    is_agreed = any(task.kind == RELAY_STEP for task in view.state.tasks)
    steps = ("supplement_proposed", "supplement_cleared")
    last = next((entry for entry in reversed(view.history) if entry.kind in steps), None)
    by = last.actor_name if is_agreed and last else ""
    return ProposedSupplement(items, proposed.reason, proposed.guidance, proposed.proposed_by, by)


def to_tell(view: DossierView) -> tuple[Telling, ...]:
    """What those who settle have to say to the applicant, and the desk has not told yet; nothing of what will
    not be told any more."""
    waiting = (letter for letter in view.state.letters if view.state.task(letter.task_key) is not None)
    return tuple(_telling(view, letter) for letter in waiting)


def _telling(view: DossierView, letter: LetterToTell) -> Telling:
    state, entry = view.state, next(each for each in view.history if each.seq == letter.event)
    lines: tuple[str, ...] = (letter.reason,)
    href = ""
    planned = state.planned(letter.number) if letter.of == VerificationPlanned.KIND else None
    if planned is not None and planned.planned_for is not None:
        when = wording.long_moment(planned.planned_for)
        lines = (f"{when}, {planned.place}", planned.participants, planned.content)
        if planned.ground:
            lines += (_detail("ground_of_visit", planned.ground),)
    if letter.of == DocumentAttached.KIND:
        added = next(each for each in state.attached if each.number == letter.number)
        lines, href = (added.title,), reverse("desk:paper", args=[view.id, added.file_id])
    what = gettext(labels.EVENT[letter.of])
    if letter.of == VerificationCalledOff.KIND and (known := state.planned(letter.number)) is not None:
        now = moved_to(state, letter.number)
        what = gettext(labels.MOVED) if now else what
        lines = (*_of_appointment_called_off(known, now), letter.reason)
    return Telling(letter.task_key, what, entry.actor_name, entry.at, lines, href)


def _of_appointment_called_off(known: Verification, now: Verification | None) -> tuple[str, ...]:
    """The appointment that the applicant knows, and when and where they have to be instead."""
    said = [_detail("was_for", known.planned_for.isoformat() if known.planned_for else ""), known.place]
    if now is not None:
        said += [_detail("moved_for", now.planned_for.isoformat() if now.planned_for else "")]
        said += [_detail("moved_place", now.place), now.content]
        said += [_detail("ground_of_visit", now.ground)] if now.ground else []
    return tuple(said)


def pill(view: DossierView, now: datetime) -> Pill | None:
    """How the term runs; once the result is at the desk, how it ended; without one, how late."""
    state = view.state
    due_at = state.measured_due_at
    if due_at is None:
        return None
    calendar = queries.calendar_of(state, now)
    if state.broken_off_at is not None:
        return wording.broken_off_pill(state.broken_off_at, due_at, calendar)
    if state.finished_at is not None and not state.is_paused:
        return wording.finished_pill(state.finished_at, due_at, calendar, promised_at=state.promised_at)
    return pill_of(due_at, calendar, now, is_paused=state.stands_still, what=DOSSIER)


def tasks(view: DossierView, now: datetime) -> tuple[Task, ...]:
    """What waits, for whom, and how much of the step's own time is left."""
    state = view.state
    calendar = queries.calendar_of(state, now)
    agency = agencies.agency(state.target.agency_id)
    others = {task.unit_id for task in state.tasks if agency.unit(task.unit_id) is None}
    others.discard(state.target.posting.desk)
    elsewhere = {each.id: agencies.place_of_unit(each) for each in agencies.units(others)} if others else {}
    found = []
    waits_for_applicant = state.status is Status.READY and queries.goes_back(state) == "counter"
    for task in state.tasks:
        place = elsewhere.get(task.unit_id, "")
        lies_at = view.received_at_desk if task.unit_id == state.target.posting.desk else ""
        officer = view.officer_names.get(task.officer_id or "", "")
        who = officer or lies_at or agency.name_of(task.unit_id)
        if place:
            who = f"{officer}, {place}" if officer else place
        due_at = None if waits_for_applicant else task.due_at
        stands = state.is_paused and not runs_on(task)
        left = pill_of(due_at, calendar, now, is_paused=stands, what=STEP)
        until = until_words(due_at, _until_of(task)) if due_at and not stands else ""
        again = state.sent_back_as(task.key) is not None
        lead = queries.lead_of(state, task)
        found.append(
            Task(
                task.key,
                gettext(task.name),
                f"{who}: {task.duty}" if task.duty else who,
                left,
                until,
                again,
                _absence(task, view),
                lead,
                is_held(state, task),
            )
        )
    return tuple(found)


def _until_of(task: OpenTask) -> str:
    return UNTIL_OPINION if task.kind == CONSULT_STEP else UNTIL


def _absence(task: OpenTask, view: DossierView) -> str:
    """That whoever has the task is away, and who does it meanwhile; empty if they are there."""
    away = view.away.get(task.officer_id or "")
    if away is None:
        return ""
    role = None if is_elsewhere(task) else task.role
    return absent.words(away, has_substitute=away.has_substitute_at(task.unit_id, role))
