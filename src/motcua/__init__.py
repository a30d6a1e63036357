"""Một Cửa: one system in which a province receives, settles, returns and accounts for dossiers."""

__version__ = "0.1.0"
