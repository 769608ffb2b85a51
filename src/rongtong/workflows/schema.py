"""What a workflow is: states, transitions, who may, and what each party reads of a state; checked at load."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from rongtong.definitions.loader import Model


class State(Model):
    """Where something stands. *reads* maps a party to what it sees; without a change for *stuck_after* working days
    whoever stands in *call* is to be called. An *end* is left by nothing. *kinds* tell what states have in common.

    On pages: *mark* is how its chip looks, *asks* what it says on the desk of those in *call*, *told* what is said to
    whoever has brought it there."""

    id: str
    label: str
    mark: Literal["yes", "unknown", "quiet"] | None = None
    asks: str = ""
    told: str = ""
    reads: dict[str, tuple[str, ...]]
    stuck_after: int | None = Field(default=None, gt=0)
    call: tuple[str, ...] = ()
    end: bool = False
    kinds: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _somebody_is_asked(self) -> State:
        if self.asks and not self.call:
            raise ValueError("asks without call")
        return self


class Notice(Model):
    """Who hears of a transition, by which notice of ``catalogue/notices``; what it *asks* is done with the next one."""

    id: str
    to: str
    asks: bool = False


class Transition(Model):
    """A way from some states to one, open to the parties in *by*.

    *both*: it takes effect when every one of them has made it, and has said the same of what stands in *alike*.
    *reasons* are the answers to choose one from; *explain* asks for words. What comes *with* something else is never
    made alone; *offered* is a button on the page. *notice* is who hears of it.
    """

    id: str
    label: str
    from_: tuple[str, ...] = Field(alias="from", min_length=1)
    to: str
    by: tuple[str, ...] = Field(min_length=1)
    both: bool = False
    alike: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    explain: bool = False
    with_: str = Field(default="", alias="with")
    offered: bool = True
    notice: Notice | None = None

    def leads_from(self, state: str) -> bool:
        """Whether it leads out of *state*; into itself only where that is what it is for."""
        return state in self.from_ and (state != self.to or self.from_ == (self.to,))

    @model_validator(mode="after")
    def _alike_is_of_both(self) -> Transition:
        if self.alike and not self.both:
            raise ValueError("alike without both")
        return self


class Workflow(Model):
    """A workflow as its file has it; the first state is where everything begins."""

    kind: Literal["workflow"]
    id: str
    title: str
    text: str = ""
    parties: dict[str, str]
    things: dict[str, str]
    kinds: dict[str, str] = {}
    readings: dict[str, dict[str, tuple[str, ...]]] = {}
    states: tuple[State, ...] = Field(min_length=1)
    transitions: tuple[Transition, ...]

    @model_validator(mode="after")
    def _everything_is_known(self) -> Workflow:
        for kind, ids in (("state", self.states), ("transition", self.transitions)):
            if len({one.id for one in ids}) != len(ids):
                raise ValueError(f"two of one id: {kind}")
        known = {"party": {*self.parties}, "thing": {*self.things}, "kind": {*self.kinds}}
        known["state"] = {one.id for one in self.states}
        for kind, name in self._named():
            if name not in known[kind]:
                raise ValueError(f"no such {kind}: {name}")
        if stuck := [one.id for one in self.states if one.end == any(one.id in way.from_ for way in self.transitions)]:
            raise ValueError(f"an end that is left, or a state that nothing leaves: {', '.join(stuck)}")
        return self

    def _named(self) -> Iterator[tuple[str, str]]:
        """Every party, thing, kind and state that is spoken of, with which of these it must be."""
        for state in self.states:
            yield from (("kind", one) for one in state.kinds)
            yield from (("party", one) for one in (*state.reads, *state.call))
            yield from (("thing", one) for seen in state.reads.values() for one in seen)
        for way in self.transitions:
            yield from (("state", one) for one in (*way.from_, way.to))
            yield from (("party", one) for one in way.by)
        yield from (("party", one.to) for one in self.notices)

    @property
    def notices(self) -> list[Notice]:
        """The notices of all its transitions, in the file's order."""
        return [one.notice for one in self.transitions if one.notice]

    @property
    def start(self) -> str:
        """The state in which everything begins."""
        return self.states[0].id

    @cached_property
    def of_kind(self) -> dict[str, tuple[str, ...]]:
        """The states of each kind, by id, in the file's order."""
        return {kind: tuple(one.id for one in self.states if kind in one.kinds) for kind in self.kinds}

    @cached_property
    def state_of(self) -> dict[str, State]:
        """States by id."""
        return {one.id: one for one in self.states}

    @cached_property
    def transition_of(self) -> dict[str, Transition]:
        """Transitions by id."""
        return {one.id: one for one in self.transitions}

    def ways(self, state: str, parties: frozenset[str]) -> list[Transition]:
        """The transitions that lead out of *state* for somebody who is one of *parties*, in the file's order."""
        return [one for one in self.transitions if one.leads_from(state) and parties & {*one.by}]

    def reads(self, state: str, parties: frozenset[str]) -> frozenset[str]:
        """What somebody who is one of *parties* sees in *state*."""
        return frozenset(thing for party in parties for thing in self.state_of[state].reads.get(party, ()))
