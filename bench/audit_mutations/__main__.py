"""How many wrong figures an audit finds: one digit of one figure changed, again and again.

    python -m bench.audit_mutations FILE… [--sample 200] [--seed 1] [--rewrite] [--list] [--misses]

The document is read once; each change is made in what was read, in a paragraph or a cell, or with `--rewrite` in a copy
of the file that is read again. A figure counts as bound when
a relation of the audit holds it. A change that stays inside what rounding allows breaks nothing and is counted apart.
Printed: found, findings for each wrong figure, and whether one of them names it (its place and the changed figure).
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.audit_mutations.files import rewritten
from bench.audit_mutations.probe import Mutation, Spot, change, mutated, spots

from yiheng.checks.audit import Subject, audit
from yiheng.checks.audit.register import register
from yiheng.checks.audit.run import NATION
from yiheng.facts import Severity
from yiheng.facts.audit import AuditFinding
from yiheng.facts.document import ReadDocument
from yiheng.pipelines.audit import subject_of
from yiheng.policy import Policy
from yiheng.reading.documents import read_document

TODAY = dt.date(2026, 1, 1)


@dataclass
class Tally:
    """What became of the changes of one kind."""

    made: int = 0
    unseen: int = 0
    """Changes that no relation can show."""
    found: int = 0
    named: int = 0
    findings: int = 0
    misses: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        seen = self.made - self.unseen
        share = f"{self.found / seen:.1%}" if seen else "—"
        named = f"{self.named / self.found:.1%}" if self.found else "—"
        each = f"{self.findings / self.found:.2f}" if self.found else "—"
        return (
            f"{name:10} changes {self.made:4}  within rounding {self.unseen:3}"
            f"  found {self.found:4}/{seen:<4} {share:>6}  named {named:>6}  findings each {each}"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the probe over files and print its shares."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=200, help="changes in each of narrative and tables")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--rewrite", action="store_true", help="change the file (text, DOCX) and read it again"
    )
    parser.add_argument("--list", action="store_true", help="list the bound figures and stop")
    parser.add_argument("--misses", action="store_true", help="show what was missed or not named")
    chosen = parser.parse_args(arguments)
    policy = Policy.load()
    for path in chosen.files:
        tallies = probe(path, policy, chosen.sample, chosen.seed, chosen.list, chosen.rewrite)
        for where, tally in tallies.items():
            print(tally.line(where))
            if chosen.misses:
                print("\n".join(f"    {miss}" for miss in tally.misses))


def probe(
    path: Path, policy: Policy, sample: int, seed: int, listing: bool = False, files: bool = False
) -> dict[str, Tally]:
    """Change figures of one document, in sentences and in tables."""
    document = read_document(path)
    subject = ruled(subject_of(document, policy))
    before = Counter(map(_key, shown(audit(subject, TODAY))))
    bound = list(spots(subject))
    print(f"{path.name}: bound figures {dict(Counter(spot.where for spot in bound))}")
    if listing:
        print("\n".join(f"    {spot.where} {spot.text} {spot.name}" for spot in bound))
        return {}
    dice = random.Random(seed)
    tallies = {where: Tally() for where in ("narrative", "table")}
    for where, tally in tallies.items():
        here = [spot for spot in bound if spot.where == where]
        for spot in _drawn(here, sample, dice):
            mutation = change(spot, subject, dice)
            if mutation is None:
                continue
            tally.made += 1
            if not mutation.breaks:
                tally.unseen += 1
                continue
            changed = _reread(path, document, mutation) if files else mutated(document, mutation)
            if changed is None:
                tally.made -= 1
                continue
            after = shown(audit(subject_of(changed, policy), TODAY))
            _count(tally, mutation, [f for f in after if not before[_key(f)]])
    return tallies


def _reread(path: Path, document: ReadDocument, mutation: Mutation) -> ReadDocument | None:
    with tempfile.TemporaryDirectory() as folder:
        target = rewritten(path, document, mutation, Path(folder))
        return read_document(target) if target is not None else None


def ruled(subject: Subject) -> Subject:
    """The subject with the rules in force for it, as the audit itself makes it."""
    identity = subject.identity
    on = dt.date(identity.year, 12, 31) if identity.year else TODAY
    return replace(subject, rules=register(subject.policy, identity.jurisdiction or NATION, on), memo={})


def _drawn(spots_: list[Spot], sample: int, dice: random.Random) -> list[Spot]:
    """As many as asked for: each figure at least once where there are enough changes, else a choice of them."""
    if not spots_:
        return []
    if len(spots_) >= sample:
        return dice.sample(spots_, sample)
    return [*spots_, *dice.choices(spots_, k=sample - len(spots_))]


def shown(findings: Sequence[AuditFinding]) -> list[AuditFinding]:
    """The errors and warnings that a reader sees."""
    return [f for f in findings if f.shown and f.severity is not Severity.HINT]


def _key(finding: AuditFinding) -> tuple[str, str]:
    """A defect of the document itself may be told at another of its places after a change."""
    return finding.rule, finding.printed


def _count(tally: Tally, mutation: Mutation, new: list[AuditFinding]) -> None:
    spot = mutation.spot
    label = f"{spot.text} → {mutation.after} {spot.name}"
    if not new:
        tally.misses.append(f"missed: {label}")
        return
    tally.found += 1
    tally.findings += len(new)
    changed = _digits(mutation.after)
    if any(changed in map(_digits, f.printed.split("；")) for f in new):
        tally.named += 1
    else:
        tally.misses.append(f"not named: {label}: {[(f.rule, f.printed, f.quote[:30]) for f in new][:3]}")
    if len(new) > 1:
        tally.misses.append(f"{len(new)} findings: {label}: {[(f.rule, f.printed) for f in new][:4]}")


def _digits(text: str) -> str:
    return "".join(c for c in text if c in "0123456789.")


if __name__ == "__main__":
    main()
