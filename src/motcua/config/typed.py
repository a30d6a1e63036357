"""What is typed after a command, read as the house means it."""

from __future__ import annotations

from datetime import datetime


def moment(text: str) -> datetime:
    """`2024-02-07T16:45`, in Vietnam unless it says otherwise. Raises ValueError."""
    from motcua.kernel.dates import ZONE

    read = datetime.fromisoformat(text)
    return read.astimezone(ZONE) if read.tzinfo else read.replace(tzinfo=ZONE)
