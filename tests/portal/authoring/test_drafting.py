"""A draft is one file that forms write: kept by its hash, told with its line, tried apart from the official one."""

from __future__ import annotations

import hashlib
import time

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from lxml import html

from rongtong import qualify, yaml12
from rongtong.errors import InputError
from rongtong.portal.audit.models import Trail
from rongtong.portal.authoring import operations, queries, store, trying
from rongtong.portal.authoring.models import Draft
from rongtong.portal.days import today
from rongtong.portal.hosting import backup
from rongtong.portal.people.models import Role
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm
from rongtong.qualify.shelf import shelf

pytestmark = [pytest.mark.django_db, pytest.mark.either]
OFFICIAL = "cn/innovative-sme@2022"


@pytest.fixture
def own(person, own_home) -> Draft:
    """A policy that the district officer writes."""
    return operations.begin(
        actor=person(Role.DISTRICT_OFFICER), title="崂山区奖补", document="通知", number="1号", since="2022-10-01"
    )


@pytest.fixture
def copied(person, own_home) -> Draft:
    """An official edition that the city copies."""
    return operations.copy(actor=person(Role.CITY_OFFICER), based_on=OFFICIAL)


@pytest.fixture
def send(client_of):
    """A form of a part sent by whoever writes the draft."""

    def post(draft: Draft, at: str, role: str = Role.DISTRICT_OFFICER, **fields: str):
        draft.refresh_from_db()
        url = f"{reverse('authoring:part', args=[draft.pk])}?at={at}"
        return client_of(role).post(url, {"seen": draft.sha256} | fields)

    return post


@pytest.fixture
def tried(client_of, django_capture_on_commit_callbacks):
    """A draft tried on every firm, the work done."""

    def post(draft: Draft, role: str = Role.DISTRICT_OFFICER, **said: str) -> Client:
        client = client_of(role)
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(reverse("authoring:try", args=[draft.pk]), said).status_code == 302
        draft.refresh_from_db()
        return client

    return post


def told(answer, name: str = "invalid-feedback") -> list[str]:
    page = html.fromstring(answer.content.decode())
    return [" ".join(one.text_content().split()) for one in page.xpath(f"//*[contains(@class, '{name}')]")]


def tree(draft: Draft) -> dict:
    draft.refresh_from_db()
    return yaml12.load(queries.text_of(draft))


def test_a_policy_of_ones_own_begins_with_the_common_clauses_and_can_be_tried_at_once(own):
    said = tree(own)
    assert (said["title"], said["territory"], said["edition"], said["source"]["number"]) == (
        "崂山区奖补", own.district, "2022", "1号",
    )  # fmt: skip
    assert queries.problem(queries.text_of(own)) is None
    assert [name for name in said if name.endswith("_en")] == ["note_en"]


def test_a_policy_is_for_the_firms_of_its_district_until_the_head_says_otherwise(own, send):
    said = {"title": "在本区（市）登记", "title_en": "Registered in the district", "district": ["崂山区"]}
    head = {name: tree(own)[name] for name in ("title", "edition", "authority", "territory")}
    head |= {"document": "办法", "number": "", "since": "2022-01-01"}
    assert tree(own)["applies"] == said
    assert send(own, "", **head, districts=["崂山区"]).status_code == 302
    assert tree(own)["applies"] == said
    assert send(own, "", **head).status_code == 302
    assert "applies" not in tree(own)


def test_a_copy_says_what_the_official_file_says_but_for_its_edition(copied):
    assert [sign for sign, _line in queries.changes(copied)] == ["-", "+"]
    assert tree(copied)["edition"] == "2022-试拟"


def test_every_text_is_a_file_named_by_its_hash_and_stays(own, send):
    first = store.file_of(own.sha256)
    assert hashlib.sha256(first.read_bytes()).hexdigest() == own.sha256
    send(own, "grants", cap="80万元")
    own.refresh_from_db()
    assert (first.is_file(), store.file_of(own.sha256).is_file(), first != store.file_of(own.sha256)) == (True,) * 3


def test_a_backup_holds_what_drafts_say(own):
    assert store.file_of(own.sha256) in backup._files(0)


def test_a_condition_that_cannot_be_read_is_told_beside_its_field_and_nothing_is_kept(own, send):
    before = own.sha256
    answer = send(own, "conditions&new=1", title="营业收入", when="revenu[Y] >= 1000万元")
    own.refresh_from_db()
    assert (answer.status_code, own.sha256) == (422, before)
    (said,) = told(answer)
    line = queries.text_of(own).splitlines().index("excludes:") + 2  # behind the last condition
    assert said.startswith(f"local-laoshanqu-2022.yaml:{line}：未知的字段 revenu")
    assert said.endswith("您要写的可能是 revenue")


def test_a_band_that_is_wrong_is_told_beside_the_band(own, send):
    rows = {"gives": ("20万元", "30万元"), "low": ("500万元", ""), "low_in": ("on", ""), "high": ("", "500万元")}
    data = {f"bands-{k}-{name}": values[k] for name, values in rows.items() for k in range(2)}
    total = {"bands-TOTAL_FORMS": "2", "bands-INITIAL_FORMS": "2"}
    answer = send(own, "grants.items.1", title="研发补助", value="rd_expense[Y]", **data, **total)
    (said,) = told(answer, "rt-notice is-no")
    assert "分档没有从高分到低分排列" in said


def test_a_grant_that_is_a_share_has_no_bands(own, send):
    lines = {"bands-TOTAL_FORMS": "2", "bands-INITIAL_FORMS": "0"}
    said = {"title": "研发补助", "value": "rd_expense[Y]", "share": "10%", "cap": "50万元"}
    assert send(own, "grants.items&new", **said | lines).status_code == 302
    assert tree(own)["grants"]["items"][-1] == {"id": "grant.new1"} | said
    assert send(own, "grants.items.2", **said | {"share": "12%"}).status_code == 302
    assert tree(own)["grants"]["items"][-1]["share"] == "12%"
    wrong = told(send(own, "grants.items.2", **said | {"share": "12元"}))
    assert wrong == ["local-laoshanqu-2022.yaml:87：“12元”不是比例。例如 10%"]


def test_a_share_takes_the_place_of_bands(own, send):
    bands = {"bands-0-gives": "20万元", "bands-0-low": "500万元", "bands-0-low_in": "on", "bands-1-gives": "0元"}
    lines = bands | {"bands-TOTAL_FORMS": "2", "bands-INITIAL_FORMS": "2"}
    said = {"title": "研发补助", "value": "rd_expense[Y]", "share": "5%", "cap": "20万元"}
    assert send(own, "grants.items.1", **said | lines).status_code == 302
    changed = tree(own)["grants"]["items"][1]
    assert ({name: changed.get(name) for name in said}, "bands" in changed) == (said, False)


def test_a_clause_added_changed_and_taken_out_leaves_the_file_as_it_was(own, send, client_of):
    before = queries.text_of(own)
    send(own, "conditions&new=1", title="营业收入", when="revenue[Y] >= 1000万元")
    assert tree(own)["conditions"][-1] == {
        "id": "condition.new1", "title": "营业收入", "when": "revenue[Y] >= 1000万元"
    }  # fmt: skip
    send(own, "conditions.3", title="营业收入", when="revenue[Y] >= 800万元", soft="on")
    last = tree(own)["conditions"][-1]
    assert (last["when"], last["hard"]) == ("revenue[Y] >= 800万元", False)
    cut = reverse("authoring:cut", args=[own.pk])
    client_of(Role.DISTRICT_OFFICER).post(cut, {"at": "conditions.3", "seen": Draft.objects.get(pk=own.pk).sha256})
    own.refresh_from_db()
    assert queries.text_of(own) == before
    assert [one.what for one in own.versions.all()] == ["删了“营业收入”", "改了“营业收入”", "改了“营业收入”", "开始"]


def test_points_that_no_longer_add_up_are_kept_and_told_on_the_draft(copied, client_of):
    cut = reverse("authoring:cut", args=[copied.pk])
    client_of(Role.CITY_OFFICER).post(cut, {"at": "score.groups.0.criteria.0", "seen": copied.sha256})
    copied.refresh_from_db()
    said = told(client_of(Role.CITY_OFFICER).get(reverse("authoring:draft", args=[copied.pk])), "rt-notice is-no")
    assert ["相加" in one for one in said] == [True]
    with pytest.raises(InputError, match="相加"):
        operations.try_out(actor=copied.made_by, draft=copied)


def test_a_sheet_of_points_grows_group_by_group_until_it_adds_up(own, send):
    send(own, "score.groups&new=1", title="成长", max="5")
    assert [one["title"] for one in tree(own)["score"]["groups"]] == ["成长"]
    assert "相加为 0 分" in queries.problem(queries.text_of(own)).what
    rows = {"gives": ("5", "0"), "low": ("10%", ""), "low_in": ("on", ""), "high": ("", "10%")}
    data = {f"bands-{k}-{name}": values[k] for name, values in rows.items() for k in range(2)}
    total = {"bands-TOTAL_FORMS": "2", "bands-INITIAL_FORMS": "0"}
    answer = send(own, "score.groups.0.criteria&new=1", title="净利率", max="5", value="net_margin[Y]", **data, **total)
    assert (answer.status_code, tree(own)["score"]["groups"][0]["criteria"][0]["bands"]) == (
        302,
        [{"points": 5, "from": "10%"}, {"points": 0, "below": "10%"}],
    )
    send(own, "conditions&new=1", title="得分", when="score >= 5分")
    assert queries.problem(queries.text_of(own)) is None


def test_the_text_is_the_same_file_and_what_cannot_be_read_is_not_kept(own, client_of):
    client, url = client_of(Role.DISTRICT_OFFICER), reverse("authoring:text", args=[own.pk])
    text = queries.text_of(own)
    broken = client.post(url, {"seen": own.sha256, "text": text.replace("conditions:", "conditons:")})
    assert (broken.status_code, "conditons：没有这个键" in told(broken)[0]) == (422, True)
    assert client.post(url, {"seen": own.sha256, "text": text.replace("崂山区奖补", "奖补")}).status_code == 302
    own.refresh_from_db()
    assert (own.title, queries.text_of(own)) == ("奖补", text.replace("崂山区奖补", "奖补"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: 独立法人", "title: &a 独立法人\n    note: *a", "不能用 * 引用别处：*a"),
        ("when: independent_legal_person", f"when: {'not ' * 3000}qms_certified", "套得太深"),
        ("when: independent_legal_person", f"when: {' and '.join(['qms_certified'] * 7000)}", "条件太长"),
        ("title: 独立法人", "title: [" * 30, "不是有效的 YAML"),
    ],
)
def test_a_text_that_would_bring_the_portal_down_is_refused_or_told(old, new, said, own):
    text = queries.text_of(own).replace(old, new)
    try:
        queries.read(text)
        raise queries.problem(text) or AssertionError
    except InputError as error:
        told_ = error.what
    assert said in told_


def test_of_two_who_change_it_one_comes_too_late(own, client_of):
    client, url, seen = (
        client_of(Role.DISTRICT_OFFICER),
        f"{reverse('authoring:part', args=[own.pk])}?at=grants",
        own.sha256,
    )
    answers = [client.post(url, {"seen": seen, "cap": cap}).status_code for cap in ("80万元", "90万元")]
    assert (answers, tree(own)["grants"]["cap"]) == ([302, 422], "80万元")


def test_going_back_is_a_change_too(own, send):
    first = own.versions.get()
    send(own, "grants", cap="80万元")
    operations.restore(actor=own.made_by, draft=own, version=first)
    assert (tree(own)["grants"]["cap"], own.versions.count()) == ("100万元", 3)


def test_a_trial_tells_who_enters_and_the_official_file_is_not_touched(copied, tried, send):
    official = (shelf() / "cn/innovative-sme/2022.yaml").read_bytes()
    for k in range(len(tree(copied)["excludes"])):
        send(
            copied,
            f"excludes.{k}",
            Role.CITY_OFFICER,
            title="否决",
            when="product_prohibited and not product_prohibited",
        )
    client = tried(copied, Role.CITY_OFFICER)
    about, totals = trying.about(copied), trying.totals(copied.made_by, copied)
    assert (about["outdated"], totals["firms"]) == (False, Firm.objects.count())
    assert totals["qualified"] - totals["qualified_before"] == totals["enters"] - totals["drops_out"] - totals["opens"]
    page = client.get(reverse("authoring:trial", args=[copied.pk]), {"way": "enters"})
    assert page.status_code == 200
    assert (shelf() / "cn/innovative-sme/2022.yaml").read_bytes() == official
    assert current.pointer().results.keys() == {"cn/srdi-sme", "cn/innovative-sme"}


@pytest.mark.parametrize("purpose", ["new", "review"])
def test_a_trial_is_of_first_applications_or_of_re_examinations_where_they_are_asked_otherwise(
    purpose, person, own_home, tried, tmp_path
):
    book = {"rulebook": "cn/little-giant", "edition": "2026"}
    draft = operations.copy(actor=person(Role.CITY_OFFICER), based_on="cn/little-giant@2026")
    client = tried(draft, Role.CITY_OFFICER, purpose=purpose)
    judged = qualify.assess(current.snapshot(), **book, purpose=purpose, as_of=today(), out=tmp_path)
    totals = trying.totals(draft.made_by, draft)
    assert {word: totals[word] for word in judged.counts} == judged.counts
    assert totals["enters"] == totals["drops_out"] == 0
    for page in ("authoring:draft", "authoring:trial"):
        shown = html.fromstring(client.get(reverse(page, args=[draft.pk])).content.decode())
        assert shown.xpath("//select[@name='purpose']/option[@selected]/@value") == [purpose]


def test_no_purpose_is_asked_where_the_same_is_asked_of_both(copied, client_of):
    page = client_of(Role.CITY_OFFICER).get(reverse("authoring:draft", args=[copied.pk])).content.decode()
    assert 'name="purpose"' not in page


def test_a_trial_tells_a_district_its_own_firms_and_grades_the_money(own, tried, person):
    client = tried(own)
    officer = person(Role.DISTRICT_OFFICER)
    found = list(trying.firms(officer, own, trying.Question()))
    assert {one["district"] for one in found} == {own.district}
    totals = trying.totals(officer, own)
    surely = [one["low"] for one in found if one["after"] == "qualified"]
    atmost = [one["high"] for one in found if one["after"] != "not_qualified"]
    assert (totals["low"], totals["high"]) == (sum(surely), sum(atmost))
    assert "export=xlsx" in client.get(reverse("authoring:trial", args=[own.pk])).content.decode()


def test_a_trial_says_on_which_clauses_firms_are_stuck_and_lists_those_of_one(own, tried, send):
    """A bound nobody reaches: the author is led to it."""
    send(own, "conditions&new=1", title="营业收入很高", when="revenue[Y] >= 90000000万元")
    client = tried(own)
    counted = dict(trying.clauses(own.made_by, own, "not_qualified"))
    assert max(counted, key=counted.__getitem__) == "condition.new1"
    found = list(trying.firms(own.made_by, own, trying.Question(after="not_qualified", clause="condition.new1")))
    assert len(found) == counted["condition.new1"]
    address = reverse("authoring:trial", args=[own.pk])
    page = html.fromstring(client.get(address, {"clause": "condition.new1"}).content.decode())
    assert page.xpath("//tbody//td[contains(., '营业收入很高')]")
    assert page.xpath("//section[h2='不符合的：卡在']//a[.='营业收入很高']")


def test_a_trial_of_an_earlier_text_says_that_it_is_outdated(own, send, tried):
    tried(own)
    send(own, "grants", cap="80万元")
    own.refresh_from_db()
    assert trying.about(own)["outdated"]


def test_nobody_changes_what_somebody_else_writes_but_may_copy_it(own, person):
    city = person(Role.CITY_OFFICER)
    with pytest.raises(PermissionDenied):
        operations.discard(actor=city, draft=own)
    made = operations.copy_draft(actor=city, draft=own)
    assert (queries.text_of(made), made.made_by, made.district) == (queries.text_of(own), city, "")


def test_what_is_done_stands_in_the_trail(own, send):
    send(own, "grants", cap="80万元")
    last = Trail.objects.latest("number")
    assert (last.act, last.detail["what"]) == ("authoring.change", "改了“合计”")


SCORE = """
score:
  max: 1
  groups:
    - id: g
      title: 组
      max: 1
      criteria:
        - id: i
          title: 项
          max: 1
          stated: local_score
          local: {when: qms_certified, rulebook: "RULEBOOK", edition: "1"}
"""


@pytest.mark.parametrize("rulebook", ["{secret}", "../../../..{secret}", "{secret}.none.yaml", "cn/nosuch", "cn"])
def test_a_draft_reads_no_file_of_the_server_and_stays_open(rulebook, own, client_of, tmp_path):
    (tmp_path / "secret.yaml").write_text("password: hunter2", encoding="utf-8")
    named = rulebook.format(secret=tmp_path / "secret.yaml")
    client, text = client_of(Role.DISTRICT_OFFICER), queries.text_of(own) + SCORE.replace("RULEBOOK", named)
    answer = client.post(reverse("authoring:text", args=[own.pk]), {"seen": own.sha256, "text": text})
    page = client.get(reverse("authoring:draft", args=[own.pk]))
    (said,) = told(page, "rt-notice is-no")
    assert (answer.status_code, page.status_code, "没有规则" in said, "password" in said) == (302, 200, True, False)
    assert f":{text.splitlines().index(next(one for one in text.splitlines() if 'local: ' in one)) + 1}" in said


def test_a_draft_that_refers_to_itself_is_told_so(own):
    text = queries.text_of(own) + SCORE.replace("RULEBOOK", yaml12.load(queries.text_of(own))["id"])
    assert "不能引用自己" in queries.problem(text).what


@pytest.mark.parametrize("points", ["1e600000", "1e30", "0.00001", "NaN", "1" * 5000])
def test_points_that_nobody_gives_are_told_beside_their_field_at_once(points, own, send):
    before, since = own.sha256, time.perf_counter()
    answer = send(own, "score.groups&new=1", title="成长", max=points)
    own.refresh_from_db()
    assert (answer.status_code, len(told(answer)), own.sha256) == (422, 1, before)
    rows = {"bands-TOTAL_FORMS": "2", "bands-INITIAL_FORMS": "0", "bands-0-gives": points[:20], "bands-0-low": "1%"}
    send(own, "score.groups&new=1", title="成长", max="5")
    answer = send(own, "score.groups.0.criteria&new=1", title="净利率", max="5", value="net_margin[Y]", **rows)
    assert (answer.status_code, time.perf_counter() - since < 10) == (422, True)


@pytest.mark.parametrize("title", ["2023-02-30", "2023-03-15", "0123", "5e3", "no", "~", "*a", "!!int x", "a: b # c"])
def test_a_title_that_looks_like_something_else_is_kept_as_it_was_written(title, own, send):
    assert send(own, "conditions.0", title=title, when="qms_certified").status_code == 302
    assert (tree(own)["conditions"][0]["title"], queries.problem(queries.text_of(own))) == (title, None)


@pytest.mark.parametrize(
    "at",
    [
        "conditions.99.any_of&new", "foo.conditions&new", "title.conditions&new", "requires.0.conditions&new",
        "in_force.conditions&new", "score.groups.0.criteria&new", "conditions.0.title.any_of&new", "conditions.99",
        "conditions.0.any_of&new", "conditions.0.title.0", "grants.items.99", f"conditions.{'9' * 5000}",
        "conditions.²",
    ],
)  # fmt: skip
def test_a_part_that_is_not_there_is_not_found(at, own, send, client_of):
    before = queries.text_of(own)
    answer = send(own, at, title="t", when="qms_certified", max="1")
    read = client_of(Role.DISTRICT_OFFICER).get(f"{reverse('authoring:part', args=[own.pk])}?at={at}")
    own.refresh_from_db()
    assert (answer.status_code, read.status_code, queries.text_of(own)) == (404, 404, before)


def test_who_changes_a_part_that_somebody_has_taken_out_is_told_so(own, client_of):
    client, seen = client_of(Role.DISTRICT_OFFICER), own.sha256
    for _ in range(2):
        answer = client.post(reverse("authoring:cut", args=[own.pk]), {"at": "conditions.2", "seen": seen})
    assert (answer.status_code, "又改过" in answer.content.decode()) == (400, True)
    gone = f"{reverse('authoring:part', args=[own.pk])}?at=conditions.2"
    answer = client.post(gone, {"seen": seen, "title": "t", "when": "qms_certified"})
    assert (answer.status_code, "又改过" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize("version", ["abc", "", "0", "9" * 30, "9" * 5000])
def test_an_earlier_text_that_is_not_there_is_not_found(version, own, client_of):
    answer = client_of(Role.DISTRICT_OFFICER).post(reverse("authoring:restore", args=[own.pk]), {"version": version})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: 崂山区奖补", 'title: "a\\0b"', "不是有效的 YAML"),
        ("title: 崂山区奖补", 'title: ""', "不能空着"),
        ("id: local/laoshanqu", f"id: {'x' * 90_000}", "最多 200 个字"),
        ("title: 崂山区奖补", "title: 2023-02-30", "没有这一天"),
        ("title: 崂山区奖补", "title: 崂山区奖补\n1: 2", "键要写文字"),
    ],
)
def test_a_text_that_neither_database_nor_browser_would_take_is_told_and_not_kept(old, new, said, own, client_of):
    text = queries.text_of(own)
    assert old in text
    url = reverse("authoring:text", args=[own.pk])
    answer = client_of(Role.DISTRICT_OFFICER).post(url, {"seen": own.sha256, "text": text.replace(old, new)})
    (found,) = told(answer)
    assert (answer.status_code, said in found, len(found) < 300) == (422, True, True)


def test_of_two_trials_the_last_asked_for_is_shown_whichever_ends_last(own, django_capture_on_commit_callbacks):
    other = "conditions: [{id: a, title: t, when: qms_certified}]\n"
    head = queries.text_of(own).partition("\nconditions:")[0]
    with django_capture_on_commit_callbacks() as started:
        operations.try_out(actor=own.made_by, draft=own)
        operations.change(actor=own.made_by, draft=own, text=f"{head}\n{other}", seen=own.sha256, what="x")
        operations.try_out(actor=own.made_by, draft=own)
    shown = []
    for start in reversed(started):
        start()
        own = Draft.objects.get(pk=own.pk)
        shown += [(trying.about(own)["outdated"], trying.totals(own.made_by, own))] if trying.about(own) else []
    assert (len(shown) > 1, shown[0][0], shown) == (True, False, shown[:1] * len(shown))
