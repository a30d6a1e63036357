"""The signing key of this installation: given by the environment, or made once and kept."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def ensure(state: Path) -> None:
    """Point MOTCUA_SECRET_KEY_FILE at a key of our own unless a key is given. Only the owner can read it."""
    if os.environ.get("MOTCUA_SECRET_KEY") or os.environ.get("MOTCUA_SECRET_KEY_FILE"):
        return
    file = state / "secret-key"
    if not file.exists():
        state.mkdir(parents=True, exist_ok=True)
        partial = state / f"secret-key.{os.getpid()}"
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as target:
            target.write(secrets.token_urlsafe(48))
        partial.replace(file)
    os.environ["MOTCUA_SECRET_KEY_FILE"] = str(file)
