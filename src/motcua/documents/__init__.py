"""Files: what people send and what the house prints. Stored by their SHA-256, opened through permission."""
