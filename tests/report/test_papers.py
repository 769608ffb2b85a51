"""Every rulebook of the shelf has a paper for its first examinations, and what is written of one is of a rulebook."""

from __future__ import annotations

import pytest

from rongtong.definitions.wording import worded
from rongtong.i18n import using
from rongtong.qualify.shelf import known
from rongtong.report.draft import cited
from rongtong.report.papers import WORDS, paper_of, papers


def test_what_is_called_otherwise_is_of_a_rulebook_of_the_shelf():
    assert sorted(set(papers().rulebooks) - set(known())) == []


@pytest.mark.parametrize("rulebook", known())
def test_every_rulebook_has_a_whole_paper_in_either_language(rulebook):
    paper = paper_of(rulebook)
    said = [paper.title, paper.subject, paper.about, *paper.opinions, *map(paper.word, WORDS)]
    assert len({*map(paper.word, WORDS)}) == 3
    with using("en"):
        assert [one for one in said if worded(one) == one] == []


def test_a_rulebook_calls_otherwise_only_what_it_says():
    generic, own = papers().paper, paper_of("cn/single-champion")
    assert (own.title, own.words, own.subject) == ("制造业单项冠军企业推荐初审底稿", generic.words, generic.subject)
    assert paper_of("district/anything") == generic


@pytest.mark.parametrize(("cite", "told"), [("（一）", "（一）"), ("附件2 一（四）", "（附件2 一（四））"), ("", "")])
def test_a_number_in_brackets_stands_in_no_further_ones(cite, told):
    assert cited(cite) == told
