"""What a file really is: judged by its content, never by what its name or its sender says."""

from __future__ import annotations

from motcua.documents.rules.content.checks import check

__all__ = ["check"]
