"""Services of incidents: report, declare, end, note a missed term, ask after one that lasts."""

from motcua.incidents.services.course import declare, end, hold_open, note_breaches, urge
from motcua.incidents.services.reporting import report

__all__ = ["declare", "end", "hold_open", "note_breaches", "report", "urge"]
