"""Whether a printed result holds: every row of the JSON document is made again and compared."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from rongtong.errors import InputError
from rongtong.facts.snapshot import Snapshot
from rongtong.i18n import _
from rongtong.qualify.assess import assess, made_by
from rongtong.qualify.assessment import Assessment
from rongtong.qualify.verification import Verification

Plain = Callable[[object], object]
#: What stands in a result document; in every one besides, what was noted while the workbooks were read.
SAYS, READ = ("manifest", "firms"), ("problems",)


def load(path: Path) -> dict[str, Any]:
    """Read a result document. Raises InputError when the file is not one."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_each_key_once)
    except (OSError, ValueError) as error:
        raise InputError(
            _("不是预审结果"), place=str(path), mend=_("请给出 rongtong assess --out 写出的 .json 文件或结果文件夹")
        ) from error
    if not isinstance(found, dict) or not isinstance(found.get("manifest"), dict):
        raise InputError(_("不是预审结果"), place=str(path), mend=_("文件里没有 manifest，请重新导出"))
    return found


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; one with a key twice says two things, of which each reader would see another."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(pairs)
    return found


def first_unknown(document: Mapping[str, Any], known: Collection[str]) -> str:
    """What a document says besides what is *known* to stand in it, in words; empty when that is nothing."""
    return next((_("多出一项 {name}，不是写出的结果", name=name) for name in document if name not in known), "")


def verify_document(document: Mapping[str, Any], snapshot: Snapshot, *, plain: Plain) -> Verification:
    """Recompute *document* from *snapshot* and its definition; *plain* gives the JSON form of dates and numbers."""
    manifest = document["manifest"]
    if unknown := first_unknown(document, (*SAYS, *READ)):
        return Verification(False, unknown)
    with again(manifest, snapshot) as assessment:
        for name in sorted({*manifest, *assessment.manifest}):
            if manifest.get(name) != assessment.manifest.get(name):
                return Verification(False, f"manifest.{name}：{manifest.get(name)} ≠ {assessment.manifest.get(name)}")
        difference = first_difference(document.get("firms", ()), assessment.rows(), plain)
    return Verification(
        not difference, difference, (_("规则和字段目录一致"), _("逐户结论重算一致"))[: 1 + (not difference)]
    )


@contextmanager
def again(manifest: Mapping[str, Any], snapshot: Snapshot) -> Iterator[Assessment]:
    """The assessment that *manifest* tells of, made anew from *snapshot*; gone when the block ends.

    It is described as made by the software that *manifest* names: another version that gives the same rows holds.
    """
    with tempfile.TemporaryDirectory(prefix="rongtong-") as folder:
        assessment = assess(
            snapshot,
            str(manifest.get("rulebook")),
            edition=manifest.get("edition"),
            purpose=str(manifest.get("purpose")),
            as_of=manifest.get("as_of"),
            out=Path(folder),
            clauses="clauses" in manifest.get("digests", ("clauses",)),
        )
        yield replace(assessment, manifest=made_by(manifest.get("software"), assessment.manifest))


def first_difference(stated: Iterable[Any], again: Iterable[Any], plain: Plain) -> str:
    """The first row of a printed result that is not as it is made *again*, in words; empty when there is none."""
    if not isinstance(stated, list | tuple):
        return _("应为列表，文件里是 {given}", given=repr(stated)[:80])
    for left, right in zip_longest(stated, again):
        found = json.loads(json.dumps(right, default=plain, ensure_ascii=False))
        if left != found:
            return _where({} if left is None else left, found or {})
    return ""


def _where(left: object, right: Mapping[str, Any]) -> str:
    if not isinstance(left, dict):
        return f"{left!r} ≠ {right}"
    name = left.get("name") or right.get("name")
    key = next((key for key in {**left, **right} if left.get(key) != right.get(key)), "")
    if key == "clauses" and isinstance(left.get(key), list) and isinstance(right.get(key), list):
        nothing: dict[str, Any] = {}
        pairs = zip_longest(left[key], right[key], fillvalue=nothing)
        a, b = next((a, b) for a, b in pairs if a != b)
        return f"{name}：{a.get('id', b.get('id'))}：{a} ≠ {b}"
    return f"{name}：{key}：{left.get(key)} ≠ {right.get(key)}"
