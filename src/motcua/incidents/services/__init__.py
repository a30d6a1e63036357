"""Services of incidents: declare, end, note a missed term, ask after one that lasts."""

from motcua.incidents.services.course import declare, end, note_breaches, urge

__all__ = ["declare", "end", "note_breaches", "urge"]
