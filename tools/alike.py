"""Tell which characters look alike, from how they are drawn and what they are put together of.

    git clone https://github.com/amake/cjk-decomp && git -C cjk-decomp checkout c29b391
    python tools/alike.py cjk-decomp/cjk-decomp.txt [--out src/rongtong/identity/learned/alike.txt]

A pair is as alike as the mean of two cosines says: of the two images in Noto Sans SC, each stretched to its frame and
blurred; and of the parts, by their strokes. To each of the 6,763 characters of GB 2312 belong the likest of the 3,755
common ones. The decomposition is Gavin Grover's, MIT; the font (SIL OFL) is one of those that the tests bring.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from gb2312 import COMMON, characters
from rongtong.identity.vocabulary import stated

FONT = Path("node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf")
MOST, LEAST = 16, 0.3
"""How many a character has at most, and how alike they are at least."""
_SIDE = 32
_BLUR = np.array([1, 4, 6, 4, 1]) / 16
_ENTRY = re.compile(r"(.+?):([^(]+)\((.*)\)")
_TIMES = re.compile(r"r.*([34])")
_HEAD = "# A character and those of a like shape, each pair once, made by tools/alike.py.\n"

Floats = NDArray[Any]
Table = dict[str, tuple[str, list[str]]]
"""How each character or part is put together, and of what."""


def main() -> None:
    """Measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("decomposition", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/rongtong/identity/learned/alike.txt"))
    given = parser.parse_args()
    every = characters()
    alike = np.round((cosines(drawn(every)) + cosines(composed(every, read(given.decomposition)))) / 2, 4)
    found = dict(zip(every, likest(every, alike), strict=True))
    lines = [key + "".join(others) for key, others in found.items() if others]
    given.out.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    named = {frozenset(pair) for group in stated("alike.yaml")["groups"] for pair in combinations(group, 2)}
    named = {pair for pair in named if pair <= set(every)}
    pairs = {frozenset((key, other)) for key, others in found.items() for other in others}
    print(f"{len(pairs):,} pairs; they hold {len(named & pairs)} of the {len(named)} that people named")


def drawn(every: str) -> Floats:
    """The image of each character, a row each."""
    font = ImageFont.truetype(str(FONT), _SIDE)
    images = np.array([_image(one, font) for one in every])
    rows = images - images.mean(axis=1, keepdims=True)
    return np.asarray(rows)


def _image(character: str, font: ImageFont.FreeTypeFont) -> Floats:
    page = Image.new("L", (2 * _SIDE, 2 * _SIDE))
    ImageDraw.Draw(page).text((_SIDE / 2, _SIDE / 4), character, font=font, fill=255)
    image: Floats = np.asarray(page.crop(page.getbbox()).resize((_SIDE, _SIDE)), np.float64)
    for axis in (0, 1):
        image = np.apply_along_axis(lambda line: np.convolve(line, _BLUR, "same"), axis, image)
    return image.ravel()


def read(file: Path) -> Table:
    """The table of decompositions."""
    entries = (_ENTRY.fullmatch(line) for line in file.read_text(encoding="utf-8").splitlines())
    return {one[1]: (one[2], [part for part in one[3].split(",") if part]) for one in entries if one}


def composed(every: str, table: Table) -> Floats:
    """The parts of each character, and theirs, weighed by their strokes, a row each."""

    @cache
    def strokes(part: str) -> int:
        how, of = table.get(part, ("c", []))
        return max(_times(how) * sum(map(strokes, of)), 1)

    @cache
    def parts(whole: str) -> Counter[str]:
        how, of = table.get(whole, ("c", []))
        found = Counter({whole: 1})
        for part in of:
            found.update({inner: count * _times(how) for inner, count in parts(part).items()})
        return found

    kept = [{part: count * strokes(part) for part, count in parts(one).items() if strokes(part) > 1} for one in every]
    column = {part: at for at, part in enumerate(dict.fromkeys(part for one in kept for part in one))}
    rows = np.zeros((len(every), len(column)), np.float32)
    for row, found in zip(rows, kept, strict=True):
        row[[column[part] for part in found]] = list(found.values())
    return rows


def _times(how: str) -> int:
    """How often a part stands in what repeats it."""
    many = _TIMES.match(how)
    return int(many[1]) if many else 2 if how.startswith("r") else 1


def cosines(rows: Floats) -> Floats:
    """The cosine of each row with each."""
    rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.asarray(rows @ rows.T)


def likest(every: str, alike: Floats) -> list[list[str]]:
    """To each character those that are likest, where the pair has not been told before."""
    alike = alike.copy()
    alike[:, [one not in COMMON for one in every]] = -1
    np.fill_diagonal(alike, -1)
    order = np.argsort(-alike, axis=1, kind="stable")[:, :MOST]
    told: list[list[str]] = []
    pairs: set[frozenset[int]] = set()
    for row, near in enumerate(order.tolist()):
        found = [at for at in near if alike[row, at] >= LEAST and frozenset((row, at)) not in pairs]
        pairs |= {frozenset((row, at)) for at in found}
        told.append([every[at] for at in found])
    return told


if __name__ == "__main__":
    main()
