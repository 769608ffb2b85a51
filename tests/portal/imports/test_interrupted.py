"""What a kill leaves of an import is ended by doing it again, and nothing is done twice."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rongtong.facts import importing
from rongtong.portal.audit.models import Trail
from rongtong.portal.imports import operations, readings, tasks
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


@pytest.mark.parametrize("name", ["problems.parquet", "passed.parquet", "marked.xlsx", "account.json"])
def test_while_it_is_read_again_the_account_of_before_is_whole(held, name, monkeypatch):
    """A kill, or a page opened meanwhile, finds the one or the other."""
    before = {one.name: one.read_bytes() for one in held.folder.iterdir()}
    written_over(monkeypatch, name)
    with pytest.raises(KeyboardInterrupt):
        readings.keep(held.folder, held.path, reading_of(held))
    assert {one.name: one.read_bytes() for one in held.folder.iterdir() if one.name == name} == {name: before[name]}


def reading_of(held: Upload):
    folder = alliance()
    return importing.read(folder, held.path, importing.options(folder.catalogue, **tasks.said(held)))


def written_over(monkeypatch, name: str) -> None:
    """The process ends in the middle of writing what ends as *name* does."""

    def begun(file: Path) -> None:
        file.write_bytes(b"half")
        raise KeyboardInterrupt

    if name.endswith(".parquet"):
        tables = {"problems.parquet": 0, "passed.parquet": 1}
        monkeypatch.setattr(readings.pq, "write_table", ending(readings.pq.write_table, begun, tables[name]))
    elif name.endswith(".xlsx"):
        monkeypatch.setattr(readings, "mark", lambda _path, _reading, out, **_more: begun(out))
    else:
        monkeypatch.setattr(Path, "write_text", lambda file, _text, **_more: begun(file))


def ending(write, begun, at: int):
    """*write*, which at its call number *at* only begins."""
    calls = iter(range(9))
    return lambda table, file: begun(Path(file)) if next(calls) == at else write(table, file)
