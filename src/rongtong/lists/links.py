"""The codes and names of a list linked with the registry: which firms each row is, or may be."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.facts import judging
from rongtong.facts.snapshot import Snapshot
from rongtong.identity import link, valid_codes
from rongtong.identity.link_work import Step
from rongtong.identity.several import NAMES
from rongtong.lists.aliases import Aliases
from rongtong.lists.linked import Asked, Linked

#: What the mentions of a row begin with.
_AS_GIVEN, _BY_NAME, _ALIAS = "2", "3", "4"
_OTHERS = """
    SELECT DISTINCT '1' || m.mention AS mention, f.uscc, m.name, n FROM mentions m JOIN firms f USING (n)
    WHERE m.name <> f.name"""
#: A firm without a code goes by all its names because it is said so; those of one with a code hang together by that.
_ONE_FIRM = """
    SELECT DISTINCT '0' || n, '1' || m.mention FROM mentions m JOIN firms f USING (n)
    WHERE m.name <> f.name AND f.uscc IS NULL"""


def found(rows: pa.Table, snapshot: Snapshot, step: Step) -> list[Linked]:
    """Which firms each of *rows* (``row, name, uscc``) is or may be by its code and its names.

    Each code and name is looked up once, as the first row that bears them.
    """
    called = both(rows["uscc"].combine_chunks(), rows["name"].combine_chunks())
    row = rows["row"].combine_chunks().take(pc.index_in(called, value_set=called))
    distinct = rows.select(["row", "name", "uscc"]).filter(pc.equal(row, rows["row"]))
    aliases = Aliases.read(rows)
    links = _linked(distinct, aliases.names, snapshot, step)
    own = map(links.of, row.to_pylist())
    if not len(aliases.names):
        return list(own)
    among = [links.uncoded if links.is_strange(one) else None for one in row.to_pylist()]
    return [aliases.led(at, one, links.alias, among[at]) for at, one in enumerate(own)]


def both(*said: pa.Array) -> pa.Array:
    """Codes and names, and what else there is, as one key each; a null is what nobody says."""
    return pc.binary_join_element_wise(*(pc.fill_null(one, "") for one in said), "\t")


def _linked(rows: pa.Table, aliases: pa.Array, snapshot: Snapshot, step: Step) -> _Links:
    """What linking makes of *rows* (``row, name, uscc``) and of *aliases*, names by themselves."""
    firms = f"SELECT '0' || n AS mention, uscc, name, {snapshot.stated(NAMES)}, n FROM firms"
    with snapshot.connect() as connection:
        registry = connection.sql(f"{firms} UNION ALL BY NAME {_OTHERS}").to_arrow_table()
        one_firm = connection.execute(_ONE_FIRM).fetchall()
    given = pa.concat_tables([_given(rows, registry), _mentions(_ALIAS, _alone(aliases))])
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
    return pa.concat_tables([_mentions(_AS_GIVEN, rows), _mentions(_BY_NAME, named)])


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
        for one in questions.to_pylist():
            for own, other in ((one["left"], one["right"]), (one["right"], one["left"])):
                for firm in sorted(firms.get(other, ())):
                    self.asked.setdefault(own, {}).setdefault(firm, Asked(one["alone"], tuple(one["reasons"])))

    def of(self, row: int) -> Linked:
        """The firms linked, the firms asked about with reasons, the likeliest first, and why linked."""
        found = self._of(f"{_AS_GIVEN}{row}")
        if found.firms or found.asked or not self.is_strange(row):
            return found
        firms, asked, why, *_rest = self._of(f"{_BY_NAME}{row}")
        among = {n: told for n, told in asked.items() if n in self.uncoded}
        return Linked([n for n in firms if n in self.uncoded], among, why)

    def is_strange(self, row: int) -> bool:
        """Whether nobody bears the valid code of a row."""
        return f"{_BY_NAME}{row}" in self.roots

    def alias(self, place: int) -> Linked:
        """The same of a name by itself."""
        return self._of(f"{_ALIAS}{place}")

    def _of(self, mention: str) -> Linked:
        root = self.roots[mention]
        return Linked(sorted(self.firms.get(root, ())), self.asked.get(root, {}), self.whys[mention])
