"""What must be there before anybody is served: a secret, the database's tables, static files, a snapshot."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.management import call_command
from django.core.management.utils import get_random_secret_key

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.jobs.operations import Progress
from rongtong.portal.registry.current import alliance
from rongtong.portal.registry.ending import end_all
from rongtong.portal.registry.models import Current
from rongtong.portal.registry.tasks import refresh

#: What a restore unpacks into; the journal is moved out of it last.
RESTORING, JOURNAL = ".restoring", "journal"


def prepare(progress: Progress) -> None:
    """Make whatever is missing; what is there stays."""
    refuse_unfinished()
    keep_secret()
    make_tables()
    call_command("collectstatic", verbosity=0, interactive=False)
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    end_all(alliance())
    state = alliance().state()
    if state.imports and (Current.objects.values_list("head", flat=True).first() or 0) < state.head:
        refresh(progress)


def refuse_unfinished() -> None:
    """Raise InputError for a folder in which a restore was ended before the journal was in its place."""
    if (settings.HOME / RESTORING).exists() and not (settings.HOME / JOURNAL).exists():
        mend = _("请重新运行 rongtong restore，它会从头恢复")
        raise InputError(_("上一次恢复没有完成"), place=str(settings.HOME), mend=mend)


def make_tables() -> None:
    """Make the database's tables, or bring them up to this version: a folder may never have been served."""
    call_command("migrate", verbosity=0, interactive=False)


def keep_secret() -> None:
    """Keep the signing key where only its owner reads it, unless one is given or kept already."""
    file = settings.STORE / "secret"
    if file.exists() or os.environ.get("RONGTONG_SECRET_KEY"):
        return
    settings.STORE.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(get_random_secret_key())
