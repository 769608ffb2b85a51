"""A meeting's sheet: rows to firms and needs, questions to a person, introductions once, and no telephone anywhere."""

from __future__ import annotations

import json
from importlib import import_module

import pyarrow as pa
import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from openpyxl import Workbook

from making import code, put
from portal.cooperation import buyers, open_need
from rongtong import i18n, lists
from rongtong.definitions.retelling import retold
from rongtong.errors import InputError
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.jobs.operations import run
from rongtong.portal.meetings import operations, queries
from rongtong.portal.meetings.follows import meaning
from rongtong.portal.meetings.forms import MeetingForm
from rongtong.portal.meetings.models import Line, Meeting
from rongtong.portal.meetings.reading import which
from rongtong.portal.people.models import Role
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.tasks import refresh

PHONE = "13987654321"
HEAD = "“融通”精密零部件专场对接会签到表,,,,,\n序号,单位名称,联系人,电话,对接需求（编号）,对接结果\n"


@pytest.fixture
def secretariat(person):
    return person(Role.SECRETARIAT)


@pytest.fixture
def needs(db, secretariat):
    purchasing, _research, firm = buyers()
    titles = ("高压共轨喷油器用精密阀座", "耐磨齿轮渗碳热处理服务")
    return [open_need(purchasing, firm, secretariat, title=title) for title in titles]


@pytest.fixture
def firms(own_firm):
    return list(Firm.objects.exclude(id=buyers()[2].id).exclude(name="").order_by("n")[:45])


def entered(actor, needs, lines: str) -> Meeting:
    """A meeting whose sheet has been read."""
    return read(actor, needs, SimpleUploadedFile("签到表.csv", ("\ufeff" + HEAD + lines).encode()))


def read(actor, needs, file: SimpleUploadedFile) -> Meeting:
    made = operations.enter(actor=actor, title="精密零部件专场", on="2022-10-20", place="崂山", needs=needs, file=file)
    run.func(made.job.pk)
    made.refresh_from_db()
    assert made.job.state == "done", made.job.error
    return Meeting.objects.get(pk=made.pk)


def test_forty_rows_are_forty_introductions_and_doing_it_twice_is_once(secretariat, needs, firms):
    rows = "".join(f"{n},{one.name},王工,{PHONE},{needs[0].pk},有意向 送样\n" for n, one in enumerate(firms[:40], 1))
    meeting = entered(secretariat, needs, rows)
    assert [one.row for one in meeting.lines.all()] == list(range(3, 43))
    assert operations.introduce(actor=secretariat, meeting=meeting) == {"made": 40}
    assert operations.introduce(actor=secretariat, meeting=meeting) == {}
    made = Introduction.objects.all()
    assert {(one.origin, one.state, one.need) for one in made} == {("meeting", "proposed", needs[0])}
    assert made[0].reasons == [{"kind": "meeting", "text": "2022-10-20在“精密零部件专场”见面：送样"}]


WRITTEN = "有意向，380万元，联系张三 139-1234-5678，加微信 zhang3_wx"


def test_what_people_wrote_stays_with_the_meeting(secretariat, needs, firms, client_of):
    row = f'1,{firms[0].name} 139 1234 5678,王工,{PHONE},{needs[0].pk},"{WRITTEN}"\n'
    meeting = entered(secretariat, needs, row)
    line = meeting.lines.get()
    note = "有意向，380万元，联系张三 （联系方式略），（联系方式略）"
    assert (line.name, line.firm, line.note) == (firms[0].name, firms[0].id, note)
    operations.introduce(actor=secretariat, meeting=meeting)
    made = Introduction.objects.get()
    assert [one["text"] for one in made.reasons] == ["2022-10-20在“精密零部件专场”见面：有意向"]
    url, export = reverse("meetings:meeting", args=[meeting.pk]), {"export": "csv"}
    assert note in b"".join(client_of(Role.SECRETARIAT).get(url, export).streaming_content).decode()


def test_what_follows_is_kept_in_chinese_and_told_to_whoever_reads_english(secretariat, needs, firms):
    meeting = entered(secretariat, needs, f"1,{firms[0].name},,,{needs[0].pk},先送样\n")
    with override("en"), i18n.using("en"):
        operations.introduce(actor=secretariat, meeting=meeting)
        [told] = [one["text"] for one in Introduction.objects.get().reasons]
        assert retold(told) == "met on 2022-10-20 at “精密零部件专场”: Sample"
    assert told == "2022-10-20在“精密零部件专场”见面：送样"


def test_what_was_written_into_reasons_and_lines_before_is_cut(secretariat, needs, firms):
    meeting = entered(secretariat, needs, f"1,{firms[0].name},,,{needs[0].pk},有意向\n")
    operations.introduce(actor=secretariat, meeting=meeting)
    other = {"says": "for", "kind": "product", "text": "产品：阀座"}
    met = [{"kind": "meeting", "text": f"2022-10-20在“甲”见面：{WRITTEN}"}, other]
    Introduction.objects.update(reasons=met)
    meeting.lines.update(name=f"甲 {PHONE}", note=WRITTEN)
    for name in ("introductions.migrations.0006_met", "meetings.migrations.0005_no_contacts"):
        import_module(f"rongtong.portal.{name}").cut(apps, None)
    assert Introduction.objects.get().reasons == [{"kind": "meeting", "text": "2022-10-20在“甲”见面"}, other]
    line = meeting.lines.get()
    assert (line.name, line.note) == ("甲", "有意向，380万元，联系张三 …，…")


def test_no_telephone_and_no_person_is_kept(secretariat, needs, firms):
    meeting = entered(secretariat, needs, f"1,{firms[0].name},王工,{PHONE},{needs[0].pk},有意向\n")
    operations.introduce(actor=secretariat, meeting=meeting)
    kept = json.dumps([*Line.objects.values(), *Introduction.objects.values()], default=str, ensure_ascii=False)
    assert (PHONE in kept, "王工" in kept) == (False, False)


@pytest.mark.parametrize(
    ("written", "need"),
    [
        ("{0}", 0),
        ("齿轮渗碳热处理", 1),
        ("{1}号", 1),
        ("需求{1}", 1),
        ("0", None),
        ("新能源电池包", None),
        ("", None),
    ],
)
def test_a_need_is_known_by_its_number_or_its_title(secretariat, needs, firms, written, need):
    told = written.format(*(one.pk for one in needs))
    line = entered(secretariat, needs, f"1,{firms[0].name},,,{told},有意向\n").lines.get()
    assert (line.need, line.follows, line.open) == (None if need is None else needs[need], "interested", need is None)


@pytest.mark.parametrize(("written", "need"), [("减速器", None), ("谐波减速器", 1), ("RV减速机", 0), ("谐波减速机", 1)])
def test_words_that_fit_two_needs_alike_are_asked_about(written, need):
    needs = [Posting(pk=n, title=title) for n, title in enumerate(("RV减速器", "谐波减速器"), 1)]
    assert which(written, needs) == (None if need is None else needs[need])


def test_a_need_told_again_and_again_is_one_line(secretariat, needs, firms):
    told = "、".join([str(needs[0].pk)] * 200 + [needs[0].title, "没有的", "没有的"])
    meeting = entered(secretariat, needs, f"1,{firms[0].name},,,{told},有意向\n")
    assert [(one.need, one.need_text) for one in meeting.lines.all()] == [
        (needs[0], str(needs[0].pk)),
        (None, "没有的"),
    ]


def test_several_needs_in_a_cell_are_several_lines(secretariat, needs, firms):
    told = "、".join(str(one.pk) for one in needs[:2])
    meeting = entered(secretariat, needs, f"1,{firms[0].name},,,{told},送样\n")
    assert [(one.need, one.follows) for one in meeting.lines.all()] == [(needs[0], "sample"), (needs[1], "sample")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("有意向，先送样", "sample"),
        ("意向采购", "interested"),
        ("暂无订单", "nothing"),
        ("已签约，下周送样", "order"),
        ("尚未签约，继续洽谈", "interested"),
        ("不感兴趣", "nothing"),
        ("暂时不考虑", "nothing"),
        ("没有意向", "nothing"),
        ("已现场签约", "order"),
        ("留了资料", "interested"),
        ("没兴趣，但加了微信", "unread"),
        ("未签约", "unread"),
        ("好", "unread"),
        ("", ""),
    ],
)
def test_of_several_things_that_follow_the_most_telling_counts(text, told):
    assert meaning(text) == told


def test_where_nothing_follows_nothing_is_introduced(secretariat, needs, firms):
    meeting = entered(secretariat, needs, f"1,{firms[0].name},,,{needs[0].pk},不合适\n")
    assert (operations.introduce(actor=secretariat, meeting=meeting), meeting.lines.get().open) == ({}, False)


def test_an_unknown_firm_is_a_question_and_its_answer_settles_it(own_home, secretariat, needs, firms, client_of):
    meeting = entered(secretariat, needs, f"1,青岛查无此人精密制造有限公司,,,{needs[0].pk},有意向\n")
    assert [one["line"].row for one in queries.questions(meeting)] == [3]
    answer(client_of, meeting, firm=firms[0].id)
    assert (queries.questions(meeting), meeting.lines.get().firm) == ([], firms[0].id)


def answer(client_of, meeting: Meeting, **given: str) -> None:
    url = reverse("meetings:answer", args=[meeting.pk])
    assert client_of(Role.SECRETARIAT).post(url, {"line": meeting.lines.get().pk, **given}).status_code == 302


def test_a_firm_that_the_registry_has_not_is_answered_too_and_not_introduced(own_home, secretariat, needs, client_of):
    meeting = entered(secretariat, needs, f"1,青岛查无此人精密制造有限公司,,,{needs[0].pk},有意向\n")
    answer(client_of, meeting, firm="out")
    assert (queries.questions(meeting), operations.introduce(actor=secretariat, meeting=meeting)) == ([], {})


def test_a_firm_may_be_told_by_its_name_or_code(own_home, secretariat, needs, firms, client_of):
    meeting = entered(secretariat, needs, f"1,青岛查无此人精密制造有限公司,,,{needs[0].pk},有意向\n")
    answer(client_of, meeting, told="没有这一家")
    assert len(queries.questions(meeting)) == 1
    answer(client_of, meeting, told=firms[0].name)
    assert meeting.lines.get().firm == firms[0].id


HEADED = "单位名称,曾用名,所属区市,对接需求,对接结果\n"


def told(actor, needs, *rows: str, head: str = HEADED) -> list[dict]:
    file = SimpleUploadedFile("签到表.csv", ("\ufeff" + head + "\n".join(rows)).encode())
    return queries.questions(read(actor, needs, file))


def test_a_row_is_found_as_on_any_list_by_a_former_name_and_asked_about_with_the_near_firms(
    own_home, secretariat, needs, client_of
):
    put(current.alliance(), [{"name": "青岛喆昇璟碁机械有限公司", "uscc": code(1), "district": "崂山区"}], file="喆昇")
    refresh(lambda _step, _share: None)
    rows = (
        "海创智联装备有限公司,青岛喆昇璟碁机械有限公司,,{0},有意向",
        "青岛喆昇璟碁精密仪器有限公司,,,{0},有意向",
        "喆昇璟碁,,即墨区,{0},有意向",
    )
    [near, short] = told(secretariat, needs, *(one.format(needs[0].pk) for one in rows))
    assert [one["firm"].name for one in near["near"]] == ["青岛喆昇璟碁机械有限公司"]
    assert [one.name for one in short["firms"]] == ["青岛喆昇璟碁机械有限公司"]
    assert short["line"].why.endswith("所属区市不同：名单写即墨区，在库崂山区")


def test_an_answer_holds_for_the_next_sheet(own_home, secretariat, needs, firms, client_of):
    meeting = entered(secretariat, needs, f"1,青岛查无此人精密制造有限公司,,,{needs[0].pk},有意向\n")
    answer(client_of, meeting, firm=firms[0].id)
    later = entered(secretariat, needs, f"7,青岛查无此人精密制造有限公司,,,{needs[0].pk},送样\n").lines.get()
    assert (later.firm, later.why.startswith("人工判定")) == (firms[0].id, True)


def test_a_firm_that_is_only_like_one_is_asked_about(secretariat, needs, firms, monkeypatch):
    def compare(rows, snapshot):
        asked = {"outcome": "ask", "firm": firms[0].id, "candidates": [firms[0].id], "why": "名称相近", "near": []}
        return pa.Table.from_pylist([{"row": 0, "given_name": "甲", **asked}], schema=lists.MATCHES)

    monkeypatch.setattr("rongtong.portal.meetings.reading.lists.compare", compare)
    meeting = entered(secretariat, needs, f"1,{firms[0].name},,,{needs[0].pk},有意向\n")
    assert [one["firms"] for one in queries.questions(meeting)] == [[firms[0]]]
    assert operations.ready(meeting) == []


def test_merged_headings_and_two_sheets_are_read_and_each_row_is_its_own(own_home, secretariat, needs, firms, tmp_path):
    book = Workbook()
    for sheet, name in ((book.active, "上午"), (book.create_sheet(), "下午")):
        sheet.title = name
        sheet.append(["精密零部件专场对接会签到表"])
        sheet.append(["序号", "参会企业", "", "对接需求（编号）", "对接情况"])
        sheet.append(["", "企业名称", "联系电话", "", ""])
        for cells in ("A1:E1", "B2:C2", "A2:A3", "D2:D3", "E2:E3"):
            sheet.merge_cells(cells)
        sheet.append([1, f"查无此人{name}有限公司", PHONE, needs[1].pk, "加微信"])
    book.save(tmp_path / "签到.xlsx")
    file = SimpleUploadedFile("签到.xlsx", (tmp_path / "签到.xlsx").read_bytes())
    meeting = read(secretariat, needs, file)
    assert [(one.sheet, one.row, one.need, one.follows) for one in meeting.lines.all()] == [
        ("上午", 4, needs[1], "interested"),
        ("下午", 4, needs[1], "interested"),
    ]
    first = meeting.lines.all()[0]
    assert operations.answer(actor=secretariat, meeting=meeting, line=first.pk, firm=firms[0].id) == 1


def test_what_had_met_before_is_told_and_not_made_again(secretariat, needs, firms):
    for words, told in (("有意向", {"made": 1}), ("先送样", {"known": 1})):
        meeting = entered(secretariat, needs, f"1,{firms[0].name},,,{needs[0].pk},{words}\n")
        assert operations.introduce(actor=secretariat, meeting=meeting) == told
    met = "2022-10-20在“精密零部件专场”见面："
    assert [one["text"] for one in Introduction.objects.get().reasons] == [met + "有意向", met + "送样"]


def test_a_need_that_was_closed_meanwhile_is_told(secretariat, needs, firms):
    meeting = entered(secretariat, needs, f"1,{firms[0].name},,,{needs[0].pk},有意向\n")
    needs[0].state = "met"
    needs[0].save()
    assert operations.introduce(actor=secretariat, meeting=meeting) == {"closed": 1}


def test_a_district_officer_sees_only_what_they_entered(secretariat, needs, firms, person, client_of):
    meeting = entered(secretariat, needs, f"1,{firms[0].name},,,{needs[0].pk},有意向\n")
    assert client_of(Role.DISTRICT_OFFICER).get(reverse("meetings:meeting", args=[meeting.pk])).status_code == 403
    with pytest.raises(PermissionDenied):
        operations.introduce(actor=person(Role.DISTRICT_OFFICER), meeting=meeting)


def test_a_sheet_without_firms_is_told_plainly(secretariat, needs):
    file = SimpleUploadedFile("空.csv", "\ufeff甲,乙\n1,2\n".encode())
    made = operations.enter(actor=secretariat, title="空", on="2022-10-20", place="", needs=needs, file=file)
    run.func(made.job.pk)
    made.job.refresh_from_db()
    assert (made.job.state, made.job.error["error"], made.lines.count()) == ("failed", "没有找到企业名称或代码", 0)


def test_words_of_what_follows_that_nobody_knows_are_asked_about(secretariat, needs, firms, client_of):
    meeting = entered(secretariat, needs, f"1,{firms[0].name},,,{needs[0].pk},看情况\n")
    assert (meeting.lines.get().open, operations.introduce(actor=secretariat, meeting=meeting)) == (True, {})
    answer(client_of, meeting, follows="nothing")
    assert (meeting.lines.get().open, operations.introduce(actor=secretariat, meeting=meeting)) == (False, {})


def test_an_answer_without_a_choice_says_what_to_choose(secretariat, needs, client_of):
    meeting = entered(secretariat, needs, f"1,青岛查无此人精密制造有限公司,,,{needs[0].pk},有意向\n")
    url = reverse("meetings:answer", args=[meeting.pk])
    told = client_of(Role.SECRETARIAT).post(url, {"line": meeting.lines.get().pk}, follow=True).content.decode()
    assert told.count("请选择是哪家企业、哪条需求或会后怎么走") == 1


def odd(firms, needs, *extra: str) -> SimpleUploadedFile:
    head = "签到\n单位名称,对接需求,聊得怎样,意向金额（万元）,备注,姓名\n"
    rows = [
        f"{firms[0].name},{needs[0].pk},不感兴趣,,同去年,王工",
        f"{firms[1].name},{needs[0].pk},先送样,50,,李工",
        *extra,
    ]
    return SimpleUploadedFile("签到表.csv", ("\ufeff" + head + "\n".join(rows)).encode())


def test_a_column_that_nobody_knows_is_told_and_read_when_somebody_says_what_it_is(
    secretariat, needs, firms, client_of
):
    meeting = read(secretariat, needs, odd(firms, needs))
    assert [one["heading"] for one in meeting.unread] == ["聊得怎样"]
    assert [(one.follows, one.note) for one in meeting.lines.all()] == [("", "同去年"), ("", "50万元")]
    url = reverse("meetings:column", args=[meeting.pk])
    assert client_of(Role.SECRETARIAT).post(url, {"heading": "聊得怎样", "field": "follows"}).status_code == 302
    meeting.refresh_from_db()
    run.func(meeting.job.pk)
    meeting.refresh_from_db()
    assert meeting.unread == []
    told = [(one.follows, one.note) for one in meeting.lines.all()]
    assert told == [("nothing", "不感兴趣 同去年"), ("sample", "先送样 50万元")]


def test_only_a_column_that_was_not_read_can_be_named(secretariat, needs, firms):
    meeting = read(secretariat, needs, odd(firms, needs))
    with pytest.raises(InputError):
        operations.name_column(actor=secretariat, meeting=meeting, heading="单位名称", field="need")


def test_the_same_sheet_twice_is_refused_with_where_it_is(secretariat, needs, firms):
    read(secretariat, needs, odd(firms, needs))
    with pytest.raises(InputError) as caught:
        read(secretariat, needs, odd(firms, needs))
    assert caught.value.what == "这张签到表已经录入：2022-10-20 精密零部件专场"


def test_every_open_need_can_be_on_the_table_at_once(secretariat, needs):
    given = {"title": "甲", "on": "2022-10-20"}
    file = {"file": SimpleUploadedFile("a.csv", b"a")}
    form = MeetingForm(given | {"every": "on"}, file, user=secretariat)
    assert (form.is_valid(), set(form.cleaned_data["needs"]) >= set(needs)) == (True, True)
    assert MeetingForm(given, file, user=secretariat).errors["needs"] == ["请至少选一条需求，或勾选“全部开放的需求”"]


@pytest.mark.parametrize("every", [{"every": "on"}, {}])
def test_a_need_for_invited_firms_is_on_the_table_of_those_who_see_it_alone(secretariat, needs, person, every):
    Posting.objects.filter(pk=needs[1].pk).update(visibility="invited")
    officer, file = person(Role.DISTRICT_OFFICER), {"file": SimpleUploadedFile("a.csv", b"a")}
    given = {"title": "甲", "on": "2022-10-20", "needs": [one.pk for one in needs]} | every
    told = {}
    for one in (secretariat, officer):
        form = MeetingForm(given, file, user=one)
        told[one] = (needs[1].title in str(form["needs"]), form.is_valid() and needs[1] in form.cleaned_data["needs"])
    assert told == {secretariat: (True, True), officer: (False, False)}
    fresh = list(Posting.objects.filter(pk__in=given["needs"]))
    with pytest.raises(InputError, match="请选择会上对接的需求"):
        operations.enter(actor=officer, title="甲", on="2022-10-20", place="", needs=fresh, file=file["file"])


def test_a_need_of_no_concern_is_answered_as_if_there_were_none(needs, firms, person, client_of):
    officer = person(Role.DISTRICT_OFFICER)
    meeting = entered(officer, needs[:1], f"1,{firms[0].name},,,没有的,有意向\n")
    client, url = client_of(Role.DISTRICT_OFFICER), reverse("meetings:answer", args=[meeting.pk])
    told = [
        [str(one) for one in client.post(url, given, follow=True).context["messages"]]
        for given in ({"line": meeting.lines.get().pk, "need": number} for number in (needs[1].pk, needs[1].pk + 1000))
    ]
    assert (told[0], len(told[0]), meeting.lines.get().need) == (told[1], 1, None)


def test_a_firm_may_be_told_by_a_part_of_its_name_that_no_other_has(own_home, secretariat, needs, firms, client_of):
    meeting = entered(secretariat, needs, f"1,青岛查无此人精密制造有限公司,,,{needs[0].pk},有意向\n")
    url = reverse("meetings:answer", args=[meeting.pk])
    form = {"line": meeting.lines.get().pk, "told": "有限公司"}
    assert "请写全称或统一社会信用代码" in client_of(Role.SECRETARIAT).post(url, form, follow=True).content.decode()
    answer(client_of, meeting, told=firms[0].name.removesuffix("有限公司"))
    assert meeting.lines.get().firm == firms[0].id
