"""What the ledger refuses, in Chinese, with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from yiheng.reading.problems import Problem, report

if TYPE_CHECKING:
    from yiheng.facts import Unit

    from .difference import Plan
    from .edits import Conflict


class LedgerError(Exception):
    """Anything that the ledger refuses."""


class InvalidContent(LedgerError):
    """A content with defects; it carries every one, and nothing of it was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(report(self.problems))


class ChangesNeedConfirmation(LedgerError):
    """A content that would change or remove rows; it carries the difference, and nothing was written."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(
            "内容与台账不同，会变更或删除已有的行，须确认后才能写入。差异如下：\n"
            f"{plan.describe()}\n"
            "处理：核对以上差异；无误时确认写入（变更记为更正行，删除记为冲销行，原有的行都保留）。"
        )


class StalePlan(LedgerError):
    """The ledger was changed after the difference was made."""

    def __init__(self) -> None:
        super().__init__("比较之后台账又有新的写入，差异已经过时。处理：重新装载同一内容，核对新的差异。")


class EditConflict(LedgerError):
    """Somebody else changed the same cells first; it carries every one, and nothing was written."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = tuple(conflicts)
        listed = "\n".join(f"  {conflict.describe()}" for conflict in self.conflicts)
        super().__init__(
            f"别人已先改了同一处，没有写入任何内容：\n{listed}\n处理：逐处选定保留哪个值，再保存。"
        )


class UnknownUnit(LedgerError):
    """No unit answers to the text."""

    def __init__(self, text: str, near: Sequence[str]) -> None:
        self.text, self.near = text, tuple(near)
        hint = (
            f"相近的有：{'、'.join(near)}"
            if near
            else "用 yiheng units 查看台账里的单位；还没有的请先装载数据"
        )
        super().__init__(f"没有单位“{text}”（可写单位键、编码、名称或简称）。{hint}。")


class AmbiguousUnit(LedgerError):
    """Several units answer to the text."""

    def __init__(self, text: str, candidates: Sequence[Unit]) -> None:
        self.text, self.candidates = text, tuple(candidates)
        kinds = {"department": "主管部门", "unit": "基层单位"}
        listed = "；".join(
            f"{u.key}（{u.code or '无编码'}，{u.name}，{kinds.get(u.kind, u.kind)}）" for u in self.candidates
        )
        super().__init__(f"“{text}”对应多个单位：{listed}。请改写单位键或编码。")


class NoDepartmentYear(LedgerError):
    """The ledger has no such department-year."""

    def __init__(self, wanted: str, present: Sequence[str]) -> None:
        listed = "、".join(present) if present else "无"
        super().__init__(
            f"台账里没有{wanted}。该单位已有：{listed}。处理：核对年度和类别，或先装载该部门年度。"
        )


class YearRefused(LedgerError):
    """A fiscal year that cannot be opened."""
