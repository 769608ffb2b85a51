"""A list as somebody sent it: read, and given back with what was found beside each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.errors import InputError
from rongtong.facts.snapshot import Row, Snapshot, rows
from rongtong.i18n import _, mark
from rongtong.lists.chats import chatted
from rongtong.lists.fill import Addition, fill
from rongtong.lists.find import Found, find, is_headed, sheet_of
from rongtong.workbooks import Sheet, open_sheets, read_text

#: The suffix of what may be a chat, and how many bytes no chat has.
TEXT, LONGEST = ".txt", 1 << 23
#: The outcomes of a comparison in words.
OUTCOMES = {"same": mark("一致"), "ask": mark("待核"), "none": mark("库内没有")}


class Listing(NamedTuple):
    """The file at *path*, the sheet that holds the list, and where on it names and codes stand.

    A text that is no table is taken for a chat: *lines* is how many it has, and the sheet what firms they name.
    """

    path: Path
    sheet: Sheet
    found: Found
    lines: int = 0

    @classmethod
    def read(cls, path: Path, folder: Path, *, name: int | None = None, code: int | None = None) -> Self:
        """Read the list in the file at *path*; cells are mapped from *folder*, which must stay while they are used.

        *name* and *code* are the columns (from 0) where somebody said so. Raises InputError when the file cannot be
        read or nothing in it looks like a list of firms.
        """
        if path.is_dir():
            raise InputError(_("这是文件夹，不是文件"), place=str(path), mend=_("请给出文件"))
        try:
            sheet, lines = sheet_of(open_sheets(path, folder)), 0
            if path.suffix.lower() == TEXT and path.stat().st_size < LONGEST and not is_headed(sheet):
                text = read_text(path)
                sheet, lines = (
                    chatted(text, name=name, code=code),
                    sum(bool(line.strip()) for line in text.splitlines()),
                )
            return cls(path, sheet, find(sheet, name=name, code=code), lines)
        except InputError as error:
            raise InputError(error.what, place=f"{path.name} {error.place}".strip(), mend=error.mend) from None

    @property
    def rows(self) -> pa.Table:
        """The list: ``row`` (from 1), ``name``, ``uscc``."""
        return self.found.rows(self.sheet)

    def give_back(
        self, matches: pa.Table, out: Path, more: Sequence[Addition] = (), *, among: Mapping[str, Mapping[str, Any]]
    ) -> None:
        """Write the list to *out* (.xlsx, .csv) with its *matches*, then the columns *more*, on its right.

        *among* are the :func:`candidates`, which are written beside the rows that may be several firms.
        """
        outcomes = dict(zip(matches["row"].to_pylist(), matches["outcome"].to_pylist(), strict=True))
        fill(self.path, self.sheet, self.found, [*_additions(matches, among), *more], out, outcomes=outcomes)


def candidates(matches: pa.Table, snapshot: Snapshot) -> dict[str, Row]:
    """The firms (``firm, uscc, name``), by id, that rows which are asked about may be, or that others are near."""
    near = pc.struct_field(pc.list_flatten(matches["near"]), "firm")
    firms = sorted({*pc.list_flatten(matches["candidates"]).to_pylist(), *near.to_pylist()})
    with snapshot.connect() as connection:
        found = rows(connection, "SELECT firm, uscc, name FROM firms WHERE list_contains($1, firm)", [firms])
    return {one["firm"]: one for one in found}


def told(firms: Sequence[str], among: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The several firms that a row may be, in one cell: names, with codes where known; None for fewer than two."""
    written = [named(among[firm]) for firm in firms]
    return "；".join(written) if len(written) > 1 else None


def told_near(near: Sequence[Mapping[str, str]] | None, among: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The firms to which a row is near, in one cell, each with why it is not the row's; None for none."""
    each = (
        _("{firm}（{why}）", firm=named(among[one["firm"]]), why=one["why"].replace("；", "、"))
        for one in near or ()
        if one["firm"] in among
    )
    return "；".join(each) or None


def named(firm: Mapping[str, Any]) -> str:
    """A firm by its name, and its code where known."""
    return f"{firm['name'] or ''} {firm['uscc'] or ''}".strip()


def _additions(matches: pa.Table, among: Mapping[str, Mapping[str, Any]]) -> list[Addition]:
    """The outcome of each row, the firm it was found to be, why, and if any may be several or is near some, which."""
    compared = matches.to_pylist()
    head = {_("库内企业名称"): "name", _("库内统一社会信用代码"): "uscc", _("比对依据"): "why"}
    words = {outcome: _(text) for outcome, text in OUTCOMES.items()}
    made = [Addition(_("比对结果"), {one["row"]: words[one["outcome"]] for one in compared})]
    made += [Addition(heading, {one["row"]: one[name] for one in compared}) for heading, name in head.items()]
    several = {one["row"]: cell for one in compared if (cell := told(one["candidates"], among))}
    near = {one["row"]: cell for one in compared if (cell := told_near(one["near"], among))}
    more = [Addition(_("候选企业"), several), Addition(_("相近企业"), near)]
    return [*made, *(one for one in more if one.values)]
