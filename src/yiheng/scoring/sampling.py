"""Drawing a sample from a frame (抽样) by a stored seed, and how many answers a wished margin needs (样本量). Exact.

The draw (`METHOD`) orders the keys of the frame by SHA-256 of seed, line feed and key, all UTF-8, and takes the first
ones. It needs no random generator, so that every machine and every version of the language draws the same sample; the
order of the list does not matter, and a larger sample holds the smaller one.
"""

from __future__ import annotations

import hashlib
import heapq
import math
from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import Final

from yiheng.scoring.errors import ScoringError

METHOD: Final = "sha256-order/1"
"""Name of the draw; another algorithm needs another name."""
UNDECIDED: Final = Fraction(1, 2)
"""The rate at which an interval is widest, taken where nothing is known beforehand."""


def draw(keys: Collection[str], seed: str, size: int) -> tuple[str, ...]:
    """The `size` keys drawn, in the order of the draw: who replaces a silent one is the next in it.

    Raises `ScoringError` for an empty seed, a repeated key, or a size that is not between 1 and the frame's.
    """
    if not seed:
        raise ScoringError("没有抽样种子，抽样无法重现。请在“抽样框”表填写抽样种子。")
    if len(set(keys)) != len(keys):
        raise ScoringError("抽样框里有重复的编码，请先去重。")
    if not 1 <= size <= len(keys):
        raise ScoringError(f"样本量 {size} 不在 1 到抽样框总数 {len(keys)} 之间，请改正“抽样框”表。")
    return tuple(heapq.nsmallest(size, keys, key=lambda key: (_rank(seed, key), key)))


def frame_digest(keys: Iterable[str]) -> str:
    """SHA-256 of the frame's keys in the order of their code points, one a line: says whether a list is the same."""
    return hashlib.sha256("".join(f"{key}\n" for key in sorted(keys)).encode()).hexdigest()


def answers_needed(
    margin: Fraction, z: Fraction, frame: int | None = None, rate: Fraction = UNDECIDED
) -> int:
    """Valid answers (有效样本量) for an interval of ±`margin`: n₀ = z²·p(1−p)/e², corrected for a frame of N to
    n₀·N/(N+n₀−1) (有限总体修正), rounded up.

    The formula of W. G. Cochran, Sampling Techniques, ch. 4. Raises `ScoringError` for a margin outside (0, 1).
    """
    if not 0 < margin < 1:
        raise ScoringError("允许误差应大于 0 且小于 100%，例如 3%。")
    wanted = z * z * rate * (1 - rate) / margin**2
    if frame is not None:
        wanted = wanted * frame / (frame + wanted - 1) if frame > 1 else Fraction(frame)
    return max(1, math.ceil(wanted))


def to_send(answers: int, response_rate: Fraction | None, frame: int | None = None) -> int:
    """Questionnaires to send out (发放份数) so that `answers` come back at that rate; never more than the frame has."""
    sent = math.ceil(answers / response_rate) if response_rate else answers
    return sent if frame is None else min(sent, frame)


def _rank(seed: str, key: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{key}".encode()).digest()
