"""A list on its way through the comparison."""

from __future__ import annotations

from pathlib import Path, PurePath

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongtong import lists
from rongtong.portal.jobs.models import Job


class Comparison(models.Model):
    """One list: the workbook or the pasted lines, which columns hold what, and what to fill in.

    What people answer of its rows is the alliance's (:mod:`rongtong.facts.answers`), for other lists too.
    """

    file = models.FileField(upload_to="comparisons/")
    name = models.CharField(_("名单"), max_length=200)
    sheet = models.CharField(max_length=200, blank=True)
    columns = models.JSONField(default=dict)
    fields = models.JSONField(default=list)
    counts = models.JSONField(null=True)
    #: The answers with which it was filled (:func:`rongtong.portal.comparison.queries.stamp`).
    stamp = models.CharField(max_length=64, blank=True)
    #: The rights of whoever made it, with which it was filled.
    rights = models.CharField(max_length=64, blank=True)
    snapshot = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> Path:
        """Where the matches and the filled workbook are kept."""
        return Path(settings.MEDIA_ROOT) / "compared" / str(self.pk)

    @property
    def filled(self) -> Path:
        """The list, filled: of its own kind where that can be."""
        return self.folder / f"filled{lists.kind_of(self.name)}"

    @property
    def kind_before(self) -> str:
        """The suffix of a list that comes back as another kind of file, "" where it comes back as its own."""
        suffix = PurePath(self.name).suffix.lower()
        return "" if suffix in (self.filled.suffix, ".xlsm") else suffix
