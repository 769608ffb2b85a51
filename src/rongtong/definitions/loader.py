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
#: A file of more bytes is no definition that somebody wrote.
LARGEST = 2_000_000
#: So many steps of a place are told.
_STEPS = 8
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
                raise ValueError(_("{name} 与它旁边的中文不是一样的结构", name=name))
        return {name: part for name, part in tree.items() if name in cls.model_fields or not _is_companion(name, tree)}


def _is_companion(name: object, tree: Mapping[str, Any]) -> bool:
    return isinstance(name, str) and name.endswith(COMPANION) and name.removesuffix(COMPANION) in tree


def _shape(words: Any) -> object:
    """What a text, a list or a mapping has in common with the same in another language."""
    return (
        set(words)
        if isinstance(words, Mapping)
        else (len(words),)
        if isinstance(words, list)
        else isinstance(words, str)
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

    def __init__(self, what: str, mend: str = "", *, place: str = "", loc: Sequence[int | str] = ()) -> None:
        super().__init__(what, place=place, mend=mend)
        self.loc = tuple(loc)


class Document:
    """A definition file as read: its tree, its hash, and the line of every part of it."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self.sha256 = hashlib.sha256(text.encode()).hexdigest()
        try:
            if not path.is_relative_to(folder().parent):  # what comes with the package may refer to itself
                self._refuse_references()
            self.tree: Any = yaml12.load(text)
        except yaml12.YAMLError as error:
            raise DefinitionError(*_unread(error), place=f"{shown(path)}:{_line_of(error, text)}") from error

    def _refuse_references(self) -> None:
        """Raise where a part stands for another (``*name``): a short text could say a million things."""
        other = next(yaml12.references(self.text), None)
        if other is not None:
            name, line = other
            what = _("不能用 * 引用别处：{name}", name=f"*{name}")
            raise DefinitionError(what, _("请把那一处的内容照抄过来"), place=f"{shown(self.path)}:{line}")

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
            where, problem = _where(first["loc"]), _problem(first)
            what = _("{where}：{problem}", where=where, problem=problem) if where else problem
            raise self.error(first["loc"], what, _("请对照 docs/ 中该类定义的写法修改")) from error

    def places(self, key: str, value: str) -> list[Loc]:
        """Where *key* has that *value*, in the order of the file."""
        return list(_places(self.tree, key, value))


def _unread(error: yaml12.YAMLError) -> tuple[str, str]:
    """What is wrong with what is not YAML, and the mend."""
    if not isinstance(error, yaml12.UnreadableError):
        problem = getattr(error, "problem", None) or str(error)
        return _("不是有效的 YAML：{problem}", problem=problem), _("请检查该行的缩进、冒号和引号")
    text = cut_short(error.text)
    if error.kind == "timestamp":
        mend = _("日期写成 2026-03-31，要真有这一天；要写的是文字，就加上引号")
        return _("没有这一天：{text}", text=text), mend
    return _("“{text}”读不出来", text=text), _("请改成数、日期或 true、false；要写的是文字，就加上引号")


def _line_of(error: yaml12.YAMLError, text: str) -> int:
    """The line (from 1) at which reading stopped."""
    mark = getattr(error, "problem_mark", None)
    before = 0 if mark else text.count("\n", 0, getattr(error, "position", 0) or 0)
    return mark.line + 1 if mark else before + 1


def cut_short(text: str, most: int = 40) -> str:
    """*text*, without its middle where it is long."""
    return text if len(text) <= most else f"{text[: most // 2]}…{text[-most // 2 :]}"


def _where(loc: Sequence[int | str]) -> str:
    """A place in words; of one that lies deep its beginning and its end."""
    steps = [cut_short(str(step)) for step in loc]
    return "·".join(steps if len(steps) <= _STEPS else [*steps[: _STEPS // 2], "…", *steps[-_STEPS // 2 :]])


def _problem(error: Mapping[str, Any]) -> str:
    """What pydantic has found wrong, in the reader's language."""
    kind, given = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(given["error"])
    told = {
        _MISSPELT: _("没有这个键"), "missing": _("没有写"), "invalid_key": _("键要写文字"),
        "string_type": _("要写文字；像数或日期的文字请加引号"), "string_too_short": _("不能空着"),
        "string_pattern_mismatch": _("不能空着"),
        "string_too_long": _("太长，最多 {n} 个字", n=given.get("max_length")),
        "literal_error": _("只能写 {expected}", expected=str(given.get("expected", "")).replace(" or ", ", ")),
        "recursion_depth_exceeded": _("套得太深"),
    }  # fmt: skip  # read by rows
    kinds = {
        "bool": _("要写 true 或 false"), "date": _("要写日期，例如 2026-03-31"), "decimal": _("要写数，位数不能太多"),
        "finite": _("要写数，位数不能太多"), "int": _("要写整数"), "float": _("要写数，位数不能太多"),
        "greater": _("数太小"), "less": _("数太大"), "tuple": _("要写成清单，每项前写 -"),
        "list": _("要写成清单，每项前写 -"), "model": _("要写成“键: 值”"), "dict": _("要写成“键: 值”"),
        "mapping": _("要写成“键: 值”"),
    }  # fmt: skip  # read by rows
    return told.get(kind) or kinds.get(kind.partition("_")[0]) or error["msg"]


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
    """Read a definition file. Raises :class:`DefinitionError` when it is missing, too large, or not YAML."""
    return Document(path, text_of(path))


def text_of(path: Path) -> str:
    """What a definition file says. Raises :class:`DefinitionError` when it is missing, too large, or not UTF-8."""
    if not path.is_file():
        raise DefinitionError(_("找不到定义文件"), _("请检查文件名"), place=str(path))
    if (size := path.stat().st_size) > LARGEST:
        what = _("文件有 {size} MB，定义文件最多 {most} MB", size=size // 10**6, most=LARGEST // 10**6)
        raise DefinitionError(what, _("请检查是不是选错了文件"), place=shown(path))
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        mend = _("请在编辑器中另存为 UTF-8 编码")
        raise DefinitionError(_("不是 UTF-8 编码的文本"), mend, place=f"{shown(path)}:{line}") from error
