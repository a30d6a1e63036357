"""Append-only tables and hash chains: the two things that make a record worth trusting."""
