from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (["nope"], "没有命令 nope", "No such command 'nope'."),
        (["fields", "--nope"], "没有选项 --nope", "No such option: --nope"),
        (["fields", "extra"], "多余的参数 extra", "Got unexpected extra argument(s) (extra)"),
    ],
)
def test_usage_errors_come_in_the_readers_language(rongtong, arguments, chinese, english):
    for language, said in (("zh", f"错误：{chinese}"), ("en", f"Error: {english}")):
        answer = rongtong(*arguments, "--lang", language)
        assert (answer.code, answer.err.splitlines()[0]) == (2, said)


def test_an_unknown_language_is_a_usage_error(rongtong):
    answer = rongtong("fields", "--lang", "fr")
    assert answer.code == 2
    assert answer.err.startswith("错误：参数 '--lang' 的内容不能用")


def test_the_language_may_stand_before_or_after_the_verb(rongtong):
    before, after = rongtong("--lang=en", "fields"), rongtong("fields", "--lang", "en")
    assert before == after
    assert before.out.startswith("Id ")


@pytest.mark.parametrize(("language", "said"), [("zh", "列出字段目录"), ("en", "List the field catalogue")])
def test_help_comes_in_the_readers_language(rongtong, language, said):
    answer = rongtong("fields", "--help", "--lang", language)
    assert answer.code == 0
    assert said in answer.out


def test_no_verb_shows_the_help(rongtong):
    answer = rongtong()
    assert answer.code == 2
    assert "fields" in answer.out + answer.err
