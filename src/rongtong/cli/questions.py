"""``rongtong questions``: what settling left to people, each with the command that decides it."""

from __future__ import annotations

import shlex
from typing import Any

from rongtong import identity
from rongtong.cli import output
from rongtong.cli.opening import Said, snapshot
from rongtong.cli.options import AsJson, Date, Home, Source, Year
from rongtong.cli.progress import progress
from rongtong.facts import undecided
from rongtong.i18n import _, joined
from rongtong.report import labels
from rongtong.report.judging import in_words, likely

SHOWN, ALL = 20, 1_000_000


def run(
    source: Source = None, date: Date = None, year: Year = None, home: Home = None, as_json: AsJson = False
) -> None:
    """List the pairs that may be one firm, and the facts on which sources of one rank disagree."""
    with progress() as report:
        opened = snapshot(source, home, report, said=Said(date=date, year=year))
        pairs = undecided.pairs(opened.snapshot)
        conflicts = undecided.conflicts(opened.snapshot, most=ALL if as_json else SHOWN)
    if as_json:
        output.document({"pairs": list(map(pair, pairs)), "conflicts": list(map(conflict, conflicts))})
        return
    show(pairs, conflicts, undecided.counts(opened.snapshot)[undecided.OPEN])


def pair(found: dict[str, Any]) -> dict[str, Any]:
    """A pair as a JSON object, with the two commands of which one decides it."""
    sides = {
        side: {key: found[f"{side}_{key}"] for key in ("firm", "uscc", "name", "file", "sheet", "row")}
        for side in ("left", "right")
    }
    reasons = identity.describe_all(found["reasons"])
    told = {"score": found["score"], "likely": likely(found), "reasons": reasons}
    return {**sides, **told, "decide": decisions(found)}


def decisions(found: dict[str, Any]) -> dict[str, str]:
    """The two commands of which one decides a pair."""
    firms = (found["left_firm"], found["right_firm"])
    return {word: shlex.join(("rongtong", "decide", word, *firms)) for word in ("same", "different")}


def conflict(found: dict[str, Any]) -> dict[str, Any]:
    """A contested fact as a JSON object, each claim with the command that chooses it."""
    claims = [
        {key: claim[key] for key in ("value", "date", "file", "sheet", "row")} | {"decide": choice(found, claim)}
        for claim in found["claims"]
    ]
    return {key: found[key] for key in ("firm", "uscc", "name")} | {"field": found["slot"], "claims": claims}


def choice(found: dict[str, Any], claim: dict[str, Any]) -> str:
    """The command that chooses *claim*."""
    return shlex.join(("rongtong", "decide", "value", found["firm"], found["slot"], str(claim["value"])))


def show(pairs: list[dict[str, Any]], conflicts: list[dict[str, Any]], in_all: int) -> None:
    """List both for a person."""
    output.show(_("可能是同一家企业的 {n} 对：", n=f"{len(pairs):,}"))
    heads = [_("可能性"), _("企业"), _("另一家"), _("理由"), _("是同一家就照抄")]
    output.show(output.table(heads, map(pair_line, pairs[:SHOWN])))
    output.show(_("来源说法不一、待定取舍的数据 {n} 处：", n=f"{in_all:,}"))
    heads = [_("企业"), _("字段"), _("说法"), _("文件"), _("采用这个就照抄")]
    output.show(output.table(heads, (claim_line(one, claim) for one in conflicts for claim in one["claims"])))
    if max(len(pairs), in_all) > SHOWN:
        output.show(_("各列前 {n} 条；用 --json 列出全部。不是同一家：rongtong decide different。", n=SHOWN))


def pair_line(found: dict[str, Any]) -> list[str]:
    """A pair as a line for a person."""
    reasons = joined(identity.describe_all(found["reasons"]))
    names = (f"{found[f'{side}_name']}\n{found[f'{side}_uscc'] or '—'}" for side in ("left", "right"))
    return [in_words(likely(found)), *names, reasons, decisions(found)["same"]]


def claim_line(found: dict[str, Any], claim: dict[str, Any]) -> list[str]:
    """A claim on a contested fact as a line for a person."""
    place = _("{file} {sheet} 第 {row} 行", file=claim["file"], sheet=claim["sheet"], row=claim["row"])
    value = labels.of_claim(found["slot"], claim["value"])
    return [found["name"], labels.of_slot(found["slot"]), value, place, choice(found, claim)]
