"""Mentions for linking, written shortly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from rongtong import yaml12
from rongtong.identity import Links, make_column

CODES = make_column(["370202"] * 6, range(6)).to_pylist()
TEXT = pa.string()


def data(name: str) -> Any:
    return yaml12.load(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def table(rows: list[tuple[str | None, ...]]) -> pa.Table:
    """Rows of mention, uscc, name and perhaps former name."""
    names = ("mention", "uscc", "name", "former_name")
    columns = list(zip(*((*row, None)[:4] for row in rows), strict=True)) or [[], [], [], []]
    return pa.table({name: pa.array(column, TEXT) for name, column in zip(names, columns, strict=True)})


def roots(links: Links) -> dict[str, str]:
    return dict(zip(links.groups["mention"].to_pylist(), links.groups["root"].to_pylist(), strict=True))


def asked(links: Links) -> list[tuple[str, str]]:
    return list(zip(links.questions["left"].to_pylist(), links.questions["right"].to_pylist(), strict=True))
