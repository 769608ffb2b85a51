"""A bureau's reply is told by what it checked and from when until when, in words."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rongtong.portal.imports.models import Upload
from rongtong.portal.people.models import Role

pytestmark = pytest.mark.django_db
CHECKED = ["negative_records.safety", "negative_records.quality"]


def sent(client_of, **years: str):
    file = SimpleUploadedFile("复函.csv", "企业名称\n青岛甲机械有限公司\n".encode("utf-8-sig"))
    said = {"source": "bureau_reply", "date": "2023-03-15", "complete": CHECKED} | years
    return client_of(Role.DISTRICT_OFFICER).post("/imports/begin/", said | {"file": file})


def test_what_was_checked_is_chosen_by_its_name(own_home, client_of):
    page = client_of(Role.DISTRICT_OFFICER).get("/imports/").content.decode()
    assert ("重大安全事故（含网络、数据安全）（市应急局）" in page, "negative_records.safety:" in page) == (True, False)
    assert sent(client_of, since="2020", until="2023").status_code == 302
    assert Upload.objects.get().complete == [f"{one}:2020-2023" for one in CHECKED]


@pytest.mark.parametrize("years", [{}, {"since": "2020"}, {"since": "2023", "until": "2020"}])
def test_without_its_years_it_is_not_taken(own_home, client_of, years):
    answer = sent(client_of, **years)
    assert (answer.status_code, "请写核查期间的起止年份" in answer.content.decode()) == (422, True)
    assert not Upload.objects.exists()
