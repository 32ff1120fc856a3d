"""One digit changed in the file itself: a line of a text, a run of a DOCX. A figure broken over lines is left."""

from __future__ import annotations

from pathlib import Path

import docx
from bench.audit_mutations.probe import Mutation

from yiheng.facts.document import ReadDocument, ReadParagraph


def rewritten(path: Path, document: ReadDocument, mutation: Mutation, folder: Path) -> Path | None:
    """A copy of the file with the figure changed; None where it does not stand in one piece at one place."""
    target = folder / path.name
    if document.format == "text":
        return _text(path, mutation, target)
    if document.format == "docx":
        return _word(path, document, mutation, target)
    return None


def _text(path: Path, mutation: Mutation, target: Path) -> Path | None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    number = mutation.spot.line - 1
    if not 0 <= number < len(lines) or lines[number].count(mutation.spot.text) != 1:
        return None
    lines[number] = lines[number].replace(mutation.spot.text, mutation.after)
    target.write_text("".join(lines), encoding="utf-8")
    return target


def _word(path: Path, document: ReadDocument, mutation: Mutation, target: Path) -> Path | None:
    part = document.body[mutation.spot.body]
    if not isinstance(part, ReadParagraph):
        return None
    opened = docx.Document(str(path))
    same = [p for p in opened.paragraphs if p.text.strip() == part.text]
    runs = [run for p in same[:1] for run in p.runs if run.text.count(mutation.spot.text) == 1]
    if len(same) != 1 or len(runs) != 1:
        return None
    runs[0].text = runs[0].text.replace(mutation.spot.text, mutation.after)
    opened.save(str(target))
    return target
