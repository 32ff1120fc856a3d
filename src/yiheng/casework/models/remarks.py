"""Comments on a cell (批注) and cases opened from findings (疑点线索)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, FSMModelMixin, transition

from yiheng.ledger.models.base import register_key


class Comment(models.Model):
    """A remark on one cell of a unit-year's sheets (批注), open until somebody says that it is settled."""

    unit = register_key("ledger.Unit", "unit", "单位")
    unit_id: str
    year = models.PositiveSmallIntegerField("年度")
    work = models.CharField("工作种类", max_length=20)
    sheet = models.CharField("表", max_length=100)
    row = models.CharField("行号", max_length=200)
    column = models.CharField("栏", max_length=100, blank=True)
    """Blank: the whole row."""
    text = models.TextField("批注")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="批注人"
    )
    at = models.DateTimeField("时间")
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField("解决时间", null=True, blank=True)
    answer = models.TextField("处理说明", blank=True)

    class Meta:
        verbose_name = "批注"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["unit", "year", "work"], name="casework_comment_uyw")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="casework_comment_text_given"),
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="casework_comment_resolved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}：{self.text[:40]}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.resolved_at is None

    @property
    def place(self) -> str:
        """The cell as text: sheet, row, column."""
        return " · ".join(part for part in (self.sheet, self.row, self.column) if part)


class CaseState(models.TextChoices):
    """How far a case is."""

    OPEN = "open", "待分办"
    ASSIGNED = "assigned", "办理中"
    ANSWERED = "answered", "已答复"
    CLOSED = "closed", "已办结"


class CaseOrigin(models.TextChoices):
    """What a case was opened from."""

    FINDING = "finding", "核对或审校问题"
    COMMENT = "comment", "批注"
    OWN = "own", "自行登记"


class Case(FSMModelMixin, models.Model):
    """Something that has to be looked into (疑点线索), until it is closed with a reason."""

    unit = register_key("ledger.Unit", "unit", "单位")
    unit_id: str
    year = models.PositiveSmallIntegerField("年度")
    work = models.CharField("工作种类", max_length=20)
    title = models.CharField("标题", max_length=200)
    text = models.TextField("情况")
    origin = models.CharField("来源", max_length=20, choices=CaseOrigin.choices)
    reference = models.CharField("来源编号", max_length=300, blank=True)
    """Names the finding or the comment; of one only one case is open at a time."""
    state = FSMField("状态", max_length=20, choices=CaseState.choices, default=CaseState.OPEN, protected=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="登记人"
    )
    opened_at = models.DateTimeField("登记时间")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    assignee_id: int | None
    due_on = models.DateField("答复期限", null=True, blank=True)
    answer = models.TextField("答复", blank=True)
    reason = models.TextField("办结理由", blank=True)

    class Meta:
        verbose_name = "疑点线索"
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["unit", "year", "state"], name="casework_case_uys")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="casework_case_state_known"),
            models.CheckConstraint(
                condition=Q(origin__in=CaseOrigin.values), name="casework_case_origin_known"
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.OPEN) | Q(state=CaseState.CLOSED) | Q(assignee__isnull=False),
                name="casework_case_assigned_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.CLOSED) | ~Q(reason=""), name="casework_case_closed_with_reason"
            ),
            models.UniqueConstraint(
                fields=["unit", "year", "reference"],
                condition=~Q(reference="") & ~Q(state=CaseState.CLOSED),
                name="casework_case_one_open_per_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{CaseState(self.state).label}）"

    @transition(field=state, source=[CaseState.OPEN, CaseState.ASSIGNED], target=CaseState.ASSIGNED)
    def assign(self) -> None:
        """Give it to somebody, or to somebody else."""

    @transition(field=state, source=CaseState.ASSIGNED, target=CaseState.ANSWERED)
    def give_answer(self) -> None:
        """The assignee says what it was."""

    @transition(field=state, source=CaseState.ANSWERED, target=CaseState.ASSIGNED)
    def ask_again(self) -> None:
        """The answer is not enough."""

    @transition(
        field=state, source=[CaseState.OPEN, CaseState.ASSIGNED, CaseState.ANSWERED], target=CaseState.CLOSED
    )
    def close(self) -> None:
        """It is settled, or nothing was there."""
