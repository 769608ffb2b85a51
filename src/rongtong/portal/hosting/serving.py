"""Serving: the web server and the worker, side by side, until told to stop."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from rongtong.errors import InputError
from rongtong.i18n import _

PATIENCE = 60.0


def free_port(host: str, wanted: int) -> int:
    """*wanted*, or the next free one above it. Raises InputError when none of fifty is free."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((host, port))
                return port
    raise InputError(_("端口 {port} 已被占用", port=wanted), mend=_("请用 --port 换一个端口"))


def server(host: str, port: int, *, processes: int = 2) -> list[str]:
    """The command of the web server."""
    return [
        sys.executable, "-m", "gunicorn", "rongtong.portal.wsgi:application", "--bind", f"{host}:{port}",
        "--workers", str(processes), "--threads", "4", "--timeout", "120", "--log-level", "warning",
        "--max-requests", "2000", "--max-requests-jitter", "200",
    ]  # fmt: skip  # read by rows


def worker() -> list[str]:
    """The command of the worker."""
    return [sys.executable, "-m", "rongtong.portal.hosting.worker"]


@contextlib.contextmanager
def running(home: Path, host: str, port: int, *, processes: int = 2) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Server and worker on the folder *home*, ended when the block is left."""
    environment = {**os.environ, "RONGTONG_HOME": str(home.resolve())}
    started = [
        subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603 -- our own interpreter
        for command in (server(host, port, processes=processes), worker())
    ]
    before = signal.signal(signal.SIGTERM, _interrupted)
    try:
        wait_until_it_answers(f"http://{host}:{port}/", started)
        yield started
    finally:
        stop(started)
        signal.signal(signal.SIGTERM, before)


def _interrupted(_number: int, _frame: object) -> None:
    """Being told to end is the same as Ctrl-C: the processes are ended too."""
    raise KeyboardInterrupt


def wait_until_it_answers(url: str, started: list[subprocess.Popen[bytes]], *, log: Path | None = None) -> None:
    """Return once *url* is answered. Raises InputError when a process has died or nothing answers in time.

    The error names *log*, where what the processes said was kept.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if any(one.poll() is not None for one in started):
            break
        with contextlib.suppress(URLError, OSError), urlopen(url, timeout=5):  # noqa: S310 -- our own address
            return
        time.sleep(0.2)
    told = _("，或看日志 {log}", log=log) if log else ""
    raise InputError(_("服务没有启动成功"), place=url, mend=_("请运行 rongtong check 查看原因") + told)


def watch(started: list[subprocess.Popen[bytes]], *, seconds: float | None = None) -> None:
    """Wait until one of the processes has ended, or for *seconds*."""
    deadline = time.monotonic() + seconds if seconds is not None else None
    while all(one.poll() is None for one in started):
        if deadline is not None and time.monotonic() > deadline:
            return
        time.sleep(0.5)


def stop(started: list[subprocess.Popen[bytes]]) -> None:
    """End the processes, kindly first: each ends its own, so that a workbook in the middle is read to its end."""
    for one in started:
        one.terminate()
    for one in started:
        try:
            one.wait(10)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(one.pid, signal.SIGKILL)
