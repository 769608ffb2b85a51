"""What the demonstration found: firms, titles and verdicts counted apart, and how far titles and verdicts agree."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rongtong import facts, qualify, sample
from rongtong.cli import output
from rongtong.definitions.wording import worded
from rongtong.i18n import _
from rongtong.report import labels

#: The title that a rulebook of today would lead to; it was granted under older rules.
TITLES = {"cn/srdi-sme": "省级专精特新", "cn/innovative-sme": "创新型中小企业"}
VERDICTS = ("qualified", "not_qualified", "undetermined")


def of(
    made: sample.Sample,
    snapshot: facts.Snapshot,
    assessments: Mapping[str, qualify.Assessment],
    cells: Mapping[str, int],
) -> dict[str, Any]:
    """The figures of the demonstration, as a JSON object; the sample knows how many firms and members there are."""
    return {
        "truth": {"firms": made.firms.num_rows, "members": sum(filter(None, made.firms["member"].to_pylist()))},
        "cells": dict(cells),
        "snapshot": snapshot.id,
        "counts": snapshot.manifest["counts"],
        "titles": titles(snapshot),
        "rulebooks": {
            rulebook: {
                "verdicts": {word: assessment.counts.get(word, 0) for word in VERDICTS},
                "missing": dict(assessment.most_missing()),
                "of_title_holders": agreement(snapshot, assessment, TITLES[rulebook]),
            }
            for rulebook, assessment in assessments.items()
        },
    }


def titles(snapshot: facts.Snapshot) -> list[dict[str, Any]]:
    """Titles held by kind: how many titles, and how many firms hold them."""
    if "list_titles" not in snapshot.tables:
        return []
    sql = "SELECT kind, count(*) AS titles, count(DISTINCT n) AS firms FROM list_titles GROUP BY kind ORDER BY 2 DESC"
    with snapshot.connect() as connection:
        rows: list[dict[str, Any]] = connection.sql(sql).to_arrow_table().to_pylist()
    return rows


def agreement(snapshot: facts.Snapshot, assessment: qualify.Assessment, title: str) -> dict[str, int]:
    """The verdicts of the firms that hold *title*."""
    if "list_titles" not in snapshot.tables:
        return {}
    sql = """
        SELECT verdict, count(*) FROM verdicts
        WHERE n IN (SELECT n FROM list_titles WHERE kind = $title) GROUP BY verdict
    """
    with snapshot.connect() as connection:
        connection.register("verdicts", assessment.table)
        return dict(connection.execute(sql, {"title": title}).fetchall())


def show(summary: Mapping[str, Any], out: Path) -> None:
    """Tell a person what was found and where it is."""
    cells = {name: f"{count:,}" for name, count in summary["cells"].items()}
    output.show(
        "",
        _("{workbooks} 份表格，{cells} 个单元格：采用 {used}，有原因不采用 {ignored}，有问题 {problems}。", **cells),
        _("企业 {firms} 家，来自 {mentions} 条记录。", **{k: f"{n:,}" for k, n in summary["counts"].items()}),
        _(
            "样例的真值：企业 {firms} 家，其中联盟成员 {members} 家。",
            **{k: f"{n:,}" for k, n in summary["truth"].items()},
        ),
        "",
        output.table(
            [_("持有称号（按旧规定授予）"), _("称号数"), _("企业数")],
            ([worded(row["kind"]), f"{row['titles']:,}", f"{row['firms']:,}"] for row in summary["titles"]),
        ),
        "",
        verdict_table(summary["rulebooks"]),
        "",
    )
    for rulebook, found in summary["rulebooks"].items():
        output.show(missing_table(rulebook, found["missing"]), "")
    output.show(_("快照 {id}", id=summary["snapshot"]), _("逐户结论在 {out}/verdicts.xlsx", out=out))


def go_on(out: Path, as_of: str, listed: Path) -> None:
    """What to do next with what lies in *out*: the portal, a question, a list to compare."""
    home, firm = shlex.quote(str(out / "home")), shlex.quote(_("企业名称或代码"))
    steps = (
        (_("打开平台（样例重做一遍）"), f"rongtong demo --out {shlex.quote(str(out))} --serve"),
        (_("问一家企业为什么"), f"rongtong explain {firm} --home {home} --as-of {as_of}"),
        (_("比对一份名单"), f"rongtong compare {shlex.quote(str(listed))} --home {home} --out compared.xlsx"),
    )
    output.show("", _("接下来可以："))
    output.whole(*(_("  {what}：{command}", what=what, command=command) for what, command in steps))


def verdict_table(rulebooks: Mapping[str, Any]) -> Any:
    """Verdicts by rulebook, of all firms and of those that hold the title."""
    lines = []
    for rulebook, found in rulebooks.items():
        lines.append([rulebook, _("全部企业"), *counted(found["verdicts"])])
        if found["of_title_holders"]:
            lines.append(
                ["", _("其中持有“{title}”", title=worded(TITLES[rulebook])), *counted(found["of_title_holders"])]
            )
    return output.table([_("规则"), "", _("✓ 符合"), _("✗ 不符合"), _("? 暂不能判定")], lines)


def counted(verdicts: Mapping[str, int]) -> list[str]:
    """Three counts in the order of the words."""
    return [f"{verdicts.get(word, 0):,}" for word in VERDICTS]


def missing_table(rulebook: str, missing: Mapping[str, int]) -> Any:
    """The facts that are missing most."""
    heads = [_("缺得最多的数据（{rulebook}）", rulebook=rulebook), _("企业数"), _("由谁提供")]
    return output.table(heads, ([labels.of_slot(s), f"{n:,}", labels.settled_by(s)] for s, n in missing.items()))
