"""Command of the web application: serve."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from yiheng.cli import support


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    support.add(app, "serve", serve)


def serve(
    host: Annotated[str, typer.Option("--host", help="监听地址；默认只供本机访问。")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="端口。")] = 8000,
    processes: Annotated[int, typer.Option("--processes", help="服务进程数；0 为处理器核数。")] = 0,
    threads: Annotated[int, typer.Option("--threads", help="每个进程的线程数。")] = 32,
    worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="是否同时启动执行后台作业的进程。")
    ] = True,
) -> None:
    """启动网页：工作台、公开网站和接口；按 Ctrl+C 停止。"""
    from django.conf import settings
    from django.db import connections

    # Before anything counts requests: the counts of all processes lie in one folder.
    metrics = Path(settings.YIHENG_HOME) / "metrics"
    shutil.rmtree(metrics, ignore_errors=True)
    metrics.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = settings.METRICS_FOLDER = str(metrics)

    from yiheng.pipelines.backup.marked import unfinished
    from yiheng.web import server, setup_code
    from yiheng.web.companion import Companion

    support.open_database(create=True, half_restored=True)
    server.collect_static()
    code = setup_code.announce()
    companion = Companion() if worker else None
    connections.close_all()  # each process of the server opens its own
    address = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}/"

    def ready() -> None:
        support.say(f"医衡已启动：{address}（数据：{support.location()}）")
        if unfinished():
            support.say(f"上次恢复没有完成。请打开 {address}setup/ 重新恢复，一次性设置码：{code}")
        elif code:
            support.say(f"还没有任何账号。请打开 {address}setup/ 完成首次设置，一次性设置码：{code}")
        sys.stdout.flush()
        if companion:
            companion.start()

    try:
        server.run(host, port, processes=processes or os.cpu_count() or 1, threads=threads, ready=ready)
    finally:
        if companion:
            companion.stop()
