"""The docs name what there is: every verb and option, every field and rulebook, every machine face."""

from __future__ import annotations

import json
import re
import runpy
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from rongtong.cli.app import command
from rongtong.cli.decide import VERBS as DECISIONS
from rongtong.definitions.editions import choose
from rongtong.qualify.shelf import editions
from rongtong.sample.parameters import world
from rongtong.sample.population import populate

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SCHEMAS = DOCS / "schemas"
COMMAND = command()
VERBS = sorted(COMMAND.commands)
EVERYWHERE = {"--json", "--home", "--lang", "--help"}


def section(verb: str) -> str:
    """What cli.md says about a verb."""
    sections = re.split(r"^## rongtong ", (DOCS / "cli.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return next((text for text in sections if text.split("\n")[0] == verb), "")


def options(verb: str) -> set[str]:
    below = getattr(COMMAND.commands[verb], "commands", {verb: COMMAND.commands[verb]}).values()
    return {option for one in below for param in one.params for option in param.opts if option.startswith("--")}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_section_that_names_its_options(verb):
    assert options(verb) - EVERYWHERE - set(re.findall(r"--[a-z-]+", section(verb))) == set()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_takes_json(verb):
    below = getattr(COMMAND.commands[verb], "commands", {verb: COMMAND.commands[verb]}).values()
    assert [one.name for one in below if "--json" not in {o for p in one.params for o in p.opts}] == []


def test_every_kind_of_decision_is_shown():
    assert re.findall(r"^    rongtong decide (\w+)", section("decide"), flags=re.MULTILINE) == list(DECISIONS)


def test_the_readme_and_the_pages_name_every_verb():
    for page in ("README.md", "README.zh.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert [verb for verb in VERBS if f"rongtong {verb}" not in text] == [], page


PAGES_OF_COMMANDS = [ROOT / "README.md", ROOT / "README.zh.md", DOCS / "cli.md"]


def commands(page: Path) -> list[str]:
    """The command lines that a page shows."""
    return re.findall(r"^    (rongtong .*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_every_firm_of_a_command_is_one_of_the_sample():
    named = {name for page in PAGES_OF_COMMANDS for line in commands(page) for name in re.findall(r"\S+公司", line)}
    assert named != set()
    assert named - set(populate(world().default_firms, 2022).firms.column("name").to_pylist()) == set()


@pytest.mark.parametrize("page", PAGES_OF_COMMANDS[:2], ids=lambda page: page.name)
def test_what_the_readme_compares_is_there(page):
    (compared,) = (line.split()[2:4] for line in commands(page) if line.startswith("rongtong diff "))
    for one in compared:
        rulebook, _sign, edition = one.partition("@")
        assert choose(editions(rulebook), edition=edition, purpose="new", as_of=date(2022, 10, 25)).edition == edition


PAGES = runpy.run_path(str(DOCS / "generate.py"))["PAGES"]


@pytest.mark.parametrize("page", sorted(PAGES))
def test_pages_that_follow_from_the_code_are_up_to_date(page):
    assert (DOCS / page).read_text(encoding="utf-8") == "\n".join(PAGES[page]()) + "\n"


def test_every_verb_has_a_schema_and_every_schema_a_verb():
    assert sorted(path.stem for path in SCHEMAS.glob("*.json")) == sorted([*VERBS, "error"])


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_every_schema_is_one(path):
    jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    text = re.sub(r"<!--.*?-->", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.slow
def test_the_picture_of_the_readme_shows_what_the_demonstration_prints():
    draw = runpy.run_path(str(DOCS / "images" / "draw.py"))
    assert (DOCS / "images" / "demo.svg").read_text(encoding="utf-8") == draw["picture"](draw["demonstration"]())


def test_every_decision_is_listed():
    index = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    records = sorted(path.name for path in (DOCS / "decisions").glob("[0-9]*.md"))
    assert re.findall(r"\((\d{4}-[\w-]+\.md)\)", index) == records


def test_the_architecture_names_every_package_and_every_capability() -> None:
    named = set(re.findall(r"\w+", (DOCS / "architecture.md").read_text(encoding="utf-8")))
    source = ROOT / "src" / "rongtong"
    packages = {one.parent.name for folder in (source, source / "portal") for one in folder.glob("*/__init__.py")}
    assert sorted(packages - named) == []


def test_the_glossary_is_in_order() -> None:
    rows = re.findall(r"^\| ([^|]+) \|", (DOCS / "glossary.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    words = [one.lower().replace("“", "") for one in rows[1:]]
    assert words == sorted(words)
