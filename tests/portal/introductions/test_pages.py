"""The pages: what each reader finds on them, what the forms do, and what an export holds."""

from __future__ import annotations

import io
from datetime import timedelta
from urllib.parse import unquote

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.cooperation import buyers
from rongtong.portal.days import today
from rongtong.portal.introductions import finding, hits, operations, suggesting, tasks
from rongtong.portal.introductions.models import Finding, Introduction, Reminder
from rongtong.portal.notifications.models import Notification
from rongtong.portal.people.models import Role
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.models import Firm

BACKEND = "rongtong.portal.people.backends.ByPassword"
TERMS = {"kind": "parts", "band": "100-500", "day": "2022-10-20"}


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def shown(user, introduction) -> str:
    answer = signed_in(user).get(reverse("introductions:introduction", args=[introduction.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def exported(user, **asked) -> list[list[object]]:
    answer = signed_in(user).get(reverse("introductions:mine"), asked | {"export": "xlsx"})
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.rows]


def move(user, introduction, **given):
    return signed_in(user).post(reverse("introductions:move", args=[introduction.pk]), given)


def test_a_supplier_sees_neither_buyer_nor_private_half_before_both_agreed(proposed, owner):
    page = shown(owner, proposed)
    buyer, private = buyers()[2], proposed.need.private_half
    assert [one for one in (buyer.name, buyer.id + "/", private.text, private.quantity) if one in page] == []


def test_both_see_everything_once_both_agreed(talking, owner, buyer):
    for one in (owner, buyer):
        page = shown(one, talking)
        private = talking.need.private_half
        wanted = (buyers()[2].name, private.text, private.quantity, buyer.phone, owner.phone)
        assert [text for text in wanted if text not in page] == []


def test_agreeing_and_declining_are_one_tap(proposed, owner):
    answer = move(owner, proposed, transition="decline", reason="产能已满")
    assert (answer.status_code, Introduction.objects.get().state) == (302, "declined")
    assert "谢绝：产能已满" in shown(owner, proposed)


def test_a_reason_that_is_none_is_told_on_the_page(proposed, owner):
    client = signed_in(owner)
    client.post(reverse("introductions:move", args=[proposed.pk]), {"transition": "decline"})
    page = client.get(reverse("introductions:introduction", args=[proposed.pk])).content.decode()
    assert (Introduction.objects.get().state, "请选择原因" in page) == ("proposed", True)


def test_a_contract_that_the_sides_tell_differently_shows_the_difference(talking, owner, buyer):
    move(buyer, talking, transition="contract", **TERMS)
    move(owner, talking, transition="contract", **TERMS | {"band": "50-100"})
    page = shown(owner, talking)
    assert page.count("不一致</span>") == 1
    assert Introduction.objects.get().state == "talking"
    move(owner, talking, transition="contract", **TERMS)
    assert Introduction.objects.get().state == "contracted"


def test_a_contract_of_tomorrow_is_none(talking, buyer):
    move(buyer, talking, transition="contract", **TERMS | {"day": "2022-10-26"})
    assert talking.answers.exclude(transition="agree").count() == 0


def test_messages_are_marked_read_and_attachments_are_the_two_sides_own(talking, owner, buyer, person):
    drawing = SimpleUploadedFile("阀座.pdf", b"%PDF-1.4 x", content_type="application/pdf")
    url = reverse("introductions:write", args=[talking.pk])
    assert signed_in(buyer).post(url, {"text": "请看图纸", "attachment": drawing}).status_code == 302
    message = talking.messages.get()
    assert message.read_at is None
    assert "请看图纸" in shown(owner, talking)
    message.refresh_from_db()
    assert message.read_at is not None
    file = reverse("introductions:attachment", args=[message.pk])
    for one, status in ((owner, 200), (buyer, 200), (buyers()[1], 403), (person(Role.SECRETARIAT), 403)):
        answer = signed_in(one).get(file)
        if status == 200:
            assert b"".join(answer.streaming_content) == b"%PDF-1.4 x"
        assert answer.status_code == status
    assert "请看图纸" not in shown(person(Role.SECRETARIAT), talking)
    assert "双方有过沟通，最近一次在" in shown(person(Role.CITY_OFFICER), talking)


def test_a_message_of_a_kind_that_is_not_taken_is_refused_on_the_page(talking, buyer):
    program = SimpleUploadedFile("x.exe", b"MZ", content_type="application/octet-stream")
    answer = signed_in(buyer).post(
        reverse("introductions:write", args=[talking.pk]), {"text": "", "attachment": program}
    )
    assert (answer.status_code, talking.messages.count()) == (422, 0)


def test_the_thread_alone_is_what_an_open_page_asks_for_until_it_has_asked_enough(talking, buyer):
    url = reverse("introductions:thread", args=[talking.pk])
    asking = signed_in(buyer).get(url, {"left": "2"}, headers={"HX-Request": "true"}).content.decode()
    enough = signed_in(buyer).get(url, {"left": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert ("every 15s" in asking, "every 15s" in enough) == (True, False)


def test_a_thread_that_is_asked_for_oddly_asks_on(talking, buyer):
    url = reverse("introductions:thread", args=[talking.pk])
    answer = signed_in(buyer).get(url, {"left": "9" * 5000}, HTTP_HX_REQUEST="true")
    assert (answer.status_code, "left=119" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("month", ["0000-01", "2022-00", "0000-00", "2022-13", "２０２２-10", "9999-12"])
@pytest.mark.parametrize("asked", ["begun", "signed"])
def test_a_month_that_is_none_is_not_asked_for(talking, owner, asked, month):
    assert signed_in(owner).get(reverse("introductions:mine"), {asked: month}).status_code == 200


def test_the_list_is_filtered_by_state_side_and_what_waits(talking, owner, buyer):
    count = {
        name: len(signed_in(owner).get(reverse("introductions:mine"), asked).context["rows"])
        for name, asked in {
            "all": {}, "talking": {"state": "talking"}, "proposed": {"state": "proposed"}, "buyer": {"side": "buyer"},
            "supplier": {"side": "supplier"}, "stuck": {"stuck": "on"}, "waiting": {"waiting": "on"},
        }.items()
    }  # fmt: skip
    assert count == {
        "all": 1, "talking": 1, "proposed": 0, "buyer": 0, "supplier": 1, "stuck": 0, "waiting": 0,
    }  # fmt: skip


def test_an_export_of_a_side_has_the_other_s_contact_only_once_both_agreed(proposed, owner, buyer):
    assert [row[-1] for row in exported(owner)] == ["对方联系人", None]
    for one in (buyer, owner):
        operations.move(actor=one, introduction=proposed, transition="agree")
    assert [row[-1] for row in exported(owner)] == ["对方联系人", f"{buyer.name} {buyer.phone}"]


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.CITY_OFFICER, Role.DISTRICT_OFFICER])
def test_an_export_of_officers_has_no_contact_at_all(talking, owner, buyer, person, role):
    told = exported(person(role))
    assert (len(told), "对方联系人" in told[0]) == (2, False)
    assert [one for row in told for one in row if one and (owner.phone in str(one) or buyer.phone in str(one))] == []


def test_what_is_stuck_is_chased_and_its_link_opens_the_one_page_and_no_more(talking, owner, person, settings):
    settings.BUSINESS_DAY = talking.since.replace(month=12, day=20)
    officer = signed_in(person(Role.SECRETARIAT))
    shown = officer.get(reverse("introductions:stuck")).context["rows"]
    assert [one.row.introduction.pk for one in shown] == [talking.pk]
    answer = officer.post(
        reverse("introductions:remind"), {"ticked": [f"{talking.pk}|supplier", f"{talking.pk}|buyer"]}
    )
    made = {one["reminder"].side: one for one in answer.context["made"]}
    assert set(made) == {"supplier", "buyer"}
    text = answer.content.decode().split('id="group-text"')[1].split("</pre>")[0]
    assert talking.need.title not in text

    stranger = Client()
    link = made["supplier"]["link"]
    page = stranger.post(link, follow=True)
    assert page.request["PATH_INFO"] == reverse("introductions:introduction", args=[talking.pk])
    body = page.content.decode()
    assert [one for one in (owner.phone, talking.need.private_half.text, 'id="thread"') if one in body] == []
    assert "登录后办理" in body
    assert stranger.get(reverse("introductions:thread", args=[talking.pk])).status_code == 302
    assert {one.side: one.read_at is not None for one in Reminder.objects.all()} == {"supplier": True, "buyer": False}


def test_a_side_is_reminded_once_a_day_however_often_it_is_ticked(talking, person, settings):
    settings.BUSINESS_DAY = talking.since.replace(month=12, day=20)
    officer, url = signed_in(person(Role.SECRETARIAT)), reverse("introductions:remind")
    links = [
        [one["link"] for one in officer.post(url, {"ticked": [f"{talking.pk}|supplier"] * n}).context["made"]]
        for n in (3, 1)
    ]
    assert (links[0] == links[1], len(links[0]), Reminder.objects.count()) == (True, 1, 1)
    assert Notification.objects.filter(wording="introduction_stuck").count() == 1
    settings.BUSINESS_DAY += timedelta(days=1)
    officer.post(url, {"ticked": [f"{talking.pk}|supplier"]})
    assert Reminder.objects.count() == 2


def test_of_several_of_whom_one_is_not_to_be_reminded_none_is(talking, person, settings):
    settings.BUSINESS_DAY = talking.since.replace(month=12, day=20)
    Introduction.objects.update(state="sampling")
    officer, url = signed_in(person(Role.SECRETARIAT)), reverse("introductions:remind")
    answer = officer.post(url, {"ticked": [f"{talking.pk}|supplier", f"{talking.pk}|buyer"]}, follow=True)
    assert (answer.status_code, "没有催办任何一家" in answer.content.decode()) == (200, True)
    assert (Reminder.objects.count(), Notification.objects.filter(wording="introduction_stuck").count()) == (0, 0)
    assert officer.post(url, {"ticked": ["999999|supplier"]}).status_code == 404


def test_an_officer_s_own_look_at_the_link_is_no_reading_and_does_not_use_it_up(talking, person, settings):
    settings.BUSINESS_DAY = talking.since.replace(month=12, day=20)
    officer = signed_in(person(Role.SECRETARIAT))
    ticked = {"ticked": [f"{talking.pk}|supplier"]}
    link = officer.post(reverse("introductions:remind"), ticked).context["made"][0]["link"]
    assert [officer.get(link).status_code, officer.post(link).status_code] == [302, 302]
    assert Reminder.objects.get().read_at is None
    assert Client().post(link, follow=True).status_code == 200
    assert Reminder.objects.get().read_at is not None


def test_a_call_is_noted_without_telephones_and_both_sides_read_that_it_was_made(talking, owner, person, settings):
    settings.BUSINESS_DAY = talking.since.replace(month=12, day=20)
    officer, url = signed_in(person(Role.SECRETARIAT)), reverse("introductions:called")
    note = "王工说下周答复，电话 13900001111"
    assert officer.post(url, {"ticked": [f"{talking.pk}|supplier"], "note": note}).status_code == 302
    assert [(one.side, one.note) for one in talking.calls.all()] == [
        ("supplier", "王工说下周答复，电话 （联系方式略）")
    ]
    assert "王工说下周答复" in officer.get(reverse("introductions:stuck")).content.decode()
    page = signed_in(owner).get(reverse("introductions:introduction", args=[talking.pk])).content.decode()
    assert ("已电话联系" in page, "王工说下周答复" in page) == (True, False)
    assert officer.post(url, {}).status_code == 302
    assert officer.post(url, {"ticked": ["x"]}).status_code == 400


def test_an_officer_who_may_not_know_the_buyer_is_given_no_link_to_it(proposed, person, settings):
    settings.BUSINESS_DAY = proposed.since.replace(month=12)
    officer = signed_in(person(Role.DISTRICT_OFFICER))
    answer = officer.post(reverse("introductions:remind"), {"ticked": [f"{proposed.pk}|buyer"]})
    assert [(one["link"], one["firm"]) for one in answer.context["made"]] == [("", None)]
    assert buyers()[2].name not in answer.content.decode()


def test_candidates_say_why_and_leave_out_who_does_not_want_it(need, buyer, own_firm, owner, monkeypatch):
    monkeypatch.setattr(hits, "by_word", lambda _word: [(one.id, "产品 阀座") for one in Firm.objects.all()[:15]])
    url = reverse("introductions:candidates", args=[need.pk])
    firms = {one.firm.id for one in signed_in(buyer).get(url).context["suggested"]}
    assert need.firm not in firms
    first = sorted(firms)[0]
    operations.choose(actor=owner, firm=own_firm, personalised=False)
    assert own_firm.id not in {one.firm.id for one in suggesting.suggest(need)}
    answer = signed_in(buyer).post(reverse("introductions:propose", args=[need.pk]), {"firm": first})
    made = Introduction.objects.get()
    assert (answer.status_code, made.firm, made.origin) == (302, first, "buyer")
    assert made.reasons[0] == {"says": "for", "kind": "product", "text": "产品 阀座"}
    assert first not in {one.firm.id for one in suggesting.suggest(need)}


def test_a_buyer_that_switched_suggestions_off_is_suggested_nothing(need, buyer, own_firm, monkeypatch):
    monkeypatch.setattr(hits, "by_word", lambda _word: [(one.id, "产品 阀座") for one in Firm.objects.all()[:15]])
    operations.choose(actor=buyer, firm=buyers()[2], personalised=False)
    answer = signed_in(buyer).get(reverse("introductions:candidates", args=[need.pk]))
    assert (answer.context["suggested"], answer.context["how"]) == ([], "off")
    assert "关闭了个性化推荐，这里不推荐企业" in answer.content.decode()
    signed_in(buyer).post(reverse("introductions:propose", args=[need.pk]), {"firm": own_firm.id})
    assert Introduction.objects.get().reasons == []


def test_firms_are_found_by_meaning_once_the_worker_has_been_there(need, buyer):
    need.title, need.products = "精密减速器", ["精密减速器"]
    need.save()
    url, client = reverse("introductions:candidates", args=[need.pk]), signed_in(buyer)
    assert (suggesting.how(need), "对接索引还在建立" in client.get(url).content.decode()) == ("meanwhile", True)
    assert (tasks.want_found().kind, tasks.want_found()) == ("find", None)
    assert tasks.find(job=None, progress=lambda *_told: None) == {"needs": 1}
    assert (suggesting.how(need), "对接索引还在建立" in client.get(url).content.decode()) == ("index", False)
    first = Finding.objects.get(pk=need.pk).firms[0]
    assert (first["offer"]["source"], "精密减速器" in first["offer"]["product"]) == ("registry", True)
    assert suggesting.suggest(need)[0].reasons[0].text[:8] == "产品：精密减速器"
    assert finding.waiting() == []
    need.products = ["船用阀门"]
    need.save()
    assert (finding.waiting(), suggesting.how(need)) == ([need], "meanwhile")


@pytest.mark.parametrize("change", ["offer", "midnight"])
def test_what_was_found_stays_until_the_market_of_today_was_looked_through(  # noqa: PLR0917 -- five fixtures, one column
    need, buyer, owner, own_firm, settings, change
):
    Posting.objects.filter(pk=need.pk).update(title="精密减速器", products=["精密减速器"])
    need = Posting.objects.get(pk=need.pk)
    finding.find([need])
    before = [one.firm for one in suggesting.suggest(need)]
    if change == "offer":
        given = {"side": "offer", "kind": "parts", "title": "线束", "state": "open", "named": True, "made_by": owner}
        Posting.objects.create(firm=own_firm.id, expires_on=need.expires_on, **given)
    else:
        settings.BUSINESS_DAY = today() + timedelta(days=1)
    assert (suggesting.how(need), [one.firm for one in suggesting.suggest(need)]) == ("updating", before)
    url, client = reverse("introductions:candidates", args=[need.pk]), signed_in(buyer)
    assert ("正在按最新的企业和供给更新" in client.get(url).content.decode(), before != []) == (True, True)
    assert finding.waiting() == [need]
    finding.find(finding.waiting())
    assert (suggesting.how(need), "正在按最新" in client.get(url).content.decode()) == ("index", False)


def test_an_offer_that_hides_its_firm_is_never_told_of(need, own_firm, owner):
    values = {"side": "offer", "firm": own_firm.id, "title": need.title, "products": need.products, "state": "open"}
    offer = Posting.objects.create(**values, kind="parts", expires_on=today() + timedelta(days=9), made_by=owner)
    finding.find([need])
    assert own_offers(need) == []
    Posting.objects.filter(pk=offer.pk).update(named=True)
    finding.find([need])
    assert own_offers(need) == [own_firm.id]
    Posting.objects.filter(pk=offer.pk).update(named=False)
    assert own_offers(need) == []  # before it is found anew


def own_offers(need) -> list[str]:
    """The firms that are found by what they published themselves."""
    return [one["offer"]["firm"] for one in finding.found(need).firms if one["offer"]["source"] == "published"]


def test_words_alone_serve_where_no_model_is_installed_and_the_page_says_so(need, buyer, monkeypatch):
    monkeypatch.setattr("rongtong.match.index.installed", lambda: None)
    monkeypatch.setattr("rongtong.match.retriever.installed", lambda: None)
    monkeypatch.setattr(finding, "_before", {})
    finding._index.cache_clear()
    finding.find([need])
    finding._index.cache_clear()
    url = reverse("introductions:candidates", args=[need.pk])
    assert (suggesting.how(need), "只按字词" in signed_in(buyer).get(url).content.decode()) == ("words", True)


def test_who_solved_a_need_like_it_is_suggested_where_that_may_be_told(need, own_firm, owner, buyer):
    past = Posting.objects.get(pk=need.pk)
    past.pk, past.state, past.firm = None, "met", buyers()[2].id
    past.save()
    Introduction.objects.create(need=past, firm=own_firm.id, origin="officer", state="completed", made_by=owner)
    told = [one for one in suggesting.suggest(need) if one.firm == own_firm]
    assert [reason.text for one in told for reason in one.reasons if reason.kind == "past"] == [
        f"解决过相似的需求：{past.title}"
    ]


def test_a_firm_puts_itself_forward_without_its_telephone(need, owner, own_firm):
    url = reverse("introductions:apply", args=[need.pk])
    client = signed_in(owner)
    assert client.post(url, {"words": "做过同类，电话 13800000006"}).status_code == 422
    assert client.post(url, {"words": "做过同类阀座"}).status_code == 302
    assert [one["text"] for one in Introduction.objects.get().reasons] == ["做过同类阀座"]


def test_a_firm_switches_suggestions_off_and_on(owner, own_firm):
    client, url = signed_in(owner), reverse("introductions:choice", args=[own_firm.id])
    assert [client.post(url, {"personalised": one}).status_code for one in ("off",)] == [302]
    assert "已关闭" in client.get(url).content.decode()
    client.post(url, {"personalised": "on"})
    assert "已开启" in client.get(url).content.decode()


@pytest.mark.parametrize("name", ["图纸 v2（终版）.pdf", "报价.doc", "清单.xls", "现场.heic"])
def test_an_attachment_comes_back_under_the_name_that_it_was_given(talking, buyer, owner, name):
    url = reverse("introductions:write", args=[talking.pk])
    assert signed_in(buyer).post(url, {"text": "", "attachment": SimpleUploadedFile(name, b"x")}).status_code == 302
    message = talking.messages.get()
    answer = signed_in(owner).get(reverse("introductions:attachment", args=[message.pk]))
    answer.close()
    assert (message.name, unquote(answer["Content-Disposition"])) == (name, f"attachment; filename*=utf-8''{name}")
