"""What set-up places: every icon that a page names, English that Django reads, nothing that points elsewhere."""

from __future__ import annotations

import gettext
import re
from pathlib import Path
from xml.etree import ElementTree

import messages

SOURCE = Path(__file__).parents[1] / "src" / "rongtong"
VENDOR = SOURCE / "portal" / "design" / "static" / "vendor"


def named() -> set[str]:
    """The icons that templates and navigation name."""
    templates = "".join(file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.html"))
    code = "".join(file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py"))
    return {*re.findall(r"{% icon ['\"]([\w-]+)['\"]", templates), *re.findall(r"\bicon=\"([\w-]+)\"", code)}


def drawn() -> dict[str, ElementTree.Element]:
    """The icons of the sprite by name."""
    root = ElementTree.parse(VENDOR / "icons.svg").getroot()  # noqa: S314 -- made by set-up
    return {symbol.attrib["id"]: symbol for symbol in root}


def test_every_icon_that_a_page_names_is_drawn():
    assert named() != set()
    assert sorted(named() - set(drawn())) == []


def test_no_icon_is_empty_or_has_colours_of_its_own():
    assert [name for name, symbol in drawn().items() if not len(symbol)] == []
    assert [
        name for name, symbol in drawn().items() for shape in symbol if {"stroke", "fill"} & set(shape.attrib)
    ] == []


def test_nothing_points_to_a_file_that_is_not_served():
    files = [VENDOR / "bootstrap.min.css", VENDOR / "htmx.min.js"]
    assert [file.name for file in files if "sourceMappingURL" in file.read_text(encoding="utf-8")] == []


def test_django_says_in_english_what_the_engines_say():
    with (SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        django = gettext.GNUTranslations(file)
    english = messages.english()
    assert {text: django.gettext(text) for text in english} == english
