"""A confirmation that a kill kept from its end."""

from __future__ import annotations

from rongtong.facts.journal import Entry
from rongtong.portal.filings.models import Filing
from rongtong.portal.filings.operations import confirmed
from rongtong.portal.people.models import User
from rongtong.portal.registry.ending import DURING, ends


@ends("filings.confirm")
def confirm(entry: Entry, filing: Filing | None, actor: User | None) -> None:
    """Its figure is in force, so it waits no longer."""
    if filing is not None and actor is not None and filing.state == Filing.State.WAITING:
        filing.seal_seen = bool(entry.body[DURING]["detail"]["seal_seen"])
        confirmed(filing, by=actor, entry=entry.number)
