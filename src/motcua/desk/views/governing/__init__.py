"""Governing the catalogue: duties after a decision, online services, processes, public information."""
