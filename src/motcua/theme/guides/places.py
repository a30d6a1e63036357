"""Which section of which guide helps on which page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.theme.guides.library import Key

PORTAL: Mapping[str, str] = {
    **dict.fromkeys(("procedures", "sector", "life_event"), "tim-thu-tuc"),
    **dict.fromkeys(("sheet", "sheet_agency", "questions"), "xem-thu-tuc-can-nhung-gi"),
    **dict.fromkeys(("agencies", "agency"), "chon-cach-nop"),
    **dict.fromkeys(
        ("file_start", "file_whom", "file_case", "file_agency", "file_person", "file_contact"),
        "ghi-ho-so-cua-ai-gui-den-dau",
    ),
    "file_capacity": "nop-thay-nguoi-khac",
    **dict.fromkeys(
        (
            *("mandates", "new_mandate", "mandate", "organisations", "new_organisation", "organisation"),
            *(
                "organisation_contacts",
                "organisation_mailbox",
                "invite_member",
                "member",
                "leave_organisation",
                "invitation",
            ),
        ),
        "uy-quyen-va-to-chuc",
    ),
    "file_form": "dien-to-khai",
    "file_papers": "gui-giay-to-kem-theo",
    "file_tasks": "dung-lai-va-lam-tiep",
    "file_delivery": "chon-cach-nhan-ket-qua",
    "file_check": "xem-lai-va-gui",
    **dict.fromkeys(
        ("file_sent", "own_dossiers", "own_dossier", "tracking", "track", "inbox", "message"),
        "theo-doi-ho-so",
    ),
    **dict.fromkeys(("lookup", "lookup_code", "lookup_found"), "tim-ho-so-khi-khong-co-ma"),
    **dict.fromkeys(("join", "join_code"), "them-ho-so-da-nop-tai-quay"),
    **dict.fromkeys(
        ("supplement", "supplement_form", "supplement_paper", "supplement_check", "supplement_sent"),
        "bo-sung-ho-so",
    ),
    "withdraw": "rut-ho-so",
    "thread": "hoi-bo-phan-mot-cua",
    **dict.fromkeys(("register", "confirm"), "dang-ky-tai-khoan"),
    **dict.fromkeys(("log_in", "forgotten", "reset"), "dang-nhap-va-lay-lai-mat-khau"),
    **dict.fromkeys(
        ("own_account", "own_details", "own_notices", "own_data", "devices", "change_password"),
        "giu-an-toan-tai-khoan",
    ),
    **dict.fromkeys(
        ("change_email", "confirm_email_change", "change_phone", "confirm_phone_change"),
        "giu-an-toan-tai-khoan",
    ),
    **dict.fromkeys(("close_account", "confirm_closing", "account_closed"), "dong-tai-khoan"),
}
DESK: Mapping[str, str] = {
    **dict.fromkeys(
        ("log_in", "forgotten", "reset", "change_password", "acknowledge_terms"), "dang-nhap-lan-dau"
    ),
    "keys": "phim-tat",
    **dict.fromkeys(("inbox", "inbox_message"), "thong-bao-gui-cho-ban"),
    **dict.fromkeys(
        ("own_account", "own_notices", "devices", "change_email", "confirm_email_change", "change_phone"),
        "tai-khoan-va-thiet-bi-cua-ban",
    ),
    "search": "tim-ho-so",
    **dict.fromkeys(("intake", "registered"), "nhan-ho-so-tai-quay"),
    "identity": "doi-chieu-can-cuoc-voi-tai-khoan",
    **dict.fromkeys(("bundle_sheet", "bundles", "bundle"), "nhan-nhieu-ho-so-mot-luot"),
    **dict.fromkeys(("dossier", "papers", "history", "routing_slip"), "thu-ly-va-trinh"),
    "answer_message": "tra-loi-tin-nhan-cua-nguoi-nop",
    **dict.fromkeys(("incidents", "incident", "report"), "he-thong-co-su-co-ghi-so-giay"),
    "register": "so-theo-doi-ho-so",
    **dict.fromkeys(("urge_dossiers", "steered_done"), "ho-so-sap-tre-xin-loi-va-hen-lai"),
    "give_dossiers": "co-nguoi-vang-mat",
    **dict.fromkeys(("approve_several", "several_done"), "phe-duyet-mot-hoac-nhieu-ho-so"),
    "return_scan": "tra-ket-qua",
    **dict.fromkeys(("absences", "end_absence"), "co-nguoi-vang-mat"),
    **dict.fromkeys(
        ("closures", "agency_closures", "new_closure", "closure", "closure_reach", "withdraw_closure"),
        "co-quan-nghi-ngoai-lich",
    ),
    **dict.fromkeys(
        ("export", "ask_for_export", "keep_list", "drop_list"), "loc-danh-sach-giu-bo-loc-xuat-bang-tinh"
    ),
    **dict.fromkeys(
        (
            "agencies",
            "new_agency",
            "agency",
            "change_agency",
            "end_agency",
            "identify_agency",
            "hours",
            "new_hours",
            "new_unit",
            "rename_unit",
            "end_unit",
        ),
        "ngay-dau-cua-mot-co-quan-moi",
    ),
    **dict.fromkeys(
        ("competences", "add_competence", "copy_competences", "drop_competence"),
        "ngay-dau-cua-mot-co-quan-moi",
    ),
    **dict.fromkeys(
        ("officers", "new_officer", "officer", "change_officer", "account_act", "appoint", "relieve"),
        "tai-khoan-va-vi-tri-cong-tac",
    ),
    **dict.fromkeys(("reasons", "new_reason", "reason", "drop_reason"), "mau-ly-do"),
    **dict.fromkeys(
        ("blank_forms", "procedure_forms", "paper_forms", "drop_form", "eforms", "eform_design"),
        "mau-don-to-khai-cho-dan-tai-ve",
    ),
    **dict.fromkeys(("notices", "new_notice", "end_notice"), "thong-bao-chung"),
    **dict.fromkeys(
        (
            *("outbox", "message", "send_again", "jobs", "retry_job", "extracts", "extract_file"),
            *("health", "acts", "upgrades", "new_upgrade", "upgrade"),
        ),
        "trong-nom-he-thong",
    ),
    **dict.fromkeys(("regulation", "one_regulation", "compare", "under", "roles"), "quy-che-cua-tinh"),
    **dict.fromkeys(("worklist", "next_dossier"), "viec-cua-toi-hom-nay"),
}
# By the `slug` of the address: the verbs of a dossier, and the lists that have a section of their own.
BY_SLUG: Mapping[str, Mapping[str, str]] = {
    "desk:verb": {
        **dict.fromkeys(
            ("tiep-nhan", "chuyen-co-quan", "tu-choi-tiep-nhan", "moi-den"), "ho-so-nop-truc-tuyen"
        ),
        **dict.fromkeys(
            ("yeu-cau-bo-sung", "nhan-bo-sung", "dong-y-yeu-cau-bo-sung", "tra-lai-yeu-cau-bo-sung"),
            "yeu-cau-bo-sung",
        ),
        "chuyen-xu-ly": "chuyen-xu-ly",
        "phan-cong": "phan-cong",
        **dict.fromkeys(("phe-duyet", "tu-choi-giai-quyet"), "phe-duyet-mot-hoac-nhieu-ho-so"),
        "ban-hanh-ket-qua": "cap-so-ban-hanh-ket-qua",
        **dict.fromkeys(("bao-co-ket-qua", "tra-ket-qua", "ket-thuc", "chua-den-nhan"), "tra-ket-qua"),
        "dinh-chinh": "sua-dieu-da-ghi-nham",
        "tra-lai-buoc-truoc": "tra-lai-buoc-truoc",
        **dict.fromkeys(
            ("cho-nghia-vu-tai-chinh", "tinh-tiep-thoi-han", "gui-thong-bao"),
            "tam-dung-cho-nghia-vu-tai-chinh",
        ),
        "giao-phoi-hop": "giao-co-quan-khac-phoi-hop",
        "xin-loi-hen-lai": "ho-so-sap-tre-xin-loi-va-hen-lai",
        "giao-nguoi-khac": "co-nguoi-vang-mat",
    },
    "desk:worklist": {
        "phe-duyet": "phe-duyet-mot-hoac-nhieu-ho-so",
        "tra-ket-qua": "tra-ket-qua",
        "tin-nhan": "tra-loi-tin-nhan-cua-nguoi-nop",
        "sap-tre": "ho-so-sap-tre-xin-loi-va-hen-lai",
    },
}
OTHERWISE: Mapping[str, str] = {"desk:verb": "thu-ly-va-trinh", "desk:worklist": "viec-cua-toi-hom-nay"}
GUIDE_OF: Mapping[str, Key] = {"portal": "nguoi-dan", "desk": "cong-chuc"}


@dataclass(frozen=True, slots=True)
class Place:
    """A section of a guide."""

    key: Key
    anchor: str


def place_for(view_name: str, slug: str = "") -> Place | None:
    """Where help for the page stands; None for pages that need none or that nobody has written about."""
    face, _, name = view_name.partition(":")
    if face not in GUIDE_OF:
        return None
    anchor = BY_SLUG.get(view_name, {}).get(slug) or OTHERWISE.get(view_name)
    anchor = anchor or (PORTAL if face == "portal" else DESK).get(name)
    return Place(GUIDE_OF[face], anchor) if anchor else None
