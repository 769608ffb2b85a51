"""The portal as an officer meets it: served on a folder of its own, signed in to, read and written to over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPHandler, Request, build_opener

FORM = "application/x-www-form-urlencoded"
BOUNDARY = "rongtong-benchmark"
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "rongtong.portal.settings",
    "RONGTONG_SECRET_KEY": "benchmark",
    "RONGTONG_DEMO": "1",
    "RONGTONG_SMS": "rongtong.portal.people.channels.screen",
    "RONGTONG_TODAY": "2022-10-25",
}
#: A served folder has the database inside of it, whatever is asked of the processes around.
AROUND = {name: value for name, value in os.environ.items() if name != "RONGTONG_DATABASE"}
#: In a process of its own, since Django is loaded once for one folder: the tables, and the sample's people.
PREPARE = """
import sys
from pathlib import Path
from rongtong.portal import hosting
hosting.settle_in(Path(sys.argv[1]))
from rongtong.portal import showcase
from rongtong.portal.hosting import preparing
preparing.prepare(lambda step, share: None)
print(*(grant.user.phone for grant in showcase.people()))
"""


class Served:
    """``rongtong serve`` on a folder: ``server`` and ``worker`` are the process groups that can be killed.

    What a killed one leaves lies beside the folder.
    """

    def __init__(self, home: Path, port: int, *, processes: int = 1, **environment: str) -> None:
        command = [sys.executable, "-m", "rongtong", "serve", "--home", str(home), "--port", str(port), "--json"]
        self.log = (home.parent / "serve.log").open("ab")
        self._process = subprocess.Popen(
            [*command, "--processes", str(processes)],
            env={**AROUND, **ENVIRONMENT, "TMPDIR": str(home.parent), **environment},
            stdout=subprocess.PIPE,
            stderr=self.log,
        )
        told = self._first_document()
        self.url: str = told["url"].rstrip("/")
        self.server, self.worker = told["processes"]

    def _first_document(self) -> dict[str, Any]:
        assert self._process.stdout is not None  # noqa: S101 -- opened as a pipe above
        text = b""
        for line in self._process.stdout:
            text += line
            try:
                return dict(json.loads(text))
            except ValueError:
                continue
        raise RuntimeError(f"the portal did not start: {Path(self.log.name).read_text(encoding='utf-8')[-800:]}")

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._process.poll() is None:
            self.stop()

    def kill(self, *groups: int) -> None:
        """End process groups at once, as a power cut or the kernel does; the rest ends by itself."""
        for group in groups:
            os.killpg(group, signal.SIGKILL)
        self._ended()

    def stop(self) -> None:
        """End everything as a service's manager does."""
        self._process.terminate()
        self._ended()

    def _ended(self) -> None:
        self._process.communicate(timeout=60)
        self.log.close()


def prepare(home: Path, **environment: str) -> list[str]:
    """Make the portal's database on *home*; the telephones of the sample's people."""
    told = subprocess.run(
        [sys.executable, "-c", PREPARE, str(home)],
        env={**AROUND, **ENVIRONMENT, **environment}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return told.stdout.split()


class _From(HTTPHandler):
    """Connections from an address of this machine's own, so that the portal can tell people apart."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = (address, 0)

    def http_open(self, request: Request) -> http.client.HTTPResponse:
        return self.do_open(http.client.HTTPConnection, request, source_address=self._address)


class Person:
    """Somebody at a browser; what is not answered with a page raises."""

    def __init__(self, url: str, *, address: str = "127.0.0.1", patience: float = 120) -> None:
        self.url, self.patience = url, patience
        self._cookies = CookieJar()
        self._opener = build_opener(_From(address), HTTPCookieProcessor(self._cookies))

    def get(self, path: str) -> str:
        return self._open(Request(self.url + path))  # noqa: S310 -- the portal's own address

    def fetch(self, path: str) -> bytes:
        with self._opener.open(self.url + path, timeout=self.patience) as answer:
            return bytes(answer.read())

    def post(self, path: str, fields: dict[str, str], file: Path | None = None) -> str:
        """Send a form and follow where it leads."""
        body, kind = (_multipart(fields, file), f"multipart/form-data; boundary={BOUNDARY}") if file else (
            urlencode(fields).encode(), FORM
        )  # fmt: skip
        token = next((one.value for one in self._cookies if one.name == "csrftoken"), None) or ""
        headers = {"Content-Type": kind, "X-CSRFToken": token}
        return self._open(Request(self.url + path, data=body, headers=headers))  # noqa: S310 -- the portal's own address

    def sign_in(self, phone: str) -> str:
        """By the code that the demonstration shows; the page it leads to."""
        self.get("/sign-in/")
        page = self.post("/sign-in/", {"phone": phone})
        shown = re.search(r'id="demo-code">(\d{6})<', page)
        assert shown is not None, "no code was shown"  # noqa: S101 -- a benchmark ends here
        return self.post("/sign-in/code/", {"phone": phone, "code": shown.group(1)})

    def _open(self, request: Request) -> str:
        with self._opener.open(request, timeout=self.patience) as answer:
            return str(answer.read().decode())


def _multipart(fields: dict[str, str], file: Path) -> bytes:
    parts = [f'"{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    parts.append(f'"file"; filename="{file.name}"\r\n\r\n'.encode() + file.read_bytes())
    heads = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=".encode()
    return b"".join(heads + part + b"\r\n" for part in parts) + f"--{BOUNDARY}--\r\n".encode()
