"""Authoring: policy officers copy a rulebook or begin one, change it in forms, and try it on every firm."""
