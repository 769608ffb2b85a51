"""All or nothing: imports killed at random moments, and two imports at once.

python benchmarks/crash.py
python benchmarks/crash.py --kills 200 --races 200

After each try the chain of hashes must hold; a killed import must be in force whole (its entry stands, its part and
source are whole, it settles) or not at all (the next import of the file makes the entry); two imports at once must make
one entry where the file is the same and two where it is not.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq

from rongtong.facts import Alliance, digest
from rongtong.facts.parts import Part
from rongtong.identity import uscc

IMPORT = """
import sys
from rongtong.facts import Alliance
alliance = Alliance.open(sys.argv[1], create=True)
print("ready", flush=True)
sys.stdin.readline()
print(alliance.import_file(sys.argv[2], date="2022-06-30", year=2021).already, flush=True)
"""


def workbook(path: Path, rows: int, region: str = "370202") -> Path:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("汇总表")
    sheet.append(["企业名称", "统一社会信用代码", "2021年营业收入（万元）", "主导产品"])
    for n in range(rows):
        sheet.append([f"青岛喆昇{n}精密轴承有限公司", uscc.make(region, n), n * 1.5, "轴承"])
    book.save(path)
    return path


def begin(home: Path, file: Path) -> subprocess.Popen[str]:
    """An import in a process of its own, waiting for a line before it starts; what it leaves lies beside *file*."""
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(home), str(file)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | {"TMPDIR": str(file.parent)},
    )  # fmt: skip  # read by rows
    assert process.stdout is not None  # noqa: S101 -- opened as a pipe above
    process.stdout.readline()
    return process


def let_go(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        assert process.stdin is not None  # noqa: S101 -- opened as a pipe in begin
        process.stdin.write("\n")
        process.stdin.flush()


def whole(home: Path, file: Path) -> str:
    """What the journal says of a file after a kill, if the folder agrees: ``all`` or ``nothing``; else what broke."""
    alliance = Alliance.open(home, create=True)
    entries = alliance.log.verify()
    if len(entries) > 1:
        return "too many entries"
    if entries:
        return broken(alliance, entries[0].body) or "all"
    result = alliance.import_file(file, date="2022-06-30", year=2021)
    if result.already or result.entry != 1:
        return "an entry out of nothing"
    return broken(alliance, alliance.journal()[0].body) or "nothing"


def broken(alliance: Alliance, body: dict[str, str]) -> str:
    """What is wrong with the source or part that an entry names; empty when nothing is."""
    folder = alliance.home / "claims" / body["part"]
    if digest.of_file(alliance.home / "sources" / body["source"]) != body["source"]:
        return "half a source"
    part = Part.load(folder)
    tables = [digest.of_table(pq.read_table(folder / f"{n}.parquet")) for n in range(len(part.tables))]
    return "" if part.name == body["part"] and tables == [t.digest for t in part.tables] else "half a part"


def kill(folder: Path, file: Path, after: float) -> str:
    """Kill an import *after* so many seconds; what is left."""
    home = folder / "home"
    process = begin(home, file)
    let_go(process)
    time.sleep(after)
    process.kill()
    process.communicate()
    return whole(home, file)


def race(folder: Path, files: list[Path]) -> str:
    """Let two imports go at once; what came of them."""
    home = folder / "home"
    processes = [begin(home, file) for file in files]
    let_go(*processes)
    told = sorted(process.communicate()[0].strip() for process in processes)
    alliance = Alliance.open(home)
    entries = alliance.log.verify()
    same = files[0] == files[1]
    if told != (["False", "True"] if same else ["False", "False"]) or len(entries) != (1 if same else 2):
        return f"wrong: {told}, {len(entries)} entries"
    return next(
        filter(None, (broken(alliance, entry.body) for entry in entries)), "one entry" if same else "two entries"
    )


def tries(count: int, work: object) -> Counter[str]:
    """What came of *count* tries, each in a folder of its own; a failure of any kind is an outcome."""
    found: Counter[str] = Counter()
    for n in range(count):
        folder = Path(tempfile.mkdtemp(prefix="rongtong-crash-"))
        try:
            found[work(folder, n)] += 1  # type: ignore[operator] -- a function of a folder and a number
        except Exception as error:
            found[f"{type(error).__name__}: {error}"] += 1
        finally:
            shutil.rmtree(folder)
    return found


def run(kills: int, races: int, rows: int, seed: int) -> dict[str, Counter[str]]:
    """All tries: for each kind, how many ended how."""
    moments = random.Random(seed)
    with tempfile.TemporaryDirectory() as books:
        one, two = workbook(Path(books) / "甲.xlsx", rows), workbook(Path(books) / "乙.xlsx", rows, "370212")
        start = time.perf_counter()
        process = begin(Path(books) / "home", one)
        begun = time.perf_counter()
        let_go(process)
        assert process.stdout is not None  # noqa: S101 -- opened as a pipe in begin
        process.stdout.readline()
        takes = time.perf_counter() - begun
        process.communicate()
        print(f"an import takes {takes:.2f} s ({begun - start:.2f} s to start)", file=sys.stderr)
        return {
            "killed": tries(kills, lambda folder, _n: kill(folder, one, moments.uniform(0, takes * 1.05))),
            "same file at once": tries((races + 1) // 2, lambda folder, _n: race(folder, [one, one])),
            "two files at once": tries(races // 2, lambda folder, _n: race(folder, [one, two])),
        }


GOOD = {"all", "nothing", "one entry", "two entries"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--races", type=int, default=50)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=2022)
    given = parser.parse_args()
    found = run(given.kills, given.races, given.rows, given.seed)
    print(f"{'what':<20}{'tries':>6}  outcomes")
    for what, outcomes in found.items():
        print(f"{what:<20}{outcomes.total():>6}  {', '.join(f'{n} × {name}' for name, n in sorted(outcomes.items()))}")
    sys.exit(any(set(outcomes) - GOOD for outcomes in found.values()))


if __name__ == "__main__":
    main()
