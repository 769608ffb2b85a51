"""``rongtong verify`` of a matching: its folder, or the .xlsx or .json that was written of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rongtong import facts, i18n, match, qualify, report
from rongtong.cli import output
from rongtong.cli.match import document
from rongtong.cli.opening import alliance
from rongtong.cli.options import home_of
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.qualify.documents import READ, first_difference, first_unknown


def check_all(result: Path, given: Path | None, manifest: Mapping[str, Any], *, deep: bool) -> Iterator[facts.Check]:
    """Every check of a matching: its snapshot first, then what was computed, then what the file says of it."""
    folder = (
        result
        if result.is_dir()
        else folder_of(result, given, str(manifest.get("id")), of_alliance=bool(manifest.get("snapshot")))
    )
    found = match.opened(folder)
    snapshot = None
    if found.manifest["snapshot"]:
        home = given or folder.resolve().parents[1]
        snapshot = facts.Snapshot(home / "snapshots" / str(found.manifest["snapshot"]))
        yield from facts.verify(alliance(home), snapshot, deep=deep)
    answer = match.verify(folder, snapshot)
    yield from (facts.Check(check, True) for check in answer.checks)
    if not answer.holds:
        yield facts.Check(_("重算"), False, answer.first_difference)
    elif result.is_file():
        difference = of_a_file(result, found)
        yield facts.Check(_("文件与结果一致"), not difference, difference)
        if noted := not_checked(result):
            yield facts.Check(noted, True)


def not_checked(result: Path) -> str:
    """What a document says that nothing here can tell, in words; empty when that is nothing."""
    if result.suffix.lower() == ".xlsx" or not qualify.load_document(result).get("problems"):
        return ""
    return _("problems 是读表时的记录，要重读原表才知道，这里没有核对")


def folder_of(result: Path, given: Path | None, name: str, *, of_alliance: bool) -> Path:
    """The result folder that a file tells of: in the home given, beside the file, else in the usual home."""
    homes = [given] if given else [*sorted(result.resolve().parent.glob("*/results")), home_of(None) / "results"]
    places = [(home / "results" if given and home == given else home) / name for home in homes if home]
    found = next((place for place in places if name.isalnum() and place.is_dir()), None)
    if found is None:
        mend = (
            _("请用 --home 指明当时的联盟数据文件夹")
            if of_alliance
            else _("请用 --home 指明当时写在结果旁边、以需求表命名的文件夹，如 needs.rongtong")
        )
        raise InputError(_("没有文件所说的结果 {id}", id=name), place=str(result), mend=mend)
    return found


def of_a_file(result: Path, found: match.Matching) -> str:
    """The first difference between a file and the result it tells of; empty when there is none."""
    if result.suffix.lower() == ".xlsx":
        return report.read_back.first_difference(result, lambda again: report.matching(found, again))
    stated = qualify.load_document(result)
    if stated["manifest"] != json.loads(output.dumps(found.manifest)):
        return "manifest"
    return min((difference_in(language, stated, found) for language in i18n.LANGUAGES), key=len)


def difference_in(language: str, stated: Mapping[str, Any], found: match.Matching) -> str:
    """The first difference of a document from what is printed in a language."""
    with i18n.using(language):
        again = document(found)
        if unknown := first_unknown(stated, (*again, *READ)):
            return unknown
        parts = ("needs", "firms", "tradeoff")
        differences = ((one, first_difference(stated.get(one, ()), again[one], output.plain)) for one in parts)
        return next((f"{one}：{told}" for one, told in differences if told), "")
