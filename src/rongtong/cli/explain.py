"""``rongtong explain``: one firm's story, from the verdict through the clauses down to the cells."""

from __future__ import annotations

from typing import Any

from rich.text import Text
from rich.tree import Tree

from rongtong import qualify
from rongtong.cli import output
from rongtong.cli.opening import Said, snapshot
from rongtong.cli.options import AsJson, AsOf, Date, Edition, Firm, Home, Purpose, Rulebook, Source, Year
from rongtong.cli.progress import progress
from rongtong.definitions.wording import worded
from rongtong.i18n import _
from rongtong.report import figures, labels
from rongtong.report.workbook import holds, places, verdict

COLOURS = {"yes": "green", "no": "red", "unknown": "yellow"}


def run(
    firm: Firm,
    source: Source = None,
    rulebook: Rulebook = "cn/srdi-sme",
    edition: Edition = None,
    purpose: Purpose = "new",
    as_of: AsOf = None,
    date: Date = None,
    year: Year = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Explain one firm's verdict."""
    with progress() as step:
        opened = snapshot(source, home, step, said=Said(date=date, year=year))
        manifest, story = qualify.explain(
            opened.snapshot, rulebook, firm, edition=edition, purpose=purpose, as_of=as_of,
            results=opened.home / "results",
        )  # fmt: skip  # read by rows
    if as_json:
        output.document({"manifest": manifest, **story})
    else:
        output.show(tree(story))


def tree(story: dict[str, Any]) -> Tree:
    """The story as a tree for a person."""
    root = Tree(Text(f"{story['name']}  {story['uscc'] or ''}", style="bold"))
    answer = verdict(story["verdict"])
    root.add(Text(f"{answer.value}  {figures.score(story['score'])}", style=COLOURS[answer.style]))
    for clause in story["clauses"]:
        grow(root, clause)
    if story["missing"]:
        wanted = root.add(Text(_("还缺什么"), style="bold"))
        for slot in story["missing"]:
            wanted.add(Text(f"{labels.of_slot(slot)}（{labels.settled_by(slot)}）"))
    return root


def graded(clause: dict[str, Any]) -> str:
    """Points, or what is granted in money, with both ends while something is unknown."""
    if clause["points"] is None or not clause.get("kind", "").startswith("grant"):
        return figures.score(clause["points"])
    return figures.granted(*clause["points"])


def grow(parent: Tree, clause: dict[str, Any]) -> None:
    """Add a clause, its values with their cells, and the clauses it is made of."""
    answer = holds(clause["holds"])
    text = Text(f"{answer.value}  ", style=COLOURS[answer.style])
    text.append(f"{clause['id']} {worded(clause.get('title', ''))}", style="default")
    for extra in (graded(clause), labels.margin(clause)):
        text.append(f"  {extra}" if extra else "", style="dim")
    branch = parent.add(text)
    for slot, value in clause["values"].items():
        where = "，".join(places({slot: clause["sources"].get(slot)}))
        branch.add(Text(f"{labels.of_slot(slot)}：{labels.of_value(slot, value)}  {where}"))
    for below in clause.get("parts", ()):
        grow(branch, below)
