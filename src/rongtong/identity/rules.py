"""Rules about two names: small pure functions on their parts, for what no model learns well.

*Questions* are for a person, else *vetoes* settle “different”, else *proofs* “same”: no likelihood beats any of them.
*Guards* only keep a likely “same” from going unasked.
"""

from __future__ import annotations

from collections.abc import Callable

from rapidfuzz.distance import Levenshtein

from rongtong.identity.parts import Parts
from rongtong.identity.vocabulary import NOWHERE, Region, words

_CALLED = 5
"""The longest of short names, in characters."""

Test = Callable[[Parts, Parts], bool]


def is_subsequence(short: str, long: str) -> bool:
    """Whether the characters of *short* stand in *long* in the same order."""
    rest = iter(long)
    return all(character in rest for character in short)


def regions_differ(a: Region, b: Region) -> bool:
    """Whether two regions exclude each other; what is not said excludes nothing."""
    return a != b and any(left and right and left != right for left, right in zip(a, b, strict=True))


def any_holds(tests: tuple[Test, ...], a: Parts, b: Parts) -> bool:
    """Whether one of *tests* says so of two names."""
    return any(test(a, b) for test in tests)


# Vetoes


def branch_and_firm(a: Parts, b: Parts) -> bool:
    """A branch is not its firm, nor another branch."""
    return a.branch != b.branch


def other_city(a: Parts, b: Parts) -> bool:
    """Different regions, unless one “region” is the other's trade name.

    青岛海德电子有限公司 is not 济南海德电子有限公司; 朝阳橡胶 may be 杭州朝阳橡胶有限公司.
    """
    return regions_differ(a.region, b.region) and not _read_as_region(a, b)


def _read_as_region(a: Parts, b: Parts) -> bool:
    shorter, longer = sorted((a, b), key=lambda parts: len(parts.stem))
    return shorter.stem.find(shorter.trade_name) > 0 and longer.stem.find(shorter.stem) > 0


def other_trade(a: Parts, b: Parts) -> bool:
    """Two different trades, neither of them short for the other nor misspelt."""
    shorter, longer = sorted((a, b), key=lambda parts: len(parts.core))
    named = is_subsequence(shorter.core, longer.stem)
    return not (named or _one_in_other(a.business, b.business) or misspelt(a, b))


def _one_in_other(a: str, b: str) -> bool:
    return is_subsequence(*sorted((a, b), key=len))


def subsidiary(a: Parts, b: Parts) -> bool:
    """One name is the other's with a place, a trade or a group's daughter added."""
    return _local(a, b) or _daughter(a, b) or _extended(a, b) or _extended(b, a)


def _local(a: Parts, b: Parts) -> bool:
    """A place added: 青岛海信电器有限公司, 青岛海信电器（胶州）有限公司."""
    parent, child = (b, a) if a.unit != NOWHERE else (a, b)
    named = parent.region != NOWHERE or bool(parent.form)
    return a.unit != b.unit and a.core == b.core and (a.region != b.region or child.stem != child.core) and named


def _daughter(a: Parts, b: Parts) -> bool:
    """A group and its daughter: 青岛喆昇集团有限公司, 青岛喆昇集团模具有限公司."""
    far = Levenshtein.distance(a.after_group, b.after_group) > 1
    return a.group and b.group and a.core == b.core and far


def _extended(parent: Parts, child: Parts) -> bool:
    """A daughter's word added: 青岛喆昇机械有限公司, 青岛喆昇机械销售有限公司."""
    whole, longer = parent.core + parent.after_group, child.core + child.after_group
    added = longer.removeprefix(whole) if whole and longer.startswith(whole) else ""
    return added in words()["subsidiary_words"] and bool(parent.form or parent.group) and not _is_called(parent)


def _is_called(name: Parts) -> bool:
    """Whether a name is what people call a firm, not its name: 韵达股份, 中百集团."""
    return len(name.text) <= _CALLED and name.text.endswith(("股份", "集团"))


# Proofs


def equal(a: Parts, b: Parts) -> bool:
    """One normalised name."""
    return a.text == b.text


def equal_without_brackets(a: Parts, b: Parts) -> bool:
    """One name but for brackets."""
    return a.flat == b.flat and a.marked == b.marked


def same_parts(a: Parts, b: Parts) -> bool:
    """All parts agree; the legal form, the outer region, or (for a telling trade name) the region is left out."""
    named = (a.region[1:] == b.region[1:] and a.region.city) or a.region == b.region
    telling = len(a.trade_name) >= 3 and bool(a.business)
    return _same_core(a, b) and _forms_agree(a, b) and bool(named or (telling and NOWHERE in (a.region, b.region)))


def _same_core(a: Parts, b: Parts) -> bool:
    one, two = ((name.core, name.group, name.after_group, name.unit, name.marked) for name in (a, b))
    return one == two


def _forms_agree(a: Parts, b: Parts) -> bool:
    return a.form == b.form or (not (a.form and b.form) and bool(a.business or a.group))


def misspelt(a: Parts, b: Parts) -> bool:
    """One character of a trade word or legal form wrong, so that it is no word any more; trade names agree.

    青岛海德机械有限公司, 青岛海德机戒有限公司.
    """
    if len(a.text) < 8 or Levenshtein.distance(a.text, b.text, score_cutoff=1) != 1:
        return False
    (edit,) = Levenshtein.editops(a.text, b.text)
    known, other = (a, b) if len(a.business) + len(a.form) >= len(b.business) + len(b.form) else (b, a)
    at = edit.src_pos if known is a else edit.dest_pos
    words_from = known.text.find(known.trade_name) + len(known.trade_name)
    broken = len(known.business) + len(known.form) > len(other.business) + len(other.form)
    return broken and at >= words_from and edit.tag != ("insert" if known is a else "delete")


VETOES: tuple[Test, ...] = (branch_and_firm, subsidiary, other_city, other_trade)
PROOFS: tuple[Test, ...] = (equal, equal_without_brackets, same_parts, misspelt)


# Questions


def place_or_trade_name(a: Parts, b: Parts) -> bool:
    """What was read as one's region may be the other's trade name: 朝阳橡胶, 杭州朝阳橡胶有限公司."""
    return regions_differ(a.region, b.region) and _read_as_region(a, b)


def place_moved(a: Parts, b: Parts) -> bool:
    """One name but for where its place stands; there may be both: 青岛喆昇科技有限公司, 喆昇科技（青岛）有限公司."""
    outer, inner = sorted((a, b), key=lambda parts: parts.unit != NOWHERE)
    moved = outer.unit == NOWHERE != inner.unit and outer.region == inner.region and inner.stem == inner.core
    return moved and a.core == b.core and (a.form, a.branch, a.group) == (b.form, b.branch, b.group)


def trades_confused(a: Parts, b: Parts) -> bool:
    """Trades that are written for each other: 青岛喆昇电气有限公司, 青岛喆昇电器有限公司."""
    one, two = ((name.trade_name, name.branch, name.unit, name.group, name.after_group) for name in (a, b))
    written = a.business != b.business and _unconfused(a.business) == _unconfused(b.business)
    return written and one == two and not regions_differ(a.region, b.region) and _forms_agree(a, b)


def _unconfused(business: str) -> str:
    for first, *others in words()["confused"]:
        for other in others:
            business = business.replace(other, first)
    return business


QUESTIONS: tuple[Test, ...] = (place_or_trade_name, place_moved, trades_confused)


# Guards


def trade_name_differs(a: Parts, b: Parts) -> bool:
    """A sign of the trade name is another: 海德利 and 海得利 may both be firms."""
    return bool(a.form and b.form) and a.trade_name != b.trade_name


def common_trade_name(a: Parts, b: Parts) -> bool:
    """Two signs of a trade name without a place are too common to tell a firm: 海德电子有限公司."""
    return min(len(a.trade_name), len(b.trade_name)) <= 2 and (a.region == NOWHERE) != (b.region == NOWHERE)


GUARDS: tuple[Test, ...] = (trade_name_differs, common_trade_name)
