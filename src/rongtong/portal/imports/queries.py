"""Reads of uploads."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rongtong.portal.audit.queries import about
from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.imports.models import Return, Upload
from rongtong.portal.people.models import Role, User


def uploads(user: User) -> QuerySet[Upload]:
    """The uploads that *user* may see."""
    found = Upload.objects.select_related("made_by")
    if user.acts_as(Role.CITY_OFFICER):
        return found
    return found.filter(Q(made_by=user) | Q(district__in=user.districts))


def corrected(held: Upload) -> dict[tuple[str, str], str]:
    """What cells of the upload were said to read, by sheet and cell: the value, and who said so."""
    return {
        (one.detail["sheet"] or "", one.detail["cell"]): _("已更正为 {value}（{who}）").format(
            value=one.detail["value"], who=one.actor
        )
        for one in about(held, "imports.correct")
    }


def returned(held: Upload) -> set[tuple[str, str]]:
    """The cells of an upload that were sent back: sheet and cell."""
    return set(Return.objects.filter(upload=held).values_list("sheet", "cell"))


def waiting(user: User) -> Iterator[Waiting]:
    """Uploads of *user* that want a confirmation."""
    for held in Upload.objects.filter(made_by=user, state=Upload.State.READ):
        yield Waiting(_("核对并导入表格"), held.name, reverse("imports:upload", args=[held.pk]))
