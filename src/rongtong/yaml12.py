"""YAML as definitions are written in: the core schema of YAML 1.2, read by the C parser of PyYAML.

PyYAML reads YAML 1.1, in which ``no`` means false, ``08:30`` is a number, and the second of two equal keys wins in
silence; here only ``true`` and ``false`` are truth values, numbers are decimal, and a key said twice is an error.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from typing import Any

import yaml
from yaml import AliasEvent, MappingNode, Node, ScalarNode
from yaml import YAMLError as YAMLError  # noqa: PLC0414 -- what the readers of this module catch
from yaml.constructor import ConstructorError

#: What a plain scalar means, by the characters it may begin with (YAML 1.2.2, 10.3.2; dates and << came with 1.1).
_MEANINGS = (
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("tag:yaml.org,2002:int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("tag:yaml.org,2002:float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
    ("tag:yaml.org,2002:merge", r"<<", ["<"]),
    ("tag:yaml.org,2002:timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", list("0123456789")),
)


class UnreadableError(ConstructorError):
    """A scalar that looks like a value and is none: 30 February; *kind* is what it looks like, ``timestamp``."""

    def __init__(self, node: Node) -> None:
        self.kind, self.text = node.tag.rpartition(":")[2], str(node.value)
        super().__init__(None, None, f"no {self.kind}: {self.text}", node.start_mark)


class _Loader(yaml.CSafeLoader):
    """The safe loader with the meanings of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def construct_object(self, node: Node, deep: bool = False) -> Any:
        """What a node says; what cannot be read is an error with its place, whatever stumbled over it."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError, AttributeError, TypeError, ArithmeticError) as error:
            raise UnreadableError(node) from error

    def construct_scalar(self, node: ScalarNode | MappingNode) -> Any:
        """A text; without the character 0, which no database keeps."""
        if "\0" in node.value:
            raise ConstructorError(None, None, "found the character 0", node.start_mark)
        return super().construct_scalar(node)

    def whole_number(self, node: ScalarNode) -> int:
        """A number of the ten digits: one that begins with 0 is none of eight."""
        return int(self.construct_scalar(node))

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """A mapping; a key said twice is an error at its second place."""
        seen: set[str] = set()
        for key, _value in node.value if isinstance(node, MappingNode) else ():
            if isinstance(key, ScalarNode) and key.value in seen:
                raise ConstructorError(None, None, f"found duplicate key {key.value!r}", key.start_mark)
            seen |= {key.value} if isinstance(key, ScalarNode) else set()
        return super().construct_mapping(node, deep=deep)


for _tag, _pattern, _first in _MEANINGS:
    _Loader.add_implicit_resolver(_tag, re.compile(f"^(?:{_pattern})$"), _first)
_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.whole_number)


class _Dumper(yaml.SafeDumper):
    """The safe dumper; what is a value in either version of YAML is quoted where it is a text."""


for _tag, _pattern, _first in _MEANINGS:
    _Dumper.add_implicit_resolver(_tag, re.compile(f"^(?:{_pattern})$"), _first)


def load(text: str) -> Any:
    """What *text* says, in plain mappings, lists and values. Raises :class:`YAMLError`."""
    return yaml.load(text, _Loader)  # noqa: S506 -- a safe loader


def compose(text: str) -> Node | None:
    """The same as nodes, which know their lines. Raises :class:`YAMLError`."""
    return yaml.compose(text, _Loader)


def references(text: str) -> Iterator[tuple[str, int]]:
    """Where one part stands for another (``*name``): the name, and its line from 1. Raises :class:`YAMLError`."""
    if "*" in text:
        found = (one for one in yaml.parse(text, _Loader) if isinstance(one, AliasEvent))
        yield from ((str(one.anchor), one.start_mark.line + 1 if one.start_mark else 1) for one in found)


def dump(value: Any, *, flow: bool = False) -> str:
    """*value* as YAML, keys in their order; with *flow* in one line."""
    written: str = yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=flow,
        width=10**6 if flow else 120,
    )
    return written
