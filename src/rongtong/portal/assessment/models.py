"""The conclusion of a first examination (初审): one person proposes it, another confirms it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongtong.definitions.wording import worded
from rongtong.portal.firm_ids import FirmId
from rongtong.report.papers import paper_of


class Conclusion(models.Model):
    """What an officer concludes of a firm under a rulebook, and where it stands with the reviewer; *word* is one of
    :data:`rongtong.report.papers.WORDS`.

    *result* is the result it was proposed on; *basis* the digest of what that told of the firm, by which both see
    whether it is still so.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("待复核")
        CONFIRMED = "confirmed", _("已复核")
        RETURNED = "returned", _("已退回")
        WITHDRAWN = "withdrawn", _("已撤回")

    firm = FirmId(_("初审结论"), shows=("said", "opinion"), at="made_at", by="made_by")
    rulebook = models.CharField(max_length=60)
    result = models.CharField(max_length=64)
    basis = models.CharField(max_length=64)
    word = models.CharField(_("初审结论"), max_length=12)
    opinion = models.CharField(_("经办意见"), max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(_("退回原因"), max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "rulebook"], condition=models.Q(state="waiting"), name="one_open_conclusion"
            )
        ]

    @property
    def said(self) -> str:
        """What is concluded, as the paper of its rulebook calls it."""
        return worded(paper_of(self.rulebook).word(self.word))
