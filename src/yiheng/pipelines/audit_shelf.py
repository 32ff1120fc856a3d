"""Recognised documents laid aside on disk (暂存): the audit of many, or of a long bundle, holds few at a time."""

from __future__ import annotations

import pickle
import tempfile
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import IO

from yiheng.checks.audit import Subject, beside
from yiheng.facts.audit import Identity
from yiheng.policy import Policy


@dataclass
class Shelf:
    """Subjects by number, from 0. The last one laid down is at hand; all before it are in a temporary file."""

    policy: Policy
    _identities: list[Identity] = field(default_factory=list)
    _at: list[int] = field(default_factory=list)
    _last: Subject | None = None
    _file: IO[bytes] | None = None

    def __enter__(self) -> Shelf:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def lay(self, subject: Subject) -> int:
        """Lay a subject aside; its number. Raises `OSError` where the temporary file cannot be written."""
        if self._last is not None:
            self._write(self._last)
        self._last = subject
        self._identities.append(subject.identity)
        return len(self._identities) - 1

    def take(self, number: int) -> Subject:
        """A subject with the others of its unit beside it that rules may compare it with."""
        others = tuple(self._read(other) for other in beside(self._identities, number))
        return replace(self._read(number), others=others)

    def _write(self, subject: Subject) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the shelf
        self._at.append(self._file.seek(0, 2))
        known = subject.document, subject.identity, subject.tables, subject.claims
        pickle.dump(known, self._file, pickle.HIGHEST_PROTOCOL)

    def _read(self, number: int) -> Subject:
        if number == len(self._at):
            assert self._last is not None
            return self._last
        assert self._file is not None
        self._file.seek(self._at[number])
        document, identity, tables, claims = pickle.load(self._file)
        return Subject(document, identity, self.policy, tables=tables, claims=claims)
