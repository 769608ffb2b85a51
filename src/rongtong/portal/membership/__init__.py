"""Membership: application (prefilled, printed for stamping, scan returned) → review → member; members are not firms."""
