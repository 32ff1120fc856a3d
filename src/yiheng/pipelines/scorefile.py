"""Score files (评分文件): all scores of one evaluation with their facts, rules and hashes, and replaying them (复算).

1. stamp every sheet and the department; 2. put them into one canonical file; later 3. read the file, 4. compute each
score again from what the file holds, 5. write the file again and compare bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

import yiheng
from yiheng.pipelines.evaluate import Evaluation, last_day
from yiheng.policy import Policy
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.lexicon import LEXICON
from yiheng.scoring.replay import Replayed, canonical, replay, stamp_department, stamp_sheet

FORMAT: Final = "yiheng-scores/1"


@dataclass(frozen=True, slots=True)
class ReplayedFile:
    """A file computed again: every score by name, and whether the bytes are the same."""

    identical: bool
    text: str
    scores: tuple[tuple[str, Replayed], ...]


def stamp(evaluation: Evaluation, policy: Policy) -> str:
    """The file of everything that was judged."""
    year = evaluation.department_year
    lexicon = policy.get(LEXICON, year.jurisdiction, last_day(year.year))
    files = [
        stamp_sheet(found.score, lexicon, yiheng.__version__, policy.digest) for found in evaluation.projects
    ]
    names = [found.score.sheet.name for found in evaluation.projects]
    if evaluation.department is not None:
        whole = evaluation.department
        files.append(stamp_department(whole.score, whole.inputs, yiheng.__version__, policy.digest))
        names.append(whole.score.framework.title)
    scores = [{"name": name, "score": json.loads(file)} for name, file in zip(names, files, strict=True)]
    return canonical({"format": FORMAT, "unit": year.unit.key, "year": year.year, "scores": scores})


def replay_file(text: str) -> ReplayedFile:
    """Compute every score of a file again with this code. Raises `ScoringError` for what is no score file or was
    changed by hand.
    """
    data = _read(text)
    scores = []
    for item in data["scores"]:
        try:
            scores.append((item["name"], replay(canonical(item["score"]), yiheng.__version__)))
        except ScoringError as error:
            raise ScoringError(f"{item['name']}：{error}") from error
    again = [{"name": name, "score": json.loads(found.text)} for name, found in scores]
    written = canonical({**data, "scores": again})
    return ReplayedFile(written == text, written, tuple(scores))


def _read(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ScoringError(
            f"不是评分文件：第 {error.lineno} 行不是 JSON。请选择由 yiheng evaluate --out 写出的文件。"
        ) from error
    scores = data.get("scores") if isinstance(data, dict) else None
    sound = isinstance(scores, list) and all(
        isinstance(item, dict) and {"name", "score"} == set(item) for item in scores
    )
    if not sound or data.get("format") != FORMAT:
        found = data.get("format") if isinstance(data, dict) else None
        raise ScoringError(
            f"评分文件的格式是 {found!r}，应为 {FORMAT}。请选择由 yiheng evaluate --out 写出的文件。"
        )
    return dict(data)
