"""What the bench measures on: the synthetic bureau, many people who have signed in, and which pages they open."""

from __future__ import annotations

import json
from typing import Final

from tests.web.served import REPOSITORY, program

YEAR: Final = "/years/demo/2024/"
READING: Final = {
    "工作台": "/workbench/",
    "年度": "/years/",
    "周期": YEAR,
    "项目库": f"{YEAR}budget/",
    "编制表格": f"{YEAR}budget/grid/budget_lines/?stage=one_up",
    "执行": f"{YEAR}execution/",
    "绩效": f"{YEAR}performance/",
    "预算报表": f"{YEAR}tables/budget/",
    "决算报表": f"{YEAR}tables/accounts/",
    "报告": f"{YEAR}report/accounts/",
    "公开": f"{YEAR}disclosure/",
    "审校": "/review/",
    "任务": "/jobs/",
    "规则": "/manage/policy/",
    "公开网站": "/site/",
}
"""Pages by name; one that an installation does not have is left out and named."""
CSRF: Final = "b" * 32
"""The form token of the made-up browsers: cookie and header agree, as in a page of ours."""

_PEOPLE: Final = """
import json, sys
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from yiheng.casework.operations.cycles import open_cycle
from yiheng.people import sessions
from yiheng.people.models import Post, User
from yiheng.web.screens.account import keeping

Store = import_module(settings.SESSION_ENGINE).SessionStore
open_cycle("demo", 2024, by=User.objects.get(username="jing"))
password = User.objects.get(username="jing").password
keys = []
for number in range(COUNT):
    user = User.objects.create(username=f"bench{number}", name=f"第{number}人（虚构）", password=password)
    Post.objects.create(user=user, role="preparer", unit="demo")
    session = Store()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), keeping.BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[keeping.HOW] = "password"
    session[keeping.TOKEN] = sessions.start(user, address="127.0.0.1", agent="bench", how="password")
    session.create()
    keys.append(session.session_key)
print(json.dumps(keys))
"""


def people(env: dict[str, str], count: int) -> list[str]:
    """Make that many preparers who have signed in; the keys of their sessions. Signing in itself is not measured:
    hashing a password takes long on purpose.
    """
    printed = program(env | {"PYTHONPATH": str(REPOSITORY)}, _PEOPLE.replace("COUNT", str(count)))
    found: list[str] = json.loads(printed)
    return found
