"""Channels by which a one-time code reaches a telephone: any function ``send(phone, code)`` will do."""

from __future__ import annotations

from rongtong.errors import InputError
from rongtong.i18n import _


def nobody(phone: str, code: str) -> None:
    """No channel is set: say so, rather than let somebody wait for a message."""
    del phone, code
    raise InputError(_("这里还没有接通短信"), mend=_("请用密码登录，或请管理员配置短信通道"))


def screen(phone: str, code: str) -> None:
    """The demonstration's channel: the page itself shows the code and says that it does."""
    del phone, code
