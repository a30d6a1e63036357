"""The embedded PostgreSQL: binaries from a wheel, data in a folder, nothing installed."""

from motcua.config.postgres.binaries import PostgresError
from motcua.config.postgres.server import Server

__all__ = ["PostgresError", "Server"]
