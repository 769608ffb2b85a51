# ruff: noqa: E501 -- a table of SQL reads better in long lines
"""Assess generated firms by SRDI SME 2022, beside a hand-written SELECT for the same score; time and peak memory.

python benchmarks/assess.py --firms 300000 1000000 3000000
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import literal
from rongtong.qualify.assess import program_for
from rongtong.qualify.output import clause_rows, verdict_rows
from rongtong.qualify.rulebook import editions

RUNS = ("hand", "verdicts", "clauses")
DAY = date(2022, 10, 31)

FIRMS = """
SELECT CAST(i AS INTEGER) AS n, 'f' || i AS firm, NULL::VARCHAR AS uscc, '企业' || i AS name,
  r(0.95, revenue)::DECIMAL(18,2) AS "revenue[2021]", r(0.95, revenue * (0.5 + random() / 2))::DECIMAL(18,2) AS "main_revenue[2021]",
  r(0.9, revenue * (0.4 + random() / 2))::DECIMAL(18,2) AS "main_revenue[2020]",
  r(0.9, revenue * (0.3 + random() / 2))::DECIMAL(18,2) AS "main_revenue[2019]",
  r(0.95, revenue * random() * 0.12)::DECIMAL(18,2) AS "rd_expense[2021]", r(0.9, revenue * random() * 0.1)::DECIMAL(18,2) AS "rd_expense[2020]",
  r(0.9, revenue * (random() - 0.3) * 0.2)::DECIMAL(18,2) AS "net_profit[2021]",
  r(0.95, revenue * 2)::DECIMAL(18,2) AS "total_assets[2021]", r(0.9, revenue * 2 * random())::DECIMAL(18,2) AS "total_liabilities[2021]",
  r(0.9, staff)::BIGINT AS "staff[2021]", r(0.9, staff * random() * 0.3)::BIGINT AS "rd_staff[2021]",
  r(0.9, random() * 20)::DECIMAL(18,4) AS "segment_years[2021]", r(0.3, random() * 15)::DECIMAL(18,4) AS local_score,
  random() < 0.98 AS independent_legal_person, ['微型','小型','中型','大型'][1 + floor(random() * 4)::INT] AS size_class,
  random() < 0.02 AS product_prohibited, random() < 0.1 AS fills_gap, random() < 0.2 AS six_bases, random() < 0.02 AS time_honoured,
  random() < 0.3 AS serves_chain_leader, ['一级','二级','三级','四级',NULL][1 + floor(random() * 5)::INT] AS digital_level,
  random() < 0.05 AS quality_award, random() < 0.6 AS qms_certified, random() < 0.5 AS own_brand,
  floor(random() * 3)::BIGINT AS standards_count,
  ['无','市级以下','市级','省级','国家级',NULL][1 + floor(random() * 6)::INT] AS rd_institution_level,
  r(0.9, floor(random() * 2))::BIGINT AS "ip.class_1_high_value", r(0.9, floor(random() * 2))::BIGINT AS "ip.class_1_own",
  r(0.9, floor(random() * 5))::BIGINT AS "ip.class_1", r(0.9, floor(random() * 9))::BIGINT AS "ip.class_2",
  CASE WHEN random() < 0.8 THEN 2019 END::SMALLINT AS "negative_records!from", 2022::SMALLINT AS "negative_records!to"
FROM (SELECT i, 2000000 + random() * random() * 200000000 AS revenue, 5 + floor(random() * 400) AS staff FROM range({firms}) t(i))
"""
AWARDS = """
SELECT CAST(n AS INTEGER) AS n, 'row 1' AS item, '奖' AS name, '科技奖励' AS kind,
  ['市级','省级','国家级'][1 + floor(random() * 3)::INT] AS level, floor(1 + random() * 6)::BIGINT AS rank,
  floor(2016 + random() * 7)::SMALLINT AS year
FROM range({firms}) t(n) WHERE n % 20 = 0
"""
RECORDS = """
SELECT CAST(n AS INTEGER) AS n, 'row 1' AS item, ['安全事故','环境污染事故','偷漏税'][1 + floor(random() * 3)::INT] AS kind,
  floor(2016 + random() * 7)::SMALLINT AS year
FROM range({firms}) t(n) WHERE n % 100 = 0
"""


def banded(value: str, *steps: tuple[int, str]) -> str:
    return "CASE " + " ".join(f"WHEN {value} >= {bound} THEN {points}" for points, bound in steps) + " ELSE 0 END"


def hand() -> str:
    """The score as an analyst would write it: divisions, CASE, nothing about unknowns."""
    growth = '("main_revenue[2021]" / "main_revenue[2020]" + "main_revenue[2020]" / "main_revenue[2019]" - 2) / 2'
    rd = '"rd_expense[2021]"'
    debt = '"total_liabilities[2021]" / "total_assets[2021]"'
    ladder = (10, "0.10"), (8, "0.08"), (6, "0.06"), (4, "0.04")
    parts = [
        banded('"main_revenue[2021]" / "revenue[2021]"', (5, "0.8"), (3, "0.7"), (1, "0.6")),
        banded(growth, *ladder, (2, "0")),
        'LEAST(5, floor("segment_years[2021]" / 2))',
        "CASE WHEN fills_gap THEN 5 WHEN six_bases OR time_honoured OR serves_chain_leader THEN 3 ELSE 0 END",
        "CASE WHEN digital_level IN ('三级','四级') THEN 5 WHEN digital_level = '二级' THEN 3 ELSE 0 END",
        "LEAST(5, 3 * (quality_award::INT + qms_certified::INT + own_brand::INT + (standards_count >= 1)::INT))",
        banded('"net_profit[2021]" / "revenue[2021]"', *ladder, (2, "0.02")),
        f"CASE WHEN {debt} <= 0.5 THEN 5 WHEN {debt} <= 0.6 THEN 3 WHEN {debt} <= 0.7 THEN 1 ELSE 0 END",
        "local_score",
        'CASE WHEN "ip.class_1_high_value" >= 1 THEN 10 WHEN "ip.class_1_own" >= 1 THEN 8 WHEN "ip.class_1" >= 1 THEN 6 '
        'WHEN "ip.class_2" >= 1 THEN 2 ELSE 0 END',
        f"""GREATEST({banded(rd, (10, "5000000"), (8, "4000000"), (6, "3000000"), (4, "2000000"), (2, "1000000"))},
            {banded(f'{rd} / "revenue[2021]"', *ladder, (2, "0.03"))})""",
        banded('"rd_staff[2021]" / "staff[2021]"', (5, "0.2"), (3, "0.1"), (1, "0.05")),
        "CASE rd_institution_level WHEN '国家级' THEN 10 WHEN '省级' THEN 8 WHEN '市级' THEN 4 WHEN '市级以下' THEN 2 ELSE 0 END",
    ]
    score = " + ".join(f"({part})" for part in parts)
    bad = """LEFT JOIN (SELECT n, count(*) AS bad FROM list_negative_records WHERE year BETWEEN 2019 AND 2022 GROUP BY n) b USING (n)
             LEFT JOIN (SELECT n, count(*) AS won FROM list_awards WHERE year BETWEEN 2019 AND 2022 AND
                        (level = '省级' AND rank <= 3 OR level = '国家级' AND rank <= 5) GROUP BY n) a USING (n)"""
    ratio = f'{rd} / "revenue[2021]" >= 0.03'
    return f"""SELECT n, firm, uscc, name, score, independent_legal_person AND size_class <> '大型' AND NOT product_prohibited
        AND "segment_years[2021]" >= 2 AND {rd} >= 1000000 AND {ratio} AND "revenue[2021]" >= 10000000
        AND (score >= 60 OR won > 0 OR ({rd} + "rd_expense[2020]") / 2 >= 10000000) AND bad IS NULL AS qualified
        FROM (SELECT *, {score} AS score FROM firms) {bad}"""


def generate(folder: Path, firms: int) -> None:
    folder.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute("SELECT setseed(0.42); CREATE MACRO r(p, x) AS CASE WHEN random() < p THEN x END")
        for name, query in (("firms", FIRMS), ("list_awards", AWARDS), ("list_negative_records", RECORDS)):
            sql = query.format(firms=firms)
            connection.execute(f"COPY ({sql}) TO {literal(str(folder / f'{name}.parquet'))} (FORMAT parquet)")
    (folder / "manifest.json").write_text(json.dumps({"id": f"generated-{firms}", "reference_date": "2022-10-31"}))


def query_of(run: str, snapshot: Snapshot) -> str:
    if run == "hand":
        return hand()
    program = program_for(snapshot, editions("cn/srdi-sme")[0], DAY)
    return (verdict_rows(program) if run == "verdicts" else clause_rows(program)).sql("duckdb")


def run_one(run: str, folder: Path) -> None:
    """One run in a process of its own: prints seconds and the peak of resident memory in MB."""
    snapshot, target = Snapshot(folder), folder / f"out-{run}.parquet"
    start = time.perf_counter()
    with snapshot.connect() as connection:
        connection.execute(f"COPY ({query_of(run, snapshot)}) TO {literal(str(target))} (FORMAT parquet)")
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, nargs="+", default=[300_000, 1_000_000, 3_000_000])
    parser.add_argument("--run", choices=RUNS)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.run:
        run_one(given.run, given.folder)
        return
    print(f"{'firms':>10} {'run':>10} {'seconds':>8} {'times':>6} {'peak MB':>8}")
    with tempfile.TemporaryDirectory(prefix="rongtong-") as folder:
        for firms in given.firms:
            generate(Path(folder) / str(firms), firms)
            base = 0.0
            for run in RUNS:
                command = [sys.executable, __file__, "--run", run, "--folder", str(Path(folder) / str(firms))]
                found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
                base = base or found["seconds"]
                times = found["seconds"] / base
                print(f"{firms:>10} {run:>10} {found['seconds']:>8.2f} {times:>6.2f} {found['peak']:>8.0f}", flush=True)


if __name__ == "__main__":
    main()
