"""How people write a value: what stands in the cell, and what the cell then says (which may be rounder than the truth).

A style takes a column of values (None: unknown) and a stream of chance; its name is what layout files call it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from rongtong.sample.parameters import Rng
from rongtong.sample.sheets import Percent

Values = Sequence[Any]


class Written(NamedTuple):
    """*shown*: what stands in each cell; *said*: the value that text and heading determine; None where nothing does."""

    shown: list[Any]
    said: list[Any]


Style = Callable[[Values, Rng], Written]
STYLES: dict[str, Style] = {}
#: Styles that a plain reading of numbers and text does not understand.
MESSY: set[str] = set()


def style(name: str, *, messy: bool = True) -> Callable[[Style], Style]:
    """Register a style under the name that layout files use."""

    def register(function: Style) -> Style:
        STYLES[name] = function
        if messy:
            MESSY.add(name)
        return function

    return register


def _each(values: Values, show: Callable[[Any], tuple[Any, Any]]) -> Written:
    pairs = [(None, None) if value is None else show(value) for value in values]
    return Written([shown for shown, _ in pairs], [said for _, said in pairs])


def _scaled(unit: int, places: int, show: Callable[[float], Any]) -> Style:
    """An amount in *unit* yuan, rounded to *places* decimals."""
    quantum = unit / 10**places

    def write(values: Values, _: Rng) -> Written:
        return _each(values, lambda v: _quantum(v, quantum, places, show))

    return write


def _quantum(value: float, quantum: float, places: int, show: Callable[[float], Any]) -> tuple[Any, float]:
    steps = round(value / quantum)
    return show(steps / 10**places), steps * quantum


def _wide(text: str) -> str:
    """Half-width digits and signs as full-width ones."""
    return "".join(chr(ord(sign) + 0xFEE0) if sign in "0123456789.,%-" else sign for sign in text)


style("万元", messy=False)(_scaled(10_000, 2, lambda v: v))
style("元", messy=False)(_scaled(1, 0, int))
style("千元", messy=False)(_scaled(1_000, 1, lambda v: v))
style("亿元", messy=False)(_scaled(100_000_000, 4, lambda v: v))
style("万元文本")(_scaled(10_000, 2, lambda v: f"{v:,.2f}"))
style("元文本")(_scaled(1, 0, lambda v: f"{v:,.0f}"))
style("万元全角")(_scaled(10_000, 2, lambda v: _wide(f"{v:.2f}")))


@style("自带单位")
def own_unit(values: Values, rng: Rng) -> Written:
    """``1.25亿``, ``3200万元``, ``约3200万``, or a bare number in the unit of the heading (万元)."""
    kinds = rng.integers(0, 4, len(values)).tolist()

    def show(value: float, kind: int) -> tuple[Any, float]:
        if abs(value) >= 100_000_000 and kind < 3:
            return _quantum(value, 1_000_000, 2, lambda v: f"{v:.2f}亿{'元' if kind else ''}")
        suffix = ("万元", "万", "万元", "")[kind]
        before = "约" if kind == 2 else ""
        places = 0 if kind == 2 else 2
        return _quantum(
            value, 10_000 / 10**places, places, lambda v: f"{before}{v:.{places}f}{suffix}" if suffix else v
        )

    pairs = [(None, None) if v is None else show(v, kind) for v, kind in zip(values, kinds, strict=True)]
    return Written([shown for shown, _ in pairs], [said for _, said in pairs])


@style("数", messy=False)
def count(values: Values, _: Rng) -> Written:
    """A whole number."""
    return _each(values, lambda v: (int(v), v))


@style("约人")
def heads(values: Values, rng: Rng) -> Written:
    """``约300人``, ``312人``, ``３１２``."""
    kinds = iter(rng.integers(0, 3, len(values)).tolist())

    def show(value: float) -> tuple[str, float]:
        kind = next(kinds)
        if kind == 0 and value >= 50:
            rough = round(value, -1)
            return f"约{rough:.0f}人", rough
        return (f"{value:.0f}人", value) if kind == 1 else (_wide(f"{value:.0f}"), value)

    return _each(values, show)


@style("件数")
def pieces(values: Values, _: Rng) -> Written:
    """``3件``."""
    return _each(values, lambda v: (f"{v:.0f}件", v))


def _share(show: Callable[[float], Any]) -> Style:
    """A ratio said to two decimals of a per cent."""
    return lambda values, _: _each(values, lambda v: (show(round(v, 4)), round(v, 4)))


style("小数", messy=False)(_share(lambda v: v))
style("百分数", messy=False)(_share(lambda v: round(v * 100, 2)))
style("百分号")(_share(lambda v: f"{v * 100:.2f}%"))
style("百分比格式", messy=False)(_share(Percent))
style("全角百分号")(_share(lambda v: _wide(f"{v * 100:.2f}%")))


def _month(text: Callable[[date], Any]) -> Style:
    """A date of which only the month is said."""
    return lambda values, _: _each(values, lambda d: (text(d), f"{d:%Y-%m}"))


style("日期", messy=False)(lambda values, _: _each(values, lambda d: (d, d)))
style("日期文本", messy=False)(lambda values, _: _each(values, lambda d: (f"{d:%Y-%m-%d}", d)))
style("年月日")(lambda values, _: _each(values, lambda d: (f"{d.year}年{d.month}月{d.day}日", d)))
# January as 2019.01: in 2019.1 nobody can tell whether a zero was lost.
style("点月")(_month(lambda d: f"{d.year}.{d.month}" if d.month > 1 else f"{d.year}.01"))
style("年月")(_month(lambda d: f"{d.year}年{d.month}月"))


def _answer(yes: Any, no: Any) -> Style:
    """A yes or no; where *no* is None, nothing is written and nothing said."""
    return lambda values, _: _each(values, lambda v: (yes, True) if v else (no, None if no is None else False))


style("是否", messy=False)(_answer("是", "否"))
style("有无")(_answer("有", "无"))
style("勾")(_answer("√", None))
style("零一")(_answer(1, 0))


@style("文本", messy=False)
def text(values: Values, _: Rng) -> Written:
    """A text as it is."""
    return _each(values, lambda v: (v, v))


@style("年", messy=False)
def year(values: Values, _: Rng) -> Written:
    """A year as a number."""
    return _each(values, lambda v: (int(v), v))


@style("名称", messy=False)
def name(values: Values, rng: Rng) -> Written:
    """A firm's name; now and then with half-width brackets or a stray blank."""
    odd = iter(rng.random(len(values)).tolist())

    def show(value: str) -> tuple[str, str]:
        luck = next(odd)
        shown = value.replace("（", "(").replace("）", ")") if luck < 0.15 else value
        return (f" {shown}" if luck > 0.985 else shown), value

    return _each(values, show)


@style("代码", messy=False)
def code(values: Values, rng: Rng) -> Written:
    """A credit code; now and then with O for 0, blanks, small letters, or one character wrong."""
    odd = iter(rng.random(len(values)).tolist())

    def show(value: str) -> tuple[str, str]:
        luck = next(odd)
        if luck < 0.004 and "0" in value[8:]:
            return value[:8] + value[8:].replace("0", "O"), value
        if luck < 0.008:
            return f"{value[:6]} {value[6:14]} {value[14:]}", value
        if luck < 0.012:
            return value.lower(), value
        if luck < 0.014:
            wrong = value[:13] + ("7" if value[13] != "7" else "1") + value[14:]
            return wrong, wrong
        return value, value

    return _each(values, show)
