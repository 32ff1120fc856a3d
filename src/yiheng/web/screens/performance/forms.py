"""Forms of the performance screens."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from yiheng.performance.models import Curve

_NO_CURVE: Final = [("", "不指定（按均匀推进监控）")]


def _text(
    label: str, *, required: bool = True, rows: int = 0, help_text: str = "", **attrs: Any
) -> forms.CharField:
    """A line, or an area of so many rows, in the look of the kit."""
    given = {"class": "form-control", **attrs}
    widget = forms.Textarea(attrs={**given, "rows": rows}) if rows else forms.TextInput(attrs=given)
    return forms.CharField(label=label, required=required, widget=widget, help_text=help_text)


def _chosen(label: str, choices: Any, *, required: bool = True, help_text: str = "") -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "form-select"})
    return forms.ChoiceField(
        label=label, choices=choices, required=required, widget=widget, help_text=help_text
    )


def _day(label: str, *, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text)


class TargetForm(forms.Form):
    """An indicator with its target (绩效指标)."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)
    project = _chosen("项目", [], required=False)
    level1 = _text("一级指标", list="levels1")
    level2 = _text("二级指标", required=False, list="levels2")
    level3 = _text("三级指标")
    target = _text(
        "指标值", help_text="照您习惯的写法填，例如 ≥2,000家、不高于15个工作日、2024年12月底前完成。"
    )
    explanation = _text("指标解释", required=False, rows=2)
    curve = _chosen(
        "进度曲线", _NO_CURVE + list(Curve.choices), required=False, help_text="监控时一年中应怎样推进。"
    )
    milestones = _text(
        "进度节点", required=False, help_text="分阶段或按季节的填，例如 03-31 20%; 06-30 45%。"
    )

    def __init__(self, projects: list[tuple[str, str]], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["project"]
        field.choices = [("", "部门（单位）整体"), *projects]
        self.label_suffix = ""
