"""The demonstration's portal: the sample alliance served, with one sign-in for each role."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from rongtong.cli import output
from rongtong.cli.progress import Report
from rongtong.i18n import _
from rongtong.portal import hosting

#: Where nobody sits before the screen to press Ctrl-C, the portal ends by itself.
MINUTES = 60
HOST, PORT = "127.0.0.1", 8000


def surroundings(day: str) -> dict[str, str]:
    """The settings of a demonstration, for which it is always *day* (ISO): messages are shown or kept, none is sent."""
    return {
        "RONGTONG_DEMO": "1",
        "RONGTONG_TODAY": day,
        "RONGTONG_SMS": "rongtong.portal.people.channels.screen",
        "RONGTONG_NOTICE_SMS": "rongtong.portal.notifications.channels.folder",
        "RONGTONG_NOTICE_EMAIL": "rongtong.portal.notifications.channels.folder",
    }


def prepare(home: Path, day: str, members: Collection[str], step: Report) -> list[dict[str, str]]:
    """Make the portal's database on *home*, with the sample's people and *members* (codes); their sign-ins."""
    os.environ |= surroundings(day)
    hosting.settle_in(home)
    from rongtong.portal import showcase, showcase_cooperation  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.hosting import preparing  # noqa: PLC0415 -- Django must be loaded first

    preparing.prepare(step)
    people = showcase.people()
    showcase.members(members, datetime.date.fromisoformat(day))
    showcase.contacts()
    step(_("发布需求并对接"), 0.95)
    showcase_cooperation.cooperation()
    return [{"role": str(grant), "name": grant.user.name, "phone": grant.user.phone} for grant in people]


def serve(home: Path, people: list[dict[str, str]]) -> None:
    """Serve until Ctrl-C; in the background when nobody can press it."""
    if not sys.stdin.isatty():
        url, pid = in_background(home)
        show(url, people, _("在后台运行，{n} 分钟后自动结束；提前结束：kill {pid}", n=MINUTES, pid=pid))
        return
    from rongtong.portal.hosting import serving  # noqa: PLC0415 -- loaded by `prepare`

    port = serving.free_port(HOST, PORT)
    url = f"http://{HOST}:{port}/"
    with serving.running(home, HOST, port) as started:
        show(url, people, _("Ctrl-C 结束"))
        serving.watch(started)


def served(home: Path, people: list[dict[str, str]]) -> dict[str, object]:
    """The same for programs: the portal in the background, its address and process, and who can sign in."""
    url, pid = in_background(home)
    return {"portal": {"url": url, "pid": pid, "people": people}}


def in_background(home: Path) -> tuple[str, int]:
    """Serve for an hour, or until the process is killed; its address and number."""
    from rongtong.portal.hosting import serving  # noqa: PLC0415 -- loaded by `prepare`

    port = serving.free_port(HOST, PORT)
    url = f"http://{HOST}:{port}/"
    about = {"--home": home, "--port": port, "--minutes": MINUTES}
    command = [sys.executable, "-m", "rongtong", "serve", *(str(word) for pair in about.items() for word in pair)]
    kept = home / "portal" / "serve.log"
    with kept.open("ab") as log:
        served = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 -- our own interpreter
    serving.wait_until_it_answers(url, [served], log=kept)
    return url, served.pid


def show(url: str, people: list[dict[str, str]], ending: str) -> None:
    """The address, and who can sign in."""
    output.show("", _("平台已打开：{url}　{ending}", url=url, ending=ending))
    rows = ([one["role"], one["name"], one["phone"]] for one in people)
    output.show(output.table([_("角色"), _("姓名"), _("用这个手机号登录，验证码显示在页面上")], rows))
    output.show(*rounds())


def rounds() -> tuple[str, ...]:
    """What to do there: two threads, by the names of the menus."""
    return (
        _("可以这样看："),
        _("  从需求到合同：周喆 → 需求大厅 → 发布需求；张昇 → 对接"),
        _("  谁符合、缺什么：王敏 → 审核催办 → 只差一步、调一调界限；张昇 → 达标"),
    )
