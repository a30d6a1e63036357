"""Every route of both faces: who looks at it and how its address is made, or why it answers no page.

A new route needs one line here; without it `test_registry.py` fails and prints the line. See
docs/howto/new-page.md. The same registry drives the checks of the answer (`test_answers.py`), those in the
browser (`tests/browser/test_routes.py`) and the times that `make bench` prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from django.urls import URLPattern, URLResolver, get_resolver, reverse

Things = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at one route.

    `who` is a person of the place, empty for anybody. `given` holds for each part of the address the name of
    a thing of the place (`place.py`); what is no such name is taken as it is written, as slugs are. `query`
    may name things in braces. `session` says what the page finds in the session, as names of things.
    """

    route: str
    who: str = ""
    query: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    session: Mapping[str, str] = field(default_factory=dict)

    @property
    def face(self) -> str:
        return self.route.partition(":")[0]

    @property
    def title(self) -> str:
        return " ".join([self.route, *self.given.values(), *([f"as {self.who}"] if self.who else [])])

    def address(self, things: Things) -> str:
        parts = {part: things.get(name, name) for part, name in self.given.items()}
        query = self.query.format_map({name: quote(str(value)) for name, value in things.items()})
        return reverse(self.route, kwargs=parts) + query


def page(
    route: str, who: str = "", *, query: str = "", session: Mapping[str, str] | None = None, **given: str
) -> Visit:
    return Visit(route, who, query, given, session or {})


BEGUN = "0199aaaa000070008000000000000001"  # a beginning of a filing, as its address names it

PORTAL = (
    page("portal:home"),
    page("portal:procedures"),
    page("portal:procedures", query="?q=khai+sinh"),
    page("portal:sector", slug="ho-tich"),
    page("portal:sheet", code="procedure"),
    page("portal:sheet_agency", code="procedure"),
    page("portal:sheet_agency", query="?kenh=counter&tim=ea", code="procedure"),
    page("portal:questions", code="procedure"),
    page("portal:life_event", slug="sinh-con"),
    page("portal:agencies"),
    page("portal:agency", agency_id="agency"),
    page("portal:tracking"),
    page("portal:track", code="late_code"),
    page("portal:track", code="code"),
    page("portal:kiosk"),
    page("portal:lookup"),
    page("portal:lookup_code", session={"looking_up": "code_asked"}),
    page("portal:lookup_found", session={"looking_up": "looked_up"}),
    page("portal:kiosk_lookup"),
    page("portal:register"),
    page("portal:confirm", session={"confirming": "confirming"}),
    page("portal:log_in"),
    page("portal:forgotten"),
    page("portal:reset", session={"resetting": "email"}),
    page("portal:public_information"),
    page("portal:information", slug="dich-vu-cong"),
    page("portal:information", slug="thoi-han"),
    page("portal:information", slug="phi-le-phi"),
    page("portal:information", slug="huong-dan"),
    page("portal:information", slug="thong-bao"),
    page("portal:information", slug="so-lieu"),
    page("portal:information", slug="phan-anh-kien-nghi"),
    page("portal:information", slug="lien-he-co-quan"),
    page("portal:information", slug="duong-day-nong"),
    page("portal:information", slug="thanh-toan"),
    page("portal:information", slug="buu-chinh-cong-ich"),
    page("portal:information", slug="van-ban-xin-loi"),
    page("portal:information", slug="danh-muc-truc-tuyen"),
    page("portal:information", slug="danh-gia"),
    page("portal:information", slug="quy-trinh"),
    page("portal:help"),
    page("portal:guide"),
    page("portal:contact"),
    page("portal:terms"),
    page("portal:site_map"),
    page("portal:accessibility"),
    page("portal:privacy"),
    page("portal:file_start", "an", query="?lan=" + BEGUN, code="procedure"),
    page("portal:file_start", "an", query="?cho=toi&lan=" + BEGUN, code="procedure"),
    page("portal:file_tasks", "an", dossier_id="draft"),
    page("portal:file_start", "an", query="?cho=toi&noi={agency}&lan=" + BEGUN, code="procedure"),
    page("portal:file_whom", "an", dossier_id="draft"),
    page("portal:file_case", "an", dossier_id="draft_with_cases"),
    page("portal:file_agency", "an", dossier_id="draft"),
    page("portal:file_person", "an", dossier_id="draft"),
    page("portal:file_person", "an", query="?loi=1", dossier_id="draft_for_another"),
    page("portal:file_capacity", "an", dossier_id="draft_for_another"),
    page("portal:file_contact", "an", dossier_id="draft"),
    page("portal:file_form", "an", dossier_id="draft", number="1"),
    page("portal:file_papers", "an", dossier_id="draft"),
    page("portal:file_pages", "an", dossier_id="draft", key="own_paper"),
    page("portal:file_delivery", "an", dossier_id="draft"),
    page("portal:file_check", "an", dossier_id="draft"),
    page("portal:file_sent", "an", dossier_id="accepted"),
    page("portal:own_dossiers", "an"),
    page("portal:own_dossier", "an", dossier_id="asked"),
    page("portal:own_dossier", "an", dossier_id="returned"),
    page("portal:join", "an"),
    page("portal:join_code", "an", session={"joining": "code_asked"}),
    page("portal:supplement", "an", dossier_id="asked"),
    page("portal:supplement_form", "an", dossier_id="asked", number="1"),
    page("portal:supplement_paper", "an", dossier_id="asked", key="own_paper"),
    page("portal:supplement_check", "an", dossier_id="asked"),
    page("portal:supplement_sent", "an", dossier_id="supplemented", number="1"),
    page("portal:supplement_pages", "an", dossier_id="asked", key="own_paper"),
    page("portal:withdraw", "an", dossier_id="accepted"),
    page("portal:thread", "an", dossier_id="accepted"),
    page("portal:inbox", "an"),
    page("portal:message", "an", message_id="letter"),
    page("portal:acknowledge_terms", "an"),
    page("portal:own_account", "an"),
    page("portal:own_details", "an"),
    page("portal:change_email", "an"),
    page("portal:confirm_email_change", "an", session={"changing": "changing"}),
    page("portal:change_phone", "an"),
    page("portal:confirm_phone_change", "an", session={"changing": "changing"}),
    page("portal:change_password", "an"),
    page("portal:own_notices", "an"),
    page("portal:own_data", "an"),
    page("portal:own_sharing", "an"),
    page("portal:devices", "an"),
    page("portal:mandates", "an"),
    page("portal:new_mandate", "an"),
    page("portal:new_mandate", "an", query="?thu-tuc={procedure}&tim=dang+ky"),
    page("portal:mandate", "an", mandate_id="mandate"),
    page("portal:mandate", "an", mandate_id="offered"),
    page("portal:organisations", "an"),
    page("portal:new_organisation", "an"),
    page("portal:organisation", "an", organisation_id="company"),
    page("portal:organisation", "binh", organisation_id="company"),
    page("portal:invite_member", "an", organisation_id="company"),
    page("portal:member", "an", organisation_id="company", membership_id="filer"),
    page("portal:leave_organisation", "binh", organisation_id="company"),
    page("portal:invitation", "an", membership_id="invited"),
)

# Chi receives, Lâm heads the unit, Dũng settles, Hạnh decides, Khoa is the clerk; Oanh heads the office that
# is asked for its opinion; Trí administers the province and Giang has no post.
DESK = (
    page("desk:log_in"),
    page("desk:home", "giang"),
    page("desk:forgotten"),
    page("desk:reset", session={"resetting_officer": "username"}),
    page("desk:change_password", "chi"),
    page("desk:acknowledge_terms", "chi"),
    page("desk:keys", "chi"),
    page("desk:inbox", "oanh"),
    page("desk:inbox_message", "oanh", message_id="word"),
    page("desk:own_account", "dung"),
    page("desk:change_email", "dung"),
    page("desk:confirm_email_change", "dung", session={"changing": "changing"}),
    page("desk:change_phone", "dung"),
    page("desk:own_notices", "dung"),
    page("desk:devices", "dung"),
    page("desk:search", "chi"),
    page("desk:search", "chi", query="?lan=tim", session={"desk_searches": "searches"}),
    page("desk:intake", "chi"),
    page("desk:registered", "chi", dossier_id="accepted"),
    page("desk:identity", "chi"),
    page("desk:dossier", "chi", dossier_id="registered"),
    page("desk:dossier", "dung", dossier_id="in_work"),
    page("desk:dossier", "hanh", dossier_id="proposed"),
    page("desk:dossier", "chi", dossier_id="returned"),
    page("desk:papers", "chi", dossier_id="registered"),
    page("desk:dossier", "chi", query="?giay={paper}", dossier_id="registered"),
    page("desk:dossier", "chi", query="?muc=thu-bao", dossier_id="returned"),
    page("desk:history", "chi", query="?muc=thu-bao", dossier_id="returned"),
    page("desk:incidents", "tri"),
    page("desk:incident", "tri", incident_id="incident"),
    page("desk:register", "chi", query="?desk={desk}&first={first_day}&last={last_day}"),
    page("desk:verb", "chi", dossier_id="registered", slug="tiep-nhan"),
    page("desk:verb", "chi", dossier_id="registered", slug="yeu-cau-bo-sung"),
    page("desk:verb", "chi", dossier_id="registered", slug="tu-choi-tiep-nhan"),
    page("desk:verb", "chi", dossier_id="registered", slug="chuyen-co-quan"),
    page("desk:verb", "chi", dossier_id="asked", slug="nhan-bo-sung"),
    page("desk:verb", "chi", dossier_id="accepted", slug="chuyen-xu-ly"),
    page("desk:verb", "chi", dossier_id="without_receipt", slug="lap-giay-tiep-nhan"),
    page("desk:verb", "chi", dossier_id="accepted", slug="dinh-chinh"),
    page("desk:verb", "chi", dossier_id="ready", slug="tra-ket-qua"),
    page("desk:verb", "lam", dossier_id="unassigned", slug="phan-cong"),
    page("desk:verb", "dung", dossier_id="in_work", slug="trinh-duyet"),
    page("desk:verb", "dung", dossier_id="in_work", slug="lay-y-kien"),
    page("desk:verb", "dung", dossier_id="in_work", slug="ghi-xac-minh"),
    page("desk:verb", "dung", dossier_id="in_work", slug="them-tai-lieu"),
    page("desk:verb", "hanh", dossier_id="proposed", slug="phe-duyet"),
    page("desk:verb", "hanh", dossier_id="to_refuse", slug="tu-choi-giai-quyet"),
    page("desk:verb", "hanh", dossier_id="proposed", slug="tra-lai-buoc-truoc"),
    page("desk:verb", "hanh", dossier_id="in_work", slug="xin-loi-hen-lai"),
    page("desk:verb", "chi", dossier_id="ready", slug="moi-den"),
    page("desk:verb", "chi", dossier_id="accepted", slug="rut-ho-so"),
    page("desk:verb", "chi", dossier_id="unassigned", slug="dung-giai-quyet"),
    page("desk:verb", "dung", dossier_id="with_part", slug="hoan-thanh-buoc"),
    page("desk:verb", "dung", dossier_id="in_work", slug="len-lich-xac-minh"),
    page("desk:verb", "dung", dossier_id="in_work", slug="cho-nghia-vu-tai-chinh"),
    page("desk:verb", "hanh", dossier_id="in_work", slug="giao-nguoi-khac"),
    page("desk:verb", "dung", dossier_id="with_part", slug="giao-phoi-hop"),
    page("desk:verb", "chi", dossier_id="consulted", slug="nhac-tra-loi"),
    page("desk:verb", "oanh", dossier_id="consulted", slug="cho-y-kien"),
    page("desk:verb", "hanh", dossier_id="held", slug="dong-y-yeu-cau-bo-sung"),
    page("desk:verb", "hanh", dossier_id="held", slug="tra-lai-yeu-cau-bo-sung"),
    page("desk:verb", "chi", dossier_id="paused", slug="tinh-tiep-thoi-han"),
    page("desk:verb", "chi", dossier_id="decided", slug="ban-hanh-ket-qua"),
    page("desk:verb", "chi", dossier_id="issued", slug="bao-co-ket-qua"),
    page("desk:verb", "chi", dossier_id="ready", slug="chua-den-nhan"),
    page("desk:verb", "chi", dossier_id="returned", slug="ket-thuc"),
    page("desk:approve_several", "hanh", query="?ho-so={proposed}&ho-so={to_refuse}&ho-so={held}"),
    page("desk:several_done", "hanh", session={"desk_outcomes": "outcomes"}),
    page("desk:worklist", "chi", slug="viec-cua-don-vi"),
    page("desk:worklist", "dung", slug="viec-cua-toi"),
    page("desk:worklist", "hanh", slug="phe-duyet"),
    page("desk:worklist", "hanh", slug="can-don-doc"),
    page("desk:worklist", "chi", slug="tra-ket-qua"),
    page("desk:worklist", "chi", slug="cho-bo-sung"),
    page("desk:worklist", "chi", slug="tin-nhan"),
    page("desk:worklist", "chi", slug="da-xong"),
    page("desk:export", "chi", export_id="export"),
    page("desk:absences", "lam"),
    page("desk:closures", "tri"),
    page("desk:agency_closures", "lam", agency_id="agency"),
    page("desk:new_closure", "tri", agency_id="agency"),
    page("desk:closure", "tri", closure_id="closure"),
    page("desk:closure", "hanh", closure_id="closure_near"),
    page("desk:apologise", "hanh", query="?ho-so={touched}", closure_id="closure_near"),
    page("desk:apologies_sent", "hanh", closure_id="closure", session={"desk_apologies": "outcomes"}),
    page("desk:officers", "tri"),
    page("desk:officers", "tri", query="?co_quan={agency}&vai_tro=receiver"),
    page("desk:new_officer", "tri"),
    page("desk:give_post", "tri", query="?co_quan={agency}", account_id="officer"),
    page("desk:officer", "tri", account_id="officer"),
    page("desk:account_act", "tri", account_id="officer", slug="mat-khau"),
    page("desk:change_officer", "tri", account_id="officer"),
    page("desk:agencies", "tri"),
    page("desk:new_agency", "tri"),
    page("desk:agency", "tri", agency_id="agency"),
    page("desk:change_agency", "tri", agency_id="agency"),
    page("desk:end_agency", "tri", query="?last_day={last_day}&successor_id=", agency_id="agency"),
    page("desk:end_unit", "tri", unit_id="desk"),
    page("desk:new_unit", "tri", agency_id="agency"),
    page("desk:appoint", "tri", agency_id="agency"),
    page("desk:rename_unit", "tri", unit_id="desk"),
    page("desk:relieve", "tri", position_id="position"),
    page("desk:reasons", "tri"),
    page("desk:new_reason", "tri"),
    page("desk:reason", "tri", template_id="reason"),
    page("desk:notices", "tri"),
    page("desk:new_notice", "tri"),
    page("desk:outbox", "tri"),
    page("desk:message", "tri", message_id="outgoing"),
    page("desk:jobs", "tri"),
    page("desk:extracts", "tri"),
    page("desk:health", "tri"),
    page("desk:acts", "tri"),
    page("desk:regulation", "tri"),
    page("desk:one_regulation", "tri", short_name="DL24"),
    page("desk:compare", "tri", query="?quy-che=DL24&quy-che=QN20"),
    page("desk:under", "chi", query="?ma={code}&theo=KT22"),
    page("desk:roles", "tri"),
    page("desk:guide", "chi"),
    page("desk:guide", "chi", query="?q=su+co"),
    page("desk:watch", "tri"),
    page("desk:watch", "hanh"),
    page("desk:urge", "tri", agency_id="agency"),
    page("desk:competences", "tri", agency_id="agency"),
    page("desk:add_competence", "tri", query="?q=khai+sinh", agency_id="agency"),
    page("desk:copy_competences", "tri", agency_id="agency"),
    page("desk:promises", "tri", agency_id="agency"),
    page("desk:new_promise", "tri", query="?q=trich+luc", agency_id="agency"),
    page("desk:new_promise", "tri", query="?ma={procedure}", agency_id="agency"),
    page("desk:end_promise", "tri", promise_id="promise"),
    page("desk:drop_competence", "tri", agency_id="agency", code="procedure"),
    page("desk:duties", "khoa"),
    page("desk:duties", "tri", query="?loc=qua-han"),
    page("desk:duty", "khoa", duty_id="duty"),
    page("desk:duty", "khoa", duty_id="duty_done"),
    page("desk:duty", "tri", duty_id="duty_seen"),
    page("desk:announcements", "khoa"),
    page("desk:new_announcement", "khoa"),
    page("desk:announcement", "khoa", announcement_id="announcement"),
    page("desk:proposals", "khoa"),
    page("desk:proposal", "tri", proposal_id="proposal"),
    page("desk:proposal", "khoa", proposal_id="returned_proposal"),
    page("desk:review", "khoa", agency_id="agency"),
    page("desk:review", "khoa", query="?nam={this_year}", agency_id="agency"),
    page("desk:propose", "khoa", agency_id="agency", code="unproposed"),
    page("desk:new_online_decision", "tri"),
    page("desk:roadmaps", "tri"),
    page("desk:processes", "khoa"),
    page("desk:process_draft", "khoa", draft_id="process_draft"),
    page("desk:process_draft", "tri", draft_id="submitted_draft"),
    page("desk:process_steps", "khoa", draft_id="process_draft"),
    page("desk:draft_of_decision", "khoa", draft_id="process_draft"),
    page("desk:blank_forms", "khoa"),
    page("desk:eforms", "khoa"),
    page("desk:eform_design", "khoa", code="procedure"),
    page("desk:procedure_forms", "khoa", code="procedure"),
    page("desk:paper_forms", "khoa", code="procedure", component="own_paper"),
    page("desk:drop_form", "khoa", form_id="blank_form"),
    page("desk:items", "khoa"),
    page("desk:new_item", "khoa"),
    page("desk:item", "khoa", item_id="item"),
    page("desk:contacts", "tri", agency_id="agency"),
    page("desk:bundle_sheet", "chi", kind="nhieu-nguoi"),
    page("desk:bundle_sheet", "chi", kind="nhieu-thu-tuc"),
    page("desk:bundles", "chi"),
    page("desk:bundle", "chi", bundle_id="visit"),
    page("desk:templates", "tri"),
    page("desk:template", "tri", letter="dossier.accepted"),
    page("desk:province_words", "tri"),
)

PAGES: tuple[Visit, ...] = (*PORTAL, *DESK)

FORM, AGAIN, FILE, MACHINE, ON = (
    "takes a form and leads on; its refusals are pages of other routes",
    "takes a form only, of a page that stands above, and shows that page again if it refuses",
    "answers with a file",
    "is read by machines",
    "always leads on to another page",
)
NO_PAGE: dict[str, str] = {
    "set_language": FORM,
    "desk:keep_agency": FORM,
    "desk:keep_unit": FORM,
    "portal:send_code_again": FORM,
    "portal:send_reset_again": FORM,
    "portal:log_out": FORM,
    "portal:end_device": FORM,
    "portal:blank_form": FILE,
    "portal:own_package": FILE,
    "portal:own_file": FILE,
    "portal:own_slip": FILE,
    "portal:own_upload": FILE,
    "portal:own_picture": FILE,
    "portal:mandate_paper": FILE,
    "portal:own_acknowledgement": FILE,
    "portal:supplement_acknowledgement": FILE,
    "portal:download_data": FILE,
    "portal:sitemap_xml": MACHINE,
    "portal:robots": MACHINE,
    "desk:log_out": FORM,
    "desk:paper": FILE,
    "desk:paper_page": FILE,
    "desk:slip": FILE,
    "desk:sent_file": FILE,
    "desk:page_picture": FILE,
    "desk:routing_slip": FILE,
    "desk:acknowledgement": FILE,
    "desk:export_file": FILE,
    "desk:extract_file": FILE,
    "desk:bundle_receipts": FILE,
    "desk:form_sample": FILE,
    "desk:looking": "is asked by a page that is open, and answers with a part of it",
    "desk:leave": "is told by a page that was closed, and answers with nothing",
    "desk:inbox_open": ON,
    "desk:inbox_read": FORM,
    "desk:end_device": FORM,
    "desk:add_note": FORM,
    "desk:answer_message": FORM,
    "desk:return_scan": FORM,
    "desk:drop_reason": FORM,
    "desk:end_notice": FORM,
    "desk:send_again": FORM,
    "desk:retry_job": FORM,
    "desk:end_absence": FORM,
    "desk:withdraw_closure": FORM,
    "desk:ask_for_export": FORM,
    "desk:keep_list": FORM,
    "desk:drop_list": FORM,
    "desk:next_dossier": ON,
    "desk:assess_proposal": AGAIN,
    "desk:change_proposal": AGAIN,
    "desk:withdraw_proposal": FORM,
    "desk:submit_process": AGAIN,
    "desk:return_process": AGAIN,
    "desk:approve_process": AGAIN,
    "desk:drop_process": FORM,
    "desk:withdraw_item": FORM,
    "desk:drop_contact": FORM,
}


def all_routes() -> dict[str, URLPattern]:
    """Every named pattern of the URLconf, as `reverse` calls it."""
    return dict(_named(get_resolver(), ""))


def _named(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _named(entry, inner)
        else:
            yield f"{prefix}{entry.name or entry.lookup_str}", entry
