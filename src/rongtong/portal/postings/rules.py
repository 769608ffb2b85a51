"""Who may post, confirm and review; who finds a posting in the hall, and who reads which half."""

from __future__ import annotations

from typing import Any

import rules
from rules import Predicate

from rongtong.portal.people.models import OF_FIRMS, Grant, Role, User
from rongtong.portal.people.roles import is_city_officer, is_of_a_firm, is_secretariat, is_staff, others_work
from rongtong.portal.postings.models import Posting, flow
from rongtong.portal.registry.rules import firm_of, own_firm


def acting_for(user: User, firm: str) -> list[Grant]:
    """What *user* may act as for *firm* today."""
    return [one for one in user.grants_in_force if one.role in OF_FIRMS and firm_of(one) == firm_of(firm)]


def _author(user: User, posting: Posting | None = None) -> bool:
    if posting is None:
        return True
    held = acting_for(user, posting.firm)
    own = posting.made_by_id == user.pk or not acting_for(posting.made_by, posting.firm)
    return bool(held) and (own or any(one.role == Role.FIRM for one in held))


def _confirmer(user: User, posting: Posting | None = None) -> bool:
    if posting is None:
        return True
    held = acting_for(user, posting.firm)
    return bool(held) and (any(one.role == Role.LARGE_FIRM for one in held) or not of_large_firm(posting.firm))


def of_large_firm(firm: str) -> bool:
    """Whether the firm has people of purchasing or R&D here, one of whom must then confirm what it posts."""
    return Grant.objects.in_force().filter(role=Role.LARGE_FIRM, firm=firm_of(firm)).exists()


#: The posting is the person's own: made by them, or by a colleague of a small firm, or by one who has left.
is_author = Predicate(_author, name="author")
#: Who answers for what a firm posts: of a large firm its purchasing and R&D, of any other whoever acts for it.
is_confirmer = Predicate(_confirmer, name="confirmer")
#: Whom postings for the alliance are shown to.
of_the_alliance = is_of_a_firm | is_staff

_reviews = (is_secretariat | is_city_officer) & others_work


def parties(user: User, posting: Posting) -> frozenset[str]:
    """What *user* is to *posting*, in the words of the workflow."""
    holds = {
        "author": is_of_a_firm(user) and _author(user, posting),
        "confirmer": is_of_a_firm(user) and _confirmer(user, posting),
        "reviewer": _reviews(user, posting),
    }
    return frozenset(name for name, yes in holds.items() if yes)


def _in_hall(user: Any, posting: Posting | None = None) -> bool:
    if posting is None:
        return True
    if not posting.standing:
        return False
    if posting.visibility == Posting.Visibility.INVITED:
        return is_of_a_firm(user) and posting.introductions.filter(firm__in=user.firms).exists()
    return posting.visibility == Posting.Visibility.PUBLIC or of_the_alliance(user)


def _reads(thing: str) -> Predicate:
    def test(user: User, posting: Posting | None = None) -> bool:
        return posting is None or thing in flow().reads(posting.state, parties(user, posting))

    return Predicate(test, name=f"reads_{thing}")


rules.add_perm("postings.post", is_of_a_firm & own_firm)
rules.add_perm("postings.edit", is_of_a_firm & is_author)
rules.add_perm("postings.move", (is_of_a_firm & (is_author | is_confirmer)) | _reviews)
rules.add_perm("postings.review", _reviews)
rules.add_perm("postings.view", Predicate(_in_hall, name="in_hall") | _reads("public_half"))
rules.add_perm("postings.view_private", _reads("private_half"))
