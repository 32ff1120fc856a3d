"""The process of background jobs beside the web server (后台进程): started with it, started again when it dies."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import Final

PAUSE: Final = 3.0
"""Seconds before another is started, so that one that dies at once does not fill the machine."""


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
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
            self._process.wait()
            self._stopping.wait(PAUSE)
