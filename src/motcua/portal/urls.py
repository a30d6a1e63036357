"""Addresses of the portal: Vietnamese without accents, never with personal data."""

from __future__ import annotations

from django.urls import path

from motcua.portal.views import about, account, home, procedures

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("thu-tuc/", procedures.procedures, name="procedures"),
    path("thu-tuc/linh-vuc/<slug:slug>/", procedures.sector, name="sector"),
    path("thu-tuc/<str:code>/", procedures.sheet, name="sheet"),
    path("dang-ky/", account.register, name="register"),
    path("dang-ky/xac-nhan/", account.confirm, name="confirm"),
    path("dang-ky/gui-lai-ma/", account.send_code_again, name="send_code_again"),
    path("dang-nhap/", account.log_in, name="log_in"),
    path("dang-xuat/", account.log_out, name="log_out"),
    path("quen-mat-khau/", account.forgotten, name="forgotten"),
    path("quen-mat-khau/dat-lai/", account.reset, name="reset"),
    path("kha-nang-tiep-can/", about.accessibility, name="accessibility"),
    path("du-lieu-ca-nhan/", about.privacy, name="privacy"),
]
