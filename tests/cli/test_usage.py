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


@pytest.mark.parametrize("words", [("assess",), ("what-if",), ("facts",), ("diff", "cn/srdi-sme", "cn/innovative-sme")])
def test_no_verb_writes_over_what_it_reads(rongtong, tmp_path, words):
    file = tmp_path / "firms.csv"
    file.write_text("企业名称\n青岛喆昇\n", encoding="utf-8")
    answer = rongtong(*words, file, "--out", file, "--json").face("error", code=2)
    assert (answer["error"], file.read_text(encoding="utf-8")) == ("写入的文件就是来源文件", "企业名称\n青岛喆昇\n")
