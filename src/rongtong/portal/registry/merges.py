"""Following firms through merges: who became part of whom, and what was written until they parted again.

What is written keeps the id that it was written with. While a merge holds, that is the survivor's for whatever is new,
and when it is taken back nobody but a person can tell whose it is: it is listed (:class:`Between`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set

from rongtong.facts import Snapshot
from rongtong.portal.audit.operations import FIRMS, record
from rongtong.portal.firm_ids import marks, since
from rongtong.portal.registry.current import leading_from
from rongtong.portal.registry.models import Absorbed, Between


def follow(snapshot: Snapshot, before: Set[str], after: Set[str]) -> None:
    """Of the firms that pages showed *before*, note which are part of another in *snapshot*, and which are back."""
    held = list(Absorbed.objects.all())
    known = {one.firm for one in held} | {one.into for one in held}
    now = leading_from(known | (before - after), snapshot.path)
    for one in held:
        if one.firm in after:
            _part(one, held, now)
    Absorbed.objects.filter(firm__in=[one.firm for one in held if one.firm in after]).delete()
    gone = now.keys() - after
    written = marks() if gone - {one.firm for one in held} else {}
    for firm in gone:
        Absorbed.objects.update_or_create(
            firm=firm, defaults={"into": now[firm]}, create_defaults={"into": now[firm], "marks": written}
        )


def _part(back: Absorbed, held: list[Absorbed], now: dict[str, str]) -> None:
    """List what was written while *back* was part of another firm, and is not its own."""
    together = {back.into} | {one.firm for one in held if one.into == back.into}
    others = {firm: now[firm] for firm in together if now.get(firm, back.firm) != back.firm}
    found = [
        Between(kept=others[firm], gone=back.firm, kind=kind, key=key) for kind, key, firm in since(back.marks, others)
    ]
    Between.objects.bulk_create(found, ignore_conflicts=True)
    for kept, rows in Counter(one.kept for one in found).items():
        record(actor=None, act="registry.parted", subject=f"{FIRMS}:{back.firm}", detail={"kept": kept, "rows": rows})
