"""Back-ups of installations with people and files, made by the command as its users have it."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path

from tests.command import YIHENG
from tests.web import served


def yiheng(env: dict[str, str], *arguments: object, code: int = 0) -> str:
    done = subprocess.run(
        [YIHENG, *map(str, arguments)], env=env, capture_output=True, encoding="utf-8", timeout=300
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def back_up(target: Path, examples: tuple[str, ...]) -> Path:
    path = target / "saved.zip"
    with served.loaded(examples=examples) as env:
        folder = Path(env["YIHENG_HOME"]) / "publications" / "demo"
        folder.mkdir(parents=True)
        (folder / "说明.txt").write_text("公开材料", encoding="utf-8")
        (folder / "附件.txt").write_text("附件", encoding="utf-8")
        yiheng(env, "backup", path)
        assert "已存在" in yiheng(env, "backup", path, code=2)
    return path


def manifest(path: Path) -> dict[str, object]:
    with zipfile.ZipFile(path) as archive:
        found: dict[str, object] = json.loads(archive.read("manifest.json"))
    return found


def changed(path: Path, target: Path, name: str, data: bytes) -> Path:
    """A copy of the back-up with other content in one member."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as to:
        for member in source.namelist():
            to.writestr(member, data if member == name else source.read(member))
    return target
