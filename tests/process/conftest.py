"""What the tests of processes share with those of the catalogue."""

from tests.catalogue.conftest import province_of

__all__ = ["province_of"]
