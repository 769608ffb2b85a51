"""Operations: a write is one transaction, permitted, and stands in the trail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.utils import timezone

from rongtong.errors import InputError
from rongtong.facts.journal import During
from rongtong.i18n import _
from rongtong.portal.audit import last_entry
from rongtong.portal.audit.during import doing
from rongtong.portal.audit.models import GENESIS, Trail, name_of
from rongtong.workflows import NotYoursError

if TYPE_CHECKING:
    from rongtong.portal.people.models import User

#: Firms are no rows of ours: settling makes them anew.
FIRMS = "registry.firm"

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


def what(*, actor: User | None, act: str, subject: object, detail: dict[str, Any]) -> dict[str, Any]:
    """An act in plain data, as a journal entry keeps it and :func:`record` takes it."""
    about = {key: plain(value) for key, value in detail.items()}
    return {"actor": actor.pk if actor else None, "act": act, "subject": name_of(subject), "detail": about}


def operation(
    act: str, *, permission: str | None, about: str | None = None, says: Iterable[str] = ()
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a keyword-only function ``f(*, actor, …)`` an operation named *act*.

    In one transaction; what it enters in the journal says what it is, so that ``registry.ending`` can end what a kill
    left. What it is about is read again: of two who answer it one comes too late, and finds it answered. *actor* needs
    *permission* on the argument named *about* (None: whoever may call it, as when signing in), else PermissionDenied is
    raised and nothing written; the arguments named in *says* are kept in the trail.
    """

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        @transaction.atomic
        def run(*args: P.args, **given: P.kwargs) -> R:
            actor = cast("User | None", given.get("actor"))
            subject = held(given.get(about)) if about else None
            given.update({about: subject} if about else {})
            _permitted(actor, permission, subject)
            detail = {name: given.get(name) for name in says}
            told = During(what(actor=actor, act=act, subject=subject, detail=detail), begin=hold)
            with doing(told), _refused():
                result = function(*args, **given)
            entry = {"entry": told.entries[-1]} if told.entries else {}
            record(actor=actor, act=act, subject=result if subject is None else subject, detail=detail | entry)
            return result

        return run

    return wrap


def _permitted(actor: User | None, permission: str | None, subject: object) -> None:
    """Refuse an *actor* who lacks *permission* on *subject*."""
    if permission and not (actor and actor.has_perm(permission, subject)):
        raise PermissionDenied(permission)


@contextmanager
def _refused() -> Iterator[None]:
    """What a workflow lets nobody like the actor do is forbidden."""
    try:
        yield
    except NotYoursError as error:
        raise PermissionDenied(str(error)) from error


def held(subject: T) -> T:
    """*subject* as it is now, held until the transaction ends; a firm's row may be made anew, so its name is held.

    Raises InputError when it is not there any more.
    """
    if not isinstance(subject, models.Model):
        return subject
    if subject._meta.label_lower == FIRMS:
        in_turn(name_of(subject))
        return subject
    found = type(subject)._default_manager.select_for_update().filter(pk=subject.pk).first()
    if found is None:
        raise InputError(_("这一条刚刚被删除"), mend=_("请刷新页面"))
    return cast("T", found)


def in_turn(name: str) -> None:
    """Let nobody else do what is called *name* until this transaction ends, for what has no row yet to be held.

    SQLite lets one write at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


@transaction.atomic
def record(*, actor: User | None, act: str, subject: object, detail: dict[str, Any]) -> Trail:
    """Append one entry to the trail, inside the transaction of what it tells."""
    last, now = _last(), timezone.now()
    entry = Trail(
        number=last.number + 1 if last else 1,
        at=now.replace(microsecond=now.microsecond // 1000 * 1000),  # as exact as a backup keeps it
        actor=actor,
        act=act,
        subject=name_of(subject),
        detail={key: plain(value) for key, value in detail.items()},
        previous=last.hash if last else GENESIS,
    )
    entry.hash = entry.digest()
    entry.save(force_insert=True)
    transaction.on_commit(partial(last_entry.keep, entry))
    return entry


def hold() -> None:
    """Let nobody else write to the trail, nor enter anything in the journal, until this transaction ends.

    The lock is on the first entry: whoever waited for the last would be given it when it is the last no more.
    """
    Trail.objects.select_for_update().filter(number=1).first()


def _last() -> Trail | None:
    """The last entry, after which nobody else writes until this transaction ends."""
    hold()
    return Trail.objects.order_by("-number").first()


def plain(value: object) -> Any:
    """*value* as the trail keeps it."""
    if isinstance(value, models.Model):
        return name_of(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)
