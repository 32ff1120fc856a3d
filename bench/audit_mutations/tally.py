"""What became of the changes: found, how often, and whether what was found names the changed figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.audit_mutations.probe import Mutation

from yiheng.facts import Severity
from yiheng.facts.audit import AuditFinding

_FIGURE = re.compile(r"\d[\d,，]*(?:\.\d+)?")


@dataclass
class Tally:
    """What became of the changes of one kind."""

    made: int = 0
    unseen: int = 0
    """Changes that stay inside what rounding allows, so that no relation can show them, or only as a hint."""
    moved: int = 0
    """Changes that reading did not show in their place."""
    found: int = 0
    named: int = 0
    """Found, and every new finding has the changed figure in its quote or among what it says is printed."""
    pointed: int = 0
    """Found, and a finding says of this figure alone that it is wrong."""
    findings: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in the counts of another part."""
        for name in ("made", "unseen", "moved", "found", "named", "pointed", "findings"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.misses += other.misses

    def count(self, mutation: Mutation, new: Sequence[AuditFinding]) -> None:
        """Add a change with the findings that were not there before it."""
        spot = mutation.spot
        label = f"{spot.text} → {mutation.after} {spot.name}"
        if new and all(f.severity is Severity.HINT for f in new):
            self.unseen += 1
            return
        new = [f for f in new if f.severity is not Severity.HINT]
        if not new:
            self.misses.append(f"missed: {label}")
            return
        self.found += 1
        self.findings += len(new)
        after = _figures(mutation.after)
        told = [(f.rule, f.printed, f.quote[:40]) for f in new][:4]
        if all(after <= _figures(f"{f.printed} {f.quote}") for f in new):
            self.named += 1
        else:
            self.misses.append(f"not named: {label}: {told}")
        self.pointed += any(_figures(f.printed) == after for f in new)
        if len(new) > 1:
            self.misses.append(f"{len(new)} findings: {label}: {told}")

    def line(self, name: str) -> str:
        """The shares in one line."""
        seen = self.made - self.unseen
        return (
            f"{name:34} changes {self.made:4}  within rounding {self.unseen:3}  moved {self.moved:2}"
            f"  found {self.found:4}/{seen:<4} {_share(self.found, seen):>6}"
            f"  named {_share(self.named, self.found):>6}  alone {_share(self.pointed, self.found):>6}"
            f"  findings each {self.findings / self.found if self.found else 0:.2f}"
        )


def shown(findings: Sequence[AuditFinding]) -> list[AuditFinding]:
    """The findings that a reader sees, hints as well."""
    return [f for f in findings if f.shown]


def fresh(
    before: Sequence[AuditFinding], after: Sequence[AuditFinding], mutation: Mutation
) -> list[AuditFinding]:
    """What is new; a defect of the document itself may be told at another place, or with the changed figure in it."""
    known = {(f.rule, f.printed) for f in before}
    return [
        f
        for f in after
        if (f.rule, f.printed) not in known
        and (f.rule, f.printed.replace(mutation.after, mutation.spot.text)) not in known
    ]


def _figures(text: str) -> set[str]:
    return {figure.replace(",", "").replace("，", "") for figure in _FIGURE.findall(text)}


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "—"
