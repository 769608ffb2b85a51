"""The worker's watch: what fails neither ends it nor holds up the rest."""

from __future__ import annotations

import pytest

from rongtong.portal.hosting import worker


class _EnoughError(BaseException):
    """The watch has gone round often enough."""


@pytest.mark.django_db
def test_an_errand_that_fails_is_told_of_and_the_others_are_run(monkeypatch, caplog):
    def away() -> None:
        raise FileNotFoundError("journal")

    def rest(_seconds: float) -> None:
        if len(done) == 2:
            raise _EnoughError

    done: list[str] = []
    monkeypatch.setattr(worker.time, "sleep", rest)
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)
    with pytest.raises(_EnoughError):
        worker.watch([away, lambda: done.append("sent")])
    assert (done, [one.levelname for one in caplog.records]) == (["sent"] * 2, ["ERROR"] * 2)
