"""The `yiheng` command (命令行)."""

from yiheng.cli.app import main

__all__ = ["main"]
