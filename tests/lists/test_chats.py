"""A list out of a chat, pasted or as a text file: one firm a row, whatever else people wrote; a table stays one."""

from __future__ import annotations

import time

import pytest

from rongtong.lists import Listing, chatted

ONE, OTHER, CODE = "青岛甲机械有限公司", "青岛乙电子有限公司", "91370212MA0001181N"
CHAT = f"""各位老师，参会企业如下：
1，{ONE}、{OTHER}
2 青岛丙厂（张总 13905321234）
③青岛丁公司@李四
4）青岛戊公司，2人
- 青岛己公司 {CODE}
{CODE}
喆昇、铭沣；百昊
青岛庚（山东，中国）公司
[强]收到
以上共10家"""
NAMES = [
    ONE,
    OTHER,
    "青岛丙厂",
    "青岛丁公司",
    "青岛戊公司",
    "青岛己公司",
    "",
    "喆昇",
    "铭沣",
    "百昊",
    "青岛庚（山东，中国）公司",
]
CODES = ["", "", "", "", "", CODE, CODE, "", "", "", ""]


def columns(sheet) -> list[list[str]]:
    return [column.to_pylist() for column in sheet.cells.columns]


def test_lines_of_a_chat_are_firms_with_their_codes():
    assert columns(chatted(CHAT)) == [["企业名称", *NAMES], ["统一社会信用代码", *CODES]]


@pytest.mark.parametrize(
    ("text", "lines", "firms"),
    [
        (CHAT, 11, NAMES),
        (f"序号,企业名称,所属区市\n1,{ONE},崂山区\n2,{OTHER},即墨区\n", 0, [ONE, OTHER]),
    ],
)
def test_a_text_file_is_a_chat_unless_it_is_a_table(tmp_path, text, lines, firms):
    (tmp_path / "名单.txt").write_text(text, encoding="gb18030")
    read = Listing.read(tmp_path / "名单.txt", tmp_path)
    assert (read.lines, [one or "" for one in read.rows["name"].to_pylist()]) == (lines, firms)


@pytest.mark.parametrize("sign", ["1", " ", "、", "（", "@", f"{ONE}、"])
def test_a_line_without_end_is_read_in_time(sign):
    began = time.process_time()
    chatted(f"{ONE}\n（{sign * 20_000}电话")
    assert time.process_time() - began < 3
