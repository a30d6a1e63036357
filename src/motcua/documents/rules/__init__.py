"""What files may be, what they are called and what the slips say. Pure Python."""
