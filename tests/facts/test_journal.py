"""The journal: numbers are taken once, and a broken, edited or missing entry is named."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from making import anything
from rongtong.errors import InputError
from rongtong.facts.journal import GENESIS, Journal

WRITER = """
import sys
from pathlib import Path
from rongtong.facts.journal import Journal
for n in range(int(sys.argv[2])):
    Journal(Path(sys.argv[1])).append("erase", {"source": f"{sys.argv[3]} {n}"}, by=sys.argv[3], check=lambda e: None)
"""


def write(journal: Journal, count: int, by: str = "经办") -> None:
    for n in range(count):
        journal.append("erase", {"source": f"{by} {n}"}, by=by, check=anything)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


def test_an_entry_names_the_one_before(journal):
    write(journal, 2)
    first, second = journal.entries()
    assert (first.previous, second.previous) == (GENESIS, first.hash)


def test_what_is_written_is_read_by_another(journal):
    write(journal, 3, by="喆璟 'O\"")
    assert Journal(journal.folder).entries() == journal.entries()


def test_what_another_writes_is_read(journal):
    journal.entries()
    write(Journal(journal.folder), 2)
    assert len(journal.entries()) == 2


def test_a_refusal_writes_nothing(journal):
    def refuse(_entries):
        raise InputError("不")

    with pytest.raises(InputError):
        journal.append("erase", {}, by="", check=refuse)
    assert journal.entries() == []


def test_a_taken_number_means_the_check_is_asked_again(journal):
    seen = []

    def check(entries):
        seen.append(len(entries))
        if len(seen) == 1:
            write(Journal(journal.folder), 1)

    assert (journal.append("erase", {}, by="", check=check).number, seen) == (2, [0, 1])


@pytest.mark.parametrize("shared", [True, False])
def test_threads_each_get_their_own_number(journal, shared):
    def work(who):
        write(journal if shared else Journal(journal.folder), 5, by=str(who))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    entries = Journal(journal.folder).verify()
    assert sorted(entry.body["source"] for entry in entries) == sorted(f"{w} {n}" for w in range(4) for n in range(5))


def test_processes_each_get_their_own_number(journal):
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(journal.folder), "10", str(who)]) for who in range(2)
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert sorted(entry.body["source"] for entry in journal.verify()) == sorted(
        f"{w} {n}" for w in range(2) for n in range(10)
    )


def test_nothing_but_entries_is_left(journal):
    write(journal, 2)
    assert sorted(path.name for path in journal.folder.iterdir()) == ["000001.json", "000002.json"]


def place_of(journal: Journal) -> str:
    """The entry that a fresh reading of the journal complains of."""
    with pytest.raises(InputError) as caught:
        Journal(journal.folder).entries()
    return Path(caught.value.place).name


@pytest.mark.parametrize("number", [1, 2])
def test_an_edited_entry_breaks_the_chain_after_it(journal, number):
    write(journal, 3)
    path = journal.folder / f"{number:06d}.json"
    path.write_text(path.read_text(encoding="utf-8").replace("经办", "别人"), encoding="utf-8")
    assert place_of(journal) == f"{number + 1:06d}.json"


def test_an_entry_laid_out_otherwise_is_named(journal):
    write(journal, 2)
    path = journal.folder / "000002.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    assert place_of(journal) == "000002.json"


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", '"x"', "\ud800"])
def test_a_broken_entry_is_named(journal, text):
    write(journal, 2)
    (journal.folder / "000002.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    assert place_of(journal) == "000002.json"


def test_a_missing_entry_is_named(journal):
    write(journal, 3)
    (journal.folder / "000002.json").unlink()
    assert place_of(journal) == "000002.json"


def test_nothing_is_written_into_a_gap(journal):
    write(journal, 3)
    (journal.folder / "000002.json").unlink()
    with pytest.raises(InputError):
        write(Journal(journal.folder), 1)
    assert not (journal.folder / "000002.json").exists()


def test_verify_reads_again_what_was_read(journal):
    write(journal, 3)
    (journal.folder / "000001.json").unlink()
    with pytest.raises(InputError, match="000001"):
        journal.verify()


def test_a_stray_file_is_no_entry(journal):
    write(journal, 1)
    (journal.folder / "000001 副本.json").write_text("{}")
    assert [entry.number for entry in journal.verify()] == [1]
