"""Command of background jobs: worker."""

from __future__ import annotations

import signal
import sys
import threading
from typing import Annotated

import typer

from yiheng.cli import support


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    support.add(app, "worker", worker)


def worker(
    once: Annotated[bool, typer.Option("--once", help="做完排队的作业就结束，不再等候。")] = False,
) -> None:
    """执行后台作业：生成公开材料、装载工作簿、审校文件；按 Ctrl+C 停止，做到一半的作业由下一个进程重做。"""
    from yiheng.casework import worker as loop
    from yiheng.pipelines.backup import restoring, unfinished
    from yiheng.pipelines.jobs import HANDLERS
    from yiheng.pipelines.refused import explained
    from yiheng.pipelines.tidy import Daily
    from yiheng.web.companion import end_with_parent

    support.open_database(create=True, half_restored=True)
    stopping = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopping.set())
    end_with_parent(stopping)
    if not once:
        support.say("后台进程已启动，等候作业。")
        sys.stdout.flush()
    done = loop.run(
        HANDLERS,
        explain=explained,
        stopping=stopping,
        once=once,
        ready=lambda: not restoring() and not unfinished(),
        between=(lambda: None) if once else Daily(),
    )
    support.say(f"后台进程已结束，共执行作业 {done} 项。")
