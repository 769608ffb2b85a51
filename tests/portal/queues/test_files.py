"""The queues as files: every claim on a contested fact, every pair, as far as the reader decides about them."""

from __future__ import annotations

import csv
import io

import pytest

from rongtong.portal.people.models import Role
from rongtong.portal.queues import queries
from rongtong.report import labels


@pytest.fixture
def lines(client_of):
    """The lines of a queue's CSV for a role, each by its headings."""

    def read(role: str, queue: str) -> list[dict[str, str]]:
        answer = client_of(role).get(f"/queues/{queue}/", {"export": "csv"})
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    return read


@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.CITY_OFFICER])
def test_a_file_of_conflicts_has_a_line_for_each_claim(lines, person, role):
    conflicts = queries.conflicts(person(role), most=queries.ALL)
    expected = [
        (one["name"], labels.of_slot(one["slot"]), labels.of_claim(one["slot"], claim["value"]), claim["file"])
        for one in conflicts
        for claim in one["claims"]
    ]
    found = [(one["企业名称"], one["数据项"], one["来源所说"], one["文件"]) for one in lines(role, "conflicts")]
    assert found == expected


def test_a_file_of_duplicates_has_a_line_for_each_pair(lines, person):
    pairs = queries.duplicates(person(Role.CITY_OFFICER))
    found = lines(Role.CITY_OFFICER, "duplicates")
    assert [(one["企业甲"], one["企业乙"]) for one in found] == [(one["left_name"], one["right_name"]) for one in pairs]
