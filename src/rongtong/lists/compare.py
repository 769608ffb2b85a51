"""A list compared with the registry: the same firm, a question for a person, or none; each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Self

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.wording import worded
from rongtong.facts import judging
from rongtong.facts.settling.pairs import callings
from rongtong.facts.snapshot import Snapshot
from rongtong.i18n import _, joined, mark
from rongtong.identity import Judge, check_column, normalise, split
from rongtong.identity.link_work import Step, unheard
from rongtong.lists import explained, links
from rongtong.lists.evidence import weighed
from rongtong.lists.find import FIELDS
from rongtong.lists.linked import Linked
from rongtong.lists.links import both
from rongtong.lists.near import NEAR, beside

#: One row of the list: what it is called (valid code, normalised name), its outcome, the firm (id, name, code), why,
#: the candidates where a person is asked, and whether something on the list speaks against the first; of a row that is
#: none the firms nearest to it.
MATCHES = pa.schema(
    [("row", pa.int32())]
    + [(name, pa.string()) for name in ("given_name", "given_uscc", "code", "called")]
    + [(name, pa.string()) for name in ("outcome", "firm", "name", "uscc", "why")]
    + [("candidates", pa.list_(pa.string())), ("against", pa.bool_()), ("near", NEAR)]
)
#: More firms than this that one row may be are not kept.
WIDEST = 500
_NAMES = "SELECT n, list(DISTINCT {'kind': kind, 'name': name}) FROM called WHERE list_contains($1, n) GROUP BY n"
_BORNE = "SELECT DISTINCT uscc FROM firms WHERE list_contains($1, uscc)"
_FIRMS = "SELECT n, firm, name, uscc FROM firms WHERE list_contains($1, n)"


def compare(rows: pa.Table, snapshot: Snapshot, *, step: Step = unheard) -> pa.Table:
    """Compare the list *rows* (``row, name, uscc``) with the firms of *snapshot*; a table of :data:`MATCHES`.

    *rows* may tell of :data:`FIELDS` too: former names lead to firms, the rest makes one likelier than another. Rows
    that say the same are compared once, and none with another. *step* hears how much is done, 0 … 1.
    :func:`~rongtong.lists.answered` tells what people said of such rows.
    """
    written = rows["uscc"].cast(pa.string()).combine_chunks()
    codes, mended = _mended(written, snapshot)
    names = rows["name"].cast(pa.string()).combine_chunks()
    more = {name: rows[name].cast(pa.string()).combine_chunks() for name in FIELDS if name in rows.column_names}
    said = both(codes, names, *more.values()).dictionary_encode()
    first = pc.index_in(said.dictionary, value_set=said.cast(pa.string()))
    told = {name: column.take(first) for name, column in {"name": names, "uscc": codes, **more}.items()}
    distinct = pa.table({"row": first.cast(pa.int32()), **told})
    found = _matches(distinct, snapshot, step)
    found = beside(found, callings(distinct), snapshot).take(said.indices)
    columns = {
        "row": rows["row"], "given_name": names, "given_uscc": written,
        "why": _with_mended(found["why"], mended),
    }  # fmt: skip
    every = {**dict(zip(found.column_names, found.columns, strict=True)), **columns}
    return pa.table([every[name] for name in MATCHES.names], schema=MATCHES)


def _mended(written: pa.Array, snapshot: Snapshot) -> tuple[pa.Array, pa.Array]:
    """The codes to compare, and those of them that were mended: signs that look alike (O for 0) were mixed up, and
    somebody in the registry bears what was meant."""
    checked = check_column(written)
    confused = pc.fill_null(pc.equal(checked["kind"], "confused"), False)
    meant = checked["intended"].filter(confused).to_pylist()
    with snapshot.connect() as connection:
        borne = [code for (code,) in connection.execute(_BORNE, [meant]).fetchall()]
    alike = pc.and_(confused, pc.is_in(checked["intended"], value_set=pa.array(borne, pa.string())))
    mended = pc.if_else(alike, checked["intended"], None).combine_chunks()
    return pc.coalesce(mended, written), mended


def _with_mended(whys: pa.ChunkedArray, mended: pa.Array) -> pa.Array:
    """The reasons, where a code was mended with what it was compared as."""
    told = [
        _("{why}（代码有形近字符误写，按 {code} 比对）", why=why, code=code) if code else why
        for why, code in zip(whys.to_pylist(), mended.to_pylist(), strict=True)
    ]
    return pa.array(told, pa.string())


_normalised = lru_cache(maxsize=1 << 16)(normalise)
"""Many rows are of one firm."""


class _Known(NamedTuple):
    """The firms that rows may be: id, name and code by number, all names with their kinds by number."""

    firms: dict[int, list[str]]
    called: dict[int, list[dict[str, str]]]

    @classmethod
    def of(cls, snapshot: Snapshot, numbers: list[int]) -> Self:
        """The firms of *numbers*."""
        with snapshot.connect() as connection:
            firms = {n: rest for n, *rest in connection.execute(_FIRMS, [numbers]).fetchall()}
            names = dict(connection.execute(_NAMES, [numbers]).fetchall())
        return cls(firms, names)

    def is_called(self, n: int, name: str) -> bool:
        """Whether *name* may be one of firm *n*'s: its trade name is one that is known, or a part of it, or whole."""
        own = split(name).trade_name
        names = {split(one["name"]).trade_name for one in self.called.get(n, ())}
        return not own or any(own in known or known in own for known in names)

    def alike(self, n: int, name: str) -> str:
        """That *name* is one of firm *n*'s, and which, where it is not the one it bears."""
        own = _normalised(name)
        if _normalised(self.firms[n][1]) == own:
            return _("名称相同")
        kinds = {one["kind"] for one in self.called.get(n, ()) if _normalised(one["name"]) == own}
        for field in catalogue().names:
            if field in kinds:
                return _("与{field}相同", field=worded(catalogue()[field].label))
        return _("与来源中的另一写法相同") if kinds else _("名称相同")


_TOLD = ("outcome", "firm", "name", "uscc", "why", "candidates", "against")
_FOUND = pa.schema([field for field in MATCHES if field.name in _TOLD])


def _matches(rows: pa.Table, snapshot: Snapshot, step: Step) -> pa.Table:
    found = weighed(links.found(rows, snapshot, step), rows, snapshot)
    known = _Known.of(snapshot, sorted({n for one in found for n in (*one.firms, *one.asked)}))
    named = list(zip(rows["name"].to_pylist(), found, strict=True))
    parts = _by_parts(named, known, judging.of_snapshot(snapshot))
    told = [_told(name, one._replace(told=parts.get(at, one.told)), known) for at, (name, one) in enumerate(named)]
    return pa.Table.from_pylist(told, schema=_FOUND)


def _by_parts(named: Sequence[tuple[str | None, Linked]], known: _Known, judge: Judge) -> dict[int, str]:
    """Of the rows that were linked because their names are alike, why, by their places."""
    alike = {
        at: (name, known.firms[n][1] or "", [one["name"] for one in known.called.get(n, ())])
        for at, (name, one) in enumerate(named)
        if one.why == "similar" and name and len(one.firms) == 1 and not one.told
        for n in one.firms
    }
    return dict(zip(alike, explained.alike(list(alike.values()), judge), strict=True))


def _told(name: str | None, one: Linked, known: _Known) -> dict[str, object]:
    firms, why = known.firms, one.why
    if len(one.firms) == 1:
        [n] = one.firms
        if why == "code" and name and not one.told and not known.is_called(n, name):
            return _asked(firms, [n], _("代码是这一家的，名称却是别家的写法")) | {"against": True}
        told = one.told or (known.alike(n, name) if why in LINKED_BY_NAME and name else _(WHY.get(why, why)))
        return firm(firms[n], joined((told, *one.more), "；"))
    candidates = one.firms or list(one.asked)
    if not candidates:
        return none(_("库内没有这个名称或代码"))
    if one.firms:
        question = _asked(firms, candidates, one.told or _("库内有 {n} 家同名", n=len(one.firms)), one.more)
    else:
        asked = one.asked[candidates[0]]
        question = _asked(firms, candidates, asked.why, asked.more)
    return question | {"against": one.against}


def _asked(
    firms: Mapping[int, list[str]], candidates: list[int], why: str, more: Sequence[str] = ()
) -> dict[str, object]:
    """A question; only where there is one candidate is the row beside its data, of several none is preferred.

    *more* is what else there is to say of the first.
    """
    said = joined(more, "；")
    if said and len(candidates) > 1:
        said = _("其中{firm}：{why}", firm=firms[candidates[0]][1], why=said)
    why = joined(filter(None, (why, said)), "；")
    found = firm(firms[candidates[0]], why) if len(candidates) == 1 else none(why)
    return {**found, "outcome": "ask", "candidates": [firms[n][0] for n in candidates[:WIDEST]]}


#: Why a row was linked, in words.
WHY = {
    "code": mark("代码相同"),
    "name": mark("名称相同"),
    "similar": mark("名称相近"),
    "decided": mark("人工判定"),
    "alone": mark("名称相同"),
}
#: Of these it is told by which of its names.
LINKED_BY_NAME = frozenset(("name", "alone"))
_NOBODY_ELSE: Mapping[str, object] = {"candidates": [], "against": False, "near": []}


def firm(told: list[str], why: str) -> dict[str, object]:
    """A row that is the firm *told* by id, name and code."""
    return {"outcome": "same", "firm": told[0], "name": told[1], "uscc": told[2], "why": why, **_NOBODY_ELSE}


def none(why: str) -> dict[str, object]:
    """A row that is no firm of the registry."""
    return {"outcome": "none", "firm": None, "name": None, "uscc": None, "why": why, **_NOBODY_ELSE}
