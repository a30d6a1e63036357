"""Internal processes as values, and the token game that runs them."""
