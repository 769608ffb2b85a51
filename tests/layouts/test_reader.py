"""The reader held to the layouts, which were drawn without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rongtong.definitions.catalogue import catalogue
from rongtong.facts.reading import read_workbook

from . import BUILDERS
from .model import Layout
from .score import Score, score

#: Cells reported that the layout takes for plain: a column mixing ``3.44`` and ``0.0617``, nothing tells them apart.
REPORTED = {"shares": 16}


def _read(layout: Layout) -> Score:
    return score(read_workbook(layout.path, catalogue=catalogue(), year=layout.year), layout)


@pytest.mark.parametrize("build", BUILDERS, ids=lambda build: build.__name__)
def test_every_true_cell_is_read_right_or_reported(build: object, tmp_path: Path) -> None:
    layout = build(tmp_path)  # type: ignore[operator]  # -- builders have no common type
    found = _read(layout)
    wrong = (found.wrong_silent, found.lost_silent, found.missed_reports)
    expected = REPORTED.get(layout.name, 0)
    assert (*wrong, found.wrong_reported, found.right) == (0, 0, 0, expected, len(layout.truth) - expected), (
        found.details
    )
