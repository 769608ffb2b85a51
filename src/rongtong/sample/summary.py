"""What a sample holds, with firms, members and titles counted apart."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.sample.alliance import Sample
from rongtong.sample.parameters import world


def _counts(column: pa.ChunkedArray) -> dict[str, int]:
    return dict(Counter(column.to_pylist()).most_common())


def summary(sample: Sample) -> dict[str, Any]:
    """``firms`` (distinct), ``members`` of the alliance, ``holders`` (firms that hold a title of a tier), ``titles``.

    ``titles`` counts titles by kind: their sum exceeds ``holders``, because lists overlap. ``expired`` counts titles
    that had run out at the reference date. ``roles`` and ``districts`` count firms.
    """
    firms, ledger = sample.firms, sample.population.lists["titles"]
    tiers = ledger.filter(pc.is_in(ledger["kind"], pa.array([tier.kind for tier in world().tiers])))
    return {
        "firms": firms.num_rows,
        "members": pc.sum(firms["member"]).as_py(),
        "holders": pc.count_distinct(tiers["n"]).as_py(),
        "titles": _counts(ledger["kind"]),
        "expired": pc.sum(pc.less(ledger["valid_until"], world().reference_date)).as_py() or 0,
        "roles": _counts(firms["role"]),
        "districts": _counts(firms["district"]),
    }
