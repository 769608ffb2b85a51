"""A confirmed filing as the slip that is its source: a heading the reader knows, one row, and what proves it."""

from __future__ import annotations

from pathlib import Path

from django.utils.timezone import localtime

from rongtong import i18n
from rongtong.definitions.catalogue import catalogue
from rongtong.portal import slips
from rongtong.portal.filings.models import Filing
from rongtong.portal.registry.models import Firm
from rongtong.portal.slips import Slip
from rongtong.report import labels


def slip(filing: Filing, firm: Firm) -> Slip:
    """The slip of *filing*, in the words of the source, whatever the page's are."""
    proof: dict[str, object] = {
        "凭证": Path(filing.document.name or "").name,
        "凭证摘要": filing.sha256,
        "凭证页码": filing.page or "",
    }
    name = slips.named("企业填报", firm, localtime(filing.made_at), filing.pk)
    with i18n.using(i18n.SOURCE):
        return Slip(name, _stated(filing), proof)


def _stated(filing: Filing) -> dict[str, str]:
    if filing.slot == "titles":
        return dict(filing.stated)
    return {heading_of(filing.slot): filing.value}


def heading_of(slot: str) -> str:
    """The heading that means *slot* to the reader: of a count the first under which workbooks state it."""
    field_id, _dot, part = slot.partition(".")
    subset = catalogue()[field_id].subset(part) if part else None
    return subset.labels["count"][0] if subset else labels.of_slot(slot)
