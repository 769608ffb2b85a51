"""What ``--out`` writes: every verb in every format that it names."""

from __future__ import annotations

from pathlib import Path

import pyarrow.csv
import pytest

from rongtong.cli import assess, diff, match, what_if

DAY = ("--as-of", "2022-10-25")
VERBS = {
    "assess": (("assess", "members.xlsx", "--year", "2021", *DAY), assess.FORMATS),
    "diff": (("diff", "cn/srdi-sme@2022", "cn/innovative-sme@2022", "members.xlsx", *DAY), diff.FORMATS),
    "facts": (("facts", "members.xlsx"), (".parquet", ".csv", ".json")),
    "match": (("match", "needs.csv", "offers.csv", *DAY), match.FORMATS),
    "what-if": (("what-if", "members.xlsx", "--set", "condition.2.amount=80万元", *DAY), what_if.FORMATS),
    "what-if --short": (("what-if", "members.xlsx", "--short", *DAY), what_if.FORMATS),
}


@pytest.fixture(autouse=True)
def given(members: Path, tmp_path: Path) -> None:
    (tmp_path / "needs.csv").write_text("需求名称\n精密轴承\n", encoding="utf-8")
    (tmp_path / "offers.csv").write_text("企业名称,产品名称\n青岛乙轴承有限公司,精密轴承\n", encoding="utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_every_format_is_written(rongtong, tmp_path, verb):
    asked, formats = VERBS[verb]
    for one in formats:
        out = tmp_path / f"out{one}"
        told = rongtong(*asked, "--out", out)
        assert (told.code, out.is_file()) == (0, True), told.err
    head = (tmp_path / "out.csv").read_bytes()[:3]
    assert head == b"\xef\xbb\xbf"


def test_what_is_nested_is_json_in_a_cell(rongtong, tmp_path):
    rongtong(*VERBS["match"][0], "--out", tmp_path / "out.csv")
    row = pyarrow.csv.read_csv(tmp_path / "out.csv").to_pylist()[0]
    assert (row["need"], row["alike"], row["introduced"]) == ("N1", "[]", True)
