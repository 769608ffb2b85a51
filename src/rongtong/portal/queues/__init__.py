"""Queues: what sources disagree on (疑点), and firms that may be one; decided in one click, evidence side by side."""
