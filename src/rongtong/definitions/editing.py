"""A definition file changed by a form: what is changed is written in its place, order, comments and look stay.

Each change is made in the text and read back; where the text so changed does not say what it should, all of it is
written anew, which loses its look and nothing else. (A round trip through ruamel.yaml keeps comments, but binds each
to the part before it, so that it goes with that part, and breaks and quotes lines anew that nobody changed.)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from yaml import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from rongtong import yaml12
from rongtong.definitions.loader import Loc

#: A mapping of so many keys is written in one line where the others are.
SHORT = 6


def part(tree: Any, loc: Sequence[int | str]) -> Any:
    """What stands at *loc*. Raises KeyError, IndexError or TypeError where nothing does."""
    for step in loc:
        tree = tree[step]
    return tree


def put(text: str, loc: Loc, value: Any) -> str:
    """*text* with *value* at *loc*; a key that is not there yet comes last."""
    tree = yaml12.load(text)
    part(tree, loc[:-1])[loc[-1]] = value
    return _first(tree, _replaced(text, loc, value))


def cut(text: str, loc: Loc) -> str:
    """*text* without the key or the item at *loc*."""
    tree = yaml12.load(text)
    del part(tree, loc[:-1])[loc[-1]]
    return _first(tree, _without(text, loc))


def add(text: str, loc: Loc, item: Any) -> str:
    """*text* with *item* as the last of the list at *loc*."""
    tree = yaml12.load(text)
    held = part(tree, loc[:-1]).get(loc[-1]) or []
    if not held:
        return put(text, loc, [item])
    changed = deepcopy(tree)
    part(changed, loc).append(item)
    return _first(changed, _appended(text, loc, item))


def _first(tree: Any, candidates: Iterator[str]) -> str:
    """The first of *candidates* that says *tree*."""
    for one in candidates:
        try:
            if yaml12.load(one) == tree:
                return one
        except yaml12.YAMLError:
            continue
    return yaml12.dump(tree)


def _replaced(text: str, loc: Loc, value: Any) -> Iterator[str]:
    parent = _node(text, loc[:-1])
    held = _child(parent, loc[-1])
    if held is not None:
        start, end = held.start_mark.index, _end(text, held)
        for written in _written(value, _indent(parent)):
            yield text[:start] + written.lstrip("\n").lstrip(" ") + text[end:]
            yield text[:start].rstrip(" ") + written + text[end:]
    elif isinstance(parent, MappingNode) and parent.value:
        at = _end(text, parent) - 1 if parent.flow_style else _end(text, parent)
        lead = ", " if parent.flow_style else "\n" + " " * parent.start_mark.column
        for written in _written(value, _indent(parent)):
            space = "" if written.startswith("\n") else " "
            yield f"{text[:at]}{lead}{loc[-1]}:{space}{written}{text[at:]}"


def _without(text: str, loc: Loc) -> Iterator[str]:
    parent, step = _node(text, loc[:-1]), loc[-1]
    spans = list(_spans(text, parent))
    if len(spans) == 1:
        yield from _emptied(text, parent, spans[0][1])
        return
    keys = [key.value for key, _value in parent.value] if isinstance(parent, MappingNode) else range(len(spans))
    k = list(keys).index(step)
    start, end = spans[k]
    if parent.flow_style or (k == 0 and isinstance(parent, MappingNode) and len(spans) > 1):
        yield text[:start] + text[spans[k + 1][0] :] if k + 1 < len(spans) else text[: spans[k - 1][1]] + text[end:]
    else:
        yield text[: text.rfind("\n", 0, start) + 1] + text[end:].lstrip(" ").removeprefix("\n")


def _emptied(text: str, parent: CollectionNode, end: int) -> Iterator[str]:
    """What held one part alone holds nothing: said behind its key, with the comments in between left where they are."""
    nothing = "{}" if isinstance(parent, MappingNode) else "[]"
    start = parent.start_mark.index
    if parent.flow_style:
        yield text[:start] + nothing + text[parent.end_mark.index :]
        return
    lines = text[: text.rfind("\n", 0, start)].split("\n")
    k = next(n for n in reversed(range(len(lines))) if n == 0 or lines[n].strip()[:1] not in ("", "#"))
    for at in (_comment(lines[k]), len(lines[k])):
        said = f"{lines[k][:at].rstrip()} {nothing}  {lines[k][at:]}".rstrip()
        yield "\n".join([*lines[:k], said, *lines[k + 1 :]]) + text[end:]


def _comment(line: str) -> int:
    """Where the comment of a line begins; its end where there is none."""
    at = line.find(" #")
    return at + 1 if at >= 0 else len(line)


def _appended(text: str, loc: Loc, item: Any) -> Iterator[str]:
    held = _node(text, loc)
    at = _end(text, held)
    if held.flow_style:
        yield f"{text[: at - 1].rstrip()}, {_flow(item)}{text[at - 1 :]}"
        return
    column, last = held.start_mark.column, held.value[-1]
    flow = getattr(last, "flow_style", False) and isinstance(item, dict) and len(item) <= SHORT
    lines = (_flow(item) if flow else yaml12.dump(item).rstrip()).splitlines()
    yield text[:at] + "\n" + " " * column + "- " + ("\n" + " " * (column + 2)).join(lines) + text[at:]


def _written(value: Any, indent: int) -> Iterator[str]:
    """Ways to write *value*, the plainest first; in lines of its own it begins with a line break."""
    if isinstance(value, dict | list):
        if value and not (isinstance(value, dict) and len(value) <= SHORT):
            yield "\n" + "\n".join(" " * indent + line for line in yaml12.dump(value).rstrip().splitlines())
        yield _flow(value)
        return
    if isinstance(value, str):
        if value == value.strip() and "\n" not in value:
            yield value
        yield json.dumps(value, ensure_ascii=False)
        return
    yield _flow(value)


def _flow(value: Any) -> str:
    """*value* in one line."""
    return yaml12.dump(value, flow=True).removesuffix("\n").removesuffix("\n...")


def _node(text: str, loc: Loc) -> CollectionNode:
    node = yaml12.compose(text)
    for step in loc:
        node = _child(node, step)
    assert isinstance(node, CollectionNode)  # noqa: S101 -- the caller has found a mapping or a list there
    return node


def _child(node: Node | None, step: int | str) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: Node = node.value[step]
        return item
    return None


def _spans(text: str, node: CollectionNode) -> Iterator[tuple[int, int]]:
    """From where to where each key with its value, or each item, stands."""
    for one in node.value:
        first, last = one if isinstance(node, MappingNode) else (one, one)
        yield first.start_mark.index, _end(text, last)


def _end(text: str, node: Node) -> int:
    """Where *node* ends; of one in lines of its own, where the last thing in it does, before comments and blanks."""
    if isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(node, MappingNode) else last)
    end = node.end_mark.index
    plain = isinstance(node, ScalarNode) and node.style in ("|", ">")
    return len(text[:end].rstrip()) if plain else end


def _indent(parent: CollectionNode) -> int:
    """By how much what stands in *parent* in lines of its own is indented."""
    return int(parent.start_mark.column) + 2
