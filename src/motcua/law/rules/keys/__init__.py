"""The keys of the schema, by part of the regulations."""
