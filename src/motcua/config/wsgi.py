"""What the web server runs."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from motcua.config import memory
from motcua.config.bodies import whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
if settings.SECRET_KEY == settings.PLACEHOLDER_KEY:
    raise ImproperlyConfigured("set MOTCUA_SECRET_KEY or MOTCUA_SECRET_KEY_FILE, or start by `motcua serve`")

application = whole_bodies(get_wsgi_application())
memory.settle()
