"""Forms of the performance screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yiheng.performance.models import Curve, EvidenceKind, State
from yiheng.scoring.needs import Need

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_NO_CURVE: Final = [("", gettext_lazy("不指定（按均匀推进监控）"))]


def _text(
    label: StrOrPromise, *, required: bool = True, rows: int = 0, help_text: StrOrPromise = "", **attrs: Any
) -> forms.CharField:
    """A line, or an area of so many rows, in the look of the kit."""
    given = {"class": "form-control", **attrs}
    widget = forms.Textarea(attrs={**given, "rows": rows}) if rows else forms.TextInput(attrs=given)
    return forms.CharField(label=label, required=required, widget=widget, help_text=help_text)


def _chosen(
    label: StrOrPromise, choices: Any, *, required: bool = True, help_text: StrOrPromise = ""
) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "form-select"})
    return forms.ChoiceField(
        label=label, choices=choices, required=required, widget=widget, help_text=help_text
    )


def _day(label: StrOrPromise, *, help_text: StrOrPromise = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text)


class TargetForm(forms.Form):
    """An indicator with its target (绩效指标)."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)
    project = _chosen(gettext_lazy("项目"), [], required=False)
    level1 = _text(gettext_lazy("一级指标"), list="levels1")
    level2 = _text(gettext_lazy("二级指标"), required=False, list="levels2")
    level3 = _text(gettext_lazy("三级指标"))
    target = _text(
        gettext_lazy("指标值"),
        help_text=gettext_lazy("照您习惯的写法填，例如 ≥2,000家、不高于15个工作日、2024年12月底前完成。"),
    )
    explanation = _text(gettext_lazy("指标解释"), required=False, rows=2)
    curve = _chosen(
        gettext_lazy("进度曲线"),
        _NO_CURVE + list(Curve.choices),
        required=False,
        help_text=gettext_lazy("监控时一年中应怎样推进。"),
    )
    milestones = _text(
        gettext_lazy("进度节点"),
        required=False,
        help_text=gettext_lazy("分阶段或按季节的填，例如 03-31 20%; 06-30 45%。"),
    )

    def __init__(self, projects: list[tuple[str, str]], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["project"]
        field.choices = [("", _("部门（单位）整体")), *projects]
        self.label_suffix = ""


class DayForm(forms.Form):
    """The day of monitoring."""

    day = _day(gettext_lazy("监控日期"))


class DeviationForm(forms.Form):
    """A deviation found by monitoring (偏差): what, why, what is done, by whom and by when."""

    dated = _day(gettext_lazy("监控日期"))
    text = _text(gettext_lazy("偏差情况"), rows=2)
    cause = _text(gettext_lazy("原因"), rows=2)
    action = _text(gettext_lazy("措施"), rows=2)
    responsible = _text(gettext_lazy("责任人"))
    due = _day(gettext_lazy("完成期限"))


class EvidenceFields(forms.Form):
    """What something rests on (佐证); a file is kept beside and named in the text."""

    evidence_kind = _chosen(gettext_lazy("佐证类别"), [("", "—"), *EvidenceKind.choices], required=False)
    evidence = _text(
        gettext_lazy("佐证"),
        required=False,
        rows=2,
        help_text=gettext_lazy("文号、链接、查询名称或说明；上传文件的，系统会补上文件名。"),
    )
    upload = forms.FileField(
        label=gettext_lazy("上传佐证文件"), required=False, widget=forms.FileInput(attrs={"class": "form-control"}),
        help_text=gettext_lazy("PDF、DOCX、XLSX、PNG、JPG，不超过 20 MB。"),
    )  # fmt: skip


class FollowUpForm(EvidenceFields):
    """What has come of a deviation by a day (偏差跟踪)."""

    dated = _day(gettext_lazy("日期"))
    state = _chosen(gettext_lazy("状态"), State.choices)
    text = _text(gettext_lazy("进展"), rows=3)
    responsible = _text(gettext_lazy("经办人"), required=False)
    field_order = ("dated", "state", "text", "responsible", "evidence_kind", "evidence", "upload")


class RowForm(EvidenceFields):
    """One row of a score sheet (自评指标): what was reached, why points are missing, what it rests on."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    actual = _text(gettext_lazy("实际完成值"), required=False, autocomplete="off")
    reason = _text(gettext_lazy("偏差原因分析及改进措施"), required=False, rows=2)
    explanation = _text(gettext_lazy("超额完成说明"), required=False, rows=2)
    manual_score = forms.DecimalField(
        label=gettext_lazy("人工评分"), required=False, min_value=0, max_value=100, max_digits=7, decimal_places=4,
        widget=forms.NumberInput(attrs={"class": "form-control", "step": "any"}),
    )  # fmt: skip
    scorer = _text(gettext_lazy("评分人"), required=False)
    manual_reason = _text(gettext_lazy("人工评分理由"), required=False, rows=2)


class NeedForm(EvidenceFields):
    """One thing that the framework asks for (评价取数或人工评分): the answer, why, and what it rests on."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    value = _text(gettext_lazy("填报值"), required=False, autocomplete="off")
    scorer = _text(gettext_lazy("评分人"), required=False)
    reason = _text(gettext_lazy("评分理由"), required=False, rows=2)
    field_order = ("value", "scorer", "reason", "evidence_kind", "evidence", "upload")

    def __init__(self, need: Need, attempt: str, *args: Any, **named: Any) -> None:
        """`attempt` is the address that scores again while one types."""
        super().__init__(*args, **named)
        self.need = need
        if need.options:
            self.fields["value"] = _chosen("", [("", "—"), *((o, o) for o in need.options)], required=False)
        self.fields["value"].label = need.text
        if not need.judged:
            del self.fields["scorer"]
            self.fields["reason"].label = _("怎样得来")
        self.fields["value"].widget.attrs |= {
            "hx-post": attempt, "hx-target": "#total", "hx-sync": "closest form:replace",
            "hx-trigger": "change" if need.options else "input changed delay:300ms",
        }  # fmt: skip

    def clean_value(self) -> str:
        text: str = self.cleaned_data["value"].strip()
        if wrong := self.need.problem(text):
            raise forms.ValidationError(wrong)
        return text


class FrameworkForm(forms.Form):
    """The framework that the whole department is judged by (指标体系)."""

    framework = _chosen(gettext_lazy("指标体系"), [])

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["framework"]
        field.choices = choices
        self.label_suffix = ""


class OverrideForm(EvidenceFields):
    """Another actual in the place of the system's (改写)."""

    value = _text(
        gettext_lazy("改写为"),
        required=False,
        help_text=gettext_lazy("单位与系统得出的值一致；清空即恢复系统得出的值。"),
    )
    override_reason = _text(gettext_lazy("改写理由"), required=False, rows=2)
    field_order = ("value", "override_reason", "evidence_kind", "evidence", "upload")


class SurveyForm(forms.Form):
    """A survey to be made (满意度调查)."""

    name = _text(gettext_lazy("调查名称"))
    group = _text(gettext_lazy("对象"), help_text=gettext_lazy("例如参保人、定点机构、员工。"))
    target = _text(gettext_lazy("目标值"), required=False, help_text=gettext_lazy("例如 ≥90%。"))
    population = forms.IntegerField(
        label=gettext_lazy("总体人数"), required=False, min_value=1,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
        help_text=gettext_lazy("知道的填；置信区间会作有限总体修正。"),
    )  # fmt: skip


class OpenForm(forms.Form):
    """A survey to be put on the public page."""

    questions = _text(
        gettext_lazy("问题"), rows=6, help_text=gettext_lazy("一行一个。选项由现行量表规定，每题相同。")
    )
    closes_on = _day(gettext_lazy("截止日期"), help_text=gettext_lazy("这一天结束以前可以回答。"))


class AllocationForm(forms.Form):
    """From which papers of the year a proposal is made (结果应用)."""

    kind = _chosen(gettext_lazy("依据的数据"), [])

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["kind"])
        field.choices = kinds
        field.error_messages["invalid_choice"] = gettext_lazy(
            "台账里没有本单位本年度的“%(value)s”。请在列表里选一类。"
        )
