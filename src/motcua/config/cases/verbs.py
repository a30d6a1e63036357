"""The verb table: how an act of a case becomes a call of a real service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from motcua.agencies import services as agencies
from motcua.agencies.rules.standing_in import Authority
from motcua.catalogue.rules.sheets import AUTHORITY_PAPER
from motcua.config.cases import closures, incidents
from motcua.config.cases.reading import MAIN, moment
from motcua.config.cases.scene import Scene
from motcua.config.cases.stage import Stage
from motcua.config.demo import sample
from motcua.dossiers import queries, services
from motcua.dossiers.enums import (
    Capacity,
    Correctable,
    Decision,
    DeclineGround,
    DossierPart,
    PauseGround,
    TakerPaper,
    Verb,
)
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.life import STEP_KINDS
from motcua.dossiers.rules.state import Applicant, DocumentRef, ResultDelivery, SupplementItem, Taker
from motcua.dossiers.services import Act

FORM = {"purpose": "Theo tình huống"}


def play(stage: Stage) -> Act | None:
    """Do the act by its service; None if it was about no dossier.

    Raises the service's refusals, or CannotSet if the act makes no sense.
    """
    beside = (incidents.TABLE | closures.TABLE | _BESIDE).get(stage.act.verb)
    if beside is not None:
        beside(stage)
        return None
    late = stage.act.late
    if not late:
        return _TABLE[stage.act.verb](stage)
    with services.entered_late(
        incident_id=stage.scene.incident(late.get("incident", MAIN)),
        page=late.get("page", ""),
        entered_at=moment(late["entered"]),
        done_by=late.get("done_by", ""),
    ):
        return _TABLE[stage.act.verb](stage)


def _file(stage: Stage) -> Act:
    draft = _save_draft(stage)
    return services.submit(
        actor=stage.scene.actor(stage.act.by),
        at=stage.act.at,
        dossier_id=draft.dossier_id,
        expected_version=draft.version,
        submission_key=_key(stage),
        consent=CONSENT,
    )


def _save_draft(stage: Stage) -> Act:
    again = {} if stage.dossier_id is None else stage.common()
    filing = _filing(stage, online=True)
    return services.save_draft(
        actor=stage.scene.actor(stage.act.by),
        at=stage.act.at,
        **filing,
        **{name: again[name] for name in ("dossier_id", "expected_version") if name in again},
    )


def _submit(stage: Stage) -> Act:
    return services.submit(**stage.common(), submission_key=_key(stage), consent=CONSENT)


def _register_at_counter(stage: Stage) -> Act:
    return services.register_at_counter(
        actor=stage.scene.actor(stage.act.by),
        at=stage.act.at,
        submission_key=_key(stage),
        owner_id=_owner(stage),
        note=stage.text("note"),
        received_by=_received_by(stage),
        **_filing(stage, online=False),
    )


def _register_by_post(stage: Stage) -> Act:
    filing = _filing(stage, online=False)
    for name in ("submitter_name", "capacity", "authority"):
        filing.pop(name)
    return services.register_by_post(
        actor=stage.scene.actor(stage.act.by),
        at=stage.act.at,
        submission_key=_key(stage),
        owner_id=_owner(stage),
        postal_number=stage.text("postal_number", "EB000000001VN"),
        received_by=_received_by(stage),
        **filing,
    )


def _received_by(stage: Stage) -> int:
    """The other agency at whose desk it is handed over; 0 if it is the competent one's."""
    desk = stage.text("desk")
    return stage.scene.other_agency(desk) if desk else 0


def _accept(stage: Stage) -> Act:
    asked, certified = (bool(stage.given.get(each, False)) for each in ("receipt_asked", "certified_by_post"))
    return services.accept(
        **stage.common(), note=stage.text("note"), receipt_asked=asked, certified_by_post=certified
    )


def _issue_receipt(stage: Stage) -> Act:
    return services.issue_receipt(**stage.common())


def _decline(stage: Stage) -> Act:
    return services.decline(
        **stage.common(),
        ground=DeclineGround(stage.text("ground", "by_law")),
        reason=stage.text("reason", "Không thuộc trường hợp được giải quyết."),
        competent=stage.text("competent"),
        guidance=stage.text("guidance"),
        provision=stage.text("provision", sample.DECLINE_PROVISION),
    )


def _request_supplement(stage: Stage) -> Act:
    names = {component.key: component.name for component in stage.scene.sheet.components}
    items = [
        SupplementItem(item, names.get(item, item))
        if isinstance(item, str)
        else SupplementItem(item["key"], item.get("what", names.get(item["key"], item["key"])))
        for item in stage.given.get("items", [])
    ]
    return services.request_supplement(
        **stage.common(),
        items=items,
        reason=stage.text("reason", "Hồ sơ chưa đầy đủ."),
        guidance=stage.text("guidance", "Bổ sung các giấy tờ đã nêu."),
        again_ground=stage.text("again_ground"),
    )


def _release_supplement(stage: Stage) -> Act:
    return services.release_supplement(**_on_task(stage, Verb.RELEASE_SUPPLEMENT))


def _return_supplement(stage: Stage) -> Act:
    return services.return_supplement(
        **_on_task(stage, Verb.RETURN_SUPPLEMENT), reason=stage.text("reason", "Không cần bổ sung.")
    )


def _tell_applicant(stage: Stage) -> Act:
    return services.tell_applicant(**_on_task(stage, Verb.TELL_APPLICANT))


def _supplement(stage: Stage) -> Act:
    awaited = stage.state.supplement_awaited() if stage.state else None
    asked = [item.key for item in awaited.items] if awaited else []
    papers = stage.given.get("documents", "form" not in stage.given and "all")
    keys = asked if papers == "all" else papers if isinstance(papers, list) else []
    return services.supplement(
        **stage.common(),
        documents=_papers(stage, keys, online=stage.scene.actor(stage.act.by).is_citizen),
        form_data=stage.given.get("form"),
    )


def _hand_over(stage: Stage) -> Act:
    return services.hand_over(**_on_task(stage, Verb.HAND_OVER), note=stage.text("note"))


def _assign(stage: Stage) -> Act:
    officer = stage.scene.actor(stage.text("officer"))
    return services.assign(**_on_task(stage, Verb.ASSIGN), officer_id=officer.id, note=stage.text("note"))


def _reassign(stage: Stage) -> Act:
    step = stage.text("step")
    return services.reassign(
        **stage.common(),
        officer_id=stage.scene.actor(stage.text("officer")).id,
        reason=stage.text("reason", "Người phụ trách đã chuyển công tác."),
        task_key=_task_key(stage, step) if step else "",
    )


def _authority(stage: Stage) -> Authority | None:
    number, day = stage.text("authority"), stage.text("authority_day")
    return Authority(number, date.fromisoformat(day) if day else None) if number or day else None


def _record_absence(stage: Stage) -> None:
    agencies.record_absence(
        actor=stage.scene.actor(stage.act.by),
        at=stage.act.at,
        account_id=int(stage.scene.actor(stage.text("officer")).id),
        substitute_id=int(stage.scene.actor(stage.text("substitute")).id),
        first_day=date.fromisoformat(stage.text("from", stage.act.at.date().isoformat())),
        last_day=date.fromisoformat(stage.text("to")),
        reason=stage.text("reason", "Nghỉ phép."),
        authority=_authority(stage),
    )


def _pause(stage: Stage) -> Act:
    ground = PauseGround(stage.text("ground", "financial_obligation"))
    reason = stage.text("reason", "Nộp lệ phí trước bạ theo thông báo của cơ quan thuế.")
    return services.pause(**stage.common(), ground=ground, reason=reason)


def _resume(stage: Stage) -> Act:
    return services.resume(**stage.common(), note=stage.text("note", "Đã nộp đủ, có biên lai."))


def _extend(stage: Stage) -> Act:
    return services.extend(
        **stage.common(),
        new_day=date.fromisoformat(stage.text("to")),
        reason=stage.text("reason", "Chưa có kết quả xác minh."),
    )


def _entrust(stage: Stage) -> Act:
    return services.entrust(
        **stage.common(),
        task_key=_task_key(stage, stage.text("step")),
        unit_id=stage.scene.unit(stage.text("unit")),
        duty=stage.text("duty", "Kiểm tra và có văn bản trả lời."),
        limit=stage.text("limit"),
        reason=stage.text("reason"),
    )


def _consult(stage: Stage) -> Act:
    return services.consult(
        **stage.common(),
        unit_id=stage.scene.unit(stage.text("unit")),
        question=stage.text("question", "Đề nghị cho ý kiến."),
        limit=stage.text("limit", "3wd"),
    )


def _answer(stage: Stage) -> Act:
    return services.answer(**_on_task(stage, Verb.ANSWER), answer=stage.text("answer", "Nhất trí."))


def _remind(stage: Stage) -> Act:
    number = int(stage.given.get("number", 1))
    return services.remind(**stage.common(), number=number, note=stage.text("note"))


def _plan_verification(stage: Stage) -> Act:
    return services.plan_verification(
        **stage.common(),
        planned_for=moment(stage.text("when")),
        place=stage.text("place", "Thửa đất số 12"),
        participants=stage.text("participants", "Công chức địa chính, chủ hồ sơ"),
        content=stage.text("content", "Xác minh ranh giới thửa đất"),
        with_applicant=bool(stage.given.get("with_applicant", False)),
        ground=stage.text("ground"),
    )


def _call_off_verification(stage: Stage) -> Act:
    when = stage.text("when")
    return services.call_off_verification(
        **stage.common(),
        number=int(stage.given.get("number", 1)),
        reason=stage.text("reason", "Có người khác đã xác minh"),
        planned_for=moment(when) if when else None,
        place=stage.text("place"),
        ground=stage.text("ground"),
    )


def _record_verification(stage: Stage) -> Act:
    common = stage.common()
    file_id = stage.scene.paper(common["actor"], stage.act.at) if stage.given.get("file", True) else None
    return services.record_verification(
        **common,
        held_at=moment(stage.text("when")),
        place=stage.text("place", "Thửa đất số 12"),
        participants=stage.text("participants", "Công chức địa chính, chủ hồ sơ"),
        content=stage.text("content", "Ranh giới đúng hiện trạng"),
        file_id=file_id,
        number=int(stage.given.get("number", 0)),
    )


def _attach_document(stage: Stage) -> Act:
    common = stage.common()
    file_id = stage.scene.paper(common["actor"], stage.act.at) if stage.given.get("file", True) else None
    return services.attach_document(
        **common,
        part=DossierPart(stage.text("part", "settling")),
        title=stage.text("title", "Công văn trả lời"),
        file_id=file_id,
        for_applicant=bool(stage.given.get("for_applicant", False)),
    )


def _complete_step(stage: Stage) -> Act:
    return services.complete_step(
        **_on_task(stage, Verb.COMPLETE_STEP), outcome=stage.text("outcome"), note=stage.text("note")
    )


def _send_back(stage: Stage) -> Act:
    return services.send_back(
        **_on_task(stage, Verb.SEND_BACK),
        to_step=stage.text("to"),
        reason=stage.text("reason", "Cần làm lại."),
    )


def _propose(stage: Stage) -> Act:
    decision = Decision(stage.text("decision", "grant"))
    default = "Hồ sơ không đủ điều kiện." if decision is Decision.REFUSE else "Hồ sơ đủ điều kiện."
    return services.propose(
        **_on_task(stage, Verb.PROPOSE),
        decision=decision,
        text=stage.text("text", default),
        taken_back=stage.text("taken_back"),
        called_off=stage.text("called_off"),
    )


def _approve(stage: Stage) -> Act:
    return services.approve(**_on_task(stage, Verb.APPROVE), note=stage.text("note"))


def _refuse(stage: Stage) -> Act:
    return services.refuse(
        **_on_task(stage, Verb.REFUSE), reason=stage.text("reason", "Hồ sơ không đủ điều kiện.")
    )


def _issue_result(stage: Stage) -> Act:
    common = _on_task(stage, Verb.ISSUE_RESULT)
    file_id = stage.scene.paper(common["actor"], stage.act.at) if stage.given.get("file", True) else None
    return services.issue_result(
        **common,
        number=stage.text("number", "01/KQ"),
        name=stage.text("name", "Kết quả giải quyết"),
        file_id=file_id,
    )


def _invite(stage: Stage) -> Act:
    return services.invite(
        **stage.common(),
        visit_at=moment(stage.text("on")),
        purpose=stage.text("purpose", "Đối chiếu giấy tờ."),
        ground=stage.text("ground"),
    )


def _announce(stage: Stage) -> Act:
    return services.announce(**stage.common())


def _return_result(stage: Stage) -> Act:
    wish = stage.state.contents.delivery.how if stage.state else "counter"
    how = stage.text("how", wish)
    online = how == "online"
    name = stage.state.contents.applicant.name if stage.state else ""
    return services.return_result(
        **stage.common(),
        how=how,
        received_by=stage.text("received_by", "" if online else name),
        proof=stage.text("proof", "" if online else "Ký nhận"),
        papers_compared=bool(stage.given.get("papers_compared", False)),
        form_signed=bool(stage.given.get("form_signed", False)),
        postal_number=stage.text("postal_number"),
        taker=_taker(stage),
    )


def _taker(stage: Stage) -> Taker | None:
    """Who takes the result is neither the applicant nor who filed; None if nothing is said of their right."""
    if not {"taker_number", "authority"} & set(stage.given):
        return None
    return Taker(
        Capacity(stage.text("capacity", "authorised")),
        stage.text("authority"),
        TakerPaper(stage.text("taker_paper", "identity")) if "taker_number" in stage.given else None,
        stage.text("taker_number"),
    )


def _redirect(stage: Stage) -> Act:
    return services.redirect(
        **stage.common(),
        agency_id=stage.scene.other_agency(stage.text("to")),
        reason=stage.text("reason", "Không thuộc thẩm quyền của cơ quan này."),
    )


def _record_non_collection(stage: Stage) -> Act:
    return services.record_non_collection(**stage.common(), note=stage.text("note", "Đã báo, chưa đến nhận."))


def _correct(stage: Stage) -> Act:
    of_way = stage.text("what") == Correctable.DELIVERY
    return services.correct(
        **stage.common(),
        what=Correctable(stage.text("what")),
        values={key: str(text) for key, text in stage.given.get("values", {}).items()},
        reason=stage.text("reason", "Ghi nhầm."),
        seen=stage.text("seen"),
        **(_request(stage, "Nói trực tiếp tại quầy") if of_way else {"file_id": _asked_by(stage)}),
    )


def _close(stage: Stage) -> Act:
    return services.close(**stage.common(), note=stage.text("note"))


def _withdraw(stage: Stage) -> Act:
    """By the applicant without more; by an officer with what they record of the applicant's request."""
    reason = stage.text("reason", "Người nộp đề nghị rút.")
    asked = _request(stage, "Đơn đề nghị rút hồ sơ") if stage.common()["actor"].is_officer else {}
    return services.withdraw(**stage.common(), reason=reason, **asked)


def _stop(stage: Stage) -> Act:
    reason = stage.text("reason", "Người nộp đề nghị dừng.")
    return services.stop(**stage.common(), reason=reason, **_request(stage, "Đơn đề nghị dừng giải quyết"))


def _request(stage: Stage, form: str) -> dict[str, Any]:
    """When and how the applicant asked the desk; in the usual case on the same day, by a letter."""
    asked = stage.given.get("requested", stage.common()["at"].date().isoformat())
    return {
        "requested_on": date.fromisoformat(str(asked)) if asked else None,
        "request": stage.text("request", form),
        "file_id": _asked_by(stage),
    }


def _asked_by(stage: Stage) -> str | None:
    """The paper by which the applicant asked, if the case has one."""
    return stage.scene.paper(stage.common()["actor"], stage.act.at) if stage.given.get("file") else None


# What is done beside any dossier.
_BESIDE: dict[str, Callable[[Stage], None]] = {"record_absence": _record_absence}
_TABLE: dict[str, Callable[[Stage], Act]] = {
    "file": _file,
    "save_draft": _save_draft,
    "submit": _submit,
    "register_at_counter": _register_at_counter,
    "register_by_post": _register_by_post,
    "accept": _accept,
    "issue_receipt": _issue_receipt,
    "decline": _decline,
    "request_supplement": _request_supplement,
    "release_supplement": _release_supplement,
    "return_supplement": _return_supplement,
    "tell_applicant": _tell_applicant,
    "supplement": _supplement,
    "hand_over": _hand_over,
    "assign": _assign,
    "reassign": _reassign,
    "pause": _pause,
    "resume": _resume,
    "extend": _extend,
    "entrust": _entrust,
    "consult": _consult,
    "answer": _answer,
    "remind": _remind,
    "plan_verification": _plan_verification,
    "call_off_verification": _call_off_verification,
    "record_verification": _record_verification,
    "attach_document": _attach_document,
    "complete_step": _complete_step,
    "send_back": _send_back,
    "propose": _propose,
    "approve": _approve,
    "refuse": _refuse,
    "issue_result": _issue_result,
    "invite": _invite,
    "announce": _announce,
    "return_result": _return_result,
    "redirect": _redirect,
    "record_non_collection": _record_non_collection,
    "correct": _correct,
    "close": _close,
    "withdraw": _withdraw,
    "stop": _stop,
}


def _task_key(stage: Stage, step: str) -> str:
    """The key of the open task of a step; the step's own name where there is none, for the rule to refuse."""
    tasks = stage.state.tasks if stage.state else ()
    return next((task.key for task in tasks if task.step_key == step), step)


def _key(stage: Stage) -> str:
    """The submission key that is given, else one for each dossier and act."""
    return stage.text("key") or f"{stage.act.dossier}-{stage.act.number}"


def _on_task(stage: Stage, verb: Verb) -> dict[str, Any]:
    """The common arguments and the open task: of the named step, else the one the verb fits."""
    common = stage.common()
    tasks = stage.state.tasks if stage.state else ()
    step = stage.given.get("step")
    fitting = [task for task in tasks if task.kind in STEP_KINDS[verb]]
    chosen = [task for task in tasks if task.step_key == step] if step else fitting or list(tasks)
    return common | {"task_key": chosen[0].key if chosen else str(step or "none")}


def _filing(stage: Stage, *, online: bool) -> dict[str, Any]:
    """What is filed: whose matter, the form, the papers, how the result is wished."""
    given, scene = stage.given, stage.scene
    applicant = scene.person(given.get("applicant", stage.act.by))
    channel = "online" if online else "postal" if stage.act.verb == "register_by_post" else "counter"
    variant = stage.text("variant")
    wanted = given.get("documents", "all")
    if wanted == "all":
        asked = scene.sheet.components_for(channel, variant)
        wanted = [one.key for one in asked if one.required and not (online and scene.sheet.is_answered(one))]
        if (
            online
            and "submitter" in given
            and stage.text("capacity", "authorised") in ("authorised", "hired")
        ):
            proper = next((one for one in asked if one.is_for_others), AUTHORITY_PAPER)
            wanted = [*wanted, proper.key]
    keys = [] if wanted == "none" else [key for key in wanted if _name(key) not in given.get("without", ())]
    submitter = given.get("submitter")
    delivery = given.get("delivery") or _usual_delivery(scene, channel, stage.act.at.date())
    return {
        "procedure_version_id": scene.sheet.version_id,
        "agency_id": scene.agency.id,
        "applicant": Applicant(
            name=applicant.name,
            personal_id=applicant.personal_id,
            phone=applicant.phone,
            email=applicant.email,
            organisation_number=applicant.organisation_number,
            passport=applicant.passport,
            nationality=applicant.nationality,
        ),
        "form_data": given.get("form", _default_form(scene)) if online or "form" in given else {},
        "documents": _papers(stage, keys, online=online),
        "delivery": ResultDelivery(how=delivery, address=stage.text("address")),
        "variant": variant,
        "submitter_name": scene.person(submitter).name if submitter else "",
        "capacity": Capacity(stage.text("capacity", "authorised")) if submitter else None,
        "authority": stage.text("authority", "Giấy ủy quyền") if submitter else "",
    }


def _usual_delivery(scene: Scene, channel: str, on: date) -> str:
    """By post what came by post; else at the counter, or as the regulation has it where that is no way."""
    if channel == "postal" and scene.sheet.returns(channel):
        return channel
    ways = queries.return_ways(scene.sheet, channel, on)
    return "counter" if "counter" in ways else ways[0]


def _default_form(scene: Scene) -> dict[str, str]:
    """Answers to every required question of a form that the case itself made."""
    samples = {
        "date": "2000-01-01", "whole_number": "1", "decimal": "1", "money": "1000", "yes_no": "yes",
        "personal_id": "066190000001", "phone": "0905000001", "email": "an@example.vn",
    }  # fmt: skip
    answers: dict[str, str] = {}
    for section in scene.sheet.eform:
        for question in section.fields:
            if question.options:
                answers[question.key] = question.options[0].value
            else:
                answers[question.key] = samples.get(str(question.kind), FORM["purpose"])
    return answers


def _papers(stage: Stage, keys: Any, *, online: bool) -> tuple[DocumentRef, ...]:
    names = {component.key: component for component in stage.scene.sheet.components}
    actor = stage.scene.actor(stage.act.by)
    papers = []
    for item in keys:
        facts: Mapping[str, Any] = {"key": item} if isinstance(item, str) else item
        component = names.get(facts["key"])
        with_file = facts.get("file", online)
        usual = (1, 0) if component is None else (component.originals, component.copies)
        papers.append(
            DocumentRef(
                key=facts["key"],
                file_id=stage.scene.paper(actor, stage.act.at) if with_file else None,
                originals=facts.get("originals", 0 if online else usual[0]),
                copies=facts.get("copies", 0 if online else usual[1]),
                note=facts.get("note", ""),
                name=component.name if component else "",
            )
        )
    return tuple(papers)


def _name(key: Any) -> str:
    return key if isinstance(key, str) else str(key["key"])


def _owner(stage: Stage) -> str:
    """The account of the applicant, so that they can follow what was registered for them."""
    account = stage.scene.accounts.get(stage.given.get("applicant", ""))
    return str(account.pk) if account is not None else ""
