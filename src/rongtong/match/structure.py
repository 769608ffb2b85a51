"""From free text to the parts of a need or an offer, each a suggestion to confirm.

Pure functions on data of the catalogue. Amounts and quantities are taken out of what will be public: the figure that is
the budget and the quantity become fields, every other one goes to the private half with its clause.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from rongtong.match.asked import without_lead
from rongtong.match.cues import cues
from rongtong.match.dates import needed_by
from rongtong.match.numbers import Span, amounts, quantities
from rongtong.match.places import asked_for, is_known, places_in
from rongtong.match.wishes import parted
from rongtong.match.words import words
from rongtong.match.writing import STOPS, bare, clauses, half_width, sentences

#: A title is no longer; what is left of a clause without its figures says something from so many characters on.
TITLE, LEAST = 40, 3


@dataclass(frozen=True)
class Vocabulary:
    """What the registry knows: products and the chain that their makers belong to, and the chains."""

    products: Mapping[str, str] = field(default_factory=dict)
    segments: Sequence[str] = ()


@dataclass(frozen=True)
class Wishes:
    """What a text only wishes for (优先, 最好): as the fields of the same names, but nobody is ruled out by them."""

    certificates: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Structure:
    """What a text seems to say; ``None`` or empty where it says nothing. *budget* is in yuan."""

    title: str
    public: str
    private: str
    kind: str | None
    products: tuple[str, ...]
    segment: str
    quantity: str
    budget: Decimal | None
    needed_by: datetime.date | None
    certificates: tuple[str, ...]
    titles: tuple[str, ...]
    regions: tuple[str, ...]
    wishes: Wishes


def structure(text: str, today: datetime.date, vocabulary: Vocabulary | None = None) -> Structure:
    """The parts of *text*, as a need of the day *today*."""
    known = vocabulary or Vocabulary()
    budget, quantity = _budget(text), next(iter(quantities(text)), None)
    public, private = halves(text, kept=[one for one in (budget, quantity) if one])
    title = title_of(public)
    products = products_in(public, known) or ((title,) if 2 <= len(title) <= 12 else ())
    required, wished = parted(text)
    return Structure(
        title=title, public=public, private=private, kind=kind_of(text), products=products,
        segment=segment_of(text, products, known), quantity=quantity.text if quantity else "",
        budget=budget.value.quantize(Decimal(1)) if budget else None, needed_by=needed_by(text, today),
        certificates=certificates_in(required), titles=titles_in(required), regions=places_in(required),
        wishes=Wishes(certificates_in(wished), titles_in(wished), _wished_places(wished)),
    )  # fmt: skip


def halves(text: str, kept: Iterable[Span] = ()) -> tuple[str, str]:
    """What of *text* may be public, and what of the rest is not said by the figures *kept* as fields."""
    said, figures = {(one.start, one.end) for one in kept}, (*amounts(text), *quantities(text))
    public, private, at = "", "", 0
    for clause in clauses(text):
        inside = [one for one in figures if at <= one.start < at + len(clause)]
        rest = _without(clause, [(one.start - at, one.end - at) for one in inside])
        whole = not inside or len(rest.strip(STOPS)) >= LEAST
        public += rest if whole else _stop(clause)
        left = [one for one in inside if (one.start, one.end) not in said]
        private += "；".join(one.text for one in left) + ("；" if left else "")
        at += len(clause)
    return _tidy(public), private.rstrip("；")


def moved(public: str, private: str, text: str) -> tuple[str, str]:
    """Both halves with the clause of *public* that says *text*, else the sentence, moved to the private one."""
    said = [one for parts in (clauses, sentences) for one in parts(public) if bare(text) in bare(one)]
    if not said:
        return public, private
    known = bare(said[0].strip(STOPS)) in bare(private)
    kept = private if known else "；".join(one for one in (private.rstrip(STOPS), said[0].strip(STOPS)) if one)
    return _tidy(public.replace(said[0], _stop(said[0]) if said[0][-1] in "。！？" else "", 1)), kept


def _without(clause: str, places: list[tuple[int, int]]) -> str:
    for start, end in sorted(places, reverse=True):
        clause = clause[:start] + clause[end:]
    return clause


def _stop(clause: str) -> str:
    return clause[-1] if clause[-1] in STOPS else ""


def _tidy(text: str) -> str:
    """*text* without stops that nothing stands before, and without a comma at its end."""
    text = re.sub(r"[，,、\s]+(?=[。！？!?；;\n，,])", "", text)
    text = re.sub(r"([。！？!?；;，,])[。！？!?；;，,]+", r"\1", text)
    return text.strip().lstrip("。，,；;、 ").rstrip("，,；;、 ")


def title_of(public: str) -> str:
    """A title: the first clause without what stands before the thing that is wanted."""
    first = next((one.strip(STOPS) for one in clauses(public) if one.strip(STOPS)), "")
    bare = without_lead(first)
    return (bare if len(bare) >= 2 else first)[:TITLE]


def kind_of(text: str) -> str | None:
    """The kind of cooperation of which most is said; of two the one that comes first in ``words.yaml``."""
    plain = half_width(text).upper()
    weight = {kind: sum(len(one) for one in told if one.upper() in plain) for kind, told in cues().cues.items()}
    best = max(weight, key=lambda kind: weight[kind])
    return best if weight[best] else None


def products_in(text: str, known: Vocabulary) -> tuple[str, ...]:
    """The products of the registry that a text names, longer ones first, none inside another."""
    found: list[str] = []
    for size in range(min(16, len(text)), 2, -1):
        pieces = (text[at : at + size] for at in range(len(text) - size + 1))
        found += [one for one in pieces if one in known.products and not any(one in longer for longer in found)]
    return tuple(dict.fromkeys(found))


def segment_of(text: str, products: Sequence[str], known: Vocabulary) -> str:
    """The chain that a text names, else the one to which the makers of its products belong."""
    named = next((one for one in known.segments if one in text), "")
    return named or next((known.products[one] for one in products if known.products.get(one)), "")


def certificates_in(text: str) -> tuple[str, ...]:
    """The certificates that a text names, by id, in the order of ``words.yaml``."""
    plain = half_width(text)
    return tuple(one for one, pattern in _certificates().items() if pattern.search(plain))


def titles_in(text: str) -> tuple[str, ...]:
    """The titles that a text names, each once; 小巨人 is not read as 专精特新 too."""
    plain, found = bare(text), list[str]()
    for word, title in _titles():
        if word in plain:
            found.append(title)
            plain = plain.replace(word, "|")
    return tuple(dict.fromkeys(found))


def _wished_places(text: str) -> tuple[str, ...]:
    """The places of what is wished for; there a place may be all that a clause says."""
    whole = [one for clause in clauses(text) if (one := clause.strip(STOPS)) and is_known(asked_for(one)[0])]
    return places_in(text) or tuple(dict.fromkeys(whole))


def without_requirements(text: str) -> str:
    """A text without the certificates and titles that it names."""
    return _requirement().sub(" ", half_width(text))


def size_words(text: str) -> list[str]:
    """The words of a text that say how large a firm is."""
    return [one for one in cues().size if one in text]


def _budget(text: str) -> Span | None:
    """The amount that is called a budget, else the first that is not called something else."""
    found = amounts(text)
    called = [one for one in found if one.text.startswith(cues().budget)]
    others = [one for one in found if not one.text.startswith(cues().not_budget)]
    return next(iter([*called, *others]), None)


@cache
def _certificates() -> dict[str, re.Pattern[str]]:
    return {one.id: re.compile("|".join(_spellings((one.id, one.label, *one.written)))) for one in words().certificates}


def _spellings(written: Iterable[str]) -> Iterator[str]:
    for one in written:
        parts = re.findall(r"[A-Za-z]+|\d+|[^A-Za-z\d\s]+", one)
        if not one.isdigit():
            yield r"(?<![A-Za-z\d])" + r"[\s-]?".join(map(re.escape, parts)) + r"(?![A-Za-z\d])"


@cache
def _requirement() -> re.Pattern[str]:
    """Whatever names a certificate or a title, with the word 认证 or 资质 behind it."""
    titles = sorted(
        (half_width(word) for title, written in words().titles.items() for word in (title, *written)),
        key=len,
        reverse=True,
    )
    named = "|".join((*(one.pattern for one in _certificates().values()), *map(re.escape, titles)))
    return re.compile(rf"(?:{named})(?:体系)?(?:认证|认可|资质|证书|称号)?")


@cache
def _titles() -> list[tuple[str, str]]:
    pairs = [(bare(word), title) for title, written in words().titles.items() for word in (title, *written)]
    return sorted((one for one in pairs if len(one[0]) > 2), key=lambda one: -len(one[0]))
