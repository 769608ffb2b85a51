"""Rows of a list are answered one after the other; each answer stays, for other lists too, until it is taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.translation import override
from lxml import html

from making import code, put
from rongtong.portal.audit.models import Trail
from rongtong.portal.comparison import filling, operations, queries, tasks
from rongtong.portal.comparison.models import Comparison
from rongtong.portal.people.models import Role
from rongtong.portal.registry import current
from rongtong.portal.registry.tasks import refresh

pytestmark = pytest.mark.either
FIRM, OTHER, SHORT = "青岛喆昇璟碁机械有限公司", "济南喆昇璟碁机械有限公司", "喆昇璟碁"


@pytest.fixture
def compared(own_home, person):
    """A list of somebody, compared."""
    put(current.alliance(), [{"name": FIRM, "uscc": code(1)}, {"name": OTHER, "uscc": code(2)}], file="喆昇")
    refresh(lambda _step, _share: None)

    def begin(role: str, *names: str, file: ContentFile | None = None) -> Comparison:
        made = operations.begin(actor=person(role), file=file, text="\n".join(names))
        tasks.compare(job=made.job, progress=lambda _step, _share: None, comparison=made.pk)
        made.job.delete()
        return Comparison.objects.get(pk=made.pk)

    return begin


@pytest.fixture
def post(client_of):
    def send(role: str, address: str, **given: object) -> str:
        return client_of(role).post(address, given, follow=True).content.decode()

    return send


def page(client_of, role: str, held: Comparison, **asked: str) -> dict:
    return client_of(role).get(reverse("comparison:result", args=[held.pk]), asked).context


def saying(role: str, post, client_of, held: Comparison, *, row: int, show: str, **given: object) -> dict:
    """Answers a row with what the page of *show* says was seen; the row as every page of it shows it then."""
    [one] = [one for one in page(client_of, role, held, show=show)["rows"] if one["row"] == row]
    post(role, reverse("comparison:answer", args=[held.pk]), row=row, seen=one["seen"], **given)
    every = [one for show in ("ask", "none", "same") for one in page(client_of, role, held, show=show)["rows"]]
    return next(one for one in every if one["row"] == row)


def firm(name: str) -> str:
    with current.snapshot().connect() as connection:
        [(found,)] = connection.execute("SELECT firm FROM firms WHERE name = $1", [name]).fetchall()
    return str(found)


def test_an_answer_is_told_on_the_list_of_somebody_else_with_who_gave_it(compared, post, client_of):
    held = compared(Role.DISTRICT_OFFICER, SHORT, FIRM)
    address = reverse("comparison:answer", args=[held.pk])
    post(Role.DISTRICT_OFFICER, address, row=2, firm=firm(FIRM), seen=0)
    assert Trail.objects.filter(act="comparison.answer", detail__row=2).count() == 1
    other = compared(Role.SECRETARIAT, SHORT)
    seen = page(client_of, Role.SECRETARIAT, other)
    assert (seen["counts"]["same"], seen["counts"]["answered"]) == (1, 1)
    [row] = seen["rows"]
    assert (row["name"], "王敏" in row["why"]) == (FIRM, True)


def test_rows_of_which_something_else_disagrees_are_not_ticked_with_the_others(compared, client_of):
    names = "企业名称,所属区市\n青岛喆昇璟碁,即墨区\n青岛喆昇璟碁,\n"
    put(current.alliance(), [{"name": FIRM, "uscc": code(1), "district": "崂山区"}], file="区市")
    refresh(lambda _step, _share: None)
    held = compared(Role.DISTRICT_OFFICER, file=ContentFile(names.encode(), name="名单.csv"))
    address = reverse("comparison:result", args=[held.pk])
    page = html.fromstring(client_of(Role.DISTRICT_OFFICER).get(address, {"ticked": "yes"}).content)
    ticked = {one.get("value").split(":")[0]: "checked" in one.attrib for one in page.xpath("//input[@name='ticked']")}
    assert ticked == {"2": False, "3": True}


def test_a_reason_is_told_in_the_language_of_who_reads_it(compared, client_of):
    held = compared(Role.DISTRICT_OFFICER, SHORT)
    reader = client_of(Role.DISTRICT_OFFICER)
    reader.cookies["django_language"] = "en"
    with override(None):
        page = html.fromstring(reader.get(reverse("comparison:result", args=[held.pk])).content)
    told = [one.text_content() for one in page.xpath("//li//div[contains(@class, 'rt-muted')]")]
    assert (len(told), re.search("[\u4e00-\u9fff]", told[0])) == (1, None)


def test_an_answer_is_changed_to_a_firm_by_name_and_taken_back(compared, post, client_of):
    held = compared(Role.DISTRICT_OFFICER, SHORT)
    address = reverse("comparison:answer", args=[held.pk])
    post(Role.DISTRICT_OFFICER, address, row=2, seen=0)
    [none] = page(client_of, Role.DISTRICT_OFFICER, held)["rows"]
    assert (none["outcome"], [one.name for one in none["firms"]]) == ("none", [FIRM, OTHER])
    post(Role.DISTRICT_OFFICER, address, row=2, named=OTHER, seen=none["answer"])
    [same] = page(client_of, Role.DISTRICT_OFFICER, held)["rows"]
    assert (same["outcome"], same["name"]) == ("same", OTHER)
    post(Role.DISTRICT_OFFICER, reverse("comparison:withdraw"), entry=same["answer"])
    assert page(client_of, Role.DISTRICT_OFFICER, held)["counts"]["ask"] == 1


def test_what_was_taken_back_is_answered_again(compared, post, client_of):
    held, role = compared(Role.DISTRICT_OFFICER, SHORT), Role.DISTRICT_OFFICER
    none = saying(role, post, client_of, held, row=2, show="ask")
    post(role, reverse("comparison:withdraw"), entry=none["answer"])
    again = saying(role, post, client_of, held, row=2, show="ask", firm=firm(FIRM))
    assert (none["outcome"], again["outcome"], again["name"]) == ("none", "same", FIRM)


def test_none_of_them_is_said_of_a_new_firm_too_and_of_the_earlier_still(compared, post, client_of):
    role, third = Role.DISTRICT_OFFICER, "烟台喆昇璟碁机械有限公司"
    saying(role, post, client_of, compared(role, SHORT), row=2, show="ask")
    put(current.alliance(), [{"name": third, "uscc": code(3)}], file="又一家")
    refresh(lambda _step, _share: None)
    held = compared(role, SHORT)
    [asked] = page(client_of, role, held, show="ask")["rows"]
    assert asked["candidates"] == [firm(third)]
    assert saying(role, post, client_of, held, row=2, show="ask")["outcome"] == "none"


def test_what_was_answered_of_a_code_is_changed_for_one_of_its_names(compared, post, client_of):
    lines = f"企业名称,统一社会信用代码\n青岛明沣贸易有限公司,{code(7)}\n青岛立泽商贸有限公司,{code(7)}\n"
    role = Role.DISTRICT_OFFICER
    held = compared(role, file=ContentFile(lines.encode(), name="名单.csv"))
    saying(role, post, client_of, held, row=2, show="none", named=FIRM)
    changed = saying(role, post, client_of, held, row=3, show="same", named=OTHER)
    [other] = page(client_of, role, held, show="same", text="明沣")["rows"]
    assert (changed["name"], other["name"]) == (OTHER, FIRM)


def test_the_list_is_filled_anew_when_it_is_downloaded_and_not_before(compared, post, client_of):
    held = compared(Role.DISTRICT_OFFICER, SHORT)
    before = held.filled.read_bytes()
    post(Role.DISTRICT_OFFICER, reverse("comparison:answer", args=[held.pk]), row=2, firm=firm(FIRM), seen=0)
    assert held.filled.read_bytes() == before
    answer = client_of(Role.DISTRICT_OFFICER).get(reverse("comparison:filled", args=[held.pk]))
    assert b"".join(answer.streaming_content) != before
    assert Comparison.objects.get(pk=held.pk).counts["same"] == 1


def test_what_is_stale_or_names_no_firm_is_said_and_not_entered(compared, post):
    held = compared(Role.DISTRICT_OFFICER, SHORT)
    address, head = reverse("comparison:answer", args=[held.pk]), current.alliance().state().head
    assert "库内没有“无此企业”" in post(Role.DISTRICT_OFFICER, address, row=2, named="无此企业", seen=0)
    assert "没有第 9 行" in post(Role.DISTRICT_OFFICER, address, row=9, seen=0)
    assert "刚刚有人答过" in post(Role.DISTRICT_OFFICER, address, row=2, firm=firm(FIRM), seen=3)
    assert current.alliance().state().head == head


def test_a_row_that_is_none_shows_what_is_near_and_a_branch_is_not_offered_its_head_office(compared, post, client_of):
    role, given = Role.DISTRICT_OFFICER, "威海喆昇璟碁機械有限公司"
    held = compared(role, given, f"{FIRM}城阳分公司")
    other, branch = page(client_of, role, held, show="none")["rows"]
    assert [one["why"] for one in other["near"]] == ["行政区划不同"] * 2
    assert [one["firm"].name for one in branch["near"]][:1] == [FIRM]
    shown = html.fromstring(client_of(role).get(reverse("comparison:result", args=[held.pk])).content)
    buttons = [len(row.xpath(".//form[contains(@class, 'rt-candidate')]//button")) for row in shown.xpath("//li[@id]")]
    assert (buttons, f"总公司在库：{FIRM}" in branch["why"]) == ([2, 0], True)
    post(role, reverse("comparison:answer", args=[held.pk]), row=other["row"], firm=firm(FIRM), seen=0)
    [answer] = client_of(role).get(reverse("comparison:answers")).context["answers"]
    assert answer["called"] == given


def test_rows_of_somebody_elses_list_are_not_answered(compared, person):
    held = compared(Role.DISTRICT_OFFICER, SHORT)
    with pytest.raises(PermissionDenied):
        operations.answer(actor=person(Role.SECRETARIAT), held=held, row=2, firm="", seen=0)
    with pytest.raises(PermissionDenied):
        operations.withdraw(actor=person(Role.FIRM), entry=1)


def test_what_is_ticked_is_answered_at_once_and_what_somebody_else_said_is_kept(compared, client_of, post):
    role = Role.SECRETARIAT
    put(current.alliance(), [{"name": "青岛铭沣精密轴承有限公司", "uscc": code(3)}], file="铭沣")
    refresh(lambda _step, _share: None)
    held = compared(role, "铭沣轴承", SHORT, "铭沣精密")
    ticks = html.fromstring(client_of(role).get(reverse("comparison:result", args=[held.pk])).content)
    asked = ticks.xpath("//input[@name='ticked']/@value")
    assert [one.split(":")[0] for one in asked] == ["2", "4"]  # of two firms none is offered
    told = post(role, reverse("comparison:answer-several", args=[held.pk]), ticked=asked)
    assert ("已记下 2 行的答复" in told, len(current.answers())) == (True, 2)
    assert "请先勾选" in post(role, reverse("comparison:answer-several", args=[held.pk]))
    post(role, reverse("comparison:answer-several", args=[held.pk]), ticked=asked)
    assert len(current.answers()) == 2


def test_a_list_that_is_filled_again_is_whole_meanwhile(compared, monkeypatch):
    held = compared(Role.DISTRICT_OFFICER, FIRM)
    before = held.filled.read_bytes()

    def begun(_listing, _matches, out, *_more, **_among):
        out.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(filling.Listing, "give_back", begun)
    with pytest.raises(KeyboardInterrupt):
        filling.give_back(held)
    assert held.filled.read_bytes() == before


def test_a_list_that_is_compared_again_is_whole_meanwhile(compared, monkeypatch):
    held = compared(Role.DISTRICT_OFFICER, FIRM)
    before = queries.compared(held)

    def begun(_table, file):
        Path(file).write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(tasks.pq, "write_table", begun)
    with pytest.raises(KeyboardInterrupt):
        tasks.compare(job=None, progress=lambda _step, _share: None, comparison=held.pk)
    assert queries.compared(held).equals(before)
