"""Backups taken while people work: each restores to the snapshot that it names, and is found in order."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
#: What ``rongtong check`` says of any machine that tests run on.
OF_THE_MACHINE = {"演示模式", "短信通道", "加密传输", "磁盘空间"}


@pytest.fixture
def client(monkeypatch):
    """The benchmarks' way to a portal that is served."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import portal_client  # noqa: PLC0415 -- the benchmarks are not installed

    return portal_client


@pytest.fixture
def rongtong(client):
    """Run a verb; the document that it prints."""

    def run(*words: str) -> dict:
        command = [sys.executable, "-m", "rongtong", *words, "--json"]
        environment = {**client.AROUND, **client.ENVIRONMENT}
        told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert told.stdout, told.stderr
        return json.loads(told.stdout)

    return run


@pytest.mark.slow
def test_a_backup_taken_meanwhile_is_whole(client, rongtong, tmp_path):
    from crash import workbook  # noqa: PLC0415 -- the benchmarks are not installed
    from portal_crash import ABOUT, OFFICER, base, numbers  # noqa: PLC0415 -- the benchmarks are not installed

    home, _file = base(tmp_path, 20)
    made = [workbook(tmp_path / f"{n}.xlsx", 20, f"37021{n}") for n in range(3, 9)]
    over = threading.Event()

    def work(person) -> None:
        for file in made:
            person.post("/imports/begin/", ABOUT, file)
            while not over.wait(0.2):
                page = person.get(f"/imports/{(number := numbers(person)[-1])}/")
                if f"/imports/{number}/confirm/" in page:
                    person.post(f"/imports/{number}/confirm/", {})
                if f"/imports/{number}/undo/" in page:
                    break

    with client.Served(home, 18900) as served:
        person = client.Person(served.url)
        person.sign_in(OFFICER)
        officer = threading.Thread(target=work, args=(person,))
        officer.start()
        told = [rongtong("backup", str(tmp_path / f"{n}.tar.gz"), "--home", str(home)) for n in range(3)]
        over.set()
        officer.join()
    for n, before in ((0, told[0]), (2, told[2])):  # the earliest and the latest
        other = str(tmp_path / f"restored-{n}")
        again = rongtong("restore", str(tmp_path / f"{n}.tar.gz"), "--home", other)
        assert again["snapshot"] == before["snapshot"]
        wrong = {one["what"]: one["wrong"] for one in rongtong("check", "--home", other)["checks"] if not one["well"]}
        assert {what: told for what, told in wrong.items() if what not in OF_THE_MACHINE} == {}
    assert told[-1]["head"] > 1
