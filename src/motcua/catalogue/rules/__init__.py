"""What a procedure says, as plain values; e-forms and their checking; the reading of imported rows."""
