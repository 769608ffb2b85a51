"""What the manifest of a matching must say, checked before anything is computed from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from rongtong.errors import InputError
from rongtong.i18n import _


def _day(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError(text)
    return text


Day = Annotated[str, AfterValidator(_day)]
Name = Annotated[str, Field(pattern=r"^[0-9A-Za-z]+$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Floor(_Part):
    top: int = Field(ge=0)
    ahead: float


class _Choices(_Part):
    top: int = Field(gt=0, le=1_000_000)
    keep: int = Field(gt=0, le=1_000_000)
    spread: float = Field(ge=0, le=1)
    floor: _Floor
    seed: int


class _Assessment(_Part):
    id: Name
    rulebook: str
    edition: str
    purpose: str
    as_of: Day


class _Doubt(_Part):
    name: str | None
    firm: str
    called: str | None
    why: str


class _Column(_Part):
    file: str
    sheet: str | None
    column: str
    heading: str
    why: str | None


class _Manifest(_Part):
    kind: Literal["matching"]
    id: Name
    snapshot: Name | None
    as_of: Day
    model: str
    choices: _Choices
    definition: str
    assessments: list[_Assessment]
    doubts: list[_Doubt]
    passed_over: list[_Column]
    software: str
    digests: dict[str, str]
    counts: dict[str, Any]


def check(manifest: Mapping[str, Any], result: Path) -> None:
    """Raise InputError that names the first thing in the *manifest* of *result* that is not as a run writes it."""
    try:
        _Manifest.model_validate(manifest)
    except ValidationError as error:
        first = ".".join(str(one) for one in error.errors()[0]["loc"])
        raise InputError(
            _("结果清单里的 {name} 缺失或写法不对", name=first),
            place=str(result / "manifest.json"),
            mend=_("结果文件夹被改动过；请用 rongtong match 重新运行"),
        ) from error
