"""The heading of a list is no firm, in either language."""

from __future__ import annotations

import pyarrow as pa
import pytest

from rongtong import lists
from rongtong.workbooks import Sheet, texts_table


@pytest.mark.parametrize("heading", ["单位名称", "Firm name", "Company Name", "NAME"])
def test_a_heading_is_no_firm(heading):
    sheet = Sheet("", texts_table([pa.array([heading, "喆昇轴承", "Name Tag 有限公司"])]))
    assert lists.find(sheet).rows(sheet)["name"].to_pylist() == ["喆昇轴承", "Name Tag 有限公司"]
