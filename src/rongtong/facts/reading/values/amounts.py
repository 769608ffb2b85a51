"""Money, counts and plain numbers: a number, its unit, and the unit of the heading."""

from __future__ import annotations

import re
from decimal import Decimal

from rongtong.definitions.units import UNITS, Unit
from rongtong.facts.reading.values import checks, words
from rongtong.facts.reading.values.fast import SMALL_CHANGE
from rongtong.facts.reading.values.numbers import EXACT, Number, read_number, shifted
from rongtong.facts.reading.values.spec import Cell, NotReadError, ValueSpec
from rongtong.i18n import _

_YUAN = {"元", "圆", "圓", "元整", "元正", "圆整", "圆正", "圓整", "元人民币", "人民币", "整"}
_LOSS = re.compile(r"^(净?亏损?)(?=[-\d约])")
_YEARS = re.compile(r"(?:(.+?)年)?((?<=年)半|(?:零|又)?(.+?)个?月)?")


def read_money(text: str, spec: ValueSpec) -> Cell:
    """An amount in yuan. A unit in the cell wins over the heading's; without either only 0 is read."""
    if any(mark in text.upper() for mark in words.FOREIGN):
        raise NotReadError(_("写的是外币"), _("请按年末汇率折算成人民币填写"))
    plain, sign = (_LOSS.sub("", text), -1) if spec.minimum is None and _LOSS.match(text) else (text, 1)
    number = read_number(plain)
    if sign < 0 and number.value < 0:
        raise NotReadError(_("既写了“亏损”又写了负号"), _("亏损请只写负数，例如 -120"))
    power, reason = _yuan_power(number, spec)
    amount = shifted(sign * number.value, power, 2)
    return _checked(amount, number, 16, reason)


def _yuan_power(number: Number, spec: ValueSpec) -> tuple[int, str]:
    heading = UNITS.get(spec.unit or "")
    if number.unit and number.unit not in _YUAN:
        raise NotReadError(_("不认识单位“{unit}”", unit=number.unit), _("请只填写数字，或写明 元、万元、亿元"))
    if number.unit or number.power >= 4:
        small = (
            number.power == 0 and heading is not None and heading.power >= 4 and 0 < abs(number.value) < SMALL_CHANGE
        )
        return 0, _("表头单位是{unit}，格内写的是元，数额很小", unit=spec.unit or "") if small else ""
    if number.power and (heading is None or heading.power):
        raise NotReadError(_("看不出“千”“百”是元还是{unit}", unit=spec.unit or _("万元")), _("请写明单位，例如 5000元"))
    if heading is None:
        if number.value and not number.marked:
            raise NotReadError(*checks.no_unit(spec))
        return 0, ""
    return heading.power, ""


def read_integer(text: str, spec: ValueSpec) -> Cell:
    """A count. A counter behind the number must be of the field's kind: ``120件`` is no number of people."""
    number = read_number(text.removeprefix("第"))
    power = 0
    if number.unit:
        _expect(number.unit, spec, ("people", "things"))
    elif number.power == 0:
        power = _heading(spec).power
    value = EXACT.scaleb(number.value, power)
    whole = EXACT.to_integral_value(value)
    if value != whole and not _noise(value, whole):
        raise NotReadError(_("应是整数"), _("请填写整数"))
    return _checked(int(whole), number, 18)


def _noise(value: Decimal, whole: Decimal) -> bool:
    """Whether a double that stands for a whole number was printed with all its digits."""
    return len(value.as_tuple().digits) >= 15 and abs(value - whole) < Decimal("1e-8")


def read_plain_number(text: str, spec: ValueSpec) -> Cell:
    """A number of years, points or the like, to four decimals; ``5年6个月`` is 5.5 years."""
    if spec.own_unit == "年":
        return _read_years(text, spec)
    number = read_number(text)
    if number.unit:
        _expect(number.unit, spec, ("score", "things"))
    return _checked(shifted(number.value, _heading(spec).power, 4), number, 14)


def _read_years(text: str, spec: ValueSpec) -> Cell:
    if re.search(r"(?<!\d)(18|19|20)\d\d(?!\d)", text):
        raise NotReadError(_("写的是年份，不是年数"), _("请填写年数，例如 6（截至年末已从事 6 年）"))
    parts = _YEARS.fullmatch(text.replace(" ", ""))
    if parts and (parts[2] or parts[1] == "半"):
        return _years_and_months(parts)
    number = read_number(text)
    if number.unit:
        _expect(number.unit, spec, ("years",))
    if not number.unit and _heading(spec).kind == "months":
        return _checked(shifted(number.value / 12, 0, 4), number, 14)
    return _checked(shifted(number.value, 0, 4), number, 14)


def _years_and_months(parts: re.Match[str]) -> Cell:
    years = read_number(parts[1]) if parts[1] and parts[1] != "半" else Number(Decimal(0))
    months = Number(Decimal(6)) if parts[2] == "半" or parts[1] == "半" else Number(Decimal(0))
    if parts[3]:
        months = read_number(parts[3])
    broken = years.value % 1 or months.value < 0 or years.value < 0
    if years.unit or months.unit or broken or (parts[1] and months.value >= 12):
        raise NotReadError(_("认不出是多少年"), _("请填写年数，例如 5.5"))
    value = shifted(EXACT.add(years.value, EXACT.divide(months.value, Decimal(12))), 0, 4)
    return _checked(value, years._replace(about=years.about or months.about), 14)


def _heading(spec: ValueSpec) -> Unit:
    return UNITS.get(spec.unit or "", Unit("things", 0))


def _expect(unit: str, spec: ValueSpec, kinds: tuple[str, ...]) -> None:
    found, own = UNITS.get(unit), UNITS.get(spec.own_unit)
    fits = found is not None and found.power == 0 and found.kind in ({own.kind} if own else kinds)
    if not fits and not (unit == "个" and own is not None and own.kind in {"people", "things"}):
        raise NotReadError(_("不认识单位“{unit}”", unit=unit), _("请只填写数字"))


def _checked(value: Decimal | int, number: Number, digits: int, reason: str = "") -> Cell:
    if abs(value) >= 10**digits:
        raise NotReadError(_("数太大，不可能是实际的数"), _("请核对位数和单位"))
    if number.about:
        return Cell(value, _("约数，按所写的数使用"), _("请填写确切的数"))
    return Cell(value, reason, _("请核对单位") if reason else "")
