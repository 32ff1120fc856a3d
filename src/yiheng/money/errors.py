"""What goes wrong with an amount, told in Chinese to the person who typed it."""


class MoneyError(ValueError):
    """An amount that cannot be taken without a guess: a float, a part of a fen, an unknown unit."""


class ZeroBase(MoneyError):
    """A rate was asked over a base (基数) that is zero, or that may be zero as printed."""


def refuse_float(value: object, what: str) -> MoneyError:
    """The error for a value whose type cannot hold money exactly; `what` names it in Chinese."""
    kind = type(value).__name__
    return MoneyError(
        f"{what}不能是 {kind} 类型（收到 {value!r}）：二进制浮点数和真假值不能准确表示金额。"
        "请改用整数、十进制数（Decimal）或数字文本。"
    )
