"""What a job wrote, for downloading (作业结果)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from yiheng.casework.models import Job, JobState
from yiheng.pipelines.monitoring_paper import FILES as MONITORING
from yiheng.pipelines.publish import EVALUATION, FILES, PERFORMANCE

WANTED: Final = (".pdf", ".docx", ".xlsx")


@dataclass(frozen=True, slots=True)
class Download:
    """A file on offer."""

    path: str
    """Below the folder of the job."""
    label: str
    file_name: str


def downloads(job: Job) -> tuple[Download, ...]:
    """The documents of the package that the job wrote, if it wrote one."""
    folder = (job.result or {}).get("folder")
    if job.state != JobState.DONE or not folder:
        return ()
    labels = {
        **FILES,
        **EVALUATION,
        **MONITORING,
        **{f"{PERFORMANCE}/{n}": f"{t}" for n, t in EVALUATION.items()},
    }
    root = job.folder / folder
    return tuple(
        Download(f"{folder}/{name}", label, f"{root.name}-{name.rpartition('/')[2]}")
        for name, label in labels.items()
        if name.endswith(WANTED) and (root / name).is_file()
    )
