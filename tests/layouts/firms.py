"""Made-up firms with plausible figures. No name, code, person or number is anybody's."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
YEARS = (2019, 2020, 2021)
Amounts = dict[int, Decimal]

_TRADE = [
    "喆昇",
    "璟碁",
    "海睿科",
    "澜沧源",
    "鲁芯微",
    "泽恒达",
    "云帆格",
    "昱辰",
    "宏岳",
    "瑞淇",
    "德谱",
    "丰隽",
    "航予",
    "卓砺",
    "沐桐",
    "琅岳",
    "晟垚",
    "启珩",
    "铭钛",
    "博渊",
    "汇炫",
    "天籁源",
    "众砺",
    "恒焱",
    "锐洋",
    "佳忻",
    "中砚",
    "诺菲曼",
    "凯翊",
    "力韬",
    "金濠",
    "蓝屿",
    "东钧",
    "腾骁",
    "赛澜",
    "华垦",
    "信玥",
    "正甬",
    "合赟",
    "麒砚",
]
_BUSINESS = (
    ("精密机械", "通用设备制造业", "3489", "高端装备", "精密轴承座"),
    ("电子科技", "计算机、通信和其他电子设备制造业", "3985", "集成电路", "车规级电感"),
    ("生物医药", "医药制造业", "2761", "生物医药及医疗器械", "海洋多糖敷料"),
    ("新材料", "化学原料和化学制品制造业", "2651", "新材料", "特种聚氨酯"),
    ("智能装备", "专用设备制造业", "3599", "智能家电", "轮胎在线检测机"),
    ("信息技术", "软件和信息技术服务业", "6513", "软件和信息服务", "港口调度软件"),
    ("轨道交通配件", "铁路、船舶、航空航天和其他运输设备制造业", "3714", "轨道交通装备", "转向架减振器"),
)
_DISTRICTS = {
    "崂山区": ("中韩街道", "沙子口街道", "金家岭街道"),
    "城阳区": ("流亭街道", "惜福镇街道", "棘洪滩街道"),
    "即墨区": ("通济街道", "蓝村街道", "灵山街道"),
    "胶州市": ("三里河街道", "九龙街道", "胶莱街道"),
}
_PEOPLE = ["王一诺", "李沐言", "张景行", "刘思淼", "陈未央", "于归帆", "孙知远", "姜若水", "宋怀瑾", "曲清扬"]


@dataclass(frozen=True)
class Firm:
    """Amounts in yuan to the fen, heads in persons, by year where they are of a year."""

    name: str
    uscc: str
    former_name: str
    district: str
    street: str
    address: str
    registered_on: date
    capital: Decimal
    legal_form: str
    industry: str
    industry_code: str
    chain: str
    product: str
    size_class: str
    revenue: Amounts
    main_revenue: Amounts
    net_profit: Amounts
    tax_paid: Amounts
    total_assets: Amounts
    total_liabilities: Amounts
    rd_expense: Amounts
    financing: Amounts
    staff: dict[int, int]
    rd_staff: dict[int, int]
    segment_years: int
    class_1: int
    class_2: int
    standards: int
    institution: str
    digital: str
    flags: tuple[bool, ...]
    person: str
    phone: str
    number: int

    def share(self, part: str, whole: str, year: int) -> Decimal:
        """A share to four places (5.23 %)."""
        return (Decimal(getattr(self, part)[year]) / Decimal(getattr(self, whole)[year])).quantize(Decimal("0.0001"))


def check_character(body: str) -> str:
    """The last character of a code (GB 32100-2015)."""
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return ALPHABET[-total % 31]


def _code(dice: random.Random, area: str) -> str:
    body = "91" + area + "MA3" + "".join(dice.choice(ALPHABET) for _ in range(6))
    return body + check_character(body)


def _amounts(dice: random.Random, first: float, spread: float = 0.25) -> Amounts:
    found, amount = {}, first
    for year in YEARS:
        found[year] = Decimal(amount).quantize(Decimal("0.01"))
        amount *= 1 + dice.uniform(-0.05, spread)
    return found


def _times(dice: random.Random, amounts: Amounts, low: float, high: float) -> Amounts:
    return {y: (a * Decimal(dice.uniform(low, high))).quantize(Decimal("0.01")) for y, a in amounts.items()}


def _firm(dice: random.Random, n: int) -> Firm:
    trade, (business, industry, code, chain, product) = _TRADE[n % len(_TRADE)], _BUSINESS[n % len(_BUSINESS)]
    district = list(_DISTRICTS)[n // 3 % len(_DISTRICTS)]
    street = _DISTRICTS[district][n % 3]
    form = ("有限公司", "股份有限公司", "有限责任公司")[n % 7 % 3]
    region = ("青岛", "青岛市", "山东", "青岛")[n % 4]
    revenue = _amounts(dice, dice.uniform(8e6, 3.2e8))
    assets = _times(dice, revenue, 0.8, 1.9)
    staff = {y: max(12, int(a / Decimal(dice.randint(450_000, 900_000)))) for y, a in revenue.items()}
    name = f"{region}{trade}（集团）{form}" if n % 13 == 5 else f"{region}{trade}{business}{form}"
    return Firm(
        name=name,
        uscc=_code(dice, f"3702{(12, 14, 15, 81)[n // 3 % 4]}"),
        former_name=f"{region}{trade}贸易有限公司" if n % 4 == 1 else "",
        district=district,
        street=street,
        address=f"青岛市{district}{street}{dice.choice(['科苑', '锦云', '宏祥', '惠海'])}路{dice.randint(1, 399)}号",
        registered_on=date(1998, 3, 2) + timedelta(days=dice.randint(0, 7300)),
        capital=Decimal(dice.choice([200, 500, 508, 1000, 1280, 3000, 5000, 6600.5])) * 10_000,
        legal_form="股份有限公司" if form == "股份有限公司" else "有限责任公司",
        industry=industry,
        industry_code=code,
        chain=chain,
        product=product,
        size_class=("小型", "中型", "小型", "微型")[n % 4],
        revenue=revenue,
        main_revenue=_times(dice, revenue, 0.75, 0.99),
        net_profit=_times(dice, revenue, -0.04, 0.16),
        tax_paid=_times(dice, revenue, 0.01, 0.07),
        total_assets=assets,
        total_liabilities=_times(dice, assets, 0.2, 0.7),
        rd_expense=_times(dice, revenue, 0.031, 0.11),
        financing={y: Decimal(dice.choice([0, 500, 2000, 8000])) * 10_000 for y in YEARS},
        staff=staff,
        rd_staff={y: max(2, int(s * dice.uniform(0.08, 0.4))) for y, s in staff.items()},
        segment_years=dice.randint(2, 22),
        class_1=dice.randint(0, 9),
        class_2=dice.randint(0, 31),
        standards=dice.randint(0, 6),
        institution=dice.choice(["无", "市级以下", "市级", "省级", "国家级"]),
        digital=dice.choice(["一级", "二级", "三级", "四级"]),
        flags=tuple(dice.random() < 0.5 for _ in range(8)),
        person=dice.choice(_PEOPLE),
        phone=f"12{dice.randint(10**8, 10**9 - 1)}",
        number=n,
    )


def firms(count: int, seed: int) -> list[Firm]:
    """*count* firms, always the same ones for a seed."""
    dice = random.Random(seed)
    return [_firm(dice, n + seed * 3) for n in range(count)]
