"""What a kill left between the journal and the database is ended once, wherever the operation was."""

from __future__ import annotations

import datetime

import pytest

from rongtong.portal.audit.models import Trail
from rongtong.portal.filings import operations as filings
from rongtong.portal.filings.models import Filing
from rongtong.portal.hosting import preparing
from rongtong.portal.imports import operations as imports
from rongtong.portal.imports import tasks
from rongtong.portal.imports.models import Upload
from rongtong.portal.people.models import Role
from rongtong.portal.queues import operations as queues
from rongtong.portal.registry import current
from rongtong.portal.registry.ending import end_all
from rongtong.portal.registry.models import Pending


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture
def killed(monkeypatch):
    """Do something, and die after the journal's entry, before the database's end of it."""

    def do(module, name: str, work) -> None:
        def die(**_given: object) -> None:
            raise Killed

        with monkeypatch.context() as patched:
            patched.setattr(module, name, die)
            with pytest.raises(Killed):
                work()

    return do


@pytest.fixture
def filing(own_home, person, own_firm) -> Filing:
    return filings.file(
        actor=person(Role.FIRM), firm=own_firm, slot="revenue[2021]", value="4448.8万元", source="firm_form"
    )


def told(act: str) -> list[tuple[int | None, str, int]]:
    """Who did *act* to what by which entry."""
    return [
        (one.actor_id, one.subject, one.detail["entry"]) for one in Trail.objects.filter(act=act).order_by("number")
    ]


def test_a_filing_whose_figure_is_in_force_waits_no_longer(filing, person, killed):
    officer = person(Role.DISTRICT_OFFICER)
    killed(filings, "changed", lambda: filings.confirm(actor=officer, filing=filing))
    head = current.alliance().state().head
    assert (Filing.objects.get(pk=filing.pk).state, told("filings.confirm")) == ("waiting", [])
    end_all(current.alliance())
    done = Filing.objects.get(pk=filing.pk)
    assert (done.state, done.entry, done.decided_by) == ("confirmed", head, officer)
    assert told("filings.confirm") == [(officer.pk, f"filings.filing:{filing.pk}", head)]
    assert list(Pending.objects.values_list("entry", "slot")) == [(head, "revenue[2021]")]


def test_what_was_ended_is_not_ended_again(filing, person, killed):
    killed(filings, "changed", lambda: filings.confirm(actor=person(Role.DISTRICT_OFFICER), filing=filing))
    assert [end_all(current.alliance()) for _time in range(2)] == [current.alliance().state().head] * 2
    assert len(told("filings.confirm")) == 1


def test_what_nobody_killed_is_left_as_it_is(filing, person):
    filings.confirm(actor=person(Role.DISTRICT_OFFICER), filing=filing)
    before = Trail.objects.count(), Pending.objects.count()
    end_all(current.alliance())
    assert (Trail.objects.count(), Pending.objects.count()) == before


def test_confirmed_again_after_a_failure_is_told_once(filing, person, killed):
    officer = person(Role.DISTRICT_OFFICER)
    killed(filings, "changed", lambda: filings.confirm(actor=officer, filing=filing))
    filings.confirm(actor=officer, filing=Filing.objects.get(pk=filing.pk))
    end_all(current.alliance())
    assert len(told("filings.confirm")) == 1


def test_a_filing_that_cannot_be_read_leaves_nothing_in_the_journal(filing, person):
    before = current.alliance().state().head
    Filing.objects.filter(pk=filing.pk).update(value="很多")
    with pytest.raises(Exception, match="没有写明金额单位"):
        filings.confirm(actor=person(Role.DISTRICT_OFFICER), filing=Filing.objects.get(pk=filing.pk))
    assert current.alliance().state().head == before


@pytest.fixture
def pair(own_home, db) -> tuple[str, str]:
    """Two mentions of two firms."""
    with current.snapshot().connect() as connection:
        found = connection.execute("SELECT min(mention) FROM mentions GROUP BY n ORDER BY n LIMIT 2").fetchall()
    return found[0][0], found[1][0]


def test_a_judgement_on_a_pair_stands_in_the_trail(pair, person, killed):
    city = person(Role.CITY_OFFICER)
    killed(queues, "changed", lambda: queues.judge(actor=city, left=pair[0], right=pair[1], same=False))
    head = current.alliance().state().head
    end_all(current.alliance())
    assert told("queues.pair") == [(city.pk, str(head), head)]
    assert list(Pending.objects.values_list("entry", flat=True)) == [head]


def test_a_judgement_taken_back_stands_in_the_trail(pair, person, killed):
    city = person(Role.CITY_OFFICER)
    entry = queues.judge(actor=city, left=pair[0], right=pair[1], same=False)
    killed(queues, "changed", lambda: queues.take_back(actor=city, entry=entry))
    end_all(current.alliance())
    assert told("queues.undo") == [(city.pk, str(entry + 1), entry + 1)]


@pytest.fixture
def upload(own_home, person, tmp_path) -> Upload:
    """A workbook whose import was asked for."""
    officer = person(Role.DISTRICT_OFFICER)
    made = Upload(name="甲.csv", source="district_workbook", date=datetime.date(2022, 6, 30), year=2021)
    made.state, made.made_by, made.district = Upload.State.READ, officer, min(officer.districts)
    made.save()
    made.folder.mkdir(parents=True)
    made.path.write_text("企业名称,2021年营业收入（万元）\n青岛新来机械有限公司,5\n", encoding="utf-8")
    return imports.confirm(actor=officer, held=made)


def test_an_import_and_its_undo_are_noted_each(upload, person, killed, monkeypatch):
    def die(*_given: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "finish", die)
        with pytest.raises(Killed):
            tasks.bring_in(job=upload.job, progress=lambda *_told: None, upload=upload.pk)
    head = end_all(current.alliance())
    upload.refresh_from_db()
    assert (upload.state, upload.entry, told("imports.imported")[-1][2]) == ("imported", head, head)
    killed(imports, "changed", lambda: imports.undo(actor=person(Role.DISTRICT_OFFICER), held=upload))
    end_all(current.alliance())
    upload.refresh_from_db()
    assert (upload.state, upload.entry, told("imports.undo")[-1][2]) == ("undone", None, head + 1)


def test_whoever_serves_ends_it_first(filing, person, killed, monkeypatch):
    killed(filings, "changed", lambda: filings.confirm(actor=person(Role.DISTRICT_OFFICER), filing=filing))
    for name in ("keep_secret", "call_command", "refresh"):
        monkeypatch.setattr(preparing, name, lambda *_given, **_named: None)
    preparing.prepare(lambda _step, _share: None)
    assert Filing.objects.get(pk=filing.pk).state == "confirmed"
