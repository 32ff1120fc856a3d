"""Background jobs in the web tests: a worker of the test's own process does what waits, at once."""

from __future__ import annotations

import re

from django.http import HttpResponse

from yiheng.casework.models import Job
from yiheng.casework.worker import Timing, run
from yiheng.pipelines.jobs import HANDLERS
from yiheng.pipelines.refused import explained


def work() -> int:
    """Do all jobs that wait; how many there were. No thread beats meanwhile, since the test holds the database."""
    return run(HANDLERS, explain=explained, timing=Timing(beat=3600, throttle=0), once=True)


def job_of(answer: HttpResponse) -> Job:
    """The job to whose page an answer leads."""
    assert answer.status_code == 302, answer.content.decode()[:2000]
    found = re.fullmatch(r"/jobs/([0-9a-f-]+)/", answer["Location"])
    assert found, answer["Location"]
    return Job.objects.get(pk=found[1])
