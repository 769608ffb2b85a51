"""Writes the pages of docs/ that follow from the code; a test holds them to it. Run by ``make docs``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rongtong.definitions.catalogue import Field, catalogue

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


PAGES = {"fields.md": fields}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text("\n".join(page()) + "\n", encoding="utf-8")
