"""`yiheng user` and `yiheng verify-log`: accounts and the proof of the log on the terminal."""

import sqlite3
import subprocess
from pathlib import Path

import pytest
from tests.command import DEMO, EXAMPLES, YIHENG, copied, data, environment, run

PASSWORD = "four-words-in-a-row"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A data folder of the test's own, with the synthetic bureau."""
    home = copied(tmp_path / "home")
    run(home, "load", EXAMPLES / DEMO)
    return home


def add(home: Path, *arguments: str, password: str = PASSWORD, code: int = 0) -> str:
    done = subprocess.run(
        [YIHENG, "user", "add", *arguments],
        env=environment(home), input=f"{password}\n", capture_output=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert password not in done.stdout + done.stderr
    return done.stdout + done.stderr


def test_accounts_posts_and_passwords(own: Path) -> None:
    assert "还没有账号" in run(own, "user", "list").stdout
    assert "甲（jia）" in add(own, "jia", "--name", "甲")
    add(own, "guan", "--name", "管理甲", "--administrator", "system_admin")
    assert "已被使用" in add(own, "jia", "--name", "乙", code=2)
    assert "至少要有 10 个" in add(own, "bing", "--name", "丙", password="short", code=2)
    assert "示例市医疗保障局" in run(own, "user", "post", "jia", "preparer", "demo-main").stdout
    assert "三员分立" in run(own, "user", "post", "guan", "preparer", "demo-main", code=2).stderr
    assert "没有登录名" in run(own, "user", "password", "nobody", code=2).stderr
    assert "只显示这一次" in run(own, "user", "password", "guan").stdout
    assert "重新启用" in run(own, "user", "factor", "guan").stdout
    guan, jia = data(own, "user", "list")
    assert (guan["administrator"], guan["posts"]) == ("system_admin", [])
    assert jia["posts"] == [{"role": "preparer", "unit": "demo-main"}]
    assert "demo-main：经办" in run(own, "user", "list").stdout


def test_the_log_is_proved_and_a_change_behind_its_back_is_found(own: Path) -> None:
    add(own, "jia", "--name", "甲")
    assert "首尾相接" in run(own, "verify-log").stdout
    good = data(own, "verify-log")
    assert good["defects"] == [] and good["entries"] > 10 and len(good["last_hash"]) == 64
    with sqlite3.connect(own / "yiheng.sqlite3") as database:
        database.execute("DROP TRIGGER people_logentry_no_update")
        database.execute("UPDATE people_logentry SET actor = '别人' WHERE id = 3")
    assert "第 3 条" in run(own, "verify-log", code=1).stderr
    assert [defect["entry"] for defect in data(own, "verify-log", code=1)["defects"]] == [3]


def test_there_is_nothing_to_prove_without_a_database(tmp_path: Path) -> None:
    assert "还没有台账" in run(tmp_path / "none", "verify-log", code=3).stderr
