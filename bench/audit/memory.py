"""How much memory a long PDF takes: a published file, page after page again, until there are as many as asked for.

    python -m bench.audit.memory FILE.pdf [--pages 100 1000] [--whole | --audit] [--once 3]

Printed for each number of pages: the peak of the process beyond what it has before it reads, the peak of the child that
reads the PDF beyond what it inherits, and both for each further page. With `--once` the first pages (title and contents
list) come only once: what is made is one long paper and no bundle.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from pypdfium2 import PdfDocument

_CHILD = """
import datetime as dt, resource, sys
from pathlib import Path
from yiheng.pipelines.audit import run
from yiheng.policy import Policy
from yiheng.reading.pdf.apart import apart
from yiheng.reading.documents import read_document, read_papers
def peaks():
    whose = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return [resource.getrusage(who).ru_maxrss for who in whose]
policy = Policy.load()
apart(int)
before = peaks()
path, step = Path(sys.argv[1]), sys.argv[2]
if step == "audit":
    pages = len(run([path], policy, dt.date(2026, 1, 1)).audits[0].document.pages)
elif step == "papers":
    pages = sum(len(paper.pages) for paper in read_papers(path))
else:
    pages = len(read_document(path).pages)
print(*(after - least for after, least in zip(peaks(), before)), pages)
"""


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.audit.memory",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--pages", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--whole", action="store_true", help="read it as one document, though it be a bundle")
    parser.add_argument("--audit", action="store_true", help="read and check it as `yiheng audit` does")
    parser.add_argument("--once", type=int, default=0, help="pages at the beginning that are not repeated")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for pages in chosen.pages:
            path = tiled(chosen.file, pages, Path(folder) / f"{pages}.pdf", chosen.once)
            step = "audit" if chosen.audit else "whole" if chosen.whole else "papers"
            done = subprocess.run(
                [sys.executable, "-c", _CHILD, path, step], check=True, capture_output=True, text=True
            )
            own, child, read = map(int, done.stdout.split())
            print(
                f"{read:6} pages  {own / 1024:7.1f} MB, {own / read:6.1f} KB a page"
                f"  reader {child / 1024:6.1f} MB  {step}",
                flush=True,
            )


def tiled(source: Path, pages: int, target: Path, once: int = 0) -> Path:
    """A PDF of as many pages, those of the source again and again but for the first ones, which come once."""
    given, made = PdfDocument(source), PdfDocument.new()
    while (left := pages - len(made)) > 0:
        first = once if len(made) else 0
        made.import_pages(given, list(range(first, min(len(given), first + left))))
    made.save(target)
    made.close()
    given.close()
    return target


if __name__ == "__main__":
    main()
