"""What somebody is to an introduction; everything else follows from the workflow."""

from __future__ import annotations

from collections.abc import Callable

import rules
from rules import Predicate

from rongtong.portal.introductions.models import Introduction, flow
from rongtong.portal.people.models import Role, User
from rongtong.portal.people.roles import is_city_officer, is_firm, is_of_a_firm, is_officer, is_secretariat
from rongtong.portal.postings.rules import is_author
from rongtong.portal.registry.rules import firm_of, officer_in_charge, own_firm


def side_of(user: User, introduction: Introduction) -> str:
    """The side that *user* acts for: buyer, supplier, or empty."""
    if is_of_a_firm(user) and is_author(user, introduction.need):
        return "buyer"
    acting = {firm_of(one) for one in user.grants_in_force if one.role == Role.FIRM}
    return "supplier" if acting and firm_of(introduction.firm) in acting else ""


def parties(user: User, introduction: Introduction) -> frozenset[str]:
    """What *user* is to *introduction*, in the words of the workflow."""
    held = {side_of(user, introduction)} - {""}
    if officer_in_charge(user, introduction) or officer_in_charge(user, introduction.need):
        held.add("officer")
    if is_secretariat(user):
        held.add("secretariat")
    return frozenset(held)


def everywhere(user: User) -> frozenset[str]:
    """What *user* is to every introduction, in the words of the workflow."""
    holds = {"officer": is_city_officer(user), "secretariat": is_secretariat(user)}
    return frozenset(name for name, yes in holds.items() if yes)


def reads(user: User, introduction: Introduction) -> frozenset[str]:
    """What *user* sees of *introduction* in its state."""
    return flow().reads(introduction.state, parties(user, introduction))


def _may_read(thing: str) -> Predicate:
    def test(user: User, introduction: Introduction | None = None) -> bool:
        return introduction is None or thing in reads(user, introduction)

    return Predicate(test, name=f"reads_{thing}")


def _of_a_side(user: User, introduction: Introduction | None = None) -> bool:
    return introduction is None or bool(side_of(user, introduction))


is_of_a_side = Predicate(_of_a_side, name="of_a_side")
_takes_part: Callable[..., bool] = is_of_a_firm | is_officer | is_secretariat
_arranges: Callable[..., bool] = is_city_officer | is_secretariat

rules.add_perm("introductions.list", _takes_part)
rules.add_perm("introductions.view", _takes_part & _may_read("timeline"))
rules.add_perm("introductions.act", is_of_a_firm & is_of_a_side)
rules.add_perm("introductions.intend", is_of_a_firm & is_of_a_side & _may_read("figures"))
rules.add_perm("introductions.write", is_of_a_firm & is_of_a_side & _may_read("thread"))
rules.add_perm("introductions.view_private", is_of_a_firm & is_of_a_side & _may_read("private_half"))
rules.add_perm("introductions.view_contacts", is_of_a_firm & is_of_a_side & _may_read("contacts"))
rules.add_perm("introductions.recommend", is_officer | is_secretariat)
#: Of a need: who could answer it.
rules.add_perm("introductions.candidates", (is_of_a_firm & is_author) | _arranges)
rules.add_perm("introductions.invite", is_of_a_firm & is_author)
rules.add_perm("introductions.apply", is_firm & own_firm)
rules.add_perm("introductions.chase", (is_officer | is_secretariat) & _may_read("timeline"))
rules.add_perm("introductions.choose", is_of_a_firm & own_firm)
#: The assignment over all open needs.
rules.add_perm("introductions.assign", is_secretariat)
#: How every need was answered, with its author's name.
rules.add_perm("introductions.needs", _arranges)
