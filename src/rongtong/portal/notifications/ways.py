"""The ways of a notice out of the house: one line a channel; the settings give each its function."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Way(NamedTuple):
    """A channel: what it is called, and whose address it goes to.

    That is *own*, a field of the person; else the person gives one, which *asks* is called, *typed* into such a field
    and found *valid*.
    """

    label: str | Promise
    own: str = ""
    asks: str | Promise = ""
    typed: str = "text"
    valid: Callable[[str], None] | None = None


#: Every channel by the name that stands in ``channels`` of a notice; its plug is ``RONGTONG_NOTICE_`` and its name.
WAYS = {
    "sms": Way(_("短信"), own="phone"),
    "email": Way(_("邮件"), asks=_("邮箱"), typed="email", valid=validate_email),
}


def choices() -> list[tuple[str, str]]:
    """The channels as a field offers them, in the reader's language."""
    return [(name, str(way.label)) for name, way in WAYS.items()]
