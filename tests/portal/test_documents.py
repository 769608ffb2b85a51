"""A filing's document in a frame: what it says it is, by those who may, in a frame of ours alone."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from papers import pdf
from rongtong.portal.filings.models import Filing
from rongtong.portal.people.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(person, own_firm, own_home):
    def make(name: str, content: bytes) -> Filing:
        made = Filing(firm=own_firm.id, slot="revenue[2021]", value="1万元", source="audit_report", page=17)
        made.made_by = person(Role.FIRM)
        made.document.save(name, ContentFile(content))
        return made

    return make


def test_a_pdf_is_shown_in_a_frame_of_ours_and_downloaded_elsewhere(client_of, filed):
    made, officer = filed("a.pdf", pdf(2)), client_of(Role.DISTRICT_OFFICER)
    shown = officer.get(f"/filings/{made.pk}/document/shown/")
    assert (shown["Content-Type"], shown["X-Frame-Options"]) == ("application/pdf", "SAMEORIGIN")
    assert shown["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert b"".join(shown.streaming_content) == pdf(2)  # which closes it too
    download = officer.get(f"/filings/{made.pk}/document/")
    assert download["Content-Disposition"].startswith("attachment")
    assert b"".join(download.streaming_content) == pdf(2)


@pytest.mark.parametrize("name", ["a.pdf", "a.png", "a.html"])
def test_what_only_bears_the_name_is_not_shown(client_of, filed, name):
    made = filed(name, b"<script>alert(1)</script>")
    assert client_of(Role.DISTRICT_OFFICER).get(f"/filings/{made.pk}/document/shown/").status_code == 404


def test_the_page_to_confirm_frames_the_cited_page_and_no_other_page_frames(client_of, filed):
    made, officer = filed("a.pdf", pdf(20)), client_of(Role.DISTRICT_OFFICER)
    page = officer.get("/filings/")
    assert f'src="/filings/{made.pk}/document/shown/#page=17"' in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "frame-src" not in officer.get("/today/")["Content-Security-Policy"]
