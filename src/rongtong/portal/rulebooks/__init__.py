"""Rulebooks (规则库): every policy of the shelf to be read: clauses, what decides them, points, worked examples."""
