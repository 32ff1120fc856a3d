"""What the types of rules are called (规则类别)."""

from typing import Final

TYPES: Final = {
    "audit_rule": "审校规则",
    "calendar": "工作日历",
    "check": "审核规则",
    "claim_lexicon": "文稿用语",
    "classification": "科目分类",
    "code_change": "科目变更",
    "deadline": "期限",
    "disclosure": "公开要求",
    "document_tables": "公开文件的表",
    "evaluation_form": "评价表格",
    "evaluation_outline": "评价报告提纲",
    "flow": "办理流程",
    "glossary": "名词解释",
    "headline": "公开网站的主要数字",
    "jurisdiction": "行政区划",
    "mapping": "科目对应",
    "measures": "可计算的指标",
    "monitoring_report": "监控报告",
    "narrative": "情况说明模板",
    "score_framework": "评价指标体系",
    "score_lexicon": "评分用语",
    "score_library": "指标库",
    "score_measures": "计分口径",
    "score_profile": "评分方案",
    "score_rule": "评分规则",
    "score_taxonomy": "指标分类",
    "table_family": "表式",
    "threshold": "限额标准",
}
