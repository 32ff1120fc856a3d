"""An audit kept in a file and read back (审校结果存档): what a review shows later is what was found then.

All that a reader sees is kept: shown findings with their places, every other evaluation counted by rule, identity,
pages and what could not be read. The text of the document itself is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from yiheng.facts import Outcome, Severity
from yiheng.facts.audit import AuditFinding, Decision, DocumentAudit, Ground, Identity, Paper, split
from yiheng.facts.document import Box, PageSize, Place, ReadDocument, ReadingProblem

FORMAT: Final = 1


def kept(done: DocumentAudit) -> dict[str, Any]:
    """The audit as plain data."""
    document, identity = done.document, done.identity
    return {
        "format": FORMAT,
        "document": {
            "name": document.name,
            "format": document.format,
            "sha256": document.sha256,
            "pages": [list(size) for size in document.pages],
            "problems": [[p.message, _place(p.place), p.remedy] for p in document.problems],
        },
        "identity": _identity(identity),
        "papers": [[_identity(paper.identity), paper.first, paper.last] for paper in done.papers],
        "findings": [_finding(finding) for finding in done.findings],
        "silent": {outcome: dict(rules) for outcome, rules in done.silent.items()},
    }


def _identity(identity: Identity) -> dict[str, Any]:
    return {
        "kind": identity.kind,
        "unit": identity.unit,
        "year": identity.year,
        "jurisdiction": identity.jurisdiction,
        "family": identity.family,
        "evidence": [_ground(ground) for ground in identity.evidence],
    }


def restored(data: Mapping[str, Any], decisions: Mapping[str, Decision]) -> DocumentAudit:
    """The audit that `kept` was given, without the text of its document, with the decisions of now."""
    document = data["document"]
    # Earlier records hold every evaluation one by one and know no bundles.
    telling, silent = split(_to_finding(row) for row in data["findings"])
    return DocumentAudit(
        ReadDocument(
            document["name"],
            document["format"],
            (),
            tuple(PageSize(*size) for size in document["pages"]),
            tuple(
                ReadingProblem(message, _to_place(at), remedy) for message, at, remedy in document["problems"]
            ),
            document["sha256"],
        ),
        _to_identity(data["identity"]),
        telling,
        decisions,
        data.get("silent", silent),
        tuple(Paper(_to_identity(one), first, last) for one, first, last in data.get("papers", ())),
    )


def _to_identity(data: Mapping[str, Any]) -> Identity:
    return Identity(**{**data, "evidence": _to_grounds(data["evidence"])})


def _finding(found: AuditFinding) -> dict[str, Any]:
    base = {
        "rule": found.rule, "title": found.title, "severity": found.severity.value,
        "outcome": found.outcome.value,
    }  # fmt: skip
    if found.outcome is Outcome.COULD_NOT_RUN:
        return {**base, "message": found.message}
    return {
        **base, "place": _place(found.place), "quote": found.quote, "printed": found.printed,
        "computed": found.computed, "difference": found.difference, "message": found.message,
        "remedy": found.remedy, "sources": [_ground(ground) for ground in found.sources],
        "cells": [_place(place) for place in found.cells],
    }  # fmt: skip


def _to_finding(row: Mapping[str, Any]) -> AuditFinding:
    return AuditFinding(
        **{
            **row,
            "severity": Severity(row["severity"]),
            "outcome": Outcome(row["outcome"]),
            "place": _to_place(row.get("place")),
            "sources": _to_grounds(row.get("sources", ())),
            "cells": tuple(_to_place(place) for place in row.get("cells", ())),
        }
    )


def _place(place: Place) -> list[Any]:
    return [place.page, list(place.box) if place.box else None, place.line, place.where]


def _to_place(data: list[Any] | None) -> Place:
    if data is None:
        return Place()
    page, box, line, where = data
    return Place(page, Box(*box) if box else None, line, where)


def _ground(ground: Ground) -> list[Any]:
    return [ground.text, _place(ground.place), ground.document]


def _to_grounds(data: Iterable[list[Any]]) -> tuple[Ground, ...]:
    return tuple(Ground(text, _to_place(place), document) for text, place, document in data)
