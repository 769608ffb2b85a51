"""A small sample alliance behind the portal, with one person for each role; every test starts from it."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client

from rongtong import facts, sample
from rongtong.portal import showcase
from rongtong.portal.people.models import Grant, Role, User
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.tasks import refresh

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
    """Import the sample into *target*, which is there when it is whole, and settle it."""
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
        )
    alliance.settle()
    part.rename(target)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker, home: Path) -> None:
    """The database with the projections of the sample and its people."""
    with django_db_blocker.unblock():
        refresh(lambda _step, _share: None)
        showcase.people()


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
