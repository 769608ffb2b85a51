"""Damage workbooks in a thousand ways and read them: only a Reading or an InputError may come back, and soon.

    python benchmarks/mutations.py [how many] [seed]

Mutations: cut short, bytes flipped, parts of the archive dropped, emptied or filled with noise, cells made huge,
types changed, bombs, files of other programs under a workbook's name.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import xlwt

from rongtong.definitions.catalogue import catalogue
from rongtong.errors import InputError
from rongtong.facts.reading import read_workbook

Dice = random.Random
LONGEST = 60.0
_ROWS = [
    ["统一社会信用代码", "企业名称", "2021年营业收入（万元）", "2021年资产负债率", "成立日期"],
    *[[f"9137{i:014d}", f"青岛喆昇{i}有限公司", i * 1.5, f"{i}%", "2019.5"] for i in range(40)],
]


def seeds(folder: Path) -> list[Path]:
    """Sound workbooks of each kind."""
    book = openpyxl.Workbook()
    for row in _ROWS:
        book.active.append(row)
    book.active.merge_cells("A1:A2")
    book.save(folder / "a.xlsx")
    old = xlwt.Workbook()
    page = old.add_sheet("一")
    for r, row in enumerate(_ROWS):
        for c, value in enumerate(row):
            page.write(r, c, value)
    old.save(str(folder / "a.xls"))
    text = "\n".join(",".join(map(str, row)) for row in _ROWS)
    (folder / "a.csv").write_text(text, "utf-8")
    (folder / "b.csv").write_text(text, "gb18030")
    return [folder / name for name in ("a.xlsx", "a.xlsx", "a.xls", "a.csv", "b.csv")]


def cut(content: bytes, dice: Dice) -> bytes:
    """Only the beginning."""
    return content[: dice.randrange(len(content))]


def flip(content: bytes, dice: Dice) -> bytes:
    """Some bytes changed."""
    changed = bytearray(content)
    for _ in range(dice.choice((1, 5, 50, 500))):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def noise(content: bytes, dice: Dice) -> bytes:
    """A stretch of noise."""
    at = dice.randrange(len(content))
    return content[:at] + dice.randbytes(dice.randrange(1, 3000)) + content[at:]


def foreign(_content: bytes, dice: Dice) -> bytes:
    """Another program's file."""
    return dice.choice(
        [
            b"%PDF-1.7\n" + dice.randbytes(900),
            b"<html><body><table></table></body></html>",
            b"\x89PNG\r\n" + dice.randbytes(99),
            b'{"a": [1, 2]}',
            b"PK\x05\x06" + b"\0" * 18,
            b"",
            b"\0" * 5000,
            dice.randbytes(5000),
            b"\xff\xfe" + dice.randbytes(501),
        ]
    )


def in_parts(content: bytes, dice: Dice) -> bytes:
    """An archive with a part dropped, emptied, doubled, damaged or blown up."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "s"), Path(folder, "t")
        source.write_bytes(content)
        if not zipfile.is_zipfile(source):
            return flip(content, dice)
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            victim = dice.choice(old.namelist())
            for name in old.namelist():
                part = old.read(name)
                changed = _part(part, dice) if name == victim else part
                if changed is not None:
                    new.writestr(name, changed)
        return target.read_bytes()


def _part(part: bytes, dice: Dice) -> bytes | None:
    huge = b"<v>" + b"9" * 3_000_000 + b"</v>"
    return dice.choice(
        [
            None,
            b"",
            flip(part, dice) if part else b"",
            cut(part, dice) if part else b"",
            part.replace(b"<v>1.5</v>", huge),
            part.replace(b't="n"', b't="b"'),
            part.replace(b't="n"', b't="d"'),
            part.replace(b'r="', b'r="ZZZ'),
            part.replace(b't="inlineStr"', b't="s"'),
            part.replace(b'ref="', b'ref="A1:XFD1048576" x="'),
            part + b" " * (80 << 20),
        ]
    )


MUTATIONS: tuple[Callable[[bytes, Dice], bytes], ...] = (cut, flip, noise, foreign, in_parts, in_parts, in_parts)


def run(count: int, seed: int) -> Counter[str]:
    """Read *count* damaged workbooks. Raises whatever else than an InputError came out."""
    dice, outcomes = Dice(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        sound = seeds(Path(folder))
        for number in range(count):
            source, mutate = dice.choice(sound), dice.choice(MUTATIONS)
            path = Path(folder, f"m{number}{source.suffix}")
            path.write_bytes(mutate(source.read_bytes(), dice))
            outcomes[f"{mutate.__name__}: {_outcome(path)}"] += 1
            path.unlink()
    return outcomes


def _outcome(path: Path) -> str:
    start = time.monotonic()
    try:
        reading = read_workbook(path, catalogue=catalogue(), year=2021)
        counts = reading.counts
        if counts["cells"] != counts["used"] + counts["ignored"] + counts["problems"]:
            raise AssertionError(counts)
        said = "read"
    except InputError:
        said = "refused"
    if time.monotonic() - start > LONGEST:
        raise TimeoutError(path.name)
    return said


if __name__ == "__main__":
    found = run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    for outcome, count in sorted(found.items()):
        print(f"{count:6} {outcome}")
