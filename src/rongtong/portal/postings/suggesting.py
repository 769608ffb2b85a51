"""What the guided form suggests: the structure of the free text, and what stands beside it.

A field is filled in as long as nobody has changed what was suggested for it before (``was``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from rongtong.match.structure import moved, structure
from rongtong.portal.days import today
from rongtong.portal.people.models import User
from rongtong.portal.postings import crowd, disclosure, queries
from rongtong.portal.postings.forms import WAN, PostingForm
from rongtong.portal.postings.models import Posting, PrivateHalf
from rongtong.portal.registry.models import Firm

LISTS = ("products", "certificates", "titles", "regions")


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
    duplicates: list[Posting]
    solved: list[Solved]


def suggested(text: str) -> dict[str, str]:
    """What a free text says, as the fields of the form have it."""
    told = structure(text, today(), crowd.vocabulary())
    lists = {name: PostingForm.base_fields[name].prepare_value(getattr(told, name)) for name in LISTS}
    budget = "" if told.budget is None else f"{told.budget / WAN:f}"
    return {
        "kind": told.kind or "", "title": told.title, "text": told.public, "private_text": told.private,
        "segment": told.segment, "quantity": told.quantity, "budget": budget,
        "needed_by": told.needed_by.isoformat() if told.needed_by else "", **lists,
    }  # fmt: skip


def filled_in(given: Mapping[str, str]) -> dict[str, str]:
    """The form as *given*, with what its free text says where nobody wrote otherwise; a finding's text is moved."""
    data = dict(given)
    if text := data.get("said", "").strip():
        before, now = _was(data), suggested(text)
        data |= {name: new for name, new in now.items() if data.get(name, "") in ("", before.get(name, ""))}
        data["was"] = json.dumps(now, ensure_ascii=False)
    if wanted := data.pop("move", ""):
        data["text"], data["private_text"] = moved(data.get("text", ""), data.get("private_text", ""), wanted)
    return data


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
