"""Background jobs (后台作业): which pipeline does which kind of job. `HANDLERS` is what a worker is given.

Parameters come from the screens, which have asked the rights; what a person may load is asked again when it is written.
Every handler writes below the folder of its job, whole or not at all, and may be begun again after a kill.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from yiheng.casework.errors import CaseworkError
from yiheng.casework.operations.reviews import reviewed
from yiheng.casework.worker import Handler, Stop, Task
from yiheng.ledger.difference import Plan
from yiheng.people import logbook
from yiheng.pipelines import disclose, installation, reviewing
from yiheng.pipelines.backup import kept
from yiheng.pipelines.bundle import bundle
from yiheng.pipelines.load import LoadReport, load
from yiheng.pipelines.load_rights import refusals
from yiheng.pipelines.monitoring_paper import publish_monitoring
from yiheng.pipelines.progress import Cancelled, Progress
from yiheng.pipelines.publish import PublicationStopped, publish, publish_evaluation

MOST_PROBLEMS: Final = 500
"""Problems of a workbook that the result of a job lists."""
MOST_CHANGES: Final = 200
"""Changed rows that a load shows before it is confirmed."""


def watched(task: Task) -> Progress:
    """The progress of a pipeline as steps of a job; a cancelled job ends the pipeline."""

    def progress(step: str, done: int, total: int) -> None:
        try:
            task.tell(step, done, total)
        except Stop as stop:
            raise Cancelled from stop

    return progress


def _stoppable(handler: Handler) -> Handler:
    """Let a pipeline that was told to stop end as the worker expects it."""

    def run(task: Task) -> dict[str, Any]:
        try:
            return handler(task)
        except Cancelled as cancelled:
            raise Stop from cancelled

    return run


def _publish(task: Task) -> dict[str, Any]:
    """A package for downloading: `unit`, `year`, `kind`, `audience`."""
    policy, asked = installation.policy(), task.params
    read = disclose.department_year(asked["unit"], asked["year"], asked["kind"], policy)
    audience = asked.get("audience", "internal")
    fonts = installation.fonts()
    try:
        done = publish(
            read, policy, task.folder / disclose.OUT, audience=audience, fonts=fonts, progress=watched(task)
        )
    except PublicationStopped as refused:
        task.refuse(str(refused), disclose.stopped_data(refused))
        return {}
    return {"title": done.title, **_written(task, done.folder), **disclose.checks_data(done)}


def _prepare(task: Task) -> dict[str, Any]:
    """A draft for the public that waits to be certified: `unit`, `year`, `kind`, `reason` of a correction."""
    policy, asked = installation.policy(), task.params
    of = {name: asked[name] for name in ("unit", "year", "kind")}
    reason = asked.get("reason", "")
    try:
        done, at = disclose.draft(
            task.job, **of, policy=policy, fonts=installation.fonts(), progress=watched(task)
        )
    except PublicationStopped as refused:
        task.refuse(str(refused), disclose.stopped_data(refused))
        return {}
    with transaction.atomic():
        draft = disclose.keep(task.job, done, at, **of, reason=reason)
        task.finish({"title": done.title, "preparation": draft.pk, "files": done.files})
    return {}


def _load(task: Task) -> dict[str, Any]:
    """Uploaded workbooks into the ledger: `files`, `mapping`, `works` of a token. Asks before it writes
    (`operations.confirm`).
    """
    policy, user = installation.policy(), task.job.requested_by
    asked: dict[str, Any] = {}

    def confirm(plan: Plan) -> bool:
        if refused := refusals(plan, user, policy, task.params.get("works")):
            raise CaseworkError("；".join(refused))
        asked.update(content=plan.content_hash, state=plan.state)
        return bool(task.params.get("confirmed") == asked)

    report = load(
        _files(task),
        user,
        confirm,
        watched(task),
        task.params.get("mapping"),
        policy=policy,
        show_all=True,
        within=lambda found: task.finish(_loaded(found)),
    )
    if report.status == "cancelled":
        raise Stop
    if report.status == "declined":
        task.ask({**_loaded(report), "asks": asked})
    elif report.status == "refused":
        problem = f"文件有 {len(report.problems):,} 处问题，台账没有任何改动。请全部改正后重新上传。"
        task.refuse(problem, _loaded(report))
    return {}


def _loaded(report: LoadReport) -> dict[str, Any]:
    data = report.as_json()
    plan = report.plan
    return {
        **data,
        "problems": data["problems"][:MOST_PROBLEMS],
        "problem_count": len(report.problems),
        "difference": plan.describe(MOST_CHANGES) if plan is not None and not plan.is_empty else "",
    }


def _audit(task: Task) -> dict[str, Any]:
    """Uploaded documents audited: `files`. Today is the day on which rules of no year are in force."""
    entries = reviewing.review_files(
        _files(task), task.folder, installation.policy(), timezone.localdate(), watched(task)
    )
    with transaction.atomic():
        made = reviewed(task.job, entries)
        listed = [{"key": str(d.pk), "name": d.name, "problem": d.problem} for d in made]
        task.finish({"documents": listed})
    return {}


def _evaluation(task: Task) -> dict[str, Any]:
    """The evaluation's paper: `unit`, `year`, `kind`, `framework`, `audience`."""
    policy, asked = installation.policy(), task.params
    read = disclose.department_year(asked["unit"], asked["year"], asked["kind"], policy)
    try:
        done = publish_evaluation(
            read,
            policy,
            task.folder / disclose.OUT,
            framework=asked.get("framework", ""),
            audience=asked.get("audience", "internal"),
            fonts=installation.fonts(),
            progress=watched(task),
        )
    except PublicationStopped as refused:
        task.refuse(str(refused), disclose.stopped_data(refused))
        return {}
    return {"title": done.title, **_written(task, done.folder), **disclose.checks_data(done)}


def _monitoring(task: Task) -> dict[str, Any]:
    """The monitoring paper of a day: `unit`, `year`, `kind`, `as_of`, `audience`."""
    policy, asked = installation.policy(), task.params
    read = disclose.department_year(asked["unit"], asked["year"], asked["kind"], policy)
    _, folder = publish_monitoring(
        read,
        policy,
        dt.date.fromisoformat(asked["as_of"]),
        task.folder / disclose.OUT,
        audience=asked.get("audience", "internal"),
        fonts=installation.fonts(),
        progress=watched(task),
    )
    return {"title": task.job.title, **_written(task, folder)}


def _backup(task: Task) -> dict[str, Any]:
    """A back-up of the installation: `name` of the file."""
    found = kept.make(task.params["name"], at=timezone.localtime(), progress=watched(task))
    with transaction.atomic():
        kept.made(found, by=task.job.requested_by)
        task.finish({"name": found.name, "bytes": found.size, "rows": found.contents and found.contents.rows})
    return {}


def _verify_backup(task: Task) -> dict[str, Any]:
    """Every hash of a back-up once more: `name`."""
    found = kept.find(name := task.params["name"])
    if found is None:
        task.refuse(f"没有备份文件 {name}，可能已被删除。", {})
    elif wrong := kept.problems(found, watched(task)):
        said = {"name": name, "problems": wrong[:MOST_PROBLEMS]}
        task.refuse(f"备份 {name} 已损坏，{len(wrong)} 处不符，不能用来恢复。请立即重新备份。", said)
    elif found.contents is not None:
        return {"name": name, "rows": found.contents.rows, "files": len(found.contents.files)}
    return {}


def _verify_log(task: Task) -> dict[str, Any]:
    """The chain of the log once more, from its start."""
    progress = watched(task)
    found = logbook.chain_state(lambda done, total: progress("核对日志", done, total))
    said = {"entries": found.entries, "last_hash": found.last_hash}
    if found.defects:
        wrong = f"发现 {len(found.defects)} 处断裂：日志在数据库里被改动过。请保留现场，立即报告。"
        task.refuse(wrong, said | {"problems": [defect.reason for defect in found.defects]})
        return {}
    return said


def _files(task: Task) -> list[Path]:
    return [task.folder / row["path"] for row in task.params["files"]]


def _written(task: Task, folder: Path) -> dict[str, str]:
    """The folder of a package and the ZIP with all its files."""
    return {"folder": _below(task, folder), "archive": _below(task, bundle(folder))}


def _below(task: Task, folder: Path) -> str:
    return folder.relative_to(task.folder).as_posix()


HANDLERS: Final[Mapping[str, Handler]] = {
    name: _stoppable(handler)
    for name, handler in {
        "publish": _publish,
        "prepare": _prepare,
        "load": _load,
        "audit": _audit,
        "evaluation": _evaluation,
        "monitoring": _monitoring,
        "backup": _backup,
        "verify_backup": _verify_backup,
        "verify_log": _verify_log,
    }.items()
}
TITLES: Final = {
    "publish": "生成材料",
    "prepare": "准备公开稿",
    "load": "装载工作簿",
    "audit": "审校文件",
    "evaluation": "绩效评价材料",
    "monitoring": "绩效监控材料",
    "backup": "备份",
    "verify_backup": "核对备份",
    "verify_log": "核对操作日志",
}
"""Kinds of jobs in Chinese."""
