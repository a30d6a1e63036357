"""The demo: a whole province on one machine, with sample people and dossiers in every state.

`supervisor` starts and stops everything, `building` loads the published data once, `people` makes officers
and citizens, `stories` says what a dossier is about, `lives` what happens to it, and `player` lets it happen
through the real services.
"""
