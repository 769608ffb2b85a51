"""Reads of drafts: whose they are, what they say, and what is wrong with them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet

from rongtong import yaml12
from rongtong.definitions.loader import DefinitionError, Document, cut_short
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.authoring import store
from rongtong.portal.authoring.models import Draft
from rongtong.portal.people.models import Role, User
from rongtong.portal.rulebooks.queries import named
from rongtong.qualify.rulebook import Rulebook
from rongtong.qualify.schema import RulebookFile
from rongtong.qualify.shelf import checked, shelf


def drafts(user: User) -> QuerySet[Draft]:
    """The drafts that *user* may read, the last changed first."""
    found = Draft.objects.filter(discarded_at=None).select_related("made_by")
    if user.acts_as(Role.CITY_OFFICER):
        return found
    return found.filter(Q(made_by=user) | Q(district__in=[one for one in user.districts if one]))


def text_of(draft: Draft) -> str:
    """What a draft says."""
    return store.text_of(draft.sha256)


def read(text: str) -> dict[str, Any]:
    """The parts of a file that can be kept. Raises DefinitionError, with the line, for what is no rulebook file."""
    named = Document(name_of(Document(Path("rulebook.yaml"), text).tree), text)
    named.parse(RulebookFile)
    tree: dict[str, Any] = named.tree
    return tree


def name_of(tree: Any) -> Path:
    """What a file is called in what is told of it."""
    known = tree if isinstance(tree, dict) else {}
    name, edition = (cut_short(str(known.get(key, other))) for key, other in (("id", "rulebook"), ("edition", "")))
    return Path(f"{name.replace('/', '-')}-{edition.replace('/', '-')}.yaml")


def book_of(text: str) -> Rulebook:
    """The rulebook that *text* says. Raises DefinitionError."""
    return _book(name_of(yaml12.load(text)), text)


@lru_cache(maxsize=128)
def _book(name: Path, text: str) -> Rulebook:
    try:
        return checked(name, text)
    except RecursionError:
        raise DefinitionError(
            _("条件套得太深"), place=str(name), mend=_("请拆成几条，用 any_of 或 all_of 合起来")
        ) from None


def problem(text: str) -> DefinitionError | None:
    """What keeps *text* from being tried; None when nothing does."""
    try:
        book_of(text)
    except DefinitionError as error:
        return error
    except InputError as error:
        return DefinitionError(error.what, error.mend, place=error.place)
    return None


def official(based_on: str) -> Rulebook | None:
    """The official edition that a draft is compared with."""
    found = named(based_on)
    return found.book if found else None


def official_text(based_on: str) -> str:
    """Its file as it stands on the shelf."""
    rulebook, _at, edition = based_on.partition("@")
    return (shelf() / rulebook / f"{edition}.yaml").read_text(encoding="utf-8")


def changes(draft: Draft) -> list[tuple[str, str]]:
    """The lines in which a draft differs from the official file: ``-`` or ``+``, and the line."""
    if not draft.based_on:
        return []
    return list(_changed(official_text(draft.based_on), text_of(draft)))


def _changed(old: str, new: str) -> Iterator[tuple[str, str]]:
    for line in difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0):
        if line[:1] in "+-" and line[:3] not in ("+++", "---"):
            yield line[0], line[1:]
