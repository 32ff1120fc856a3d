"""Where a changed document comes from: memory, a text file with another digit, or a paper of ours written anew."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.audit_mutations.files import rewritten
from bench.audit_mutations.layouts import Layout
from bench.audit_mutations.placing import misprinted
from bench.audit_mutations.probe import Mutation, mutated

from yiheng.facts import Paper
from yiheng.facts.document import ReadDocument
from yiheng.reading.documents import read_document


class Source(Protocol):
    """A document that can be had with one figure changed."""

    name: str
    document: ReadDocument

    def changed(self, mutation: Mutation) -> ReadDocument | None:
        """The document with that figure changed; None where the figure is at no certain place of its source."""


@dataclass
class InMemory:
    """A document changed as it was read."""

    name: str
    document: ReadDocument

    def changed(self, mutation: Mutation) -> ReadDocument | None:
        return mutated(self.document, mutation)


@dataclass
class Copied:
    """A text file of which changed copies are read; a figure that is not in one piece is changed as it was read."""

    path: Path
    folder: Path
    document: ReadDocument

    @property
    def name(self) -> str:
        return self.path.name

    def changed(self, mutation: Mutation) -> ReadDocument | None:
        target = rewritten(self.path, mutation, self.folder)
        return read_document(target) if target is not None else mutated(self.document, mutation)


@dataclass
class Written:
    """A paper of ours that is written with the other figure and read again."""

    name: str
    paper: Paper
    layout: Layout
    target: Path
    document: ReadDocument

    def changed(self, mutation: Mutation) -> ReadDocument | None:
        paper = misprinted(self.paper, self.document, mutation)
        if paper is None:
            return None
        self.layout.write(paper, self.target)
        return read_document(self.target)


def written(key: str, paper: Paper, layout: Layout, suffix: str, folder: Path) -> Written:
    """A paper in one layout and format, as it reads without a change."""
    arranged, target = layout.arrange(paper), folder / f"{key}-{layout.name}.{suffix}"
    layout.write(arranged, target)
    return Written(f"{key} {layout.name} {suffix}", arranged, layout, target, read_document(target))
