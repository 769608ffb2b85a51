"""Names of a firm beside its own (former, English): what all claims say adds up; none stands against another."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from rongtong import identity
from rongtong.definitions.catalogue import Catalogue
from rongtong.facts.settling.inputs import Input, of_kind
from rongtong.facts.text import literal, quote
from rongtong.identity.several import SEPARATOR, apart_column


def create(connection: duckdb.DuckDBPyConnection, inputs: list[Input], catalogue: Catalogue) -> list[str]:
    """Create ``names_<slot>`` (n, value) for every field of names of which anything is claimed; returns their slots.

    A name stands once, however often it is told; of several spellings the last in order, which is the less shouted one.
    """
    found = []
    for slot in catalogue.names:
        claims = [
            f"SELECT m.n, v.{quote(slot)} AS told FROM {i.numbered}"
            for i in of_kind(inputs, "facts")
            if slot in i.slots
        ]
        if claims:
            cells = connection.sql(f"SELECT DISTINCT * FROM ({' UNION ALL '.join(claims)}) WHERE told IS NOT NULL")
            _gather(connection, slot, cells.to_arrow_table())
            found.append(slot)
    return found


def _gather(connection: duckdb.DuckDBPyConnection, slot: str, cells: pa.Table) -> None:
    row, name = apart_column(cells["told"])
    spelt = {"n": cells["n"].combine_chunks().take(row), "name": name, "key": identity.normalise_column(name)}
    connection.register("spelt", pa.table(spelt))
    connection.execute(
        f"""
        CREATE TABLE {quote(f"names_{slot}")} AS
        SELECT n, string_agg(name, {literal(SEPARATOR)} ORDER BY name) AS value
        FROM (SELECT n, max(name) AS name FROM spelt WHERE key IS NOT NULL GROUP BY n, key) GROUP BY n"""
    )
    connection.unregister("spelt")
