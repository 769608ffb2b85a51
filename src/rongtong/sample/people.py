"""Made-up people and numbers for the columns that a reader must never read. No number is in use: none begins so."""

from __future__ import annotations

from collections.abc import Callable

from rongtong.sample.naming import join, pick
from rongtong.sample.parameters import Ints, Rng, names


def _person(n: Ints, rng: Rng) -> list[str]:
    parts = names()
    surname = pick(parts.surnames, rng.integers(0, len(parts.surnames), len(n)))
    given: list[str] = join(surname, pick(parts.given, rng.integers(0, len(parts.given), len(n)))).to_pylist()
    return given


def _mobile(n: Ints, rng: Rng) -> list[str]:
    return [f"120{number:08d}" for number in rng.integers(0, 10**8, len(n)).tolist()]


def _landline(n: Ints, rng: Rng) -> list[str]:
    return [f"0532-0{number:07d}" for number in rng.integers(0, 10**7, len(n)).tolist()]


def _mail(n: Ints, _: Rng) -> list[str]:
    return [f"lxr{number}@example.com" for number in n.tolist()]


#: Styles of columns with people's data.
CONTACTS: dict[str, Callable[[Ints, Rng], list[str]]] = {
    "联系人": _person,
    "手机": _mobile,
    "电话": _landline,
    "邮箱": _mail,
}
