"""What a posting states, read as the cells of a list are: the engine takes the values, the form tells the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rongtong.i18n import _
from rongtong.match import cells
from rongtong.match.cells import Cell, Said
from rongtong.match.numbers import thing_of
from rongtong.portal.postings.models import Posting, PrivateHalf

Row = dict[str, Any]
#: What a need may require, or only wish for.
WISHES = ("certificates", "titles", "regions")
_ASKED: dict[str, Cell] = {"regions": cells.regions, "titles": cells.required, "certificates": cells.certified}
#: What is made of each field; of a need what is wished for stands in fields of its own, and is read alike.
CELLS: dict[str, dict[str, Cell]] = {
    Posting.Side.NEED: {
        **_ASKED, **{f"wished_{name}": cells.wished(cell) for name, cell in _ASKED.items()},
        "rulebooks": cells.rulebooks, "quantity": cells.quantity,
    },
    Posting.Side.OFFER: {
        "regions": cells.where, "titles": cells.held, "certificates": cells.held, "quantity": cells.supply,
        "price": cells.asking,
    },
}  # fmt: skip  # read by rows


def read(side: str, given: Mapping[str, Any]) -> dict[str, Said]:
    """What each field of *given* says, by its name; lists are read as one writes them."""
    texts = {name: value if isinstance(value, str) else "、".join(value or ()) for name, value in given.items()
             if name in CELLS[side]}  # fmt: skip  # read by rows
    told = {name: CELLS[side][name](text) for name, text in texts.items() if text.strip()}
    return told | _priced(told)


def _priced(told: Mapping[str, Said]) -> dict[str, Said]:
    """A price each is of what is counted: in another unit than the quantity it is the price of something else."""
    each, many = (told.get(name, Said()).values for name in ("price", "quantity"))
    if "unit_price" not in each or "quantity" not in many or thing_of(many["unit"]) == each["unit"]:
        return {}
    reason = _("报价按“{each}”，数量按“{many}”，不与预算比对", each=each["unit"], many=many["unit"] or "")
    return {"price": Said({"unit_price": None}, reason, _("请用同一个单位"))}


def of(posting: Posting) -> dict[str, Said]:
    """What *posting* says in both halves."""
    private = getattr(posting, "private_half", None) or PrivateHalf()
    wished = {f"wished_{name}": told for name, told in posting.wishes.items()}
    own = {name: getattr(posting, name) for name in (*_ASKED, "rulebooks")}
    return read(posting.side, own | wished | {"quantity": private.quantity, "price": private.price})


def row(told: Mapping[str, Said]) -> Row:
    """The columns of a need or an offer that *told* fills; what several fields say together."""
    found: Row = {}
    for name, value in (pair for said in told.values() for pair in said.values.items()):
        if isinstance(value, list) and name in found:
            found[name] = [*found[name], *(one for one in value if one not in found[name])]
        elif value is not None:
            found.setdefault(name, value)
    return found | ({"wishes": list(_together(found["wishes"]))} if "wishes" in found else {})


def _together(wishes: list[Row]) -> Iterator[Row]:
    """The wishes of one constraint as one."""
    for name in dict.fromkeys(one["constraint"] for one in wishes):
        asked = (item for one in wishes if one["constraint"] == name for item in one["asked"])
        yield {"constraint": name, "asked": list(dict.fromkeys(asked))}
