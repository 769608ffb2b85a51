"""The sample alliance served as ``rongtong demo --serve`` does, for journeys to walk through."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from around import CLEAN
from rongtong.cli.demo import AS_OF
from rongtong.cli.demo_portal import surroundings

FIRMS = 400
PREPARED = f"""
import pathlib, sys
from rongtong.cli import demo, demo_portal
demo_portal.serve = lambda home, people: None
demo.run(pathlib.Path(sys.argv[1]), firms={FIRMS}, serve=True)
"""
ROLES = {
    "officer": "13800000001",
    "reviewer": "13800000002",
    "city": "13800000003",
    "secretariat": "13800000004",
    "administrator": "13800000005",
    "owner": "13800000006",
    "purchasing": "13800000007",
    "research": "13800000008",
}


@dataclass(frozen=True)
class Portal:
    """Where the portal is, and what lies behind it."""

    url: str
    home: Path


@contextmanager
def demonstration(folders: pytest.TempPathFactory) -> Iterator[Portal]:
    """The demonstration, small, with its portal in the background: a copy of the one that all journeys make once."""
    home = folders.mktemp("demo") / "home"
    with (shared(folders) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two that start at once would make it twice, and take one port
        shutil.copytree(made_once(shared(folders)), home)
        command = [sys.executable, "-m", "rongtong", "serve", "--home", str(home), "--json"]
        served = subprocess.Popen(command, env=CLEAN | surroundings(AS_OF), stdout=subprocess.PIPE, text=True)
        said = served.stdout.readline()
    with served:
        yield Portal(json.loads(said)["url"].rstrip("/"), home)
        served.terminate()


def shared(folders: pytest.TempPathFactory) -> Path:
    """The folder of this run that all its processes see."""
    base = folders.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


def made_once(folder: Path) -> Path:
    """The home of the demonstration in *folder*, as ``rongtong demo --serve`` leaves it before it serves."""
    home = folder / "demonstration" / "home"
    if not home.exists():
        command = [sys.executable, "-c", PREPARED, str(home.parent)]
        subprocess.run(command, env=CLEAN, capture_output=True, check=True)
    return home
