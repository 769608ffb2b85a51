"""The guide's rulebook loads, and says what the guide says."""

from __future__ import annotations

import re
from pathlib import Path

from rongtong import qualify
from rongtong.facts.imagined import snapshot

GUIDE = Path(__file__).parents[2] / "docs" / "rulebooks.md"


def test_the_example_of_the_guide_assesses(tmp_path: Path) -> None:
    block = re.search(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    book = tmp_path / "guide.yaml"
    book.write_text(block.group(1), encoding="utf-8")
    firm = {
        "territory": "青岛市", "segment_years[2021]": 2, "revenue[2021]": 10_000_000, "qms_certified": True,
        "own_brand": True,
        "ip.class_1": 1,
        "main_revenue[2021]": 11_009_000, "main_revenue[2020]": 10_100_000, "main_revenue[2019]": 10_000_000,
        "negative_records.tax.any[2019..2022]": False,
        "negative_records.tax.any[2019..2022]!settled": True,
    }  # fmt: skip  # read by rows
    row = next(qualify.assess(snapshot(tmp_path / "s", [firm]), book).rows())
    assert (row["verdict"], row["score"]) == ("qualified", [15, 15])
