"""Pure rules of accounts: how identifiers look, how long a code lives."""
