"""Making, running, cancelling and retrying jobs."""

from __future__ import annotations

import datetime
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils import timezone, translation
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from rongtong import i18n
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.audit.operations import operation
from rongtong.portal.jobs.models import Job
from rongtong.portal.people.models import User

log = logging.getLogger(__name__)
Progress = Callable[[str, float], None]
Work = Callable[..., dict[str, Any]]
#: A job whose worker has not been heard of for so long has lost it.
LOST = datetime.timedelta(seconds=20)
BEAT = 5.0
_kinds: dict[str, Work] = {}


class CancelledError(Exception):
    """Somebody cancelled the job."""


def kind(name: str) -> Callable[[Work], Work]:
    """Register ``f(*, job, progress, **arguments) -> result`` as the work of jobs of this kind.

    It may be run again after its worker died in the middle, so what it does twice must be as if done once.
    """

    def register(work: Work) -> Work:
        _kinds[name] = work
        return work

    return register


def enqueue(name: str, *, made_by: User | None, **arguments: Any) -> Job:
    """Make a job; it starts when the transaction around it is committed."""
    job = Job.objects.create(kind=name, arguments=arguments, made_by=made_by)
    transaction.on_commit(lambda: run.enqueue(job.pk))
    return job


@operation("job.cancel", permission="jobs.change", about="job")
def cancel(*, actor: User, job: Job) -> Job:
    """Ask a job to stop; one that waits is over at once, one that runs stops at its next step."""
    del actor
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel=True)
    Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(
        cancel=True, state=Job.State.CANCELLED, ended_at=timezone.now()
    )
    job.refresh_from_db()
    return job


@operation("job.retry", permission="jobs.change", about="job")
def retry(*, actor: User, job: Job) -> Job:
    """Start a failed or cancelled job again."""
    del actor
    again = Job.objects.filter(pk=job.pk, state__in=(Job.State.FAILED, Job.State.CANCELLED)).update(
        state=Job.State.WAITING, cancel=False, error=None, ended_at=None, share=0, step=""
    )
    if again:
        transaction.on_commit(lambda: run.enqueue(job.pk))
    job.refresh_from_db()
    return job


def recover() -> int:
    """Queue again the jobs whose worker is gone, and those that a kill left in no queue; returns how many."""
    Job.objects.filter(state=Job.State.RUNNING, beat_at__lt=timezone.now() - LOST).update(state=Job.State.WAITING)
    ready = DBTaskResult.objects.ready().filter(task_path=run.module_path)
    queued = {held["args"][0] for held in ready.values_list("args_kwargs", flat=True)}
    stranded = set(Job.objects.filter(state=Job.State.WAITING).values_list("pk", flat=True)) - queued
    for number in sorted(stranded):
        run.enqueue(number)
    return len(stranded)


@task()
def run(number: int) -> None:
    """Do the work of one job, once, however often it was queued."""
    now = timezone.now()
    taken = Job.objects.filter(pk=number, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, started_at=now, beat_at=now
    )
    if not taken:
        return
    job = Job.objects.select_related("made_by").get(pk=number)
    job.attempts += 1
    job.save(update_fields=["attempts"])
    with _heartbeat(number), i18n.using(i18n.SOURCE), translation.override(settings.LANGUAGE_CODE):
        ending = _ending(job)
    Job.objects.filter(pk=number).update(ended_at=timezone.now(), **ending)


def _ending(job: Job) -> dict[str, Any]:
    """Do the work; how the job ends."""
    try:
        result = _kinds[job.kind](job=job, progress=_progress(job.pk), **job.arguments)
    except CancelledError:
        return {"state": Job.State.CANCELLED}
    except InputError as error:
        return {"state": Job.State.FAILED, "error": error.as_dict()}
    except Exception:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        told = InputError(
            _("程序出错，已记入日志"), mend=_("请重试；仍不成功时，请把任务编号 {n} 告诉管理员", n=job.pk)
        )
        return {"state": Job.State.FAILED, "error": told.as_dict()}
    return {"state": Job.State.DONE, "result": result, "share": 1.0}


def _progress(number: int) -> Progress:
    def report(step: str, share: float) -> None:
        mine = Job.objects.filter(pk=number)
        mine.update(step=step, share=share, beat_at=timezone.now())
        if mine.filter(cancel=True).exists():
            raise CancelledError

    return report


@contextmanager
def _heartbeat(number: int) -> Iterator[None]:
    """Say every few seconds that the job's worker lives."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT):
            with suppress(DatabaseError):  # a database that is away for a moment is asked again
                Job.objects.filter(pk=number).update(beat_at=timezone.now())
            close_old_connections()
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
