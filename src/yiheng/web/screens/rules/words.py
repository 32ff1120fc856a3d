"""What the types of rules are called (规则类别)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TYPES: Final[dict[str, StrOrPromise]] = {
    "audit_rule": _("审校规则"),
    "calendar": _("工作日历"),
    "check": _("审核规则"),
    "claim_lexicon": _("文稿用语"),
    "classification": _("科目分类"),
    "code_change": _("科目变更"),
    "deadline": _("期限"),
    "disclosure": _("公开要求"),
    "document_tables": _("公开文件的表"),
    "evaluation_form": _("评价表格"),
    "evaluation_outline": _("评价报告提纲"),
    "flow": _("办理流程"),
    "glossary": _("名词解释"),
    "headline": _("公开网站的主要数字"),
    "jurisdiction": _("行政区划"),
    "mapping": _("科目对应"),
    "measures": _("可计算的指标"),
    "monitoring_report": _("监控报告"),
    "narrative": _("情况说明模板"),
    "score_framework": _("评价指标体系"),
    "score_lexicon": _("评分用语"),
    "score_library": _("指标库"),
    "score_measures": _("计分口径"),
    "score_profile": _("评分方案"),
    "score_rule": _("评分规则"),
    "score_taxonomy": _("指标分类"),
    "table_family": _("表式"),
    "threshold": _("限额标准"),
}
