"""Telephones as those see them who may not read them."""

from __future__ import annotations

import re

_MOBILE = re.compile(r"1\d{10}")


def masked(phone: str) -> str:
    """A number of which only the beginning and the end can be read."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****"


def without_phones(text: str) -> str:
    """*text* with every mobile number in it masked."""
    return _MOBILE.sub(lambda found: masked(found[0]), text)
