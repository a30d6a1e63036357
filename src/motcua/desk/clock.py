"""The one place of the desk that looks at the clock."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, aware, in the local time of Vietnam."""
    return timezone.localtime()
