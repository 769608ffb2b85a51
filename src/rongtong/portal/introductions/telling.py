"""Whom an operation tells what: always by the words of ``catalogue/notices``, which have no room for a contact."""

from __future__ import annotations

from collections.abc import Iterable

from rongtong.portal.introductions.models import Introduction, Message, Reminder, Side, Step, flow
from rongtong.portal.introductions.queries import address, answered, people_of
from rongtong.portal.notifications.operations import done, tell
from rongtong.portal.people.models import User
from rongtong.workflows import Transition

OUTCOME = "outcome_asked"


def other(side: str) -> str:
    """The side across the table."""
    return Side.SUPPLIER if side == Side.BUYER else Side.BUYER


#: What asks a side to do something about an introduction.
ASKS = ("introduction_proposed", "introduction_to_confirm", "introduction_stuck")


def answered_by(introduction: Introduction, side: str) -> None:
    """A side has done what it was asked."""
    done(ASKS, introduction.pk, people_of(introduction, side))


def outcome_told(introduction: Introduction, side: str) -> None:
    """A side has said what came of the contract."""
    done([OUTCOME], introduction.pk, people_of(introduction, side))


def thread_read(introduction: Introduction, reader: User) -> None:
    """Somebody has read what the other side has written."""
    done(["message_written"], introduction.pk, [reader])


def proposed(introduction: Introduction) -> None:
    """Ask whoever has not said yes yet."""
    sides = [one for one in Side.values if "agree" not in answered(introduction, one)]
    due = introduction.due
    _tell(introduction, sides, "introduction_proposed", "", due=due.isoformat() if due else "")


def entered(introduction: Introduction, way: Transition, step: Step) -> None:
    """A transition has been made: what was asked before is done, and the other side hears of it; of both having agreed
    both do."""
    done(ASKS, introduction.pk)
    if way.from_ == (flow().start,) and way.both:
        _tell(introduction, Side.values, "introduction_agreed", "")
    elif way.from_ == (flow().start,):
        _tell(introduction, [other(step.side)], "introduction_declined", "", reason=step.reason)
    else:
        told = f"{way.label}（{step.reason}）" if step.reason else way.label
        _tell(introduction, [other(step.side)], "introduction_moved", step.pk, what=told)


def to_confirm(introduction: Introduction, way: Transition, side: str) -> None:
    """*side* has said yes to what needs both."""
    if introduction.state != flow().start:
        key = f"{way.id}:{introduction.since}"
        _tell(introduction, [other(side)], "introduction_to_confirm", key, what=way.label)


def reminded(reminder: Reminder) -> None:
    """A side is asked to go on."""
    introduction = reminder.introduction
    state, days = introduction.stands.label, str(introduction.stands.stuck_after)
    _tell(introduction, [reminder.side], "introduction_stuck", reminder.pk, state=state, days=days)


def asked(introduction: Introduction, side: str, months: int) -> None:
    """It is time to say what came of the contract."""
    _tell(introduction, [side], OUTCOME, months, months=str(months))


def written(message: Message) -> None:
    """There is something to read: told once until it was read."""
    waiting = message.introduction.messages.filter(side=message.side, read_at=None).order_by("pk")
    first = waiting.values_list("pk", flat=True)[0]
    _tell(message.introduction, [other(message.side)], "message_written", first)


def _tell(introduction: Introduction, sides: Iterable[str], wording: str, key: object, **values: str) -> None:
    for side in sides:
        told = people_of(introduction, side)
        url = address(introduction)
        tell(told, wording, key=f"{introduction.pk}:{key}", url=url, need=introduction.need.title, **values)
