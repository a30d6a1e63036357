"""Pages of administrators: of the province, or of an agency for what is its own."""
