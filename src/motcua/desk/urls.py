"""Addresses of the desk, below /noi-bo/. Vietnamese without accents, nothing personal in them."""

from __future__ import annotations

from django.urls import path

from motcua.desk.views import (
    administration,
    approvals,
    dossier,
    entry,
    intake,
    returns,
    search,
    verbs,
    worklists,
)

app_name = "desk"
urlpatterns = [
    path("", worklists.home, name="home"),
    path("dang-nhap/", entry.log_in, name="log_in"),
    path("dang-xuat/", entry.log_out, name="log_out"),
    path("doi-mat-khau/", entry.change_password, name="change_password"),
    path("tim/", search.search, name="search"),
    path("tiep-nhan/", intake.intake, name="intake"),
    path("tiep-nhan/<uuid:dossier_id>/", intake.registered, name="registered"),
    path("ho-so/<uuid:dossier_id>/", dossier.dossier, name="dossier"),
    path("ho-so/<uuid:dossier_id>/giay-to/<uuid:file_id>/", dossier.paper, name="paper"),
    path("ho-so/<uuid:dossier_id>/phieu/<int:event>/", dossier.slip, name="slip"),
    path("ho-so/<uuid:dossier_id>/<slug:slug>/", verbs.verb, name="verb"),
    path("phe-duyet/nhieu/", approvals.several, name="approve_several"),
    path("phe-duyet/da-lam/", approvals.outcome, name="several_done"),
    path("tra-ket-qua/tim/", returns.scan, name="return_scan"),
    path("quan-tri/can-bo/", administration.officers, name="officers"),
    path("quan-tri/can-bo/tao-moi/", administration.new_officer, name="new_officer"),
    path("quan-tri/thu-gui-di/", administration.outbox, name="outbox"),
    path("<slug:slug>/", worklists.worklist, name="worklist"),
    path("<slug:slug>/tiep/", worklists.next_dossier, name="next_dossier"),
    path("<slug:slug>/giu-bo-loc/", worklists.keep_list, name="keep_list"),
    path("<slug:slug>/bo-loc/<int:kept_id>/bo/", worklists.drop_list, name="drop_list"),
]
