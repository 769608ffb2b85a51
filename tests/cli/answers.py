"""What the command line answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def face(self, verb: str, *, code: int = 0) -> Any:
        """The one JSON document on stdout, of the form its schema says."""
        assert self.code == code, self.err
        jsonschema.validate(self.json, json.loads((SCHEMAS / f"{verb}.json").read_text(encoding="utf-8")))
        return self.json
