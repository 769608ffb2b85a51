from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from rongtong import yaml12
from rongtong.match import EdgeTable, Index, Lsa
from rongtong.match.model import plain

HERE = Path(__file__).parent


def read(name: str) -> list[dict[str, Any]]:
    return yaml12.load((HERE / name).read_text(encoding="utf-8"))


def table(firms: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(
        firms,
        pa.schema(
            [
                ("id", pa.string()),
                ("name", pa.string()),
                ("industry", pa.list_(pa.string())),
                ("products", pa.list_(pa.string())),
                ("text", pa.string()),
            ]
        ),
    )


def needs(*texts: str) -> pa.Table:
    return pa.table({"id": [f"N{at}" for at in range(len(texts))], "text": list(texts)})


@pytest.fixture(scope="session")
def firms() -> list[dict[str, Any]]:
    return read("firms.yaml")


@pytest.fixture(scope="session")
def encoder(firms: list[dict[str, Any]]) -> Lsa:
    return Lsa(["。".join(firm["products"]) for firm in firms])


@pytest.fixture(scope="session")
def graph() -> EdgeTable:
    edges = [
        ("纸箱", "瓦楞纸", "material", 0.9),
        ("纸箱", "牛皮纸", "material", 0.4),
        ("纸箱", "包装机", "machine", 1.0),
    ]
    return EdgeTable(pa.table(dict(zip(("from", "to", "relation", "weight"), zip(*edges, strict=True), strict=True))))


@pytest.fixture(scope="session")
def index(firms: list[dict[str, Any]], encoder: Lsa, graph: EdgeTable) -> Index:
    size = encoder.encode(["x"]).shape[1]
    return Index.build(table(firms), encoder=encoder, graph=graph, model=plain(size))
