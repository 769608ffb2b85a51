"""``rongtong compare``: a list of firms compared with the registry, and given back with what was found (名单比对)."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, NamedTuple

import pyarrow as pa
import typer
from openpyxl.utils import column_index_from_string, get_column_letter

from rongtong import lists
from rongtong.cli import output, tables
from rongtong.cli.opening import Opened, snapshot
from rongtong.cli.options import AsJson, Home, Out, Source
from rongtong.cli.progress import progress
from rongtong.errors import InputError
from rongtong.facts.answers import Answer
from rongtong.i18n import _, mark

#: Of these the first two are the list given back.
FORMATS = (".xlsx", ".csv", ".json", ".parquet")
SHOWN = 20

List = Annotated[Path, typer.Argument(metavar="LIST", help=mark("名单（.xlsx、.xls、.csv 等），一行一家，名称或代码"))]
Name = Annotated[str | None, typer.Option("--name", help=mark("名称在哪一列，如 B；不写则自动识别"))]
Code = Annotated[str | None, typer.Option("--code", help=mark("代码在哪一列，如 C；不写则自动识别"))]


class Compared(NamedTuple):
    """A list, the snapshot it was compared with, what came of each row, the candidates, and what people answered."""

    listing: lists.Listing
    opened: Opened
    matches: pa.Table
    candidates: Mapping[str, Mapping[str, Any]]
    answers: Mapping[int, Answer]


def run(
    listed: List,
    source: Source = None,
    name: Name = None,
    code: Code = None,
    out: Out = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Compare a list with the registry."""
    tables.destination(out, FORMATS, listed, source)
    columns = {"name": column("--name", name), "code": column("--code", code)}
    with progress() as step, TemporaryDirectory(prefix="rongtong-") as folder:
        step(_("读取 {file}", file=listed.name), 0.1)
        listing = lists.Listing.read(listed, Path(folder), **columns)
        opened = snapshot(source, home, step, beside=out)
        compared = of(listing, opened, lambda share: step(_("与企业库比对"), 0.4 + share / 2))
        if out:
            step(_("写入 {file}", file=out.name), 0.9)
            save(out, compared)
    if as_json:
        output.document(as_dict(compared))
    else:
        show(compared, out)


def of(listing: lists.Listing, opened: Opened, step: Callable[[float], None]) -> Compared:
    """Compare *listing*, and say of its rows what people answered before."""
    answers = opened.answers()
    matches = lists.answered(lists.compare(listing.rows, opened.snapshot, step=step), opened.snapshot, answers)
    known = {one.entry: one for one in answers}
    return Compared(listing, opened, matches, lists.candidates(matches, opened.snapshot), known)


def column(option: str, letters: str | None) -> int | None:
    """The number (from 0) of the column that *option* names by its letters."""
    if letters is None:
        return None
    if not re.fullmatch("[A-Za-z]{1,2}", letters):
        raise InputError(_("不是列：{text}", text=letters), place=option, mend=_("请写列的字母，如 B"))
    return int(column_index_from_string(letters.upper())) - 1


def counts(matches: pa.Table) -> dict[str, int]:
    """The rows of the list, by outcome too."""
    found = Counter(matches["outcome"].to_pylist())
    return {"rows": matches.num_rows, **{outcome: found[outcome] for outcome in lists.OUTCOMES}}


def as_dict(compared: Compared) -> dict[str, Any]:
    """The machine form: the list, the counts, and each row with its candidates."""
    sheet, found = compared.listing.sheet, compared.listing.found
    return {
        "snapshot": compared.opened.snapshot.id,
        "file": compared.listing.path.name, "sheet": sheet.name, "name_column": letter(found.name),
        "code_column": letter(found.code), "counts": counts(compared.matches),
        "rows": (row(one, compared) for one in compared.matches.to_pylist()),
    }  # fmt: skip


def letter(index: int | None) -> str | None:
    """A column by its letters."""
    return None if index is None else get_column_letter(index + 1)


def row(one: dict[str, Any], compared: Compared) -> dict[str, Any]:
    """A row of the list with its candidates as firms, the answer that speaks for it, and how to answer it."""
    said = compared.answers.get(one["answer"])
    answer = {"entry": said.entry, "by": said.by, "at": said.at} if said else None
    found = [compared.candidates[firm] for firm in one["candidates"]]
    told = {name: value for name, value in one.items() if name not in {"code", "called", "against"}}
    near = [{**compared.candidates[firm["firm"]], "why": firm["why"]} for firm in one["near"]]
    return told | {"candidates": found, "near": near, "answer": answer, "decide": decisions(one) if found else None}


def decisions(one: Mapping[str, Any]) -> dict[str, str]:
    """The commands of which one answers a row that is asked about: which firm it is, or that it is none of them."""
    named = ("rongtong", "decide", "listed", one["given_name"] or one["given_uscc"])
    coded = ("--code", one["given_uscc"]) if one["given_name"] and one["given_uscc"] else ()
    apart = [word for firm in one["candidates"] for word in ("--not", firm)]
    return {
        "same": shlex.join((*named, one["candidates"][0], *coded)),
        "different": shlex.join((*named, *coded, *apart)),
    }


def save(out: Path, compared: Compared) -> None:
    """Write the list given back, or what came of its rows, as the suffix of *out* says."""
    if out.suffix.lower() in (".xlsx", ".csv"):
        give_back = partial(compared.listing.give_back, compared.matches, among=compared.candidates)
        tables.whole(out, give_back)
    else:
        tables.write(out, compared.matches, as_dict(compared))


def show(compared: Compared, out: Path | None) -> None:
    """Tell a person how many rows have which outcome, and the rows that want a look."""
    listing, found = compared.listing, compared.listing.found
    where = {
        "sheet": listing.sheet.name or listing.path.name,
        "name": letter(found.name) or "—",
        "code": letter(found.code) or "—",
    }
    if listing.lines:
        told = {"lines": f"{listing.lines:,}", "rows": f"{compared.matches.num_rows:,}"}
        output.show(_("文本 {lines} 行，按聊天记录整理成名单 {rows} 行，一行一家；行号是整理后的。", **told))
    output.show(_("名单在“{sheet}”：名称 {name} 列，代码 {code} 列。", **where))
    number = counts(compared.matches)
    words = {outcome: _(text) for outcome, text in lists.OUTCOMES.items()}
    lines = ([words[outcome], f"{number[outcome]:,}"] for outcome in words)
    output.show(output.table([_("比对结果"), _("名单行数")], [*lines, [_("合计"), f"{number['rows']:,}"]]))
    rows = [row(one, compared) for one in compared.matches.to_pylist() if one["outcome"] != "same"]
    if rows:
        heads = [_("行"), _("名单上的名称"), _("名单上的代码"), _("比对结果"), _("候选或相近企业"), _("比对依据")]
        rows.sort(key=lambda one: one["outcome"])  # what is asked comes before what is not there
        output.show(output.table(heads, (line(one, words) for one in rows[:SHOWN])))
    if number["ask"]:
        output.show(
            _("待核的答一次就记住：rongtong decide listed 名单上的写法 企业；都不是：--not 企业。各行的命令见 --json。")
        )
    if answered := compared.matches.num_rows - compared.matches["answer"].null_count:
        output.show(_("有 {n} 行按以前的答复判定，依据里写明是谁、哪天答的。", n=f"{answered:,}"))
    if out:
        output.show(_("已写入 {file}", file=out))
    else:
        output.show(_("逐行结果：加 --json；回填在名单右侧：--out 比对.xlsx"))


def called(firm: Mapping[str, Any]) -> str:
    """A firm that a row may be, or that is near it, then with why it is not the row's."""
    known = f"{firm['name']} {firm['uscc'] or '—'}"
    return _("{firm}（{why}）", firm=known, why=firm["why"].replace("；", "、")) if "why" in firm else known


def line(one: Mapping[str, Any], words: Mapping[str, str]) -> list[object]:
    """A row that is asked about or not found, as a line for a person."""
    firms = "\n".join(map(called, [*one["candidates"], *one["near"]]))
    return [one["row"], one["given_name"], one["given_uscc"], words[one["outcome"]], firms or None, one["why"]]
