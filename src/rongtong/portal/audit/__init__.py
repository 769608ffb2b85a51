"""Audit: the append-only trail of every write, and the operation that makes an entry in it."""
