"""What the web application costs and how many people it bears, beside an empty Django view under the same server.

    python -m bench.web [--people 200 800 200] [--seconds 60] [--think 5] [--processes 2] [--database sqlite postgresql]

Three measurements on the synthetic bureau, each on SQLite and on a PostgreSQL of its own (scripts/postgres.sh):
processor time a request of each reading page, nobody else asking, as a ratio to the empty view; the server's own time
of the same requests (p95); then a crowd of people who have signed in, nine requests of ten reading, one writing, or
several crowds one after the other on the same server: does it come back after too many?
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

import psutil
import requests
from bench.web.place import READING, people
from tests import once
from tests.command import DEMO
from tests.web.served import REPOSITORY, free_port, loaded, server

WARM = 3
"""Requests of each page before the clock starts: papers are assembled once for all."""


@dataclass(frozen=True)
class Cost:
    """What a page costs: processor milliseconds a request, and the server's own p95 in milliseconds."""

    processor: float
    p95: float
    size: int


def main() -> None:
    """Run the measurements and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--people", type=int, nargs="+", default=[200], help="people at work at once, crowd by crowd"
    )
    parser.add_argument("--seconds", type=int, default=60, help="how long the crowd works")
    parser.add_argument(
        "--think", type=float, default=5.0, help="mean seconds between two requests of a person"
    )
    parser.add_argument(
        "--processes", type=int, default=os.cpu_count() or 1, help="of the server, for the crowd"
    )
    parser.add_argument("--requests", type=int, default=40, help="of each page, for its cost")
    parser.add_argument(
        "--database", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"]
    )
    options = parser.parse_args()
    bare = _empty(max(options.requests * 5, 200))
    print(f"empty Django view, same server: {bare:.2f} ms of processor time a request")
    for database in options.database:
        with _on(database):
            _measure(database, options, bare)


def _measure(database: str, options: argparse.Namespace, bare: float) -> None:
    with loaded(examples=(DEMO,)) as env:
        env |= {"YIHENG_LOG": "INFO"}
        sessions = people(env, max(options.people))
        with server(env) as address:
            costs, absent = _costs(
                address, sessions[0], Path(env["YIHENG_HOME"]) / "serve.log", options.requests
            )
        print(f"\n{database}: one person, {options.requests} requests a page, one process")
        print(
            f"  {'page':20}{'processor ms':>14}{'of the empty view':>20}{'server p95 ms':>16}{'KB sent':>10}"
        )
        for name, cost in costs.items():
            ratio = cost.processor / bare
            print(f"  {name:20}{cost.processor:14.1f}{ratio:20.1f}{cost.p95:16.1f}{cost.size / 1000:10.1f}")
        if absent:
            print(f"  not there: {'、'.join(absent)}")
        pages = {name: READING[name] for name in costs}
        with server(env, processes=options.processes) as address:
            _open_all(address, sessions[0], pages, options.processes)
            for count in options.people:
                _report(_crowd(address, sessions[:count], pages, options), count, options)


def _report(found: dict[str, Any], count: int, options: argparse.Namespace) -> None:
    print(f"  crowd: {count} people for {options.seconds} s, {options.think} s to think on average")
    print(
        f"    {options.processes} processes of the server, {found['requests']} requests, {found['rate']:.1f} a second"
    )
    print(f"    {found['errors']} errors, {found['shed']} shed (503)")
    rows = [*sorted(found["reading"].items()), *sorted(found["writing"].items()), ("all", found["all"])]
    for name, times in rows:
        print(f"    {name:20}{times['requests']:8}  p50 {times['p50']:7.0f} ms  p95 {times['p95']:7.0f} ms")
    for failure in found["failures"][:10]:
        print(f"    error: {failure}")


def _empty(count: int) -> float:
    """Processor milliseconds of a request to the empty view."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.web.empty", str(port)], cwd=REPOSITORY)
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(300):
            with contextlib.suppress(URLError, ConnectionError), urllib.request.urlopen(address):
                break
            time.sleep(0.1)
        with requests.Session() as session:
            for _ in range(WARM):
                session.get(address).raise_for_status()
            before = _processor(process.pid)
            for _ in range(count):
                session.get(address).raise_for_status()
            return (_processor(process.pid) - before) / count * 1000
    finally:
        process.terminate()
        process.wait(30)


def _costs(address: str, key: str, log: Path, count: int) -> tuple[dict[str, Cost], list[str]]:
    """The cost of each page that is there, and the names of those that are not."""
    serving = _listener(address)
    costs: dict[str, Cost] = {}
    absent = []
    with requests.Session() as session:
        session.cookies.set("sessionid", key)
        for name, path in READING.items():
            answers = [session.get(address + path) for _ in range(WARM)]
            if answers[-1].status_code == 404:
                absent.append(name)
                continue
            answers[-1].raise_for_status()
            seen = log.stat().st_size
            before = _processor(serving)
            for _ in range(count):
                answer = session.get(address + path, stream=True)
                size = len(answer.raw.read())
            spent = _processor(serving) - before
            costs[name] = Cost(spent / count * 1000, _p95(_server_times(log, seen)), size)
    return costs, absent


def _server_times(log: Path, seen: int) -> list[float]:
    """The milliseconds that the server itself noted since then."""
    with log.open("rb") as file:
        file.seek(seen)
        lines = [line for line in file.read().decode().splitlines() if line.startswith("{")]
    return [row["ms"] for line in lines if "ms" in (row := json.loads(line))]


def _p95(times: list[float]) -> float:
    ordered = sorted(times)
    return ordered[max(math.ceil(len(ordered) * 0.95) - 1, 0)] if ordered else math.nan


def _listener(address: str) -> int:
    """The process that listens there; those that answer are its children."""
    port = address.rpartition(":")[2]
    for process in psutil.Process().children():
        words = process.cmdline()
        if "--port" in words and words[words.index("--port") + 1] == port:
            return process.pid
    raise RuntimeError(f"nobody listens on {address}")


def _processor(pid: int) -> float:
    """Processor seconds of a process and its children so far, the worker of background jobs apart."""
    total = 0.0
    parent = psutil.Process(pid)
    for process in (parent, *parent.children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            if "worker" not in process.cmdline():
                times = process.cpu_times()
                total += times.user + times.system
    return total


def _open_all(address: str, key: str, pages: dict[str, str], processes: int) -> None:
    """Let each process of the server assemble its papers before many ask for them."""
    for path in [*pages.values()] * processes * 2:
        with contextlib.suppress(HTTPError):
            requests.get(address + path, cookies={"sessionid": key}, timeout=60)


def _crowd(
    address: str, sessions: list[str], pages: dict[str, str], options: argparse.Namespace
) -> dict[str, Any]:
    plan = {
        "address": address, "sessions": sessions, "pages": pages, "seconds": options.seconds, "think": options.think,
        "seed": 2024,
    }  # fmt: skip
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(plan, file)
        file.flush()
        done = subprocess.run(
            [sys.executable, "-m", "bench.web.crowd", file.name], cwd=REPOSITORY, stdout=subprocess.PIPE, check=True,
            timeout=options.seconds + 120, encoding="utf-8",
        )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextlib.contextmanager
def _on(database: str) -> Iterator[None]:
    """Let `loaded` make its databases there."""
    if database == "sqlite":
        yield
        return
    script = [str(REPOSITORY / "scripts" / "postgres.sh")]
    os.environ["YIHENG_PG_STATE"] = f"build/bench-postgres.{os.getpid()}.where"
    subprocess.run([*script, "start"], check=True)
    try:
        found = subprocess.run([*script, "url"], check=True, stdout=subprocess.PIPE, encoding="utf-8")
        os.environ["DATABASE_URL"] = found.stdout.strip()
        yield
    finally:
        once.end()
        os.environ.pop("DATABASE_URL", None)
        subprocess.run([*script, "stop"], check=True)


if __name__ == "__main__":
    main()
