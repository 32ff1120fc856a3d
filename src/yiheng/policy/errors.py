"""What can be wrong with policy data, and with asking for it. All messages are Chinese and shown to users."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect of policy data: which file, which entry, where in it, why it is wrong and what to do."""

    file: str
    id: str
    path: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        where = [f"文件 {self.file}"]
        if self.id:
            where.append(f"条目 {self.id}")
        if self.path:
            where.append(f"位置 {self.path}")
        return f"{'，'.join(where)}：{self.reason}。处理：{self.remedy}。"


class PolicyError(Exception):
    """Policy data that cannot be used; carries every problem at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {number}. {problem}" for number, problem in enumerate(self.problems, 1))
        super().__init__(f"政策数据有 {len(self.problems)} 处问题：\n{lines}")


class PolicyUnknown(LookupError):
    """An id, jurisdiction, classification or label that no policy entry knows."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class PolicyNotInForce(PolicyUnknown):
    """The rule exists, but not on the date asked for."""
