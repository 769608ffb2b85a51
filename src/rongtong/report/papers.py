"""What a first examination's draft and conclusion are called under each rulebook, as data (``catalogue/papers``)."""

from __future__ import annotations

from functools import cache
from typing import Literal

from rongtong.definitions.loader import Model, folder, read

#: What can be concluded: to recommend, to have supplemented first, not to recommend.
WORDS = ("recommend", "supplement", "refuse")


class Words(Model):
    """What each conclusion is called."""

    recommend: str
    supplement: str
    refuse: str


class Paper(Model):
    """The words of a draft: its *title*, what its *subject* is called, the *words* of conclusions, both *opinions*.

    *about* stands below the signatures: what the draft is not.
    """

    title: str
    subject: str
    words: Words
    opinions: tuple[str, str]
    about: str

    def word(self, conclusion: str) -> str:
        """What *conclusion*, one of :data:`WORDS`, is called."""
        return str(getattr(self.words, conclusion))


class Other(Model):
    """What a rulebook calls otherwise."""

    title: str = ""
    subject: str = ""
    words: Words | None = None
    opinions: tuple[str, str] | None = None
    about: str = ""


class PaperFile(Model):
    """The paper of every rulebook, and what some call otherwise."""

    kind: Literal["papers"]
    title: str
    paper: Paper
    rulebooks: dict[str, Other] = {}


@cache
def papers() -> PaperFile:
    """The papers that come with the package. Raises DefinitionError with file and line."""
    return read(folder() / "papers" / "cn" / "first_examination.yaml").parse(PaperFile)


def paper_of(rulebook: str) -> Paper:
    """The paper of *rulebook*: everybody's where it says nothing else."""
    file = papers()
    own = file.rulebooks.get(rulebook, Other())
    return file.paper.model_copy(update={name: said for name, said in own if said})
