"""Channels out of the house: any function ``send(address, title, text)`` will do.

It returns when the message is on its way, and raises :class:`TryLaterError` or any other error when it is not.
"""

from __future__ import annotations

import itertools
import os
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail


class TryLaterError(Exception):
    """The channel does not answer now."""


def folder(address: str, title: str, text: str) -> None:
    """The demonstration's channel: one file a message in the folder ``outbox``."""
    outbox = settings.STORE / "outbox"
    outbox.mkdir(parents=True, exist_ok=True)
    for number in itertools.count(sum(1 for _one in outbox.iterdir()) + 1):
        try:
            file = os.open(outbox / f"{number:05}.txt", os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            continue
        with os.fdopen(file, "w", encoding="utf-8") as made:
            made.write(f"{address}\n{title}\n\n{text}\n")
        return


def mail(address: str, title: str, text: str) -> None:
    """An e-mail through the server in ``RONGTONG_SMTP``."""
    send_mail(title, text, None, [address])


def written() -> list[Path]:
    """What the folder holds."""
    return sorted((settings.STORE / "outbox").glob("*.txt"))
