"""The draft of a first examination as Word, called as its rulebook's paper says: clauses, conclusion, signatures."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell

from rongtong.definitions.wording import worded
from rongtong.i18n import _
from rongtong.report import labels
from rongtong.report.papers import Paper as Words
from rongtong.report.papers import paper_of

#: The fonts that offices have; readers without them fall back by themselves.
BODY, HEAD = "仿宋", "黑体"
WIDTHS = (54, 68, 54, 46, 18, 22)
#: The column of points, which a rulebook without any has not.
POINTS = 4
#: What no XML document can hold.
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
BRACKETED = re.compile(r"（[^（）]*）")
Clause = Mapping[str, Any]
#: What was said, by whom, on which day.
Signature = tuple[str, str, str]


def draft(
    story: Mapping[str, Any],
    manifest: Mapping[str, Any],
    signed: Sequence[Signature] = (),
    *,
    evidenced: Mapping[str, str] | None = None,
    day: date | None = None,
) -> bytes:
    """The .docx of one firm's story (``Assessment.explain``) under the rulebook that *manifest* names.

    *signed* is what the officer and the reviewer said, who and when; without it both lines are left to be signed.
    *evidenced* is by slot what an attached document shows, in words; *day* (None: the day of application) stands at the
    foot of every page.
    """
    words = paper_of(str(manifest["rulebook"]))
    paper = Document()
    _page(paper)
    _foot(paper, manifest, day.isoformat() if day else str(manifest["as_of"]))
    _line(paper, worded(words.title), 22, font=HEAD, centred=True)
    _about(paper, story, manifest, words)
    _clauses(paper, story["clauses"], evidenced or {})
    _lacks(paper, story["missing_detail"])
    _signatures(paper, words, signed)
    made_of = _("快照 {snapshot}，结果 {id}。", snapshot=manifest["snapshot"], id=manifest["id"])
    _line(paper, worded(words.about) + made_of, 9)
    held = io.BytesIO()
    paper.save(held)
    return held.getvalue()


def _page(paper: Paper) -> None:
    """A4 across, with room for six columns."""
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(17)
    section.top_margin = section.bottom_margin = Mm(18)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = BODY, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    style.paragraph_format.space_after = Pt(2)


def _line(paper: Paper, text: str, size: float, *, font: str = BODY, centred: bool = False) -> None:
    paragraph = paper.add_paragraph()
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, text, size, font)


def _write(paragraph: Any, text: str, size: float, font: str = BODY) -> None:
    run = paragraph.add_run(ILLEGAL.sub("", text))
    run.font.size, run.font.name = Pt(size), font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    run.font.color.rgb = RGBColor(0x1D, 0x2B, 0x38)


def _about(paper: Paper, story: Mapping[str, Any], manifest: Mapping[str, Any], words: Words) -> None:
    source = manifest["source"]
    rows = [
        (worded(words.subject), story["name"] or "", _("统一社会信用代码"), story["uscc"] or ""),
        (_("规则"), f"{worded(source['title'])} {source['number']}", _("申请口径"), manifest["as_of"]),
        (_("结论"), verdict(story["verdict"]), *_scored(story, source)),
    ]
    table = paper.add_table(rows=0, cols=4, style="Table Grid")
    for row in rows:
        cells = table.add_row().cells
        for number, text in enumerate(row):
            _fill(cells[number], text, HEAD if number % 2 == 0 else BODY)
    _set_widths(table, (34, 110, 44, 74))
    paper.add_paragraph()


def _scored(story: Mapping[str, Any], source: Mapping[str, Any]) -> tuple[str, str]:
    """The score; of a rulebook that gives none the document that it stands in."""
    return (_("评价得分"), score(story["score"])) if story["score"] else (_("依据"), source["document"])


def _foot(paper: Paper, manifest: Mapping[str, Any], day: str) -> None:
    """At the foot of every page: which page of how many, the snapshot in short, the day."""
    paragraph = paper.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, between, after = _("第 {page} 页，共 {pages} 页", page="\0", pages="\0").split("\0")
    _write(paragraph, before, 9)
    _field(paragraph, "PAGE")
    _write(paragraph, between, 9)
    _field(paragraph, "NUMPAGES")
    _write(paragraph, after + "　　" + _("快照 {id}", id=str(manifest["snapshot"])[:12]) + "　　" + day, 9)


def _field(paragraph: Any, instruction: str) -> None:
    """What Word counts itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _clauses(paper: Paper, clauses: list[Clause], evidenced: Mapping[str, str]) -> None:
    rows = list(_flat(clauses, 0))
    kept = [n for n in range(len(WIDTHS)) if n != POINTS or any(clause["points"] for _depth, clause in rows)]
    heads = (_("条款"), _("填报数据"), _("佐证数据"), _("出处"), _("得分"), _("结论"))
    table = paper.add_table(rows=1, cols=len(kept), style="Table Grid")
    for cell, n in zip(table.rows[0].cells, kept, strict=True):
        _fill(cell, heads[n], HEAD)
    _repeat(table)
    for depth, clause in rows:
        row = table.add_row()
        _keep_whole(row)
        title = "　" * depth + worded(clause["title"]) + cited(clause["cite"])
        proof = "\n".join(evidenced[name] for name in clause["values"] if name in evidenced)
        texts = (title, _values(clause), proof, _places(clause), score(clause["points"]), _outcome(clause))
        for cell, n in zip(row.cells, kept, strict=True):
            _fill(cell, texts[n])
    _set_widths(table, _across([WIDTHS[n] for n in kept]))
    paper.add_paragraph()


def cited(cite: str) -> str:
    """Where a clause stands, in brackets; what is a bracketed number already needs none."""
    return cite if not cite or BRACKETED.fullmatch(cite) else f"（{cite}）"


def _across(widths: Sequence[int]) -> tuple[int, ...]:
    """Columns as wide as all of them together are; what is left goes to the first."""
    return (widths[0] + sum(WIDTHS) - sum(widths), *widths[1:])


def _flat(clauses: list[Clause], depth: int) -> Iterator[tuple[int, Clause]]:
    for clause in clauses:
        yield depth, clause
        yield from _flat(clause.get("parts", []), depth + 1)


def _values(clause: Clause) -> str:
    return "\n".join(
        f"{labels.of_slot(name)}：{labels.of_value(name, value)}" for name, value in clause["values"].items()
    )


def _places(clause: Clause) -> str:
    cells = [one for cells in clause["sources"].values() for one in cells]
    places = [f"{one['file']} {one['sheet']} {one['cell']}{labels.whose(one)}" for one in cells]
    return "\n".join(dict.fromkeys(places))


def _outcome(clause: Clause) -> str:
    if clause["points"] is not None:
        return ""
    return {True: _("符合"), False: _("不符合"), None: _("未知")}[clause["holds"]]


def _lacks(paper: Paper, lacks: list[Mapping[str, Any]]) -> None:
    if not lacks:
        return
    _line(paper, _("尚缺数据"), 12, font=HEAD)
    for number, one in enumerate(lacks, 1):
        year = _("{year}年", year=one["year"]) if one["year"] else ""
        by = _("，由{who}提供", who=worded(one["settled_by"])) if one["settled_by"] else ""
        _line(paper, f"{number}. {year}{worded(one['label'])}{by}", 10.5)
    paper.add_paragraph()


def _signatures(paper: Paper, words: Words, signed: Sequence[Signature]) -> None:
    table = paper.add_table(rows=2, cols=2, style="Table Grid")
    for row, who, told in zip_longest(table.rows, words.opinions, signed):
        row.height = Mm(20)
        _fill(row.cells[0], worded(who), HEAD)
        _fill(
            row.cells[1], _signature(told) if told else "\n" + _("签字：　　　　　　　　日期：　　　　年　　月　　日")
        )
    _set_widths(table, (34, 228))


def _signature(told: Signature) -> str:
    said, name, day = told
    return said + "\n" + _("平台签署：{name}　　日期：{day}", name=name, day=day)


def _fill(cell: _Cell, text: str, font: str = BODY) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    _write(paragraph, text, 9.5, font)


def _set_widths(table: Table, widths: tuple[int, ...]) -> None:
    """In the cells, by which Word goes, and in the columns, by which others do."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _repeat(table: Table) -> None:
    """The head stands on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def _keep_whole(row: Any) -> None:
    """No row is torn by the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def verdict(word: str | None) -> str:
    """A verdict in words."""
    told = {"qualified": _("符合"), "not_qualified": _("不符合"), "undetermined": _("暂不能判定")}
    return told.get(word or "", "")


def score(ends: list[float] | None) -> str:
    """Points, or their bounds."""
    if ends is None:
        return ""
    low, high = ends
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"
