"""What linking asks a person stands in the snapshot."""

from __future__ import annotations

import pyarrow.parquet as pq

from making import code, put


def test_a_similar_name_is_a_question_with_its_reasons(alliance):
    put(alliance, [{"name": "青岛喆昇精密轴承有限公司", "uscc": code(1)}], file="甲")
    put(alliance, [{"name": "青岛喆昇精密轴承厂有限公司", "uscc": None}], file="乙")
    questions = pq.read_table(alliance.settle().path / "questions.parquet").to_pylist()
    assert [isinstance(one["reasons"], str) for one in questions] == [True]
