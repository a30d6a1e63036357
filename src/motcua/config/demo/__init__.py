"""The demo: a whole province on one machine, with sample people and dossiers in every state.

`supervisor` starts and stops everything, `province` loads the published data, `people` makes officers and
citizens, `plots` says what happens to a dossier, and `player` lets it happen through the real services.
"""
