"""``rongtong serve``: the portal on an alliance folder."""

from __future__ import annotations

from typing import Annotated

import typer

from rongtong.cli import output
from rongtong.cli.options import AsJson, Home, home_of
from rongtong.cli.progress import progress
from rongtong.i18n import _, mark
from rongtong.portal import hosting

Host = Annotated[str, typer.Option("--host", help=mark("监听地址"))]
Port = Annotated[int, typer.Option("--port", help=mark("端口；被占用时取后面第一个空闲的"))]
Processes = Annotated[int, typer.Option("--processes", min=1, help=mark("网页服务的进程数"))]

Minutes = Annotated[float | None, typer.Option("--minutes", min=0, help=mark("到时自动结束，分钟"))]


def run(
    home: Home = None,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    processes: Processes = 2,
    minutes: Minutes = None,
    as_json: AsJson = False,
) -> None:
    """Prepare and serve until interrupted."""
    folder = home_of(home)
    hosting.settle_in(folder)
    from rongtong.portal.hosting import preparing, serving  # noqa: PLC0415 -- Django must be loaded first

    with progress() as step:
        preparing.prepare(step)
    chosen = serving.free_port(host, port)
    with serving.running(folder, host, chosen, processes=processes) as started:
        url = f"http://{host}:{chosen}/"
        if as_json:
            output.document({"url": url, "processes": [one.pid for one in started]})
        else:
            output.show(_("平台已打开：{url}　Ctrl-C 结束", url=url))
        serving.watch(started, seconds=minutes and minutes * 60)
