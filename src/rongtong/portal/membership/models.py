"""Applications and members."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongtong.portal.days import today
from rongtong.portal.firm_ids import FirmId


class Kind(models.TextChoices):
    """What a member is."""

    MEMBER = "member", _("会员")
    COUNCIL = "council", _("理事")
    VICE_CHAIR = "vice_chair", _("副理事长")
    CHAIR = "chair", _("理事长单位")
    INVITED = "invited", _("特邀")


class Application(models.Model):
    """A firm's application to join."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("待盖章上传")
        SUBMITTED = "submitted", _("待审核")
        ACCEPTED = "accepted", _("已通过")
        RETURNED = "returned", _("已退回")

    firm = FirmId(_("入会申请"), shows=("kind", "contact"), at="made_at", by="made_by")
    kind = models.CharField(_("申请类别"), max_length=12, choices=Kind.choices, default=Kind.MEMBER)
    contact = models.CharField(_("联系人"), max_length=40)
    phone = models.CharField(_("联系电话"), max_length=20)
    wish = models.TextField(_("入会诉求"), max_length=400, blank=True)
    scan = models.FileField(_("盖章申请表"), upload_to="applications/", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    reason = models.CharField(_("退回原因"), max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]


class Member(models.Model):
    """A firm's membership: as what, in which working group, since when, and until when."""

    firm = FirmId(_("会员资格"), shows=("kind", "group"), at="since", by="application__decided_by")
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices, default=Kind.MEMBER)
    group = models.CharField(_("专业工作组"), max_length=60, blank=True)
    since = models.DateField(_("入会日期"), default=today)
    left = models.DateField(_("退会日期"), null=True, blank=True)
    reason = models.CharField(_("退会原因"), max_length=200, blank=True)
    application = models.ForeignKey(Application, null=True, on_delete=models.PROTECT, related_name="members")

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm"], condition=models.Q(left__isnull=True), name="one_membership_a_firm"
            )
        ]
