"""Random targets for property tests. What two readings could share is left out, and each omission says why."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from hypothesis import strategies as st

from yiheng.scoring.lexicon import SCALES, Lexicon
from yiheng.scoring.target import (
    PLAIN,
    Approx,
    Boolean,
    Comparison,
    Deadline,
    Direction,
    Each,
    Frequency,
    FromTo,
    NotApplicable,
    Quantity,
    Range,
    Rate,
    State,
    Target,
    Tolerance,
    ZeroByText,
)

SUBJECTS = st.text("预算执行覆盖参保资质人员投诉差错的率数", min_size=1, max_size=8)
NAMED = st.text("预算执行覆盖参保资质人员投诉差错的率数", min_size=2, max_size=8)
NUMBERS = st.one_of(
    st.integers(0, 10**9).map(Decimal),
    st.decimals("0.0001", "99999.9999", places=4, allow_nan=False).map(lambda n: n.normalize() + 0),
)


def quantities(lexicon: Lexicon, *, signed: bool = False) -> st.SearchStrategy[Quantity]:
    """Any quantity but a number followed by 年, which may be a calendar year; `signed` gives those below zero too."""
    words = st.sampled_from(["", *(word for word in lexicon.units if word != "年")])
    numbers = st.one_of(NUMBERS, NUMBERS.map(lambda n: -n)) if signed else NUMBERS
    return st.builds(Quantity, numbers.map(_fixed), st.sampled_from(list(SCALES)), words).filter(
        lambda q: not (q.unit == "%" and q.scale)
    )


def counts() -> st.SearchStrategy[Quantity]:
    """Quantities of what is done again and again."""
    words = st.sampled_from(["次", "期", "份", "家"])
    return st.builds(Quantity, NUMBERS.map(_fixed), st.sampled_from(list(SCALES)), words)


def _fixed(number: Decimal) -> Decimal:
    return Decimal(f"{number:f}")


def targets(lexicon: Lexicon, year: int) -> st.SearchStrategy[Target]:
    """Every type of target, with every word that the lexicon knows."""
    quantity, signed = quantities(lexicon), quantities(lexicon, signed=True)
    operators = st.sampled_from([PLAIN, "≥", "≤", ">", "<", "="])
    written = st.sampled_from(sorted(lexicon.comparators.items())).map(
        lambda pair: (pair[1], "" if pair[0] == pair[1] else pair[0])
    )
    periods = st.sampled_from(sorted(lexicon.periods))
    verbs = st.sampled_from(sorted(lexicon.directions))
    counted = counts()
    return st.one_of(
        st.builds(Comparison, operators, signed),
        st.builds(lambda pair, q: Comparison(pair[0], q, pair[1]), written, signed),
        st.builds(lambda pair, q, s: Comparison(pair[0], q, pair[1], s), written, signed, NAMED),
        st.builds(Approx, signed, st.sampled_from(lexicon.approximate)),
        st.builds(_range, signed, NUMBERS.map(_fixed), st.one_of(st.just(""), SUBJECTS)),
        st.builds(Tolerance, quantity, NUMBERS.map(_fixed)),
        st.builds(lambda a, b, v: FromTo(a, b, v, lexicon.directions[v]), signed, signed, verbs),
        st.builds(Rate, operators, counted, periods),
        st.builds(lambda q, p: Rate(PLAIN, q, p, leading=True), counted, periods),
        st.builds(
            _deadline,
            st.dates(),
            st.sampled_from(["", "前", "之前", "以前"]),
            st.integers(0, 3),
            st.booleans(),
        ),
        st.builds(
            lambda word: Boolean(lexicon.booleans[word], word), st.sampled_from(sorted(lexicon.booleans))
        ),
        st.builds(
            lambda d, v: Direction(lexicon.directions[v], v, d),
            st.sampled_from(["", *lexicon.degrees]),
            verbs,
        ),
        st.builds(State, st.sampled_from(sorted(lexicon.states))),
        st.builds(Each, quantity, operators),
        st.builds(
            Frequency, st.sampled_from(["每", "按"]), periods, st.sampled_from(["", "发放", "分析"])
        ).filter(
            # 按年 … 底 and the like are dates; 按半年 begins with no shorter period, but 每季度 does (季).
            lambda f: f.period != "季" or not f.action.startswith("度")
        ),
        st.builds(ZeroByText, SUBJECTS, st.just("为"), st.sampled_from(["", "%", "人", "次"])),
        st.builds(NotApplicable, st.sampled_from(sorted(lexicon.not_applicable))),
    )


def _range(low: Quantity, extra: Decimal, subject: str) -> Range:
    return Range(low, Quantity(low.number + extra, low.scale, low.unit), subject)


def _deadline(date: dt.date, before: str, precision: int, done: bool) -> Deadline:
    year = 1900 + date.year % 200
    month = date.month if precision else 0
    day = min(date.day, 28) if precision > 1 else 0
    end = "底" if precision == 3 and not day else ""
    return Deadline(year, month, day, end, before, "完成" if done else "")


def combined(
    lexicon: Lexicon, quantities: Sequence[Quantity], counted: Sequence[Quantity], subject: str, date: dt.date
) -> Iterator[Target]:
    """Every form with every word of the lexicon, for a few quantities: many targets from few draws."""
    written = [
        (symbol, "" if word == symbol else word) for word, symbol in sorted(lexicon.comparators.items())
    ]
    verbs, periods = sorted(lexicon.directions), sorted(lexicon.periods)
    for quantity in quantities:
        yield Comparison(PLAIN, quantity)
        for symbol, word in written:
            yield Comparison(symbol, quantity, word)
            yield Comparison(symbol, quantity, word, subject)
        yield from (Approx(quantity, word) for word in lexicon.approximate)
        yield from (_range(quantity, Decimal(n), name) for n in range(3) for name in ("", subject))
        yield from (Tolerance(quantity, Decimal(n)) for n in range(1, 4))
        yield from (Each(quantity, operator) for operator in (PLAIN, "≥", "≤", ">", "<", "="))
        for end, verb in product(quantities, verbs):
            yield FromTo(quantity, end, verb, lexicon.directions[verb])
    for quantity, period in product(counted, periods):
        yield from (Rate(symbol, quantity, period, word) for symbol, word in written)
        yield from (Rate(symbol, quantity, period, word, leading=True) for symbol, word in written)
    for before, precision, done in product(("", "前", "之前", "以前"), range(4), (False, True)):
        yield _deadline(date, before, precision, done)
    for verb, degree in product(verbs, ("", *lexicon.degrees)):
        yield Direction(lexicon.directions[verb], verb, degree)
    yield from (ZeroByText(subject, "为", unit) for unit in ("", "%", "人", "次"))
