"""How many wrong figures an audit finds: one digit of one figure changed, again and again.

    python -m bench.audit_mutations [FILE…] [--own] [--sample 50] [--seed 1] [--swap] [--memory] [--list] [--misses]

`--own` takes the papers of the examples in three layouts, as PDF and as DOCX: each change is made in the paper, which
is then written and read again. A text file is changed and read again; of other files the change is made in what was
read, as with `--memory` of all. A figure counts as bound when a relation of the audit holds it (`--list`). A change
that stays inside what rounding allows breaks nothing and is counted apart. Printed: found, findings for each wrong
figure, whether every finding names it (its quote or what it says is printed), and whether it is named alone.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bench.audit_mutations.layouts import LAYOUTS, WRITERS
from bench.audit_mutations.papers import papers
from bench.audit_mutations.placing import landed
from bench.audit_mutations.probe import Spot, change, spots
from bench.audit_mutations.sources import Copied, InMemory, Source, written
from bench.audit_mutations.tally import Tally, fresh, shown

from yiheng.checks.audit import Subject, audit
from yiheng.checks.audit.register import register
from yiheng.pipelines.audit import subject_of
from yiheng.policy import NATION, Policy
from yiheng.reading.documents import read_document

TODAY = dt.date(2026, 1, 1)
KINDS = ("narrative", "table")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the probe and print its shares, for each document and for each layout."""
    chosen = _parser().parse_args(arguments)
    policy = Policy.load()
    totals: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory() as folder:
        for group, source in _sources(chosen, policy, Path(folder)):
            if chosen.list:
                _list(source, policy)
                continue
            for kind, tally in probe(source, policy, chosen.sample, chosen.seed, chosen.swap).items():
                print(tally.line(f"{source.name} {kind}"), flush=True)
                if chosen.misses:
                    print("\n".join(f"    {miss}" for miss in tally.misses), flush=True)
                totals.setdefault(f"{group} {kind}", Tally()).add(tally)
    print()
    for name, tally in totals.items():
        print(tally.line(name))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.audit_mutations",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--own", nargs="*", metavar="KEY", help="papers of the examples; without a key all")
    parser.add_argument("--layouts", nargs="*", default=[layout.name for layout in LAYOUTS])
    parser.add_argument("--formats", nargs="*", default=list(WRITERS))
    parser.add_argument("--sample", type=int, default=50, help="changes in each of narrative and tables")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--memory", action="store_true", help="change what was read, write no file")
    parser.add_argument("--swap", action="store_true", help="exchange two neighbouring digits instead")
    parser.add_argument("--list", action="store_true", help="list the bound figures and stop")
    parser.add_argument("--misses", action="store_true", help="show what was missed or not named")
    return parser


def _sources(chosen: argparse.Namespace, policy: Policy, folder: Path) -> Iterator[tuple[str, Source]]:
    """Each document with the group that its shares are added up for."""
    for path in chosen.files:
        document = read_document(path)
        text = document.format == "text" and not chosen.memory
        yield "files", Copied(path, folder, document) if text else InMemory(path.name, document)
    if chosen.own is None:
        return
    for key, paper in papers(policy).items():
        for layout in LAYOUTS:
            for suffix in chosen.formats:
                if layout.name in chosen.layouts and (not chosen.own or key in chosen.own):
                    source = written(key, paper, layout, suffix, folder)
                    group = f"{layout.name} {suffix}"
                    yield group, InMemory(source.name, source.document) if chosen.memory else source


def probe(source: Source, policy: Policy, sample: int, seed: int, swap: bool = False) -> dict[str, Tally]:
    """Change figures of one document, in sentences and in tables."""
    subject = ruled(subject_of(source.document, policy))
    before = shown(audit(subject, TODAY))
    bound = list(spots(subject))
    print(f"{source.name}: bound figures {dict(Counter(spot.where for spot in bound))}", flush=True)
    dice = random.Random(f"{seed} {source.name}")
    tallies = {kind: Tally() for kind in KINDS}
    for kind, tally in tallies.items():
        for spot in _drawn([spot for spot in bound if spot.where == kind], sample, dice):
            mutation = change(spot, subject, dice, swap)
            if mutation is None:
                continue
            if not mutation.breaks:
                tally.made, tally.unseen = tally.made + 1, tally.unseen + 1
                continue
            changed = source.changed(mutation)
            if changed is None:
                continue
            tally.made += 1
            tally.moved += not landed(changed, mutation)
            after = shown(audit(subject_of(changed, policy), TODAY))
            tally.count(mutation, fresh(before, after, mutation))
    return tallies


def _list(source: Source, policy: Policy) -> None:
    for spot in spots(ruled(subject_of(source.document, policy))):
        print(f"{source.name} {spot.where} {spot.text} {spot.name}")


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


if __name__ == "__main__":
    main()
