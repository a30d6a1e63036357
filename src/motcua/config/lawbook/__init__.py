"""The law book: each article of the regulations beside what the system makes of it, for lawyers to review.

Plain files in a folder, opened from a disk without a server: text of the article, values taken from it, rules
with their source, worked cases with their outcome, and what is open.
"""

from motcua.config.lawbook.writing import write_book

__all__ = ["write_book"]
