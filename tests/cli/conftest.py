"""The command line as a person or a script meets it: arguments in, exit code and two streams out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from rongtong import i18n
from rongtong.cli.guard import run


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def _the_language_is_nobodys() -> Iterator[None]:
    i18n._chosen.clear()
    yield
    i18n._chosen.clear()


@pytest.fixture
def rongtong(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    def call(*arguments: object) -> Answer:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        return Answer(code, *capsys.readouterr())

    return call
