"""The small province of the dossier tests."""

from tests.dossiers.conftest import _nothing_remembered, world

__all__ = ["_nothing_remembered", "world"]
