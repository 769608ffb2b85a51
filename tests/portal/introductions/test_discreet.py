"""What one side, an officer or another firm may not know before both have agreed, or at all, no page tells."""

from __future__ import annotations

import pytest

from rongtong.errors import InputError
from rongtong.portal.introductions import operations

DISGUISED = ["138 1234 5678", "一三八 一二三四 五六七八", "微信号：zs_2020", "zhang(at)qq.com"]


@pytest.mark.parametrize("contact", DISGUISED)
def test_a_contact_in_disguise_is_not_handed_over_before_both_agree(need, own_firm, owner, contact):
    with pytest.raises(InputError, match="不交换联系方式"):
        operations.apply(actor=owner, firm=own_firm, need=need, words=f"做过同类，{contact}")
    reasons = [{"says": "for", "kind": "words", "text": f"做过同类，{contact}"}]
    made = operations.recommend(
        actor=need.reviews.get().by, need=need, firm=own_firm, origin="officer", reasons=reasons
    )
    assert [one["text"] for one in made.reasons] == ["做过同类，（联系方式略）"]
