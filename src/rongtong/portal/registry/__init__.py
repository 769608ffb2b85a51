"""Firms, their facts and where they come from."""
