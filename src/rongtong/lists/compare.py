"""A list compared with the registry: the same firm, a question for a person, or none; each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple, Self

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.facts import judging
from rongtong.facts.snapshot import Snapshot
from rongtong.i18n import _, mark
from rongtong.identity import check_column, describe, link, split
from rongtong.identity.several import NAMES

#: One row of the list: its outcome, the firm (id, name, code), why, and the candidates where a person is asked.
MATCHES = pa.schema(
    [("row", pa.int32())]
    + [(name, pa.string()) for name in ("given_name", "given_uscc", "outcome", "firm", "name", "uscc", "why")]
    + [("candidates", pa.list_(pa.string()))]
)
#: How many firms that a row may be are told.
MOST = 20
_OTHERS = """
    SELECT DISTINCT '1' || m.mention AS mention, m.name AS former_name, m.n FROM mentions m JOIN firms f USING (n)
    WHERE m.name <> f.name"""
_NAMES = "SELECT n, list(DISTINCT name) FROM called WHERE list_contains($1, n) GROUP BY n"
_FIRMS = "SELECT n, firm, name, uscc FROM firms WHERE list_contains($1, n)"


def compare(rows: pa.Table, snapshot: Snapshot, *, decided: Mapping[int, str] | None = None) -> pa.Table:
    """Compare the list *rows* (``row, name, uscc``) with the firms of *snapshot*; a table of :data:`MATCHES`.

    *decided* is what people said of single rows: the firm's id, or "" for none of them.
    """
    registry = _registry(snapshot)
    codes, mended = _mended(rows["uscc"].cast(pa.string()))
    given = pa.table(
        {
            "mention": pa.array([f"2{row}" for row in rows["row"].to_pylist()], pa.string()),
            "uscc": codes,
            "name": rows["name"].cast(pa.string()),
        }
    )
    everybody = pa.concat_tables([registry.drop_columns("n"), given], promote_options="default")
    links = link(everybody, judge=judging.of_snapshot(snapshot))
    firm_of = dict(zip(registry["mention"].to_pylist(), registry["n"].to_pylist(), strict=True))
    matches = _matches(rows, snapshot, _Linked(links.groups, links.questions, firm_of), decided or {})
    return matches.set_column(matches.column_names.index("why"), "why", _with_mended(matches["why"], mended))


def _mended(codes: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """The codes to compare, and those of them that were mended: signs that look alike (O for 0) were mixed up."""
    written = codes.combine_chunks()
    checked = check_column(written)
    alike = pc.fill_null(pc.equal(checked["kind"], "confused"), False)
    mended = pc.if_else(alike, checked["intended"], None).combine_chunks()
    return pc.coalesce(mended, written), mended


def _with_mended(whys: pa.ChunkedArray, mended: pa.Array) -> pa.Array:
    """The reasons, where a code was mended with what it was compared as."""
    told = [
        _("{why}（代码有形近字符误写，按 {code} 比对）", why=why, code=code) if code else why
        for why, code in zip(whys.to_pylist(), mended.to_pylist(), strict=True)
    ]
    return pa.array(told, pa.string())


class _Linked:
    """Which firms each row of the list was linked to, or might be."""

    def __init__(self, groups: pa.Table, questions: pa.Table, firm_of: Mapping[str, int]) -> None:
        roots: dict[str, str] = {}
        whys: dict[str, str] = {}
        firms: dict[str, set[int]] = {}
        for mention, root, why in zip(*(groups[name].to_pylist() for name in ("mention", "root", "why")), strict=True):
            roots[mention], whys[mention] = root, why
            if mention in firm_of:
                firms.setdefault(root, set()).add(firm_of[mention])
        self.roots, self.whys, self.firms = roots, whys, firms
        self.asked: dict[str, dict[int, str]] = {}
        for one in sorted(questions.to_pylist(), key=lambda one: -one["score"]):
            for own, other in ((one["left"], one["right"]), (one["right"], one["left"])):
                for firm in sorted(firms.get(other, ())):
                    self.asked.setdefault(own, {}).setdefault(firm, "；".join(map(describe, one["reasons"])))

    def of(self, mention: str) -> tuple[set[int], list[tuple[int, str]], str]:
        """The firms linked, the firms asked about with reasons, and why linked."""
        root = self.roots[mention]
        return self.firms.get(root, set()), self._asked(root), self.whys[mention]

    def _asked(self, root: str) -> list[tuple[int, str]]:
        """The likeliest firms that *root* may be; the first reason tells how many are left out."""
        every = self.asked.get(root, {})
        shown = list(islice(every.items(), MOST))
        if len(every) > MOST:
            firm, why = shown[0]
            shown[0] = firm, _("{why}；候选 {n} 家，只列前 {most} 家", why=why, n=len(every), most=MOST)
        return shown


def _registry(snapshot: Snapshot) -> pa.Table:
    firms = f"SELECT '0' || n AS mention, uscc, name, {snapshot.stated(NAMES)}, n FROM firms"
    with snapshot.connect() as connection:
        return connection.sql(f"{firms} UNION ALL BY NAME {_OTHERS}").to_arrow_table()


class _Known(NamedTuple):
    """The firms that rows may be: id, name and code by number, the numbers by id, the trade names (字号) by number."""

    firms: dict[int, list[str]]
    by_id: dict[str, int]
    called: dict[int, set[str]]

    @classmethod
    def of(cls, snapshot: Snapshot, numbers: list[int]) -> Self:
        """The firms of *numbers*."""
        with snapshot.connect() as connection:
            firms = {n: rest for n, *rest in connection.execute(_FIRMS, [numbers]).fetchall()}
            names = dict(connection.execute(_NAMES, [numbers]).fetchall())
        called = {n: {split(name).trade_name for name in names.get(n, ())} for n in firms}
        return cls(firms, {str(one[0]): n for n, one in firms.items()}, called)

    def is_called(self, n: int, name: str) -> bool:
        """Whether *name* may be one of firm *n*'s: its trade name is one that is known, or a part of it, or whole."""
        own = split(name).trade_name
        return not own or any(own in known or known in own for known in self.called[n])


def _matches(rows: pa.Table, snapshot: Snapshot, linked: _Linked, decided: Mapping[int, str]) -> pa.Table:
    found = [linked.of(f"2{row}") for row in rows["row"].to_pylist()]
    numbers = sorted({n for firms, asked, _why in found for n in [*firms, *(firm for firm, _reason in asked)]})
    known = _Known.of(snapshot, numbers)
    told = [
        _told(given, own, known, decided)
        for given, own in zip(rows.select(["row", "name", "uscc"]).to_pylist(), found, strict=True)
    ]
    return pa.Table.from_pylist(told, schema=MATCHES)


def _told(
    given: Mapping[str, object],
    own: tuple[set[int], list[tuple[int, str]], str],
    known: _Known,
    decided: Mapping[int, str],
) -> dict[str, object]:
    linked, asked, why = own
    firms = known.firms
    base = {"row": given["row"], "given_name": given["name"], "given_uscc": given["uscc"], "candidates": []}
    row = int(str(given["row"]))
    if row in decided:
        firm = known.by_id.get(decided[row])
        return base | (_firm(firms, firm, _("人工判定")) if firm is not None else _none(_("人工判定不是库内企业")))
    if len(linked) == 1:
        n = next(iter(linked))
        if why == "code" and given["name"] and not known.is_called(n, str(given["name"])):
            return base | _asked(firms, [n], _("代码是这一家的，名称却是别家的写法"))
        return base | _firm(firms, n, _(WHY.get(why, why)))
    candidates = sorted(linked) or list(dict.fromkeys(firm for firm, _reason in asked))
    if not candidates:
        return base | _none(_("库内没有这个名称或代码"))
    return base | _asked(firms, candidates, _("库内有 {n} 家同名", n=len(linked)) if linked else asked[0][1])


def _asked(firms: Mapping[int, list[str]], candidates: list[int], why: str) -> dict[str, object]:
    """A question; only where there is one candidate is the row beside its data, of several none is preferred."""
    ids = [firms[n][0] for n in candidates]
    found = _firm(firms, candidates[0], why) if len(ids) == 1 else _none(why)
    return {**found, "outcome": "ask", "candidates": ids}


#: Why a row was linked, in words.
WHY = {
    "code": mark("代码相同"),
    "name": mark("名称相同"),
    "similar": mark("名称相近"),
    "decided": mark("人工判定"),
    "alone": mark("名称相同"),
}


def _firm(firms: Mapping[int, list[str]], n: int, why: str) -> dict[str, object]:
    firm, name, uscc = firms[n]
    return {"outcome": "same", "firm": firm, "name": name, "uscc": uscc, "why": why}


def _none(why: str) -> dict[str, object]:
    return {"outcome": "none", "firm": None, "name": None, "uscc": None, "why": why}
