"""Rules of notify: which messages there are, how they read, when a failed one is tried again."""
