"""Whether a text says a number, however it is written and whatever is sprinkled into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise

from rongtong.facts.reading.values.numerals import CHARACTERS
from rongtong.match.cues import cues
from rongtong.match.numbers import any_of, values
from rongtong.portal.undisguised import Undisguised, plain

#: So many parts of a number are put together at the most, and where it is figures alone it has so many at the least.
PARTS, LEAST = 20, 3
_ATOM = re.compile(rf"(?:\d+(?:\.\d+)?|[{CHARACTERS}])+")
_BETWEEN = re.compile(r"[\W_]{1,4}")
#: These stand between numbers too: what they join is one number where its parts say so.
_PARTING = re.compile(r"[\s.,，、;；:：/~～\-–—×]+")
_CAPITALS = str.maketrans("参參叄弍貳弌陸阡陌", "三三三二二一六千百")


def written(text: str, wanted: set[Decimal]) -> str:
    """Where *text* says one of *wanted*, as it is written there; empty where it does not."""
    told = _numerals(plain(text).digits())
    for atoms in _runs(told.text):
        for first in range(len(atoms)):
            for last in range(first, min(first + PARTS, len(atoms))):
                part = atoms[first : last + 1]
                if any(values(one) & wanted for one in _joined(told.text, part)):
                    return told.at(part[0].start(), part[-1].end())
    return ""


def _numerals(told: Undisguised) -> Undisguised:
    """*told* with what stands for a numeral read as one: w, k, capitals, 300多万."""
    text = _thousands().sub("千", told.text.translate(_CAPITALS))
    text = re.sub(r"(?<=[\d十百千])(\s?)w(?![A-Za-z\d])", r"\1万", text)
    text = _money().sub(lambda found: found[0][:-1] + "万", text)
    return told.as_read(text).without(rf"(?<=[\d{CHARACTERS}])[多余来个](?=[万亿千百])")


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """The numbers of *text* that only signs stand between, run by run."""
    run = list[re.Match[str]]()
    for atom in _ATOM.finditer(text):
        if run and not _BETWEEN.fullmatch(text[run[-1].end() : atom.start()]):
            yield run
            run = []
        run.append(atom)
    if run:
        yield run


def _joined(text: str, parts: list[re.Match[str]]) -> Iterator[str]:
    """What *parts* may be as one number."""
    told, gaps = [one[0] for one in parts], _gaps(text, parts)
    if len(parts) == 1:
        yield told[0]
    elif (sum(map(len, told)) >= LEAST or not "".join(told).isdecimal()) and _is_one(told, gaps):
        whole = plain("".join(told)).digits().text
        yield whole if whole.count(".") < 2 else whole.replace(".", "")
        if sum("." in gap for gap in gaps) == 1:
            yield "".join(one + ("." if "." in gap else "") for one, gap in zip(told, [*gaps, ""], strict=True))


def _gaps(text: str, parts: list[re.Match[str]]) -> list[str]:
    return [text[one.end() : other.start()] for one, other in pairwise(parts)]


def _is_one(told: list[str], gaps: list[str]) -> bool:
    """Whether what stands in *gaps* joins rather than parts: no list of numbers goes on with a nought."""
    parting = [gap for gap in gaps if gap.strip() and _PARTING.fullmatch(gap)]
    noughts = any(one[0] == "0" and len(one) > 1 for one in told[1:])
    return not parting or noughts or all(len(one) == 1 for one in told)


@cache
def _thousands() -> re.Pattern[str]:
    return re.compile(rf"(?<=\d)(?:k(?![A-Za-z\d])|K(?=\s?(?:元|{any_of(cues().counted)})))")


@cache
def _money() -> re.Pattern[str]:
    """A capital W behind a number is ten thousand where money is spoken of, else watts."""
    named = any_of((*cues().budget, *cues().not_budget, "价", "费", "款"))
    return re.compile(rf"{named}[^，,。；;\n]{{0,12}}?\d\s?W(?![A-Za-z\d])|\d\s?W(?=\s?(?:元|RMB|人民币|块))")
