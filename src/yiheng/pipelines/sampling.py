"""Drawing the sample of a survey (抽样) from the list of its frame, by the seed that the ledger holds.

1. find the survey and its frame; 2. read the list, which stays outside the ledger; 3. see that it is the frame's list:
as many keys, and the same hash where one was entered; 4. draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from yiheng.facts import DepartmentYear, Record
from yiheng.performance.surveys import frames
from yiheng.reading.framelist import read_frame_list
from yiheng.reading.problems import report
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.sampling import METHOD, draw, frame_digest

CENSUS: Final = "census"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample with everything that it follows from."""

    survey: Record
    frame: Record
    digest: str
    keys: tuple[str, ...]
    """In the order of the draw; of a census in the order of the keys."""

    @property
    def registered(self) -> bool:
        """Whether the ledger holds the hash of the list, so that no other list can be taken for it."""
        return bool(self.frame.get("digest"))

    def data(self) -> dict[str, Any]:
        """As `survey --draw --json` prints it."""
        return {
            "survey": self.survey.key, "name": self.survey.get("name"), "frame": self.frame.key,
            "method": self.frame.get("method"), "algorithm": METHOD, "seed": self.frame.get("seed"),
            "size": int(self.frame.get("size")), "sample": len(self.keys), "digest": self.digest,
            "keys": list(self.keys),
        }  # fmt: skip


def draw_sample(department_year: DepartmentYear, survey: str, path: Path) -> Drawn:
    """The sample of the survey with that key ("": of the only one). Raises `ScoringError` with every reason."""
    record = _survey(department_year, survey)
    frame = _frame(department_year, record)
    listed = read_frame_list(path)
    if listed.problems:
        raise ScoringError(report(listed.problems))
    digest = frame_digest(listed.keys)
    problems = []
    if len(listed.keys) != int(frame.get("size")):
        problems.append(
            f"{path.name} 有 {len(listed.keys)} 个编码，“抽样框”表 {frame.key} 登记的总数是 {frame.get('size')}。"
            "请核对名单，或更正登记的总数。"
        )
    if frame.get("digest") not in ("", digest):
        problems.append(
            f"{path.name} 不是登记的那份名单：校验值是 {digest}，“抽样框”表 {frame.key} 登记的是 "
            f"{frame.get('digest')}。"
            "请使用原来的名单，或更正登记。"
        )
    if problems:
        raise ScoringError("\n".join(problems))
    if frame.get("method") == CENSUS:
        return Drawn(record, frame, digest, tuple(sorted(listed.keys)))
    return Drawn(record, frame, digest, draw(listed.keys, frame.get("seed"), int(frame.get("sample"))))


def _survey(department_year: DepartmentYear, key: str) -> Record:
    records = department_year.records_of("survey")
    found = [record for record in records if key in ("", record.key)]
    if len(found) != 1:
        there = "、".join(record.key for record in records) or "无"
        what = f"没有满意度调查“{key}”" if key else "有几份满意度调查" if found else "还没有满意度调查"
        raise ScoringError(f"{what}。请用 --of 指明一份，现有：{there}；没有的先在“满意度调查”表登记。")
    return found[0]


def _frame(department_year: DepartmentYear, survey: Record) -> Record:
    found = frames(department_year, survey.key)
    if len(found) != 1:
        what = f"有 {len(found)} 行" if found else "还没有登记"
        raise ScoringError(
            f"满意度调查 {survey.key} 在“抽样框”表{what}。请登记一行总数、样本量和种子，装载后再抽样。"
        )
    return found[0]
