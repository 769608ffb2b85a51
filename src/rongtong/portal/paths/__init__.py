"""Paths: what one firm has to hand in and to change to qualify, and by when."""
