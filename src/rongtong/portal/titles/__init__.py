"""Titles that must not lapse unseen (到期与催办): duties by deadline, reminders, calls, changes to report."""
