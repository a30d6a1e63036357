"""Addresses of the desk, below /noi-bo/. Vietnamese without accents, nothing personal in them."""

from __future__ import annotations

from django.urls import path

from motcua.desk.views import (
    approvals,
    dossier,
    entry,
    exports,
    intake,
    keys,
    returns,
    search,
    verbs,
    worklists,
)
from motcua.desk.views.administration import messages as outgoing
from motcua.desk.views.administration import people, places, running

app_name = "desk"
urlpatterns = [
    path("", worklists.home, name="home"),
    path("dang-nhap/", entry.log_in, name="log_in"),
    path("dang-xuat/", entry.log_out, name="log_out"),
    path("doi-mat-khau/", entry.change_password, name="change_password"),
    path("phim-tat/", keys.keys, name="keys"),
    path("tim/", search.search, name="search"),
    path("tiep-nhan/", intake.intake, name="intake"),
    path("tiep-nhan/<uuid:dossier_id>/", intake.registered, name="registered"),
    path("ho-so/<uuid:dossier_id>/", dossier.dossier, name="dossier"),
    path("ho-so/<uuid:dossier_id>/giay-to/<uuid:file_id>/", dossier.paper, name="paper"),
    path("ho-so/<uuid:dossier_id>/phieu/<int:event>/", dossier.slip, name="slip"),
    path("ho-so/<uuid:dossier_id>/ghi-chu/", dossier.add_note, name="add_note"),
    path("ho-so/<uuid:dossier_id>/<slug:slug>/", verbs.verb, name="verb"),
    path("phe-duyet/nhieu/", approvals.several, name="approve_several"),
    path("phe-duyet/da-lam/", approvals.outcome, name="several_done"),
    path("tra-ket-qua/tim/", returns.scan, name="return_scan"),
    path("quan-tri/can-bo/", people.officers, name="officers"),
    path("quan-tri/can-bo/tao-moi/", people.new_officer, name="new_officer"),
    path("quan-tri/can-bo/<int:account_id>/", people.officer, name="officer"),
    path("quan-tri/can-bo/<int:account_id>/<slug:slug>/", people.account_act, name="account_act"),
    path("quan-tri/co-quan/", places.agency_list, name="agencies"),
    path("quan-tri/co-quan/them/", places.new_agency, name="new_agency"),
    path("quan-tri/co-quan/<int:agency_id>/", places.agency_page, name="agency"),
    path("quan-tri/co-quan/<int:agency_id>/sua/", places.change_agency, name="change_agency"),
    path("quan-tri/co-quan/<int:agency_id>/them-don-vi/", places.new_unit, name="new_unit"),
    path("quan-tri/co-quan/<int:agency_id>/giao-vi-tri/", places.appoint, name="appoint"),
    path("quan-tri/don-vi/<int:unit_id>/doi-ten/", places.rename_unit, name="rename_unit"),
    path("quan-tri/vi-tri/<int:position_id>/ket-thuc/", places.relieve, name="relieve"),
    path("quan-tri/thu-gui-di/", outgoing.outbox, name="outbox"),
    path("quan-tri/thu-gui-di/<int:message_id>/", outgoing.message, name="message"),
    path("quan-tri/thu-gui-di/<int:message_id>/gui-lai/", outgoing.send_again, name="send_again"),
    path("quan-tri/viec-nen/", running.jobs, name="jobs"),
    path("quan-tri/viec-nen/<int:job_id>/chay-lai/", running.retry_job, name="retry_job"),
    path("quan-tri/tinh-trang/", running.health_page, name="health"),
    path("quan-tri/nhat-ky/", running.acts, name="acts"),
    path("<slug:slug>/", worklists.worklist, name="worklist"),
    path("bang-tinh/<int:export_id>/", exports.export, name="export"),
    path("bang-tinh/<int:export_id>/tep/", exports.export_file, name="export_file"),
    path("<slug:slug>/xuat/", exports.ask, name="ask_for_export"),
    path("<slug:slug>/tiep/", worklists.next_dossier, name="next_dossier"),
    path("<slug:slug>/giu-bo-loc/", worklists.keep_list, name="keep_list"),
    path("<slug:slug>/bo-loc/<int:kept_id>/bo/", worklists.drop_list, name="drop_list"),
]
