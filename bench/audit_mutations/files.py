"""One digit changed in a text file. A figure that stands twice in its line, or broken over lines, is left."""

from __future__ import annotations

from pathlib import Path

from bench.audit_mutations.probe import Mutation


def rewritten(path: Path, mutation: Mutation, folder: Path) -> Path | None:
    """A copy of the text with the figure changed; None where it does not stand in one piece at one place."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    number = mutation.spot.line - 1
    if not 0 <= number < len(lines) or lines[number].count(mutation.spot.text) != 1:
        return None
    lines[number] = lines[number].replace(mutation.spot.text, mutation.after)
    target = folder / path.name
    target.write_text("".join(lines), encoding="utf-8")
    return target
