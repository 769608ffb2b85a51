"""A registry that does not exist, with entries doubled: fields missing, mistyped, moved, abbreviated.

Beside them stand firms that only look like others: namesakes in one city, daughters and neighbours at one address, and
firms of one trade. How often each thing happens is judged, not fitted to any system; two entries of one firm never
share a valid code, for linking has made those one before duplicates are looked for.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pypinyin

import noise
from made_firms import Firm, business, daughter, firms
from rongtong.identity import make_column
from rongtong.sample.parameters import names

COLUMNS = ("uscc", "name", "former_name", "english_name", "address", "industry_code", "registered_on")
_CITIES = ("青岛", "济南", "烟台", "潍坊", "杭州", "宁波")
DISTRICTS = ("市南区", "市北区", "李沧区", "崂山区", "城阳区", "黄岛区", "即墨区", "胶州市")
_BUSINESS = ("Machinery", "Electronics", "Technology", "Trading", "Materials", "Foods", "Instruments", "Chemicals")
_KINDS = (
    "same",
    "same",
    "typo",
    "scan",
    "dropped",
    "other_form",
    "no_form",
    "no_region",
    "more_region",
    "mixed",
    "called",
)


class Entry(NamedTuple):
    """What stands in a registry of a firm."""

    uscc: str | None
    name: str
    former_name: str | None
    english_name: str | None
    address: str | None
    industry_code: str | None
    registered_on: date | None


class Made(NamedTuple):
    """The registry, and which firm each of its rows is."""

    table: pa.Table
    firm: np.ndarray


def registry(count: int, seed: int) -> Made:
    """About 1.45 *count* entries: *count* firms, those that look like some of them, and second and third entries."""
    chance = random.Random(seed)  # noqa: S311 -- no secret hangs on it
    made = _firms(count, chance)
    codes = make_column(["370202"] * len(made), np.arange(len(made)) * 7).to_pylist()
    rows: list[tuple[int, Entry]] = []
    for at, (firm, bare) in enumerate(made):
        entry = bare._replace(uscc=codes[at])
        rows.append((at, _first(entry, chance)))
        for _ in range(chance.choices((0, 1, 2), (0.8, 0.17, 0.03))[0]):
            rows.append((at, _again(firm, entry, chance)))
    chance.shuffle(rows)
    columns = zip(*(entry for _at, entry in rows), strict=True)
    table = pa.table({name: pa.array(column) for name, column in zip(COLUMNS, columns, strict=True)})
    return Made(table, np.array([at for at, _entry in rows]))


def _firms(count: int, chance: random.Random) -> list[tuple[Firm | None, Entry]]:
    """The firms, and those that stand beside them: each with its parts where its name has any."""
    found: list[tuple[Firm | None, Entry]] = []
    taken: set[str] = set()
    for firm in (one._replace(region=chance.choice(_CITIES)) for one in firms(count, chance)):
        entry = _entry(firm, chance)
        for parts, other in [(firm, entry), *_beside(firm, entry, chance)]:
            if other.name not in taken:
                taken.add(other.name)
                found.append((parts, other))
    return found


def _beside(firm: Firm, entry: Entry, chance: random.Random) -> Iterator[tuple[Firm | None, Entry]]:
    """Namesakes in the city; daughters and strangers at the address, of one industry or founded on one day."""
    if chance.random() < 0.08:
        other = firm._replace(business=business(chance))
        yield other, _entry(other, chance)
    for _ in range(chance.choices((0, 1, 3), (0.9, 0.07, 0.03))[0]):
        name = daughter(firm, chance)
        yield (
            None,
            _entry(firm, chance)._replace(name=name, former_name=None, english_name=None, **_shared(entry, chance)),
        )
    for _ in range(chance.choices((0, 2, 12), (0.93, 0.06, 0.01))[0]):
        other = firms(1, chance)[0]._replace(region=firm.region)
        yield other, _entry(other, chance)._replace(**_shared(entry, chance))


def _shared(entry: Entry, chance: random.Random) -> dict[str, Any]:
    shared: dict[str, Any] = {"industry_code": entry.industry_code} if chance.random() < 0.6 else {}
    shared |= {"registered_on": entry.registered_on} if chance.random() < 0.1 else {}
    return {"address": entry.address, **shared}


def _entry(firm: Firm, chance: random.Random) -> Entry:
    """What the register would hold."""
    former = firm._replace(business=business(chance)).name() if chance.random() < 0.08 else None
    day = date(1995, 1, 1) + timedelta(days=int(10_000 * chance.betavariate(3, 1.5)))
    industry = f"{13 + int(chance.betavariate(1.2, 3) * 40)}{chance.randrange(1, 6)}{chance.randrange(1, 5)}"
    return Entry(None, firm.name(), former, _english(firm, chance), _address(firm.region, chance), industry, day)


def _english(firm: Firm, chance: random.Random) -> str:
    said = ["".join(pypinyin.lazy_pinyin(text)).capitalize() for text in (firm.region, firm.trade)]
    word = _BUSINESS[sum(map(ord, "".join(firm.business))) % len(_BUSINESS)]
    return f"{' '.join(said)} {word} {chance.choice(('Co., Ltd.', 'Co.,Ltd', 'Company Limited'))}"


def _address(city: str, chance: random.Random) -> str:
    pools = names()
    road = chance.choice(pools.first) + chance.choice(pools.second) + chance.choice("路路路街大道")
    room = (
        f"{chance.randrange(1, 9)}号楼{chance.randrange(1, 20)}{chance.randrange(1, 9):02}室"
        if chance.random() < 0.5
        else ""
    )
    return f"山东省{city}市{chance.choice(DISTRICTS)}{road}{chance.randrange(1, 400)}号{room}"


def _some(entry: Entry, missing: dict[str, float], chance: random.Random) -> Entry:
    gone: dict[str, Any] = {name: None for name, share in missing.items() if chance.random() < share}
    return entry._replace(**gone)


def _first(entry: Entry, chance: random.Random) -> Entry:
    shares = {
        "uscc": 0.1,
        "former_name": 0.5,
        "english_name": 0.6,
        "address": 0.1,
        "industry_code": 0.15,
        "registered_on": 0.2,
    }
    return _some(entry, shares, chance)


def _again(firm: Firm | None, entry: Entry, chance: random.Random) -> Entry:
    """The firm entered again, by others, from something else, years before or after."""
    other = entry._replace(
        uscc=_mistyped(entry.uscc or "", chance) if chance.random() < 0.3 else None,
        address=moved(entry.address or "", chance),
        industry_code=other_industry(entry.industry_code or "", chance),
        registered_on=_other_day(entry.registered_on, chance),
        name=_written(firm, entry, chance),
    )
    known = 1.0 if other.name == entry.former_name else 0.6
    shares = {"former_name": known, "english_name": 0.6, "address": 0.25, "industry_code": 0.3, "registered_on": 0.4}
    return _some(other, shares, chance)


def _written(firm: Firm | None, entry: Entry, chance: random.Random) -> str:
    if entry.former_name and chance.random() < 0.6:
        return entry.former_name
    kind = chance.choice(_KINDS)
    if kind == "same":
        return entry.name
    if firm is None:
        return noise.TEXT[kind if kind in noise.TEXT else "typo"](entry.name, chance)
    return noise.written(firm, kind, chance)


def _mistyped(code: str, chance: random.Random) -> str:
    at = chance.randrange(9, 17)
    return code[:at] + chance.choice("0123456789".replace(code[at], "")) + code[at + 1 :]


def moved(address: str, chance: random.Random) -> str:
    """An address as others write it, or another in the same city."""
    changes: tuple[tuple[float, Callable[[], str]], ...] = (
        (0.35, lambda: address),
        (0.15, lambda: address.removeprefix("山东省")),
        (0.15, lambda: address[address.index("市") + 1 :]),
        (0.15, lambda: address[: address.index("号") + 1]),
        (0.08, lambda: noise.TEXT["typo"](address, chance)),
        (0.12, lambda: _address(address[3:5], chance)),
    )
    ways = [way for _share, way in changes]
    return chance.choices(ways, [share for share, _way in changes])[0]()


def other_industry(code: str, chance: random.Random) -> str:
    """The code of an industry as others state it."""
    return chance.choices(
        (code, code[:2] + f"{chance.randrange(1, 6)}0", f"{chance.randrange(13, 53)}10"), (0.75, 0.15, 0.1)
    )[0]


def _other_day(day: date | None, chance: random.Random) -> date | None:
    if day is None:
        return None
    return chance.choices((day, day + timedelta(days=chance.randrange(1, 40)), day.replace(day=1)), (0.85, 0.08, 0.07))[
        0
    ]
