"""Which edition of a definition applies: chosen by purpose and date of application, never by the clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal, Protocol, TypeVar

from pydantic import Field as PydanticField
from pydantic import model_validator

from rongtong.definitions.loader import Model
from rongtong.errors import InputError
from rongtong.i18n import _, joined

Purpose = Literal["new", "review"]
#: The years in which somebody may apply.
YEARS = range(1949, 2150)


class InForce(Model):
    """From when until when (both days included) an edition applies to a purpose; whether a source says the days."""

    purpose: Purpose
    from_: date = PydanticField(alias="from")
    until: date | None = None
    verified: bool = True

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> InForce:
        if self.until is not None and self.until < self.from_:
            raise ValueError(_("until {until} 早于 from {since}", until=self.until, since=self.from_))
        return self

    def covers(self, purpose: str, day: date) -> bool:
        """Whether an application of *purpose* on *day* falls under it."""
        return self.purpose == purpose and self.from_ <= day and (self.until is None or day <= self.until)


class Dated(Protocol):
    """Anything that comes in editions."""

    @property
    def id(self) -> str:
        """The id that the editions share."""

    @property
    def edition(self) -> str:
        """The name of the edition."""

    @property
    def in_force(self) -> tuple[InForce, ...]:
        """When it applies to what."""


D = TypeVar("D", bound=Dated)


class NoEditionError(InputError):
    """No edition applies, or several do; or none has the name that was given."""


def choose(editions: Iterable[D], *, edition: str | None, purpose: str, as_of: date) -> D:
    """The edition named, else the one in force. Raises :class:`InputError` when there is none or more than one."""
    known = list(editions)
    names = joined(one.edition for one in known)
    if edition is not None:
        found = [one for one in known if one.edition == edition]
        if not found:
            raise NoEditionError(_("没有版本 {edition}", edition=edition), mend=_("现有版本：{names}", names=names))
        return found[0]
    found = [one for one in known if any(period.covers(purpose, as_of) for period in one.in_force)]
    if len(found) == 1:
        return found[0]
    what = _("{day} 的申请没有适用的版本", day=as_of) if not found else _("{day} 的申请有几个版本同时适用", day=as_of)
    raise NoEditionError(what, mend=_("请用 --edition 指明版本：{names}", names=names))


def application_date(as_of: date | str | None, manifest: dict[str, object]) -> date:
    """The date of application: as given, else the snapshot's reference date, else an :class:`InputError`."""
    given = as_of or manifest.get("reference_date")
    if not given:
        raise InputError(_("没有申请日期，快照也没有基准日"), mend=_("请用 --as-of 指明申请日期，例如 2022-10-31"))
    try:
        day = given if isinstance(given, date) else datetime.strptime(str(given), "%Y-%m-%d").date()
    except ValueError as error:
        raise InputError(_("日期写法不对：{given}", given=given), mend=_("请写成 2022-10-31")) from error
    if day.year not in YEARS:
        raise InputError(_("没有这样的申请日期：{given}", given=given), mend=_("请写成 2022-10-31"))
    return day
