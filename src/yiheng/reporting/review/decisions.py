"""Reviewers' decisions (裁定) as a file beside the review: the page exports it, the next run reads it back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from yiheng.facts.audit import Decision, Verdict

DECISIONS: Final = "decisions.json"
"""Name of the file in the folder of a review."""
_VERDICTS: Final = {verdict.value: verdict for verdict in Verdict}


class DecisionsUnreadable(ValueError):
    """A file of decisions that is none. The message lists everything wrong, in Chinese."""


def read_decisions(path: Path) -> dict[str, Decision]:
    """The decisions by key of finding. Raises `DecisionsUnreadable`, `OSError`."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise DecisionsUnreadable(f"{path}：不是裁定文件（{error}）；请用复核网页重新导出。") from error
    rows = data.get("decisions") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise DecisionsUnreadable(f"{path}：没有 decisions 列表；请用复核网页重新导出。")
    problems = [f"第 {i} 条{why}" for i, row in enumerate(rows, 1) if (why := _wrong(row))]
    if problems:
        raise DecisionsUnreadable(f"{path}：{'；'.join(problems)}。请改正后重试，或用复核网页重新导出。")
    return {row["key"]: _decision(row) for row in rows}


def _wrong(row: Any) -> str:
    if not isinstance(row, dict) or not isinstance(row.get("key"), str):
        return "没有 key"
    if row.get("verdict") not in _VERDICTS:
        return f"的 verdict 应为 {' 或 '.join(_VERDICTS)}"
    if row["verdict"] == Verdict.DISMISSED.value and not str(row.get("reason") or "").strip():
        return "判为不是问题，但没有写理由"
    return ""


def _decision(row: Mapping[str, Any]) -> Decision:
    words = {name: str(row.get(name) or "").strip() for name in ("reason", "reviewer", "on")}
    return Decision(row["key"], _VERDICTS[row["verdict"]], **words)


def decision_data(decision: Decision) -> dict[str, str]:
    """One decision as the file holds it."""
    return {
        "key": decision.key,
        "verdict": decision.verdict.value,
        "reason": decision.reason,
        "reviewer": decision.reviewer,
        "on": decision.on,
    }
