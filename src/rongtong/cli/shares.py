"""Likelihoods as people write them on the command line: 20% or 0.2."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from rongtong.errors import InputError
from rongtong.i18n import _

_WRITTEN = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(%?)")


def share(option: str, text: str | None, *, least: float = 0.0) -> float | None:
    """The share that *text* says, per cent or a fraction, at least *least*. Raises InputError when it says none."""
    if text is None:
        return None
    written = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    found = float(Decimal(written[1]) / (100 if written[2] else 1)) if written else -1.0
    if not least <= found <= 1:
        mend = _("请写百分数或小数，如 20% 或 0.2")
        if written and not written[2] and found > 1:
            mend = _("是百分数的，请写成 {text}%", text=text.strip())
        raise InputError(_("不是可能性：{text}", text=text), place=option, mend=mend)
    return found
