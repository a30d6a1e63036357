"""The way in: citizens at the root, officers below /noi-bo/, machines at /health and /ready."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from motcua.config import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", pages.health, name="health"),
    path("ready", pages.ready, name="ready"),
    path("ngon-ngu/", set_language, name="set_language"),
]
for _prefix, _face in (("noi-bo/", "motcua.desk.urls"), ("", "motcua.portal.urls")):
    if find_spec(_face):  # until both faces stand
        urlpatterns.append(path(_prefix, include(_face)))

handler400 = pages.bad_request
handler403 = pages.forbidden
handler404 = pages.not_found
handler500 = pages.failed
