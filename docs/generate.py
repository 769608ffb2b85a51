"""Writes the pages of docs/ that follow from the code; a test holds them to it. Run by ``make docs``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rongtong.definitions.catalogue import Field, catalogue
from rongtong.workflows import Transition, Workflow, workflow

HERE = Path(__file__).parent


def fields() -> Iterator[str]:
    """The page of fields."""
    yield "# Fields\n\nWritten by `make docs` from `src/rongtong/catalogue/fields/`. JSON: `rongtong fields --json`.\n"
    yield "## Facts\n\n| id | 名称 | label | type | unit | per year | source |\n|---|---|---|---|---|---|---|"
    for field in catalogue().scalars:
        cells = (
            f"`{field.id}`",
            field.label,
            field.label_en,
            field.type,
            field.stored_unit,
            "yes" if field.per_year else "",
        )
        yield f"| {' | '.join(cells)} | {field.source} |"
    for field in catalogue().lists:
        yield from record_list(field)


def record_list(field: Field) -> Iterator[str]:
    """A list: its attributes and its countable subsets."""
    yield f"\n## `{field.id}` {field.label}\n\n{field.definition}\n\n| attribute | 名称 | type |\n|---|---|---|"
    for attribute in field.attributes:
        yield f"| `{attribute.id}` | {attribute.label} | {attribute.type} |"
    if field.subsets:
        yield "\n| subset | 名称 | records | within | settled by |\n|---|---|---|---|---|"
    for subset in field.subsets:
        within = ", ".join(f"`{name}`" for name in subset.within)
        yield f"| `{field.id}.{subset.id}` | {subset.label} | `{subset.when}` | {within} | {subset.settled_by} |"


def workflows() -> Iterator[str]:
    """The page of workflows."""
    yield "# Workflows\n\nWritten by `make docs` from `src/rongtong/catalogue/workflows/`. How they are used:"
    yield "[cooperation.md](cooperation.md). Days are working days."
    for name in ("posting", "introduction"):
        flow = workflow(name)
        yield f"\n## `{flow.id}` {flow.title}\n\n{flow.text}。\n"
        yield from _states(flow)
        yield from _transitions(flow)
        yield from _readings(flow)


def _states(flow: Workflow) -> Iterator[str]:
    yield "| state | 名称 | stuck after | then call |\n|---|---|---|---|"
    for one in flow.states:
        days = str(one.stuck_after or ("the end" if one.end else ""))
        yield f"| `{one.id}` | {one.label} | {days} | {_named(flow.parties, one.call)} |"


def _transitions(flow: Workflow) -> Iterator[str]:
    yield "\n| transition | 名称 | from | to | who | asks for |\n|---|---|---|---|---|---|"
    for one in flow.transitions:
        who = ("both: " if one.both else "") + _named(flow.parties, one.by)
        yield f"| `{one.id}` | {one.label} | {_from(flow, one)} | `{one.to}` | {who} | {_asks(one)} |"


def _from(flow: Workflow, one: Transition) -> str:
    """The states it leads from; of many that follow each other the first and the last."""
    first, last = one.from_[0], one.from_[-1]
    ids = list(flow.state_of)
    if len(one.from_) > 4 and tuple(ids[ids.index(first) : ids.index(last) + 1]) == one.from_:
        return f"`{first}` to `{last}`"
    return ", ".join(f"`{state}`" for state in one.from_)


def _asks(one: Transition) -> str:
    reason = f"one of {'、'.join(one.reasons)}" if one.reasons else "why" if one.explain else ""
    return reason or (f"the same of both: {', '.join(one.alike)}" if one.alike else "")


def _readings(flow: Workflow) -> Iterator[str]:
    """Who reads what: a line a group of states in which everybody reads the same."""
    yield f"\n| in | {' | '.join(flow.parties.values())} |\n|---{'|---' * len(flow.parties)}|"
    groups: dict[str, list[str]] = {}
    for one in flow.states:
        cells = " | ".join(_named(flow.things, one.reads.get(party, ())) for party in flow.parties)
        groups.setdefault(cells, []).append(one.label)
    for cells, labels in groups.items():
        yield f"| {'、'.join(labels)} | {cells} |"


def _named(labels: dict[str, str], names: Iterable[str]) -> str:
    return "、".join(labels[one] for one in names)


PAGES = {"fields.md": fields, "workflows.md": workflows}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text("\n".join(page()) + "\n", encoding="utf-8")
