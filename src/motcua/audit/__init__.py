"""What was done and what was read: the append-only hash chain, and the record of reads."""
