"""The nightly sweep as the worker runs it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from motcua.documents import tasks


@pytest.mark.django_db
def test_sweep_every_night_deletes_bytes_of_the_day_before_last(folder: Path):
    key = folder / "ff" / "ff" / ("f" * 64)
    key.parent.mkdir(parents=True)
    key.write_bytes(b"left over")
    os.utime(key, (0, 0))
    assert tasks.sweep.func(timestamp=0) == 1
    assert not key.exists()
    assert tasks.sweep.func(timestamp=0) == 0
