"""What the worker does for dossiers."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.dossiers.services import exports


@app.task(name=exports.TASK)
def export_list(export_id: int) -> None:
    """Write a list as a spreadsheet."""
    exports.write_export(export_id=export_id, at=timezone.now())
