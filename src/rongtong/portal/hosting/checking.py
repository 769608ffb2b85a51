"""What is wrong with a deployment: each thing checked, and the mend."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from rongtong import facts, qualify
from rongtong.errors import InputError
from rongtong.facts.answers import moves_facts
from rongtong.i18n import _, mark
from rongtong.portal.audit import last_entry
from rongtong.portal.audit.queries import first_break
from rongtong.portal.jobs.models import Job
from rongtong.portal.registry import current, projections
from rongtong.portal.registry.current import alliance
from rongtong.portal.registry.ending import unended
from rongtong.portal.registry.models import Current

LEAST_SPACE = 2 << 30
SLOW = timedelta(minutes=2)


@dataclass(frozen=True)
class Finding:
    """One thing checked: whether it is well, and if not, what is wrong and what to do."""

    what: str
    well: bool
    wrong: str = ""
    mend: str = ""


def findings() -> Iterator[Finding]:
    """Everything checked, one after the other; a check that cannot be made is a finding itself."""
    for what, check in CHECKS:
        try:
            wrong, mend = check()
        except (InputError, OSError, ValueError, DatabaseError) as error:
            wrong, mend = str(error), getattr(error, "mend", "") or _("请先处理上面的问题")
        yield Finding(_(what), not wrong, wrong, mend)


Told = tuple[str, str]
WELL: Told = ("", "")
KEEP, REBUILD = mark("请保留现场，并用最近的备份核对"), mark("请运行 rongtong project 重建")


def _journal() -> Told:
    alliance().log.verify()
    return WELL


def _space() -> Told:
    free = shutil.disk_usage(settings.HOME).free
    return WELL if free > LEAST_SPACE else (_("只剩 {n} MB", n=free >> 20), _("请腾出空间"))


def _secret() -> Told:
    file = settings.STORE / "secret"
    if file.is_file() and stat.S_IMODE(file.stat().st_mode) & 0o077:
        return _("别人也能读"), f"chmod 600 {file}"
    return WELL


def _tables() -> Told:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return (_("有 {n} 项结构更新未执行", n=len(plan)), _("请重新运行 rongtong serve，它会自动更新")) if plan else WELL


def _trail() -> Told:
    broken, gone = first_break(), last_entry.cut()
    if broken:
        return _("第 {n} 条起对不上", n=broken), _(KEEP)
    return (_("末尾被删改：平台记到第 {n} 条", n=gone), _(KEEP)) if gone else WELL


def _projections() -> Told:
    shown = Current.objects.first()
    if shown is None or shown.digest == projections.digest() == projections.digest_of(current.snapshot()):
        return WELL
    return _("与快照不一致"), _(REBUILD)


def _snapshot() -> Told:
    """Queues, titles and figures are read from its tables."""
    if Current.objects.first() is None:
        return WELL
    wrong = next((one for one in facts.verify(alliance(), current.snapshot()) if not one.holds), None)
    return (f"{wrong.what}：{wrong.difference}", _(REBUILD)) if wrong else WELL


def _results() -> Told:
    shown = Current.objects.first()
    for rulebook, name in (shown.results if shown else {}).items():
        answer = qualify.verify(settings.HOME / "results" / name, current.snapshot())
        if not answer.holds:
            return f"{rulebook}：{answer.first_difference}", _(REBUILD)
    return WELL


def _ended() -> Told:
    left = len(unended(alliance()))
    return (_("有 {n} 条台账平台还没有记下", n=left), _("请重新运行 rongtong serve，它会自动补记")) if left else WELL


def _behind() -> Told:
    shown, entries = Current.objects.first(), alliance().journal()
    late = [one for one in entries[shown.head if shown else len(entries) :] if moves_facts(one, entries)]
    return (_("页面落后 {n} 条", n=len(late)), _("请确认后台进程在运行")) if late else WELL


def _jobs() -> Told:
    late = Job.objects.filter(state=Job.State.WAITING, made_at__lt=timezone.now() - SLOW).count()
    return (_("有 {n} 个任务等了两分钟以上", n=late), _("请确认后台进程在运行")) if late else WELL


def _demo() -> Told:
    return (_("演示模式打开：验证码会显示在页面上"), _("正式使用前请去掉 RONGTONG_DEMO")) if settings.DEMO else WELL


def _sms() -> Told:
    return WELL if settings.DEMO or not settings.SMS_CHANNEL.endswith(".nobody") else (
        _("没有接通短信，只能用密码登录"), _("请设置 RONGTONG_SMS")
    )  # fmt: skip


def _https() -> Told:
    return (
        WELL if settings.SESSION_COOKIE_SECURE else (_("没有启用 HTTPS"), _("放在反向代理之后并设置 RONGTONG_HTTPS=1"))
    )


def _django() -> Told:
    told = [one for one in checks.run_checks() if one.level >= checks.ERROR]
    return (told[0].msg, told[0].hint or "") if told else WELL


CHECKS: tuple[tuple[str, Callable[[], Told]], ...] = (
    (mark("台账的链条"), _journal),
    (mark("磁盘空间"), _space),
    (mark("签名密钥的权限"), _secret),
    (mark("程序设置"), _django),
    (mark("数据库结构"), _tables),
    (mark("操作记录的链条"), _trail),
    (mark("台账在平台都有记录"), _ended),
    (mark("快照核对"), _snapshot),
    (mark("预审结果核对"), _results),
    (mark("页面数据与快照一致"), _projections),
    (mark("页面跟上台账"), _behind),
    (mark("后台任务"), _jobs),
    (mark("演示模式"), _demo),
    (mark("短信通道"), _sms),
    (mark("加密传输"), _https),
)
