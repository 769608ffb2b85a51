"""A confirmed filing as the small file that is its source: a heading the reader knows, one row, and what proves it."""

from __future__ import annotations

import csv
from pathlib import Path

from rongtong.definitions.catalogue import catalogue
from rongtong.portal.filings.models import Filing
from rongtong.portal.registry.models import Firm
from rongtong.report import labels


def write(path: Path, filing: Filing, firm: Firm) -> Path:
    """Write the source of *filing* to *path* (.csv, UTF-8 with a mark)."""
    proof: dict[str, object] = {
        "凭证": Path(filing.document.name or "").name,
        "凭证摘要": filing.sha256,
        "凭证页码": filing.page or "",
    }
    row = {"企业名称": firm.name, "统一社会信用代码": firm.uscc, **_stated(filing), "备注": _note(proof)}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(row.keys())
        writer.writerow(row.values())
    return path


def name_of(filing: Filing, firm: Firm) -> str:
    """The name by which reports cite it."""
    return f"企业填报_{firm.name.replace('/', '_')}_{filing.made_at:%Y%m%d}_{filing.pk}.csv"


def _stated(filing: Filing) -> dict[str, str]:
    if filing.slot == "titles":
        return dict(filing.stated)
    return {heading_of(filing.slot): filing.value}


def heading_of(slot: str) -> str:
    """The heading that means *slot* to the reader: of a count the first under which workbooks state it."""
    field_id, _dot, part = slot.partition(".")
    subset = catalogue()[field_id].subset(part) if part else None
    return subset.labels["count"][0] if subset else labels.of_slot(slot)


def _note(proof: dict[str, object]) -> str:
    return "；".join(f"{name}：{value}" for name, value in proof.items() if value)
