"""Many people at work at once: nine requests of ten read, one writes, with time to think between them.

    python -m bench.web.crowd PLAN.json

A process of its own, since locust replaces the standard library's blocking calls. PLAN.json has `address`, `sessions`,
`pages` (name → path), `seconds`, `think` (mean seconds) and `seed`. Prints one JSON object.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any, ClassVar

import gevent
from bench.web.place import CSRF, YEAR
from locust import FastHttpUser, task
from locust.env import Environment

CELL = {"sheet": "支出预算", "column": "金额"}
"""Where comments stand: the grid calls sheet and column by their titles."""
SHED = 503
"""Turned away because the server was busy: told apart from errors."""


class Person(FastHttpUser):
    """Somebody who has signed in and works on the synthetic department."""

    plan: ClassVar[dict[str, Any]] = {}
    free: ClassVar[list[str]] = []
    shed: ClassVar[int] = 0
    abstract = False

    def on_start(self) -> None:
        """Take a session that nobody has."""
        self.rows: list[str] = []
        self.chance = random.Random(f"{self.plan['seed']}-{len(self.free)}")
        self.headers = {
            "Cookie": f"sessionid={self.free.pop()}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
            "Referer": self.plan["address"],
            # The server has closed a connection long before the next request of somebody who thinks.
            "Connection": "close",
        }
        gevent.sleep(
            self.wait_time()
        )  # as if they had been at work before: the rate is the same from the start

    def wait_time(self) -> float:
        """Time to think: mostly short, sometimes long."""
        return self.chance.expovariate(1 / self.plan["think"])

    @task(90)
    def read(self) -> None:
        """Open some page."""
        name = self.chance.choice(sorted(self.plan["pages"]))
        self._ask("GET", self.plan["pages"][name], name)

    @task(5)
    def comment(self) -> None:
        """Put a comment on a cell."""
        if not self.rows:
            self._rows()
        if self.rows:
            where = CELL | {"row": self.chance.choice(self.rows), "text": "请核对（测速）"}
            self._ask("POST", f"{YEAR}comments/add/", "写批注", data=where | {"work": "budget"})

    @task(5)
    def save(self) -> None:
        """Change an amount in the grid. That somebody else changed the row meanwhile is an answer, no error."""
        rows = self._rows()
        if not rows:
            return
        row = self.chance.choice(rows)
        changed = {"row": row["key"], "key": row["key"], "version": row["version"]}
        changed["cells"] = {"amount": f"{self.chance.randrange(1, 10**8) / 100:.2f}"}
        sent = {"stage": "one_up", "rows": [changed]}
        self._ask("POST", f"{YEAR}budget/grid/budget_lines/save/", "保存表格", json=sent)

    def _rows(self) -> list[dict[str, Any]]:
        """The rows of the grid as they are now."""
        got = self._ask("GET", f"{YEAR}budget/grid/budget_lines/data/?stage=one_up", "取表格")
        rows: list[dict[str, Any]] = got["rows"] if got else []
        self.rows = [row["key"] for row in rows] or self.rows
        return rows

    def _ask(self, method: str, path: str, name: str, **sent: Any) -> Any:
        with self.client.request(
            method, path, name=name, headers=self.headers, catch_response=True, allow_redirects=False, **sent
        ) as answer:
            if answer.status_code == SHED:
                Person.shed += 1
                answer.success()
                return None
            leads = (answer.headers or {}).get("Location", "")
            led_to_log_in = "/account/" in leads
            if answer.status_code >= 400 or led_to_log_in or not answer.status_code:
                said = getattr(answer, "error", None) or (answer.text or "")[:200]
                answer.failure(f"{answer.status_code} {leads} {said}")
                return None
            answer.success()
            return answer.json() if "json" in (answer.headers or {}).get("Content-Type", "") else None


def main() -> None:
    """Run the crowd for the time asked for."""
    plan = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Person.plan, Person.free, Person.host = plan, list(plan["sessions"]), plan["address"]
    env = Environment(user_classes=[Person], stop_timeout=30)  # what was asked is waited for
    runner = env.create_local_runner()
    count = len(plan["sessions"])
    runner.start(count, spawn_rate=count)
    gevent.sleep(plan["seconds"])
    runner.quit()
    total = env.stats.total
    ways = [env.stats.get(name, method) for name, method in env.stats.entries]
    json.dump(
        {
            "requests": total.num_requests, "rate": total.total_rps, "errors": total.num_failures, "shed": Person.shed,
            "all": _times(total),
            "reading": {e.name: _times(e) for e in ways if e.method == "GET"},
            "writing": {e.name: _times(e) for e in ways if e.method == "POST"},
            "failures": sorted({f"{e.method} {e.name}: {e.error}"[:300] for e in env.stats.errors.values()}),
        },
        sys.stdout, ensure_ascii=False,
    )  # fmt: skip


def _times(entry: Any) -> dict[str, Any]:
    p50, p95 = (entry.get_response_time_percentile(share) for share in (0.5, 0.95))
    return {"requests": entry.num_requests, "p50": p50, "p95": p95}


if __name__ == "__main__":
    main()
