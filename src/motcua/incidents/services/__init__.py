"""Services of incidents: declare, end, note a missed term."""

from motcua.incidents.services.course import declare, end, note_breaches

__all__ = ["declare", "end", "note_breaches"]
