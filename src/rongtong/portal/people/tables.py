"""Who may do what, as files. No telephone stands in them."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.portal.design.tables import PairTable, Table
from rongtong.portal.people.models import Claim, Grant


class AuthorisationTable(PairTable):
    """One row a claim that waits or an authorisation in force."""

    user = tables.Column(accessor="0__user", verbose_name=gettext_lazy("姓名"))
    capacity = tables.Column(accessor="0__capacity", verbose_name=gettext_lazy("授权身份"))
    valid_until = tables.Column(accessor="0__valid_until", verbose_name=gettext_lazy("授权有效期至"))
    state = tables.Column(empty_values=(), verbose_name=gettext_lazy("状态"))

    class Meta(Table.Meta):
        pass

    def value_state(self, record: tuple[Claim | Grant, object]) -> str:
        """Whether it waits or is in force."""
        one = record[0]
        return str(one.get_state_display()) if isinstance(one, Claim) else _("在用")


class GrantTable(Table):
    """One row a role in force."""

    user = tables.Column(verbose_name=gettext_lazy("姓名"))
    role = tables.Column(verbose_name=gettext_lazy("角色"))
    district = tables.Column(verbose_name=gettext_lazy("区市"))
    valid_until = tables.Column(verbose_name=gettext_lazy("有效期至"))

    class Meta(Table.Meta):
        pass
