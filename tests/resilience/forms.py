"""Every form of both faces with a good answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from tests.accounts.people import PASSWORD
from tests.dossiers.world import typed_at
from tests.resilience import scenery
from tests.resilience.hostile import Site, stands
from tests.resilience.scenery import DOERS, VERBS_WITH_PAGES

from motcua.agencies.enums import UnitKind
from motcua.agencies.models import Agency
from motcua.desk.forms.letters import fingerprint
from motcua.dossiers.enums import Verb
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.life import STEP_KINDS
from motcua.notify.models import OutboxMessage
from motcua.notify.queries import LetterText
from motcua.theme.wording import short_moment

WITHDRAWN = LetterText("Đã rút hồ sơ {mã hồ sơ}", "Hồ sơ không giải quyết tiếp.\n{lịch xác minh}")


@dataclass(frozen=True)
class Form:
    """A page with a form: who fills it in, where, and what a good answer is. Files stand under `files`."""

    who: str
    path: str
    good: dict[str, Any]
    files: tuple[str, ...] = ()
    session: dict[str, Any] | None = None


def _portal_forms(site: Site) -> dict[str, Form]:
    draft = site.there.stages[Verb.SUBMIT].dossier_id
    asked = site.there.stages[Verb.SUPPLEMENT]
    going = site.there.stages[Verb.WITHDRAW]
    world = site.there.world
    person = {"name": "Nguyễn Văn An", "personal_id": "066090000001", "date_of_birth": "15/03/1990"}
    binh = world.people["binh"]
    waiting = {"id": binh.pk, "email": binh.email, "registered_at": binh.created_at.isoformat()}

    def page(name: str, *args: object) -> str:
        return reverse(f"portal:{name}", args=args)

    return {
        "register": Form("", page("register"), {
            "full_name": "Lê Văn Em", "personal_id": "066090000099", "phone": "0905000009",
            "email": "em@example.vn", "password": PASSWORD, "accepts_terms": "on",
        }),
        "terms": Form("an", page("acknowledge_terms"), {"version": "DL24/2024-01-29", "next": "/hop-thu/"}),
        "confirm": Form("", page("confirm"), {"code": "123456"}, session={"confirming": waiting}),
        "again": Form("", page("send_code_again"), {"x": ""}, session={"confirming": waiting}),
        "log in": Form("", page("log_in"), {"identifier": "066090000001", "password": PASSWORD}),
        "log out": Form("an", page("log_out"), {"x": ""}),
        "forgotten": Form("", page("forgotten"), {"identifier": "an@example.vn"}),
        "reset again": Form(
            "", page("send_reset_again"), {"x": ""}, session={"resetting": "an@example.vn"}
        ),
        "reset": Form(
            "", page("reset"), {"code": "123456", "new": PASSWORD}, session={"resetting": "an@example.vn"}
        ),
        "own details": Form(
            "an", page("own_details"),
            {"full_name": "Nguyễn Văn An", "date_of_birth": "15/03/1990", "address": "Buôn Ma Thuột"},
        ),
        "own password": Form(
            "an", page("change_password"), {"current": PASSWORD, "new": PASSWORD + "1"}
        ),
        "own email": Form(
            "an", page("change_email"), {"email": "moi@example.vn", "password": PASSWORD}
        ),
        "email code": Form(
            "an", page("confirm_email_change"), {"code": "123456"},
            session={"changing": {"email": "moi@example.vn"}},
        ),
        "own phone": Form("an", page("change_phone"), {"phone": "0905000002", "password": PASSWORD}),
        "phone code": Form(
            "an", page("confirm_phone_change"), {"code": "123456"},
            session={"changing": {"phone": "0905000002"}},
        ),
        "closing": Form("an", page("close_account"), {"password": PASSWORD}),
        "closing code": Form(
            "an", page("confirm_closing"), {"code": "123456"}, session={"closing": True}
        ),
        "own notices": Form("an", page("own_notices"), {"topics": "progress", "language": "vi"}),
        "own sharing": Form("an", page("own_sharing"), {"cho-phep": "co", "loi-hoi": "2026-1"}),
        "one device": Form("an", page("end_device"), {"login": "1"}),
        "all devices": Form("an", page("end_device"), {"all": "1"}),
        "kiosk": Form("", page("kiosk"), {"ma": asked.reference}),
        "lookup": Form("", page("lookup"), {"named": "066090000001", "email": "an@example.vn"}),
        "report": Form(
            "", page("report"),
            {"kind": "outage", "what": "Trang trắng", "page": "Nộp hồ sơ", "contact": "0905 000 001"},
        ),
        "lookup code": Form("", page("lookup_code"), {"code": "123456"}, session={"looking_up": 1}),
        "lookup list": Form("", page("lookup_found"), {"x": ""}, session={"looking_up": 1}),
        "kiosk lookup": Form(
            "", page("kiosk_lookup"),
            {"named": "Nguyễn Văn An", "email": "an@example.vn", "asked": "", "code": ""},
        ),
        "join": Form("an", page("join"), {"reference": asked.reference}),
        "join at one press": Form("an", page("join"), {"dossier": asked.dossier_id}),
        "join code": Form("an", page("join_code"), {"code": "123456"}, session={"joining": 1}),
        "start": Form(
            "an", page("file_start", "1.000001") + f"?cho=toi&noi={world.agency.pk}", person
        ),
        "whom": Form("an", page("file_whom", draft), {"whose": "toi", "version": "1"}),
        "case": Form("an", page("file_case", draft), {"variant": "", "version": "1"}),
        "agency": Form("an", page("file_agency", draft), {"agency": str(world.agency.pk), "version": "1"}),
        "person": Form("an", page("file_person", draft), person | {"version": "1", "back": "yes"}),
        "capacity": Form(
            "an", page("file_capacity", draft), {"capacity": "hired", "authority": "x", "version": "1"}
        ),
        "contact": Form(
            "an", page("file_contact", draft),
            {
                "phone": "0905000001", "email": "an@example.vn", "address": "Buôn Ma Thuột",
                "version": "1", "later": "",
            },
        ),
        "form": Form("an", page("file_form", draft, 1), {"purpose": "Xin cấp", "version": "1"}),
        "papers": Form(
            "an", page("file_papers", draft),
            {"note-proxy": "", "note-paper": "x", "remove": "", "version": "1", "go_on": ""}, ("file-paper",),
        ),
        "pages": Form(
            "an", page("file_pages", draft, "paper"),
            {"up": "x.1", "down": "", "turn": "", "drop": "", "use": ""}, ("files", "camera"),
        ),
        "delivery": Form(
            "an", page("file_delivery", draft),
            {"delivery": "postal", "postal_address": "Buôn Ma Thuột", "version": "1"},
        ),
        "check": Form(
            "an", page("file_check", draft),
            {"declared": "on", "consented": "on", "words": CONSENT, "version": "1", "without_pages": "on"},
        ),
        "section of the supplement": Form(
            "an", page("supplement_form", asked.dossier_id, 1), {"purpose": "Xin cấp", "go_on": ""}
        ),
        "paper of the supplement": Form(
            "an", page("supplement_paper", asked.dossier_id, "paper"),
            {"remove": "", "note-paper": "", "go_on": ""}, ("file-paper",),
        ),
        "supplement": Form(
            "an", page("supplement_check", asked.dossier_id),
            {"version": str(asked.version), "seen": "", "without_pages": "on"},
        ),
        "pages of the supplement": Form(
            "an", page("supplement_pages", asked.dossier_id, "paper"), {"turn": "x.1", "add": ""}, ("files",)
        ),
        "withdraw": Form(
            "an", page("withdraw", going.dossier_id), {"reason": "Thôi", "version": str(going.version)}
        ),
        "message": Form("an", page("thread", asked.dossier_id), {"text": "Khi nào có kết quả?"}),
        "language": Form("", reverse("set_language"), {"language": "en", "next": "/"}),
        "mandate": Form(
            "an", page("new_mandate"),
            {
                "name": "Trần Văn Hải", "number": "066090000044", "scope": "some", "procedures": "1.000001",
                "since": "04/03/2024", "until": "04/03/2025", "password": PASSWORD, "kept": "",
            },
            ("paper",),
        ),
        "own mandate": Form("an", page("mandate", site.there.mandate_id), {"act": "end"}),
        "organisation": Form(
            "an", page("new_organisation"),
            {
                "name": "Hợp tác xã Sen", "number_kind": "tax_code", "number": "6001234575",
                "address": "12 Lê Duẩn", "phone": "", "email": "", "represents": "on",
            },
        ),
        "organisation contacts": Form(
            "an", page("organisation_contacts", site.there.organisation_id),
            {"address": "15 Lê Duẩn", "phone": "", "email": ""},
        ),
        "organisation mailbox": Form(
            "an", page("organisation_mailbox", site.there.organisation_id), {"code": "000000"}
        ),
        "invitation": Form(
            "an", page("invite_member", site.there.organisation_id),
            {"name": "Trần Văn Hải", "number": "066090000044", "role": "viewer"},
        ),
        "member": Form(
            "an", page("member", site.there.organisation_id, site.there.membership_id),
            {"act": "role", "role": "owner"},
        ),
        "leave": Form("an", page("leave_organisation", site.there.organisation_id), {"x": ""}),
    }  # fmt: skip


def _desk_forms(site: Site) -> dict[str, Form]:
    world = site.there.world
    intake = {
        "action": "accept", "request_key": "0" * 32, "version_id": str(world.version.pk),
        "channel": "postal", "agency": str(world.agency.pk), "personal_id": "066090000001",
        "name": "Nguyễn Văn An", "date_of_birth": "15/03/1990", "phone": "0905000001",
        "email": "an@example.vn", "address": "Buôn Ma Thuột", "submitter_name": "", "procedure_text": "",
        "variant": "", "delivery": "postal", "delivery_address": "", "postal_number": "E1", "note": "",
        "f_purpose": "Xin cấp", "paper_key_0": "form", "brought_0": "on", "originals_0": "1",
        "copies_0": "0", "paper_note_0": "", "paper_key_1": "paper", "brought_1": "on",
        "originals_1": "1", "copies_1": "0", "paper_note_1": "x",
        "twice": f"066090000001:{world.version.procedure.code}",  # an has one open: said to be right
    }  # fmt: skip
    look = {"action": "look", "procedure_text": "giay phep", "pick": "", "personal_id": "066090000001"}
    given = OutboxMessage.objects.filter(account=world.people["dung"], key="desk.assigned").latest("id")

    def page(name: str) -> str:
        return reverse(f"desk:{name}")

    return {
        "desk log in": Form("", page("log_in"), {"username": "chi", "password": PASSWORD, "next": ""}),
        "desk log out": Form("chi", page("log_out"), {"x": ""}),
        "password": Form(
            "chi", page("change_password"),
            {"current": PASSWORD, "new": PASSWORD + "1", "again": PASSWORD + "1"},
        ),
        "email at the desk": Form(
            "chi", page("change_email"), {"email": "moi@example.vn", "password": PASSWORD}
        ),
        "email code at the desk": Form(
            "chi", page("confirm_email_change"), {"code": "123456"},
            session={"changing": {"email": "moi@example.vn"}},
        ),
        "phone at the desk": Form(
            "chi", page("change_phone"), {"phone": "0905000077", "password": PASSWORD}
        ),
        "forgotten at the desk": Form("", page("forgotten"), {"username": "chi"}),
        "reset at the desk": Form(
            "", page("reset"), {"code": "123456", "new": PASSWORD, "again": PASSWORD},
            session={"resetting_officer": "chi"},
        ),
        "notices at the desk": Form("chi", page("own_notices"), {"topics": "work", "language": "vi"}),
        "devices at the desk": Form("chi", page("end_device"), {"login": "1"}),
        "one read": Form("dung", page("inbox_read"), {"message": str(given.pk)}),
        "all read": Form("chi", page("inbox_read"), {"all": "1", "newest": "1"}),
        "search": Form("chi", page("search"), {"asked": "nguyen"}),
        "intake": Form("chi", page("intake"), intake),
        "look up": Form("chi", page("intake"), look),
        "absence": Form(
            "lan", page("absences"),
            {
                "officer": str(world.people["dung"].pk), "substitute": str(world.people["em"].pk),
                "first_day": "2044-12-01", "last_day": "2044-12-02", "reason": "Nghỉ phép",
            },
        ),
        "declare outage": Form(
            "hanh", page("incidents"),
            {
                "place": f"desk-{world.units[UnitKind.DESK].pk}",
                "began_at_day": "04/03/2024", "began_at_time": "08:00", "what": "Hỏng",
            },
        ),
        "report at the desk": Form(
            "chi", page("report"),
            {"kind": "outage", "what": "Trang trắng", "page": "Nhận hồ sơ", "contact": "0905 000 001"},
        ),
        "end outage": Form(
            "hanh", reverse("desk:incident", args=[site.there.incident_id]),
            typed_at("ended_at", short_moment(world.now)) | {"remedy": "Xong"},
        ),
        "officers": Form("admin", page("officers"), {"asked": "chi"}),
        "new officer": Form(
            "admin", page("new_officer"),
            {"full_name": "Lê Em", "username": "em", "email": "em@example.vn", "phone": ""},
        ),
    } | _newer_desk_forms(site)  # fmt: skip


def _newer_desk_forms(site: Site) -> dict[str, Form]:
    """Lists, several at once, the return desk, notes, and administration."""
    version, ids = str(site.there.world.version.pk), site.there.ids()
    to_approve, to_return = site.there.stages[Verb.APPROVE], site.there.stages[Verb.RETURN_RESULT]
    pick = f"{to_approve.dossier_id}:{to_approve.version}"

    def page(name: str, *params: str) -> str:
        return reverse(f"desk:{name}", args=[ids.get(each, each) for each in params])

    card = {"personal_id": "066090000001", "name": "An", "date_of_birth": "15/03/1990"}
    post = {"username": "em", "unit_id": ids["unit_id"], "role": "unit_head", "valid_from": "04/03/2024"}
    return {
        "identity": Form("chi", page("identity"), card | {"action": "ask"}),
        "identity code": Form(
            "chi", page("identity"), card | {"action": "confirm", "read_out": "123456", "seen": "on"}
        ),
        "keep list": Form("chi", page("keep_list", "slug"), {"name": "Trễ", "query": "loc=1&han=late"}),
        "export": Form("chi", page("ask_for_export", "slug"), {"query": "loc=1&han=late"}),
        "stop export": Form("chi", page("stop_export", "export_id"), {"x": ""}),
        "export again": Form("chi", page("export_again", "export_id"), {"x": ""}),
        "several": Form(
            "hanh", page("approve_several"),
            {"pick": pick, f"what_{to_approve.dossier_id}": "approve", "note": "x"},
        ),
        "scan": Form("chi", page("return_scan"), {"number": str(to_return.code)}),
        "note": Form("chi", page("add_note", "dossier_id"), {"text": "Đã gọi"}),
        "answer": Form("chi", page("answer_message", "dossier_id"), {"text": "Thứ Tư ạ", "seen": "1"}),
        "settle": Form("chi", page("answer_message", "dossier_id"), {"settle": "1", "seen": "1"}),
        "keys": Form("chi", page("keys"), {"keys": "off"}),
        "sheet": Form(
            "chi", page("bundle_sheet", "kind"),
            {"bundle_key": "0" * 32, "lines": "1", "version_id": version, "delivery": "counter",
             "key_0": "1" * 32, "personal_id_0": "066090000101", "name_0": "Lê Thị Bình",
             "all_papers_0": "on", "action": "accept"},
        ),
        "paste": Form(
            "chi", page("bundle_sheet", "kind"),
            {"lines": "1", "version_id": version, "list": "066090000101; Bình", "action": "paste"},
        ),
        "still looking": Form("chi", page("looking", "dossier_id", "page"), {"shown": "Dung 08:00:00"}),
        "words": Form(
            "admin", page("province_words"),
            {"seen": "0", "header": "UBND tỉnh", "closing": "Trân trọng", "header_english": "",
             "closing_english": "", "hotline": "1022", "why": "CV 12", "write": "1"},
        ),
        "reword": Form(
            "admin", "/noi-bo/quan-tri/mau-thu-phieu/thu/dossier.withdrawn/viet-lai/",
            {"seen": "0", "looked_at": fingerprint(WITHDRAWN), **asdict(WITHDRAWN), "why": "CV 12",
             "write": "1"},
        ),
        "appoint": Form("admin", page("appoint", "agency_id"), post | {"valid_to": ""}),
        "relieve": Form("admin", page("relieve", "position_id"), {"last_day": "04/03/2030"}),
        "new agency": Form(
            "admin", page("new_agency"),
            {"name": "Xã Thử", "kind": "commune_committee", "level": "commune", "code": "", "parent_id": "",
             "address": "", "valid_from": ""},
        ),
        "change agency": Form(
            "admin", page("change_agency", "agency_id"), {"name": "Sở mới", "address": ""}
        ),
        "end agency": Form(
            "admin", page("end_agency", "agency_id"), {"last_day": "01/12/2044", "successor_id": ""}
        ),
        "end unit": Form("admin", page("end_unit", "unit_id"), {"last_day": "01/12/2044"}),
        "new unit": Form("admin", page("new_unit", "agency_id"), {"name": "Phòng", "kind": "division"}),
        "rename unit": Form("admin", page("rename_unit", "unit_id"), {"name": "Phòng Hộ tịch"}),
        "close": Form(
            "admin", page("new_closure", "agency_id"),
            {"first_day": "2024-12-02", "last_day": "", "from_hour": "13:30", "to_hour": "17:30",
             "reason": "Tránh bão", "source": "TB 45", "seen": f"{site.there.closure_id}.0", "save": "1"},
        ),
        "look at closure": Form(
            "admin", page("new_closure", "agency_id"),
            {"first_day": "2024-12-02", "last_day": "2024-12-03", "from_hour": "", "to_hour": "",
             "reason": "Tránh bão", "source": "TB 45", "seen": "", "after": "WzEsMl0="},
        ),
        "open again": Form("admin", page("withdraw_closure", "closure_id"), {"x": ""}),
        "new reason": Form(
            "admin", page("new_reason"), {"verb": "stop", "title": "Thiếu", "text": "Thiếu giấy"}
        ),
        "change reason": Form(
            "admin", page("reason", "template_id"), {"version": "1", "title": "Thiếu", "text": "Thiếu giấy"}
        ),
        "drop reason": Form("admin", page("drop_reason", "template_id"), {"version": "1"}),
        "give notice": Form(
            "admin", page("new_notice"),
            {"kind": "stop", "title": "Tạm ngừng", "body": "Tối nay",
             "shown_from_day": "", "shown_from_time": "", "shown_to_day": "09/03/2044",
             "shown_to_time": "22:00", "title_english": "", "body_english": "", "give": "1"},
        ),
        "end notice": Form("admin", page("end_notice", "notice_id"), {"x": ""}),
        "change officer": Form(
            "admin", page("change_officer", "account_id"),
            {"full_name": "Lê Văn Dũng", "phone": "0905000078", "email": "dung@example.vn",
             "initial-full_name": "", "initial-phone": "", "initial-email": ""},
        ),
        "design e-form": Form(
            "khoa", page("eform_design", "code"), {"lines": "# Phần\nHọ và tên | chữ", "tai": "1"}
        ),
        "block": Form("admin", page("account_act", "account_id", "khoa"), {"x": ""}),
    } | _office_forms(site)  # fmt: skip


def _office_forms(site: Site) -> dict[str, Form]:
    """The catalogue and what is administered of agencies."""
    world, ids = site.there.world, site.there.ids()
    ward = Agency.objects.get(key="phuong")
    ward_unit = ward.units.get(kind=UnitKind.DIVISION.value).pk
    today, code, agency = f"{world.now:%d/%m/%Y}", ids["code"], ids["agency_id"]

    def page(name: str, *params: str) -> str:
        return reverse(f"desk:{name}", args=[ids.get(each, each) for each in params])

    open_on = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "07:30–11:30")
    hours = open_on | {"saturday": "", "sunday": "", "first_day": "02/12/2024", "source": "TB 45"}
    return {
        "duties of officers": Form(
            "chi", page("acknowledge_terms"), {"version": "DL24/2024-01-29", "next": "/noi-bo/"}
        ),
        "give post": Form(
            "admin", page("give_post", "account_id") + f"?co_quan={agency}",
            {"unit_id": ids["unit_id"], "role": "unit_head", "valid_from": today, "valid_to": ""},
        ),
        "code of agency": Form(
            "admin", page("identify_agency", "agency_id"), {"code": world.agency.code, "parent_id": ""}
        ),
        "keep agency": Form("admin", page("keep_agency", "agency_id"), {"x": ""}),
        "keep unit": Form("admin", page("keep_unit", "unit_id"), {"x": ""}),
        "add competence": Form(
            "admin", reverse("desk:add_competence", args=[ward.pk]) + "?q=000009",
            {"code": "1.000009", "unit_id": str(ward_unit)},
        ),
        "copy competences": Form(
            "admin", reverse("desk:copy_competences", args=[ward.pk]), {"like_id": agency}
        ),
        "look at promise": Form(
            "admin", page("new_promise", "agency_id") + f"?ma={code}",
            {"limit": "2", "valid_from": today, "decision": "TB 12", "preview": "1", "seen": ""},
        ),
        "look at hours": Form("admin", page("new_hours", "agency_id"), hours | {"after": "WzEsMl0="}),
        "publish hours": Form("admin", page("new_hours", "agency_id"), hours | {"save": "1"}),
        "announce procedures": Form(
            "khoa", page("new_announcement"),
            {
                "number": "8/QĐ-UBND", "title": "Công bố", "signer": "Chủ tịch", "signed_on": today,
                "effective_on": today, "lead_agency": agency, "new": "", "changed": code, "abolished": "",
            },
        ),
        "decide what is online": Form(
            "admin", page("new_online_decision"),
            {"number": "40/QĐ", "signer": "Chủ tịch", "signed_on": today, "effective_on": today, "p1": ""},
        ),
        "review": Form("khoa", page("review", "agency_id"), {"note": "Đã rà soát"}),
        "propose": Form(
            "khoa", page("propose", "agency_id", "code"),
            {
                "level": "partial", "service_kind": "administrative", "year": str(world.now.year + 1),
                "reason": "Nhiều hồ sơ",
            },
        ),
        "begin process": Form("khoa", page("processes"), {"code": code, "agency": agency}),
        "put up form": Form(
            "admin", page("paper_forms", "code", "component"),
            {"title": "Tờ khai", "source": "Thông tư số 4/2024/TT-BTP", "seen": ""}, ("file",),
        ),
        "publish item": Form(
            "khoa", page("new_item"),
            {"kind": "evaluation", "agency": agency, "title": "Quý I", "body": "98%", "source": "CV 1"},
        ),
        "add contact": Form(
            "admin", page("contacts", "agency_id"),
            {"name": "Một cửa", "duty": "Hướng dẫn", "phone": "0900000001", "email": ""},
        ),
    }  # fmt: skip


def _verb_form(site: Site, verb: Verb) -> Form:
    act, world = site.there.stages[verb], site.there.world
    tasks = world.state(act).tasks
    fitting = [task.key for task in tasks if task.kind in STEP_KINDS.get(verb, {task.kind})]
    common = {"version": str(act.version), "task_key": fitting[0] if fitting else ""}
    with_file = (
        Verb.ISSUE_RESULT,
        Verb.ANSWER,
        Verb.RECORD_VERIFICATION,
        Verb.ATTACH_DOCUMENT,
        Verb.STOP,
        Verb.CORRECT,
    )
    files = ("upload",) if verb in with_file else ()
    good = common | scenery.good_answers(verb, world) | ({"kept": ""} if files else {})
    return Form(DOERS.get(verb, "chi"), scenery.verb_address(act, verb), good, files)


PORTAL = (
    "register", "terms", "confirm", "kiosk", "again", "log in", "log out", "forgotten", "reset", "start",
    "reset again",
    "whom", "case", "agency", "person", "capacity", "contact", "form", "papers", "check", "supplement",
    "withdraw", "language", "own details", "own password",
    "own email", "email code", "own phone", "phone code", "closing", "closing code", "own notices",
    "own sharing", "one device",
    "all devices", "message", "mandate", "own mandate", "organisation", "organisation contacts",
    "organisation mailbox", "invitation", "member", "leave",
    "pages",
    "pages of the supplement", "section of the supplement", "paper of the supplement",
    "delivery", "report", "lookup", "lookup code", "lookup list", "kiosk lookup", "join",
    "join at one press", "join code",
)  # fmt: skip
DESK = (
    *("desk log in", "desk log out", "password", "search", "intake", "look up", "absence"),
    *("officers", "new officer", "declare outage", "end outage", "report at the desk"),
    *(
        "keep list",
        "export",
        "several",
        "scan",
        "note",
        "answer",
        "settle",
        "keys",
        "appoint",
        "relieve",
        "new agency",
        "change agency",
    ),
    *("new unit", "rename unit", "block", "close", "look at closure", "open again"),
    *("new reason", "change reason", "drop reason", "give notice", "end notice"),
    *("sheet", "paste", "still looking", "words", "reword", "identity", "identity code"),
    *("email at the desk", "email code at the desk", "notices at the desk", "devices at the desk"),
    *("phone at the desk", "forgotten at the desk", "reset at the desk", "change officer"),
    *("end agency", "end unit", "stop export", "export again"),
    *("duties of officers", "give post", "code of agency", "keep agency", "keep unit"),
    *("add competence", "copy competences", "look at promise", "look at hours", "publish hours"),
    *("announce procedures", "decide what is online", "review", "propose", "begin process"),
    *("put up form", "publish item", "add contact"),
    *("one read", "all read", "design e-form"),
)
FORMS = (*PORTAL, *DESK, *(f"verb {verb.value}" for verb in VERBS_WITH_PAGES))


def form_named(site: Site, name: str) -> Form:
    if name.startswith("verb "):
        return _verb_form(site, Verb(name.removeprefix("verb ")))
    return _portal_forms(site)[name] if name in PORTAL else _desk_forms(site)[name]


def send(site: Site, form: Form, typed: Mapping[str, Any], **files: Any) -> Any:
    """Send the form as a browser does; the answer. Everything is taken back afterwards."""
    client = site.clients[form.who]
    with site.untouched():
        if form.session:
            session = client.session
            session.update(form.session)
            session.save()
            client.cookies["motcua_session"] = session.session_key
        if form.files:
            answer = client.post(form.path, {**typed, **files})
        else:
            body = urlencode(list(typed.items()), doseq=True)
            answer = client.post(form.path, body, content_type="application/x-www-form-urlencoded")
        stands(answer)
        return answer


_NO_FIELD = "has no field: one press on a thing of the address, of which the scenery has none"
_NO_THING = "fills in a thing of which the scenery has none"
# Routes that take a POST and are not among `FORMS`, each with the reason.
NOT_PLAYED: dict[str, str] = {
    "desk:leave": "is told by a page that was closed",
    "portal:tracking": "turns a number that was sent into its address, which hostile addresses play",
    **dict.fromkeys(
        (
            *("desk:withdraw_hours", "desk:send_again", "desk:retry_job", "desk:end_absence"),
            *("desk:send_now", "desk:send_all_now"),
            *("desk:withdraw_proposal", "desk:submit_process", "desk:approve_process", "desk:drop_process"),
            *("desk:drop_form", "desk:withdraw_item", "desk:drop_contact", "desk:drop_list"),
            "desk:withdraw_upgrade",
            *("desk:end_promise", "desk:drop_competence"),
        ),
        _NO_FIELD,
    ),
    **dict.fromkeys(
        (
            *("desk:new_upgrade", "desk:propose_upgrade", "desk:decide_upgrade", "desk:deploy_upgrade"),
            *("desk:review_upgrade", "desk:answer_upgrade"),
        ),
        "is played under the regulations that speak of it, where `test_hostile_upgrades.py` plays it",
    ),
    **dict.fromkeys(
        (
            *("desk:duty", "desk:assess_proposal", "desk:change_proposal", "desk:return_process"),
            *("desk:process_steps", "desk:item", "desk:apologise", "desk:urge", "portal:invitation"),
            *("desk:urge_dossiers", "desk:give_dossiers"),
        ),
        _NO_THING,
    ),
}
