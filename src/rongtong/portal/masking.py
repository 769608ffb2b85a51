"""What those see who may not know somebody: masked telephones, and no count of fewer than three."""

from __future__ import annotations

import re

#: Of fewer than this each could be made out: what counts or describes fewer is not shown to whoever may not know them.
LEAST = 3
_MOBILE = re.compile(r"1\d{10}")


def masked(phone: str) -> str:
    """A number of which only the beginning and the end can be read."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****"


def without_phones(text: str) -> str:
    """*text* with every mobile number in it masked."""
    return _MOBILE.sub(lambda found: masked(found[0]), text)
