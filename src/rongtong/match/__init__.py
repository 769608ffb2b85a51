"""Match: needs and offers → introductions that keep every hard constraint, fair to firms over the whole market."""
