"""Addresses of the desk, below /noi-bo/. Vietnamese without accents, nothing personal in them."""

from __future__ import annotations

from django.urls import path

from motcua.desk.views import (
    absences,
    administration,
    dossier,
    entry,
    incidents,
    intake,
    register,
    regulations,
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
    path("ho-so/<uuid:dossier_id>/phieu-kiem-soat/", register.routing_slip, name="routing_slip"),
    path("su-co/", incidents.incidents, name="incidents"),
    path("su-co/<uuid:incident_id>/", incidents.incident, name="incident"),
    path("so-theo-doi/", register.register, name="register"),
    path("ho-so/<uuid:dossier_id>/<slug:slug>/", verbs.verb, name="verb"),
    path("vang-mat/", absences.absences, name="absences"),
    path("vang-mat/<int:absence_id>/da-tro-lai/", absences.end_absence, name="end_absence"),
    path("quan-tri/can-bo/", administration.officers, name="officers"),
    path("quan-tri/can-bo/tao-moi/", administration.new_officer, name="new_officer"),
    path("quan-tri/thu-gui-di/", administration.outbox, name="outbox"),
    path("quan-tri/quy-che/", regulations.regulation, name="regulation"),
    path("quan-tri/quy-che/so-sanh/", regulations.compare, name="compare"),
    path("quan-tri/quy-che/ho-so/", regulations.under, name="under"),
    path("quan-tri/quy-che/vai-tro/", regulations.roles, name="roles"),
    path("quan-tri/quy-che/<slug:short_name>/", regulations.regulation, name="one_regulation"),
    path("<slug:slug>/", worklists.worklist, name="worklist"),
]
