"""What an officer finds out becomes a fact with its source, is corrected and taken back, and nothing of it is lost."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from rongtong.definitions.catalogue import catalogue
from rongtong.errors import InputError
from rongtong.portal.assessment import judging
from rongtong.portal.assessment.queries import Question
from rongtong.portal.audit.models import Trail
from rongtong.portal.audit.operations import FIRMS
from rongtong.portal.days import today
from rongtong.portal.people.models import Role
from rongtong.portal.registry import current, door
from rongtong.portal.registry.tasks import refresh
from rongtong.portal.rulebooks.queries import on_offer
from rongtong.portal.statements import endings, matters, operations, queries
from rongtong.portal.statements.models import Statement
from rongtong.qualify.shelf import editions, known

pytestmark = pytest.mark.django_db
BOOK = "cn/little-giant"
OFFICER = Role.DISTRICT_OFFICER


def told(slot: str, value: str) -> dict[str, object]:
    """What a form gives."""
    matter = matters.Matter(slot)
    why = {} if matter.offline else {"basis": "看了检测报告"}
    return {"slot": slot, "value": value, "method": matter.methods[0], "checker": "甲", "checked_on": today()} | why


@pytest.fixture
def state(own_home, person, own_firm):
    """Records something of the sample owner's firm as its district's officer."""

    def do(slot: str, value: str, **given: object) -> Statement:
        asked = {"actor": person(OFFICER), "seen": [one.pk for one in Statement.objects.all()]} | given
        return operations.state(firm=own_firm, **told(slot, value) | asked)

    return do


def settled() -> None:
    refresh(lambda _step, _share: None)


def clauses(firm) -> list[dict]:
    return list(door.clauses(current.story(BOOK, firm.id)))


def value(firm, slot: str) -> object:
    return next((one.value for one in current.facts_of(firm.id) if one.slot == slot), None)


def test_a_judgement_turns_its_clause_and_cites_its_own_file(state, own_firm):
    made = state("well_known", "是")
    settled()
    clause = next(one for one in clauses(own_firm) if "well_known" in one["values"] and not one.get("parts"))
    [cell] = clause["sources"]["well_known"]
    assert (clause["holds"], cell["file"]) == (True, f"审核记录_{own_firm.name}_{today():%Y%m%d}_{made.pk}.csv")


@pytest.mark.either
def test_every_matter_of_every_rulebook_is_read_as_the_fact_that_it_is(state, own_firm):
    """With the least and the most of what can be said of each."""
    found = {}
    for rulebook in known():
        for edition in editions(rulebook):
            names = {one for one in matters.facts() if one.partition(".")[0] in str(edition.file)}
            for name in names:
                slot = f"{name}[2022]" if catalogue()[name.partition(".")[0]].per_year else name
                if matter := matters.of_name(slot):
                    found[matter.slot] = "3" if matter.scored else "否"
    for slot, said in found.items():
        state(slot, said, reason="更正")
    settled()
    known_now = {one.slot: one.value for one in current.facts_of(own_firm.id)}
    assert {slot: known_now.get(slot) for slot in found} == {
        slot: 3 if said == "3" else False for slot, said in found.items()
    }


def test_a_correction_of_the_same_day_takes_the_place_of_what_it_corrects(state, own_firm):
    first = state("well_known", "是")
    second = state("well_known", "否", reason="看错了行业")
    settled()
    first.refresh_from_db()
    assert (first.state, first.reason, second.state) == ("superseded", "看错了行业", "in_force")
    assert value(own_firm, "well_known") is False


def test_a_correction_says_why_and_answers_what_was_shown(state):
    first = state("well_known", "是")
    with pytest.raises(InputError, match="更正要说明原因"):
        state("well_known", "否")
    with pytest.raises(InputError, match="刚有人记录过"):
        state("well_known", "否", reason="…", seen=[])
    assert [one.pk for one in Statement.objects.all()] == [first.pk]


def test_a_correction_that_is_not_read_leaves_in_force_what_it_would_correct(state):
    first = state("well_known", "是")
    with pytest.raises(InputError):
        state("well_known", "说不清", reason="更正")
    assert [(one.pk, one.state) for one in Statement.objects.all()] == [(first.pk, "in_force")]


def test_the_longest_name_of_a_firm_fits_the_name_of_the_file(state, own_firm):
    own_firm.name = "青岛" + "融" * 80 + "/通有限公司"
    made = state("well_known", "是")
    name, tail = operations.slip(made, own_firm).name, f"_{today():%Y%m%d}_{made.pk}.csv"
    assert (name.endswith(tail), "/" in name, len(name.encode()) <= 255) == (True, False, True)


def test_the_source_for_good_names_nobody_who_checked_and_no_words_of_theirs(state, own_firm):
    made = state("well_known", "是", number="报告 7")
    assert operations.slip(made, own_firm).proof == {
        "核查方式": made.get_method_display(), "核查日期": today().isoformat(), "文号": "报告 7",
    }  # fmt: skip


def test_taken_back_it_is_unknown_again(state, own_firm, person):
    made = state("well_known", "是")
    operations.withdraw(actor=person(OFFICER), statement=made, reason="证明有误")
    settled()
    assert (Statement.objects.get().state, value(own_firm, "well_known")) == ("withdrawn", None)


def test_what_asks_for_it_is_still_told_after_a_withdrawal(state, client_of):
    address = reverse("statements:withdraw", args=[state("well_known", "是").pk])
    answer = client_of(OFFICER).post(f"{address}?rulebook={BOOK}", {"reason": ""}, follow=True)
    assert answer.context["rulebook"] == BOOK
    assert "撤回要说明原因" in answer.content.decode()
    assert f"{address}?rulebook={BOOK}" in answer.content.decode()


@pytest.mark.either
def test_that_nothing_is_concerned_settles_every_offline_check_until_something_is(state, own_firm):
    nothing = state(matters.NOTHING, "否")
    settled()
    offline = {one["id"]: one["holds"] for one in clauses(own_firm) if one["id"].endswith("offline")}
    assert offline == {"general.ip.offline": False, "direct.1.offline": False}
    state("offline_checks.ip_2.any", "是", reason="补报")
    settled()
    nothing.refresh_from_db()
    offline = {one["id"]: one["holds"] for one in clauses(own_firm) if one["id"].endswith("offline")}
    assert (nothing.state, offline["general.ip.offline"]) == ("superseded", True)


def test_of_an_offline_check_no_ground_is_kept(state, own_firm, person):
    given = told("offline_checks.ip_2.any", "是") | {"basis": "专利号"}
    with pytest.raises(InputError, match="只记核验人、日期和结论"):
        operations.state(actor=person(OFFICER), firm=own_firm, seen=[], **given)
    assert Statement.objects.count() == 0


def test_a_firm_an_officer_elsewhere_and_the_secretariat_record_nothing(own_home, person, own_firm, far_firm):
    tried = [(Role.FIRM, own_firm), (Role.SECRETARIAT, own_firm), (OFFICER, far_firm)]
    for role, firm in tried:
        with pytest.raises(PermissionDenied):
            operations.state(actor=person(role), firm=firm, seen=[], **told("well_known", "是"))
    assert Statement.objects.count() == 0


def test_what_only_a_bureau_may_say_is_not_recorded(person, own_firm):
    others = ("recent_offence", "revenue[2021]", "nonsense")
    not_one_fact = ("platform_score", "platform_score[2020..2021]", "well_known.any", "well_known[2021]")
    assert [slot for slot in (*others, *not_one_fact) if matters.known(slot)] == []


def test_every_step_stands_in_the_trail_with_its_entry(state, own_firm):
    made = state("well_known", "是")
    steps = [(one.act, one.subject) for one in Trail.objects.all()[:2]]
    assert steps == [
        ("statements.enter", f"statements.statement:{made.pk}"),
        ("statements.record", f"{FIRMS}:{own_firm.id}"),
    ]
    assert Trail.objects.all()[0].detail["entry"] == made.entry


def test_what_a_kill_kept_from_its_end_is_in_force_and_says_so(state, person, own_firm):
    made = state("well_known", "是")
    Statement.objects.filter(pk=made.pk).update(state="written", entry=None)
    endings.enter(current.alliance().journal()[made.entry - 1], Statement.objects.get(), person(OFFICER))
    assert (Statement.objects.get().state, Statement.objects.get().entry) == ("in_force", made.entry)


def test_what_was_written_is_not_entered_beside_what_is_in_force_meanwhile(state, person, own_firm):
    written = operations.record(actor=person(OFFICER), firm=own_firm, **told("well_known", "是"))
    state("well_known", "否")
    head = current.alliance().state().head
    with pytest.raises(InputError, match="刚有人记录过"):
        operations.enter(actor=person(OFFICER), statement=written)
    assert (current.alliance().state().head, Statement.objects.get(pk=written.pk).state) == (head, "written")


@pytest.mark.parametrize("meanwhile", ["withdrawn", "superseded"])
def test_what_a_kill_left_entered_is_taken_back_where_it_stands_no_longer(state, person, own_firm, meanwhile):
    killed = state("well_known", "是")
    Statement.objects.filter(pk=killed.pk).update(state="written", entry=None)
    if meanwhile == "withdrawn":
        operations.withdraw(actor=person(OFFICER), statement=killed, reason="证明有误")
    else:
        state("well_known", "否")
    endings.enter(current.alliance().journal()[killed.entry - 1], Statement.objects.get(pk=killed.pk), person(OFFICER))
    settled()
    assert Statement.objects.get(pk=killed.pk).state == meanwhile
    assert value(own_firm, "well_known") is (None if meanwhile == "withdrawn" else False)


def test_the_queue_holds_what_undetermined_firms_want_of_a_person_and_only_in_ones_charge(state, person, own_firm):
    judging.work_out(BOOK, current.pointer().snapshot, lambda _step, _share: None)
    officer, city = (list(queries.due(person(role), Question(BOOK))) for role in (OFFICER, Role.CITY_OFFICER))
    assert {one["district"] for one in officer} == {own_firm.district}
    assert {one["fact"] for one in city} == {"key_link", "well_known", "offline_checks.award", "offline_checks.ip_2"}
    first = next(one for one in officer if one["fact"] == "well_known")
    narrowed = list(queries.due(person(OFFICER), Question(BOOK, wanting="well_known", text=first["name"])))
    assert [(one["firm"], one["fact"]) for one in narrowed] == [(first["firm"], "well_known")]


def test_what_is_recorded_leaves_the_queue_before_it_is_settled(state, person, own_firm):
    judging.work_out(BOOK, current.pointer().snapshot, lambda _step, _share: None)
    before = [one["fact"] for one in queries.due(person(OFFICER), Question(BOOK, text=own_firm.name))]
    state("well_known", "是")
    after = [one["fact"] for one in queries.due(person(OFFICER), Question(BOOK, text=own_firm.name))]
    assert after == [one for one in before if one != "well_known"]


def test_rulebooks_that_ask_nobody_are_not_offered():
    asking = [name for name, _title in queries.rulebooks()]
    assert [name for name in on_offer() if name in asking] == asking
    assert (BOOK in asking, "cn/innovative-sme" in asking, "cn/size-class" in asking) == (True, False, False)


def test_the_queue_opens_where_something_is_due_and_says_so_where_nothing_is_yet(client_of, own_home):
    opened, asking = client_of(OFFICER), [name for name, _title in queries.rulebooks()]
    new = [name for name in asking if not judging.ready(name)]
    told = opened.get(reverse("statements:due")).content.decode()
    assert ("没有待核查判断的企业" in told, told.count("还没有预审</span>")) == (True, len(new))
    assert (len(new) > 1, [judging.job(name) for name in new]) == (True, [None] * len(new))
    opened.get(reverse("statements:due"), {"rulebook": BOOK})
    assert [name for name in new if judging.job(name)] == [BOOK]
    judging.work_out(BOOK, current.pointer().snapshot, lambda _step, _share: None)
    assert opened.get(reverse("statements:due")).context["question"].rulebook == BOOK


def test_where_no_rulebook_asks_a_person_for_anything_the_page_says_so(client_of, own_home, monkeypatch):
    monkeypatch.setattr(queries, "rulebooks", list)
    answer = client_of(OFFICER).get(reverse("statements:due"))
    assert (answer.status_code, "现行规则没有要由人判断" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize(
    ("slot", "value", "words"),
    [(matters.NOTHING, "否", "无此情况"), ("well_known", "否", "不符合"), ("credit", "8", "8")],
)
def test_an_outcome_is_told_in_its_own_words(slot, value, words):
    assert Statement(slot=slot, value=value).told == words


def test_the_verdict_offers_the_form_to_officers_and_the_outcome_to_the_firm(state, client_of, own_firm):
    url, form = f"/firms/{own_firm.id}/assessment/{BOOK}/", f"/firms/{own_firm.id}/statements/well_known/"
    before = {role: client_of(role).get(url).content.decode() for role in (OFFICER, Role.FIRM)}
    assert [form in before[role] for role in before] == [True, False]
    state("well_known", "是", checker="卞核查")
    after = {role: client_of(role).get(url).content.decode() for role in (OFFICER, Role.FIRM)}
    assert "卞核查" not in after[Role.FIRM]
    assert ["结算后计入" in after[role] for role in after] == [True, True]


def test_a_form_without_ground_is_told_what_is_wanted(client_of, own_firm, own_home):
    url = reverse("statements:record", args=[own_firm.id, "well_known"])
    answer = client_of(OFFICER).post(
        url, {"value": "是", "method": "panel", "checker": "甲", "checked_on": "2022-10-20"}
    )
    assert (answer.status_code, "请填写判断依据" in answer.content.decode()) == (422, True)


def test_a_score_says_where_it_was_read(client_of, own_firm, own_home):
    url = reverse("statements:record", args=[own_firm.id, "credit_score"])
    given = {"value": "85", "method": "credit", "checker": "甲", "checked_on": "2022-10-20", "basis": "查报告"}
    assert client_of(OFFICER).post(url, given).status_code == 422
    assert client_of(OFFICER).post(url, given | {"number": "XY-85"}).status_code == 302
    settled()
    assert value(own_firm, "credit_score") == 85
