"""Draws the picture of the README from the real output: the end of ``make demo`` as a terminal shows it.

Rich's own export measures a Chinese character as one cell and squeezes it; here every word is placed at its cell.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from rich.cells import cell_len

HERE = Path(__file__).parent
COMMAND = [sys.executable, "-m", "rongtong", "demo", "--out", "demo"]
CELL, LINE, EDGE = 8.4, 21, 22
COLOURS = {"$": "#9fc3e6", "✓": "#7fd0a8", "✗": "#f09a86", "?": "#f2cf72"}
SHEET = "font: 14px 'Sarasa Mono SC', 'Noto Sans Mono CJK SC', 'Microsoft YaHei', monospace; white-space: pre"


def words(line: str) -> Iterator[tuple[int, str]]:
    """The words of a line, each with the cell it begins at; single spaces stay inside a word."""
    for match in re.finditer(r"\S+(?: \S+)*", line):
        yield cell_len(line[: match.start()]), match[0]


def drawn(lines: list[str]) -> Iterator[str]:
    """The words as SVG texts of their exact width."""
    for row, line in enumerate(lines):
        for cell, word in words(line):
            colour = COLOURS.get(word[0], "#e8eef5")
            place = (
                f'x="{EDGE + cell * CELL:.1f}" y="{EDGE + (row + 1) * LINE}" textLength="{cell_len(word) * CELL:.1f}"'
            )
            yield f'<text {place} lengthAdjust="spacingAndGlyphs" fill="{colour}">{escape(word)}</text>'


def picture(text: str) -> str:
    """*text* as the SVG picture of a terminal."""
    lines = text.rstrip().splitlines()
    width = 2 * EDGE + max(map(cell_len, lines)) * CELL
    height = 2 * EDGE + (len(lines) + 0.5) * LINE
    frame = f'<rect width="{width:.0f}" height="{height:.0f}" rx="10" fill="#0d2a44"/>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" style="{SHEET}">'
    return "\n".join([head, frame, *drawn(lines), "</svg>\n"])


def demonstration() -> str:
    """What the demonstration prints, made in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        shown = subprocess.run(COMMAND, check=True, text=True, stdout=subprocess.PIPE, cwd=folder).stdout
    return f"$ make demo\n{shown}"


if __name__ == "__main__":
    (HERE / "demo.svg").write_text(picture(demonstration()), encoding="utf-8")
