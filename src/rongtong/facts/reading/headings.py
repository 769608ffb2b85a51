"""From a heading, or a path of merged headings, to what its column means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.slots import Slot
from rongtong.definitions.wording import worded
from rongtong.facts.reading.model import How
from rongtong.facts.reading.phrases import CONTACT, DECOR, GUARDS, LATIN, PREFIXES, SUFFIXES, UNIT_TAIL, UNSURE
from rongtong.facts.reading.values import parse_heading_unit
from rongtong.facts.reading.vocabulary import Target, Vocabulary, target_of, vocabulary
from rongtong.facts.reading.writing import brackets, key, normalise_heading, plain, without_numbering
from rongtong.facts.reading.years import Calendar, Dated, take_years, together
from rongtong.i18n import _, joined

_MIN_SCORE, _MIN_GAP = 88.0, 4.0
#: What may stand around a heading from which its years are taken.
_EDGES = " ,，、:：-—~的"


@dataclass(frozen=True)
class Meaning:
    """What a column means. *target* None: contact, ignored, unknown, or (``bare``) only a year or a unit."""

    heading: str
    how: How
    target: Target | None = None
    years: tuple[int, int] | None = None
    unit: str | None = None
    note: str = ""
    bare: bool = False
    undated: bool = False

    @property
    def slot(self) -> str | None:
        """The slot pattern, None where the column means no fact."""
        return self.target.slot(self.years) if self.target else None


class Interpreter:
    """Reads the headings of one file of a kind of *source*; people's decisions come before all guessing."""

    def __init__(self, catalogue: Catalogue, decisions: Mapping[str, str], source: str = "") -> None:
        self.catalogue, self.decisions, self.source = catalogue, decisions, source
        self.words: Vocabulary = vocabulary(catalogue)
        self._known: dict[tuple[str, str | None], tuple[Target | None, How]] = {}

    def known(self, text: str, list_id: str | None = None) -> Target | str | None:
        """The target of a heading that is surely one, ``contact`` or ``ignored``, or None: no guessing."""
        if len(text) > 60 or not text.strip():
            return None
        meaning = self.read([text], Calendar(2000, True), list_id, guess=False)
        return meaning.target or (meaning.how if meaning.how in {"contact", "declined", "ignored"} else None)

    def read(self, path: list[str], calendar: Calendar, list_id: str | None = None, guess: bool = True) -> Meaning:
        """The meaning of a path of headings, the highest first; none of what the source may not state."""
        found = self._meaning(path, calendar, list_id, guess)
        allowed = self.catalogue[found.target.field].only_from if found.target else ()
        if not (self.source and allowed) or self.source in allowed:
            return found
        kinds = joined(worded(self.catalogue.source_kinds[one]) for one in allowed)
        how: How = "declined" if found.how == "decided" else "ignored"
        return replace(found, target=None, how=how, note=_("这一项只采用：{kinds}", kinds=kinds))

    def _meaning(self, path: list[str], calendar: Calendar, list_id: str | None, guess: bool) -> Meaning:
        heading = "/".join(path)
        for text in (heading, path[-1] if path else ""):
            if decision := self.decisions.get(normalise_heading(text)):
                return self._decided(heading, decision, path, calendar)
        parts = [plain(part) for part in path]
        joined = [take_years(part, calendar) for part in parts]
        unit = next((u for p in reversed(path) if (u := _unit(p))), None)
        dated = next((d for d in reversed(joined) if d.years or d.relative), None)
        years = dated.years if dated else None
        base = Meaning(heading, "unknown", years=years, unit=unit, undated=bool(dated and dated.relative))
        if partial := next((d.partial for d in joined if d.partial), ""):
            return replace(base, note=partial)
        if not self.catalogue.plans and any(UNSURE.search(part) for part in parts):
            return replace(base, note=_("不是实际发生数"))
        rests = [rest for d in joined if (rest := d.rest.strip(_EDGES))]
        if not [r for r in rests if not _only_unit(r)]:
            return self._named(base, rests, list_id) or replace(base, bare=True, note=_("只有年份或单位"))
        found = self._found(base, rests, list_id, guess)
        if found.target is None and found.how == "unknown":
            found = self._of_several(found, parts, joined, list_id) or found
        return _until_now(found, dated, calendar)

    def _of_several(self, base: Meaning, parts: list[str], joined: list[Dated], list_id: str | None) -> Meaning | None:
        """Of one figure for several years (近三年累计): a sum of amounts is one, else the years are asked for apart."""
        whole = next((one for part, d in zip(parts, joined, strict=True) if (one := together(part, d))), None)
        target, how = self._lookup(whole.rest.strip(_EDGES), list_id) if whole else (None, "unknown")
        if whole is None or target is None:
            return None
        if whole.added and target.part and target.part.endswith(".amount") and base.years:
            return replace(base, target=target, how=how, note="")
        return replace(base, note=apart(target, base.years))

    def _named(self, base: Meaning, rests: list[str], list_id: str | None) -> Meaning | None:
        """What only dresses a heading elsewhere, such as 数量, where the catalogue lists it as a heading of its own."""
        target, how = self._lookup(rests[-1], list_id) if rests else (None, "unknown")
        return replace(base, target=target, how=how) if target else None

    def _found(self, base: Meaning, rests: list[str], list_id: str | None, guess: bool) -> Meaning:
        for attempt in _attempts(rests):
            target, how = self._lookup(attempt, list_id)
            if target or how in {"ignored", "contact"}:
                unit = base.unit or self._of_machines(attempt, target)
                return replace(base, target=target, how=how, unit=unit, note=_silent(how))
        if any(CONTACT.search(rest) for rest in rests[-1:]):
            return replace(base, how="contact", note=_silent("contact"))
        if guess and len(rests) == 1:
            return self._guess(base, rests[-1], list_id)
        return replace(base, note=_("未识别的栏目"))

    def _of_machines(self, heading: str, target: Target | None) -> str | None:
        """The unit of a column headed by a field's id, as machines write it: that in which the field is kept."""
        same = target is not None and heading == target.field and target.type == "money"
        return self.catalogue[heading].stored_unit if same else None

    def _lookup(self, text: str, list_id: str | None) -> tuple[Target | None, How]:
        place = (text, list_id)
        if place not in self._known:
            self._known[place] = self._look_up(text, list_id)
        return self._known[place]

    def _look_up(self, text: str, list_id: str | None) -> tuple[Target | None, How]:
        for candidate in _forms(text):
            if list_id and (target := self.words.attributes[list_id].get(candidate)):
                return target, target.how
            if target := self.words.facts.get(candidate):
                return target, target.how
            if candidate in self.words.contacts:
                return None, "contact"
            if candidate in self.words.ignored:
                return None, "ignored"
        return None, "unknown"

    def _guess(self, base: Meaning, text: str, list_id: str | None) -> Meaning:
        known = {**self.words.facts, **(self.words.attributes[list_id] if list_id else {})}
        wanted = min((form for form in _forms(text)), key=len, default="")
        best = process.extract(wanted, list(known), scorer=fuzz.ratio, limit=12, score_cutoff=60)
        if not best:
            return replace(base, note=_("未识别的栏目"))
        first, score, _at = best[0]
        rival = next((s for words, s, _i in best if known[words][:2] != known[first][:2]), 0.0)
        if score >= _MIN_SCORE and score - rival >= _MIN_GAP and len(wanted) >= 4 and _guarded(wanted, first):
            return replace(
                base, target=known[first], how="fuzzy", note=_("按相近的“{label}”识别", label=known[first].label)
            )
        return replace(base, note=_("未识别的栏目，是否“{label}”？", label=known[first].label))

    def _decided(self, heading: str, decision: str, path: list[str], calendar: Calendar) -> Meaning:
        dated = [take_years(plain(part), calendar) for part in path]
        unit = next((u for part in reversed(path) if (u := _unit(part))), None)
        years = next((d.years for d in reversed(dated) if d.years), None)
        if decision == "ignore":
            return Meaning(heading, "declined", unit=unit, note=_("已决定不导入"))
        slot = Slot.parse(decision)
        return Meaning(heading, "decided", target_of(self.catalogue, slot), slot.years or years, unit)


def _until_now(meaning: Meaning, dated: Dated | None, calendar: Calendar) -> Meaning:
    """近三年 of what happened, in a file that describes a day of the year after, is the years until that day."""
    target, now = meaning.target, calendar.running
    if not (dated and dated.recent and meaning.years and now and target and target.per_year and target.part):
        return meaning
    if target.part.endswith(".amount"):
        return meaning
    first = meaning.years[0]
    return replace(meaning, years=(first, now), note=_("按 {first}–{last} 年读，含报送当年", first=first, last=now))


def apart(target: Target, years: tuple[int, int] | None) -> str:
    """That one figure of several years does not say what each was, and how to say it."""
    label = worded(target.label)
    if years is None:
        return _("是几年合在一起的数，看不出每一年的“{label}”；请每年一列，写明年份", label=label)
    columns = joined(_("{year}年{label}", year=year, label=label) for year in range(years[0], years[1] + 1))
    return _("是几年合在一起的数，看不出每一年；请每年一列：{columns}", columns=columns)


def _unit(heading: str) -> str | None:
    """The unit of a heading; one in two languages states it on either line."""
    texts = (plain(heading), *map(plain, heading.splitlines()))
    return next((unit for text in texts if (unit := parse_heading_unit(text))), None)


def _silent(how: How) -> str:
    return {"contact": _("联系方式不入库"), "ignored": _("不含事实的栏目")}.get(how, "")


def _only_unit(text: str) -> bool:
    bare, inside = brackets(text)
    rest = key(UNIT_TAIL.sub("", bare)) if not inside or bare.strip() else ""
    return not rest or (rest in DECOR)


def _attempts(rests: list[str]) -> Iterator[str]:
    """The whole path, then without its upper parts, then the upper part alone where the lower is decoration."""
    cleaned = [_bare(rest) for rest in rests]
    if len(rests) > 1:
        yield "".join(cleaned[-2:])
        yield "".join(cleaned)
    yield rests[-1]
    lower = rests
    while len(lower) > 1 and _only_unit(lower[-1]):
        lower = lower[:-1]
        if len(lower) > 1:
            yield "".join(_bare(rest) for rest in lower[-2:])
        yield lower[-1]


def _bare(text: str) -> str:
    return UNIT_TAIL.sub("", brackets(without_numbering(text))[0])


def _forms(text: str) -> Iterator[str]:
    """The keys under which a heading may be known, the fullest first."""
    numbered = without_numbering(text)
    outside, inside = brackets(numbered)
    seen: set[str] = set()
    for form in (
        text,
        numbered,
        _with_kept(outside, inside),
        outside,
        UNIT_TAIL.sub("", outside),
        LATIN.sub("", outside),
    ):
        for trimmed in _trimmed(key(form)):
            if trimmed not in seen:
                seen.add(trimmed)
                yield trimmed


def _with_kept(outside: str, inside: list[str]) -> str:
    kept = [part for part in inside if not parse_heading_unit(part) and len(part) <= 4]
    return outside + "".join(kept)


def _trimmed(form: str) -> Iterator[str]:
    if not form:
        return
    yield form
    for end in SUFFIXES:
        if form.endswith(end) and len(form) > len(end) + 1:
            yield form.removesuffix(end)
    stem = form
    for _round in range(3):
        start = next((p for p in PREFIXES if stem.startswith(p) and len(stem) > len(p) + 1), None)
        if start is None:
            break
        stem = stem.removeprefix(start)
        yield stem
    if "的" in form:
        yield form.replace("的", "")
    for start in ("是否属于", "是否为", "是否获得", "是否有", "是否"):
        if form.startswith(start):
            yield "是否" + form.removeprefix(start)
            yield form.removeprefix(start)
    for end in ("领域", "认证"):
        if form.startswith("是否") and form.endswith(end):
            yield form.removesuffix(end)


def _guarded(one: str, other: str) -> bool:
    return all((word in one) == (word in other) for word in GUARDS)
