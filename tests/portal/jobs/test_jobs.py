"""Jobs: done once, cancelled, retried, and taken up again when their worker is gone."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from rongtong.errors import InputError
from rongtong.portal.jobs import operations
from rongtong.portal.jobs.models import Job
from rongtong.portal.people.models import Role


@pytest.fixture
def work(monkeypatch) -> list[str]:
    """A kind of job whose runs are counted."""
    done: list[str] = []

    def run(*, job, progress, fail=False):
        progress("step", 0.5)
        if fail:
            raise InputError("什么", place="哪里", mend="怎么办")
        done.append(str(job.pk))
        return {"n": len(done)}

    monkeypatch.setitem(operations._kinds, "test", run)
    return done


def made(person, **arguments) -> Job:
    return operations.enqueue("test", made_by=person(Role.DISTRICT_OFFICER), **arguments)


def test_a_job_runs_when_its_transaction_is_committed(work, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = made(person)
        assert work == []
    job.refresh_from_db()
    assert (job.state, job.result, job.share, work) == ("done", {"n": 1}, 1.0, [str(job.pk)])


def test_a_job_queued_twice_runs_once(work, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = made(person)
    operations.run.enqueue(job.pk)
    assert work == [str(job.pk)]


def test_bad_input_fails_with_its_place_and_mend(work, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = made(person, fail=True)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", {"error": "什么", "place": "哪里", "mend": "怎么办"})


def test_a_failed_job_can_be_retried(work, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = made(person, fail=True)
    Job.objects.filter(pk=job.pk).update(arguments={})
    with django_capture_on_commit_callbacks(execute=True):
        operations.retry(actor=person(Role.DISTRICT_OFFICER), job=Job.objects.get(pk=job.pk))
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)


def test_a_waiting_job_that_is_cancelled_never_runs(work, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = operations.cancel(actor=person(Role.DISTRICT_OFFICER), job=made(person))
    assert (job.state, work) == ("cancelled", [])


def test_a_job_whose_worker_is_gone_is_taken_up_again(work, person):
    job = made(person)
    long_ago = timezone.now() - datetime.timedelta(minutes=5)
    Job.objects.filter(pk=job.pk).update(state="running", beat_at=long_ago)
    assert operations.recover() == 1
    job.refresh_from_db()
    assert (job.state, work) == ("done", [str(job.pk)])


def test_a_job_that_a_kill_left_in_no_queue_is_taken_up(work, person):
    job = made(person)
    assert operations.recover() == 1
    assert work == [str(job.pk)]


def test_a_job_that_waits_in_the_queue_is_not_queued_again(work, person):
    held = {"args": [made(person).pk], "kwargs": {}}
    DBTaskResult.objects.create(
        args_kwargs=held, task_path=operations.run.module_path, backend_name="default", run_after=get_date_max()
    )
    assert operations.recover() == 0
    assert work == []
