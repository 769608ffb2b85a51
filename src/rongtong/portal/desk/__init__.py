"""Home, and what waits for whom."""
