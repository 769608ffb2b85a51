"""An upload that was not imported can be given up: its file is gone, that it was there is not."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from django.urls import reverse

from rongtong.errors import InputError
from rongtong.portal.audit.models import Trail
from rongtong.portal.imports import operations, queries
from rongtong.portal.imports.models import Upload
from rongtong.portal.jobs.models import Job
from rongtong.portal.people.models import Role
from rongtong.portal.registry.current import alliance

TEXT = "企业名称,2021年营业收入（万元）\n青岛远洋样机有限公司,4448\n"
OPEN = [Upload.State.IMPORTED, Upload.State.IMPORTING, Upload.State.UNDONE, Upload.State.DISCARDED]


@pytest.fixture
def officer(person):
    return person(Role.DISTRICT_OFFICER)


@pytest.fixture
def discard(officer, django_capture_on_commit_callbacks):
    def do(held: Upload) -> Upload:
        with django_capture_on_commit_callbacks(execute=True):
            return operations.discard(actor=officer, held=held)

    return do


def test_the_file_and_its_reading_are_gone_and_nothing_was_imported(uploaded, discard):
    held, head = uploaded(TEXT), alliance().state().head
    file = Path(held.file.path)
    assert (file.is_file(), held.folder.is_dir()) == (True, True)
    discard(held)
    assert (file.is_file(), held.folder.is_dir(), alliance().state().head) == (False, False, head)


def test_it_waits_for_nobody_and_stands_in_the_list_and_the_trail(uploaded, discard, officer):
    held = uploaded(TEXT)
    assert [one.about for one in queries.waiting(officer)] == ["区里报送.csv"]
    discard(held)
    trail = Trail.objects.filter(act="imports.discard").values_list("actor", "subject")
    assert list(queries.waiting(officer)) == []
    assert [(one.pk, one.state) for one in queries.uploads(officer)] == [(held.pk, "discarded")]
    assert list(trail) == [(officer.pk, f"imports.upload:{held.pk}")]


@pytest.mark.parametrize("state", OPEN)
def test_what_was_imported_is_not_given_up(uploaded, discard, state):
    held = uploaded(TEXT)
    Upload.objects.filter(pk=held.pk).update(state=state)
    with pytest.raises(InputError, match="这份表格现在不能弃用"):
        discard(held)
    assert held.folder.is_dir()


@pytest.mark.parametrize(("job", "left"), [("cancelled", "discarded"), ("running", "reading")])
def test_a_reading_that_is_over_can_be_given_up_and_one_that_runs_cannot(uploaded, discard, job, left):
    held = uploaded(TEXT)
    Upload.objects.filter(pk=held.pk).update(state="reading")
    Job.objects.filter(pk=held.job_id).update(state=job)
    with contextlib.suppress(InputError):
        discard(held)
    assert Upload.objects.get(pk=held.pk).state == left


def test_the_page_of_one_that_was_given_up_offers_nothing(uploaded, discard, client_of):
    held = uploaded(TEXT)
    page = client_of(Role.DISTRICT_OFFICER)
    shown = page.get(reverse("imports:upload", args=[held.pk])).content.decode()
    discard(held)
    after = page.get(reverse("imports:upload", args=[held.pk])).content.decode()
    assert ("弃用这份表格" in shown, "弃用这份表格" in after, "这份表格已弃用" in after) == (True, False, True)
