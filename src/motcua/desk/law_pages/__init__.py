"""What the administration's pages on the regulations show: read from the data, never typed."""
