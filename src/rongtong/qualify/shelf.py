"""The rulebooks there are: those that come with the package, and any file, each loaded and checked once.

Errors name the file and the line: an unknown field, a unit that does not go with its value, a gap or an overlap
between bands, points that do not add up to the stated maximum.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from rongtong.definitions.catalogue import Catalogue, catalogue
from rongtong.definitions.loader import Document, folder, text_of
from rongtong.errors import InputError
from rongtong.i18n import _, joined
from rongtong.qualify.load_score import Others
from rongtong.qualify.loading import build
from rongtong.qualify.rulebook import Rulebook
from rongtong.qualify.schema import RulebookFile

#: The rulebooks that every firm is judged by when an alliance settles; by any other a firm is judged on demand.
JUDGED = ("cn/srdi-sme", "cn/innovative-sme")


def shelf() -> Path:
    """The folder of the rulebooks that come with the package."""
    return folder() / "rulebooks"


def load(path: Path, fields: Catalogue | None = None) -> Rulebook:
    """Load and check one edition. Raises :class:`DefinitionError` with file and line."""
    return _load(path, text_of(path), fields or catalogue())


@lru_cache(maxsize=64)
def _load(path: Path, text: str, fields: Catalogue) -> Rulebook:
    """The same content is checked once."""
    return checked(path, text, fields)


def checked(path: Path, text: str, fields: Catalogue | None = None) -> Rulebook:
    """The rulebook that *text* says, whether it stands in the file *path* or not; errors name that file.

    Raises :class:`DefinitionError`.
    """
    document = Document(path, text)
    return build(document, document.parse(RulebookFile), fields or catalogue(), Others(known, editions))


def template(name: str) -> str:
    """The text of a rulebook to begin with, which comes with the package: ``district``."""
    return (folder() / "templates" / f"{name}.yaml").read_text(encoding="utf-8")


def known(shelves: Path | None = None) -> list[str]:
    """The ids of all rulebooks."""
    root = shelves or shelf()
    return sorted({path.parent.relative_to(root).as_posix() for path in root.rglob("*.yaml")})


def editions(rulebook: str | Path, shelves: Path | None = None) -> list[Rulebook]:
    """All editions of a rulebook id (``cn/srdi-sme``), or the one in a file.

    Raises :class:`InputError` when there is no such rulebook.
    """
    if isinstance(rulebook, Path) or rulebook.endswith(".yaml"):
        return [load(Path(rulebook))]
    root = shelves or shelf()
    if rulebook not in known(root):
        raise InputError(
            _("没有规则“{rulebook}”", rulebook=rulebook), mend=_("现有规则：{known}", known=joined(known(root)))
        )
    files = sorted((root / rulebook).glob("*.yaml"))
    return [load(path) for path in files if not path.name.endswith(".examples.yaml")]
