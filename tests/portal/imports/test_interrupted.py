"""What a kill leaves of an import is ended by doing it again, and nothing is done twice."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rongtong.portal.audit.models import Trail
from rongtong.portal.imports import operations, tasks
from rongtong.portal.imports.models import Upload
from rongtong.portal.jobs.models import Job
from rongtong.portal.people.models import Role
from rongtong.portal.registry.current import alliance

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


@pytest.fixture
def held(own_home, person, tmp_path, monkeypatch, django_capture_on_commit_callbacks) -> Upload:
    """An upload that was read and confirmed; its import has not begun."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from crash import workbook  # noqa: PLC0415 -- the benchmarks are not installed

    file = SimpleUploadedFile("甲.xlsx", workbook(tmp_path / "甲.xlsx", 5).read_bytes())
    officer = person(Role.DISTRICT_OFFICER)
    with django_capture_on_commit_callbacks(execute=True):
        made = operations.upload(
            actor=officer, file=file, source="district_workbook", date=datetime.date(2022, 6, 30), year=2021
        )
    made.refresh_from_db()
    assert made.state == "read"
    return operations.confirm(actor=officer, held=made)


def told(held: Upload, act: str) -> int:
    return Trail.objects.filter(act=act, subject=f"imports.upload:{held.pk}").count()


def test_a_reading_that_is_taken_up_late_leaves_an_upload_that_has_gone_on(held):
    lost = Job.objects.filter(kind="read").latest("pk")
    tasks.read(job=lost, progress=quiet, upload=held.pk)
    held.refresh_from_db()
    assert held.state == "importing"


def test_an_import_killed_before_the_trail_is_ended_by_the_next_run(held, monkeypatch):
    def killed(**_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "record", killed)
        with pytest.raises(KeyboardInterrupt):
            tasks.bring_in(job=held.job, progress=quiet, upload=held.pk)
    tasks.bring_in(job=held.job, progress=quiet, upload=held.pk)
    held.refresh_from_db()
    assert (held.state, told(held, "imports.imported"), held.entry) == ("imported", 1, alliance().state().head)


def test_an_undo_that_only_the_journal_knows_is_noted_by_the_next(held, person):
    tasks.bring_in(job=held.job, progress=quiet, upload=held.pk)
    held.refresh_from_db()
    entry, _dormant = alliance().undo(held.entry, by="甲")
    assert operations.undo(actor=person(Role.DISTRICT_OFFICER), held=held) == entry
    held.refresh_from_db()
    assert (held.state, told(held, "imports.undo"), alliance().state().head) == ("undone", 1, entry)


def quiet(_step: str, _share: float) -> None:
    """Report progress to nobody."""
