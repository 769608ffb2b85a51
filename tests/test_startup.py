"""A process that does without a module neither finds it nor minds what it had."""

from __future__ import annotations

import subprocess
import sys

import pytest

from rongtong.workbooks.sandbox import CHILD

AFTER = "from rongtong.startup import without; without('colorsys'); "


def said(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", AFTER + program], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr.splitlines()[-1] if done.returncode else done.stdout


def test_a_module_done_without_is_as_good_as_not_installed():
    assert said("import colorsys") == "ModuleNotFoundError: No module named 'colorsys'"


def test_a_module_that_is_needed_after_all_is_found():
    assert said("from rongtong.startup import allow; allow('colorsys'); import colorsys; print('found')") == "found\n"


def test_others_are_found():
    assert said("import graphlib; print(graphlib.__name__)") == "graphlib\n"


def test_reading_a_workbook_loads_neither_numpy_nor_pandas(tmp_path):
    file = tmp_path / "firms.csv"
    file.write_text("企业名称,营业收入\n青岛喆昇,1\n", encoding="utf-8")
    program = (
        f"import sys; sys.argv = ['x', {str(file)!r}, {str(tmp_path)!r}, str(4 << 30), '60', 'zh']\n"
        f"try: exec({CHILD!r})\n"
        "except SystemExit as done: print(done.code, {'numpy', 'pandas'} & sys.modules.keys())"
    )
    assert said(program) == "0 set()\n"


@pytest.mark.parametrize(
    ("setting", "usual", "other"), [("OPENBLAS_NUM_THREADS", "1", "4"), ("OMP_WAIT_POLICY", "passive", "active")]
)
def test_numerics_share_the_machine_unless_told_otherwise(monkeypatch, setting, usual, other):
    program = f"import os; from rongtong.startup import beside_others; beside_others(); print(os.environ[{setting!r}])"
    monkeypatch.delenv(setting, raising=False)
    assert said(program) == f"{usual}\n"
    monkeypatch.setenv(setting, other)
    assert said(program) == f"{other}\n"
