"""What bad input gets: an error that names the place and the mend."""

from __future__ import annotations


class InputError(Exception):
    """Something the user gave cannot be used.

    *what* says what is wrong, *place* where (file, sheet and cell; file and line; entry number), *mend* what to do.
    The command line prints it and exits with 2; the portal turns it into a form message or a problem document.
    """

    def __init__(self, what: str, *, place: str = "", mend: str = "") -> None:
        super().__init__("：".join(part for part in (place, what) if part))
        self.what, self.place, self.mend = what, place, mend

    @property
    def sentence(self) -> str:
        """What is wrong, where, and the mend, for a form or a notice."""
        return "。".join(part for part in (str(self), self.mend) if part)

    def as_dict(self) -> dict[str, str]:
        """The error as a JSON object: ``error``, ``place``, ``mend``."""
        return {"error": self.what, "place": self.place, "mend": self.mend}


class StaleDecisionError(InputError):
    """A decision answers an entry that something newer has overtaken; nothing was written."""
