"""Addresses of the portal: Vietnamese without accents, never with personal data."""

from __future__ import annotations

from django.urls import path, re_path

from motcua.portal.views import (
    about,
    account,
    browse,
    filing,
    home,
    inbox,
    information,
    own,
    procedures,
    sheet,
    site_map,
    supplement,
    tracking,
)
from motcua.theme import addresses  # noqa: F401 - registers <uid:…>

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("thu-tuc/", procedures.procedures, name="procedures"),
    path("thu-tuc/linh-vuc/<slug:slug>/", procedures.sector, name="sector"),
    path("thu-tuc/<str:code>/", sheet.sheet, name="sheet"),
    path("thu-tuc/<str:code>/cau-hoi/", sheet.questions, name="questions"),
    path("viec/<slug:slug>/", browse.life_event, name="life_event"),
    path("co-quan/", browse.agency_list, name="agencies"),
    path("co-quan/<int:agency_id>/", browse.agency, name="agency"),
    path("nop-ho-so/<uid:dossier_id>/thong-tin/", filing.details, name="file_details"),
    path("nop-ho-so/<uid:dossier_id>/to-khai/", filing.form, name="file_form"),
    path("nop-ho-so/<uid:dossier_id>/giay-to/", filing.attach, name="file_papers"),
    path("nop-ho-so/<uid:dossier_id>/xem-lai/", filing.check, name="file_check"),
    path("nop-ho-so/<uid:dossier_id>/da-gui/", filing.sent, name="file_sent"),
    path("nop-ho-so/<str:code>/", filing.start, name="file_start"),
    path("ho-so-cua-toi/", own.own_dossiers, name="own_dossiers"),
    path("ho-so-cua-toi/<uid:dossier_id>/", own.own_dossier, name="own_dossier"),
    path("ho-so-cua-toi/<uid:dossier_id>/bo-sung/", supplement.supplement, name="supplement"),
    path("ho-so-cua-toi/<uid:dossier_id>/rut/", own.withdraw, name="withdraw"),
    path("ho-so-cua-toi/<uid:dossier_id>/tep/<uid:file_id>/", own.own_file, name="own_file"),
    path("ho-so-cua-toi/<uid:dossier_id>/giay/<int:event>/", own.own_slip, name="own_slip"),
    path("tra-cuu/", tracking.ask, name="tracking"),
    re_path(r"^tra-cuu/(?P<code>[^/]+)/?$", tracking.track, name="track"),
    path("ky-ot/", tracking.kiosk, name="kiosk"),
    path("hop-thu/", inbox.inbox, name="inbox"),
    path("hop-thu/<int:message_id>/", inbox.message, name="message"),
    path("dang-ky/", account.register, name="register"),
    path("dang-ky/xac-nhan/", account.confirm, name="confirm"),
    path("dang-ky/gui-lai-ma/", account.send_code_again, name="send_code_again"),
    path("dang-nhap/", account.log_in, name="log_in"),
    path("dang-xuat/", account.log_out, name="log_out"),
    path("quen-mat-khau/", account.forgotten, name="forgotten"),
    path("quen-mat-khau/dat-lai/", account.reset, name="reset"),
    path("cong-khai/", information.overview, name="public_information"),
    path("cong-khai/<slug:slug>/", information.information, name="information"),
    path("huong-dan/", about.help_page, name="help"),
    path("lien-he/", about.contact, name="contact"),
    path("dieu-khoan/", about.terms, name="terms"),
    path("so-do/", site_map.page, name="site_map"),
    path("sitemap.xml", site_map.xml, name="sitemap_xml"),
    path("robots.txt", site_map.robots, name="robots"),
    path("kha-nang-tiep-can/", about.accessibility, name="accessibility"),
    path("du-lieu-ca-nhan/", about.privacy, name="privacy"),
]
