"""Whether a printed result holds: every row of the JSON document is made again and compared."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from rongtong.errors import InputError
from rongtong.facts.snapshot import Snapshot
from rongtong.i18n import _
from rongtong.qualify.assess import assess
from rongtong.qualify.verification import Verification

Plain = Callable[[object], object]
#: Parts of the manifest that a recomputation has to give again.
STATED = ("rulebook", "edition", "definition", "catalogue", "purpose", "as_of", "counts", "digests")


def load(path: Path) -> dict[str, Any]:
    """Read a result document. Raises InputError when the file is not one."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            _("不是预审结果"), place=str(path), mend=_("请给出 rongtong assess --out 写出的 .json 文件或结果文件夹")
        ) from error
    if not isinstance(found, dict) or not isinstance(found.get("manifest"), dict):
        raise InputError(_("不是预审结果"), place=str(path), mend=_("文件里没有 manifest，请重新导出"))
    return found


def verify_document(document: Mapping[str, Any], snapshot: Snapshot, *, plain: Plain) -> Verification:
    """Recompute *document* from *snapshot* and its definition; *plain* gives the JSON form of dates and numbers."""
    manifest = document["manifest"]
    with tempfile.TemporaryDirectory(prefix="rongtong-") as folder:
        again = assess(
            snapshot,
            str(manifest.get("rulebook")),
            edition=manifest.get("edition"),
            purpose=str(manifest.get("purpose")),
            as_of=manifest.get("as_of"),
            out=Path(folder),
        )
        for name in STATED:
            if manifest.get(name) != again.manifest[name]:
                return Verification(False, f"manifest.{name}：{manifest.get(name)} ≠ {again.manifest[name]}")
        difference = _first_difference(document.get("firms", ()), again.rows(), plain)
    return Verification(
        not difference, difference, (_("规则和字段目录一致"), _("逐户结论重算一致"))[: 1 + (not difference)]
    )


def _first_difference(stated: Iterable[Any], again: Iterable[Any], plain: Plain) -> str:
    for left, right in zip_longest(stated, again):
        found = json.loads(json.dumps(right, default=plain, ensure_ascii=False))
        if left != found:
            return _where(left or {}, found or {})
    return ""


def _where(left: Mapping[str, Any], right: Mapping[str, Any]) -> str:
    name = left.get("name") or right.get("name")
    key = next((key for key in {**left, **right} if left.get(key) != right.get(key)), "")
    if key == "clauses" and isinstance(left.get(key), list) and isinstance(right.get(key), list):
        nothing: dict[str, Any] = {}
        pairs = zip_longest(left[key], right[key], fillvalue=nothing)
        a, b = next((a, b) for a, b in pairs if a != b)
        return f"{name}：{a.get('id', b.get('id'))}：{a} ≠ {b}"
    return f"{name}：{key}：{left.get(key)} ≠ {right.get(key)}"
