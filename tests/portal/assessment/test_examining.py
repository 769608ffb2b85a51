"""Four eyes: one proposes, another of the same district confirms or sends back; the draft bears both names."""

from __future__ import annotations

import io

import docx
import pytest
from django.core.exceptions import PermissionDenied

from rongtong.errors import InputError
from rongtong.portal.assessment import conclusions, operations
from rongtong.portal.assessment.models import Conclusion
from rongtong.portal.audit.models import Trail
from rongtong.portal.desk.queries import waiting
from rongtong.portal.people.models import Grant, Role, User
from rongtong.portal.rulebooks.queries import on_offer
from rongtong.report.papers import paper_of

pytestmark = [pytest.mark.django_db, pytest.mark.either]
BOOK = "cn/srdi-sme"
OFFICER, REVIEWER = Role.DISTRICT_OFFICER, Role.DISTRICT_REVIEWER


@pytest.fixture
def proposed(person, own_firm) -> Conclusion:
    return operations.propose(
        actor=person(OFFICER), firm=own_firm, rulebook=BOOK, word="supplement", opinion="研发费用待补"
    )


def signatures(client, firm) -> str:
    answer = client.get(f"/firms/{firm.id}/assessment/{BOOK}/draft.docx")
    table = docx.Document(io.BytesIO(answer.content)).tables[-1]
    return "\n".join(row.cells[1].text for row in table.rows)


def test_a_confirmed_draft_bears_both_names(person, client_of, own_firm, proposed):
    before = signatures(client_of(OFFICER), own_firm)
    assert "签字" in before
    assert str(person(OFFICER)) not in before
    operations.confirm(actor=person(REVIEWER), conclusion=proposed)
    signed = signatures(client_of(OFFICER), own_firm)
    assert [name in signed for name in (str(person(OFFICER)), str(person(REVIEWER)), "待补正。研发费用待补")] == [
        True
    ] * 3


def test_nobody_reviews_their_own(person, own_firm, proposed):
    Grant.objects.create(user=person(OFFICER), role=REVIEWER, district=own_firm.district)
    both = User.objects.get(pk=person(OFFICER).pk)
    with pytest.raises(PermissionDenied):
        operations.confirm(actor=both, conclusion=proposed)
    assert list(conclusions.to_review(both)) == []


def test_a_reviewer_of_another_district_who_is_an_officer_of_this_one_does_not_review(own_firm, far_firm, proposed):
    stranger = User.objects.create_user("13900000001", name="周全")
    Grant.objects.create(user=stranger, role=REVIEWER, district=far_firm.district)
    Grant.objects.create(user=stranger, role=OFFICER, district=own_firm.district)
    with pytest.raises(PermissionDenied):
        operations.confirm(actor=stranger, conclusion=proposed)


def test_it_waits_on_the_reviewers_workbench_and_comes_back_to_the_officers(person, proposed):
    assert "复核初审结论" in {one.what for one in waiting(person(REVIEWER))}
    operations.send_back(actor=person(REVIEWER), conclusion=proposed, reason="缺审计报告")
    assert "复核初审结论" not in {one.what for one in waiting(person(REVIEWER))}
    assert next(one.about for one in waiting(person(OFFICER)) if one.what == "初审结论被退回，请修改").endswith(
        "缺审计报告"
    )


def test_proposed_again_it_no_longer_counts_as_returned(person, own_firm, proposed):
    operations.send_back(actor=person(REVIEWER), conclusion=proposed, reason="缺审计报告")
    operations.propose(actor=person(OFFICER), firm=own_firm, rulebook=BOOK, word="recommend", opinion="已补")
    assert conclusions.returned(person(OFFICER)) == []


def test_sending_back_wants_a_reason_and_one_answer_wins(person, proposed):
    with pytest.raises(InputError, match="原因"):
        operations.send_back(actor=person(REVIEWER), conclusion=proposed, reason=" ")
    stale = Conclusion.objects.get(pk=proposed.pk)
    operations.confirm(actor=person(REVIEWER), conclusion=proposed)
    with pytest.raises(InputError, match="已经处理过"):
        operations.send_back(actor=person(REVIEWER), conclusion=stale, reason="晚了")


def test_one_conclusion_at_a_time(person, own_firm, proposed):
    with pytest.raises(InputError, match="正在复核"):
        operations.propose(actor=person(OFFICER), firm=own_firm, rulebook=BOOK, word="refuse", opinion="…")
    operations.withdraw(actor=person(OFFICER), conclusion=proposed)
    assert conclusions.last(own_firm, BOOK) is None


def test_what_no_longer_rests_on_the_same_data_is_not_confirmed(person, proposed):
    Conclusion.objects.filter(pk=proposed.pk).update(basis="0" * 64)
    with pytest.raises(InputError, match="有变化"):
        operations.confirm(actor=person(REVIEWER), conclusion=Conclusion.objects.get(pk=proposed.pk))


def test_a_draft_that_tells_something_else_is_not_signed(person, client_of, own_firm, proposed):
    operations.confirm(actor=person(REVIEWER), conclusion=proposed)
    Conclusion.objects.filter(pk=proposed.pk).update(basis="0" * 64)
    assert str(person(REVIEWER)) not in signatures(client_of(OFFICER), own_firm)


def test_every_step_stands_in_the_trail(person, proposed):
    operations.confirm(actor=person(REVIEWER), conclusion=proposed)
    steps = [(one.act, one.actor) for one in Trail.objects.all()[:2]]
    assert steps == [("assessment.confirm", person(REVIEWER)), ("assessment.propose", person(OFFICER))]


def test_the_page_offers_each_their_part(client_of, own_firm, proposed):
    url = f"/firms/{own_firm.id}/assessment/{BOOK}/"
    told = {role: client_of(role).get(url).content.decode() for role in (OFFICER, REVIEWER, Role.FIRM)}
    assert ["同意这个结论" in told[role] for role in told] == [False, True, False]
    assert ["研发费用待补" in told[role] for role in told] == [True, True, False]


def test_every_rulebook_that_one_can_apply_by_has_its_draft_and_conclusion(person, client_of, own_firm):
    client, told = client_of(OFFICER), {}
    for rulebook in on_offer():
        made = operations.propose(
            actor=person(OFFICER), firm=own_firm, rulebook=rulebook, word="recommend", opinion="已逐条核对"
        )
        operations.confirm(actor=person(REVIEWER), conclusion=made)
        answer = client.get(f"/firms/{own_firm.id}/assessment/{rulebook}/draft.docx")
        paper = docx.Document(io.BytesIO(answer.content))
        told[rulebook] = (paper.paragraphs[0].text, paper.tables[-1].rows[0].cells[1].text.partition("。")[0])
    papers = {one: paper_of(one) for one in on_offer()}
    assert told == {one: (paper.title, paper.words.recommend) for one, paper in papers.items()}


def test_a_word_that_no_paper_has_is_refused(person, own_firm):
    with pytest.raises(InputError, match="没有这种初审结论"):
        operations.propose(actor=person(OFFICER), firm=own_firm, rulebook=BOOK, word="pass", opinion="…")
