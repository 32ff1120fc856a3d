"""What the tests of this screen begin with: the synthetic department's cycle open for drafting, and shorthands."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

ROOT = "/years/demo/2024/budget/"


def open_cycle(unit: str = "demo", year: int = 2024) -> None:
    """Begin the cycle as the preparer does."""
    from yiheng.casework.operations.cycles import open_cycle as begin
    from yiheng.people.models import User

    begin(unit, year, by=User.objects.get(username="jing"))


def approve_first_up() -> None:
    """一上 goes through its chain, so that 一下 is open."""
    from yiheng.casework.models import Step
    from yiheng.casework.operations import approvals
    from yiheng.people.models import User

    person = {user.username: user for user in User.objects.all()}
    step = Step.objects.get(cycle__unit_id="demo", cycle__year=2024, key="first_up")
    made = approvals.submit(step, by=person["jing"])
    approvals.approve(made, by=person["zhang"])
    approvals.approve(made, by=person["gui"])


def sheet(client: Client, name: str = "budget_lines", stage: str = "one_up") -> dict[str, Any]:
    """The data of a grid."""
    found: dict[str, Any] = client.get(f"{ROOT}grid/{name}/data/?stage={stage}").json()
    return found


def send(
    client: Client, what: str, rows: list[dict[str, Any]], name: str = "budget_lines", stage: str = "one_up"
) -> Any:
    """Post changed rows to check or save."""
    return post(client, f"grid/{name}/{what}/", {"stage": stage, "rows": rows})


def post(client: Client, where: str, body: dict[str, Any]) -> Any:
    """Post JSON below the screen."""
    return client.post(f"{ROOT}{where}", json.dumps(body), content_type="application/json")


def change(row: dict[str, Any], **cells: str) -> dict[str, Any]:
    """One row with changed cells, as the page sends it."""
    return {"row": row["key"], "key": row["key"], "version": row["version"], "cells": cells}


def new(row: str, /, **cells: str) -> dict[str, Any]:
    """One new row."""
    return {"row": row, "key": "", "version": 0, "cells": cells}
