"""Where the tables of a sheet are: their headings on one to four rows, and the rows below them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rongtong.definitions.catalogue import IDENTITY
from rongtong.definitions.units import UNITS
from rongtong.facts.reading.grid import Grid
from rongtong.facts.reading.headings import Interpreter
from rongtong.facts.reading.values import parse_heading_unit
from rongtong.facts.reading.vocabulary import Target
from rongtong.facts.reading.writing import plain
from rongtong.facts.reading.years import Calendar

_CODE = re.compile(r"^[0-9A-Z]{15,20}$", re.I)
_FIRM = re.compile(r"(?:公司|厂|合作社|中心|事务所|集团)(?:（.*）)?$")
_NUMBER = re.compile(r"^[-+]?[\d,]+(?:\.\d+)?%?$")
_YEAR = re.compile(r"^(?:19|20)\d\d年?度?$")
_UNIT_CELL = re.compile(r"^[(（\[【]?(?:单位[:：])?(?:\d+位|[^\d]{1,6})[)）\]】]?$")
_HOLDS = re.compile(r"[:：]\s*\S")
_DEEPEST, _INTRO = 3, 8
_ANY = Calendar(2000, True)


@dataclass(frozen=True)
class Block:
    """Headings on rows *top* … *bottom* (*main* names the firm), data on rows *start* … *end* - 1, all from 0.

    *paths* are the headings of each column, the highest first; *intro* the texts just above.
    """

    top: int
    main: int
    bottom: int
    start: int
    end: int
    paths: dict[int, list[str]]
    intro: tuple[str, ...]


def is_value(text: str) -> bool:
    """Whether a text is surely a value and no heading: a code, a firm, a number that is no year."""
    folded = plain(text)
    return bool(
        _CODE.match(folded)
        or (_FIRM.search(folded) and len(folded) > 5)
        or (_NUMBER.match(folded) and not _YEAR.match(folded))
    )


class Finder:
    """Finds the blocks of one sheet."""

    def __init__(self, grid: Grid, interpreter: Interpreter) -> None:
        self.grid, self.interpreter = grid, interpreter
        self._names: dict[str, bool] = {}

    def blocks(self, height: int) -> list[Block]:
        """All blocks of a sheet of *height* rows, from above."""
        mains = self._mains()
        found: list[Block] = []
        for number, main in enumerate(mains):
            top, bottom = self._top(main, found[-1].start if found else 0), self._bottom(main)
            end = mains[number + 1] if number + 1 < len(mains) else height
            intro = self._intro(top, found[-1].start if found else 0)
            found.append(Block(top, main, bottom, bottom + 1, end, self._paths(top, main, bottom), intro))
        return [
            self._shortened(block, found[n + 1].top if n + 1 < len(found) else height) for n, block in enumerate(found)
        ]

    def _shortened(self, block: Block, end: int) -> Block:
        return Block(block.top, block.main, block.bottom, block.start, min(block.end, end), block.paths, block.intro)

    def _mains(self) -> list[int]:
        """The rows that name the firm's columns; a row repeated on a later page is no new block.

        Of rows right below each other, as where 需求内容 stands over 产品名称, the last counts: no data lie between.
        """
        mains: list[int] = []
        for row in range(self.grid.height):
            if self._is_main(row) and not any(self.grid.rows[row] == self.grid.rows[main] for main in mains):
                mains.append(row)
        return [row for row in mains if row + 1 not in mains]

    def _is_main(self, row: int) -> bool:
        texts = [text for text in self.grid.rows[row] if text]
        if len(texts) < self._least() or any(map(is_value, texts)) or not any(map(self.names_firm, texts)):
            return False
        return not any(_HOLDS.search(text.split("\n")[0]) and self._inline(text) for text in texts)

    def _least(self) -> int:
        """How many headings a table has: names of firms alone are no facts, a list of texts is one of needs."""
        return 1 if self.grid.width == 1 and self.interpreter.catalogue.anchors != IDENTITY else 2

    def _inline(self, text: str) -> bool:
        """企业名称：某某 in one cell is a form, not a heading."""
        before, _colon, after = plain(text).partition(":")
        return bool(after.strip()) and self.names_firm(before)

    def names_firm(self, text: str) -> bool:
        """Whether a text is the heading of names or codes, or of what else tells that a row counts."""
        if text not in self._names:
            known = self.interpreter.known(text)
            self._names[text] = isinstance(known, Target) and known.field in self.interpreter.catalogue.anchors
        return self._names[text]

    def _identity(self, main: int) -> list[int]:
        return [c for c in self.grid.filled(main) if self.names_firm(self.grid.text(main, c))]

    def _top(self, main: int, floor: int) -> int:
        top = main
        while top > floor and main - top < _DEEPEST and self._is_upper(top - 1):
            top -= 1
        return top

    def _is_upper(self, row: int) -> bool:
        """A row of group headings: several texts or merges above single columns, none of them a value or a remark."""
        filled = self.grid.filled(row)
        if len(filled) < 2 or any(is_value(t) or _HOLDS.search(t) for t in self.grid.joined([row])):
            return False
        widths = [(m[3] - m[1] + 1) if (m := self.grid.merge(row, c)) else 1 for c in filled]
        named = [c for c in filled if self._headingish(self.grid.text(row, c))]
        return max(widths) < 0.8 * self.grid.width and (max(widths) > 1 or len(named) * 2 >= len(filled))

    def _headingish(self, text: str) -> bool:
        meaning = self.interpreter.read([text], _ANY, guess=False)
        return meaning.bare or meaning.how != "unknown"

    def _bottom(self, main: int) -> int:
        identity = self._identity(main)
        merged = max((m[2] for c in identity if (m := self.grid.merge(main, c))), default=main)
        bottom = min(merged, self.grid.height - 1)
        while bottom + 1 < self.grid.height and bottom - main < _DEEPEST and self._is_lower(bottom + 1, identity):
            bottom += 1
        return bottom

    def _is_lower(self, row: int, identity: list[int]) -> bool:
        """A row of sub-headings or units below the headings: it names no firm and holds nothing but headings."""
        texts = [(c, self.grid.text(row, c)) for c in self.grid.filled(row)]
        if not texts or any(is_value(text) for _c, text in texts):
            return False
        wide = any((m := self.grid.merge(row, c)) and m[3] - m[1] >= 2 and m[1] <= max(identity) for c, _t in texts)
        if wide or any(c in identity and not _UNIT_CELL.match(text) for c, text in texts):
            return False
        units = [text for _c, text in texts if _is_unit(text)]
        if any(c in identity for c, _t in texts):
            return (
                bool(units)
                and all(_is_unit(text) or _UNIT_CELL.match(text) for _c, text in texts)
                and len(units) * 2 >= len(texts)
            )
        good = [text for _c, text in texts if _is_unit(text) or self._headingish(text)]
        return len(good) * 2 >= len(texts)

    def _paths(self, top: int, main: int, bottom: int) -> dict[int, list[str]]:
        paths: dict[int, list[str]] = {}
        for column in range(self.grid.width):
            path: list[str] = []
            for row in range(top, bottom + 1):
                text = self.grid.shown(row, column) or self._carried(row, column, bottom)
                text = _as_unit(text) if row > main else text
                if text and text not in path:
                    path.append(text)
            if path:
                paths[column] = path
        return paths

    def _carried(self, row: int, column: int, bottom: int) -> str:
        """A group heading that nobody merged stands above the next columns too, as long as they have sub-headings."""
        if row == bottom or self.grid.merge(row, column) or not self.grid.shown(bottom, column):
            return ""
        left = next((c for c in range(column - 1, -1, -1) if self.grid.shown(row, c)), None)
        if left is None or self.grid.merge(row, left) or not self.grid.text(bottom, left):
            return ""
        between = all(self.grid.text(bottom, c) for c in range(left, column))
        return self.grid.text(row, left) if between and not _is_unit(self.grid.text(bottom, column)) else ""

    def _intro(self, top: int, floor: int) -> tuple[str, ...]:
        rows: list[int] = []
        for row in range(top - 1, floor - 1, -1):
            if len(self.grid.filled(row)) > 3 or top - row > _INTRO or any(map(is_value, self.grid.joined([row]))):
                break
            rows.append(row)
        return tuple(self.grid.joined(sorted(rows)))


def _as_unit(text: str) -> str:
    """A cell of the row of units as headings write it: ``元`` → ``(元)``; ``18位`` says nothing."""
    if re.match(r"^[(（]?\d+位[)）]?$", text):
        return ""
    return f"({plain(text).strip('()[]【】 ')})" if _is_unit(text) else text


def _is_unit(text: str) -> bool:
    """A cell that holds nothing but a unit."""
    bare = plain(text).strip("()[]【】 ").removeprefix("单位").lstrip(":：")
    return bare in UNITS or (len(bare) <= 8 and (parse_heading_unit(f"({bare})") is not None))
