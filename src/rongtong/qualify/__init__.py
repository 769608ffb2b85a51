"""Qualify: a rulebook (policy as data) and a snapshot of facts → a three-valued verdict that cites its clause.

    from rongtong import qualify

    assessment = qualify.assess(snapshot, "cn/srdi-sme", as_of="2022-10-25")
    assessment.counts                    # {"qualified": 3, "not_qualified": 40, "undetermined": 57}
    assessment.explain("青岛某某有限公司")  # clause by clause, down to the cells
    for row in assessment.rows(): ...    # one dict a firm, as `rongtong assess --json` prints it

What is not known is not a no: an unknown fact leaves a clause unknown and a score an interval, and the answer says
which fact would settle it. ``docs/rulebooks.md`` shows how a rulebook is written.

What one firm would have to do is :func:`rongtong.qualify.paths.path`; it is not loaded with the rest, for it brings a
solver.
"""

from rongtong.qualify.assess import assess, explain, manifest_of, reopen
from rongtong.qualify.assessment import Assessment
from rongtong.qualify.documents import again, verify_document
from rongtong.qualify.documents import load as load_document
from rongtong.qualify.rulebook import Rulebook
from rongtong.qualify.shelf import editions, load
from rongtong.qualify.verification import Verification, verify

__all__ = [
    "Assessment",
    "Rulebook",
    "Verification",
    "again",
    "assess",
    "editions",
    "explain",
    "load",
    "load_document",
    "manifest_of",
    "reopen",
    "verify",
    "verify_document",
]
