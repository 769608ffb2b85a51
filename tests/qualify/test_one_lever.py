"""One step short: exactly the firms that one lever or one missing fact makes qualify, against the solver of paths."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualify.test_paths import AT, BASE, CONDITIONS, LEVELS, SINCE, small
from rongtong.facts.imagined import snapshot
from rongtong.qualify import path_search, paths
from rongtong.qualify.assess import program_of
from rongtong.qualify.path_model import PathModel
from rongtong.qualify.short import short
from rongtong.qualify.what_if import WhatIf

some = settings(max_examples=8, suppress_health_check=list(HealthCheck), derandomize=True)
money = st.integers(0, 12).map(lambda n: Decimal(n) / 100)
drawn = st.fixed_dictionaries(
    {name: st.just(value) for name, value in BASE.items()}
    | {"revenue[2021]": money, "rd_expense[2021]": money, "total_liabilities[2021]": money,
       "staff[2021]": st.integers(5, 8), "rd_staff[2021]": st.integers(0, 5), "standards_count": st.integers(0, 1),
       "digital_level": st.sampled_from(LEVELS), "qms_certified": st.booleans(), "own_brand": st.booleans(),
       "ip.class_2": st.integers(0, 2)}
).flatmap(lambda firm: st.sets(st.sampled_from(["qms_certified", "own_brand", "rd_expense[2020]"]), max_size=2).map(
    lambda lost: {name: value for name, value in firm.items() if name not in lost}))  # fmt: skip


class AtOneStep(PathModel):
    """Paths of one lever or one fact."""

    def solve(self) -> Any:
        used = [step[1] for step in self.truths.steps]
        self.model.add(sum(used) + sum(self.truths.supplied.values()) <= 1)
        return super().solve()


def by_paths(monkeypatch, frozen, file: Path, firms: int) -> dict[int, bool]:
    """Who has a path of one step, and whether it is by a fact."""
    monkeypatch.setattr(path_search, "PathModel", AtOneStep)
    monkeypatch.setattr(path_search.Search, "_blocking", lambda _self, _standing: ())
    found = {n: paths.path(frozen, file, f"f{n}", at=AT).paths[0] for n in range(firms)}
    return {n: bool(one.supplies) for n, one in found.items() if one.possible and one.tasks == 1}


def by_short(frozen, file: Path) -> dict[int, bool]:
    program = program_of(frozen, file, edition=None, purpose="new", as_of=AT)
    found = [one for one in short(WhatIf(frozen, program)) if not one.fixed]
    return {one.n: any(step.kind == "fact" for step in one.steps) for one in found}


@some
@given(
    st.lists(drawn, min_size=6, max_size=6),
    st.lists(st.sampled_from(sorted(CONDITIONS)), min_size=2, max_size=3, unique=True),
    st.sampled_from([0, 0, 6]),
)
def test_who_is_one_step_short_has_a_path_of_one_step(tmp_path_factory, firms, conditions, score):
    folder = tmp_path_factory.mktemp("short")
    frozen, file = snapshot(folder / "s", firms, reference_date=SINCE.isoformat()), small(folder, conditions, score)
    with pytest.MonkeyPatch.context() as patch:
        wanted = by_paths(patch, frozen, file, len(firms))
    assert by_short(frozen, file).keys() == wanted.keys()


@pytest.mark.parametrize(
    ("asked", "has", "margin", "to"),
    [
        ("rd_institution_level >= 省级", {"rd_institution_level": "无"}, None, "省级"),
        ("count(ip.class_1) >= 3项", {"ip.class_1": 1}, -2, None),
        ("own_brand", {"own_brand": False}, None, None),
    ],
)
def test_a_step_says_how_far_it_leads(tmp_path, asked, has, margin, to):
    frozen, file = snapshot(tmp_path / "s", [has]), small(tmp_path, [asked], 0)
    (found,) = short(WhatIf(frozen, program_of(frozen, file, edition=None, purpose="new", as_of=date(2022, 10, 31))))
    assert {(step.margin, step.to) for step in found.steps} == {(margin, to)}


FIRM = {"rd_expense[2021]": Decimal(900_000), "revenue[2021]": Decimal(35_000_000), "independent_legal_person": True}
ASKED = ["rd_expense[Y] >= 100万元", "rd_expense[Y] / revenue[Y] >= 3%", "independent_legal_person"]


@pytest.mark.parametrize(
    ("changed", "steps"),
    [
        ({}, [("lever", "rd_expense[2021]")]),
        ({"revenue[2021]": Decimal(25_000_000)}, [("lever", "rd_expense[2021]")]),
        ({"rd_expense[2021]": Decimal(90_000)}, None),  # eleven times as much is not enough
        ({"rd_expense[2021]": Decimal(2_000_000)}, None),
        ({"rd_expense[2021]": Decimal(2_000_000), "independent_legal_person": False}, [("clause", "c2")]),
        ({"rd_expense[2021]": Decimal(2_000_000), "independent_legal_person": None},
         [("fact", "independent_legal_person")]),
        ({"independent_legal_person": False}, None),
    ],
)  # fmt: skip
def test_a_figure_takes_all_that_hangs_on_it_along(tmp_path, changed, steps):
    frozen, file = snapshot(tmp_path / "s", [FIRM | changed]), small(tmp_path, ASKED, 0)
    found = short(WhatIf(frozen, program_of(frozen, file, edition=None, purpose="new", as_of=date(2022, 10, 31))))
    assert [[(step.kind, step.id) for step in one.steps] for one in found] == ([steps] if steps else [])
