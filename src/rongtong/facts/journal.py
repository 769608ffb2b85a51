"""The journal: numbered, hash-chained entries, the only truth about what happened.

An entry is a file ``journal/000042.json``. Its number is taken by creating that file exclusively and whole (a hard
link to a finished temporary file), so of two writers one wins and the other reads again, and a killed writer leaves
nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.identity import curve

Kind = Literal["import", "undo", "same", "different", "heading", "value", "reading", "judging", "answer", "erase"]
GENESIS = "0" * 64
_NAME = re.compile(r"[0-9]{6,}\.json")


@dataclass(frozen=True)
class Entry:
    """One thing that happened: its number, the hash of the entry before, when, by whom, and what."""

    number: int
    previous: str
    kind: Kind
    at: str
    by: str
    body: dict[str, Any]

    def as_bytes(self) -> bytes:
        """The entry as it stands in its file."""
        return (json.dumps(self.__dict__, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()

    @property
    def hash(self) -> str:
        """sha256 of the entry's file, which the next entry names."""
        return hashlib.sha256(self.as_bytes()).hexdigest()


@dataclass
class During:
    """What its writer is in the middle of: each entry keeps *what*, so that who finds it can end what a kill left.

    *begin* is asked before an entry is written; *entries* are the numbers of those written.
    """

    what: dict[str, Any]
    begin: Callable[[], None] = lambda: None
    entries: list[int] = field(default_factory=list)


class Journal:
    """The entries of one alliance folder, in order; threads may share one unless it is written *during* something."""

    def __init__(self, folder: Path, during: During | None = None) -> None:
        self.folder, self._during = folder, during
        self._read: list[Entry] = []
        self._reading = threading.Lock()

    def entries(self) -> list[Entry]:
        """All entries up to now. Raises InputError when one is missing, changed, or does not follow the one before."""
        with self._reading:
            self._read_on()
            while self._last() > len(self._read):  # written since, or one is missing
                if self._read_on() == 0:
                    path = self._path(len(self._read) + 1)
                    raise InputError(
                        _("台账缺少第 {n} 条", n=len(self._read) + 1), place=str(path), mend=_("请从备份恢复该条台账")
                    )
            return list(self._read)

    def _read_on(self) -> int:
        """Read the entries that follow those read before; returns how many there were."""
        before = len(self._read)
        while (path := self._path(len(self._read) + 1)).exists():
            self._read.append(self._load(path))
        return len(self._read) - before

    def _last(self) -> int:
        """The greatest number that an entry bears."""
        names = (entry.name for entry in os.scandir(self.folder)) if self.folder.is_dir() else ()
        return max((int(name[:-5]) for name in names if _NAME.fullmatch(name)), default=0)

    def verify(self) -> list[Entry]:
        """Read every entry again from its file and check the whole chain; returns the entries."""
        with self._reading:
            self._read = []
        return self.entries()

    def append(self, kind: Kind, body: dict[str, Any], *, by: str, check: Callable[[list[Entry]], None]) -> Entry:
        """Write the next entry; *check* is asked before each try and may refuse by raising.

        The number is taken exclusively: when somebody else was faster, the journal is read again, *check* is asked
        again, and the next number is tried.
        """
        if self._during:
            self._during.begin()
            body = body | {"during": self._during.what}
        while True:
            entries = self.entries()
            check(entries)
            entry = Entry(
                number=len(entries) + 1,
                previous=entries[-1].hash if entries else GENESIS,
                kind=kind,
                at=datetime.now(UTC).isoformat(timespec="seconds"),
                by=by,
                body=body,
            )
            if self._create(entry):
                if self._during:
                    self._during.entries.append(entry.number)
                return entry

    def _create(self, entry: Entry) -> bool:
        self.folder.mkdir(parents=True, exist_ok=True)
        temporary = self.folder / f".{uuid.uuid4().hex}"
        try:
            with temporary.open("xb") as file:
                file.write(entry.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(temporary, self._path(entry.number))
            except FileExistsError:
                return False
        finally:
            temporary.unlink(missing_ok=True)
        sync(self.folder)
        return True

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06d}.json"

    def _load(self, path: Path) -> Entry:
        try:
            raw = path.read_bytes()
            entry = Entry(**json.loads(raw))
            check_body(entry)
        except (ValueError, TypeError, KeyError) as error:
            raise InputError(_("台账条目已损坏"), place=str(path), mend=_("请从备份恢复该条台账")) from error
        expected = self._read[-1].hash if self._read else GENESIS
        if entry.previous != expected or entry.number != len(self._read) + 1 or entry.as_bytes() != raw:
            raise InputError(
                _("台账链在第 {n} 条断开：该条或前一条被改动过", n=len(self._read) + 1),
                place=str(path),
                mend=_("请从备份恢复台账，再用 verify --deep 核对"),
            )
        return entry


#: What an entry must hold for the fold, by its kind: in its body, or in the decision there.
_HELD = {"import": ("source", "part", "file"), "undo": ("entry",), "erase": ("source",)}
_DECIDED = {
    "same": ("left", "right"), "different": ("left", "right"), "heading": ("heading", "slot"),
    "value": ("mention", "slot", "value", "saw"), "reading": ("mention", "slot", "value"),
    "judging": ("ask", "same", "taught"), "answer": ("given", "firm", "apart"),
}  # fmt: skip


#: No weight or count of what decisions taught is greater.
_GREATEST = 1e9


def check_body(entry: Entry) -> None:
    """Raise TypeError, ValueError or KeyError when *entry* does not hold what its kind needs."""
    if entry.kind in _DECIDED:
        found, wanted = entry.body["decision"], _DECIDED[entry.kind]
    else:
        found, wanted = entry.body, _HELD[entry.kind]
    if entry.kind == "undo" and not isinstance(found["entry"], int):
        raise TypeError(entry.number)
    if missing := set(wanted) - set(found):
        raise KeyError(*missing)
    if entry.kind == "judging":
        check_judging(found)
    if entry.kind == "answer":
        check_answer(found)


def check_judging(decision: dict[str, Any]) -> None:
    """Raise TypeError, ValueError or KeyError when *decision* holds no bounds, or a correction that is none."""
    taught = decision["taught"]
    if not curve.fit_to_use(float(decision["ask"]), float(decision["same"])):
        raise ValueError("bounds")
    if taught is None:
        return
    scale, weights = float(taught["scale"]), taught["weights"]
    if not (scale > 0 and isinstance(weights, dict) and isinstance(taught["model"], str)):
        raise ValueError("taught")
    numbers = (float(taught["bias"]), scale, int(taught["cases"]), *map(float, weights.values()))
    if not all(abs(number) <= _GREATEST for number in numbers):
        raise ValueError("taught")


def check_answer(decision: dict[str, Any]) -> None:
    """Raise TypeError, ValueError or KeyError when *decision* names no wording, or firms that it does not call."""
    sides = [*([decision["firm"]] if decision["firm"] else []), *decision["apart"]]
    for code, name in (decision["given"], *(side["called"] for side in sides)):
        if not all(isinstance(one, str | None) for one in (code, name)):
            raise TypeError("called")
    if not (any(decision["given"]) and all(isinstance(side["mention"], str) for side in sides)):
        raise ValueError("answer")


def sync(folder: Path) -> None:
    """Make the names in *folder* durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
