"""The way in: citizens at the root, officers below /noi-bo/. Machines are answered in `config.pages`."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from motcua.config import pages
from motcua.config.demo.letters import letters
from motcua.theme.switching import switch_language

urlpatterns = [
    *([path("demo/hop-thu/", letters, name="demo_letters")] if settings.DEMO else []),
    path("ngon-ngu/", switch_language, name="set_language"),
    path("noi-bo/", include("motcua.desk.urls")),
    path("", include("motcua.portal.urls")),
]

handler400 = pages.bad_request
handler403 = pages.forbidden
handler404 = pages.not_found
handler500 = pages.failed
