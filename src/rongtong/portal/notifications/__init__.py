"""Notices to people: kept in the portal, sent by SMS and e-mail plugs at once or as a daily digest, never twice."""
