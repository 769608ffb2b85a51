from typing import Any

import pytest

from rongtong.match.asked import Asked, understand

from .conftest import read


@pytest.mark.parametrize("phrase", read("phrases.yaml"), ids=lambda phrase: phrase["text"])
def test_a_need_is_understood(phrase: dict[str, Any]) -> None:
    asked = Asked(tuple(phrase["terms"]), tuple(phrase.get("classes", ())), phrase.get("upstream", False))
    assert understand(phrase["text"]) == asked
