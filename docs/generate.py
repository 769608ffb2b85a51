"""Writes the pages of docs/ that follow from the code; a test holds them to it. Run by ``make docs``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rongtong.definitions.catalogue import Field, catalogue
from rongtong.qualify.deciding import deciders, deciding
from rongtong.qualify.rulebook import Rulebook
from rongtong.qualify.shelf import editions, known
from rongtong.workflows import Transition, Workflow, workflow

HERE = Path(__file__).parent


def fields() -> Iterator[str]:
    """The page of fields."""
    yield "# Fields\n\nWritten by `make docs` from `src/rongtong/catalogue/fields/`. JSON: `rongtong fields --json`.\n"
    yield "## Facts\n\n| id | 名称 | label | type | unit | per year | statement | source |"
    yield "|---|---|---|---|---|---|---|---|"
    for field in catalogue().scalars:
        cells = (
            f"`{field.id}`",
            field.label,
            field.label_en,
            field.type,
            field.stored_unit,
            "yes" if field.per_year else "",
            (field.statement or "").replace("_", " "),
        )
        yield f"| {' | '.join(cells)} | {field.source} |"
    for field in catalogue().lists:
        yield from record_list(field)
    yield from levers()


def levers() -> Iterator[str]:
    """What a firm can change."""
    yield "\n## Levers\n\nHow a firm can change a fact. Effort, months and limit are judged; no document says them.\n"
    yield "| fact | direction | effort | earliest | months | at most × | papers |\n|---|---|---|---|---|---|---|"
    own = {field.id: field.lever for field in catalogue().fields.values()}
    parts = {f"{field.id}.{one.id}": one.lever for field in catalogue().lists for one in field.subsets}
    for name, lever in (own | parts).items():
        if lever:
            most = "" if lever.limit is None else f"{lever.limit + 1}"
            cells = (f"`{name}`", lever.direction, lever.effort, lever.earliest, str(lever.months), most)
            yield f"| {' | '.join(cells)} | {'、'.join(lever.papers)} |"


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


def clauses() -> Iterator[str]:
    """The page of rulebooks and their clauses: which were compared with the document, and who decides each."""
    yield "# Rulebooks, and clauses verified or not\n\nWritten by `make docs` from `src/rongtong/catalogue/rulebooks/`."
    yield "A clause is *verified* when its text and figures were compared with a public copy of the document;"
    yield "answers say so of each that was not. How a rulebook is written: [rulebooks.md](rulebooks.md).\n"
    books = [book for name in known() for book in editions(name)]
    yield "| rulebook | edition | 名称 | document | territory | clauses | verified |\n|---|---|---|---|---|---|---|"
    for book in books:
        cited = [head for head in book.heads if head.kind not in ("group", "score")]
        source = f"{book.file.source.document} {book.file.source.number} {book.file.source.part}".strip()
        told = (f"`{book.id}`", book.edition, book.file.title, source, book.file.territory, str(len(cited)))
        yield f"| {' | '.join(told)} | {sum(head.verified for head in cited)} |"
    for book in books:
        yield from rulebook(book)


def rulebook(book: Rulebook) -> Iterator[str]:
    """One edition: every clause with its citation, whether it was verified, and what decides it."""
    yield f"\n## `{book.id}` {book.edition} {book.file.title}\n\n{book.file.note}\n"
    yield "| clause | 条款 | cite | verified | decided by |\n|---|---|---|---|---|"
    for head, tests in deciding(book):
        by = ", ".join(DECIDERS.get(one, one.replace("_", " ")) for one in deciders(tests)) or "its parts"
        yield f"| `{head.id}` | {head.title} | {head.cite} | {'yes' if head.verified else 'no'} | {by} |"


#: What decides, as the page calls it.
DECIDERS = {"reply": "bureau's reply", "title": "title held"}
PAGES = {"fields.md": fields, "workflows.md": workflows, "clauses.md": clauses}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text("\n".join(page()) + "\n", encoding="utf-8")
