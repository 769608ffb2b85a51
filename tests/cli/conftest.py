"""The command line as a person or a script meets it: arguments in, exit code and two streams out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from cli.answers import Answer
from rongtong import i18n
from rongtong.cli.guard import run


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    i18n._chosen.clear()
    monkeypatch.delenv("RONGTONG_HOME", raising=False)
    monkeypatch.delenv("RONGTONG_LANG", raising=False)
    monkeypatch.chdir(tmp_path)
    yield
    i18n._chosen.clear()


@pytest.fixture
def rongtong(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    def call(*arguments: object) -> Answer:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        return Answer(code, *capsys.readouterr())

    return call


@pytest.fixture
def members(tmp_path: Path) -> Path:
    """A small workbook as a district sends it: a title row, amounts in 万元, one value that is none."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "汇总表"
    for row in (
        ["市南区专精特新企业汇总表", None, None, None],
        ["企业名称", "统一社会信用代码", "2021年营业收入（万元）", "2021年研发费用（万元）"],
        ["青岛喆昇精密轴承有限公司", "91370212MA3C000039", 4448.8, 182.4],
        ["青岛璟碁软件有限公司", "91370203MA3D00004X", "约三千", 96],
    ):
        sheet.append(row)
    path = tmp_path / "members.xlsx"
    book.save(path)
    return path
