"""Only things count as not written: no talk, no times, no amounts, no wishes, nothing that a constraint answers."""

from __future__ import annotations

from typing import Any

import pytest

from match.test_holds import DAY, need, offer
from rongtong.match.evidence import evidence
from rongtong.match.holds import Day
from rongtong.match.things import things

NAMED = [
    ({"text": "我们厂协作机器人关节要用谐波减速器，一年大概12000套，明年一季度要，最好有ISO9001，青岛市内优先"},
     ["协作机器人关节", "谐波减速器"]),
    ({"product": "船用柴油机曲轴锻件", "text": None, "requirements": "单重3吨以上，需CCS认证"}, ["船用柴油机曲轴锻件"]),
    ({"text": "伺服电机用精密轴承"}, ["伺服电机", "精密轴承"]),
    ({"product": "冻干机设备共享", "text": None}, ["冻干机"]),
    ({"product": "联合研发", "text": "船舶尾气脱硝催化剂国产化替代"}, ["船舶尾气脱硝催化剂"]),
    ({"text": "材料为轴承钢，表面要镀锌，预算 360 万元以内，10月底前送样"}, ["轴承钢", "镀锌"]),
    ({"text": "PEEK 密封件，须有 IATF 16949 认证，小巨人企业更好"}, ["PEEK", "密封件"]),
    ({"text": "希望尽快联系"}, []),
]  # fmt: skip  # read by rows


@pytest.mark.parametrize(("said", "found"), NAMED)
def test_the_things_that_a_need_names(said: dict[str, Any], found: list[str]) -> None:
    assert things(need(**said)) == found


def test_what_a_constraint_answers_is_not_said_to_be_unwritten() -> None:
    asked = need(product="曲轴锻件", text="需CCS认证", certificates=["CCS"])
    held = offer(product="曲轴锻件", certificates=["CCS"])
    assert evidence(asked, held, {}, Day(DAY))["against"] == []
