"""What definitions say, in the reader's language.

A part of a definition says its words in Chinese and, beside them, in English: ``label`` and ``label_en``, and so
lists (``values_en``, in the same order) and mappings (``parties_en``, with the same keys). Results and records keep the
Chinese, which is the one that counts; whoever shows them asks :func:`worded`. What has no English stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from rongtong.definitions.loader import COMPANION, folder, read
from rongtong.i18n import SOURCE, language

#: What nobody reads as a definition's words.
_NO_WORDS = ("names", "lists")


def worded(text: str) -> str:
    """*text*, words of a definition that comes with the package, in the language in use."""
    return text if language() == SOURCE else english().get(text, text)


@cache
def english() -> dict[str, str]:
    """The English of everything that definitions say in both."""
    return dict(both())


def both() -> Iterator[tuple[str, str]]:
    """Everything that definitions say in Chinese and in English."""
    for path in sorted(folder().rglob("*.yaml")):
        if path.parent.name not in _NO_WORDS and not path.stem.endswith(".examples"):
            yield from _both(read(path).tree)


def _both(node: Any) -> Iterator[tuple[str, str]]:
    parts: Iterator[Any] = iter(())
    if isinstance(node, Mapping):
        for name, said in node.items():
            yield from _beside(said, node.get(f"{name}{COMPANION}"))
        parts = iter(node.values())
    elif isinstance(node, list):
        parts = iter(node)
    for part in parts:
        yield from _both(part)


def _beside(said: Any, companion: Any) -> Iterator[tuple[str, str]]:
    if isinstance(companion, str):
        yield str(said), str(companion)
    elif isinstance(companion, Mapping):
        yield from ((str(word), str(companion[name])) for name, word in said.items())
    elif isinstance(companion, list):
        yield from zip(map(str, said), map(str, companion), strict=True)
