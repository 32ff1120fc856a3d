"""Personal data as others see it (个人信息脱敏): names, identity and telephone numbers, bank accounts, payees.

Nothing here touches the database. Whoever fills in the figures of a unit sees its data in full; everybody else sees
enough to tell one from another (`queries.viewer`). Screens use the filters of `web/templatetags/personal.py`, the API
the methods of `Viewer`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

STAR: Final = "*"
_ORGANISATION: Final = re.compile(
    r"(公司|局|院|所|中心|厅|部|处|科|站|社|会|校|店|厂|行|馆|队|办|委|室|集团|学|库|组|园|户|税|费|款|员)$"
)
"""How names end that are no person's; a payee may also be a word such as 财政专户."""
_PERSON: Final = re.compile(r"[一-鿿㐀-䶿]{2,4}|[一-鿿㐀-䶿]+(?:·[一-鿿㐀-䶿]+)+")
_IDENTITY: Final = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])")
_ACCOUNT: Final = re.compile(r"(?<![0-9A-Za-z.])\d{16,19}(?![0-9A-Za-z.])")
_MOBILE: Final = re.compile(r"(?<![0-9A-Za-z.])1[3-9]\d{9}(?![0-9A-Za-z.])")


def name(text: str) -> str:
    """A person's name (姓名): the first character stays. 张三丰 → 张**."""
    kept = text.strip()
    return kept[:1] + STAR * (len(kept) - 1) if len(kept) > 1 else STAR * len(kept)


def number(text: str, *, first: int, last: int) -> str:
    """A number of which the first and last characters stay; a short one is hidden whole."""
    kept = text.strip()
    hidden = len(kept) - first - last
    return kept[:first] + STAR * hidden + kept[len(kept) - last :] if hidden > 2 else STAR * len(kept)


def identity(text: str) -> str:
    """An identity number (身份证号): 440304199001011234 → 440***********1234."""
    return number(text, first=3, last=4)


def phone(text: str) -> str:
    """A telephone number (电话): 13812345678 → 138****5678."""
    return number(text, first=3, last=4)


def account(text: str) -> str:
    """A bank account (银行账号): only the last four digits stay."""
    return number(text, first=0, last=4)


def payee(text: str) -> str:
    """A payee (收款人): a person as `name`; the name of an organisation is no personal data and stays."""
    kept = text.strip()
    return name(kept) if _PERSON.fullmatch(kept) and not _ORGANISATION.search(kept) else text


def free_text(text: str) -> str:
    """Identity numbers, mobile numbers and bank accounts inside a text (摘要、说明) are masked."""
    for pattern, mask in ((_IDENTITY, identity), (_ACCOUNT, account), (_MOBILE, phone)):
        text = pattern.sub(lambda found, mask=mask: mask(found[0]), text)  # type: ignore[misc]
    return text


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks at the data of one unit: in full, or masked."""

    full: bool = False

    def name(self, text: str) -> str:
        """A person's name."""
        return text if self.full else name(text)

    def identity(self, text: str) -> str:
        """An identity number."""
        return text if self.full else identity(text)

    def phone(self, text: str) -> str:
        """A telephone number."""
        return text if self.full else phone(text)

    def account(self, text: str) -> str:
        """A bank account."""
        return text if self.full else account(text)

    def payee(self, text: str) -> str:
        """A payee."""
        return text if self.full else payee(text)

    def free_text(self, text: str) -> str:
        """A text that may hold any of them."""
        return text if self.full else free_text(text)
