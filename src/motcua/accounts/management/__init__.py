"""Commands of accounts, run by `motcua django <name>`."""
