"""A claim among the mentions of a paragraph, before they have their places in the document."""

from __future__ import annotations

from dataclasses import dataclass

from yiheng.facts.claims import Claim, ClaimKind, Strength
from yiheng.reading.narrative.mentions import Mention


@dataclass(frozen=True, slots=True)
class Draft:
    """As `facts.claims.Claim`, with mentions in the place of their positions."""

    kind: ClaimKind
    left: tuple[Mention, ...]
    right: tuple[Mention, ...]
    strength: Strength = Strength.STATED
    form: str = ""
    counted: tuple[int, ...] = ()
    readings: tuple[tuple[Mention, ...], ...] = ()

    def claim(self) -> Claim:
        """The claim, once every mention has its position."""
        return Claim(
            self.kind,
            _positions(self.left),
            _positions(self.right),
            self.strength,
            self.form,
            self.counted,
            tuple(_positions(reading) for reading in self.readings),
        )


def _positions(mentions: tuple[Mention, ...]) -> tuple[int, ...]:
    return tuple(mention.index for mention in mentions)
