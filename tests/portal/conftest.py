"""A small sample alliance behind the portal, with one person for each role; every test starts from it."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from portal import cooperation
from portal.once import Once
from rongtong import facts, lists, match, sample
from rongtong.facts import digest
from rongtong.portal import showcase
from rongtong.portal.assessment.models import Conclusion
from rongtong.portal.authoring import operations as authoring
from rongtong.portal.authoring.models import Draft
from rongtong.portal.comparison.models import Comparison
from rongtong.portal.comparison.queries import MATCHES
from rongtong.portal.days import today
from rongtong.portal.desk.models import Notice
from rongtong.portal.filings.models import Filing
from rongtong.portal.imports.models import Upload
from rongtong.portal.imports.readings import MARKED
from rongtong.portal.jobs.models import Job
from rongtong.portal.membership.models import Application, Member
from rongtong.portal.notifications.models import Delivery, Notification
from rongtong.portal.people.models import AccessLink, Claim, Contact, Grant, Role, User
from rongtong.portal.postings.models import Posting, PrivateHalf
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.tasks import refresh
from rongtong.portal.statements.models import Statement
from rongtong.portal.titles.models import Change

FIRMS = 120
BACKEND = "rongtong.portal.people.backends.ByPassword"


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The alliance folder of the sample, imported: by the first who asks, a copy for all others."""
    folder = tmp_path_factory.getbasetemp()
    shared = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "alliance"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.is_dir():
            build(shared)
    shutil.copytree(shared, django_settings.HOME, dirs_exist_ok=True)
    return django_settings.HOME


def build(target: Path) -> None:
    """Import the sample into *target*, which is there when it is whole, settle it and find out what products mean."""
    part = target.with_suffix(".part")
    made = sample.generate(part / "sample", seed=2022, firms=FIRMS)
    alliance = facts.Alliance.open(part, create=True)
    for one in made.imports:
        alliance.import_file(
            made.path / one["file"],
            source=one["source"],
            date=one["reference_date"],
            year=one["year"],
            complete=tuple(one["complete"]),
            number=one["number"],
        )
    match.usual(part / match.VECTORS)(match.offers_of(alliance.settle(), today()))
    part.rename(target)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker, home: Path) -> None:
    """The database with the projections of the sample and its people."""
    with django_db_blocker.unblock():
        refresh(lambda _step, _share: None)
        showcase.people()


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """What the engines made in earlier tests."""
    return Once(tmp_path_factory.mktemp("once"))


@pytest.fixture(autouse=True)
def _engines_work_once(once: Once, monkeypatch: pytest.MonkeyPatch) -> None:
    once.take_the_place(monkeypatch)


@pytest.fixture
def own_home(home: Path, tmp_path: Path, settings) -> Path:
    """A copy of the alliance folder, for tests that write to it."""
    copy = tmp_path / "home"
    shutil.copytree(home, copy, ignore=shutil.ignore_patterns("sample"))
    settings.HOME, settings.MEDIA_ROOT = copy, copy / "portal" / "uploads"
    return copy


@pytest.fixture
def person(db) -> Callable[[str], User]:
    """The sample's person of a role."""

    def find(role: str) -> User:
        return User.objects.get(pk=Grant.objects.filter(role=role).values_list("user", flat=True)[0])

    return find


@pytest.fixture
def client_of(person: Callable[[str], User]) -> Callable[[str | None], Client]:
    """A client signed in as the sample's person of a role; None is the public."""

    def sign_in(role: str | None) -> Client:
        client = Client()
        if role:
            client.force_login(person(role), backend=BACKEND)
        return client

    return sign_in


@pytest.fixture
def own_firm(person: Callable[[str], User]) -> Firm:
    """The firm that the sample's owner acts for."""
    return Firm.objects.get(id=next(iter(person(Role.FIRM).firms)))


@pytest.fixture
def far_firm(own_firm: Firm) -> Firm:
    """A firm of another district than the sample's officers'."""
    return Firm.objects.exclude(district__in=["", own_firm.district]).order_by("n")[0]


@pytest.fixture
def made(person, own_firm, far_firm, settings, tmp_path) -> dict[tuple[str, str], int]:
    """One thing of each kind that pages are about, for each object: its number."""
    settings.MEDIA_ROOT = tmp_path / "papers"
    officer, owner, paper = person(Role.DISTRICT_OFFICER), person(Role.FIRM), ContentFile(b"%PDF-1.4", "x.pdf")
    found: dict[tuple[str, str], int] = {}
    for name, firm, by in (("own", own_firm, officer), ("other", far_firm, person(Role.CITY_OFFICER))):
        day = today()
        found |= {
            ("jobs", name): Job.objects.create(kind="settle", made_by=by, state=Job.State.DONE).pk,
            ("imports", name): Upload.objects.create(
                file="x.xlsx", name="x.xlsx", source="firm_form", district=firm.district, made_by=by
            ).pk,
            ("comparison", name): Comparison.objects.create(file="x.csv", name="x.csv", made_by=by).pk,
            ("filled", name): Comparison.objects.create(
                file="x.csv", name="x.csv", counts={}, rights=by.rights, made_by=by, stamp=digest.of_json([[], []])
            ).pk,
            ("filings", name): Filing.objects.create(
                firm=firm.id, slot="revenue[2021]", value="1万元", source="firm_form", document=paper, made_by=owner
            ).pk,
            ("assessment", name): Conclusion.objects.create(
                firm=firm.id, rulebook="cn/srdi-sme", word="recommend", opinion="…", made_by=by
            ).pk,
            ("statements", name): Statement.objects.create(
                firm=firm.id, slot="well_known", value="是", method="panel", checked_on=day, document=paper, made_by=by
            ).pk,
            ("membership", name): Application.objects.create(
                firm=firm.id, contact="甲", phone="1", scan=paper, made_by=owner
            ).pk,
            ("titles", name): Change.objects.create(firm=firm.id, what="更名", on=day, due=day, made_by=by).pk,
            ("postings", name): posted(firm, owner if name == "own" else by, paper).pk,
            ("notifications", name): (told := noticed(owner if name == "own" else by)).pk,
            ("delivery", name): told.deliveries.get().pk,
            ("authoring", name): drafted(firm, by),
            ("desk", name): Notice.objects.create(title="通知", body="…", made_by=by).pk,
            ("member", name): Member.objects.create(firm=firm.id).pk,
            ("grant", name): Grant.objects.create(
                user=User.objects.get_or_create(phone="13900000009")[0],
                role=Role.FIRM,
                firm=firm.id,
                capacity="agent",
                valid_until=day,
            ).pk,
            ("contact", name): Contact.objects.create(firm=firm.id, name="周琪", phone="13812345678").pk,
            ("people", name): Claim.objects.create(
                user=owner, firm=firm.id, capacity="agent", letter=paper, valid_until=day
            ).pk,
        }
        for path in (
            Upload.objects.get(pk=found["imports", name]).folder / MARKED,
            Comparison.objects.get(pk=found["filled", name]).filled,
        ):
            path.parent.mkdir(parents=True)
            path.write_bytes(b"PK")
        pq.write_table(lists.MATCHES.empty_table(), path.parent / MATCHES)
    link = AccessLink.objects.create(user=owner, path="/", expires_at=timezone.now() + timedelta(days=1))
    found |= cooperation.introduced(person, own_firm, far_firm) | cooperation.met(person)
    return found | {("link", "-"): link.pk, ("people", "-"): Grant.objects.latest("pk").pk}


def posted(firm: Firm, by: User, drawing: ContentFile[bytes]) -> Posting:
    """A need that its firm has handed in and confirmed."""
    need = Posting.objects.create(
        side="need", firm=firm.id, kind="parts", title="阀座", state="reviewing", expires_on=today(), made_by=by
    )
    PrivateHalf.objects.create(posting=need, quantity="9 件", drawing=drawing)
    return need


def drafted(firm: Firm, by: User) -> int:
    """A policy of a district in the making."""
    made = authoring.begin(actor=by, title="补助", document="通知", number="1号", since="2022-01-01")
    Draft.objects.filter(pk=made.pk).update(district=firm.district)
    return made.pk


def noticed(user: User) -> Notification:
    """A notice with its way by text message."""
    values = {"firm": "甲", "since": "—"}
    told = Notification.objects.create(user=user, wording="member_accepted", url="/", values=values)
    Delivery.objects.create(notification=told, channel="sms", due_at=timezone.now())
    return told
