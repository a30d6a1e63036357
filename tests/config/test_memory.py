"""What the web server has loaded is out of the collector's sight before the first page is asked for."""

import os
import subprocess
import sys

LOAD = """
import gc
import motcua.config.wsgi
from django.urls import get_resolver
from motcua.law import queries as law
before = gc.get_freeze_count()
law.law(), get_resolver().url_patterns
print(before, len(gc.get_objects()))
"""


def test_a_server_keeps_what_it_has_loaded_out_of_every_collection():
    environment = os.environ | {"MOTCUA_SECRET_KEY": "x" * 60}
    told = subprocess.run(
        [sys.executable, "-c", LOAD], env=environment, capture_output=True, text=True, check=True
    )
    kept, left = map(int, told.stdout.split())
    assert kept > 50_000
    assert left < kept / 100
