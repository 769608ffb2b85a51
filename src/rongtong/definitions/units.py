"""Units: one table of what stands behind a number, for whoever reads a figure and whoever writes one.

UNITS["万元"].size                       # 10000: so many yuan
kept(Decimal(80), "万元")                # 800000, as facts and rulebooks keep it
counted(Decimal(800000), "万元")         # 80, as people count it
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal["money", "foreign", "share", "people", "things", "years", "months", "score"]


class Unit(NamedTuple):
    """A unit: its kind, and the power of ten that leads to the unit in which it is kept (yuan, fraction, one)."""

    kind: Kind
    power: int

    @property
    def size(self) -> Decimal:
        """How many of the kept unit one of these is."""
        return Decimal(10) ** self.power


#: The words that multiply a number, by their power of ten.
MULTIPLES = {
    "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11,
    "万亿": 12,
}  # fmt: skip  # read by rows
#: A pattern of any of them.
MULTIPLE = "|".join(sorted(MULTIPLES, key=len, reverse=True))
#: Which of them make a unit of their own, of money and of what is counted.
_OF_MONEY = ("", "百", "千", "万", "十万", "百万", "千万", "亿")
_OF_COUNTS = ("", "百", "千", "万")
_FOREIGN = (
    "美元", "美金", "USD", "欧元", "EUR", "港元", "港币", "HKD", "日元", "JPY", "英镑", "GBP", "韩元", "KRW", "澳元",
    "加元", "新台币", "台币", "卢布",
)  # fmt: skip  # read by rows
_PEOPLE = ("人", "名", "位")
_THINGS = ("个", "件", "项", "家", "条", "篇", "款", "种", "份", "次", "台", "套", "张")
_NAMED = {
    "%": Unit("share", -2), "‰": Unit("share", -3), "百分比": Unit("share", -2), "百分数": Unit("share", -2),
    "万": Unit("money", 4), "亿": Unit("money", 8), "RMB": Unit("money", 0), "人民币": Unit("money", 0),
    "年": Unit("years", 0), "周年": Unit("years", 0), "月": Unit("months", 0), "个月": Unit("months", 0),
    "分": Unit("score", 0),
}  # fmt: skip  # read by rows


def _multiplied(kind: Kind, names: tuple[str, ...], multiples: tuple[str, ...]) -> dict[str, Unit]:
    return {one + name: Unit(kind, MULTIPLES.get(one, 0)) for one in multiples for name in names}


#: Every unit by its name, half-width and simplified.
UNITS: dict[str, Unit] = {
    **_multiplied("money", ("元",), _OF_MONEY), **_multiplied("foreign", _FOREIGN, _OF_MONEY),
    **_multiplied("people", _PEOPLE, _OF_COUNTS), **_multiplied("things", _THINGS, _OF_COUNTS), **_NAMED,
}  # fmt: skip  # read by rows


def kept(number: Decimal, unit: str) -> Decimal:
    """*number* of *unit* in the unit in which it is kept: yuan, a fraction, one."""
    return number * UNITS[unit].size


def counted(content: Decimal, unit: str) -> Decimal:
    """What is kept, in *unit*."""
    return content / UNITS[unit].size
