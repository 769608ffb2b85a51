"""A folder whose portal nobody opened has no database yet: what works on one makes it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from making import code
from rongtong import facts

pytestmark = pytest.mark.either


@pytest.fixture
def never_opened(tmp_path: Path) -> Path:
    """An alliance folder with one import, as the command line leaves it."""
    file = tmp_path / "甲.csv"
    file.write_text(f"企业名称,统一社会信用代码\n青岛甲机械有限公司,{code(1)}\n", encoding="utf-8")
    alliance = facts.Alliance.open(tmp_path / "home", create=True)
    alliance.import_file(file, source="district_workbook", date="2022-06-30", year=2021)
    return tmp_path / "home"


@pytest.mark.parametrize(
    ("verb", "says"),
    [(["backup", "b.tar.gz"], "已备份到 b.tar.gz"), (["project"], "原来没有，已按快照建立")],
    ids=["backup", "project"],
)
def test_a_verb_makes_the_database_of_a_folder_that_was_never_opened(never_opened: Path, verb: list[str], says: str):
    told = {name: value for name, value in os.environ.items() if not name.startswith(("RONGTONG_", "DJANGO_"))}
    command = [sys.executable, "-m", "rongtong", *verb, "--home", str(never_opened)]
    done = subprocess.run(command, check=False, cwd=never_opened.parent, env=told, capture_output=True, text=True)
    assert (done.returncode, [line for line in done.stdout.splitlines() if line == says]) == (0, [says]), done.stderr
