"""The set-up is locked: versions and hashes, no addresses, nothing fetched behind anybody's back."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from rongtong import yaml12

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = {"run.txt": PROJECT["dependencies"]}
WANTED["dev.txt"] = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]


def locked(name: str) -> dict[str, list[Requirement]]:
    """What a lock file pins, by the name of the package."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    pins: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^([a-z][^\\\n]*)", text, flags=re.MULTILINE):
        pin = Requirement(line)
        pins.setdefault(pin.name, []).append(pin)
    return pins


def version(pin: Requirement) -> str:
    return next(iter(pin.specifier)).version


@pytest.mark.parametrize("name", WANTED)
def test_the_lock_holds_every_dependency_at_a_version_it_allows(name):
    pins = locked(name)
    wanted = [Requirement(line) for line in WANTED[name]]
    assert [
        str(one)
        for one in wanted
        if not pins.get(one.name.replace(".", "-"))
        or not all(one.specifier.contains(version(pin)) for pin in pins[one.name.replace(".", "-")])
    ] == []


@pytest.mark.parametrize("name", WANTED)
def test_the_lock_has_hashes_and_no_addresses(name):
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    assert re.findall(r"^[a-z][^\\\n]*$", text, flags=re.MULTILINE) == []
    assert re.findall(r"://|--index|--find-links", text) == []


def test_commit_hooks_are_local_and_from_the_locked_tools():
    repositories = yaml12.load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    hooks = [
        (repository["repo"], hook["language"], hook["entry"][:10])
        for repository in repositories
        for hook in repository["hooks"]
    ]
    assert set(hooks) == {("local", "system", ".venv/bin/")}


def test_ci_runs_all_that_make_check_runs():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    parts = re.search(r"^check: ([a-z ]+?) +##", makefile, flags=re.MULTILINE)[1].split()
    assert re.findall(r"make --no-print-directory (\w+)", (ROOT / ".ci" / "run").read_text(encoding="utf-8")) == parts


PACKAGES = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
LOCK = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))


def test_packages_for_pages_are_named_at_one_version_each_and_locked_at_it():
    named = PACKAGES["dependencies"] | PACKAGES["devDependencies"]
    assert {name: LOCK["packages"][f"node_modules/{name}"]["version"] for name in named} == named


def test_the_lock_of_packages_has_hashes_and_no_addresses():
    locked_packages = {name: one for name, one in LOCK["packages"].items() if name}
    assert [name for name, one in locked_packages.items() if not one.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, one in locked_packages.items() if "resolved" in one] == []


def test_the_wheel_holds_what_set_up_made(tmp_path):
    made = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    vendor = "rongtong/portal/design/static/vendor/"
    assert sorted(name.removeprefix(vendor) for name in names if name.startswith(vendor)) == [
        "LICENSES.txt", "bootstrap.min.css", "htmx.min.js", "icons.svg",
    ]  # fmt: skip  # read by rows
    assert [name for name in names if name.endswith(".mo")] == ["rongtong/locale/en/LC_MESSAGES/django.mo"]
    assert [Path(name).name for name in names if "/licenses/" in name] == ["LICENSE", "NOTICE"]
