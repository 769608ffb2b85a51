"""What the guided form suggests: the structure of the free text, and what stands beside it.

A field is filled in as long as nobody has changed what was suggested for it before (``was``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rongtong.definitions.units import counted
from rongtong.errors import InputError
from rongtong.match.numbers import amounts, unit_price
from rongtong.match.structure import Structure, moved, structure
from rongtong.match.things import things
from rongtong.match.words import pieces
from rongtong.portal.days import today
from rongtong.portal.people.models import User
from rongtong.portal.postings import crowd, disclosure, naming, queries
from rongtong.portal.postings.forms import BUDGET, PostingForm
from rongtong.portal.postings.models import Posting, PrivateHalf
from rongtong.portal.postings.reading import WISHES
from rongtong.portal.registry.models import Firm


@dataclass(frozen=True)
class Found:
    """A finding, and whether one click can move it."""

    text: str
    why: str
    blocks: bool
    movable: bool


@dataclass(frozen=True)
class Solved:
    """A solved need that was like it, and who is known to have solved it."""

    need: Posting
    by: list[Firm]


@dataclass(frozen=True)
class Beside:
    """What stands beside the text that somebody writes."""

    findings: list[Found]
    notes: list[InputError]
    duplicates: list[Posting]
    solved: list[Solved]


def suggested(text: str, side: str = Posting.Side.NEED) -> dict[str, str]:
    """What a free text says, as the fields of the form have it."""
    told, excludes = structure(text, today(), crowd.vocabulary()), list[str]()
    public = told.public
    for clause, names in naming.avoided(told.public):
        public, excludes = moved(public, "", clause)[0], [*excludes, *names]
    title = told.title.replace("要用", "用")
    found = {
        "kind": told.kind or "", "title": title, "text": public, "private_text": told.private,
        "segment": told.segment, "quantity": told.quantity, "excludes": listed(excludes),
        "products": listed(told.products or _named_in(title)),
        "needed_by": told.needed_by.isoformat() if told.needed_by else "",
    }  # fmt: skip  # read by rows
    of_side = _of_offer if side == Posting.Side.OFFER else _of_need
    return found | of_side(text, told)


def _of_need(text: str, told: Structure) -> dict[str, str]:
    """What only a need says: a price for each is no budget, and stays with what is private."""
    each = next((one.text for one in amounts(text) if one.value == told.budget and unit_price(one.text)), "")
    private = {"private_text": "；".join(filter(None, (told.private, each)))}
    budget = "" if told.budget is None or each else f"{counted(told.budget, BUDGET):f}"
    lists = {name: _labels(name, getattr(told, name)) for name in WISHES}
    wished = {f"wished_{name}": _labels(name, getattr(told.wishes, name)) for name in WISHES}
    return private | {"budget": budget} | lists | wished


def _of_offer(text: str, told: Structure) -> dict[str, str]:
    """What only an offer says: its price as it is written, and what the firm has."""
    price = next((one.text for one in amounts(text) if one.value == told.budget or unit_price(one.text)), "")
    has = {name: (*getattr(told, name), *getattr(told.wishes, name)) for name in WISHES}
    return {"price": price} | {name: _labels(name, values) for name, values in has.items()}


def _labels(name: str, values: Iterable[str]) -> str:
    return str(PostingForm.base_fields[name].prepare_value(list(values)))


def _named_in(title: str) -> list[str]:
    """The last thing that a title names, which is what is wanted."""
    return things({"product": None, "title": title, "text": None, "requirements": None})[-1:]


def filled_in(given: Mapping[str, str], side: str = Posting.Side.NEED) -> dict[str, str]:
    """The form as *given*, with what its free text says where nobody wrote otherwise; a finding's text is moved, and
    what is required made a wish, or the other way round."""
    data = dict(given)
    if text := data.get("said", "").strip():
        before, now = _was(data), suggested(text, side)
        data |= {name: new for name, new in now.items() if data.get(name, "") == before.get(name, "")}
        data["was"] = json.dumps(now, ensure_ascii=False)
    if wanted := data.pop("move", ""):
        data |= _moved(data, wanted)
    if (name := data.pop("wish", "")) in WISHES:
        data |= _shifted(data, name, f"wished_{name}")
    if (name := data.pop("must", "")) in WISHES:
        data |= _shifted(data, f"wished_{name}", name)
    return data


def _shifted(data: Mapping[str, str], one: str, other: str) -> dict[str, str]:
    """All that stands in field *one* put behind what stands in the *other*."""
    return {one: "", other: listed([*pieces(data.get(other, "")), *pieces(data.get(one, ""))])}


def _moved(data: Mapping[str, str], wanted: str) -> dict[str, str]:
    """The halves with what *wanted* says moved to the private one: whom not to introduce to its own field."""
    text, private = data.get("text", ""), data.get("private_text", "")
    names = [name for clause, own in naming.avoided(text) if wanted in clause or clause in wanted for name in own]
    if not names:
        public, private = moved(text, private, wanted)
        return {"text": public, "private_text": private}
    return {"text": moved(text, "", wanted)[0], "excludes": listed([*pieces(data.get("excludes", "")), *names])}


def listed(names: Iterable[str]) -> str:
    """*names* in one line, each once."""
    return "、".join(dict.fromkeys(names))


def beside(user: User, firm: Firm, side: str, form: PostingForm, but: Posting | None = None) -> Beside:
    """What to tell about *form*, which is bound, as it stands."""
    form.is_valid()
    posting = Posting(firm=firm.id, side=side, made_by=user, **form.public())
    private = PrivateHalf(**form.private())
    if but is not None and not private.drawing:
        private.drawing = but.private_half.drawing
    told = disclosure.findings(posting, private, firm)
    products = [str(one) for one in posting.products]
    past = queries.solved(user, posting.title, products) if side == Posting.Side.NEED else []
    return Beside(
        [Found(one.text, one.why, one.blocks, _movable(posting.text, one.text)) for one in told],
        list(form.notes.values()),
        queries.duplicates(user, side, posting.title, products, but=but.pk if but else None),
        [Solved(one, queries.solvers(user, one)) for one in past],
    )


def _movable(text: str, what: str) -> bool:
    return moved(text, "", what)[0] != text


def _was(data: Mapping[str, str]) -> dict[str, str]:
    try:
        kept = json.loads(data.get("was") or "{}")
    except (ValueError, RecursionError):  # no page of ours sent that
        return {}
    return {str(name): str(one) for name, one in kept.items()} if isinstance(kept, dict) else {}
