"""Another encoder is named by a setting; one that is none is refused before anything is searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from rongtong.errors import InputError
from rongtong.match import encoders
from rongtong.match.grams import Array


class Letters:
    """An encoder as somebody else writes one: it knows how often two letters occur."""

    name = "letters-1"

    def encode(self, texts: Sequence[str]) -> Array:
        """A row for each text."""
        return encoders.unit(np.array([[one.count("a"), one.count("b")] for one in texts], np.float32))


class Nameless:
    """What is no encoder."""


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    encoders.installed.cache_clear()
    yield
    encoders.installed.cache_clear()


def test_the_encoder_of_the_setting_takes_the_place_of_the_installed_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RONGTONG_ENCODER", f"{__name__}:Letters")
    model = encoders.installed()
    assert model is not None
    assert (model.name, model.encode(["ab", "b"]).round(2).tolist()) == (
        "letters-1",
        [[pytest.approx(0.71), pytest.approx(0.71)], [0, 1]],
    )


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("nowhere.at_all:Encoder", "RONGTONG_ENCODER 所指的编码器用不了：No module named 'nowhere'"),
        ("rongtong.match.encoders:Lsa", "RONGTONG_ENCODER 所指的编码器用不了：Lsa.__init__() missing 1 required "
         "positional argument: 'texts'"),
        ("rongtong.match.encoders:Nothing", "RONGTONG_ENCODER 所指的编码器用不了：module 'rongtong.match.encoders' has "
         "no attribute 'Nothing'"),
        (f"{__name__}:Nameless", "RONGTONG_ENCODER 所指的不是编码器"),
    ],
)  # fmt: skip
def test_one_that_is_none_is_refused(place: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RONGTONG_ENCODER", place)
    with pytest.raises(InputError) as caught:
        encoders.installed()
    assert caught.value.as_dict() == {
        "error": what, "place": place, "mend": "请写成 module:Class；这个类不带参数就能建立，并有 name 和 encode(texts)"
    }  # fmt: skip
