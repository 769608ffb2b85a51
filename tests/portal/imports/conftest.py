"""An upload of a small workbook, read and waiting for its confirmation."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rongtong.portal.imports import operations
from rongtong.portal.imports.models import Upload
from rongtong.portal.people.models import Role

DAY = datetime.date(2022, 6, 30)


@pytest.fixture
def uploaded(own_home, person, django_capture_on_commit_callbacks) -> Callable[..., Upload]:
    """Upload the text of a CSV file as somebody, by default the district's officer; the upload once it was read."""

    def upload(text: str, role: str = Role.DISTRICT_OFFICER) -> Upload:
        file = SimpleUploadedFile("区里报送.csv", text.encode("utf-8-sig"))
        with django_capture_on_commit_callbacks(execute=True):
            made = operations.upload(actor=person(role), file=file, source="district_workbook", date=DAY, year=2021)
        made.refresh_from_db()
        return made

    return upload
