"""Rules of incidents: which moments lie in one, until when the system must work again. Pure Python."""
