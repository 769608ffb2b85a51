"""The one loader of definitions: readable YAML in, a checked model out, errors that name file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from yaml import MappingNode, Node, SequenceNode

from rongtong import yaml12
from rongtong.errors import InputError
from rongtong.i18n import _

Loc = tuple[int | str, ...]
_MISSPELT = "extra_forbidden"
#: Behind the name of a key: the same in English, as :mod:`rongtong.definitions.wording` reads it.
COMPANION = "_en"


class Model(BaseModel):
    """A part of a definition: frozen, without keys that nobody reads; each may have its English beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _with_english_beside(cls, tree: Any) -> Any:
        if not isinstance(tree, Mapping):
            return tree
        for name in [one for one in tree if _is_companion(one, tree)]:
            if _shape(tree[name]) != _shape(tree[name.removesuffix(COMPANION)]):
                raise ValueError(f"{name} does not say the same as what it stands beside")
        return {name: part for name, part in tree.items() if name in cls.model_fields or not _is_companion(name, tree)}


def _is_companion(name: str, tree: Mapping[str, Any]) -> bool:
    return name.endswith(COMPANION) and name.removesuffix(COMPANION) in tree


def _shape(words: Any) -> object:
    """What a text, a list or a mapping has in common with the same in another language."""
    return (
        set(words) if isinstance(words, Mapping) else len(words) if isinstance(words, list) else isinstance(words, str)
    )


class Source(Model):
    """Where a definition comes from: the document, its number, and the part of it."""

    document: str
    number: str = ""
    part: str = ""
    verified: bool = False


M = TypeVar("M", bound=BaseModel)


class DefinitionError(InputError):
    """A definition that cannot be used, at a file and a line; *loc* is the part of it that is wrong, where known."""

    def __init__(self, what: str, *, place: str = "", mend: str = "", loc: Sequence[int | str] = ()) -> None:
        super().__init__(what, place=place, mend=mend)
        self.loc = tuple(loc)


class Document:
    """A definition file as read: its tree, its hash, and the line of every part of it."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self.sha256 = hashlib.sha256(text.encode()).hexdigest()
        try:
            self.tree: Any = yaml12.load(text)
        except yaml12.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            raise DefinitionError(
                _("不是有效的 YAML：{problem}", problem=getattr(error, "problem", None) or str(error)),
                place=f"{shown(path)}:{mark.line + 1 if mark else 1}",
                mend=_("请检查该行的缩进、冒号和引号"),
            ) from error

    @cached_property
    def _nodes(self) -> Node | None:
        return yaml12.compose(self.text)

    def line(self, loc: Sequence[int | str]) -> int:
        """The line (from 1) of the part at *loc*, or of its nearest ancestor in the file."""
        node, line = self._nodes, 1
        for step in loc:
            place, node = _child(node, step)
            if place is None:
                break
            line = place.start_mark.line + 1
        return line

    def error(self, loc: Sequence[int | str], what: str, mend: str = "") -> DefinitionError:
        """A :class:`DefinitionError` that points at *loc*."""
        return DefinitionError(what, place=f"{shown(self.path)}:{self.line(loc)}", mend=mend, loc=loc)

    def parse(self, model: type[M]) -> M:
        """Check the tree against *model*; the first thing wrong is raised with its line."""
        try:
            return model.model_validate(self.tree)
        except ValidationError as error:
            found = error.errors()
            first = next((one for one in found if one["type"] == _MISSPELT), found[0])
            where = "·".join(str(step) for step in first["loc"])
            problem = _("没有这个键") if first["type"] == _MISSPELT else first["msg"]
            what = _("{where}：{problem}", where=where, problem=problem)
            raise self.error(first["loc"], what, _("请对照 docs/ 中该类定义的写法修改")) from error

    def places(self, key: str, value: str) -> list[Loc]:
        """Where *key* has that *value*, in the order of the file."""
        return list(_places(self.tree, key, value))


def _child(node: Node | None, step: int | str) -> tuple[Node | None, Node | None]:
    """Where a part of *node* begins (a mapping's at its key), and the part; nothing where there is no such part."""
    if isinstance(node, MappingNode):
        return next(((key, part) for key, part in node.value if key.value == str(step)), (None, None))
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None, None


def _places(node: Any, key: str, value: str, at: Loc = ()) -> Iterator[Loc]:
    if isinstance(node, dict) and node.get(key) == value:
        yield (*at, key)
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, part in steps:
        yield from _places(part, key, value, (*at, step))


def folder() -> Path:
    """The folder of the definitions that come with the package."""
    return Path(str(resources.files("rongtong") / "catalogue"))


def shown(path: Path) -> str:
    """A file as errors name it: within the folder of definitions, else as it was given."""
    return path.relative_to(folder()).as_posix() if path.is_relative_to(folder()) else str(path)


def read(path: Path) -> Document:
    """Read a definition file. Raises :class:`DefinitionError` when it is missing or not YAML."""
    if not path.is_file():
        raise DefinitionError(_("找不到定义文件"), place=str(path), mend=_("请检查文件名"))
    try:
        return Document(path, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DefinitionError(
            _("不是 UTF-8 编码的文本"), place=f"{shown(path)}:{line}", mend=_("请在编辑器中另存为 UTF-8 编码")
        ) from error
