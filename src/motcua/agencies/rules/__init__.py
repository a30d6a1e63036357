"""Facts about agencies, as plain values."""
