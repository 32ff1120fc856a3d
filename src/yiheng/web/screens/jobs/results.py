"""What a job wrote, for downloading (作业结果)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from yiheng.casework.models import Job, JobState
from yiheng.web.package_files import documents


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
    root = job.folder / folder
    present = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    found = [
        Download(f"{folder}/{name}", label, f"{root.name}-{name.rpartition('/')[2]}")
        for name, label in documents(present)
    ]
    archive = (job.result or {}).get("archive", "")
    if archive and (job.folder / archive).is_file():
        found.append(Download(archive, _("全部文件，含网页和数据（ZIP）"), archive.rpartition("/")[2]))
    return tuple(found)


def is_cleared(job: Job) -> bool:
    """Whether what it wrote was removed since (清理)."""
    folder = str((job.result or {}).get("folder") or "")
    return job.state == JobState.DONE and bool(folder) and not (job.folder / folder).exists()
