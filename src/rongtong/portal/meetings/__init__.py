"""Matchmaking meetings (专场对接会) held offline, entered as a batch from their sign-in sheets."""
