"""Folders that are known before any setting is read."""

from __future__ import annotations

from pathlib import Path

from motcua.config import env

SOURCE = Path(__file__).resolve().parent.parent  # src/motcua
ROOT = SOURCE.parent.parent  # the checkout


def state_dir() -> Path:
    """Where everything lies that this installation writes: database, files, key, logs."""
    return env.folder("MOTCUA_STATE_DIR", ROOT / "var")
