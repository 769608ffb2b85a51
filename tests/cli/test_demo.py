from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import openpyxl
import pytest

from around import CLEAN
from cli.answers import Answer
from rongtong.cli import demo_summary


@pytest.mark.slow
def test_the_demonstration_counts_firms_titles_and_verdicts_apart_and_opens_the_portal(tmp_path):
    command = [sys.executable, "-m", "rongtong", "demo", "--out", "demo", "--firms", "100", "--serve", "--json"]
    asked = {"cwd": tmp_path, "env": CLEAN, "stdin": subprocess.DEVNULL, "capture_output": True, "text": True}
    done = subprocess.run(command, **asked, check=True)
    found = Answer(0, done.stdout, done.stderr).face("demo")
    firms = found["counts"]["firms"]
    assert [sum(book["verdicts"].values()) for book in found["rulebooks"].values()] == [firms, firms]
    sheet = openpyxl.load_workbook(tmp_path / "demo" / "verdicts.xlsx")["企业结论"]
    assert sheet.max_row == firms + 1
    with urlopen(found["portal"]["url"], timeout=20) as page:  # noqa: S310 -- our own address
        assert page.status == 200
    os.killpg(found["portal"]["pid"], signal.SIGTERM)


def test_a_demonstration_without_the_portal_says_how_to_go_on(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    demo_summary.go_on(Path("de mo"), "2022-10-25", Path("甲.csv"))
    assert (
        capsys.readouterr().out
        == """
接下来可以：
  打开平台（样例重做一遍）：rongtong demo --out 'de mo' --serve
  问一家企业为什么：rongtong explain '企业名称或代码' --home 'de mo/home' --as-of 2022-10-25
  比对一份名单：rongtong compare '甲.csv' --home 'de mo/home' --out compared.xlsx
"""
    )


def test_a_folder_with_something_else_in_it_is_left_alone(rongtong, tmp_path):
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / ".~lock.verdicts.xlsx#").touch()
    (tmp_path / "demo" / "mine.txt").write_text("mine", encoding="utf-8")
    answer = rongtong("demo", "--out", tmp_path / "demo", "--json").face("error", code=2)
    assert answer["error"] == "文件夹里有别的内容：mine.txt"
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == [".~lock.verdicts.xlsx#", "mine.txt"]


def test_the_sample_names_its_files(rongtong, tmp_path):
    found = rongtong("sample", tmp_path / "s", "--firms", 100, "--json").face("sample")
    assert "imports.yaml" in found["files"]
