"""In which words the permission to share registered data is asked for."""

# The words that are asked now (`theme/consents.py: SHARING`); other words get another name.
WORDING = "2026-1"
