"""The cycle of a unit-year (部门年度周期): its steps, each with a state that only a move of the flow changes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import GET_STATE, FSMField, FSMModelMixin, TransitionNotAllowed, transition

from yiheng.casework.flow import Move
from yiheng.ledger.models.base import register_key


class Cycle(models.Model):
    """One unit in one year (部门年度), from drafting its budget to publishing its accounts."""

    unit = register_key("ledger.Unit", "unit", "单位")
    unit_id: str
    year = models.PositiveSmallIntegerField("年度")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="启用人"
    )
    opened_at = models.DateTimeField("启用时间")

    class Meta:
        verbose_name = "部门年度周期"
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="casework_cycle_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}"

    @property
    def key(self) -> str:
        """unit/year, as the log names it."""
        return f"{self.unit_id}/{self.year}"


class State(models.TextChoices):
    """How far a step of a cycle is (环节状态)."""

    WAITING = "waiting", "未开始"
    OPEN = "open", "办理中"
    SUBMITTED = "submitted", "审核中"
    RETURNED = "returned", "已退回"
    DONE = "done", "已完成"


class Step(FSMModelMixin, models.Model):
    """One step (环节) of a cycle. Which moves there are, and between which states, is data of the flow."""

    EDITABLE: ClassVar = frozenset({State.OPEN, State.RETURNED})

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="steps")
    key = models.CharField("环节", max_length=40)
    state = FSMField("状态", max_length=20, choices=State.choices, default=State.WAITING, protected=True)
    changed_at = models.DateTimeField("状态时间")
    happened_on = models.DateField("办结日期", null=True, blank=True)
    """The day of what the step is about (批复日期、公开日期), from which other deadlines are counted."""
    document = models.CharField("文号", max_length=200, blank=True)
    due_on = models.DateField("登记的期限", null=True, blank=True)
    due_basis = models.CharField("期限依据", max_length=200, blank=True)
    """A deadline of this year's notice, where no rule fixes it."""

    class Meta:
        verbose_name = "周期环节"
        constraints = [
            models.UniqueConstraint(fields=["cycle", "key"], name="casework_step_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="casework_step_state_known"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | ~Q(due_basis=""), name="casework_step_due_has_basis"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} {self.key}（{State(self.state).label}）"

    @transition(
        field=state,
        source="*",
        target=GET_STATE(lambda step, move: move.target, states=State.values),
    )
    def move(self, move: Move) -> None:
        """Go to the state that a move of the flow leads to. TransitionNotAllowed where it does not start here."""
        if self.state not in move.sources:
            raise TransitionNotAllowed(f"{self}: no {move.name}")
