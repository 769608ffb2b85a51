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
from rongtong.identity import Judge, check_column, link, normalise, split, valid_codes
from rongtong.identity.link_work import Step, unheard
from rongtong.identity.several import NAMES
from rongtong.lists import explained
from rongtong.lists.aliases import Aliases
from rongtong.lists.evidence import weighed
from rongtong.lists.find import FIELDS
from rongtong.lists.linked import Asked, Linked
from rongtong.lists.near import NEAR, beside

#: One row of the list: what it is called (valid code, normalised name), its outcome, the firm (id, name, code), why,
#: and the candidates where a person is asked; of a row that is none the firms nearest to it.
MATCHES = pa.schema(
    [("row", pa.int32())]
    + [(name, pa.string()) for name in ("given_name", "given_uscc", "code", "called")]
    + [(name, pa.string()) for name in ("outcome", "firm", "name", "uscc", "why")]
    + [("candidates", pa.list_(pa.string())), ("near", NEAR)]
)
#: What the mentions of a row begin with.
AS_GIVEN, BY_NAME, ALIAS = "2", "3", "4"
#: More firms than this that one row may be are not kept.
WIDEST = 500
_OTHERS = """
    SELECT DISTINCT '1' || m.mention AS mention, f.uscc, m.name, n FROM mentions m JOIN firms f USING (n)
    WHERE m.name <> f.name"""
#: A firm without a code goes by all its names because it is said so; those of one with a code hang together by that.
_ONE_FIRM = """
    SELECT DISTINCT '0' || n, '1' || m.mention FROM mentions m JOIN firms f USING (n)
    WHERE m.name <> f.name AND f.uscc IS NULL"""
_NAMES = "SELECT n, list(DISTINCT {'kind': kind, 'name': name}) FROM called WHERE list_contains($1, n) GROUP BY n"
_FIRMS = "SELECT n, firm, name, uscc FROM firms WHERE list_contains($1, n)"


def compare(rows: pa.Table, snapshot: Snapshot, *, step: Step = unheard) -> pa.Table:
    """Compare the list *rows* (``row, name, uscc``) with the firms of *snapshot*; a table of :data:`MATCHES`.

    *rows* may tell of :data:`FIELDS` too: former names lead to firms, the rest makes one likelier than another. Rows
    that say the same are compared once, and none with another. *step* hears how much is done, 0 … 1.
    :func:`~rongtong.lists.answered` tells what people said of such rows.
    """
    written = rows["uscc"].cast(pa.string()).combine_chunks()
    codes, mended = _mended(written)
    names = rows["name"].cast(pa.string()).combine_chunks()
    more = {name: rows[name].cast(pa.string()).combine_chunks() for name in FIELDS if name in rows.column_names}
    said = both(codes, names, *more.values()).dictionary_encode()
    first = pc.index_in(said.dictionary, value_set=said.cast(pa.string()))
    distinct = pa.table({name: column.take(first) for name, column in {"name": names, "uscc": codes, **more}.items()})
    found = _matches(distinct, snapshot, step)
    found = beside(found, callings(distinct), snapshot).take(said.indices)
    columns = {
        "row": rows["row"], "given_name": names, "given_uscc": written,
        "why": _with_mended(found["why"], mended),
    }  # fmt: skip
    told = {**dict(zip(found.column_names, found.columns, strict=True)), **columns}
    return pa.table([told[name] for name in MATCHES.names], schema=MATCHES)


def both(*said: pa.Array) -> pa.Array:
    """Codes and names, and what else there is, as one key each; a null is what nobody says."""
    return pc.binary_join_element_wise(*(pc.fill_null(one, "") for one in said), "\t")


def _mended(written: pa.Array) -> tuple[pa.Array, pa.Array]:
    """The codes to compare, and those of them that were mended: signs that look alike (O for 0) were mixed up."""
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


def _linked(rows: pa.Table, aliases: pa.Array, snapshot: Snapshot, step: Step) -> _Links:
    """What linking makes of *rows* (``row, name, uscc``) and of *aliases*, names by themselves."""
    firms = f"SELECT '0' || n AS mention, uscc, name, {snapshot.stated(NAMES)}, n FROM firms"
    with snapshot.connect() as connection:
        registry = connection.sql(f"{firms} UNION ALL BY NAME {_OTHERS}").to_arrow_table()
        one_firm = connection.execute(_ONE_FIRM).fetchall()
    given = pa.concat_tables([_given(rows, registry), _mentions(ALIAS, _alone(aliases))])
    asked = given["mention"].combine_chunks()
    everybody = pa.concat_tables([registry.drop_columns("n"), given], promote_options="permissive")
    links = link(everybody, one_firm, judge=judging.of_snapshot(snapshot), asked=asked, step=step)
    firm_of = dict(zip(registry["mention"].to_pylist(), registry["n"].to_pylist(), strict=True))
    uncoded = set(registry["n"].filter(pc.is_null(registry["uscc"])).to_pylist())
    return _Links(links.groups, links.questions, firm_of, uncoded)


def _given(rows: pa.Table, registry: pa.Table) -> pa.Table:
    """The mentions of the list: every row as it is, and by its name alone where nobody bears its code.

    So it finds the firms whose code the registry does not know.
    """
    codes = valid_codes(rows["uscc"])
    strange = pc.and_(pc.is_valid(codes), pc.invert(pc.is_in(codes, value_set=valid_codes(registry["uscc"]))))
    named = rows.filter(strange)
    named = named.set_column(named.column_names.index("uscc"), "uscc", pa.nulls(named.num_rows, pa.string()))
    return pa.concat_tables([_mentions(AS_GIVEN, rows), _mentions(BY_NAME, named)])


def _alone(names: pa.Array) -> pa.Table:
    count = len(names)
    return pa.table({"row": pa.array(range(count), pa.int32()), "name": names, "uscc": pa.nulls(count, pa.string())})


def _mentions(way: str, rows: pa.Table) -> pa.Table:
    mention = pc.binary_join_element_wise(way, rows["row"].cast(pa.string()), "")
    return pa.table({"mention": mention, "uscc": rows["uscc"], "name": rows["name"]})


class _Links:
    """Which firms each row of the list was linked to, or might be."""

    def __init__(self, groups: pa.Table, questions: pa.Table, firm_of: Mapping[str, int], uncoded: set[int]) -> None:
        roots: dict[str, str] = {}
        whys: dict[str, str] = {}
        firms: dict[str, set[int]] = {}
        for mention, root, why in zip(*(groups[name].to_pylist() for name in ("mention", "root", "why")), strict=True):
            roots[mention], whys[mention] = root, why
            if mention in firm_of:
                firms.setdefault(root, set()).add(firm_of[mention])
        self.roots, self.whys, self.firms, self.uncoded = roots, whys, firms, uncoded
        self.asked: dict[str, dict[int, Asked]] = {}
        for one in sorted(questions.to_pylist(), key=lambda one: -one["score"]):
            for own, other in ((one["left"], one["right"]), (one["right"], one["left"])):
                for firm in sorted(firms.get(other, ())):
                    self.asked.setdefault(own, {}).setdefault(firm, Asked(one["score"], tuple(one["reasons"])))

    def of(self, row: int) -> Linked:
        """The firms linked, the firms asked about with reasons, the likeliest first, and why linked."""
        found = self._of(f"{AS_GIVEN}{row}")
        if found.firms or found.asked or not self.is_strange(row):
            return found
        firms, asked, why, *_rest = self._of(f"{BY_NAME}{row}")
        among = {n: told for n, told in asked.items() if n in self.uncoded}
        return Linked([n for n in firms if n in self.uncoded], among, why)

    def is_strange(self, row: int) -> bool:
        """Whether nobody bears the valid code of a row."""
        return f"{BY_NAME}{row}" in self.roots

    def alias(self, place: int) -> Linked:
        """The same of a name by itself."""
        return self._of(f"{ALIAS}{place}")

    def _of(self, mention: str) -> Linked:
        root = self.roots[mention]
        return Linked(sorted(self.firms.get(root, ())), self.asked.get(root, {}), self.whys[mention])


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


_TOLD = ("outcome", "firm", "name", "uscc", "why", "candidates")
_FOUND = pa.schema([field for field in MATCHES if field.name in _TOLD])


def _matches(rows: pa.Table, snapshot: Snapshot, step: Step) -> pa.Table:
    found = weighed(_found(rows, snapshot, step), rows, snapshot)
    known = _Known.of(snapshot, sorted({n for one in found for n in (*one.firms, *one.asked)}))
    named = list(zip(rows["name"].to_pylist(), found, strict=True))
    parts = _by_parts(named, known, judging.of_snapshot(snapshot))
    told = [_told(name, one._replace(told=parts.get(at, one.told)), known) for at, (name, one) in enumerate(named)]
    return pa.Table.from_pylist(told, schema=_FOUND)


def _found(rows: pa.Table, snapshot: Snapshot, step: Step) -> list[Linked]:
    """Which firms each of *rows* is or may be by its code and its names; each code and name is looked up once."""
    called = both(rows["uscc"].combine_chunks(), rows["name"].combine_chunks())
    first = pc.index_in(called.unique(), value_set=called).cast(pa.int32())
    aliases = Aliases.read(rows)
    linked = _linked(
        rows.select(["uscc", "name"]).take(first).append_column("row", first), aliases.names, snapshot, step
    )
    found = []
    for at, row in enumerate(pc.index_in(called, value_set=called).to_pylist()):
        among = linked.uncoded if linked.is_strange(row) else None
        found.append(aliases.led(at, linked.of(row), linked.alias, among))
    return found


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
            return _asked(firms, [n], _("代码是这一家的，名称却是别家的写法"))
        told = one.told or (known.alike(n, name) if why in LINKED_BY_NAME and name else _(WHY.get(why, why)))
        return firm(firms[n], joined((told, *one.more), "；"))
    candidates = one.firms or list(one.asked)
    if not candidates:
        return none(_("库内没有这个名称或代码"))
    if one.firms:
        return _asked(firms, candidates, one.told or _("库内有 {n} 家同名", n=len(one.firms)), one.more)
    asked = one.asked[candidates[0]]
    return _asked(firms, candidates, asked.why, asked.more)


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
_NOBODY_ELSE: Mapping[str, object] = {"candidates": [], "near": []}


def firm(told: list[str], why: str) -> dict[str, object]:
    """A row that is the firm *told* by id, name and code."""
    return {"outcome": "same", "firm": told[0], "name": told[1], "uscc": told[2], "why": why, **_NOBODY_ELSE}


def none(why: str) -> dict[str, object]:
    """A row that is no firm of the registry."""
    return {"outcome": "none", "firm": None, "name": None, "uscc": None, "why": why, **_NOBODY_ELSE}
