"""The data of the drawer (来源数据) as one compact script file, which loads from a local folder too.

Facts stand once, in the order in which they are first used; figures refer to them by number.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from yiheng.facts import Finding, Outcome, Status
from yiheng.reporting import wording
from yiheng.reporting.describe import Described, EntryLine, FactLine

_STATUSES: Final = tuple(Status)


class _Texts:
    """Texts that repeat are written once and referred to by number."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        number = self._numbers.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
        return number


def script(told: Described, findings: Sequence[Finding]) -> str:
    """The data of the drawer as a script file, so that it loads from a local folder too."""
    text = _Texts()
    data: dict[str, Any] = {
        "facts": [_fact(line, text) for line in told.facts],
        "entries": [
            _entry(line, terms, text) for line, terms in zip(told.entries, told.trace.terms, strict=True)
        ],
        "statuses": [[status.value, wording.STATUS_NOTES[status]] for status in _STATUSES],
        "given": wording.GIVEN_NOTE,
        "findings": _findings(findings),
        "texts": text.texts,
    }
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Both are line ends inside a script for older browsers.
    content = content.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.yihengSources={content};\n"


def _fact(line: FactLine, text: _Texts) -> list[Any]:
    about = (
        line.measure,
        line.view,
        line.unit,
        line.amount,
        line.precision,
        line.on,
        line.document,
        line.place,
        line.origin,
        line.query,
    )
    return [line.year, *map(text, about), [text(part) for pair in line.dims for part in pair]]


def _entry(line: EntryLine, terms: Sequence[int], text: _Texts) -> list[Any]:
    about = (line.where, line.unit, line.value, line.interval, line.rule, line.source)
    status = _STATUSES.index(line.status)
    return [line.address, line.printed, status, int(line.given), list(terms), *map(text, about)]


def _findings(findings: Sequence[Finding]) -> dict[str, list[list[str]]]:
    """By cell address, each once: outcome, severity where it matters, title and message of its findings."""
    found: dict[str, list[list[str]]] = {}
    for finding in findings:
        outcome = finding.outcome
        severity = finding.severity.label if outcome in (Outcome.FAIL, Outcome.COULD_NOT_RUN) else ""
        about = [outcome.value, outcome.label, severity, finding.title, finding.message]
        for address in dict.fromkeys(finding.cells):
            if about not in found.setdefault(address, []):
                found[address].append(about)
    return found
