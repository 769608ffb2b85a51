"""How many questions for how many errors."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rongtong.identity import curve, link
from rongtong.identity.curve import LEAST

from .cases import table

likelihoods = st.dictionaries(
    st.tuples(
        st.integers(100, 10_000).map(lambda n: n / 10_000),
        st.integers(0, 2),
        st.sampled_from(["none", "guarded", "asked"]),
    ).map(lambda told: (told[0], told[0] / (1 + told[1]), told[2])),
    st.integers(1, 50),
    max_size=9,
)
NAMES = ["青岛海德利精密轴承有限公司", "青岛海德利精密轴承厂有限公司", "青岛海德利精密轴承厂有限公司胶州分公司"]


def test_a_point_counts_by_its_bounds_and_what_rules_leave_to_them() -> None:
    found = curve.table(
        {
            (0.1, 0.1, "none"): 10, (0.5, 0.5, "none"): 4, (0.99, 0.99, "none"): 100, (0.99, 0.99, "guarded"): 2,
            (0.05, 0.05, "asked"): 1,
        }
    )  # fmt: skip
    [point] = curve.points(found, [(0.2, 0.98)])
    assert point == (0.2, 0.98, 4 + 2 + 1, 1.0, 1.0)


def test_what_others_make_less_sure_is_asked_and_counts_for_less() -> None:
    found = curve.table({(0.99, 0.5, "none"): 3, (0.1, 0.05, "none"): 2})
    assert curve.points(found, [(0.2, 0.98)]) == [(0.2, 0.98, 3, 0.0, 0.1)]
    settled_before = found.drop_columns("beside")
    assert curve.points(settled_before, [(0.2, 0.98)]) == [(0.2, 0.98, 0, 0.03, 0.2)]


@settings(max_examples=50, deadline=None)
@given(likelihoods)
def test_more_questions_are_fewer_errors(told: dict) -> None:
    wide, narrow = curve.points(curve.table(told), [(0.05, 0.999), (0.3, 0.95)])
    assert wide.questions >= narrow.questions
    assert (wide.wrong, wide.missed) <= (narrow.wrong + 0.01, narrow.missed + 0.01)


def test_linking_counts_what_bounds_may_settle_and_nothing_that_is_decided() -> None:
    rows = [(f"m{n}", None, name) for n, name in enumerate(NAMES)]
    open_, decided = (link(table(rows), [], different).likelihoods for different in ([], [("m0", "m1")]))
    assert [(one["rule"], one["pairs"], one["likelihood"] >= LEAST) for one in open_.to_pylist()] == [
        ("guarded", 1, True)
    ]
    assert decided.num_rows == 0
