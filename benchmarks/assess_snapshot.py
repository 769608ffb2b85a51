"""A generated snapshot of any size, by DuckDB: distributions and gaps as one finds them in members' workbooks."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

DISTRICTS = "市南区 市北区 李沧区 崂山区 城阳区 即墨区 胶州市 平度市 莱西市 青岛西海岸新区"
#: Boolean facts and how often they are true.
FLAGS = {
    "independent_legal_person": 0.98, "product_prohibited": 0.01, "fills_gap": 0.1, "six_bases": 0.2,
    "time_honoured": 0.01, "serves_chain_leader": 0.3, "quality_award": 0.05, "qms_certified": 0.6, "own_brand": 0.5,
}  # fmt: skip  # read by rows


def uniform(seed: int) -> str:
    """A number in [0, 1) that depends on the row and the seed alone."""
    return f"(hash(n, {seed}) % 1000003 / 1000003.0)"


def some(share: float, value: str, seed: int) -> str:
    """*value* for that share of the rows, else unknown."""
    return f"CASE WHEN {uniform(seed)} < {share} THEN {value} END"


def one_of(values: str, seed: int) -> str:
    """One of several texts, separated by spaces."""
    texts = values.split()
    return f"{texts}[1 + floor({len(texts)} * {uniform(seed)})::INT]"


def amounts() -> dict[str, tuple[float, str]]:
    """How often a fact is known, and its SQL: the books."""
    revenue = f"(500000 * exp(6.0 * {uniform(1)}))"
    main = f"{revenue} * (0.55 + 0.45 * {uniform(2)})"
    before = f"{main} / (0.85 + 0.45 * {uniform(3)})"
    found = {
        "revenue[2021]": (0.95, revenue),
        "main_revenue[2021]": (0.93, main),
        "main_revenue[2020]": (0.9, before),
        "main_revenue[2019]": (0.85, f"{before} / (0.85 + 0.45 * {uniform(4)})"),
        "rd_expense[2021]": (0.9, f"{revenue} * 0.12 * {uniform(5)}"),
        "rd_expense[2020]": (0.85, f"{revenue} * 0.1 * {uniform(6)}"),
        "net_profit[2021]": (0.9, f"{revenue} * (0.2 * {uniform(7)} - 0.05)"),
        "total_assets[2021]": (0.9, f"{revenue} * (0.5 + {uniform(8)})"),
        "total_liabilities[2021]": (0.9, f"{revenue} * {uniform(9)}"),
    }
    return {name: (share, f"({value})::DECIMAL(18,2)") for name, (share, value) in found.items()}


def others() -> dict[str, tuple[float, str]]:
    """How often a fact is known, and its SQL: people, technology, counts."""
    found = {
        "staff[2021]": (0.95, f"(10 + 400 * {uniform(10)})::BIGINT"),
        "rd_staff[2021]": (0.8, f"(60 * {uniform(11)})::BIGINT"),
        "segment_years[2021]": (0.85, f"(20 * {uniform(12)})::DECIMAL(18,4)"),
        "local_score": (0.1, f"(15 * {uniform(13)})::INT::DECIMAL(18,4)"),
        "digital_level": (0.6, one_of("一级 二级 三级 四级", 14)),
        "rd_institution_level": (0.7, one_of("无 无 市级以下 市级 省级 国家级", 15)),
        "size_class": (0.9, one_of("微型 小型 小型 中型 中型 大型", 16)),
        "standards_count": (0.5, f"(2 * {uniform(17)})::BIGINT"),
    }
    return found | {name: (0.8, f"{uniform(30 + k)} < {rate}") for k, (name, rate) in enumerate(FLAGS.items())}


def columns(gaps: bool) -> dict[str, str]:
    """Every column's SQL; without *gaps* everything is known."""
    facts = amounts() | others()
    found = {name: some(share if gaps else 1, value, 60 + k) for k, (name, (share, value)) in enumerate(facts.items())}
    replied = 0.7 if gaps else 1
    found |= {
        f"negative_records!{end}": some(replied, f"{year}::SMALLINT", 98)
        for end, year in (("from", 2018), ("to", 2022))
    }
    return found | patents(0.6 if gaps else 1)


def patents(share: float) -> dict[str, str]:
    """A firm states its patents' numbers, or (half of the others) its list is complete: never both, so no clash."""
    sizes = {"class_1": 8, "class_1_own": 4, "class_1_high_value": 2, "class_2": 9}
    counts = {
        f"ip.{name}": some(share, f"{size}::BIGINT + (4 * {uniform(20)})::BIGINT", 97) for name, size in sizes.items()
    }
    whole = f"CASE WHEN {uniform(97)} >= {(1 + share) / 2} THEN {{}}::SMALLINT END"
    return counts | {"ip!from": whole.format(1949), "ip!to": whole.format(2022)}


def lists() -> dict[str, tuple[float, str]]:
    """Records per firm, and the attributes' SQL, of each list."""
    year = f"(2017 + floor(6 * {uniform(41)}))::SMALLINT AS year"
    ip_kind = one_of("发明专利 实用新型 实用新型 外观设计 软件著作权", 42)
    flag = some(0.9, f"{uniform(47)} < 0.8", 46)
    return {
        "ip": (2.0, f"'P' || n AS number, {ip_kind} AS kind, {flag} AS own_development, "
                    f"{uniform(43)} < 0.05 AS high_value, {flag} AS related, "
                    "DATE '2015-06-01' AS granted_on, DATE '2016-06-01' AS acquired_on"),
        "awards": (0.1, f"'科技奖励' AS kind, {one_of('市级 省级 国家级', 42)} AS level, "
                        f"(1 + 6 * {uniform(43)})::BIGINT AS rank, {year}"),
        "financing": (0.1, f"(9e7 * {uniform(44)})::DECIMAL(18,2) AS amount, TRUE AS investor_qualified, {year}"),
        "negative_records": (0.02, f"{one_of('安全事故 偷漏税 环境污染事故', 45)} AS kind, "
                                   f"'D' || n AS document, {year}"),
        "titles": (0.3, f"{one_of('创新型中小企业 高新技术企业', 48)} AS kind, "
                        "DATE '2021-01-01' AS granted_on, DATE '2023-12-31' AS valid_until"),
    }  # fmt: skip  # read by rows


def generate(folder: Path, firms: int, gaps: bool = True) -> Path:
    """Write a snapshot of *firms* into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = ", ".join(f'{value} AS "{name}"' for name, value in columns(gaps).items())
    head = (
        "n::INT AS n, printf('F%08d', n) AS firm, printf('91370200%010d', n) AS uscc, "
        f"'青岛喆昇璟碁第' || n || '科技有限公司' AS name, {one_of(DISTRICTS, 49)} AS district"
    )
    with duckdb.connect(config={"memory_limit": "2GB"}) as connection:
        _copy(connection, f"SELECT {head}, {facts} FROM range({firms}) t(n)", folder / "firms.parquet")
        for name, (share, attributes) in lists().items():
            owner = f"least((n / {share})::INT, {firms - 1}) AS n"
            rows = f"SELECT {owner}, 'i' || n AS item, {attributes} FROM range({int(firms * share)}) t(n)"
            _copy(connection, rows, folder / f"list_{name}.parquet")
    manifest = {"id": f"generated-{firms}-{gaps}", "reference_date": "2022-10-31", "parts": []}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def _copy(connection: duckdb.DuckDBPyConnection, rows: str, path: Path) -> None:
    connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet)")
