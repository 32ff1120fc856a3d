"""The process of background jobs beside the web server (后台进程): started with it, started again when it dies."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from typing import Final

PARENT: Final = "YIHENG_COMPANION_OF"
"""Variable that tells the process whose companion it is; it ends when that process is gone, however it ended."""
PAUSE: Final = 3.0
"""Seconds before another is started, so that one that dies at once does not fill the machine."""


def end_with_parent(stopping: threading.Event) -> None:
    """In the companion: set the event when the server that started this process is gone, also when it was killed."""
    parent = os.environ.get(PARENT)
    if not parent:
        return

    def watch() -> None:
        while os.getppid() == int(parent):
            time.sleep(2)
        stopping.set()

    threading.Thread(target=watch, name="parent", daemon=True).start()


class Companion:
    """Runs `yiheng worker` until `stop`."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watch = threading.Thread(target=self._keep, name="companion", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._watch.start()

    def stop(self) -> None:
        """Ask the process to end and wait for it; a job that it worked on is taken up by the next one."""
        self._stopping.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._process = subprocess.Popen(
                [sys.executable, "-c", "from yiheng.cli import main; main()", "worker"],
                env=os.environ | {PARENT: str(os.getpid())},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
            self._process.wait()
            self._stopping.wait(PAUSE)
